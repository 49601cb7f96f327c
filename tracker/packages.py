"""Who may be handed a package: those responsible and their projects; what was sent; and the mail that goes with it.

Must not know a file.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from tracker.edits import Edit, added
from tracker.forms.form import Form
from tracker.kinds import PackageKind
from tracker.messages import Message, Refusal, Value, message
from tracker.model import Portfolio, ProjectId, RecordId, SentPackage
from tracker.periods import Period


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """Somebody who is responsible for projects, and which."""

    name: str
    projects: frozenset[ProjectId]


def recipients(portfolio: Portfolio) -> list[Recipient]:
    """Return those responsible for projects, by name."""
    found: dict[str, set[ProjectId]] = {}
    for project in portfolio.listed_projects():
        if project.responsible and project.responsible.strip():
            found.setdefault(project.responsible.strip(), set()).add(project.id)
    return [Recipient(name=name, projects=frozenset(projects)) for name, projects in sorted(found.items())]


def chosen(portfolio: Portfolio, names: Collection[str]) -> list[Recipient]:
    """Return some of those responsible, all where none is named.

    Raises Refusal when nobody is responsible, or a name is nobody's.
    """
    found = recipients(portfolio)
    if not found:
        raise Refusal(message("Ingen prosjekter har en ansvarlig: fyll ut «Ansvarlig» på prosjektene først."))
    known = {one.name.casefold(): one for one in found}
    unknown = [name for name in names if name.casefold() not in known]
    if unknown:
        raise Refusal(
            message("«{name}» er ikke ansvarlig for noe prosjekt: kontroller navnet.", name=unknown[0]),
            *(message("{name}", name=one.name) for one in found),
        )
    return [known[name.casefold()] for name in names] if names else found


def sent_to(
    recipient: Recipient, *, kind: PackageKind, by: str, at: datetime, new_id: Callable[[], str]
) -> SentPackage:
    """Return what is noted of a package or form that is made for somebody now."""
    return SentPackage(
        id=RecordId(new_id()), kind=kind, recipient=recipient.name, projects=recipient.projects, made_by=by, made_at=at
    )


def sent_form(form: Form) -> SentPackage | None:
    """Return what is noted of a form that was written; nothing of one that nobody answers for."""
    header = form.header
    if not header.made_for.strip():
        return None
    return SentPackage(
        id=RecordId(header.id),
        kind=PackageKind.FORM,
        recipient=header.made_for,
        projects=frozenset(one.project.id for one in form.projects),
        made_by=header.made_by,
        made_at=header.made_at,
    )


def noted(sent: Collection[SentPackage]) -> Edit:
    """Return the edit that notes what was sent."""
    if all(one.kind is PackageKind.FORM for one in sent):
        return added(message("Laget {count} {count:skjema|skjemaer}", count=len(sent)), sent)
    return added(message("Laget {count} {count:pakke|pakker}", count=len(sent)), sent)


def out_now(portfolio: Portfolio) -> dict[ProjectId, SentPackage]:
    """Return which projects somebody has been handed and not brought back yet, the newest where there are several."""
    newest_first: Iterable[SentPackage] = sorted(
        portfolio.sent_packages.values(), key=lambda one: one.made_at, reverse=True
    )
    found: dict[ProjectId, SentPackage] = {}
    for sent in newest_first:
        for project in sent.projects:
            found.setdefault(project, sent)
    return {project: sent for project, sent in found.items() if sent.returned_at is None}


def mail(portfolio: Portfolio, sent: SentPackage, period: Period, file: str) -> Message:
    """Return the text of the mail that a package goes out with."""
    state = portfolio.state_of(period)
    deadline = None if state is None else state.deadline
    told: dict[str, Value] = {
        "who": sent.recipient,
        "file": file,
        "period": period,
        "count": len(sent.projects),
        "by": sent.made_by,
    }
    due = (
        message("Send filen tilbake så snart du er ferdig.")
        if deadline is None
        else message("Send filen tilbake innen {deadline}.", deadline=deadline)
    )
    body = _FORM if sent.kind is PackageKind.FORM else _PACKAGE
    return Message(body.text, {**told, "due": due})


_PACKAGE = message(
    "Hei {who}\n\nVedlagt er {file} med {count} {count:prosjekt|prosjekter} for {period}. Lagre filen på din egen "
    "maskin, åpne den i Tertial, fyll ut status og lever. {due}\n\n"
    "Rett bare i den siste filen du har fått, og send hele filen tilbake.\n\nHilsen {by}"
)
_FORM = message(
    "Hei {who}\n\nVedlagt er skjemaet {file} med {count} {count:prosjekt|prosjekter} for {period}. Åpne det i Excel, "
    "fyll ut de merkede feltene og lagre. {due}\n\nLa kolonnene stå som de er.\n\nHilsen {by}"
)
