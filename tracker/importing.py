"""Turns what a reader read into the edit that takes it in, and ties it out before anything is written.

Must not know any file format. Published amounts come in thousands and become kroner here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from tracker.chapter.taking_in import Taken, take_in_chapter
from tracker.edits import Edit, added, apply
from tracker.figures import ProjectFigures, figures_of
from tracker.kinds import BudgetKind, LedgerContent, PrintedOf, ProjectKind
from tracker.messages import Refusal, message
from tracker.model import (
    AcceptedDifference,
    BudgetLine,
    LedgerBatch,
    LedgerSum,
    OtherProjects,
    PeriodState,
    Portfolio,
    PrintedFigures,
    Project,
    ProjectId,
    Record,
    RecordId,
    Status,
)
from tracker.money import THOUSAND
from tracker.periods import Period
from tracker.published.content import PublishedRow, PublishedStatement, PublishedTable
from tracker.quarters import State, parse_completion
from tracker.tieout import Comparison, missing_sums, tie_out


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where figures come from: the file's name and the hash of its content."""

    name: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """What only the world outside knows: who, which day, and fresh ids."""

    who: str
    today: date
    new_id: Callable[[], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportPlan:
    """What an import would do, and how its sums tie out; nothing is done until its edit is performed.

    `passages` counts what the accounts chapter says of single projects; `unclear` are its sentences on several.
    """

    edit: Edit
    comparisons: tuple[Comparison, ...]
    new_projects: int
    known_projects: int
    leftovers: tuple[str, ...]
    passages: int = 0
    unclear: tuple[str, ...] = ()

    @property
    def differences(self) -> tuple[Comparison, ...]:
        """The sums that rounding doesn't explain."""
        return tuple(comparison for comparison in self.comparisons if not comparison.explained)


def plan_report_import(  # noqa: PLR0913  each is a thing of its own that the caller read
    portfolio: Portfolio,
    table: PublishedTable,
    *,
    statement: PublishedStatement | None,
    period: Period,
    source: Source,
    circumstances: Circumstances,
    accounts: Source | None = None,
) -> ImportPlan:
    """Plan how a published status table enters a portfolio as a period, and the accounts chapter with it.

    Raises Refusal when the period is there already, a project stands twice in the table, or the
    statement lacks the sums of § 5-5.
    """
    if portfolio.state_of(period) is not None:
        raise Refusal(message("Porteføljen har allerede {period}: importer til en ny fil.", period=period))
    _refuse_doubles(table)
    _refuse_other_year(portfolio, period, statement)
    reading = _Reading(portfolio, period, source, circumstances)
    records: list[Record] = [PeriodState(id=reading.new_id(), period=period, rounded_to=THOUSAND)]
    known = {_folded(project.name): project for project in portfolio.projects.values()}
    projects = [reading.project(row, position, known) for position, row in enumerate(table.rows)]
    records += [project for project in projects if project.id not in portfolio.projects]
    records += [reading.batch(table.rows, projects)]
    for project, row in zip(projects, table.rows, strict=True):
        records += reading.records_of(project, row)
    records += reading.closing_lines(table)
    taken = Taken()
    if statement is not None:
        taken = take_in_chapter(
            statement,
            projects,
            portfolio=portfolio,
            period=period,
            source=(accounts or source).name,
            new_id=circumstances.new_id,
        )
    records += taken.records
    edit = added(
        message("Importert {source}: {count} {count:prosjekt|prosjekter}", source=source.name, count=len(table.rows)),
        records,
    )
    after = apply(portfolio, edit)
    missing = missing_sums(after, period) if statement is not None else ()
    if missing:
        raise Refusal(
            message(
                "Fant ikke «{label}» i regnskapskapittelet: kontroller at riktig kapittel er valgt.", label=missing[0]
            )
        )
    new = sum(project.id not in portfolio.projects for project in projects)
    return ImportPlan(
        edit=edit,
        comparisons=tie_out(after, period),
        new_projects=new,
        known_projects=len(projects) - new,
        leftovers=table.leftovers,
        passages=len(taken.chapter.said),
        unclear=taken.chapter.unclear,
    )


def _refuse_other_year(portfolio: Portfolio, period: Period, statement: PublishedStatement | None) -> None:
    """Refuse a year before those that are there, whose figures build on what came before; and another year's § 5-5."""
    later = next((one for one in portfolio.periods() if one > period), None)
    if later is not None:
        raise Refusal(
            message(
                "Porteføljen har allerede {later}, som bygger på det som kom før: importer {period} til en ny fil.",
                later=later,
                period=period,
            )
        )
    if statement is not None and statement.year not in {None, period.year}:
        raise Refusal(
            message(
                "Bevilgningsoversikten § 5-5 er for {found:id}, men du importerer {year:id}: velg riktig fil eller år.",
                found=statement.year,
                year=period.year,
            )
        )


def _refuse_other_kind(project: Project, row: PublishedRow) -> None:
    """Refuse a project that has become a running programme, or the other way: its totals would be counted wrongly."""
    is_running = parse_completion(row.completion) is State.RUNNING
    if is_running != (project.kind is ProjectKind.PROGRAMME):
        raise Refusal(
            message(
                "«{project}» er {held} i porteføljen, men {found} i rapporten: importer til en ny fil.",
                project=project.name,
                held=message("en løpende ramme") if project.kind is ProjectKind.PROGRAMME else message("et prosjekt"),
                found=message("en løpende ramme") if is_running else message("et prosjekt"),
            )
        )


def accepting_differences(plan: ImportPlan, period: Period, circumstances: Circumstances) -> Edit:
    """Return the plan's edit with the differences that rounding doesn't explain accepted, and by whom."""
    accepted = [
        AcceptedDifference(
            id=RecordId(circumstances.new_id()),
            period=period,
            check=comparison.check,
            column=comparison.column,
            difference=comparison.difference,
            accepted_by=circumstances.who,
            accepted_on=circumstances.today,
        )
        for comparison in plan.differences
    ]
    if not accepted:
        return plan.edit
    label = message(
        "Importert {source}: {count} {count:prosjekt|prosjekter}, {accepted} differanser godtatt",
        **{**plan.edit.label.values, "accepted": len(accepted)},
    )
    return Edit(label, plan.edit.changes + added(label, accepted).changes)


class _Reading:
    """One import under way: makes records from rows, knowing what the portfolio held before."""

    def __init__(self, portfolio: Portfolio, period: Period, source: Source, circumstances: Circumstances) -> None:
        self._period = period
        self._source = source
        self._circumstances = circumstances
        before = figures_of(portfolio, period, with_idle=True)
        self._before = {figures.project.id: figures for figures in before.projects}
        self._first_position = len(portfolio.projects)

    def new_id(self) -> RecordId:
        return RecordId(self._circumstances.new_id())

    def project(self, row: PublishedRow, position: int, known: dict[str, Project]) -> Project:
        existing = known.get(_folded(row.name))
        if existing is not None:
            _refuse_other_kind(existing, row)
            return existing
        running = parse_completion(row.completion) is State.RUNNING
        return Project(
            id=ProjectId(self._circumstances.new_id()),
            name=row.name,
            kind=ProjectKind.PROGRAMME if running else ProjectKind.PROJECT,
            position=self._first_position + position,
        )

    def records_of(self, project: Project, row: PublishedRow) -> Iterable[Record]:
        before = self._before.get(project.id)
        total = 0 if row.total_budget is None else row.total_budget * THOUSAND - _total_budget(before)
        yield BudgetLine(
            id=self.new_id(),
            project=project.id,
            kind=BudgetKind.OPENING,
            budget_year=self._period.year,
            year_amount=row.revised_budget * THOUSAND - (0 if before is None else before.revised_budget),
            total_amount=total,
            takes_effect=self._period.ends,
            source=self._source.name,
        )
        yield Status(
            id=self.new_id(),
            project=project.id,
            period=self._period,
            text=row.comment,
            completion=parse_completion(row.completion),
        )
        yield self._printed(row, PrintedOf.PROJECT, project.id)

    def batch(self, rows: Iterable[PublishedRow], projects: Iterable[Project]) -> LedgerBatch:
        sums = tuple(entry for row, project in zip(rows, projects, strict=True) for entry in self._spent(project, row))
        return LedgerBatch(
            id=self.new_id(),
            source=self._source.name,
            source_hash=self._source.sha256,
            content=LedgerContent.PUBLISHED,
            year=self._period.year,
            first_month=1,
            last_month=self._period.part.last_month,
            line_count=len(sums),
            total=sum(entry.amount for entry in sums),
            sums=sums,
        )

    def closing_lines(self, table: PublishedTable) -> Iterable[Record]:
        if table.other is not None:
            other = table.other
            yield OtherProjects(
                id=self.new_id(),
                period=self._period,
                name=other.name,
                total_budget=(other.total_budget or 0) * THOUSAND,
                total_spent=(other.total_spent or 0) * THOUSAND,
                revised_budget=other.revised_budget * THOUSAND,
                actual=other.actual * THOUSAND,
            )
            yield self._printed(other, PrintedOf.OTHER)
        yield self._printed(table.total, PrintedOf.SUM)

    def _spent(self, project: Project, row: PublishedRow) -> Iterable[LedgerSum]:
        before = self._before.get(project.id)
        known_actual = 0 if before is None else before.actual
        known_spent = 0 if before is None or before.total_spent is None else before.total_spent
        year = self._period.year
        actual = row.actual * THOUSAND - known_actual
        yield LedgerSum(project=project.id, year=year, month=self._period.part.last_month, amount=actual)
        if row.total_spent is not None:
            earlier = row.total_spent * THOUSAND - known_spent - actual
            yield LedgerSum(project=project.id, year=year, month=1, amount=earlier, opening=True)

    def _printed(self, row: PublishedRow, of: PrintedOf, project: ProjectId | None = None) -> PrintedFigures:
        return PrintedFigures(
            id=self.new_id(),
            period=self._period,
            of=of,
            project=project,
            name=row.name,
            total_budget=None if row.total_budget is None else row.total_budget * THOUSAND,
            total_spent=None if row.total_spent is None else row.total_spent * THOUSAND,
            revised_budget=row.revised_budget * THOUSAND,
            actual=row.actual * THOUSAND,
            deviation=row.deviation * THOUSAND,
        )


def _total_budget(before: ProjectFigures | None) -> int:
    return 0 if before is None or before.total_budget is None else before.total_budget


def _refuse_doubles(table: PublishedTable) -> None:
    counted = Counter(_folded(row.name) for row in table.rows)
    doubled = next((row.name for row in table.rows if counted[_folded(row.name)] > 1), None)
    if doubled is not None:
        raise Refusal(
            message("Prosjektet «{name}» står to ganger i tabellen: rett kilden og importer igjen.", name=doubled)
        )


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())
