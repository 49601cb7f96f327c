"""Taking a published report into the open portfolio, or into a new one: read, shown, agreed to, done.

Must not know how a report is read, nor what its sums mean.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from db.backup import BackupReason
from db.store import new_store
from tracker.messages import message
from tracker.money import write_number
from tracker.periods import Part, Period
from tracker.steps import BEGUN
from ui.asking import FormField, TableQuestion
from ui.backing_up import BackingUp
from ui.desk import Desk
from ui.filing import Filing
from ui.telling import failing, telling

if TYPE_CHECKING:
    from tracker.importing import ImportPlan
    from tracker.tieout import Comparison

_REPORTS = message("Publisert rapport (*.pdf *.txt);;Alle filer (*)")


class ReportImport:
    """Takes a published report in."""

    def __init__(self, desk: Desk, filing: Filing, backing_up: BackingUp) -> None:
        self._desk, self._filing, self._backing_up = desk, filing, backing_up

    def ask(self) -> None:
        """Ask for a published report and take it in."""
        path = self._desk.ask.file_to_open(
            self._desk.say(message("Importer publisert rapport")), self._desk.say(_REPORTS)
        )
        if path is not None:
            self.read(path)

    def read(self, source: Path) -> None:
        """Read a published report away from the window, show what it would do, and do it if that is agreed to."""
        form = self._desk.ask.form(
            self._desk.say(message("Importer {file}", file=source.name)),
            [
                FormField(
                    key="year",
                    title=self._desk.say(message("Regnskapsår")),
                    value=str(self._likely_year()),
                    check=self._check_year,
                ),
                FormField(
                    key="accounts",
                    title=self._desk.say(message("Fil med bevilgningsoversikten § 5-5 (kan stå tom)")),
                    check=self._check_file,
                ),
            ],
            self._desk.say(message("Les rapporten")),
        )
        if form is None:
            return
        from ui.taking_in import circumstances_of, plan_of_files

        period = Period(int(form["year"]), Part.YEAR)
        accounts = Path(form["accounts"]) if form["accounts"] else None
        portfolio, circumstances = self._desk.session.portfolio, circumstances_of(self._desk.session.who)
        self._desk.jobs.start(
            lambda: plan_of_files(source, accounts, portfolio=portfolio, period=period, circumstances=circumstances),
            done=lambda plan: self._on_plan(plan, period),
            failed=failing(self._desk),
            cancellable=True,
        )

    def _on_plan(self, plan: ImportPlan, period: Period) -> None:
        agreed = self._desk.ask.confirm_table(self._question(plan, period))
        if not agreed:
            return
        edit = plan.edit
        if plan.differences:
            from tracker.importing import accepting_differences
            from ui.taking_in import circumstances_of

            edit = accepting_differences(plan, period, circumstances_of(self._desk.session.who))
        with telling(self._desk):
            if self._desk.session.path is None:
                path = self._filing.new_path(str(period.year))
                if path is None:
                    return
                with new_store(path) as store:
                    store.commit(edit, self._desk.session.signature(BEGUN))
                self._filing.open(path)
            else:
                if not self._backing_up.now(BackupReason.BEFORE_IMPORT):
                    return
                self._desk.session.perform(edit, way="import")
                self._desk.session.turn_to(period)

    def _question(self, plan: ImportPlan, period: Period) -> TableQuestion:
        trouble = ""
        if plan.differences:
            trouble = self._desk.say(
                message("Summene stemmer ikke. Importerer du likevel, blir differansene godtatt i ditt navn.")
            )
        return TableQuestion(
            title=self._desk.say(message("Importer {period}", period=period)),
            lead=self._desk.say(
                message(
                    "{new} nye og {known} kjente prosjekter. {left} linjer utenfor tabellen leses ikke inn. "
                    "Slik stemmer summene:",
                    new=plan.new_projects,
                    known=plan.known_projects,
                    left=len(plan.leftovers),
                )
            ),
            headings=[
                self._desk.say(message("Sum")),
                self._desk.say(message("Kolonne")),
                self._desk.say(message("Prosjektene")),
                self._desk.say(message("Trykt")),
                self._desk.say(message("Differanse")),
                self._desk.say(message("Vurdering")),
            ],
            rows=[self._comparison(one) for one in plan.comparisons],
            numbers=(2, 3, 4),
            yes=self._desk.say(message("Godta og importer") if plan.differences else message("Importer")),
            trouble=trouble,
        )

    def _comparison(self, one: Comparison) -> list[str]:
        from tracker.report.statement import mark_of

        return [
            self._desk.say(one.title),
            self._desk.say(one.column_title),
            *(write_number(kroner) for kroner in (one.ours, one.printed, one.difference)),
            self._desk.say(mark_of(one).words),
        ]

    def _likely_year(self) -> int:
        period = self._desk.session.period
        return datetime.now(UTC).year - 1 if period is None else period.year + 1

    def _check_year(self, typed: str) -> str:
        try:
            Period(int(typed), Part.YEAR)
        except ValueError:
            return self._desk.say(message("«{text}» er ikke et årstall: skriv for eksempel 2023.", text=typed))
        return ""

    def _check_file(self, typed: str) -> str:
        if not typed or Path(typed).is_file():
            return ""
        return self._desk.say(message("Finner ikke {file}: skriv hele filbanen, eller la feltet stå tomt.", file=typed))
