"""What the parts of a report are made from, derived once, and the cells that many of them share.

Must not know any part.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter

from tracker.checking import control_of
from tracker.figures import PeriodFigures, ProjectFigures, Sums, by_service_area, figures_of
from tracker.flags import Flag, Limits, limits_of
from tracker.lights import Lights
from tracker.messages import Message, message
from tracker.model import Portfolio
from tracker.periods import Part as OfYear
from tracker.periods import Period
from tracker.report.content import Cell, Column, ColumnKind, Source
from tracker.tieout import Comparison, compare

OTHER_PROJECTS = message("Øvrige prosjekter")
NOT_PLACED = message("Ikke fordelt")

OTHERS = Source(with_others=True)
"""The source of the line of other projects."""

NAME = Column(key="name", title=message("Investering"))
AREA = Column(key="service_area", title=message("Tjenesteområde"))
COUNT = Column(key="count", title=message("Antall"), kind=ColumnKind.COUNT)
TOTAL_BUDGET = Column(key="total_budget", title=message("Vedtatt totalt"), kind=ColumnKind.THOUSANDS, dash=True)
TOTAL_SPENT = Column(key="total_spent", title=message("Påløpt totalt"), kind=ColumnKind.THOUSANDS, dash=True)
COMPLETION = Column(key="completion", title=message("Est. ferdig"), kind=ColumnKind.COMPLETION)
REVISED_BUDGET = Column(key="revised_budget", title=message("Rev. bud."), kind=ColumnKind.THOUSANDS)
ACTUAL = Column(key="actual", title=message("Regnskap"), kind=ColumnKind.THOUSANDS)
DEVIATION = Column(key="deviation", title=message("Avvik i kr"), kind=ColumnKind.THOUSANDS)
YEAR_FORECAST = Column(key="year_end_forecast", title=message("Prognose"), kind=ColumnKind.THOUSANDS, dash=True)
EXPECTED_DEVIATION = Column(key="deviation", title=message("Ventet avvik"), kind=ColumnKind.THOUSANDS, dash=True)
UNSPENT = Column(key="unspent", title=message("Gjenstår i året"), kind=ColumnKind.THOUSANDS)
RATE = Column(key="completion_rate", title=message("Gjennomføringsgrad"), kind=ColumnKind.PERCENT, dash=True)
FINAL = Column(key="final_cost_forecast", title=message("Sluttprognose"), kind=ColumnKind.THOUSANDS, dash=True)
COMMENT = Column(key="comment", title=message("Kommentar"), kind=ColumnKind.LONG_TEXT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """A portfolio in one period, with its figures, those of the period before, its flags and how its sums tie out."""

    portfolio: Portfolio
    period: Period
    figures: PeriodFigures
    before: PeriodFigures | None
    has_forecasts: bool
    has_areas: bool
    limits: Limits
    flags: tuple[Flag, ...]
    comparisons: tuple[Comparison, ...]

    @property
    def lights(self) -> Lights:
        """The projects' lights."""
        return Lights(self.portfolio, self.figures, flags=self.flags, limits=self.limits)

    @property
    def is_year(self) -> bool:
        """Whether the year has ended, so that its deviation is what came and not what is expected."""
        return self.period.part is OfYear.YEAR

    @property
    def area_columns(self) -> tuple[Column, ...]:
        """The column of service areas, none where no project has been placed in one."""
        return (AREA,) if self.has_areas else ()

    def area_of(self, figures: ProjectFigures) -> tuple[Cell, ...]:
        """Return a project's cell in the column of service areas."""
        return (figures.project.service_area,) if self.has_areas else ()

    @property
    def year_columns(self) -> tuple[Column, ...]:
        """The year's columns: what came; before the year has ended what is expected, or is left where nobody has said.

        Four months' spending against twelve months' budget is no deviation.
        """
        if self.is_year:
            return REVISED_BUDGET, ACTUAL, DEVIATION
        if self.has_forecasts:
            return REVISED_BUDGET, ACTUAL, YEAR_FORECAST, EXPECTED_DEVIATION
        return REVISED_BUDGET, ACTUAL, UNSPENT

    def year_of(self, figures: ProjectFigures) -> tuple[Cell, ...]:
        """Return a project's cells in the year's columns, in kroner."""
        if self.has_forecasts and not self.is_year:
            return expected_cells(figures, self.deviation_of(figures))
        return year_cells(figures)

    def year_sum(self, sums: Sums, projects: Iterable[ProjectFigures]) -> tuple[Cell, ...]:
        """Return the year's cells of a sum; what is expected is that of the projects in it that have said so."""
        if self.is_year or not self.has_forecasts:
            return year_cells(sums)
        known = [figures for figures in projects if figures.expected is not None]
        if not known:
            return sums.revised_budget, sums.actual, None, None
        expected = sum(figures.expected or 0 for figures in known)
        deviation = sum(figures.revised_budget for figures in known) - expected
        return sums.revised_budget, sums.actual, expected, deviation

    @property
    def forecast_note(self) -> tuple[Message, ...]:
        """What the forecasts' sums hold, where not everything that the budget's sums hold has a forecast."""
        if self.is_year or not self.has_forecasts:
            return ()
        known = [figures for figures in self.figures.projects if figures.expected is not None]
        if self.others is None and len(known) == len(self.figures.projects):
            return ()
        return (
            message(
                "Prognose og ventet avvik er summert for {count:prosjektet|prosjektene} som har oppgitt prognose: "
                "{count} av {all}, med revidert budsjett på {revised:mill}.",
                count=len(known),
                all=len(self.figures.projects),
                revised=sum(figures.revised_budget for figures in known),
            ),
        )

    def deviation_of(self, figures: ProjectFigures) -> int | None:
        """Return the deviation to explain, as printed where it was: in a tertial the one that the forecast gives."""
        return figures.reported_deviation_at(self.period.part)

    @property
    def other_name(self) -> str | Message:
        """What the line of other projects is called: as printed, if it was."""
        other = self.figures.other
        return other.name if other is not None and other.name else OTHER_PROJECTS

    @property
    def others(self) -> Sums | None:
        """The line of other projects, None when the period has none."""
        return None if self.figures.other is None else self.figures.others

    @property
    def source_of_all(self) -> Source:
        """The source of sums of everything: all projects, and other projects."""
        return replace(source_of(self.figures.projects), with_others=True)


def figure_in(column: Column) -> str:
    """Return which figure of a project a column holds, where a tertial's column isn't called after it."""
    if column == EXPECTED_DEVIATION:
        return "expected_deviation"
    return DEVIATION.key if column == UNSPENT else column.key


def source_of(projects: Iterable[ProjectFigures]) -> Source:
    """Return the source of a sum of projects."""
    return Source(projects=tuple(figures.project.id for figures in projects))


def basis_of(portfolio: Portfolio, period: Period) -> Basis:
    """Derive what a report of a period is made from."""
    figures = figures_of(portfolio, period)
    limits = limits_of(portfolio)
    earlier = max((one for one in portfolio.periods() if one < period), default=None)
    return Basis(
        portfolio=portfolio,
        period=period,
        figures=figures,
        before=None if earlier is None else figures_of(portfolio, earlier),
        has_forecasts=any(one.expected is not None for one in figures.projects),
        has_areas=any(one.project.service_area for one in figures.projects),
        limits=limits,
        flags=control_of(portfolio, figures, limits).flags,
        comparisons=compare(portfolio, figures),
    )


def areas_of(projects: Iterable[ProjectFigures], order: Sequence[str]) -> list[tuple[str | None, list[ProjectFigures]]]:
    """Group projects by service area: those of the order first, then the largest budget, those without one last."""
    place = {area: at for at, area in enumerate(order)}

    def rank(area: tuple[str | None, list[ProjectFigures]]) -> tuple[bool, int, int, str]:
        name, own = area
        budget = sum(map(attrgetter("revised_budget"), own))
        return name is None, place.get(name or "", len(place)), -budget, name or ""

    return sorted(by_service_area(projects).items(), key=rank)


def year_cells(figures: ProjectFigures | Sums) -> tuple[Cell, ...]:
    """Return revised budget, actual and deviation, in kroner."""
    return figures.revised_budget, figures.actual, figures.reported_deviation


def expected_cells(figures: ProjectFigures, deviation: int | None) -> tuple[Cell, ...]:
    """Return revised budget, actual, the year-end forecast and the deviation that it gives, in kroner."""
    return figures.revised_budget, figures.actual, figures.expected, deviation


def total_cells(figures: ProjectFigures | Sums) -> tuple[Cell, ...]:
    """Return total budget and total spent, in kroner; None for a running programme."""
    return figures.total_budget, figures.total_spent


def final_cost_of(figures: ProjectFigures) -> int | None:
    """Return the final-cost forecast; a running programme has no final cost."""
    if figures.status is None or figures.total_budget is None:
        return None
    return figures.status.final_cost_forecast
