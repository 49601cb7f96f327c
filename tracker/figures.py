"""Figures of a period, derived from the records: per project, in sum, per service area.

Must not store anything, nor judge: flags do that. Amounts are whole kroner.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from tracker import budget
from tracker.kinds import PeriodStage, PrintedOf, ProjectKind
from tracker.model import (
    BudgetLine,
    LedgerSum,
    OtherProjects,
    Portfolio,
    PrintedFigures,
    Project,
    ProjectId,
    Status,
)
from tracker.owners import Owners, counted_sums
from tracker.periods import Part, Period
from tracker.quarters import Completion, State
from tracker.reported import Details, thaw

_Entry = TypeVar("_Entry", BudgetLine, LedgerSum)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectFigures:
    """One project in one period. A running programme has no totals: they are None."""

    project: Project
    total_budget: int | None
    total_spent: int | None
    original_budget: int | None
    revised_budget: int
    actual: int
    status: Status | None = None
    printed: PrintedFigures | None = None

    @property
    def deviation(self) -> int:
        """Revised budget minus actual: positive when less was spent."""
        return self.revised_budget - self.actual

    @property
    def reported_deviation(self) -> int:
        """The deviation as the period's publication printed it, else the derived one.

        A publication rounds each figure on its own from kroner that only it knew; its deviation can
        differ by one thousand from the difference of its rounded columns, and is the nearer to the truth.
        """
        return self.deviation if self.printed is None else self.printed.deviation

    @property
    def left_of_total(self) -> int | None:
        """What is left of the total budget; None for a running programme."""
        if self.total_budget is None or self.total_spent is None:
            return None
        return self.total_budget - self.total_spent

    @property
    def expected(self) -> int | None:
        """The year's actual as it is expected to end: the forecast, None where nobody has given one."""
        return None if self.status is None else self.status.year_end_forecast

    def deviation_at(self, part: Part) -> int | None:
        """Return the deviation that a period's report explains: what came, before year's end what is expected.

        None in a tertial without a forecast: four months' spending against twelve months' budget is no deviation.
        """
        if part is Part.YEAR:
            return self.deviation
        return None if self.expected is None else self.revised_budget - self.expected

    def reported_deviation_at(self, part: Part) -> int | None:
        """Return the deviation that a period's report explains, at year's end as it was printed, if it was."""
        return self.reported_deviation if part is Part.YEAR else self.deviation_at(part)

    @property
    def completion(self) -> Completion:
        """The estimated completion that the period's status gives."""
        if self.status is not None:
            return self.status.completion
        return State.RUNNING if self.project.kind is ProjectKind.PROGRAMME else State.NOT_SET

    @property
    def text(self) -> str:
        """The period's status text, empty if there is none."""
        return "" if self.status is None else self.status.text

    @property
    def explanation(self) -> str:
        """Why the year's deviation came about: what was written for that, else the status text."""
        return self.text if self.status is None or not self.status.explanation else self.status.explanation


@dataclass(frozen=True, slots=True, kw_only=True)
class Sums:
    """What several projects come to; programmes count in the year's figures only."""

    count: int = 0
    total_budget: int = 0
    total_spent: int = 0
    revised_budget: int = 0
    actual: int = 0
    reported_deviation: int = 0

    @property
    def deviation(self) -> int:
        """Revised budget minus actual."""
        return self.revised_budget - self.actual

    @property
    def completion_rate(self) -> float | None:
        """Actual as a share of the revised budget (gjennomføringsgrad); None without a budget."""
        return self.actual / self.revised_budget if self.revised_budget else None

    def __add__(self, other: Sums) -> Sums:
        return Sums(
            count=self.count + other.count,
            total_budget=self.total_budget + other.total_budget,
            total_spent=self.total_spent + other.total_spent,
            revised_budget=self.revised_budget + other.revised_budget,
            actual=self.actual + other.actual,
            reported_deviation=self.reported_deviation + other.reported_deviation,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodFigures:
    """All projects of a period in the report's order, and the line of other projects.

    `reported` is what was frozen of each project when the period was locked; None while it is open.
    """

    period: Period
    projects: tuple[ProjectFigures, ...]
    other: OtherProjects | None = None
    printed_other: PrintedFigures | None = None
    printed_sum: PrintedFigures | None = None
    reported: tuple[Details, ...] | None = None

    @property
    def listed(self) -> Sums:
        """The sum of the projects that are listed, other projects left out."""
        return sum_of(self.projects)

    @property
    def others(self) -> Sums:
        """The line of other projects as a sum; zero when there is none."""
        if self.other is None:
            return Sums()
        derived = self.other.revised_budget - self.other.actual
        return Sums(
            total_budget=self.other.total_budget,
            total_spent=self.other.total_spent,
            revised_budget=self.other.revised_budget,
            actual=self.other.actual,
            reported_deviation=derived if self.printed_other is None else self.printed_other.deviation,
        )

    @property
    def all(self) -> Sums:
        """The sum of everything, other projects included."""
        return self.listed + self.others


def sum_of(projects: Iterable[ProjectFigures]) -> Sums:
    """Add up projects."""
    chosen = list(projects)
    return Sums(
        count=len(chosen),
        total_budget=sum(figures.total_budget or 0 for figures in chosen),
        total_spent=sum(figures.total_spent or 0 for figures in chosen),
        revised_budget=sum(figures.revised_budget for figures in chosen),
        actual=sum(figures.actual for figures in chosen),
        reported_deviation=sum(figures.reported_deviation for figures in chosen),
    )


def by_service_area(projects: Iterable[ProjectFigures]) -> dict[str | None, list[ProjectFigures]]:
    """Group projects by service area, in order of first appearance; None for those without one."""
    areas: dict[str | None, list[ProjectFigures]] = defaultdict(list)
    for figures in projects:
        areas[figures.project.service_area].append(figures)
    return dict(areas)


def figures_of(portfolio: Portfolio, period: Period, *, with_idle: bool = False) -> PeriodFigures:
    """Return all figures of a period: as they were reported where it is locked, else derived now.

    Projects that the period knows nothing of are left out unless asked for.
    """
    state = portfolio.state_of(period)
    if state is not None and state.stage is PeriodStage.LOCKED:
        return reported_figures(portfolio, period, state.revision)
    return live_figures_of(portfolio, period, with_idle=with_idle)


def reported_figures(portfolio: Portfolio, period: Period, revision: int) -> PeriodFigures:
    """Return the figures that were reported in a revision of a period, whatever came later."""
    rows = sorted(
        (row for row in portfolio.reported_projects.values() if (row.period, row.revision) == (period, revision)),
        key=lambda row: row.position,
    )
    thawed = tuple(map(thaw, rows))
    projects = tuple(
        ProjectFigures(
            project=details.project,
            total_budget=row.total_budget,
            total_spent=row.total_spent,
            original_budget=row.original_budget,
            revised_budget=row.revised_budget,
            actual=row.actual,
            status=details.status,
            printed=details.printed,
        )
        for row, details in zip(rows, thawed, strict=True)
    )
    return _with_closing_lines(portfolio, period, projects, reported=tuple(details for details in thawed))


def live_figures_of(portfolio: Portfolio, period: Period, *, with_idle: bool = False) -> PeriodFigures:
    """Derive all figures of a period from the records as they stand, also where it is locked."""
    owners = Owners(portfolio)
    lines = _grouped((owners.of_line(line), line) for line in portfolio.budget_lines.values())
    sums = _grouped((owners.of_sum(entry), entry) for entry in _spending(portfolio))
    statuses = {status.project: status for status in portfolio.statuses.values() if status.period == period}
    printed = [figures for figures in portfolio.printed.values() if figures.period == period]
    printed_rows = _printed_rows(owners, (row for row in printed if row.of is PrintedOf.PROJECT))
    candidates = (
        _project_figures(
            project,
            period,
            lines=lines.get(project.id, ()),
            sums=sums.get(project.id, ()),
            status=statuses.get(project.id),
            printed=printed_rows.get(project.id),
        )
        for project in portfolio.listed_projects()
    )
    return _with_closing_lines(
        portfolio, period, tuple(figures for figures in candidates if with_idle or _belongs(figures))
    )


def _with_closing_lines(
    portfolio: Portfolio,
    period: Period,
    projects: tuple[ProjectFigures, ...],
    *,
    reported: tuple[Details, ...] | None = None,
) -> PeriodFigures:
    others = portfolio.other_projects.values()
    printed = [figures for figures in portfolio.printed.values() if figures.period == period]
    return PeriodFigures(
        period=period,
        projects=projects,
        reported=reported,
        other=next((other for other in others if other.period == period), None),
        printed_other=next((row for row in printed if row.of is PrintedOf.OTHER), None),
        printed_sum=next((row for row in printed if row.of is PrintedOf.SUM), None),
    )


def spending_by_year(portfolio: Portfolio, project: ProjectId, period: Period) -> tuple[int, Mapping[int, int]]:
    """Return what a project spent before the first year that is known by itself, and in each year since, in kroner."""
    last = (period.year, period.part.last_month)
    owners = Owners(portfolio)
    entries = [
        entry for entry in _spending(portfolio) if (entry.year, entry.month) <= last and owners.of_sum(entry) == project
    ]
    years: dict[int, int] = defaultdict(int)
    for entry in entries:
        if not entry.opening:
            years[entry.year] += entry.amount
    before = sum(entry.amount for entry in entries if entry.opening)
    return before, dict(sorted(years.items()))


def _project_figures(  # noqa: PLR0913  one argument a kind of record that figures come from
    project: Project,
    period: Period,
    *,
    lines: Sequence[BudgetLine],
    sums: Sequence[LedgerSum],
    status: Status | None,
    printed: PrintedFigures | None,
) -> ProjectFigures:
    budgeted = budget.position(lines, year=period.year, as_of=period.ends)
    last = (period.year, period.part.last_month)
    booked = [entry for entry in sums if (entry.year, entry.month) <= last]
    has_totals = project.kind is ProjectKind.PROJECT
    return ProjectFigures(
        project=project,
        total_budget=budgeted.total if has_totals else None,
        total_spent=sum(entry.amount for entry in booked) if has_totals else None,
        original_budget=budgeted.original,
        revised_budget=budgeted.revised,
        actual=sum(entry.amount for entry in booked if entry.year == period.year and not entry.opening),
        status=status,
        printed=printed,
    )


def _printed_rows(owners: Owners, rows: Iterable[PrintedFigures]) -> Mapping[ProjectId, PrintedFigures]:
    """Return what was printed of each project; what was printed of one that was joined into it is added."""
    found: dict[ProjectId, PrintedFigures] = {}
    for row in rows:
        if row.project is not None:
            owner = owners.standing(row.project)
            found[owner] = _printed_together(found[owner], row) if owner in found else row
    return found


def _printed_together(one: PrintedFigures, other: PrintedFigures) -> PrintedFigures:
    has_totals = one.total_budget is not None or other.total_budget is not None
    return replace(
        one,
        total_budget=(one.total_budget or 0) + (other.total_budget or 0) if has_totals else None,
        total_spent=(one.total_spent or 0) + (other.total_spent or 0) if has_totals else None,
        revised_budget=one.revised_budget + other.revised_budget,
        actual=one.actual + other.actual,
        deviation=one.deviation + other.deviation,
    )


def _belongs(figures: ProjectFigures) -> bool:
    return figures.status is not None or bool(figures.revised_budget or figures.actual)


def _spending(portfolio: Portfolio) -> Iterable[LedgerSum]:
    return (entry for entry in counted_sums(portfolio) if entry.funding is None)


def _grouped(owned: Iterable[tuple[ProjectId | None, _Entry]]) -> Mapping[ProjectId, Sequence[_Entry]]:
    grouped: dict[ProjectId, list[_Entry]] = defaultdict(list)
    for owner, entry in owned:
        if owner is not None:
            grouped[owner].append(entry)
    return grouped
