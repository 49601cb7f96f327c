"""`tertial form out`: the Excel forms of a period, one workbook for each who answers for projects.

Must not know how a form is written.
"""

from __future__ import annotations

from argparse import Namespace
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from uuid import uuid4

from db.form.send import Sending, write_forms
from db.lineage import pack
from db.package import roots_of
from tracker.messages import message
from tracker.packages import noted, sent_form
from tracker.steps import SETTLED
from ui.commands.changing import changing
from ui.commands.console import FINE, Console
from ui.commands.opening import chosen_period, user_name


def run(given: Namespace, console: Console) -> int:
    """Write the forms; what was written is said a line each on stdout."""
    with changing(given.file) as opened:
        roots = roots_of(opened.store)
        sending = Sending(
            portfolio=roots.portfolio,
            period=chosen_period(opened.portfolio, given.period),
            made_by=user_name(),
            made_at=datetime.now(UTC).replace(microsecond=0),
            program=_program(),
            return_to=given.return_to or user_name(),
            new_id=lambda: str(uuid4()),
            known=pack(roots.known),
            is_list=given.list,
        )
        written = write_forms(opened.portfolio, sending, given.to, responsible=given.responsible, say=console.say)
        opened.perform(noted([sent for one in written if (sent := sent_form(one.form)) is not None]), way=SETTLED)
    for one in written:
        console.data(str(one.path))
    console.progress(
        message("Skrev {count} {count:skjema|skjemaer} til {folder}.", count=len(written), folder=str(given.to))
    )
    return FINE


def _program() -> str:
    try:
        return version("tertial")
    except PackageNotFoundError:
        return ""
