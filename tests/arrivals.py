"""A package that was made, written in elsewhere and has come back, in a window."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import cast
from uuid import uuid4

from db.journal import Signature
from db.store import open_store
from tracker.actions import Entry, fill_in
from tracker.edits import apply
from tracker.model import ProjectId
from tracker.packages import Recipient, noted
from tracker.steps import MADE, SETTLED
from ui.arrivals import reading
from ui.main_window import MainWindow
from ui.packing import Made, Making, write_packages
from ui.pages.incoming import IncomingPage


def new_id() -> str:
    return str(uuid4())


def hand_out(window: MainWindow, folder: Path, projects: Iterable[str], who: str = "Kari Nordmann") -> Made:
    """Make a package of projects, and note it."""
    session = window.desk.session
    assert session.period is not None
    recipient = Recipient(name=who, projects=frozenset(map(ProjectId, projects)))
    making = Making(
        by="Ola Controller", at=datetime.now(UTC), new_id=new_id, roots=session.roots(), period=session.period
    )
    (made,) = write_packages(session.portfolio, [recipient], folder, making)
    session.perform(noted([made.sent]), way=SETTLED)
    return made


def write_in(window: MainWindow, made: Made, texts: dict[str, str]) -> None:
    """Write status texts in a package, as its project manager does."""
    period = window.desk.session.period
    assert period is not None
    store = open_store(made.path)
    portfolio = store.load()
    for project, text in texts.items():
        edit = fill_in(portfolio, period, Entry(project=ProjectId(project), field="text", typed=text), new_id=new_id)
        at = datetime.now(UTC).isoformat(timespec="seconds")
        store.commit(edit, Signature(who=made.sent.recipient, at=at, way=MADE, entry_id=new_id()))
        portfolio = apply(portfolio, edit)
    store.close()


def arrive(window: MainWindow, *made: Made) -> IncomingPage:
    """Read packages and show what they would bring, the first collision opened."""
    session = window.desk.session
    arrivals = reading([one.path for one in made], session, is_stopped=lambda: False)()
    for arrival in arrivals:
        arrival.plan_anew(session)
    window.show_page("incoming")
    page = cast("IncomingPage", window.more("incoming"))
    page.show_arrivals(arrivals)
    page.brought.next.click()
    return page
