"""Personal data from the window: who is in the file, all that it has of one person, and a name taken away.

Must not know how names are found, nor how a file is written anew.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from db.holding import HeldError, UnholdableError, hold
from db.persons.answering import answer_about, quoted, write_answer
from db.persons.copies import copies_naming, delete_copies
from db.persons.finding import Named, people_named, tables_of
from db.persons.removing import Plan, plan_removal, remove
from db.store import open_store
from tracker.messages import Message, Refusal, message
from tracker.periods import parse_period
from tracker.persons.names import Person
from tracker.persons.places import STANDING_TITLES, Place
from tracker.steps import SETTLED
from ui.asking import FormField, TableQuestion
from ui.backing_up import BackingUp
from ui.desk import Desk
from ui.filing import Filing
from ui.telling import failing, telling
from ui.words import period_title

_EXPORT, _REMOVE = "export", "remove"
_DEEDS = {_EXPORT: message("Skrive ut alt filen har om personen"), _REMOVE: message("Bytte ut navnet overalt")}
_IN_TEXTS = {
    "": message("La dem stå, og vis dem"),
    "yes": message("Bytt ut navnet også der"),
}
_ANSWERS = message("JSON (*.json);;CSV (*.csv)")
_NAME, _PLACES = message("Navn"), message("Steder")
_KIND, _FIELD, _STAYS = message("Type"), message("Felt"), message("Blir stående")
_LONGEST = 90


class Persons:
    """One round: a person is chosen, and what is to be done. What takes time is done away from the window."""

    def __init__(self, desk: Desk, filing: Filing, backing_up: BackingUp) -> None:
        self._desk, self._filing, self._backing_up, self._say = desk, filing, backing_up, desk.say

    def ask(self) -> None:
        """List who is in the file, and let one be chosen."""
        path, key = self._desk.session.path, self._desk.session.key
        if path is None:
            self._desk.ask.tell(self._say(message("Åpne en portefølje først.")))
            return

        def read() -> list[Named]:
            with closing(open_store(path, read_only=True, key=key)) as store:
                return people_named(tables_of(store))

        self._desk.jobs.start(read, done=lambda found: self._choose(path, found), failed=failing(self._desk))

    def _choose(self, path: Path, found: Sequence[Named]) -> None:
        if not found:
            self._desk.ask.inform(self._say(message("{file} har ingen navn på personer.", file=path.name)))
            return
        chosen = self._desk.ask.choose(
            TableQuestion(
                title=self._say(message("Personopplysninger")),
                lead=self._say(
                    message(
                        "Alle som står i {file} med navn. Velg en for å skrive ut alt filen har om personen, "
                        "eller bytte ut navnet.",
                        file=path.name,
                    )
                ),
                headings=[self._say(title) for title in (_NAME, _PLACES, message("Hvor"))],
                rows=[[one.name, str(one.places), self._where(one)] for one in found],
                numbers=[1],
                yes=self._say(message("Gå videre …")),
            )
        )
        if chosen is not None:
            self._ask_what(path, found[chosen].name)

    def _where(self, named: Named) -> str:
        parts = [f"{self._say(named.titles[field])} {count}" for field, count in named.fields.most_common()]
        parts += [self._say(message("endringer utført {count}", count=named.entries))] if named.entries else []
        parts += [self._say(message("i historikken {count}", count=named.earlier))] if named.earlier else []
        return ", ".join(parts)

    def _ask_what(self, path: Path, name: str) -> None:
        say = self._say
        asked = self._desk.ask.form(
            name,
            [
                FormField(
                    key="deed",
                    title=say(message("Hva vil du gjøre?")),
                    choices=[(key, say(title)) for key, title in _DEEDS.items()],
                ),
                FormField(key="also", title=say(message("Andre skrivemåter av samme person, med komma mellom"))),
                FormField(
                    key="texts",
                    title=say(message("Omtaler i løpende tekst, når navnet byttes ut")),
                    choices=[(key, say(title)) for key, title in _IN_TEXTS.items()],
                ),
            ],
            say(message("Gå videre …")),
        )
        if asked is None:
            return
        person = Person.called(name, *asked["also"].split(","))
        if asked["deed"] == _REMOVE:
            self._plan(path, person, in_texts=bool(asked["texts"]))
        else:
            self._export(path, person)

    def _export(self, path: Path, person: Person) -> None:
        suggested = str(path.with_name(f"{person.names[0]}.json"))
        out = self._desk.ask.file_to_save(self._say(_DEEDS[_EXPORT]), self._say(_ANSWERS), suggested)
        if out is None:
            return
        target, key = out if out.suffix else out.with_suffix(".json"), self._desk.session.key

        def write() -> Path:
            with closing(open_store(path, read_only=True, key=key)) as store:
                write_answer(answer_about(store, person, say=self._say), target)
            return target

        self._desk.jobs.start(write, done=self._on_written, failed=failing(self._desk))

    def _on_written(self, path: Path) -> None:
        self._filing.told.emit(self._say(message("Skrev {file}", file=path.name)))

    def _plan(self, path: Path, person: Person, *, in_texts: bool) -> None:
        session = self._desk.session
        if not session.can_edit:
            self._desk.ask.tell(self._say(session.read_only_because or message("Åpne en portefølje først.")))
            return
        who, key = session.who, session.key

        def plan() -> Plan:
            with closing(open_store(path, read_only=True, key=key)) as store:
                return plan_removal(store, person, in_texts=in_texts, who=who, say=self._say)

        self._desk.jobs.start(plan, done=lambda made: self._preview(path, made), failed=failing(self._desk))

    def _preview(self, path: Path, plan: Plan) -> None:
        """Show what would be, ask once more, and do it."""
        by, say = plan.renaming.by, self._say
        lead = [
            message(
                "«{name}» blir til «{by}» {count} {count:sted|steder}. Tall, tekster, låsinger og historikk blir "
                "stående.",
                name=plan.renaming.person.names[0],
                by=by,
                count=len(plan.replaced),
            )
        ]
        if plan.left:
            lead.append(
                message(
                    "{left} {left:omtale|omtaler} i løpende tekst blir ikke endret, og står nederst.",
                    left=len(plan.left),
                )
            )
        question = TableQuestion(
            title=say(message("Bytte ut navnet overalt")),
            lead=" ".join(map(say, lead)),
            headings=[say(title) for title in (message("Hva skjer"), _KIND, _FIELD, message("Hvor"), message("Tekst"))],
            rows=[*self._rows(plan, plan.replaced, message("Byttes ut")), *self._rows(plan, plan.left, _STAYS)],
            trouble=self._warning(plan),
            can_go_on=bool(plan.replaced),
            yes=say(message("Bytt ut …")),
        )
        sure = message(
            "Bytte ut navnet for godt? Det kan ikke angres, og det tas ingen sikkerhetskopi: den ville hatt navnet."
        )
        if self._desk.ask.confirm_table(question) and self._desk.ask.confirm(say(sure), say(message("Bytt ut"))):
            self._remove(path, plan)

    def _rows(self, plan: Plan, places: Sequence[Place], what: Message) -> Iterator[list[str]]:
        """Yield a row a place in the records as they are; what the journal has of them follows."""
        names = self._desk.session.portfolio.projects
        for place in places:
            if place.entry is None:
                project = names.get(place.project or "")
                period = self._say(period_title(parse_period(place.period))) if place.period else ""
                where = " · ".join(filter(None, ("" if project is None else project.name, period)))
                text = quoted(place, plan.renaming.person)
                cut = text if len(text) <= _LONGEST else f"{text[:_LONGEST].rstrip()}…"
                yield [*map(self._say, (what, STANDING_TITLES[place.standing], place.title)), where, cut]
        journalled = sum(place.entry is not None for place in places)
        if journalled:
            yield [
                *map(self._say, (what, message("Historikk"))),
                "",
                "",
                self._say(message("{count} {count:sted|steder} i journalen", count=journalled)),
            ]

    def _warning(self, plan: Plan) -> str:
        if not plan.marks:
            return ""
        periods = ", ".join(dict.fromkeys(self._say(period_title(parse_period(one.period))) for one in plan.marks))
        return self._say(
            message(
                "Navnet står i låste perioder ({periods}), som får nye fingeravtrykk. De gamle skrives i "
                "journalen, så det som er trykt, kan forklares.",
                periods=periods,
            )
        )

    def _remove(self, path: Path, plan: Plan) -> None:
        session, is_done = self._desk.session, False
        key = session.key
        signed = session.signature(SETTLED)
        session.close()
        try:
            with telling(self._desk, path), _held_alone(path, session.who):
                remove(path, plan, signed, key=key)
                is_done = True
        finally:
            self._filing.open(path)
        if is_done:
            self._filing.told.emit(self._say(message("Navnet er nå «{by}»", by=plan.renaming.by)))
            folder, person = self._backing_up.folder_of(path), plan.renaming.person
            self._desk.jobs.start(
                lambda: copies_naming(folder, person, key=key), done=self._ask_of_copies, failed=failing(self._desk)
            )

    def _ask_of_copies(self, copies: Sequence[Path]) -> None:
        """List the backups that still have the name, and delete them when that is said twice."""
        if not copies:
            return
        question = TableQuestion(
            title=self._say(message("Sikkerhetskopier med navnet")),
            lead=self._say(
                message(
                    "Disse sikkerhetskopiene har fortsatt navnet. Kopier, eksporter og pakker som andre har, "
                    "må de slette selv."
                )
            ),
            headings=[self._say(message("Sikkerhetskopi"))],
            rows=[[copy.name] for copy in copies],
            yes=self._say(message("Slett …")),
            no=self._say(message("Behold")),
        )
        sure = message("Slette {count} {count:sikkerhetskopi|sikkerhetskopier} for godt?", count=len(copies))
        if not self._desk.ask.confirm_table(question):
            return
        if self._desk.ask.confirm(self._say(sure), self._say(message("Slett"))) and self._backing_up.now():
            with telling(self._desk):
                delete_copies(copies)


@contextmanager
def _held_alone(path: Path, who: str) -> Iterator[None]:
    """Hold a file that is written anew.

    Raises Refusal when somebody else took it meanwhile.
    """
    try:
        held = hold(path, who=who)
    except HeldError as found:
        name = "-" if found.holder is None else found.holder.who
        raise Refusal(
            message("{file} er åpen hos {who}: be om at den lukkes, og prøv igjen.", file=path.name, who=name)
        ) from None
    except UnholdableError:
        raise Refusal(
            message("Mappen til {file} er skrivebeskyttet: be om tilgang, og prøv igjen.", file=path.name)
        ) from None
    with held:
        yield
