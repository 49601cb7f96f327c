"""`tertial form out`: the Excel forms of a period, one workbook for each who answers for projects.

Must not know how a form is written.
"""

from __future__ import annotations

from argparse import Namespace
from datetime import UTC, datetime
from uuid import uuid4

from db.package import roots_of
from tracker.messages import message
from tracker.packages import noted
from tracker.steps import SETTLED
from ui.commands.changing import changing
from ui.commands.console import FINE, Console
from ui.commands.opening import chosen_period, user_name
from ui.packing import Making, write_forms


def run(given: Namespace, console: Console) -> int:
    """Write the forms; what was written is said a line each on stdout."""
    with changing(given.file) as opened:
        making = Making(
            by=user_name(),
            at=datetime.now(UTC),
            new_id=lambda: str(uuid4()),
            roots=roots_of(opened.store),
            period=chosen_period(opened.portfolio, given.period),
        )
        written = write_forms(
            opened.portfolio,
            given.responsible,
            given.to,
            making,
            say=console.say,
            is_list=given.list,
            return_to=given.return_to or "",
        )
        opened.perform(noted([one.sent for one in written.made]), way=SETTLED)
    paths = [*(one.path for one in written.made), *written.nobodys]
    for path in paths:
        console.data(str(path))
    console.progress(
        message("Skrev {count} {count:skjema|skjemaer} til {folder}.", count=len(paths), folder=str(given.to))
    )
    return FINE
