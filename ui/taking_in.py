"""Taking in a published report or the example: what the window and the commands both do.

Must not know Qt or a console.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from db.example import MUNICIPALITY, YEAR, example_places, example_source, example_statement, example_table
from db.journal import Signature
from db.published.report import read_published_statement, read_published_table
from db.store import new_store
from tracker.actions import place_projects
from tracker.edits import added, apply
from tracker.importing import Circumstances, ImportPlan, Source, plan_report_import
from tracker.messages import message
from tracker.model import MUNICIPALITY_SETTING, Portfolio, Setting
from tracker.periods import Part, Period
from tracker.steps import BEGUN

Sign = Callable[[str], Signature]
"""Signs an edit that is made by some way."""


def circumstances_of(who: str) -> Circumstances:
    """Return who, today and a source of fresh ids."""
    return Circumstances(who=who, today=datetime.now(UTC).astimezone().date(), new_id=lambda: str(uuid4()))


def plan_of_files(
    source: Path, accounts: Path | None, *, portfolio: Portfolio, period: Period, circumstances: Circumstances
) -> ImportPlan:
    """Read a published report, and the accounts chapter if there is one, and plan how it is taken in.

    Raises Refusal or Trouble with what is wrong with a file.
    """
    table = read_published_table(source)
    statement = None if accounts is None else read_published_statement(accounts)
    return plan_report_import(
        portfolio,
        table,
        statement=statement,
        period=period,
        source=Source(name=source.name, sha256=hashlib.sha256(source.read_bytes()).hexdigest()),
        circumstances=circumstances,
    )


def write_example(path: Path, *, who: str, sign: Sign) -> int:
    """Write the example as a new portfolio. Returns how many projects it has.

    Raises Trouble when there is a file of that name, or it can't be written.
    """
    named = added(message("Kommunens navn"), [Setting(id=MUNICIPALITY_SETTING, value=MUNICIPALITY)])
    portfolio = apply(Portfolio(), named)
    plan = plan_report_import(
        portfolio,
        example_table(),
        statement=example_statement(),
        period=Period(YEAR, Part.YEAR),
        source=example_source(),
        circumstances=circumstances_of(who),
    )
    placed = place_projects(apply(portfolio, plan.edit), example_places())
    with new_store(path) as store:
        for edit in (named, plan.edit, placed):
            store.commit(edit, sign(BEGUN))
    return plan.new_projects
