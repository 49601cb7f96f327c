"""Traces the figures of one period: a project's to its records, a sum's to what it adds up.

Must not know where a figure is printed, nor what a file is. Amounts are whole kroner.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, lru_cache

from tracker.budgeting import KIND_TITLES, write_case
from tracker.chain import FIGURE_TITLES, Asked, Figure, Link, links_of
from tracker.figures import PeriodFigures, ProjectFigures, figures_of, live_figures_of
from tracker.kinds import BudgetStatus, LedgerContent
from tracker.messages import Message, message, source
from tracker.model import BudgetLine, LedgerBatch, Portfolio, ProjectId
from tracker.owners import Owners
from tracker.periods import Period
from tracker.tracing.figures import (
    DERIVED_TOLD,
    DIFFERENCES,
    FIGURES_TITLES,
    OF_BUDGET,
    OF_LEDGER,
    SHARES,
    ProjectFigure,
    parts_of,
    value_of,
)
from tracker.tracing.sums import NO_SHARE, Sum, told_of_sum, trace_sum
from tracker.tracing.trace import COME_LATER, Imported, Lead, Place, Step, Trace, with_places

_CHAINS = {
    ProjectFigure.TOTAL_BUDGET: Figure.TOTAL,
    ProjectFigure.ORIGINAL_BUDGET: Figure.ORIGINAL,
    ProjectFigure.REVISED_BUDGET: Figure.REVISED,
}
_CONTENTS = {
    LedgerContent.TRANSACTIONS: message("Bilagslinjer"),
    LedgerContent.BALANCES: message("Saldo per prosjekt"),
    LedgerContent.PUBLISHED: message("Publisert rapport"),
    LedgerContent.TRANSFER: message("Flyttet mellom prosjekter"),
}
_UNKNOWN = {
    ProjectFigure.TOTAL_BUDGET: message("En løpende ramme har ingen total."),
    ProjectFigure.TOTAL_SPENT: message("En løpende ramme har ingen total."),
    ProjectFigure.ORIGINAL_BUDGET: message("Opprinnelig budsjett er ikke kjent: bare det reviderte er lest inn."),
}
_NOT_GIVEN = message("Ingen har oppgitt tallet for perioden.")
_IMPORTS = source("{count} {count:import|importer}")
_LINES = source("{count} {count:budsjettlinje|budsjettlinjer}")
_Spent = tuple[int, int]
"""Year, and 1 for what was spent before it."""


class Tracer:
    """Traces figures of a portfolio in a period; made once and asked for each figure.

    `imports` says which file each ledger batch was read from, by the batch's id, as far as that is known.
    """

    def __init__(self, portfolio: Portfolio, period: Period, *, imports: Mapping[str, Imported] | None = None) -> None:
        self.portfolio, self.period = portfolio, period
        self._imports = {} if imports is None else imports
        self._owners = Owners(portfolio)

    def of_project(self, project: ProjectId, figure: ProjectFigure) -> Trace | None:
        """Trace a project's figure; None where the period knows nothing of the project."""
        held = self._held.get(project)
        return None if held is None else self._traced(held, figure)

    def told_of_project(self, project: ProjectId, figure: ProjectFigure) -> Message | None:
        """Say in short what a project's figure is made of; None where the period knows nothing of the project."""
        if figure in DERIVED_TOLD:
            return DERIVED_TOLD[figure] if project in self._held else None
        trace = self.of_project(project, figure)
        return None if trace is None else trace.told

    def of_proposals(self, project: ProjectId) -> Trace | None:
        """Trace what is proposed for a project in the period's year; None where nothing is known of the project."""
        held = self._held.get(project)
        if held is None:
            return None
        asked = Asked(self.portfolio, project, self.period, Figure.PROPOSED)
        steps = tuple(_line_step(link, project) for link in links_of(asked, self._lines.get(project, ())))
        return Trace(
            title=FIGURE_TITLES[Figure.PROPOSED],
            period=self.period,
            project=held.project,
            value=sum(step.adds for step in steps),
            steps=steps,
            told=_told_lines(steps),
        )

    def of_sum(self, asked: Sum) -> Trace:
        """Trace what several projects come to, with other projects where those are asked for."""
        return trace_sum(asked, self.figures, self._held, source=self._publication)

    def told_of_sum(self, asked: Sum) -> Message:
        """Say in short what several projects' figure adds up."""
        return told_of_sum(asked, self.figures, self._held, source=self._publication)

    def file_of(self, batch: LedgerBatch) -> str:
        """Return the file that a batch was read from, else what the batch itself calls its source."""
        known = self._imports.get(batch.id)
        return batch.source if known is None else known.file

    @cached_property
    def figures(self) -> PeriodFigures:
        """The period's figures as they are printed."""
        return figures_of(self.portfolio, self.period)

    @cached_property
    def _status_told(self) -> Message:
        return message("Status, {period}", period=self.period)

    @cached_property
    def _held(self) -> Mapping[ProjectId, ProjectFigures]:
        return {one.project.id: one for one in figures_of(self.portfolio, self.period, with_idle=True).projects}

    @cached_property
    def _live(self) -> Mapping[ProjectId, ProjectFigures]:
        if self.figures.reported is None:
            return self._held
        return {one.project.id: one for one in live_figures_of(self.portfolio, self.period, with_idle=True).projects}

    @cached_property
    def _lines(self) -> Mapping[ProjectId, Sequence[BudgetLine]]:
        found: dict[ProjectId, list[BudgetLine]] = defaultdict(list)
        for line in self.portfolio.budget_lines.values():
            found[self._owners.of_line(line)].append(line)
        return found

    @cached_property
    def _spent(self) -> Mapping[ProjectId, Mapping[str, Mapping[_Spent, int]]]:
        """Add up what each batch has of each project until the period's end, a year at a time."""
        last = (self.period.year, self.period.part.last_month)
        found: dict[ProjectId, dict[str, dict[_Spent, int]]] = defaultdict(
            lambda: defaultdict(lambda: defaultdict(int))
        )
        for batch in self.portfolio.ledger_batches.values():
            for entry in () if batch.withdrawn else batch.sums:
                owner = self._owners.of_sum(entry)
                if owner is not None and entry.funding is None and (entry.year, entry.month) <= last:
                    found[owner][batch.id][entry.year, int(entry.opening)] += entry.amount
        return found

    def _traced(self, held: ProjectFigures, figure: ProjectFigure) -> Trace:
        value, project = value_of(held, figure), held.project
        if figure in DIFFERENCES:
            return self._difference(held, figure, value)
        if figure in SHARES:
            return self._share(held, figure, value)
        steps, told = self._steps(held, figure, value)
        return Trace(
            title=FIGURES_TITLES[figure],
            period=self.period,
            project=project,
            value=value,
            steps=tuple(steps),
            told=told,
            remark=None if value is not None else _UNKNOWN.get(figure, _NOT_GIVEN),
        )

    def _steps(self, held: ProjectFigures, figure: ProjectFigure, value: float | None) -> tuple[list[Step], Message]:
        project = held.project.id
        if figure in OF_BUDGET:
            steps = list(self._budget_steps(project, figure))
            told = _told_lines(steps)
        elif figure in OF_LEDGER:
            steps = list(self._ledger_steps(project, figure)) if value is not None else []
            told = _told_imports(steps)
        else:
            told = self._status_told
            steps = [] if value is None else [self._status_step(held, int(value), told)]
        return [*steps, *self._come_later(held, figure, value)], told

    def _budget_steps(self, project: ProjectId, figure: ProjectFigure) -> Iterator[Step]:
        asked = Asked(self.portfolio, project, self.period, _CHAINS[figure])
        for link in links_of(asked, self._lines.get(project, ())):
            yield _line_step(link, project)

    def _ledger_steps(self, project: ProjectId, figure: ProjectFigure) -> Iterator[Step]:
        for batch, years in self._spent.get(project, {}).items():
            for (year, is_opening), amount in sorted(years.items()):
                is_asked = figure is ProjectFigure.TOTAL_SPENT or (year == self.period.year and not is_opening)
                if amount and is_asked:
                    yield self._batch_step(self.portfolio.ledger_batches[batch], project, (year, is_opening), amount)

    def _batch_step(self, batch: LedgerBatch, project: ProjectId, when: _Spent, amount: int) -> Step:
        year, is_opening = when
        known = self._imports.get(batch.id)
        spent = message("Brukt i tidligere år") if is_opening else message("Brukt i {year:id}", year=year)
        beside: list[str | Message] = [_CONTENTS[batch.content]]
        if known is not None:
            beside.append(message("importert {day} av {who}", day=known.at, who=known.who))
        return Step(
            what=spent,
            adds=amount,
            origin=self.file_of(batch),
            beside=tuple(beside),
            lead=Lead(place=Place.LEDGER, project=project, record=batch.id),
        )

    def _status_step(self, held: ProjectFigures, value: int, told: Message) -> Step:
        status = held.status
        return Step(
            what=told,
            adds=value,
            day=None if status is None else status.moved_on,
            beside=(status.moved_by,) if status is not None and status.moved_by else (),
            lead=Lead(place=Place.STATUS, project=held.project.id, record="" if status is None else status.id),
        )

    def _come_later(self, held: ProjectFigures, figure: ProjectFigure, value: float | None) -> Iterator[Step]:
        """Take out what has come since the period was locked: it isn't in what was reported."""
        live = self._live.get(held.project.id)
        now = None if live is None else value_of(live, figure)
        if figure in OF_BUDGET | OF_LEDGER and value is not None and now is not None and value != now:
            yield Step(what=COME_LATER, adds=int(value) - int(now))

    def _difference(self, held: ProjectFigures, figure: ProjectFigure, value: float | None) -> Trace:
        one, other = parts_of(held, figure)
        steps = [
            Step(
                what=FIGURES_TITLES[part] if sign > 0 else _subtracted(part),
                adds=sign * int(amount),
                lead=Lead(place=Place.FIGURE, project=held.project.id, figure=part),
            )
            for part, sign in ((one, 1), (other, -1))
            if (amount := value_of(held, part)) is not None
        ]
        left = 0 if value is None else int(value) - sum(step.adds for step in steps)
        if left:
            # A publication rounded the deviation on its own, from kroner that only it knew.
            told = message("Avrunding i den trykte rapporten")
            steps.append(Step(what=told, adds=left, origin=self._publication))
        return Trace(
            title=FIGURES_TITLES[figure],
            period=self.period,
            project=held.project,
            value=value,
            steps=tuple(steps),
            told=DERIVED_TOLD[figure],
            remark=None if value is not None else _NOT_GIVEN,
        )

    def _share(self, held: ProjectFigures, figure: ProjectFigure, value: float | None) -> Trace:
        return Trace(
            title=FIGURES_TITLES[figure],
            period=self.period,
            project=held.project,
            value=value,
            steps=tuple(
                Step(
                    what=FIGURES_TITLES[part],
                    adds=int(value_of(held, part) or 0),
                    lead=Lead(place=Place.FIGURE, project=held.project.id, figure=part),
                )
                for part in SHARES[figure]
            ),
            told=DERIVED_TOLD[figure],
            is_share=True,
            remark=None if value is not None else NO_SHARE,
        )

    @cached_property
    def _publication(self) -> str:
        """The file that the period's own publication was read from, empty where there is none."""
        end = self.period.year, self.period.part.last_month
        published = (
            batch
            for batch in self.portfolio.ledger_batches.values()
            if batch.content is LedgerContent.PUBLISHED and not batch.withdrawn
        )
        return next((self.file_of(batch) for batch in published if (batch.year, batch.last_month) == end), "")


def _line_step(link: Link, project: ProjectId) -> Step:
    line = link.line
    beside: list[str | Message] = [] if link.beside is None else [link.beside]
    return Step(
        what=KIND_TITLES[line.kind],
        adds=link.amount,
        why_not=link.why_not,
        origin=line.source,
        decision=line.decision,
        day=None if line.status is BudgetStatus.PROPOSED else line.takes_effect,
        beside=(*beside, *([line.note] if line.note else [])),
        lead=Lead(place=Place.BUDGET, project=project, record=line.id),
    )


def _subtracted(figure: ProjectFigure) -> Message:
    return message("{figure} (trekkes fra)", figure=FIGURES_TITLES[figure])


def _told_imports(steps: Sequence[Step]) -> Message:
    files = [step.origin for step in steps]
    if not files:
        return message("Ingen regnskapslinjer")
    return _told_together(_IMPORTS, len(set(files)), tuple(dict.fromkeys(files)))


@lru_cache
def _told_together(what: str, count: int, places: tuple[str, ...]) -> Message:
    """Say where several things come from; the same words are the same message, which is said only once."""
    return with_places(message(what, count=count), places)


def _told_lines(steps: Sequence[Step]) -> Message:
    counted = [step for step in steps if step.counts]
    if not counted:
        return message("Ingen budsjettlinjer")
    places = (step.origin or ("" if step.decision is None else write_case(step.decision)) for step in counted)
    return _told_together(_LINES, len(counted), tuple(dict.fromkeys(places)))
