"""Taking a sheet of projects, original budgets and a four-year plan into the open portfolio.

Must not know how a sheet is read, nor what a row comes to.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from db.backup import BackupReason
from db.sheets.sheet import read_sheet
from tracker.budgeting import read_decision
from tracker.messages import Message, Refusal, message
from tracker.model import Portfolio
from tracker.periods import Part, Period
from tracker.registering.columns import propose_layout, unused_headings, with_columns
from tracker.registering.plan import Adoption, Outcome, RegisterPlan, Verdict, plan_register
from tracker.registering.rows import read_rows
from tracker.settings.of_import import known_columns
from ui.asking import FormField, TableQuestion
from ui.backing_up import BackingUp
from ui.desk import Desk
from ui.sheet_file import ask_for_sheet
from ui.telling import failing, telling


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    """A sheet that was read, and the headings that nothing was read from."""

    plan: RegisterPlan
    unused: tuple[str, ...]

    @property
    def remarks(self) -> list[Message]:
        """What else there is to know."""
        if not self.unused:
            return []
        return [message("Kolonner som ikke er lest: {titles}.", titles=", ".join(self.unused))]


class RegisterImport:
    """Takes sheets of projects in."""

    def __init__(self, desk: Desk, backing_up: BackingUp) -> None:
        self._desk, self._backing_up, self._say = desk, backing_up, desk.say

    def ask(self) -> None:
        """Ask for a sheet, and what its budgets rest on."""
        path = ask_for_sheet(self._desk, message("Importer prosjekter og budsjett"), message("Regneark"))
        if path is not None:
            self.read(path)

    def read(self, path: Path) -> None:
        """Read a sheet away from the window, show what it would do, and do it if that is agreed to."""
        asked = self._desk.ask.form(
            self._say(message("Importer {file}", file=path.name)),
            [
                FormField(
                    key="year",
                    title=self._say(message("Budsjettår")),
                    value=str(self._likely_year()),
                    check=self._check_year,
                ),
                FormField(key="case", title=self._say(message("Vedtak, for eksempel KS-sak 131/23 (kan stå tomt)"))),
                FormField(key="day", title=self._say(message("Vedtaksdato (dd.mm.åååå)"))),
            ],
            self._say(message("Les arket")),
            check=self._check_decision,
        )
        if asked is None:
            return
        adoption = Adoption(
            year=int(asked["year"]), source=path.name, decision=read_decision(asked["case"], asked["day"])
        )
        portfolio, new_id = self._desk.session.portfolio, self._desk.session.new_id

        def work() -> _Read:
            return _planned(path, portfolio, adoption, new_id)

        self._desk.jobs.start(work, done=self._on_read, failed=failing(self._desk), cancellable=True)

    def _on_read(self, read: _Read) -> None:
        plan = read.plan
        if not self._desk.ask.confirm_table(self._question(read)) or plan.errors:
            return
        with telling(self._desk):
            if self._backing_up.now(BackupReason.BEFORE_IMPORT):
                self._desk.session.perform(plan.edit, way="import")

    def _question(self, read: _Read) -> TableQuestion:
        say, plan = self._say, read.plan
        counted = Counter(one.verdict for one in plan.outcomes)
        lead = message(
            "{new} {new:ny|nye}, {changed} endres, {same} {same:uendret|uendrede}, {wrong} feil.",
            new=counted[Verdict.NEW],
            changed=counted[Verdict.CHANGED],
            same=counted[Verdict.UNCHANGED],
            wrong=counted[Verdict.ERROR],
        )
        rank = [Verdict.ERROR, Verdict.NEW, Verdict.CHANGED, Verdict.UNCHANGED]
        outcomes = sorted(plan.outcomes, key=lambda one: (rank.index(one.verdict), one.number))
        return TableQuestion(
            title=say(message("Importer prosjekter og budsjett")),
            lead=" ".join(map(say, (lead, *read.remarks))),
            headings=[
                say(message("Rad")),
                say(message("Hva skjer")),
                say(message("Prosjekt")),
                say(message("Endring")),
            ],
            rows=[self._row(one) for one in outcomes],
            numbers=(0,),
            yes=say(message("Importer")),
            trouble=say(message("Rett radene med feil i arket, og importer på nytt.")) if plan.errors else "",
            can_go_on=not plan.errors and bool(plan.edit.changes),
        )

    def _row(self, one: Outcome) -> list[str]:
        return [str(one.number), self._say(one.verdict.title), one.name, ", ".join(map(self._say, one.what))]

    def _likely_year(self) -> int:
        period = self._desk.session.period
        return datetime.now(UTC).year if period is None else period.year

    def _check_year(self, typed: str) -> str:
        try:
            Period(int(typed), Part.YEAR)
        except ValueError:
            return self._say(message("«{text}» er ikke et årstall: skriv for eksempel 2023.", text=typed))
        return ""

    def _check_decision(self, values: Mapping[str, str]) -> str:
        try:
            read_decision(values["case"], values["day"])
        except Refusal as refusal:
            return self._say(refusal.reason)
        return ""


def _planned(path: Path, portfolio: Portfolio, adoption: Adoption, new_id: Callable[[], str]) -> _Read:
    rows = read_sheet(path)
    layout = propose_layout(rows, year=adoption.year)
    header = rows[layout.header]
    layout = with_columns(layout, header, known_columns(portfolio, header))
    plan = plan_register(portfolio, read_rows(rows, layout), adoption, new_id=new_id)
    return _Read(plan=plan, unused=unused_headings(layout, header))
