"""The register of projects built by hand: projects and subprojects added, changed, moved and removed.

Must not know a budget or an amount.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from tracker.edits import NOTHING, Change, Edit, added, changed
from tracker.fields import FIELD
from tracker.guarding import is_locked
from tracker.kinds import FundingTag, ProjectKind, StatusState
from tracker.messages import Message, Refusal, message
from tracker.model import LedgerSum, Portfolio, Project, ProjectId, Record, RecordId, Status, Subproject, SubprojectId
from tracker.periods import Period
from tracker.quarters import State


@dataclass(frozen=True, slots=True, kw_only=True)
class NewProject:
    """What is said of a project that is to be: at least its name."""

    name: str
    code: str = ""
    kind: ProjectKind = ProjectKind.PROJECT
    service_area: str = ""
    responsible: str = ""
    funding_tags: frozenset[FundingTag] = frozenset()


def add_project(portfolio: Portfolio, period: Period, given: NewProject, *, new_id: Callable[[], str]) -> Edit:
    """Add a project last in the report's order, with an empty status in a period so that it is listed there.

    Raises Refusal when it lacks a name, another has its name or number, or the period is locked or unknown.
    """
    refuse_closed_period(portfolio, period)
    project = Project(
        id=ProjectId(new_id()),
        name=free_name(portfolio, given.name),
        kind=given.kind,
        code=FIELD["code"].read(given.code),
        service_area=FIELD["service_area"].read(given.service_area),
        responsible=FIELD["responsible"].read(given.responsible),
        funding_tags=given.funding_tags,
        position=1 + max((one.position for one in portfolio.projects.values()), default=0),
    )
    _refuse_known_code(portfolio, project.code, of=project.id)
    return added(message("Nytt prosjekt: {name}", name=project.name), [project, status_in(project, period, new_id)])


def status_in(project: Project, period: Period, new_id: Callable[[], str]) -> Status:
    """Return the empty status that a project begins a period with."""
    is_programme = project.kind is ProjectKind.PROGRAMME
    return Status(
        id=RecordId(new_id()),
        project=project.id,
        period=period,
        completion=State.RUNNING if is_programme else State.NOT_SET,
    )


def remove_project(portfolio: Portfolio, project: ProjectId) -> Edit:
    """Remove a project that was added by mistake, with its plans and empty statuses.

    Raises Refusal with every kind of thing that belongs to it and would be lost.
    """
    known = portfolio.projects[project]
    if standing := list(_standing_in_the_way(portfolio, project)):
        raise Refusal(
            message(
                "{project} har innhold og kan ikke fjernes: avslutt det, eller slå det sammen.", project=known.name
            ),
            *standing,
        )
    gone: list[Record] = [
        one
        for held in (
            portfolio.statuses,
            portfolio.milestones,
            portfolio.risks,
            portfolio.contracts,
            portfolio.spending_plans,
        )
        for one in held.values()
        if one.project == project
    ]
    return Edit(
        message("Fjernet prosjektet {name}", name=known.name), tuple(Change(one, None) for one in (*gone, known))
    )


def add_subproject(
    portfolio: Portfolio, project: ProjectId, *, code: str, name: str, new_id: Callable[[], str]
) -> Edit:
    """Add a subproject, which carries a code of the ledger.

    Raises Refusal when it lacks a code or a name, or the code is taken.
    """
    made = _valid(portfolio, Subproject(id=SubprojectId(new_id()), project=project, code=code, name=name))
    return added(
        message("Nytt underprosjekt {code} i {project}", code=made.code, project=portfolio.projects[project].name),
        [made],
    )


def change_subproject(portfolio: Portfolio, subproject: SubprojectId, *, code: str, name: str) -> Edit:
    """Give a subproject another code or name.

    Raises Refusal when it would lack one, or the code is taken.
    """
    known = portfolio.subprojects[subproject]
    made = _valid(portfolio, replace(known, code=code, name=name))
    return NOTHING if made == known else changed(message("Endret underprosjekt {code}", code=made.code), known, made)


def move_subproject(portfolio: Portfolio, subproject: SubprojectId, project: ProjectId) -> Edit:
    """Move a subproject to another project; its budget lines and its spending follow it.

    Raises Refusal when the other project was joined into yet another, or has other kinds of money.
    """
    known, into = portfolio.subprojects[subproject], portfolio.projects[project]
    refuse_mixing(portfolio.projects[known.project], into)
    if known.project == project:
        return NOTHING
    label = message("Flyttet {code} til {project}", code=known.code, project=into.name)
    return changed(label, known, replace(known, project=project))


def remove_subproject(portfolio: Portfolio, subproject: SubprojectId) -> Edit:
    """Remove a subproject that nothing was booked or budgeted on.

    Raises Refusal when something was.
    """
    known = portfolio.subprojects[subproject]
    if _is_used(portfolio, subproject):
        raise Refusal(message("{code} har tall og kan ikke fjernes: flytt det til et annet prosjekt.", code=known.code))
    return Edit(message("Fjernet underprosjekt {code}", code=known.code), (Change(known, None),))


def refuse_mixing(one: Project, other: Project) -> None:
    """Refuse to bring money together that is reported apart, or to count a programme's as a project's.

    Raises Refusal.
    """
    if other.joined_into is not None or one.joined_into is not None:
        raise Refusal(message("Prosjektet er slått sammen med et annet: velg det som tok over."))
    if one.kind is not other.kind:
        raise Refusal(
            message(
                "{one} og {other} er ikke samme slag: en løpende ramme har ingen totalramme.",
                one=one.name,
                other=other.name,
            )
        )
    if one.funding_tags != other.funding_tags:
        raise Refusal(
            message(
                "{one} og {other} har ulik finansiering (eiendomsskatt, selvkost), som ikke kan blandes.",
                one=one.name,
                other=other.name,
            )
        )


def refuse_closed_period(portfolio: Portfolio, period: Period) -> None:
    """Refuse to begin something in a period that is locked, or not there.

    Raises Refusal.
    """
    if portfolio.state_of(period) is None:
        raise Refusal(message("Porteføljen har ikke {period}: velg en annen periode.", period=period))
    if is_locked(portfolio, period):
        raise Refusal(message("{period} er låst: be controlleren om å åpne den igjen.", period=period))


def free_name(portfolio: Portfolio, typed: str) -> str:
    """Return the name for a new project.

    Raises Refusal when there is none, or another project has it.
    """
    name: str = FIELD["name"].read(typed)
    if any(one.name.casefold() == name.casefold() for one in portfolio.listed_projects()):
        raise Refusal(
            message("Porteføljen har allerede et prosjekt som heter «{name}»: velg et annet navn.", name=name)
        )
    return name


def _valid(portfolio: Portfolio, given: Subproject) -> Subproject:
    code, name = (" ".join(text.split()) for text in (given.code, given.name))
    if not code or not name:
        raise Refusal(message("Underprosjektet må ha både nummer og navn."))
    _refuse_known_code(portfolio, code, of=given.id)
    return replace(given, code=code, name=name)


def _refuse_known_code(portfolio: Portfolio, code: str | None, *, of: str) -> None:
    known: tuple[Project | Subproject, ...] = (*portfolio.projects.values(), *portfolio.subprojects.values())
    for other in known if code else ():
        if other.id != of and other.code == code:
            raise Refusal(message("Nummeret {code} tilhører «{other}»: bruk et annet.", code=code, other=other.name))


def _standing_in_the_way(portfolio: Portfolio, project: ProjectId) -> Iterator[Message]:
    if any(one.project == project for one in portfolio.subprojects.values()):
        yield message("underprosjekter")
    money = (portfolio.budget_lines, portfolio.plan_years, portfolio.funding_lines)
    if any(one.project == project for held in money for one in held.values()):
        yield message("budsjett")
    if any(entry.project == project for entry in _all_sums(portfolio)):
        yield message("regnskap")
    rest = (portfolio.reported_projects, portfolio.printed, portfolio.comments, portfolio.code_matches)
    if any(one.project == project for held in rest for one in held.values()):
        yield message("rapporterte tall, kommentarer eller koblinger")
    said = (portfolio.dismissals, portfolio.passages)
    if any(one.project == project for held in said for one in held.values()):
        yield message("funn som er lagt til side, eller omtale i et kapittel")
    if any(_says_something(portfolio, one) for one in portfolio.statuses.values() if one.project == project):
        yield message("statuser med tekst, eller i låste perioder")
    if any(one.joined_into == project for one in portfolio.projects.values()):
        yield message("prosjekter som er slått sammen med det")


def _says_something(portfolio: Portfolio, status: Status) -> bool:
    is_draft = status.state is StatusState.DRAFT
    return not is_draft or bool(status.text or status.explanation) or is_locked(portfolio, status.period)


def _all_sums(portfolio: Portfolio) -> Iterator[LedgerSum]:
    for batch in portfolio.ledger_batches.values():
        yield from batch.sums


def _is_used(portfolio: Portfolio, subproject: SubprojectId) -> bool:
    return (
        any(line.subproject == subproject for line in portfolio.budget_lines.values())
        or any(entry.subproject == subproject for entry in _all_sums(portfolio))
        or any(match.subproject == subproject for match in portfolio.code_matches.values())
    )
