"""Figures held against figures, project by project and in sum: two periods, or what was reported and what is now.

Must not know why they differ. Amounts are whole kroner.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tracker.figures import PeriodFigures, ProjectFigures, figures_of
from tracker.messages import Message, message
from tracker.model import Portfolio, Project
from tracker.periods import Period

Pair = tuple[ProjectFigures | None, ProjectFigures | None]
"""A project's figures before and after."""
COLUMNS: Mapping[str, Message] = {
    "total_budget": message("Vedtatt totalt"),
    "total_spent": message("Påløpt totalt"),
    "original_budget": message("Opprinnelig budsjett"),
    "revised_budget": message("Revidert budsjett"),
    "actual": message("Regnskap"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One figure of a project, or of all together (no project), before and after; None where there was none."""

    project: Project | None
    column: str
    before: int | None
    after: int | None

    @property
    def change(self) -> int:
        """What was added, nothing counting as zero."""
        return (self.after or 0) - (self.before or 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Every figure of two sides: per project in the later side's order, and what each column comes to."""

    cells: tuple[Cell, ...]
    sums: tuple[Cell, ...]

    @property
    def changed(self) -> tuple[Cell, ...]:
        """The figures that differ."""
        return tuple(cell for cell in self.cells if cell.before != cell.after)


def compare_periods(portfolio: Portfolio, earlier: Period, later: Period) -> Comparison:
    """Compare two periods, locked ones as they were reported."""
    return compare(figures_of(portfolio, earlier), figures_of(portfolio, later))


def compare(before: PeriodFigures, after: PeriodFigures) -> Comparison:
    """Compare two sides, other projects counted in the sums."""
    pairs = pairs_of(before, after)
    return Comparison(
        cells=tuple(cell for pair in pairs for cell in _cells(*pair)),
        sums=tuple(_sum(column, before, after) for column in COLUMNS),
    )


def pairs_of(before: PeriodFigures, after: PeriodFigures) -> list[Pair]:
    """Return each project's figures on both sides, in the later side's order, None where a side lacks it."""
    old = {one.project.id: one for one in before.projects}
    new = {one.project.id: one for one in after.projects}
    return [(old.get(key), new.get(key)) for key in dict.fromkeys([*new, *old])]


def _cells(before: ProjectFigures | None, after: ProjectFigures | None) -> Iterator[Cell]:
    known = after or before
    if known is None:  # pragma: no cover  a pair has one of them
        raise ValueError
    for column in COLUMNS:
        yield Cell(
            project=known.project,
            column=column,
            before=None if before is None else getattr(before, column),
            after=None if after is None else getattr(after, column),
        )


def _sum(column: str, before: PeriodFigures, after: PeriodFigures) -> Cell:
    return Cell(project=None, column=column, before=_total(before, column), after=_total(after, column))


def _total(figures: PeriodFigures, column: str) -> int:
    listed = sum(getattr(one, column) or 0 for one in figures.projects)
    return listed + int(getattr(figures.others, column, 0))
