"""`tertial form out`: the Excel forms of a period, one workbook for each who answers for projects.

Must not know how a form is written.
"""

from __future__ import annotations

from argparse import Namespace
from contextlib import closing
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from uuid import uuid4

from db.form.send import Sending, write_forms
from db.store import open_store
from tracker.messages import Refusal, message
from ui.commands.console import FINE, Console
from ui.commands.opening import user_name


def run(given: Namespace, console: Console) -> int:
    """Write the forms; what was written is said a line each on stdout."""
    with closing(open_store(given.file, read_only=True)) as store:
        portfolio = store.load()
        first = next(iter(store.journal()), None)
    if first is None:
        raise Refusal(message("Porteføljen har ingen perioder ennå: importer en rapport først."))
    sending = Sending(
        portfolio=first.id,
        period=given.period,
        made_by=user_name(),
        made_at=datetime.now(UTC).replace(microsecond=0),
        program=_program(),
        return_to=given.return_to or user_name(),
        new_id=lambda: str(uuid4()),
        is_list=given.list,
    )
    written = write_forms(portfolio, sending, given.to, responsible=given.responsible, say=console.say)
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
