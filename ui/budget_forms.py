"""What is asked for when a budget is changed: a change, a move between years, a reallocation, a decision.

Must not know a rule of the ledger, nor change the portfolio but through `Editing`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from tracker.budgeting import (
    ENTERED_ALONE,
    FUNDING_TITLES,
    KIND_TITLES,
    Paper,
    Request,
    Share,
    TypedChange,
    decide,
    doubts_about,
    enter,
    read_budget_year,
    read_change,
    read_decision,
    read_kroner,
    read_move,
    read_reallocation,
    read_share,
    take_back,
    withdraw,
)
from tracker.finding import find_owner
from tracker.kinds import BudgetKind, FundingSource
from tracker.messages import Message, Refusal, message
from tracker.model import Decision, ProjectId, RecordId, SubprojectId
from tracker.money import THOUSAND, in_thousands, write_number
from tracker.owners import Owner
from ui.asking import FormField
from ui.desk import Desk
from ui.editing import Editing, MakeEdit
from ui.rows_form import Rows, RowsAnswer, RowsQuestion, Weighed

_DECIDED, _PROPOSED = "decided", "proposed"
_FEWEST_ROWS = 2


class BudgetForms:
    """Asks, and changes the ledger; what can't be done is told."""

    def __init__(self, desk: Desk, editing: Editing) -> None:
        self._desk, self._editing, self._say = desk, editing, desk.say

    def add(self, project: str) -> None:
        """Enter a change of one project."""
        say = self._say
        asked = self._desk.ask.form(
            say(message("Legg til endring")),
            [
                *self._subproject_fields(project),
                FormField(
                    key="kind",
                    title=say(message("Hva slags endring")),
                    choices=[(kind.value, say(KIND_TITLES[kind])) for kind in ENTERED_ALONE],
                ),
                self._year_field("year", message("Budsjettår")),
                FormField(key="amount", title=say(message("Beløp i året (1000 kr)"))),
                FormField(key="total", title=say(message("Beløp i totalen (tomt: som i året)"))),
                FormField(
                    key="funding",
                    title=say(message("Finansiering")),
                    choices=[
                        ("", say(message("Ikke oppgitt"))),
                        *((one.value, say(title)) for one, title in FUNDING_TITLES.items()),
                    ],
                ),
                *self._paper_fields(),
            ],
            say(message("Legg til")),
            check=lambda values: self._why_not(lambda: (_change(project, values), _paper(values))),
        )
        if asked is not None:
            self._enter(_change(project, asked), _paper(asked))

    def move(self, project: str) -> None:
        """Move money between years of one project."""
        say = self._say
        asked = self._desk.ask.form(
            say(message("Flytt mellom år")),
            [
                *self._subproject_fields(project),
                self._year_field("from_year", message("Fra år")),
                self._year_field("to_year", message("Til år"), later=1),
                FormField(key="amount", title=say(message("Beløp (1000 kr)"))),
                *self._paper_fields(),
            ],
            say(message("Flytt")),
            check=lambda values: self._why_not(lambda: (_move(project, values), _paper(values))),
        )
        if asked is not None:
            self._enter(_move(project, asked), _paper(asked))

    def reallocate(self, project: str = "") -> None:
        """Move money between projects, with one of them to begin with."""
        say, portfolio = self._say, self._desk.session.portfolio
        names = [one.name for one in portfolio.listed_projects()]
        codes = [f"{one.code}" for one in portfolio.subprojects.values()]
        first = portfolio.projects[project].name if project else ""
        answer = self._desk.ask.rows(
            RowsQuestion(
                title=say(message("Omdisponer mellom prosjekter")),
                lead=say(
                    message("Skriv hva hvert prosjekt får, og med minus hva det gir. Begge kolonnene skal gå i null.")
                ),
                fields=[self._year_field("year", message("Budsjettår")), *self._paper_fields()],
                headings=[
                    say(message("Prosjekt eller underprosjekt")),
                    say(message("I året (1000 kr)")),
                    say(message("I totalen (tomt: som i året)")),
                ],
                names=[*names, *codes],
                hint=say(message("Navn eller nummer, pil ned for alle")),
                rows=[(first, "", "")] if first else (),
                row_title=say(message("Prosjektene")),
                sums_title=say(message("Gjenstår å fordele")),
                yes=say(message("Lagre")),
                weigh=self._weigh,
                check=lambda given: self._why_not(lambda: (self._reallocation(given), _paper(given.values))),
            )
        )
        if answer is not None:
            self._enter(self._reallocation(answer), _paper(answer.values))

    def decide(self, lines: Sequence[str]) -> None:
        """Decide proposals, all of them with one decision."""
        say, session = self._say, self._desk.session
        asked = self._desk.ask.form(
            say(message("Vedta forslaget") if len(lines) == 1 else message("Vedta {count} forslag", count=len(lines))),
            self._decision_fields(),
            say(message("Vedta")),
            check=lambda values: self._why_not(lambda: _decision(values)),
        )
        if asked is None:
            return
        decision = _decision(asked)
        self._do(lambda: decide(session.portfolio, [RecordId(line) for line in lines], decision))

    def withdraw(self, lines: Sequence[str]) -> None:
        """Withdraw proposals."""
        session = self._desk.session
        self._do(lambda: withdraw(session.portfolio, [RecordId(line) for line in lines]))

    def take_back(self, line: str) -> None:
        """Take a decided change back that was entered wrongly."""
        say, session = self._say, self._desk.session
        asked = self._desk.ask.form(
            say(message("Før tilbake")),
            [FormField(key="because", title=say(message("Hvorfor endringen føres tilbake")), check=self._check_given)],
            say(message("Før tilbake")),
        )
        if asked is not None:
            because = asked["because"]
            self._do(lambda: take_back(session.portfolio, RecordId(line), because=because, new_id=session.new_id))

    def _enter(self, request: Request, paper: Paper) -> None:
        session, say = self._desk.session, self._say
        doubts = doubts_about(session.portfolio, request, paper)
        if doubts and not self._desk.ask.confirm("\n\n".join(map(say, doubts)), say(message("Før den likevel"))):
            return
        self._do(lambda: enter(session.portfolio, request, paper, new_id=session.new_id))

    def _do(self, make: MakeEdit) -> None:
        refusal = self._editing.perform(make)
        if refusal:
            self._desk.ask.tell(refusal)

    def _weigh(self, rows: Rows) -> Weighed:
        """Say what is left to place, and what keeps it from being saved."""
        known = [(_or_nothing(year), _or_nothing(total or year)) for _, year, total in rows]
        left = [-sum(one for one, _ in known), -sum(other for _, other in known)]
        sums = [_written(one) for one in left]
        sentence = next(filter(None, (self._why_no_share(row) for row in rows)), "")
        if not sentence and len(rows) < _FEWEST_ROWS:
            sentence = self._say(message("Velg minst to prosjekter, ett som gir og ett som får."))
        if not sentence and any(left):
            sentence = self._say(message("Kan lagres når begge kolonnene går i null."))
        return Weighed(sums=sums, sentence=sentence, is_done=not sentence)

    def _why_no_share(self, row: Sequence[str]) -> str:
        if not row[0]:
            return self._say(message("Velg prosjektet på linjen med {amount}.", amount=row[1] or row[2]))
        return self._why_not(lambda: self._share(row))

    def _share(self, row: Sequence[str]) -> Share:
        name, year, total = row
        return read_share(find_owner(self._desk.session.portfolio, name), year=year, total=total)

    def _reallocation(self, answer: RowsAnswer) -> Request:
        return read_reallocation(answer.values["year"], [self._share(row) for row in answer.rows])

    def _why_not(self, read: Callable[[], object]) -> str:
        try:
            read()
        except Refusal as refusal:
            return self._say(refusal.reason)
        return ""

    def _subproject_fields(self, project: str) -> list[FormField]:
        """Let the subproject be chosen, where there is any."""
        found = [one for one in self._desk.session.portfolio.subprojects.values() if one.project == project]
        if not found:
            return []
        whole = ("", self._say(message("Hele prosjektet")))
        choices = [whole, *((one.id, f"{one.code} {one.name}") for one in sorted(found, key=lambda one: one.code))]
        return [FormField(key="subproject", title=self._say(message("Gjelder")), choices=choices)]

    def _year_field(self, key: str, title: Message, *, later: int = 0) -> FormField:
        period = self._desk.session.period
        year = datetime.now().astimezone().year if period is None else period.year
        return FormField(key=key, title=self._say(title), value=str(year + later), check=self._check_year)

    def _paper_fields(self) -> list[FormField]:
        say = self._say
        return [
            FormField(
                key="status",
                title=say(message("Status")),
                choices=[(_DECIDED, say(message("Vedtatt"))), (_PROPOSED, say(message("Forslag")))],
            ),
            *self._decision_fields(),
            FormField(key="note", title=say(message("Merknad"))),
        ]

    def _decision_fields(self) -> list[FormField]:
        say = self._say
        return [
            FormField(key="case", title=say(message("Vedtak, for eksempel KS-sak 109/23"))),
            FormField(key="day", title=say(message("Vedtaksdato (dd.mm.åååå)"))),
        ]

    def _check_year(self, typed: str) -> str:
        return self._why_not(lambda: read_budget_year(typed))

    def _check_given(self, typed: str) -> str:
        return "" if typed else self._say(message("Feltet kan ikke stå tomt: skriv grunnen."))


def _change(project: str, values: Mapping[str, str]) -> Request:
    typed = TypedChange(
        owner=_owner(project, values),
        kind=BudgetKind(values["kind"]),
        year=values["year"],
        amount=values["amount"],
        total=values["total"],
        funding=FundingSource(values["funding"]) if values["funding"] else None,
    )
    return read_change(typed)


def _move(project: str, values: Mapping[str, str]) -> Request:
    return read_move(
        _owner(project, values), amount=values["amount"], from_year=values["from_year"], to_year=values["to_year"]
    )


def _owner(project: str, values: Mapping[str, str]) -> Owner:
    subproject = values.get("subproject")
    return ProjectId(project), SubprojectId(subproject) if subproject else None


def _paper(values: Mapping[str, str]) -> Paper:
    return Paper(
        decision=read_decision(values["case"], values["day"]),
        is_proposed=values["status"] == _PROPOSED,
        entered_on=datetime.now().astimezone().date(),
        note=values["note"],
    )


def _decision(values: Mapping[str, str]) -> Decision:
    decision = read_decision(values["case"], values["day"])
    if decision is None:
        raise Refusal(message("Skriv vedtaket: organ, saksnummer og dato."))
    return decision


def _or_nothing(typed: str) -> int:
    """Return what is typed as kroner, nothing while it can't be read."""
    try:
        return read_kroner(typed)
    except Refusal:
        return 0


def _written(kroner: int) -> str:
    """Write thousands, and whole kroner where there are odd ones: nothing that is left may look like zero."""
    return f"{write_number(kroner)}\u00a0kr" if kroner % THOUSAND else write_number(in_thousands(kroner))
