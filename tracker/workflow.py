"""A status on its way from draft to approved, and back: each move returns the edit that makes it, or says why not.

Must not know a button or a command, nor how the file guards what was submitted.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from tracker.actions import status_of
from tracker.completeness import missing
from tracker.edits import Change, Edit, added
from tracker.figures import live_figures_of
from tracker.flags import limits_of
from tracker.guarding import is_locked
from tracker.kinds import CommentKind, StatusState
from tracker.messages import Message, Refusal, message
from tracker.model import Comment, Portfolio, ProjectId, RecordId, Status
from tracker.periods import Period


@dataclass(frozen=True, slots=True, kw_only=True)
class Mover:
    """Who makes a move, and when."""

    who: str
    at: datetime

    @property
    def today(self) -> date:
        """The day of the move, where the person is."""
        return self.at.date()


STATE_TITLES: Mapping[StatusState, Message] = {
    StatusState.DRAFT: message("utkast"),
    StatusState.SUBMITTED: message("levert"),
    StatusState.APPROVED: message("godkjent"),
}


def submit(portfolio: Portfolio, period: Period, projects: Collection[ProjectId], mover: Mover) -> Edit:
    """Submit the statuses of projects to the controller.

    Raises Refusal with a detail for each project that lacks something, or whose status isn't a draft.
    """
    statuses = _statuses(portfolio, period, projects, {StatusState.DRAFT})
    limits = limits_of(portfolio)
    figures = {one.project.id: one for one in live_figures_of(portfolio, period, with_idle=True).projects}
    lacking = [
        message("{project}: {what}", project=portfolio.projects[status.project].name, what=what)
        for status in statuses
        for what in missing(portfolio, period, figures[status.project], limits)
    ]
    if lacking:
        raise Refusal(message("Kan ikke levere ennå: fyll ut det som mangler."), *lacking)
    return _moved(
        _label(portfolio, statuses, message("Leverte status for {what}")), statuses, StatusState.SUBMITTED, mover
    )


def take_back(portfolio: Portfolio, period: Period, projects: Collection[ProjectId], mover: Mover) -> Edit:
    """Take submitted statuses back to draft, as long as nobody has approved them.

    Raises Refusal with a detail for each project whose status isn't submitted.
    """
    statuses = _statuses(portfolio, period, projects, {StatusState.SUBMITTED})
    return _moved(
        _label(portfolio, statuses, message("Tok tilbake status for {what}")), statuses, StatusState.DRAFT, mover
    )


def approve(portfolio: Portfolio, period: Period, projects: Collection[ProjectId], mover: Mover) -> Edit:
    """Approve submitted statuses.

    Raises Refusal with a detail for each project whose status isn't submitted.
    """
    statuses = _statuses(portfolio, period, projects, {StatusState.SUBMITTED})
    return _moved(
        _label(portfolio, statuses, message("Godkjente status for {what}")), statuses, StatusState.APPROVED, mover
    )


def send_back(  # noqa: PLR0913  what is sent back, by whom, why, and a source of ids
    portfolio: Portfolio,
    period: Period,
    projects: Collection[ProjectId],
    mover: Mover,
    *,
    text: str,
    new_id: Callable[[], str],
) -> Edit:
    """Send submitted or approved statuses back to draft, with a comment that says what must be done.

    Raises Refusal without a comment, and with a detail for each project whose status is a draft.
    """
    if not text.strip():
        raise Refusal(message("Skriv en kommentar som sier hva som må rettes."))
    statuses = _statuses(portfolio, period, projects, {StatusState.SUBMITTED, StatusState.APPROVED})
    label = _label(portfolio, statuses, message("Sendte tilbake status for {what}"))
    comments = [_comment(status.project, period, CommentKind.RETURN, mover, text, new_id) for status in statuses]
    moved = _moved(label, statuses, StatusState.DRAFT, mover)
    return Edit(label, (*moved.changes, *added(label, comments).changes))


def comment(  # noqa: PLR0913  what is said, by whom, of what, and a source of ids
    portfolio: Portfolio, period: Period, project: ProjectId, mover: Mover, *, text: str, new_id: Callable[[], str]
) -> Edit:
    """Say something about a project's status. Also a locked period can be talked about: comments are not printed.

    Raises Refusal without a text.
    """
    if not text.strip():
        raise Refusal(message("Skriv kommentaren først."))
    label = message("Kommentar til {project}", project=portfolio.projects[project].name)
    return added(label, [_comment(project, period, CommentKind.NOTE, mover, text, new_id)])


def _statuses(
    portfolio: Portfolio, period: Period, projects: Collection[ProjectId], wanted: Collection[StatusState]
) -> list[Status]:
    if portfolio.state_of(period) is None:
        raise Refusal(message("Porteføljen har ikke {period}: velg en annen periode.", period=period))
    if is_locked(portfolio, period):
        raise Refusal(message("{period} er låst: be controlleren om å åpne den igjen.", period=period))
    if not projects:
        raise Refusal(message("Ingen prosjekter er valgt."))
    found = [(project, status_of(portfolio, project, period)) for project in dict.fromkeys(projects)]
    wrong = [
        _wrong(portfolio, project, status) for project, status in found if status is None or status.state not in wanted
    ]
    if wrong:
        raise Refusal(
            message("Ingenting ble flyttet: disse prosjektene er ikke i en tilstand der det kan gjøres."), *wrong
        )
    return [status for _, status in found if status is not None]


def _wrong(portfolio: Portfolio, project: ProjectId, status: Status | None) -> Message:
    name = portfolio.projects[project].name
    if status is None:
        return message("{project} har ingen status i perioden", project=name)
    return message("{project} er {state}", project=name, state=STATE_TITLES[status.state])


def _moved(label: Message, statuses: Collection[Status], to: StatusState, mover: Mover) -> Edit:
    changes = (
        Change(status, replace(status, state=to, moved_by=mover.who, moved_on=mover.today)) for status in statuses
    )
    return Edit(label, tuple(changes))


def _label(portfolio: Portfolio, statuses: Collection[Status], told: Message) -> Message:
    names = [portfolio.projects[status.project].name for status in statuses]
    what = (
        message("{project}", project=names[0]) if len(names) == 1 else message("{count} prosjekter", count=len(names))
    )
    return Message(told.text, {"what": what})


def _comment(  # noqa: PLR0913, PLR0917  a comment has as many parts
    project: ProjectId, period: Period, kind: CommentKind, mover: Mover, text: str, new_id: Callable[[], str]
) -> Comment:
    return Comment(
        id=RecordId(new_id()), project=project, period=period, kind=kind, by=mover.who, at=mover.at, text=text.strip()
    )
