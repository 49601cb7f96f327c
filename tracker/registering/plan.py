"""What taking in a sheet of projects would do: a line a row, and the edit that does it.

Must not know a file format. Amounts are whole kroner. Original budgets and totals enter the budget ledger as lines;
nothing that is derived is written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from difflib import SequenceMatcher
from enum import Enum

from tracker.budget import position, split_opening
from tracker.edits import Change, Edit
from tracker.kinds import BudgetKind, ProjectKind
from tracker.messages import Message, message
from tracker.model import (
    BudgetLine,
    Decision,
    PlanYear,
    Portfolio,
    Project,
    ProjectId,
    Record,
    RecordId,
    Subproject,
    SubprojectId,
)
from tracker.registering.rows import ProjectRow, UnreadableRow

_ALIKE = 0.9
_OF_A_PROJECT = ("code", "name", "service_area", "department", "responsible", "kind", "funding_tags", "case_numbers")


class Verdict(Enum):
    """What becomes of a row."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    ERROR = "error"

    @property
    def title(self) -> Message:
        """What people call it."""
        return _VERDICTS[self]


_VERDICTS = {
    Verdict.NEW: message("Ny"),
    Verdict.CHANGED: message("Endres"),
    Verdict.UNCHANGED: message("Uendret"),
    Verdict.ERROR: message("Feil"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """A row and what becomes of it; `what` says it in words."""

    number: int
    name: str
    verdict: Verdict
    what: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterPlan:
    """What a sheet would do. With an error in it, its edit changes nothing."""

    outcomes: tuple[Outcome, ...]
    edit: Edit

    @property
    def errors(self) -> tuple[Outcome, ...]:
        """The rows that stand in the way."""
        return tuple(one for one in self.outcomes if one.verdict is Verdict.ERROR)


@dataclass(frozen=True, slots=True, kw_only=True)
class Adoption:
    """What the budgets in a sheet rest on: the budget year, the source's name, and the decision where it is known.

    `accepts_alike` takes a name that is nearly another's as a new project.
    """

    year: int
    source: str
    decision: Decision | None = None
    accepts_alike: bool = False

    @property
    def takes_effect(self) -> date:
        """The first day of the budget year: adopted in December before, it holds from then."""
        return date(self.year, 1, 1)


def plan_register(
    portfolio: Portfolio,
    rows: Iterable[ProjectRow | UnreadableRow],
    adoption: Adoption,
    *,
    new_id: Callable[[], str],
) -> RegisterPlan:
    """Plan what the rows of a sheet do to projects, subprojects, original budgets and the four-year plan."""
    work = _Work(portfolio, adoption, new_id)
    outcomes = tuple(map(work.take, rows))
    if any(one.verdict is Verdict.ERROR for one in outcomes):
        return RegisterPlan(outcomes=outcomes, edit=Edit(work.label, ()))
    return RegisterPlan(outcomes=outcomes, edit=Edit(work.label, tuple(work.changes())))


class _RowError(Exception):
    def __init__(self, reason: Message) -> None:
        super().__init__(reason.text)
        self.reason = reason


class _Work:
    """One sheet under way: what the portfolio would hold after the rows so far."""

    def __init__(self, portfolio: Portfolio, adoption: Adoption, new_id: Callable[[], str]) -> None:
        self._before = portfolio
        self._adoption, self._new_id = adoption, new_id
        self._projects = dict(portfolio.projects)
        self._subprojects = dict(portfolio.subprojects)
        self._lines = dict(portfolio.budget_lines)
        self._plan = {(one.project, one.first_year, one.year): one for one in portfolio.plan_years.values()}
        self._rows_of: dict[str, int] = {}
        self.label = message("Importerte prosjekter og budsjett fra {source}", source=adoption.source)

    def take(self, row: ProjectRow | UnreadableRow) -> Outcome:
        if isinstance(row, UnreadableRow):
            return Outcome(number=row.number, name="", verdict=Verdict.ERROR, what=(row.reason,))
        name = row.name or row.code or row.subproject_code or ""
        try:
            is_new, what = self._take(row)
        except _RowError as refused:
            return Outcome(number=row.number, name=name, verdict=Verdict.ERROR, what=(refused.reason,))
        verdict = Verdict.NEW if is_new else Verdict.CHANGED if what else Verdict.UNCHANGED
        return Outcome(number=row.number, name=name, verdict=verdict, what=tuple(what))

    def changes(self) -> Iterator[Change]:
        """Yield what is different from before, each record once."""
        before = self._before
        yield from _changed(before.projects, self._projects.values())
        yield from _changed(before.subprojects, self._subprojects.values())
        yield from _changed(before.budget_lines, self._lines.values())
        yield from _changed(before.plan_years, self._plan.values())

    def _take(self, row: ProjectRow) -> tuple[bool, list[Message]]:
        found = self._found(row)
        project = found or self._new_project(row)
        what = list(self._fill(project, row))
        project = self._projects[project.id]
        subproject, told = self._subproject(project, row)
        what += told
        if subproject is None and self._rows_of.setdefault(project.id, row.number) != row.number:
            raise _RowError(message("Prosjektet står også i rad {row:id}.", row=self._rows_of[project.id]))
        what += self._budget(project, subproject, row)
        what += self._plan_years(project, row) if subproject is None else []
        return found is None, what

    def _found(self, row: ProjectRow) -> Project | None:
        by_code = next((one for one in self._projects.values() if row.code and one.code == row.code), None)
        folded = _folded(row.name)
        by_name = next((one for one in self._projects.values() if folded and _folded(one.name) == folded), None)
        if by_code is not None and by_name is not None and by_code is not by_name:
            raise _RowError(
                message(
                    "Nummeret {code} tilhører «{one}», men navnet tilhører et annet prosjekt.",
                    code=row.code,
                    one=by_code.name,
                )
            )
        if by_name is not None and row.code and by_name.code not in {None, row.code}:
            raise _RowError(
                message("«{name}» har nummer {held}, ikke {code}.", name=row.name, held=by_name.code, code=row.code)
            )
        return by_code or by_name

    def _new_project(self, row: ProjectRow) -> Project:
        if row.name is None:
            raise _RowError(message("Nummeret {code} er ukjent, og raden har ikke noe navn.", code=row.code))
        alike = next((one.name for one in self._projects.values() if _are_alike(one.name, row.name)), None)
        if alike is not None and not self._adoption.accepts_alike:
            raise _RowError(
                message("Navnet ligner «{alike}»: bruk samme navn eller nummer, eller godta det som nytt.", alike=alike)
            )
        position = max((one.position for one in self._projects.values()), default=-1) + 1
        project = Project(id=ProjectId(self._new_id()), name=row.name, code=row.code, position=position)
        self._projects[project.id] = project
        return project

    def _fill(self, project: Project, row: ProjectRow) -> Iterator[Message]:
        given = {name: getattr(row, name) for name in _OF_A_PROJECT if getattr(row, name) is not None}
        if project.kind is not given.get("kind", project.kind) and self._has_lines(project):
            raise _RowError(message("Prosjektet har budsjett, så typen kan ikke endres her."))
        if _folded(row.name) == _folded(project.name):
            given.pop("name", None)
        filled = replace(project, **given)
        self._projects[project.id] = filled
        is_known = project.id in self._before.projects
        for name in given if is_known else ():
            if getattr(project, name) != getattr(filled, name) and name in _CHANGED:
                yield _CHANGED[name]

    def _subproject(self, project: Project, row: ProjectRow) -> tuple[Subproject | None, list[Message]]:
        if row.subproject_code is None:
            return None, []
        known = next((one for one in self._subprojects.values() if one.code == row.subproject_code), None)
        if known is not None and known.project != project.id:
            other = self._projects[known.project].name
            raise _RowError(
                message("Underprosjektet {code} hører til «{other}».", code=row.subproject_code, other=other)
            )
        name = row.subproject_name or (known.name if known else row.subproject_code)
        made = known or Subproject(
            id=SubprojectId(self._new_id()), project=project.id, code=row.subproject_code, name=name
        )
        self._subprojects[made.id] = named = replace(made, name=name)
        if known is None:
            return named, [message("nytt underprosjekt {code}", code=row.subproject_code)]
        return named, [] if named == known else [message("nytt navn på underprosjektet")]

    def _budget(self, project: Project, subproject: Subproject | None, row: ProjectRow) -> Iterator[Message]:
        if row.original_budget is None and row.total_budget is None:
            return
        if row.total_budget and project.kind is ProjectKind.PROGRAMME:
            raise _RowError(message("En løpende ramme har ikke noe totalbudsjett."))
        year = self._adoption.year
        lines = [line for line in self._lines.values() if line.project == project.id]
        own = [line for line in lines if line.subproject == (subproject.id if subproject else None)]
        held = [line for line in own if line.kind is BudgetKind.ORIGINAL and line.budget_year == year]
        now = position(own, year=year, as_of=self._adoption.takes_effect)
        total = 0 if row.total_budget is None else row.total_budget - now.total
        original = row.original_budget
        if held:
            self._refuse_other_original(held, original)
            if total and row.total_budget is not None:
                raise _RowError(
                    message("Totalbudsjettet er {held:kr}: før endringen som en budsjettendring.", held=now.total)
                )
            return
        if original is None and not total:
            return
        yield from self._enter(project, subproject, original or 0, total)

    def _refuse_other_original(self, held: Iterable[BudgetLine], original: int | None) -> None:
        known = sum(line.year_amount for line in held)
        if original is not None and original != known:
            raise _RowError(
                message(
                    "Opprinnelig budsjett er {held:kr}, arket sier {found:kr}: før endringen som en budsjettendring.",
                    held=known,
                    found=original,
                )
            )

    def _enter(self, project: Project, subproject: Subproject | None, original: int, total: int) -> Iterator[Message]:
        adoption = self._adoption
        line = BudgetLine(
            id=RecordId(self._new_id()),
            project=project.id,
            subproject=None if subproject is None else subproject.id,
            kind=BudgetKind.ORIGINAL,
            budget_year=adoption.year,
            year_amount=original,
            total_amount=total,
            takes_effect=adoption.takes_effect,
            decision=adoption.decision,
            source=adoption.source,
        )
        opening = self._opening_of(line)
        if opening is not None:
            # What a report brought in without its history: the original becomes known, the revised stays.
            line, rest = split_opening(opening, replace(line, total_amount=0))
            self._lines[rest.id] = rest
        self._lines[line.id] = line
        yield message("opprinnelig budsjett {amount:kr}", amount=original)
        if total and opening is None:
            yield message("totalbudsjettet {amount:kr}", amount=total)

    def _opening_of(self, line: BudgetLine) -> BudgetLine | None:
        return next(
            (
                one
                for one in self._lines.values()
                if one.kind is BudgetKind.OPENING
                and (one.project, one.subproject, one.budget_year) == (line.project, line.subproject, line.budget_year)
            ),
            None,
        )

    def _plan_years(self, project: Project, row: ProjectRow) -> Iterator[Message]:
        first = self._adoption.year
        for year, amount in row.plan.items():
            key = (project.id, first, year)
            held = self._plan.get(key)
            if held is not None and held.amount == amount:
                continue
            made = held or PlanYear(
                id=RecordId(self._new_id()),
                project=project.id,
                first_year=first,
                year=year,
                amount=amount,
                source=self._adoption.source,
            )
            self._plan[key] = replace(made, amount=amount)
            yield message("økonomiplan {year:id}: {amount:kr}", year=year, amount=amount)

    def _has_lines(self, project: Project) -> bool:
        return any(line.project == project.id for line in self._lines.values())


_CHANGED: Mapping[str, Message] = {
    "code": message("nytt nummer"),
    "name": message("nytt navn"),
    "service_area": message("nytt tjenesteområde"),
    "department": message("ny avdeling"),
    "responsible": message("ny ansvarlig"),
    "kind": message("ny type"),
    "funding_tags": message("nye midler"),
    "case_numbers": message("nytt saksnummer"),
}


def _changed(before: Mapping[str, Record], now: Iterable[Record]) -> Iterator[Change]:
    for record in now:
        held = before.get(record.id)
        if held != record:
            yield Change(held, record)


def _are_alike(one: str, other: str) -> bool:
    matcher = SequenceMatcher(None, _folded(one), _folded(other))
    return matcher.real_quick_ratio() >= _ALIKE and matcher.quick_ratio() >= _ALIKE and matcher.ratio() >= _ALIKE


def _folded(name: str | None) -> str:
    return " ".join((name or "").casefold().split())
