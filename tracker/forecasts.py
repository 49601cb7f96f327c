"""What was forecast, period by period, and how good the forecasts were once it was known what came.

Must not judge a forecast that nobody has seen the end of. Amounts are whole kroner; a miss is forecast minus what
came, so that positive means less was spent, as for deviations.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import fmean

from tracker.figures import ProjectFigures, figures_of
from tracker.model import Portfolio, Project, ProjectId
from tracker.periods import Part, Period
from tracker.quarters import State


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """What one period said of a project: its forecasts, and the figures that they stood beside."""

    period: Period
    figures: ProjectFigures

    @property
    def year_end(self) -> int | None:
        """What the year was expected to end at."""
        return self.figures.expected

    @property
    def final_cost(self) -> int | None:
        """What the project was expected to cost in the end."""
        return None if self.figures.status is None else self.figures.status.final_cost_forecast


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """A forecast of which it is known what came."""

    project: Project
    said_in: Period
    forecast: int
    came: int

    @property
    def miss(self) -> int:
        """Forecast minus what came: positive when less was spent than forecast."""
        return self.forecast - self.came

    @property
    def share(self) -> float | None:
        """The miss as a share of what came; None when nothing did."""
        return self.miss / self.came if self.came else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Accuracy:
    """How good several forecasts were together."""

    count: int
    forecast: int
    came: int
    missed: int
    mean_share: float | None

    @property
    def bias(self) -> int:
        """What the forecasts missed by in sum: misses both ways cancel out."""
        return self.forecast - self.came

    @property
    def bias_share(self) -> float | None:
        """The bias as a share of what came."""
        return self.bias / self.came if self.came else None

    @property
    def weighted_share(self) -> float | None:
        """The sizes of all misses as a share of what came: every krone counts alike."""
        return self.missed / abs(self.came) if self.came else None


def forecasts_of(portfolio: Portfolio, project: ProjectId) -> tuple[Forecast, ...]:
    """Return what every period said of a project, the oldest first."""
    narrow = only(portfolio, project)
    return tuple(
        Forecast(period=period, figures=figures)
        for period in portfolio.periods()
        for figures in figures_of(narrow, period).projects
    )


def year_outcomes(portfolio: Portfolio, until: Period) -> tuple[Outcome, ...]:
    """Return the year-end forecasts of the tertials whose year's end is known by a period, the oldest first."""
    held = portfolio.periods()
    found: list[Outcome] = []
    for end in (period for period in held if period.part is Part.YEAR and period <= until):
        came = {figures.project.id: figures.actual for figures in figures_of(portfolio, end).projects}
        for period in (period for period in held if period.year == end.year and period < end):
            found.extend(
                Outcome(
                    project=figures.project, said_in=period, forecast=figures.expected, came=came[figures.project.id]
                )
                for figures in figures_of(portfolio, period).projects
                if figures.expected is not None and figures.project.id in came
            )
    return tuple(found)


def final_outcomes(portfolio: Portfolio, until: Period) -> tuple[Outcome, ...]:
    """Return the final-cost forecasts of projects that are finished by a period, the oldest first.

    What came is what was spent by then; forecasts of periods in which the project was finished already are left out.
    """
    finished = {figures.project.id: figures for figures in _finished(portfolio, until)}
    if not finished:
        return ()
    return tuple(
        Outcome(
            project=figures.project,
            said_in=period,
            forecast=figures.status.final_cost_forecast,
            came=finished[figures.project.id].total_spent or 0,
        )
        for period in portfolio.periods()
        if period < until
        for figures in figures_of(portfolio, period).projects
        if figures.project.id in finished
        and figures.completion is not State.FINISHED
        and figures.status is not None
        and figures.status.final_cost_forecast is not None
    )


def accuracy_of(outcomes: Sequence[Outcome]) -> Accuracy:
    """Return how good forecasts were together; the mean is of the shares that can be told, each project alike."""
    shares = [abs(outcome.share) for outcome in outcomes if outcome.share is not None]
    return Accuracy(
        count=len(outcomes),
        forecast=sum(outcome.forecast for outcome in outcomes),
        came=sum(outcome.came for outcome in outcomes),
        missed=sum(abs(outcome.miss) for outcome in outcomes),
        mean_share=fmean(shares) if shares else None,
    )


def by_period(outcomes: Iterable[Outcome]) -> list[tuple[Period, list[Outcome]]]:
    """Group outcomes by the period that forecast them, the oldest first."""
    found: dict[Period, list[Outcome]] = {}
    for outcome in outcomes:
        found.setdefault(outcome.said_in, []).append(outcome)
    return sorted(found.items())


def only(portfolio: Portfolio, project: ProjectId) -> Portfolio:
    """Return a portfolio with one project (and what was joined into others), so that its figures come quickly."""
    return replace(
        portfolio,
        projects={
            key: held for key, held in portfolio.projects.items() if key == project or held.joined_into is not None
        },
        statuses={key: status for key, status in portfolio.statuses.items() if status.project == project},
        reported_projects={key: row for key, row in portfolio.reported_projects.items() if row.project == project},
    )


def _finished(portfolio: Portfolio, until: Period) -> Iterator[ProjectFigures]:
    for figures in figures_of(portfolio, until).projects:
        if figures.completion is State.FINISHED and figures.total_spent is not None:
            yield figures
