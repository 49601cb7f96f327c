"""Which figures of a project can be traced: what each is called, its value, and what the derived ones are made of.

Must not know any record.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

from tracker.figures import ProjectFigures
from tracker.messages import Message, message
from tracker.typed import CAUSES


class ProjectFigure(Enum):
    """A figure of a project in a period; the values are the keys of columns, in reports and in the window."""

    TOTAL_BUDGET = "total_budget"
    TOTAL_SPENT = "total_spent"
    LEFT_OF_TOTAL = "left_of_total"
    OVER_TOTAL = "over_total"
    ORIGINAL_BUDGET = "original_budget"
    REVISED_BUDGET = "revised_budget"
    CHANGE = "change"
    ACTUAL = "actual"
    DEVIATION = "deviation"
    COMPLETION_RATE = "completion_rate"
    SPENT_SHARE = "spent_share"
    YEAR_END_FORECAST = "year_end_forecast"
    EXPECTED_DEVIATION = "expected_deviation"
    FINAL_COST_FORECAST = "final_cost_forecast"
    LEFT_OF_FORECAST = "left"
    OUTCOME = "outcome"
    TIMING = "timing"
    COST = "cost"
    SCOPE = "scope"
    OTHER = "other"


_Of = ProjectFigure
FIGURES_TITLES: Mapping[ProjectFigure, Message] = {
    _Of.TOTAL_BUDGET: message("Vedtatt totalt"),
    _Of.TOTAL_SPENT: message("Påløpt totalt"),
    _Of.LEFT_OF_TOTAL: message("Rest av totalbudsjett"),
    _Of.OVER_TOTAL: message("Over totalbudsjett"),
    _Of.ORIGINAL_BUDGET: message("Opprinnelig budsjett"),
    _Of.REVISED_BUDGET: message("Revidert budsjett"),
    _Of.CHANGE: message("Endring siden opprinnelig budsjett"),
    _Of.ACTUAL: message("Regnskap"),
    _Of.DEVIATION: message("Avvik"),
    _Of.COMPLETION_RATE: message("Gjennomføringsgrad"),
    _Of.SPENT_SHARE: message("Brukt av totalen"),
    _Of.YEAR_END_FORECAST: message("Årsprognose"),
    _Of.EXPECTED_DEVIATION: message("Ventet avvik"),
    _Of.FINAL_COST_FORECAST: message("Sluttprognose"),
    _Of.LEFT_OF_FORECAST: message("Vedtatt totalt minus sluttprognose"),
    _Of.OUTCOME: message("Ventet resultat"),
    **{ProjectFigure(cause): message("Avvik: {cause}", cause=title) for cause, title in CAUSES.items()},
}

DIFFERENCES: Mapping[ProjectFigure, tuple[ProjectFigure, ProjectFigure]] = {
    _Of.LEFT_OF_TOTAL: (_Of.TOTAL_BUDGET, _Of.TOTAL_SPENT),
    _Of.OVER_TOTAL: (_Of.TOTAL_SPENT, _Of.TOTAL_BUDGET),
    _Of.CHANGE: (_Of.REVISED_BUDGET, _Of.ORIGINAL_BUDGET),
    _Of.DEVIATION: (_Of.REVISED_BUDGET, _Of.ACTUAL),
    _Of.EXPECTED_DEVIATION: (_Of.REVISED_BUDGET, _Of.YEAR_END_FORECAST),
    _Of.LEFT_OF_FORECAST: (_Of.TOTAL_BUDGET, _Of.FINAL_COST_FORECAST),
    _Of.OUTCOME: (_Of.TOTAL_BUDGET, _Of.FINAL_COST_FORECAST),
}
"""The figures that are one minus another."""
SHARES: Mapping[ProjectFigure, tuple[ProjectFigure, ProjectFigure]] = {
    _Of.COMPLETION_RATE: (_Of.ACTUAL, _Of.REVISED_BUDGET),
    _Of.SPENT_SHARE: (_Of.TOTAL_SPENT, _Of.TOTAL_BUDGET),
}
"""The figures that are one divided by another."""
DERIVED_TOLD: Mapping[ProjectFigure, Message] = {
    **{
        figure: message("{one} minus {other}", one=FIGURES_TITLES[one], other=FIGURES_TITLES[other])
        for figure, (one, other) in DIFFERENCES.items()
    },
    _Of.OUTCOME: message("Vedtatt totalt minus sluttprognosen, eller minus påløpt der det er mer"),
    _Of.COMPLETION_RATE: message("Regnskap delt på revidert budsjett"),
    _Of.SPENT_SHARE: message("Påløpt totalt delt på vedtatt totalt"),
}
"""How what is derived is made of other figures, in short."""
_BY_KEY = {figure.value: figure for figure in ProjectFigure}
OF_BUDGET = frozenset({_Of.TOTAL_BUDGET, _Of.ORIGINAL_BUDGET, _Of.REVISED_BUDGET})
OF_LEDGER = frozenset({_Of.TOTAL_SPENT, _Of.ACTUAL})
OF_STATUS = frozenset({_Of.YEAR_END_FORECAST, _Of.FINAL_COST_FORECAST})


def figure_named(key: str) -> ProjectFigure | None:
    """Return the figure that a column's key is of, None for a column that holds none."""
    return _BY_KEY.get(key)


def parts_of(figures: ProjectFigures, figure: ProjectFigure) -> tuple[ProjectFigure, ProjectFigure]:
    """Return which figures a project's difference is between: no forecast undoes what has been spent."""
    one, other = DIFFERENCES[figure]
    if figure is _Of.OUTCOME and (value_of(figures, other) or 0) <= (figures.total_spent or 0):
        return one, _Of.TOTAL_SPENT
    return one, other


def value_of(figures: ProjectFigures, figure: ProjectFigure) -> int | float | None:
    """Return a project's figure as it is printed; None where it isn't known or there is none."""
    if figure is _Of.DEVIATION:
        return figures.reported_deviation
    if figure in SHARES:
        part, whole = (value_of(figures, one) for one in SHARES[figure])
        return part / whole if part is not None and whole else None
    if figure in DIFFERENCES:
        one, other = (value_of(figures, part) for part in parts_of(figures, figure))
        return None if one is None or other is None else one - other
    if figure.value in CAUSES:
        split = None if figures.status is None else figures.status.split
        return None if split is None else int(getattr(split, figure.value))
    found: int | None = getattr(figures.status if figure in OF_STATUS else figures, figure.value, None)
    return found
