"""What is asked for when the register is built: a project, a subproject, a split, a join, an end.

Must not know a rule of it, nor change the portfolio but through `Editing`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from tracker.budgeting import read_decision, read_kroner
from tracker.joining import close_project, join_projects, reopen_project, still_open
from tracker.kinds import FundingTag, ProjectKind
from tracker.messages import Message, Refusal, message
from tracker.model import Project, ProjectId, Subproject
from tracker.periods import Period
from tracker.register import (
    NewProject,
    add_project,
    add_subproject,
    change_subproject,
    move_subproject,
    remove_project,
    remove_subproject,
)
from tracker.splitting import Share, split_project
from ui.asking import FormField, TableQuestion
from ui.desk import Desk
from ui.editing import Editing, MakeEdit

KIND_TITLES = {ProjectKind.PROJECT: message("Prosjekt"), ProjectKind.PROGRAMME: message("Løpende ramme")}
TAG_TITLES = {
    FundingTag.PROPERTY_TAX: message("Eiendomsskatt"),
    FundingTag.FULL_COST: message("Selvkost"),
}
_STAYS, _MOVES = "stays", "moves"
Values = Mapping[str, str]


class ProjectForms:
    """Asks, and changes the register; what can't be done is told."""

    def __init__(self, desk: Desk, editing: Editing) -> None:
        self._desk, self._editing, self._say = desk, editing, desk.say

    def add(self) -> str:
        """Add a project; returns its id, empty when none was added."""
        say, period = self._say, self._period()
        if period is None:
            return ""
        asked = self._desk.ask.form(
            say(message("Nytt prosjekt")),
            [
                FormField(key="name", title=say(message("Navn"))),
                FormField(key="code", title=say(message("Prosjektnummer"))),
                FormField(
                    key="kind",
                    title=say(message("Slag")),
                    choices=[(kind.value, say(title)) for kind, title in KIND_TITLES.items()],
                ),
                FormField(key="service_area", title=say(message("Tjenesteområde"))),
                FormField(key="responsible", title=say(message("Ansvarlig"))),
                FormField(
                    key="tag",
                    title=say(message("Egen finansiering")),
                    choices=[
                        ("", say(message("Ingen"))),
                        *((tag.value, say(title)) for tag, title in TAG_TITLES.items()),
                    ],
                ),
            ],
            say(message("Legg til")),
            check=lambda values: self._why_not(
                lambda: add_project(
                    self._desk.session.portfolio, period, _new_project(values), new_id=self._desk.session.new_id
                )
            ),
        )
        if asked is None:
            return ""
        known = set(self._desk.session.portfolio.projects)
        session = self._desk.session
        self._perform(lambda: add_project(session.portfolio, period, _new_project(asked), new_id=session.new_id))
        return next((one for one in session.portfolio.projects if one not in known), "")

    def split(self, project: str) -> str:
        """Split a project; returns the new one's id, empty when none was made."""
        known = self._project(project)
        period = None if known is None else self._period()
        if period is None or known is None:
            return ""
        session = self._desk.session
        subprojects = [one for one in session.portfolio.subprojects.values() if one.project == project]
        today = datetime.now().astimezone().date()
        asked = self._desk.ask.form(
            self._say(message("Del {project}", project=known.name)),
            self._split_fields(subprojects, period),
            self._say(message("Del")),
            check=lambda values: self._why_not(
                lambda: split_project(
                    session.portfolio,
                    known.id,
                    _share(values, subprojects, period),
                    period=period,
                    today=today,
                    new_id=session.new_id,
                )
            ),
        )
        if asked is None:
            return ""
        before = set(session.portfolio.projects)
        self._perform(
            lambda: split_project(
                session.portfolio,
                known.id,
                _share(asked, subprojects, period),
                period=period,
                today=today,
                new_id=session.new_id,
            )
        )
        return next((one for one in session.portfolio.projects if one not in before), "")

    def join(self, project: str) -> str:
        """Join a project into another one; returns the one that took over, empty when nothing was joined."""
        known, session = self._project(project), self._desk.session
        if known is None:
            return ""
        others = [one for one in session.portfolio.listed_projects() if one.id != project]
        asked = self._desk.ask.form(
            self._say(message("Slå {project} sammen med et annet", project=known.name)),
            [
                FormField(
                    key="into",
                    title=self._say(message("Prosjektet som tar over alle tall")),
                    choices=[(one.id, one.name) for one in others],
                )
            ],
            self._say(message("Slå sammen")),
            check=lambda values: self._why_not(
                lambda: join_projects(session.portfolio, known.id, ProjectId(values["into"]))
            ),
        )
        if asked is None:
            return ""
        into = ProjectId(asked["into"])
        return into if self._perform(lambda: join_projects(session.portfolio, known.id, into)) else ""

    def close(self, project: str) -> None:
        """Close a project; what is still open is shown first."""
        known, session = self._project(project), self._desk.session
        period = None if known is None else self._period()
        if period is None or known is None:
            return
        found = still_open(session.portfolio, known.id, period)
        agreed = self._desk.ask.confirm_table(
            TableQuestion(
                title=self._say(message("Avslutt {project}", project=known.name)),
                lead=self._say(
                    message("Dette står åpent. Prosjektet kan avsluttes likevel.")
                    if found
                    else message("Ingenting står åpent.")
                ),
                headings=[self._say(message("Står åpent"))],
                rows=[[self._say(one)] for one in found],
                yes=self._say(message("Avslutt prosjektet")),
            )
        )
        if agreed:
            self._perform(
                lambda: close_project(session.portfolio, known.id, period, new_id=session.new_id, accept_open=True)
            )

    def reopen(self, project: str) -> None:
        """Open a closed project again."""
        known, session = self._project(project), self._desk.session
        period = None if known is None else self._period()
        if period is not None and known is not None:
            self._perform(lambda: reopen_project(session.portfolio, known.id, period, new_id=session.new_id))

    def remove(self, project: str) -> bool:
        """Remove a project that was added by mistake, asked twice; whether it was removed."""
        known, session, say = self._project(project), self._desk.session, self._say
        if known is None:
            return False
        refusal = self._why_not(lambda: remove_project(session.portfolio, known.id))
        if refusal:
            self._desk.ask.tell(refusal)
            return False
        yes = say(message("Fjern"))
        for sentence in (
            message("Fjerne {project}?", project=known.name),
            message("Er du sikker? {project} forsvinner fra alle åpne perioder.", project=known.name),
        ):
            if not self._desk.ask.confirm(say(sentence), yes):
                return False
        return self._perform(lambda: remove_project(session.portfolio, known.id))

    def subproject(self, project: str, known: Subproject | None = None) -> None:
        """Add a subproject, or change one."""
        session, say = self._desk.session, self._say

        def made(values: Values) -> MakeEdit:
            code, name = values["code"], values["name"]
            if known is not None:
                return lambda: change_subproject(session.portfolio, known.id, code=code, name=name)
            own = ProjectId(project)
            return lambda: add_subproject(session.portfolio, own, code=code, name=name, new_id=session.new_id)

        asked = self._desk.ask.form(
            say(message("Underprosjekt")),
            [
                FormField(key="code", title=say(message("Nummer")), value=known.code if known else ""),
                FormField(key="name", title=say(message("Navn")), value=known.name if known else ""),
            ],
            say(message("Lagre")),
            check=lambda values: self._why_not(made(values)),
        )
        if asked is not None:
            self._perform(made(asked))

    def move(self, known: Subproject) -> None:
        """Move a subproject to another project, with its money."""
        session = self._desk.session
        asked = self._desk.ask.form(
            self._say(message("Flytt {code} med budsjett og regnskap", code=known.code)),
            [
                FormField(
                    key="project",
                    title=self._say(message("Til prosjekt")),
                    choices=[
                        (one.id, one.name) for one in session.portfolio.listed_projects() if one.id != known.project
                    ],
                )
            ],
            self._say(message("Flytt")),
            check=lambda values: self._why_not(
                lambda: move_subproject(session.portfolio, known.id, ProjectId(values["project"]))
            ),
        )
        if asked is not None:
            self._perform(lambda: move_subproject(session.portfolio, known.id, ProjectId(asked["project"])))

    def remove_subproject(self, known: Subproject) -> None:
        """Remove a subproject without figures, when that is agreed to."""
        sentence = message("Fjerne underprosjektet {code} {name}?", code=known.code, name=known.name)
        if self._desk.ask.confirm(self._say(sentence), self._say(message("Fjern"))):
            self._perform(lambda: remove_subproject(self._desk.session.portfolio, known.id))

    def _split_fields(self, subprojects: list[Subproject], period: Period) -> list[FormField]:
        say = self._say
        choices = [(_STAYS, say(message("Blir"))), (_MOVES, say(message("Flyttes")))]
        return [
            FormField(key="name", title=say(message("Navnet på det nye prosjektet"))),
            FormField(key="year", title=say(message("Av budsjettet i {year:id} (1000 kr)", year=period.year))),
            FormField(key="total", title=say(message("Av totalbudsjettet (1000 kr)"))),
            FormField(key="spent", title=say(message("Av regnskapet i {year:id} (1000 kr)", year=period.year))),
            FormField(key="before", title=say(message("Av tidligere års regnskap (1000 kr)"))),
            FormField(key="case", title=say(message("Vedtak, for eksempel KS-sak 109/23"))),
            FormField(key="day", title=say(message("Vedtaksdato (dd.mm.åååå)"))),
            *(FormField(key=one.id, title=f"{one.code} {one.name}", choices=choices) for one in subprojects),
        ]

    def _period(self) -> Period | None:
        session = self._desk.session
        if session.can_edit and session.period is not None:
            return session.period
        self._desk.ask.tell(self._say(session.read_only_because or message("Åpne en portefølje med en periode først.")))
        return None

    def _project(self, project: str) -> Project | None:
        known = self._desk.session.portfolio.projects.get(project)
        if known is None or not self._desk.session.can_edit:
            self._desk.ask.tell(self._say(message("Åpne prosjektet det gjelder, først.")))
            return None
        return known

    def _perform(self, make: MakeEdit) -> bool:
        refusal = self._editing.perform(make)
        if refusal:
            self._desk.ask.tell(refusal)
        return not refusal

    def _why_not(self, make: Callable[[], object]) -> str:
        try:
            make()
        except Refusal as refusal:
            return "\n".join(map(self._say, (refusal.reason, *map(_listed, refusal.details))))
        return ""


def _listed(detail: Message) -> Message:
    return message("– {line}", line=detail)


def _new_project(values: Values) -> NewProject:
    return NewProject(
        name=values["name"],
        code=values["code"],
        kind=ProjectKind(values["kind"]),
        service_area=values["service_area"],
        responsible=values["responsible"],
        funding_tags=frozenset({FundingTag(values["tag"])} if values["tag"] else ()),
    )


def _share(values: Values, subprojects: list[Subproject], period: Period) -> Share:
    year = _kroner(values["year"])
    return Share(
        name=values["name"],
        subprojects=frozenset(one.id for one in subprojects if values[one.id] == _MOVES),
        year_amounts={period.year: year} if year else {},
        total_amount=_kroner(values["total"]),
        spent_this_year=_kroner(values["spent"]),
        spent_before=_kroner(values["before"]),
        decision=read_decision(values["case"], values["day"]),
    )


def _kroner(text: str) -> int:
    return read_kroner(text) if text.strip() else 0
