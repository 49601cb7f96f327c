"""Taking in a published report or the example: what the window and the commands both do.

Must not know Qt or a console.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from db.example import example, example_table
from db.journal import Signature
from db.published.report import read_published_statement, read_published_table
from db.store import new_store
from tracker.example_history import history_of
from tracker.importing import Circumstances, ImportPlan, Source, plan_report_import
from tracker.model import Portfolio
from tracker.periods import Period
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
        source=_source_of(source),
        circumstances=circumstances,
        accounts=None if accounts is None else _source_of(accounts),
    )


def _source_of(path: Path) -> Source:
    return Source(name=path.name, sha256=hashlib.sha256(path.read_bytes()).hexdigest())


def write_example(path: Path, *, who: str, sign: Sign) -> int:
    """Write the example as a new portfolio. Returns how many projects it has.

    Raises Trouble when there is a file of that name, or it can't be written.
    """
    with new_store(path) as store:
        for edit in history_of(example(), circumstances_of(who)):
            store.commit(edit, sign(BEGUN))
    return len(example_table().rows)
