"""Taking a ledger's export into the open portfolio: looked at, its columns chosen, read, shown, agreed to, done.

Must not know how an export is read, nor what its lines come to.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from db.backup import BackupReason
from db.sheets.sheet import KINDS
from tracker.edits import Change, Edit
from tracker.ledger.mapping import Mapping, profile_setting
from tracker.ledger.planning import USUAL_LEDGER, Export, LedgerPlan
from tracker.ledger.preview import preview
from tracker.messages import Message, Refusal, message
from tracker.money import UnreadableAmountError, parse_kroner, write_number
from ui.asking import TableQuestion
from ui.backing_up import BackingUp
from ui.desk import Desk
from ui.mapping_form import MappingAnswer, MappingQuestion
from ui.taking_ledger import Look, ReadExport, Wanted, look_at, plan_of, read_export
from ui.telling import failing, telling

_MOST_ORPHANS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    plan: LedgerPlan
    export: ReadExport


class LedgerImport:
    """Takes exports of the ledger in."""

    def __init__(self, desk: Desk, backing_up: BackingUp) -> None:
        self._desk, self._backing_up, self._say = desk, backing_up, desk.say

    def ask(self) -> None:
        """Ask for an export and take it in."""
        if not self._desk.session.can_edit:
            because = self._desk.session.read_only_because
            self._desk.ask.tell(self._say(because or message("Åpne en portefølje først.")))
            return
        path = self._desk.ask.file_to_open(
            self._say(message("Importer regnskap")),
            f"{self._say(message('Regnskap'))} ({KINDS});;{self._say(message('Alle filer'))} (*)",
        )
        if path is not None:
            self.read(path)

    def read(self, path: Path) -> None:
        """Look at an export away from the window, then ask how it is to be read."""
        portfolio = self._desk.session.portfolio
        self._desk.jobs.start(
            lambda: look_at(path, portfolio),
            done=lambda look: self._on_look(path, look),
            failed=failing(self._desk),
            cancellable=True,
        )

    def _on_look(self, path: Path, look: Look) -> None:
        proposal = look.proposal
        portfolio = self._desk.session.portfolio
        answer = self._desk.ask.mapping(
            MappingQuestion(
                file=path.name,
                header=[str(cell) for cell in proposal.header if cell is not None],
                mapping=proposal.mapping,
                understand=lambda mapping: preview(portfolio, look.rows, mapping, header_row=proposal.header_row),
                profile=look.profile,
            )
        )
        if answer is None:
            return
        with telling(self._desk):
            total = _kroner(answer.control_total)
            self._start(Wanted(path=path, header_row=proposal.header_row), answer, total)

    def _start(self, wanted: Wanted, answer: MappingAnswer, control_total: int | None) -> None:
        session = self._desk.session
        portfolio, new_id = session.portfolio, session.new_id
        known = session.vouchers(USUAL_LEDGER) if answer.mapping.is_keyed else frozenset()

        def work() -> _Read:
            read = read_export(wanted, answer.mapping, known=known)
            export = Export(
                source=read.source, layout=answer.mapping, profile=answer.profile, control_total=control_total
            )
            return _Read(plan=plan_of(portfolio, read, export, new_id=new_id), export=read)

        self._desk.jobs.start(
            work, done=lambda read: self._on_read(read, answer), failed=failing(self._desk), cancellable=True
        )

    def _on_read(self, read: _Read, answer: MappingAnswer) -> None:
        if not self._desk.ask.confirm_table(self._question(read.plan)):
            return
        with telling(self._desk):
            if not self._backing_up.now(BackupReason.BEFORE_IMPORT):
                return
            edit = self._with_profile(read.plan.edit, answer.profile, answer.mapping)
            self._desk.session.perform(edit, way="import", lines={read.plan.batch.id: read.export.stretches})

    def _with_profile(self, edit: Edit, name: str, mapping: Mapping) -> Edit:
        if not name:
            return edit
        setting = profile_setting(name, mapping)
        held = self._desk.session.portfolio.settings.get(setting.id)
        return edit if held == setting else Edit(edit.label, (Change(held, setting), *edit.changes))

    def _question(self, plan: LedgerPlan) -> TableQuestion:
        batch = plan.batch
        lead = message(
            "{count} linjer for måned {first}–{last} i {year:id}, forbruk {total:kr}. Slik endres prosjektene:",
            count=plan.reading.line_count,
            first=batch.first_month,
            last=batch.last_month,
            year=batch.year,
            total=batch.total,
        )
        return TableQuestion(
            title=self._say(message("Importer regnskap")),
            lead=self._say(lead),
            headings=[
                self._say(message("Prosjekt")),
                self._say(message("Regnskap nå (kr)")),
                self._say(message("Regnskap etter (kr)")),
                self._say(message("Endring (kr)")),
            ],
            rows=[
                [one.name, write_number(one.before), write_number(one.after), write_number(one.after - one.before)]
                for one in plan.projects
            ],
            numbers=(1, 2, 3),
            yes=self._say(message("Importer")),
            trouble="\n".join(map(self._say, _remarks(plan))),
        )


def _remarks(plan: LedgerPlan) -> list[Message]:
    """Say what a controller must know before agreeing."""
    told: list[Message] = []
    if plan.is_known:
        told.append(message("Denne filen er allerede importert."))
    if plan.control_difference:
        told.append(message("Linjene avviker {difference:kr} fra kontrollsummen.", difference=plan.control_difference))
    if plan.reading.known_count:
        told.append(message("{count} linjer er importert før og hoppes over.", count=plan.reading.known_count))
    told += [
        message(
            "Erstatter {count} linjer for måned {first}–{last}, som er importert før.",
            count=one.line_count,
            first=one.first_month,
            last=one.last_month,
        )
        for one in plan.replaced
    ]
    if plan.reading.left_out_count:
        told.append(message("{count} linjer har ikke prosjekt og hoppes over.", count=plan.reading.left_out_count))
    if plan.orphans:
        codes = ", ".join(one.code for one in plan.orphans[:_MOST_ORPHANS])
        told.append(
            message(
                "{count} koder er ikke koblet til noe prosjekt ({amount:kr}): {codes}. De kan kobles etterpå.",
                count=len(plan.orphans),
                amount=sum(one.amount for one in plan.orphans),
                codes=codes if len(plan.orphans) <= _MOST_ORPHANS else f"{codes} …",
            )
        )
    return told


def _kroner(typed: str) -> int | None:
    if not typed:
        return None
    try:
        return parse_kroner(typed)
    except UnreadableAmountError:
        raise Refusal(message("«{text}» er ikke et beløp: skriv for eksempel 935 807 000.", text=typed)) from None
