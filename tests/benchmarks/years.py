"""A municipality that has used Tertial for years: every edit, submission, lock and ledger of them, in a real file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import count
from pathlib import Path
from uuid import UUID, uuid4

from db.journal import Signature
from db.store import Store, new_store
from tests.benchmarks.municipalities import edit_of
from tracker.actions import open_period, set_value
from tracker.closing import lock
from tracker.edits import Change, Edit, added, apply
from tracker.kinds import BudgetKind, LedgerContent, StatusState
from tracker.messages import message
from tracker.model import (
    BudgetLine,
    Decision,
    LedgerBatch,
    LedgerSum,
    Portfolio,
    ProjectId,
    RecordId,
)
from tracker.periods import Part, Period
from tracker.steps import BEGUN

FIRST_YEAR = 2024
_ACCOUNTS = ("02300", "02500", "04290")
_WRITTEN = (
    "Arbeidene går etter planen. {spent} kroner er brukt så langt i år, og entreprenøren har levert det som var avtalt "
    "til {month}. Grunnarbeidene ble dyrere enn ventet, men det dekkes av reserven. Neste milepæl er overlevering."
)


_IDS = count(1_000_000)


def new_id() -> str:
    """Return an id that no other record has."""
    return str(UUID(int=next(_IDS), version=4))


def begin(path: Path, projects: int) -> None:
    """Make a portfolio of the annual report before the first year."""
    with new_store(path) as store:
        store.commit(edit_of(projects), signed(BEGUN))


def live(store: Store, portfolio: Portfolio, year: int) -> Portfolio:
    """Live through a year, and return what it became.

    A budget line a project, three accounts a month in the ledger, and in each of the three periods three edits of
    every status, which is submitted and approved before the period is locked.
    """

    def perform(edit: Edit) -> None:
        nonlocal portfolio
        portfolio = apply(portfolio, edit)
        store.commit(edit, signed("window"))

    perform(added(message("Budsjett"), list(_budget(portfolio, year))))
    for part in Part:
        period = Period(year, part)
        perform(open_period(portfolio, period, new_id=new_id))
        perform(_ledger(portfolio, period))
        for project in map(ProjectId, list(portfolio.projects)):
            for field, value in _typed(period).items():
                perform(set_value(portfolio, period, project, field=field, value=value, new_id=new_id))
        for state in (StatusState.SUBMITTED, StatusState.APPROVED):
            perform(_moved(portfolio, period, state))
        perform(lock(portfolio, period, who="Ola", at=datetime(year, 12, 31, tzinfo=UTC), new_id=new_id))
    return portfolio


def signed(way: str) -> Signature:
    """Return a signature with a fresh id."""
    return Signature(who="måling", at="2026-05-02T10:00:00+00:00", way=way, entry_id=str(uuid4()))


def _typed(period: Period) -> dict[str, object]:
    months = period.part.last_month
    text = _WRITTEN.format(spent=months * period.year, month=months)
    return {"text": text, "explanation": f"Forskjøvet i {period.year}", "year_end_forecast": months * 100_000}


def _moved(portfolio: Portfolio, period: Period, to: StatusState) -> Edit:
    statuses = [one for one in portfolio.statuses.values() if one.period == period]
    return Edit(message("Flyttet"), tuple(Change(one, replace(one, state=to)) for one in statuses))


def _budget(portfolio: Portfolio, year: int) -> Iterator[BudgetLine]:
    for project in portfolio.projects:
        yield BudgetLine(
            id=RecordId(new_id()),
            project=ProjectId(project),
            kind=BudgetKind.ORIGINAL,
            budget_year=year,
            year_amount=5_000_000,
            total_amount=0,
            takes_effect=date(year, 1, 1),
            decision=Decision(body="KS", number=f"100/{year % 100 - 1}", on=date(year - 1, 12, 12)),
            source="måling",
        )


def _ledger(portfolio: Portfolio, period: Period) -> Edit:
    """Import the four months since the last part of the year."""
    last = period.part.last_month
    sums = tuple(
        LedgerSum(project=ProjectId(project), account=account, year=period.year, month=month, amount=100_000 + month)
        for project in portfolio.projects
        for account in _ACCOUNTS
        for month in range(last - 3, last + 1)
    )
    batch = LedgerBatch(
        id=RecordId(new_id()),
        source=f"regnskap-{period}.xlsx",
        source_hash=new_id(),
        content=LedgerContent.TRANSACTIONS,
        year=period.year,
        first_month=last - 3,
        last_month=last,
        line_count=len(sums),
        total=sum(one.amount for one in sums),
        sums=sums,
    )
    return added(message("Importerte regnskapet"), [batch])
