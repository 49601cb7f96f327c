"""Writing in the budget ledger: enter a request, decide a proposal, withdraw it, take a decided line back.

Must not know a window or a command. What is decided stays: it is taken back by a line of its own, so that the ledger
tells what happened. Lines that were entered together belong together, and are decided and withdrawn together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from tracker.budget import split_opening
from tracker.budgeting.decisions import write_case
from tracker.budgeting.requests import Movement, Request
from tracker.budgeting.titles import KIND_TITLES
from tracker.edits import Change, Edit
from tracker.kinds import BudgetKind, BudgetStatus
from tracker.messages import Message, Refusal, message
from tracker.model import BudgetLine, Decision, Portfolio, ProjectId, RecordId, SubprojectId
from tracker.owners import Owners

Place = tuple[ProjectId, SubprojectId | None, int]
"""Whose budget of which year."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """What a change stands on: its decision, or that it is only proposed.

    It takes effect on the decision's day unless another is given, an original budget not before its year begins;
    `entered_on` is when it was written down. Raises Refusal for a decided change without a decision.
    """

    decision: Decision | None = None
    is_proposed: bool = False
    takes_effect: date | None = None
    entered_on: date
    note: str = ""
    source: str = ""

    def __post_init__(self) -> None:
        if self.decision is None and not self.is_proposed:
            raise Refusal(
                message("En vedtatt endring må ha et vedtak: skriv organ, saksnummer og dato, eller før et forslag.")
            )

    def counts_from(self, movement: Movement) -> date:
        """Return the day from which a movement counts, if it is decided."""
        decided = self.entered_on if self.decision is None else self.decision.on
        return _first_day(self.takes_effect, decided, movement.kind, movement.year)


def enter(portfolio: Portfolio, request: Request, paper: Paper, *, new_id: Callable[[], str]) -> Edit:
    """Enter a request in the ledger, all its lines as one step.

    An original budget of a year that has an opening entry takes its place within that: no figure moves. Raises
    Refusal when a project isn't there, or has an original budget for the year already.
    """
    lines = _lines_of(request, paper, new_id)
    for line in lines:
        _refuse_unknown(portfolio, line)
    _refuse_second_originals(portfolio, lines)
    return Edit(_label(portfolio, lines, proposed=paper.is_proposed), _written(portfolio, lines))


def group_of(portfolio: Portfolio, line: BudgetLine) -> list[BudgetLine]:
    """Return the lines that were entered together with one, itself and what took any of it back included."""
    key = key_of(line)
    return [one for one in portfolio.budget_lines.values() if key_of(one) == key]


def key_of(line: BudgetLine) -> RecordId:
    """Return what lines that belong together have in common."""
    return line.belongs_with or line.id


def decide(
    portfolio: Portfolio, lines: Iterable[RecordId], decision: Decision, *, takes_effect: date | None = None
) -> Edit:
    """Turn proposals into decided changes, with all that belongs with them, by one decision.

    They count as if they had been entered with it. Raises Refusal when one of them isn't a proposal.
    """
    wanted = _groups(portfolio, lines, message("Endringen er allerede vedtatt: bare forslag kan vedtas."))
    decided = [
        replace(
            line,
            status=BudgetStatus.DECIDED,
            decision=decision,
            takes_effect=_first_day(takes_effect, decision.on, line.kind, line.budget_year),
        )
        for line in wanted
    ]
    _refuse_second_originals(portfolio, decided)
    label = message(
        "Vedtok {count} {count:budsjettlinje|budsjettlinjer} ({case})", count=len(wanted), case=write_case(decision)
    )
    return Edit(label, _written(portfolio, decided))


def withdraw(portfolio: Portfolio, lines: Iterable[RecordId]) -> Edit:
    """Take proposals out of the ledger, with all that belongs with them.

    Raises Refusal when one of them is decided.
    """
    refusal = message("Endringen er vedtatt og kan ikke trekkes: før den tilbake i stedet.")
    wanted = _groups(portfolio, lines, refusal)
    label = _withdrawn_label(portfolio, wanted)
    return Edit(label, tuple(Change(line, None) for line in wanted))


def take_back(portfolio: Portfolio, line: RecordId, *, because: str, new_id: Callable[[], str]) -> Edit:
    """Take a decided change back that was entered wrongly, with all that belongs with it, by lines of their own.

    The lines have the same decision and take effect on the same day, so that no figure is what it would not have
    been; what was reported in a locked period stays. Enter it anew as it should have been. A change that the council
    has decided otherwise since is no mistake: enter that decision. Raises Refusal for a proposal, an opening entry,
    no reason, or what has been taken back already.
    """
    found = portfolio.budget_lines.get(line)
    if found is None:
        raise _gone()
    if not because.strip():
        raise Refusal(message("Skriv hvorfor endringen føres tilbake: grunnen blir stående i budsjettet."))
    _refuse_not_standing(found)
    group = [one for one in group_of(portfolio, found) if one.status is BudgetStatus.DECIDED]
    left = _left_of(group)
    if not left:
        raise Refusal(message("Endringen er allerede ført tilbake: før den på nytt slik den skal være."))
    made = [
        replace(
            one,
            id=RecordId(new_id()),
            year_amount=-one.year_amount,
            total_amount=-one.total_amount,
            note=because.strip(),
            belongs_with=key_of(one),
        )
        for one in left
    ]
    label = message("Førte tilbake {what}", what=_title(portfolio, left))
    return Edit(label, _written(portfolio, made, on_its_own_day=True))


def _first_day(given: date | None, decided: date, kind: BudgetKind, year: int) -> date:
    """Return the day from which a change counts. What is adopted in December for the next year holds from January."""
    if given is not None:
        return given
    return max(decided, date(year, 1, 1)) if kind is BudgetKind.ORIGINAL else decided


def _lines_of(request: Request, paper: Paper, new_id: Callable[[], str]) -> list[BudgetLine]:
    movements = request.movements
    ids = [RecordId(new_id()) for _ in movements]
    return [
        BudgetLine(
            id=made,
            project=one.project,
            subproject=one.subproject,
            kind=one.kind,
            budget_year=one.year,
            year_amount=one.year_amount,
            total_amount=one.total_amount,
            takes_effect=paper.counts_from(one),
            decision=paper.decision,
            funding_source=one.funding,
            note=" ".join(paper.note.split()),
            status=BudgetStatus.PROPOSED if paper.is_proposed else BudgetStatus.DECIDED,
            source=paper.source,
            belongs_with=ids[0] if len(ids) > 1 else None,
        )
        for made, one in zip(ids, movements, strict=True)
    ]


def _written(portfolio: Portfolio, lines: Sequence[BudgetLine], *, on_its_own_day: bool = False) -> tuple[Change, ...]:
    """Return the changes that write lines: a decided original budget takes its place within the opening entry.

    It counts from the same day as the opening that stood for it, so that no figure moves on any day.
    """
    owners, openings = Owners(portfolio), _openings(portfolio)
    changes: list[Change] = []
    for line in lines:
        place = (owners.of_line(line), line.budget_year)
        opening, written = openings.get(place), line
        if opening is not None and line.kind is BudgetKind.ORIGINAL and line.status is BudgetStatus.DECIDED:
            day = line.takes_effect if on_its_own_day else opening.takes_effect
            written, openings[place] = split_opening(opening, replace(line, takes_effect=day))
        changes.append(Change(portfolio.budget_lines.get(line.id), written))
    rests = [Change(portfolio.budget_lines[rest.id], rest) for rest in openings.values()]
    return (*changes, *(change for change in rests if change.before != change.after))


def _openings(portfolio: Portfolio) -> dict[tuple[ProjectId, int], BudgetLine]:
    """Return the opening entry of each project and year, the earliest where there are several."""
    owners = Owners(portfolio)
    found = [line for line in portfolio.budget_lines.values() if line.kind is BudgetKind.OPENING]
    found.sort(key=lambda one: (one.takes_effect, one.id), reverse=True)
    return {(owners.of_line(line), line.budget_year): line for line in found}


def _groups(portfolio: Portfolio, lines: Iterable[RecordId], decided: Message) -> list[BudgetLine]:
    """Return the proposed lines that belong with some, each once, in the order in which they were asked for."""
    found: dict[RecordId, BudgetLine] = {}
    for one in lines:
        line = portfolio.budget_lines.get(one)
        if line is None:
            raise _gone()
        if line.status is not BudgetStatus.PROPOSED:
            raise Refusal(decided)
        found |= {other.id: other for other in group_of(portfolio, line)}
    if not found:
        raise Refusal(message("Ingen forslag er valgt: velg minst ett."))
    return list(found.values())


def _left_of(group: Sequence[BudgetLine]) -> list[BudgetLine]:
    """Return the lines of a group that nothing has taken back."""
    return [line for line in group if not _has_counterpart(line, group)]


def _has_counterpart(line: BudgetLine, group: Sequence[BudgetLine]) -> bool:
    return any(
        _place(other) == _place(line)
        and (other.year_amount, other.total_amount) == (-line.year_amount, -line.total_amount)
        for other in group
    )


def _refuse_not_standing(line: BudgetLine) -> None:
    if line.status is BudgetStatus.PROPOSED:
        raise Refusal(message("Endringen er et forslag: trekk det i stedet."))
    if line.kind is BudgetKind.OPENING:
        raise Refusal(message("Inngående tall hører til importen: angre importen, eller før opprinnelig budsjett."))


def _refuse_unknown(portfolio: Portfolio, line: BudgetLine) -> None:
    project = portfolio.projects.get(line.project)
    if project is None:
        raise Refusal(message("Prosjektet finnes ikke lenger: velg et annet."))
    if project.joined_into is not None:
        into = portfolio.projects[project.joined_into].name
        raise Refusal(
            message("{project} er slått sammen med {into}: før endringen der.", project=project.name, into=into)
        )
    subproject = None if line.subproject is None else portfolio.subprojects.get(line.subproject)
    if line.subproject is not None and (subproject is None or subproject.project != line.project):
        raise Refusal(message("Underprosjektet hører ikke til {project}: velg et annet.", project=project.name))


def _refuse_second_originals(portfolio: Portfolio, lines: Iterable[BudgetLine]) -> None:
    standing = defaultdict[Place, list[int]](lambda: [0, 0])
    for line in portfolio.budget_lines.values():
        if line.kind is BudgetKind.ORIGINAL and line.status is BudgetStatus.DECIDED:
            _add(standing[_place(line)], line)
    for line in lines:
        if line.kind is not BudgetKind.ORIGINAL:
            continue
        if any(standing[_place(line)]):
            raise Refusal(
                message(
                    "{project} har allerede opprinnelig budsjett for {year:id}: før det tilbake, eller før en endring.",
                    project=portfolio.projects[line.project].name,
                    year=line.budget_year,
                )
            )
        _add(standing[_place(line)], line)


def _add(sums: list[int], line: BudgetLine) -> None:
    sums[0] += line.year_amount
    sums[1] += line.total_amount


def _place(line: BudgetLine) -> Place:
    return line.project, line.subproject, line.budget_year


def _label(portfolio: Portfolio, lines: Sequence[BudgetLine], *, proposed: bool) -> Message:
    what = _title(portfolio, lines)
    return message("Foreslo {what}", what=what) if proposed else message("Førte {what}", what=what)


def _withdrawn_label(portfolio: Portfolio, lines: Sequence[BudgetLine]) -> Message:
    if len({key_of(line) for line in lines}) > 1:
        return message("Trakk {count} {count:budsjettlinje|budsjettlinjer}", count=len(lines))
    return message("Trakk forslaget {what}", what=_title(portfolio, lines))


def _title(portfolio: Portfolio, lines: Sequence[BudgetLine]) -> Message:
    kind = KIND_TITLES[lines[0].kind]
    names = list(dict.fromkeys(portfolio.projects[line.project].name for line in lines))
    if len(names) > 1:
        return message("«{kind}» for {count} {count:prosjekt|prosjekter}", kind=kind, count=len(names))
    return message("«{kind}» for {project}", kind=kind, project=names[0])


def _gone() -> Refusal:
    return Refusal(message("Budsjettlinjen finnes ikke lenger: noen har trukket eller angret den."))
