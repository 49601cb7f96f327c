"""What moved from one period to a later one, per project and in sum: budget, spending, forecasts and completion.

Must not know why, nor how it is told. Amounts are whole kroner. The year's own figures are compared within a year only,
since each year begins anew.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from tracker.comparing import pairs_of
from tracker.figures import PeriodFigures, ProjectFigures
from tracker.flags import Limits
from tracker.model import Project
from tracker.quarters import Completion, State, slip


@dataclass(frozen=True, slots=True, kw_only=True)
class Movement:
    """What moved, of a project or of several (no project); None where a figure can't be told on both sides.

    `spent` is what was spent since; in a new year what was spent in that.
    """

    project: Project | None = None
    revised: int | None
    spent: int
    expected: int | None
    total: int | None
    final: int | None
    completions: tuple[Completion, Completion] | None = None
    is_new: bool = False
    is_gone: bool = False
    is_essential: bool = False

    @property
    def slip(self) -> int | None:
        """How many quarters later it is to be finished, below zero for sooner."""
        return None if self.completions is None else slip(*self.completions)

    @property
    def is_finished(self) -> bool:
        """Whether it was reported finished since."""
        return self._became(State.FINISHED)

    @property
    def is_reopened(self) -> bool:
        """Whether it was finished, and isn't said to be any more."""
        return self.completions is not None and self.completions[0] is State.FINISHED and self._has_moved

    @property
    def size(self) -> int:
        """The largest change in kroner; what was spent is left out, since that is what the money is for."""
        return max(abs(one or 0) for one in (self.revised, self.expected, self.total, self.final))

    @property
    def _has_moved(self) -> bool:
        return self.completions is not None and self.completions[0] != self.completions[1]

    def _became(self, state: State) -> bool:
        return self.completions is not None and self.completions[1] is state and self._has_moved


def movements_of(before: PeriodFigures, after: PeriodFigures, limits: Limits) -> list[Movement]:
    """Return what moved of each project, in the later period's order, those that are gone last."""
    in_year = before.period.year == after.period.year
    return [_movement(old, new, limits, in_year=in_year) for old, new in pairs_of(before, after)]


def others_of(before: PeriodFigures, after: PeriodFigures) -> Movement:
    """Return what moved of the line of other projects."""
    old, new = before.others, after.others
    in_year = before.period.year == after.period.year
    return Movement(
        revised=new.revised_budget - old.revised_budget if in_year else None,
        spent=new.actual - old.actual if in_year else new.actual,
        expected=None,
        total=new.total_budget - old.total_budget,
        final=None,
    )


def sum_of_movements(movements: Iterable[Movement]) -> Movement:
    """Add up movements; a figure that none of them can tell stays untold."""
    chosen = list(movements)
    return Movement(
        revised=_sum(one.revised for one in chosen),
        spent=sum(one.spent for one in chosen),
        expected=_sum(one.expected for one in chosen),
        total=_sum(one.total for one in chosen),
        final=_sum(one.final for one in chosen),
    )


def _movement(old: ProjectFigures | None, new: ProjectFigures | None, limits: Limits, *, in_year: bool) -> Movement:
    known = new or old
    if known is None:  # pragma: no cover  a pair has one of them
        raise ValueError
    moved = Movement(
        project=known.project,
        revised=_change(_revised(old), _revised(new)) if in_year else None,
        spent=_actual(new) - (_actual(old) if in_year else 0),
        expected=_change(_expected(old), _expected(new)) if in_year else None,
        total=_change(*_totals(old, new)),
        final=_change(_final(old), _final(new)),
        completions=None if old is None or new is None else (old.completion, new.completion),
        is_new=old is None,
        is_gone=new is None,
    )
    return replace(moved, is_essential=_is_essential(moved, old, limits))


def _is_essential(moved: Movement, old: ProjectFigures | None, limits: Limits) -> bool:
    if moved.is_new or moved.is_gone or moved.is_finished or moved.is_reopened:
        return True
    if moved.slip is not None and abs(moved.slip) >= max(limits.slip_quarters, 1):
        return True
    changes = (
        (moved.revised, _revised(old)),
        (moved.expected, _revised(old)),
        (moved.total, None if old is None else old.total_budget),
        (moved.final, _final(old)),
    )
    return any(change is not None and limits.is_essential(change, base or 0) for change, base in changes)


def _change(before: int | None, after: int | None) -> int | None:
    return None if before is None or after is None else after - before


def _sum(changes: Iterable[int | None]) -> int | None:
    known = [change for change in changes if change is not None]
    return sum(known) if known else None


def _revised(figures: ProjectFigures | None) -> int:
    return 0 if figures is None else figures.revised_budget


def _actual(figures: ProjectFigures | None) -> int:
    return 0 if figures is None else figures.actual


def _expected(figures: ProjectFigures | None) -> int | None:
    return None if figures is None else figures.expected


def _totals(old: ProjectFigures | None, new: ProjectFigures | None) -> tuple[int | None, int | None]:
    """Return the total budgets; a project that is new had none, one that is gone has none any more."""
    before = 0 if old is None else old.total_budget
    after = 0 if new is None else new.total_budget
    return before, after


def _final(figures: ProjectFigures | None) -> int | None:
    """Return the final-cost forecast; a running programme has no final cost."""
    if figures is None or figures.status is None or figures.total_budget is None:
        return None
    return figures.status.final_cost_forecast
