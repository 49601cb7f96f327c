"""Every project in every period as one flat row, for programs that make reports of their own.

Must not know how it is written. Amounts are whole kroner; names and values are the same in every language.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum

from tracker.checking import control_of
from tracker.figures import PeriodFigures, ProjectFigures, figures_of
from tracker.flags import Limits, Severity, limits_of
from tracker.kinds import PeriodStage
from tracker.lights import Aspect, Lights, printed_lights
from tracker.messages import Refusal
from tracker.model import Portfolio
from tracker.periods import Period
from tracker.quarters import write_completion
from tracker.typed import CAUSES

FlatValue = str | int | date | None
FlatRow = tuple[FlatValue, ...]


class Holds(Enum):
    """What a flat column holds."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    INTEGER = "integer"
    DATE = "date"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Case:
    """A project in a period, with what was found of it."""

    period: Period
    stage: PeriodStage
    figures: ProjectFigures
    flags: Mapping[Severity, int]
    lights: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class FlatColumn:
    """A column: its name, and what it holds."""

    name: str
    holds: Holds


_Read = Callable[[_Case], FlatValue]
_READERS: tuple[tuple[str, Holds, _Read], ...] = (
    ("period", Holds.TEXT, lambda case: str(case.period)),
    ("period_end", Holds.DATE, lambda case: case.period.ends),
    ("year", Holds.INTEGER, lambda case: case.period.year),
    ("period_stage", Holds.TEXT, lambda case: case.stage.value),
    ("project_id", Holds.TEXT, lambda case: case.figures.project.id),
    ("project", Holds.TEXT, lambda case: case.figures.project.name),
    ("code", Holds.TEXT, lambda case: case.figures.project.code),
    ("kind", Holds.TEXT, lambda case: case.figures.project.kind.value),
    ("service_area", Holds.TEXT, lambda case: case.figures.project.service_area),
    ("department", Holds.TEXT, lambda case: case.figures.project.department),
    ("responsible", Holds.TEXT, lambda case: case.figures.project.responsible),
    (
        "funding_tags",
        Holds.TEXT,
        lambda case: ";".join(sorted(tag.value for tag in case.figures.project.funding_tags)) or None,
    ),
    ("total_budget", Holds.INTEGER, lambda case: case.figures.total_budget),
    ("total_spent", Holds.INTEGER, lambda case: case.figures.total_spent),
    ("left_of_total", Holds.INTEGER, lambda case: case.figures.left_of_total),
    ("original_budget", Holds.INTEGER, lambda case: case.figures.original_budget),
    ("revised_budget", Holds.INTEGER, lambda case: case.figures.revised_budget),
    ("actual", Holds.INTEGER, lambda case: case.figures.actual),
    ("deviation", Holds.INTEGER, lambda case: case.figures.reported_deviation),
    ("computed_deviation", Holds.INTEGER, lambda case: case.figures.deviation),
    ("year_end_forecast", Holds.INTEGER, lambda case: case.figures.expected),
    ("expected_deviation", Holds.INTEGER, lambda case: case.figures.deviation_at(case.period.part)),
    ("final_cost_forecast", Holds.INTEGER, lambda case: _of_status(case, "final_cost_forecast")),
    *((f"deviation_{cause}", Holds.INTEGER, lambda case, cause=cause: _of_split(case, cause)) for cause in CAUSES),
    ("estimated_completion", Holds.TEXT, lambda case: write_completion(case.figures.completion) or None),
    ("phase", Holds.TEXT, lambda case: _of_status(case, "phase")),
    ("status_state", Holds.TEXT, lambda case: _of_status(case, "state")),
    ("flags", Holds.INTEGER, lambda case: sum(case.flags.values())),
    *(
        (f"flags_{severity.value}", Holds.INTEGER, lambda case, severity=severity: case.flags.get(severity, 0))
        for severity in Severity
    ),
    *((f"{aspect.value}_light", Holds.TEXT, lambda case, of=aspect: case.lights.get(of.value)) for aspect in Aspect),
    ("explanation", Holds.LONG_TEXT, lambda case: _of_status(case, "explanation") or None),
    ("status_text", Holds.LONG_TEXT, lambda case: case.figures.text or None),
)
FLAT_COLUMNS: tuple[FlatColumn, ...] = tuple(FlatColumn(name, holds) for name, holds, _ in _READERS)
_JUDGED = ("flags", *(f"flags_{one.value}" for one in Severity), *(f"{one.value}_light" for one in Aspect))
FIGURE_COLUMNS: tuple[FlatColumn, ...] = tuple(one for one in FLAT_COLUMNS if one.name not in _JUDGED)
"""The columns that no rule is asked for."""
OTHER_PROJECTS = "other_projects"
"""The `kind` of the row that holds a period's line of other projects; it has no id."""


def flat_rows(portfolio: Portfolio) -> Iterator[FlatRow]:
    """Yield a row a project and period, the oldest period first, and each period's other projects after its projects.

    Where a limit that the portfolio sets isn't a number, flags are by the usual ones: everything can be taken out.
    """
    limits = _limits(portfolio)
    for period in portfolio.periods():
        figures = figures_of(portfolio, period)
        state = portfolio.state_of(period)
        stage = PeriodStage.OPEN if state is None else state.stage
        found = control_of(portfolio, figures, limits).flags
        flags: dict[str, Counter[Severity]] = {}
        for flag in found:
            flags.setdefault(flag.project.id, Counter())[flag.severity] += 1
        lights = Lights(portfolio, figures, flags=found, limits=limits)
        for one in figures.projects:
            printed = {aspect: light.value for aspect, light in printed_lights(lights.of(one)).items()}
            case = _Case(period=period, stage=stage, figures=one, flags=flags.get(one.project.id, {}), lights=printed)
            yield tuple(read(case) for _, _, read in _READERS)
        if figures.other is not None:
            yield _other_row(figures, stage)


def figure_rows(portfolio: Portfolio) -> Iterator[FlatRow]:
    """Yield a row a project and period, without what the rules found: it costs no reading of texts."""
    readers = [read for name, _, read in _READERS if name not in _JUDGED]
    for period in portfolio.periods():
        state = portfolio.state_of(period)
        stage = PeriodStage.OPEN if state is None else state.stage
        for one in figures_of(portfolio, period).projects:
            case = _Case(period=period, stage=stage, figures=one, flags={}, lights={})
            yield tuple(read(case) for read in readers)


def _limits(portfolio: Portfolio) -> Limits:
    try:
        return limits_of(portfolio)
    except Refusal:
        return Limits()


def _other_row(figures: PeriodFigures, stage: PeriodStage) -> FlatRow:
    sums, name = figures.others, "" if figures.other is None else figures.other.name
    known: dict[str, FlatValue] = {
        "period": str(figures.period),
        "period_end": figures.period.ends,
        "year": figures.period.year,
        "period_stage": stage.value,
        "project": name,
        "kind": OTHER_PROJECTS,
        "total_budget": sums.total_budget,
        "total_spent": sums.total_spent,
        "left_of_total": sums.total_budget - sums.total_spent,
        "revised_budget": sums.revised_budget,
        "actual": sums.actual,
        "deviation": sums.reported_deviation,
        "computed_deviation": sums.deviation,
    }
    return tuple(known.get(column.name) for column in FLAT_COLUMNS)


def _of_status(case: _Case, name: str) -> FlatValue:
    found = None if case.figures.status is None else getattr(case.figures.status, name)
    if isinstance(found, Enum):
        return str(found.value)
    return found if isinstance(found, str | int) else None


def _of_split(case: _Case, cause: str) -> int | None:
    split = None if case.figures.status is None else case.figures.status.split
    return None if split is None else int(getattr(split, cause))
