"""What is done with statuses and periods from the window: submitted, approved, sent back, locked, reopened, reminded.

Must not know how a page shows it, nor a rule of it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from urllib.parse import quote

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication

from db.backup import BackupReason
from tracker.budgeting.titles import KIND_TITLES
from tracker.closing import lock, reopen, unapproved
from tracker.comparing import COLUMNS, Cell, compare_periods
from tracker.edits import Edit
from tracker.flags import Severity
from tracker.kind_titles import COMMENT_TITLES
from tracker.late_changes import LateChange, late_changes, late_comments
from tracker.messages import Message, message
from tracker.model import Comment, ProjectId
from tracker.money import in_thousands, write_number
from tracker.periods import Period
from tracker.reminders import reminders_for
from tracker.steps import SETTLED
from tracker.workflow import Mover, approve, send_back, submit, take_back
from ui.asking import FormField, TableQuestion
from ui.backing_up import BackingUp
from ui.desk import Desk
from ui.editing import Editing
from ui.telling import telling
from ui.words import period_title


class PeriodWork:
    """Does it, or tells why not."""

    def __init__(self, desk: Desk, editing: Editing, backing_up: BackingUp) -> None:
        self._desk, self._editing, self._backing_up, self._say = desk, editing, backing_up, desk.say

    def submit(self, projects: Sequence[ProjectId]) -> None:
        """Submit statuses to the controller."""
        self._move(lambda period, mover: submit(self._desk.session.portfolio, period, projects, mover))

    def take_back(self, projects: Sequence[ProjectId]) -> None:
        """Take submitted statuses back."""
        self._move(lambda period, mover: take_back(self._desk.session.portfolio, period, projects, mover))

    def approve(self, projects: Sequence[ProjectId]) -> None:
        """Approve submitted statuses."""
        self._move(lambda period, mover: approve(self._desk.session.portfolio, period, projects, mover))

    def send_back(self, projects: Sequence[ProjectId]) -> None:
        """Ask what must be done, and send statuses back with that."""
        asked = self._desk.ask.form(
            self._say(message("Send tilbake")),
            [FormField(key="text", title=self._say(message("Hva må rettes?")), check=self._check_text)],
            self._say(message("Send tilbake")),
        )
        if asked is None:
            return
        session = self._desk.session
        self._move(
            lambda period, mover: send_back(
                session.portfolio, period, projects, mover, text=asked["text"], new_id=session.new_id
            )
        )

    def lock(self) -> None:
        """Lock the period: what isn't approved is shown first, and a backup is taken."""
        session, period = self._desk.session, self._desk.session.period
        if period is None:
            return
        waiting = unapproved(session.portfolio, period)
        asked = message("Låse {period}? Det som er rapportert, blir da stående slik det er nå.", period=period)
        question = f"{self._say(asked)}\n{self._say(self._open_findings())}"
        if waiting:
            agreed = self._desk.ask.confirm_table(
                TableQuestion(
                    title=self._say(message("Lås {period}", period=period)),
                    lead=question,
                    headings=[self._say(message("Ikke godkjent"))],
                    rows=[[self._say(one)] for one in waiting],
                    yes=self._say(message("Lås likevel")),
                    trouble=self._say(message("{count} {count:status|statuser} er ikke godkjent.", count=len(waiting))),
                )
            )
        else:
            agreed = self._desk.ask.confirm(question, self._say(message("Lås perioden")))
        if not agreed or not self._backing_up.now(BackupReason.BEFORE_LOCK):
            return
        at = datetime.now(UTC)
        self._settle(lambda: lock(session.portfolio, period, who=session.who, at=at, new_id=session.new_id))

    def _open_findings(self) -> Message:
        """Say how many findings the period is locked with."""
        flags = self._desk.session.view.control.flags
        if not flags:
            return message("Kontrollen har ingen åpne funn.")
        return message(
            "Kontrollen har {count} {count:åpent|åpne} funn, {critical} av dem {critical:kritisk|kritiske}: se siden "
            "Kontroll.",
            count=len(flags),
            critical=sum(flag.severity is Severity.CRITICAL for flag in flags),
        )

    def reopen(self) -> None:
        """Ask why, and open the period again."""
        session, period = self._desk.session, self._desk.session.period
        if period is None:
            return
        asked = self._desk.ask.form(
            self._say(message("Åpne {period} igjen", period=period)),
            [FormField(key="reason", title=self._say(message("Hvorfor?")), check=self._check_text)],
            self._say(message("Åpne igjen")),
        )
        if asked is not None:
            self._settle(lambda: reopen(session.portfolio, period, reason=asked["reason"]))

    def remind(self) -> None:
        """Show who has something left, and open the chosen one's mail; what it says is on the clipboard too."""
        session, period = self._desk.session, self._desk.session.period
        if period is None:
            return
        found = reminders_for(session.portfolio, period)
        if not found:
            self._desk.ask.inform(self._say(message("Alle har levert.")))
            return
        chosen = self._desk.ask.choose(
            TableQuestion(
                title=self._say(message("Påminnelser")),
                lead=self._say(message("Velg en påminnelse: den kopieres og åpnes i e-postprogrammet.")),
                headings=[self._say(message("Til")), self._say(message("Emne"))],
                rows=[[one.to or "-", self._say(one.subject)] for one in found],
                yes=self._say(message("Kopier og åpne i e-post")),
            )
        )
        if chosen is None:
            return
        one = found[chosen]
        subject, body = self._say(one.subject), "\n".join(map(self._say, one.lines))
        QGuiApplication.clipboard().setText(f"{subject}\n\n{body}")
        QDesktopServices.openUrl(QUrl(f"mailto:?subject={quote(subject)}&body={quote(body)}"))

    def show_late_changes(self) -> None:
        """Show what came after the period was locked."""
        session, period = self._desk.session, self._desk.session.period
        if period is None:
            return
        with telling(self._desk):
            since = session.changed_since_lock(period)
            found = late_changes(session.portfolio, period, since=since)
            comments = late_comments(session.portfolio, period, since=since)
            if not found and not comments:
                self._desk.ask.inform(
                    self._say(message("Ingenting er endret i {period} etter låsingen.", period=period))
                )
                return
            lead = message("Tallene er rapportert som de sto. Slik ville de vært i dag, i 1000 kr:")
            if comments:
                lead = message(
                    "Tallene er rapportert som de sto. Slik ville de vært i dag, i 1000 kr. Det som kom i pakker og "
                    "skjemaer etter låsingen, står nederst, og i kommentarene til prosjektene."
                )
            self._show_rows(
                message("Sene endringer i {period}", period=period),
                lead,
                (message("Rapportert"), message("I dag"), message("Endring"), message("Det som kom")),
                [*(self._late_row(one) for one in found), *map(self._comment_row, comments)],
            )

    def compare(self) -> None:
        """Ask which period to compare with, and show what differs per project and in sum."""
        session, period = self._desk.session, self._desk.session.period
        others = [one for one in reversed(session.portfolio.periods()) if one != period]
        if period is None or not others:
            self._desk.ask.tell(self._say(message("Porteføljen har bare én periode.")))
            return
        asked = self._desk.ask.form(
            self._say(message("Sammenlign {period}", period=period)),
            [
                FormField(
                    key="other",
                    title=self._say(message("Med")),
                    choices=[(str(one), self._say(period_title(one))) for one in others],
                )
            ],
            self._say(message("Sammenlign")),
        )
        if asked is None:
            return
        other = next(one for one in others if str(one) == asked["other"])
        found = compare_periods(session.portfolio, other, period)
        self._show_rows(
            message("{later} sammenlignet med {earlier}", later=period, earlier=other),
            message("Det som er forskjellig, i 1000 kr:"),
            (period_title(other), period_title(period), message("Endring")),
            [self._cell_row(cell) for cell in (*found.sums, *found.changed)],
        )

    def _show_rows(
        self, title: Message, lead: Message, headings: Sequence[Message], rows: Sequence[Sequence[str]]
    ) -> None:
        say = self._say
        self._desk.ask.show(
            TableQuestion(
                title=say(title),
                lead=say(lead),
                headings=[say(message("Prosjekt")), say(message("Tall")), *map(say, headings)],
                rows=rows,
                numbers=(2, 3, 4),
                yes=say(message("Lukk")),
            )
        )

    def _cell_row(self, cell: Cell) -> list[str]:
        return [
            self._say(message("Sum")) if cell.project is None else cell.project.name,
            self._say(COLUMNS[cell.column]),
            _thousands(cell.before),
            _thousands(cell.after),
            _thousands(cell.change),
        ]

    def _late_row(self, late: LateChange) -> list[str]:
        lines = [one.note or self._say(KIND_TITLES[one.kind]) for one in late.lines]
        sources = [one.source for one in late.batches]
        return [*self._cell_row(late.cell), ", ".join(dict.fromkeys([*lines, *sources]))]

    def _comment_row(self, comment: Comment) -> list[str]:
        name = self._desk.session.portfolio.projects[comment.project].name
        told = f"{comment.by} {comment.at.astimezone():%d.%m.%Y}: {' · '.join(comment.text.splitlines())}"
        return [name, self._say(COMMENT_TITLES[comment.kind]), "", "", "", told]

    def _move(self, make: Callable[[Period, Mover], Edit]) -> None:
        period = self._desk.session.period
        if period is not None:
            mover = Mover(who=self._desk.session.who, at=datetime.now().astimezone())
            self._settle(lambda: make(period, mover))

    def _settle(self, make: Callable[[], Edit]) -> None:
        refusal = self._editing.perform(make, way=SETTLED)
        if refusal:
            self._desk.ask.tell(refusal)

    def _check_text(self, typed: str) -> str:
        return "" if typed.strip() else self._say(message("Feltet kan ikke stå tomt."))


def _thousands(kroner: int | None) -> str:
    return "-" if kroner is None else write_number(in_thousands(kroner))
