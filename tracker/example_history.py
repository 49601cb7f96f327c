"""The example's history, edit by edit: 2023 in three periods, and the first tertial of 2024 that is being worked on.

The annual report of 2023 is the published one; what leads to it and follows it is constructed. Must not know where
the figures are read from, nor how an edit is written.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time

from tracker import constructed
from tracker.closing import lock
from tracker.constructed import Ending
from tracker.constructed_plans import Plans, RiskText, explained, funding_of_year
from tracker.edits import Change, Edit, added, apply
from tracker.figures import ProjectFigures, live_figures_of
from tracker.flags import limits_of
from tracker.importing import Circumstances, Source, plan_report_import
from tracker.kinds import FundingTag, ProjectKind, StatusState
from tracker.messages import message
from tracker.model import (
    EXAMPLE_SETTING,
    MUNICIPALITY_SETTING,
    OtherProjects,
    PeriodState,
    Portfolio,
    Project,
    ProjectId,
    Record,
    RecordId,
    Setting,
    Status,
)
from tracker.money import MILLION, THOUSAND
from tracker.periods import Part, Period
from tracker.published.content import PublishedRow, PublishedStatement, PublishedTable
from tracker.quarters import Completion, Quarter, State, parse_completion, write_completion
from tracker.year_end import make_proposals, propose

_ASSETS = "Investeringer i varige driftsmidler"
_DUE = {Part.T1: (0, 5, 20), Part.T2: (0, 9, 20), Part.YEAR: (1, 2, 15)}
"""When the reports of a part are due: years after it, month, day."""
_SHARE_OF_OTHERS = {Part.T1: 25, Part.T2: 60}
_STATES = (
    (15, None),
    (55, StatusState.DRAFT),
    (85, StatusState.SUBMITTED),
    (100, StatusState.APPROVED),
)
"""How far the projects have come in the period that is being worked on, as running per cents; None: not begun."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a project belongs: what a published report doesn't say."""

    service_area: str
    department: str | None = None
    funding_tags: frozenset[FundingTag] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """What the example is built around, and the words that it is told in.

    `texts` are templates by part (`T1`, `T2`) and stage, with places for figures in millions; `people` lead projects.
    """

    municipality: str
    year: int
    table: PublishedTable
    statement: PublishedStatement
    places: Mapping[str, Place]
    source: Source
    texts: Mapping[tuple[str, str], str]
    people: tuple[str, ...]
    risks: tuple[RiskText, ...]
    explanations: Mapping[str, str]


def history_of(given: Published, circumstances: Circumstances) -> Iterator[Edit]:
    """Yield the example's edits in their order, each to be applied after the one before."""
    return _History(given, circumstances).edits()


class _History:
    """One history under way: what has come of it so far."""

    def __init__(self, given: Published, circumstances: Circumstances) -> None:
        self._given, self._circumstances = given, circumstances
        self._new_id = circumstances.new_id
        self._portfolio = Portfolio()
        self._plans = Plans(given.risks, self._new_id)
        rows = enumerate(given.table.rows)
        self._endings = tuple(_ending(row, self._project(row, position)) for position, row in rows)

    def edits(self) -> Iterator[Edit]:
        first, second, whole = (Period(self._given.year, part) for part in Part)
        yield self._made(self._register())
        for period in (first, second):
            yield self._made(self._ledger(period, self._endings))
            yield self._made(self._reports(period))
            yield self._made(self._locked(period))
        yield self._made(self._ledger(whole, self._endings))
        yield self._made(self._annual_report(whole))
        yield self._made(self._locked(whole))
        yield self._made(self._year_end(whole.year))
        working = Period(whole.year + 1, Part.T1)
        next_endings = tuple(self._next_ending(ending) for ending in self._endings)
        yield self._made(self._next_budget(next_endings, working.year))
        yield self._made(self._ledger(working, next_endings))
        yield self._made(self._work_in_progress(working, next_endings))
        yield self._made(self._funding(working))

    def _made(self, edit: Edit) -> Edit:
        self._portfolio = apply(self._portfolio, edit)
        return edit

    def _project(self, row: PublishedRow, position: int) -> Project:
        place = self._given.places[row.name]
        is_running = parse_completion(row.completion) is State.RUNNING
        people = self._given.people
        return Project(
            id=ProjectId(self._new_id()),
            name=row.name,
            kind=ProjectKind.PROGRAMME if is_running else ProjectKind.PROJECT,
            service_area=place.service_area,
            department=place.department,
            funding_tags=place.funding_tags,
            responsible=people[constructed.share(row.name, "responsible", 0, len(people) - 1)],
            position=position,
        )

    def _register(self) -> Edit:
        given = self._given
        assets = next(line for line in given.statement.lines if line.label == _ASSETS)
        reduced = constructed.reductions(self._endings, (assets.original_budget - assets.revised_budget) * THOUSAND)
        lines = (
            line
            for one in self._endings
            for line in constructed.budget_of(one, reduced.get(one.project.id, 0), year=given.year, new_id=self._new_id)
        )
        settings = (
            Setting(id=MUNICIPALITY_SETTING, value=given.municipality),
            Setting(id=EXAMPLE_SETTING, value=str(given.year)),
        )
        projects = (one.project for one in self._endings)
        return added(message("Eksempelet: prosjekter og budsjett"), [*settings, *projects, *lines])

    def _ledger(self, period: Period, endings: Iterable[Ending]) -> Edit:
        """Take in the ledger's export up to a period, in place of the year's one before."""
        batch = constructed.batch_of(
            endings, period, is_first_year=period.year == self._given.year, new_id=self._new_id
        )
        earlier = (
            one
            for one in self._portfolio.ledger_batches.values()
            if one.year == period.year and one.source == batch.source and not one.withdrawn
        )
        replaced = (Change(one, replace(one, withdrawn=True)) for one in earlier)
        return Edit(
            message("Eksempelet: regnskap til og med {period}", period=period), (*replaced, Change(None, batch))
        )

    def _reports(self, period: Period) -> Edit:
        figures = self._figures(period)
        statuses = [
            replace(
                self._status(one, figures[one.project.id], period),
                state=StatusState.APPROVED,
                moved_by=self._circumstances.who,
                moved_on=_due(period),
            )
            for one in self._endings
        ]
        return added(
            message("Eksempelet: {period}", period=period),
            [self._state(period), self._others(period), *statuses, *self._plans.of(self._endings, period)],
        )

    def _locked(self, period: Period) -> Edit:
        at = datetime.combine(_due(period), time(12), UTC)
        return lock(self._portfolio, period, who=self._circumstances.who, at=at, new_id=self._new_id)

    def _annual_report(self, period: Period) -> Edit:
        given = self._given
        plan = plan_report_import(
            self._portfolio,
            given.table,
            statement=given.statement,
            period=period,
            source=given.source,
            circumstances=self._circumstances,
        )
        after = live_figures_of(apply(self._portfolio, plan.edit), period)
        figures = {one.project.id: one for one in after.projects}
        limits = limits_of(self._portfolio)

        def finished(change: Change) -> Change:
            if not isinstance(change.after, Status):
                return change
            told = explained(change.after, figures[change.after.project], limits, self._given.explanations)
            return Change(change.before, replace(told, state=StatusState.APPROVED))

        return Edit(plan.edit.label, tuple(map(finished, plan.edit.changes)))

    def _year_end(self, year: int) -> Edit:
        return make_proposals(
            self._portfolio, year, propose(self._portfolio, year), today=date(year + 1, 3, 1), new_id=self._new_id
        )

    def _funding(self, period: Period) -> Edit:
        revised = sum(one.revised_budget for one in self._figures(period).values())
        others = next(one for one in self._portfolio.other_projects.values() if one.period == period)
        lines = funding_of_year(revised + others.revised_budget, period.year, new_id=self._new_id)
        return added(message("Eksempelet: finansiering {year:id}", year=period.year), list(lines))

    def _next_ending(self, ending: Ending) -> Ending:
        """Think of how the year after may end: what was moved there, and a fair part of what is left."""
        moved = sum(
            line.year_amount
            for line in self._portfolio.budget_lines.values()
            if line.project == ending.project.id and line.budget_year == self._given.year + 1
        )
        left = max((ending.total_budget or 0) - (ending.total_spent or 0), 0)
        if ending.project.kind is ProjectKind.PROGRAMME:
            revised = ending.revised_budget
        elif ending.completion is State.FINISHED:
            revised = 0
        else:
            revised = min(left, max(ending.revised_budget, left // 3))
        actual = revised * constructed.share(ending.project.name, "next year", 55, 105) // 100
        spent = None if ending.total_spent is None else ending.total_spent + actual
        completion = ending.completion
        if isinstance(completion, Quarter):
            completion = constructed.later(completion, max(constructed.share(ending.project.name, "later", -4, 2), 0))
        return replace(
            ending,
            revised_budget=max(revised, moved),
            actual=actual,
            total_spent=spent,
            completion=completion,
            was_told_otherwise=False,
        )

    def _next_budget(self, endings: Iterable[Ending], year: int) -> Edit:
        lines = [
            line
            for one in endings
            for line in constructed.next_budget_of(one, self._portfolio, year=year, new_id=self._new_id)
        ]
        return added(message("Eksempelet: budsjett {year:id}", year=year), lines)

    def _work_in_progress(self, period: Period, endings: Iterable[Ending]) -> Edit:
        figures = self._figures(period)
        statuses = [self._begun(one, figures[one.project.id], period) for one in endings]
        return added(
            message("Eksempelet: {period}", period=period),
            [self._state(period), self._others(period), *statuses, *self._plans.of(endings, period)],
        )

    def _begun(self, ending: Ending, figures: ProjectFigures, period: Period) -> Status:
        at = constructed.share(ending.project.name, "begun", 1, 100)
        state = next(state for most, state in _STATES if at <= most)
        status = self._status(ending, figures, period)
        if state is None:
            return replace(status, text="", year_end_forecast=None, final_cost_forecast=None)
        if state is StatusState.DRAFT:
            return status
        who = self._circumstances.who if state is StatusState.APPROVED else ending.project.responsible
        return replace(status, state=state, moved_by=who, moved_on=date(period.year, 5, 15))

    def _status(self, ending: Ending, figures: ProjectFigures, period: Period) -> Status:
        status = constructed.status_of(ending, period, new_id=self._new_id)
        template = self._given.texts[period.part.value, constructed.stage_of(ending)]
        text = template.format(
            actual=_millions(figures.actual),
            revised=_millions(figures.revised_budget),
            forecast=_millions(status.year_end_forecast or 0),
            completion=_quarter(status.completion),
        )
        return replace(status, text=text)

    def _figures(self, period: Period) -> Mapping[str, ProjectFigures]:
        found = live_figures_of(self._portfolio, period, with_idle=True)
        return {figures.project.id: figures for figures in found.projects}

    def _state(self, period: Period) -> Record:
        return PeriodState(id=RecordId(self._new_id()), period=period, deadline=_due(period))

    def _others(self, period: Period) -> Record:
        other = self._given.table.other
        if other is None:
            raise ValueError(self._given.source.name)
        spent = other.actual * THOUSAND * _SHARE_OF_OTHERS[period.part] // 100
        return OtherProjects(
            id=RecordId(self._new_id()),
            period=period,
            name=other.name,
            total_budget=(other.total_budget or 0) * THOUSAND,
            total_spent=((other.total_spent or 0) - other.actual) * THOUSAND + spent,
            revised_budget=other.revised_budget * THOUSAND,
            actual=spent,
        )


def _ending(row: PublishedRow, project: Project) -> Ending:
    return Ending(
        project=project,
        total_budget=None if row.total_budget is None else row.total_budget * THOUSAND,
        total_spent=None if row.total_spent is None else row.total_spent * THOUSAND,
        revised_budget=row.revised_budget * THOUSAND,
        actual=row.actual * THOUSAND,
        completion=parse_completion(row.completion),
    )


def _due(period: Period) -> date:
    later, month, day = _DUE[period.part]
    return date(period.year + later, month, day)


def _millions(kroner: int) -> str:
    tenths = round(kroner * 10 / MILLION)
    return f"{tenths // 10},{tenths % 10}" if tenths >= 0 else f"−{-tenths // 10},{-tenths % 10}"


def _quarter(completion: Completion) -> str:
    written = write_completion(completion)
    return f"{written[0]}. kvartal {written[3:]}" if written[1:3] == "K-" else "ikke avklart"
