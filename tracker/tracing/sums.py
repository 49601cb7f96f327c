"""Traces a sum to the projects that it adds up.

Must not know a record: each project's own figure is traced on its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from tracker.figures import PeriodFigures, ProjectFigures
from tracker.messages import Message, message
from tracker.model import ProjectId
from tracker.tracing.figures import DERIVED_TOLD, DIFFERENCES, FIGURES_TITLES, SHARES, ProjectFigure, value_of
from tracker.tracing.trace import Lead, Place, Step, Trace, with_places

NO_SHARE = message("Uten budsjett er det ikke noe å dele på.")
_OTHER_PROJECTS = message("Øvrige prosjekter")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum:
    """A sum that is asked for: of which figure, over which projects, and whether other projects are in it."""

    figure: ProjectFigure
    projects: tuple[ProjectId, ...]
    with_others: bool = False


def trace_sum(asked: Sum, figures: PeriodFigures, held: Mapping[ProjectId, ProjectFigures], *, source: str) -> Trace:
    """Trace a sum. `source` is where the line of other projects was read."""
    own = [held[project] for project in asked.projects if project in held]
    others = figures.other is not None and asked.with_others
    if asked.figure in SHARES:
        return _share(asked, figures, own)
    steps = [*_project_steps(asked.figure, own), *(_other_steps(asked.figure, figures, source) if others else ())]
    return Trace(
        title=FIGURES_TITLES[asked.figure],
        period=figures.period,
        value=sum(step.adds for step in steps),
        steps=tuple(steps),
        told=told_of_sum(asked, figures, held, source=source),
    )


def told_of_sum(
    asked: Sum, figures: PeriodFigures, held: Mapping[ProjectId, ProjectFigures], *, source: str
) -> Message:
    """Say in short what a sum adds up, without finding its steps."""
    if asked.figure in SHARES:
        return DERIVED_TOLD[asked.figure]
    with_others = asked.with_others and other_value(figures, asked.figure) is not None
    count = sum(project in held and value_of(held[project], asked.figure) is not None for project in asked.projects)
    if not count:
        return with_places(_OTHER_PROJECTS, [source])
    summed = message("Sum av {count} {count:prosjekt|prosjekter}", count=count)
    return message("{summed} og øvrige prosjekter", summed=summed) if with_others else summed


def other_value(figures: PeriodFigures, figure: ProjectFigure) -> int | None:
    """Return a figure of the line of other projects, None where it has none."""
    if figures.other is None:
        return None
    if figure is ProjectFigure.DEVIATION:
        return figures.others.reported_deviation
    if figure in DIFFERENCES:
        one, other = (other_value(figures, part) for part in DIFFERENCES[figure])
        return None if one is None or other is None else one - other
    found: int | None = getattr(figures.other, figure.value, None)
    return found


def _project_steps(figure: ProjectFigure, own: Iterable[ProjectFigures]) -> Iterator[Step]:
    for one in own:
        amount = value_of(one, figure)
        if amount is not None:
            lead = Lead(place=Place.FIGURE, project=one.project.id, figure=figure)
            yield Step(what=one.project.name, adds=int(amount), lead=lead)


def _other_steps(figure: ProjectFigure, figures: PeriodFigures, source: str) -> Iterator[Step]:
    amount = other_value(figures, figure)
    if amount is not None and figures.other is not None:
        yield Step(
            what=figures.other.name or _OTHER_PROJECTS,
            adds=amount,
            origin=source,
            lead=Lead(place=Place.PRINTED, record=figures.other.id),
        )


def _share(asked: Sum, figures: PeriodFigures, own: list[ProjectFigures]) -> Trace:
    def summed(part: ProjectFigure) -> int:
        others = other_value(figures, part) if asked.with_others else None
        return sum(int(value_of(one, part) or 0) for one in own) + (others or 0)

    parts = [(part, summed(part)) for part in SHARES[asked.figure]]
    (_, some), (_, whole) = parts
    return Trace(
        title=FIGURES_TITLES[asked.figure],
        period=figures.period,
        value=some / whole if whole else None,
        steps=tuple(Step(what=FIGURES_TITLES[part], adds=amount) for part, amount in parts),
        told=DERIVED_TOLD[asked.figure],
        is_share=True,
        remark=None if whole else NO_SHARE,
    )
