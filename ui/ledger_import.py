"""Taking a ledger's export into the open portfolio: looked at, its columns chosen, read, shown, agreed to, done.

Must not know how an export is read, nor what its lines come to.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from threading import Event

from db.backup import BackupReason
from tracker.edits import Change, Edit
from tracker.ledger.mapping import Mapping, profile_setting
from tracker.ledger.planning import USUAL_LEDGER, Export, LedgerPlan
from tracker.ledger.preview import preview
from tracker.ledger.remarks import doubts_of, months_of, orphans_in, remarks_on
from tracker.messages import Refusal, message
from tracker.money import UnreadableAmountError, parse_kroner, write_number
from ui.asking import TableQuestion
from ui.backing_up import BackingUp
from ui.desk import Desk
from ui.mapping_form import MappingAnswer, MappingQuestion
from ui.sheet_file import ask_for_sheet
from ui.taking_ledger import Look, ReadExport, Wanted, look_at, plan_of, read_export
from ui.telling import failing, telling


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
        path = ask_for_sheet(self._desk, message("Importer regnskap"), message("Regnskap"))
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
            self._start(Wanted(path=path, header_row=proposal.header_row, sheet=look.sheet), answer, total)

    def _start(self, wanted: Wanted, answer: MappingAnswer, control_total: int | None) -> None:
        session = self._desk.session
        portfolio, new_id = session.portfolio, session.new_id
        known = session.vouchers(USUAL_LEDGER) if answer.mapping.is_keyed else frozenset()

        stopped = Event()

        def work() -> _Read:
            read = read_export(wanted, answer.mapping, known=known, progress=lambda _rows: _go_on(stopped))
            export = Export(
                source=read.source, layout=answer.mapping, profile=answer.profile, control_total=control_total
            )
            return _Read(plan=plan_of(portfolio, read, export, new_id=new_id), export=read)

        self._desk.jobs.start(
            work,
            done=lambda read: self._on_read(read, answer),
            failed=failing(self._desk),
            cancellable=True,
            stop=stopped.set,
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
            "{count} {count:linje|linjer} for måned {months} i {year:id}, forbruk {total:kr}. Slik endres prosjektene:",
            count=plan.reading.line_count,
            months=months_of(batch),
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
            trouble="\n".join(map(self._say, (*doubts_of(plan), *remarks_on(plan), *orphans_in(plan)))),
        )


class _StoppedError(Exception):
    """The reading was broken off: nobody waits for its answer."""


def _go_on(stopped: Event) -> None:
    if stopped.is_set():
        raise _StoppedError


def _kroner(typed: str) -> int | None:
    if not typed:
        return None
    try:
        return parse_kroner(typed)
    except UnreadableAmountError:
        raise Refusal(message("«{text}» er ikke et beløp: skriv for eksempel 935 807 000.", text=typed)) from None
