"""What came after a period was locked: live figures against those reported and what made them differ, and late texts.

Must not change what was reported. Amounts are whole kroner.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from tracker.comparing import Cell, compare
from tracker.figures import live_figures_of, reported_figures
from tracker.kinds import BudgetStatus, CommentKind, PeriodStage
from tracker.messages import Refusal, message
from tracker.model import BudgetLine, Comment, LedgerBatch, PeriodState, Portfolio, Project
from tracker.owners import Owners
from tracker.periods import Period


@dataclass(frozen=True, slots=True, kw_only=True)
class LateChange:
    """A project's figure that would be another today, and the budget lines and batches that came since the locking.

    `lines` and `batches` are empty where what came since is not known, or is gone again.
    """

    cell: Cell
    lines: tuple[BudgetLine, ...] = ()
    batches: tuple[LedgerBatch, ...] = ()

    @property
    def project(self) -> Project | None:
        """The project."""
        return self.cell.project


def late_comments(portfolio: Portfolio, period: Period, *, since: Collection[str]) -> list[Comment]:
    """List what came in packages and forms for a period after it was locked, by project and then by when.

    `since` as in `late_changes`: what came before an earlier locking was done with when the period was opened again.

    Raises Refusal when the period isn't locked.
    """
    _refuse_open(portfolio, period)
    found = [one for one in portfolio.comments.values() if one.period == period and one.kind is CommentKind.LATE]
    return sorted((one for one in found if one.id in since), key=lambda one: (_name(portfolio, one), one.at, one.id))


def late_changes(portfolio: Portfolio, period: Period, *, since: Collection[str] = ()) -> list[LateChange]:
    """List what a locked period would report otherwise today, per project and column.

    `since` are the ids of the records that were written after the locking, as the journal knows them.

    Raises Refusal when the period isn't locked: an open period has no late changes.
    """
    revision = _refuse_open(portfolio, period).revision
    compared = compare(reported_figures(portfolio, period, revision), live_figures_of(portfolio, period))
    owners = Owners(portfolio)
    lines = [one for one in portfolio.budget_lines.values() if one.id in since and _counts(one, period)]
    batches = [one for one in portfolio.ledger_batches.values() if one.id in since]
    return [
        LateChange(
            cell=cell,
            lines=tuple(_lines_behind(cell, lines, owners, period)),
            batches=tuple(_batches_behind(cell, batches, owners)),
        )
        for cell in compared.changed
    ]


def _refuse_open(portfolio: Portfolio, period: Period) -> PeriodState:
    """Return the state of a locked period; of another Refusal is raised."""
    state = portfolio.state_of(period)
    if state is None or state.stage is not PeriodStage.LOCKED:
        raise Refusal(message("{period} er ikke låst, så ingenting er for sent.", period=period))
    return state


def _name(portfolio: Portfolio, comment: Comment) -> str:
    project = portfolio.projects.get(comment.project)
    return "" if project is None else project.name.casefold()


def _counts(line: BudgetLine, period: Period) -> bool:
    return line.status is BudgetStatus.DECIDED and line.takes_effect <= period.ends


def _lines_behind(cell: Cell, lines: Iterable[BudgetLine], owners: Owners, period: Period) -> Iterable[BudgetLine]:
    if cell.project is None or cell.column in {"actual", "total_spent"}:
        return
    for line in lines:
        moves = line.total_amount if cell.column == "total_budget" else line.year_amount
        in_year = cell.column == "total_budget" or line.budget_year == period.year
        if moves and in_year and owners.of_line(line) == cell.project.id:
            yield line


def _batches_behind(cell: Cell, batches: Iterable[LedgerBatch], owners: Owners) -> Iterable[LedgerBatch]:
    if cell.project is None or cell.column not in {"actual", "total_spent"}:
        return
    for batch in batches:
        if any(owners.of_sum(entry) == cell.project.id for entry in batch.sums):
            yield batch
