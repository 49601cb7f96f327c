"""Ties a period's figures out to what was published: the table's own sum, and the statement § 5-5.

Must not know where the published figures were read. Amounts are whole kroner. Source: budsjett- og
regnskapsforskriften § 5-5, whose sums of investment expenditure the projects must come to.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace

from tracker.figures import PeriodFigures, figures_of
from tracker.messages import Message, message
from tracker.model import AcceptedDifference, Portfolio, StatementLine
from tracker.periods import Period

PRINTED_SUM = "printed-sum"
FIRST_PART = "5-5-first-part"
SECOND_PART = "5-5-second-part"

COLUMN_TITLES = {
    "total_budget": message("Vedtatt totalt"),
    "total_spent": message("Påløpt totalt"),
    "revised_budget": message("Revidert budsjett"),
    "actual": message("Regnskap"),
    "deviation": message("Avvik"),
}
_CHECK_TITLES = {
    PRINTED_SUM: message("Trykt sum i statustabellen"),
    FIRST_PART: message("§ 5-5 første ledd: sum investeringsutgifter"),
    SECOND_PART: message("§ 5-5 andre ledd: sum brutto investeringer"),
}
# The labels that the regulation's statement gives the two sums (§ 5-5 first and second part).
_STATEMENT_SUMS = {FIRST_PART: (1, "sum investeringsutgifter"), SECOND_PART: (2, "sum brutto investeringer")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """One sum of ours beside the published one, in kroner; `allowance` is what rounding alone may make."""

    check: str
    title: Message
    column: str
    column_title: Message
    ours: int
    printed: int
    allowance: int
    accepted: bool = False

    @property
    def difference(self) -> int:
        """Ours minus the published one."""
        return self.ours - self.printed

    @property
    def explained(self) -> bool:
        """Whether rounding explains the difference (no difference is explained too)."""
        return abs(self.difference) <= self.allowance

    @property
    def holds(self) -> bool:
        """Whether the sum ties out, or somebody accepted that it doesn't."""
        return self.explained or self.accepted


def tie_out(portfolio: Portfolio, period: Period) -> tuple[Comparison, ...]:
    """Compare every sum of a period that a publication printed with ours; empty when none was printed."""
    return compare(portfolio, figures_of(portfolio, period))


def compare(portfolio: Portfolio, figures: PeriodFigures) -> tuple[Comparison, ...]:
    """Compare as `tie_out` does, with figures that are already derived."""
    period = figures.period
    unit = _rounded_to(portfolio, period)
    accepted = [accepted for accepted in portfolio.accepted_differences.values() if accepted.period == period]
    lines = [line for line in portfolio.statement_lines.values() if line.period == period]
    compared = (*_with_printed_sum(figures, unit), *_with_statement(figures, lines))
    return tuple(_with_acceptance(comparison, accepted) for comparison in compared)


def missing_sums(portfolio: Portfolio, period: Period) -> tuple[str, ...]:
    """Return the labels of the § 5-5 sums that the period's statement lacks."""
    labels = {
        (line.paragraph, _folded(line.label)) for line in portfolio.statement_lines.values() if line.period == period
    }
    return tuple(wanted[1] for wanted in _STATEMENT_SUMS.values() if wanted not in labels)


def rounding_allowance(summands: int, *, rounded_to: int) -> int:
    """Return what a sum of figures rounded one by one may differ from the rounded sum, in kroner.

    Each rounding is off by up to half a unit, evenly spread: standard deviation √(n/12) units for n of
    them, the printed sum's own included. Twice that is allowed, at least one unit: for the 89 summands
    of 2023 five thousand. A smaller slip in a total can't be told from rounding by anybody.
    """
    if rounded_to <= 1:
        return 0
    return max(1, math.floor(2 * math.sqrt((summands + 1) / 12))) * rounded_to


def _rounded_to(portfolio: Portfolio, period: Period) -> int:
    state = portfolio.state_of(period)
    return 1 if state is None else state.rounded_to


def _with_printed_sum(figures: PeriodFigures, unit: int) -> Iterable[Comparison]:
    printed = figures.printed_sum
    if printed is None:
        return
    ours = figures.all
    summands = ours.count + (figures.other is not None)
    pairs = {
        "total_budget": (ours.total_budget, printed.total_budget),
        "total_spent": (ours.total_spent, printed.total_spent),
        "revised_budget": (ours.revised_budget, printed.revised_budget),
        "actual": (ours.actual, printed.actual),
        "deviation": (ours.reported_deviation, printed.deviation),
    }
    for column, (own, theirs) in pairs.items():
        if theirs is not None:
            yield _comparison(PRINTED_SUM, column, (own, theirs), rounding_allowance(summands, rounded_to=unit))


def _with_statement(figures: PeriodFigures, lines: list[StatementLine]) -> Iterable[Comparison]:
    """Compare with § 5-5: the printed sum where there is one, since the statement must equal it to the krone."""
    printed = figures.printed_sum
    ours = figures.all
    own = {
        "revised_budget": ours.revised_budget if printed is None else printed.revised_budget,
        "actual": ours.actual if printed is None else printed.actual,
        "deviation": ours.reported_deviation if printed is None else printed.deviation,
    }
    for check, (paragraph, label) in _STATEMENT_SUMS.items():
        line = next((line for line in lines if line.paragraph == paragraph and _folded(line.label) == label), None)
        if line is None:
            continue
        theirs = {"revised_budget": line.revised_budget, "actual": line.actual, "deviation": line.deviation}
        for column, amount in own.items():
            yield _comparison(check, column, (amount, theirs[column]), 0)


def _comparison(check: str, column: str, amounts: tuple[int, int], allowance: int) -> Comparison:
    ours, printed = amounts
    return Comparison(
        check=check,
        title=_CHECK_TITLES[check],
        column=column,
        column_title=COLUMN_TITLES[column],
        ours=ours,
        printed=printed,
        allowance=allowance,
    )


def _with_acceptance(comparison: Comparison, accepted: list[AcceptedDifference]) -> Comparison:
    known = {(one.check, one.column, one.difference) for one in accepted}
    return replace(comparison, accepted=(comparison.check, comparison.column, comparison.difference) in known)


def _folded(label: str) -> str:
    return " ".join(label.casefold().split())
