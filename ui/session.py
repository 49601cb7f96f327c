"""What is open: the file, the portfolio in it, the period that is worked with, and the one way to change it.

Must not know who shows it. `changed` is the one signal that goes through the whole application.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from PySide6.QtCore import QObject, Signal

from db.holding import HeldError, Hold, UnholdableError, hold
from db.journal import Signature, written_since
from db.key import Key, fitting, salt_of
from db.opening import waits_for_migration
from db.plain_file import refuse_no_file
from db.store import Lines, Store, open_store
from db.trouble import Trouble
from tracker.checking import Control, control_of, flags_of_figures
from tracker.edits import Edit, apply
from tracker.figures import PeriodFigures, figures_of
from tracker.flags import Case, Flag, Limits, cases_of, limits_of, past_of
from tracker.guarding import newest_lock, refuse_guarded
from tracker.history import FieldChange, field_changes
from tracker.lights import Lights
from tracker.merging.lineage import NO_LINEAGE, Knowledge, Lineage
from tracker.messages import Message, Refusal, message
from tracker.model import Portfolio
from tracker.periods import Period
from tracker.steps import MADE, REDONE, UNDONE, Step, Steps
from tracker.taking_back import taken_back
from tracker.tracing import Imported

if TYPE_CHECKING:
    from db.hub.pulling import Fetched
    from db.package import Came, Roots
    from tracker.merging.plan import MergePlan


class View:
    """A portfolio and a period as the pages show them: figures and flags derived when first asked for.

    Until the texts have been read (`reads_texts`), its flags are those of the figures: a window need not wait.
    """

    def __init__(self, portfolio: Portfolio, period: Period | None, *, reads_texts: bool = True) -> None:
        self.portfolio, self.period, self.reads_texts = portfolio, period, reads_texts

    @cached_property
    def figures(self) -> PeriodFigures | None:
        """The period's figures, projects that it says nothing of left out; None where there is no period."""
        return None if self.period is None else figures_of(self.portfolio, self.period)

    @cached_property
    def limits(self) -> Limits:
        """The portfolio's limits, the usual ones where its own can't be read."""
        try:
            return limits_of(self.portfolio)
        except Refusal:
            return Limits()

    @cached_property
    def flags(self) -> Sequence[Flag]:
        """The period's flags, worst first."""
        if self.figures is None:
            return ()
        if not self.reads_texts:
            return flags_of_figures(self.portfolio, self.figures, self.limits)
        return self.control.flags

    @cached_property
    def control(self) -> Control:
        """All that the check of the period finds, texts read, and what was put aside."""
        if self.figures is None:
            return Control()
        return control_of(self.portfolio, self.figures, self.limits)

    @cached_property
    def cases(self) -> Mapping[str, Case]:
        """What the rules look at, by project."""
        if self.figures is None:
            return {}
        past = past_of(self.portfolio, self.figures)
        return {case.figures.project.id: case for case in cases_of(self.figures, self.limits, past)}

    @cached_property
    def lights(self) -> Lights | None:
        """The period's lights, each made when it is asked for."""
        if self.figures is None:
            return None
        return Lights(self.portfolio, self.figures, flags=self.flags, limits=self.limits)

    def derive(self) -> None:
        """Derive figures and flags now."""
        _ = self.flags


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Put off the search for cycles while much is made that has none, and leave it out of every later search."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


class Session(QObject):
    """One portfolio at a time. Everything that changes it is an edit that goes through `perform`."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None, *, who: str = "") -> None:
        super().__init__(parent)
        self.who, self.only_reads = who, False
        self.path: Path | None = None
        self.view = View(Portfolio(), None)
        self.saved_at: datetime | None = None
        self.read_only_because: Message | None = None
        self._store: Store | None = None
        self._hold: Hold | None = None
        self._steps: Steps | None = None
        self._unchecked = False
        self.key: Key | None = None
        self.keys: dict[bytes, Key] = {}
        self.before_migrating: Callable[[Path, Key | None], None] = lambda *_: None

    @property
    def portfolio(self) -> Portfolio:
        """The portfolio as it stands."""
        return self.view.portfolio

    @property
    def period(self) -> Period | None:
        """The period that is worked with."""
        return self.view.period

    @property
    def can_edit(self) -> bool:
        """Whether edits can be made: a file is open, and nobody else has it."""
        return self._store is not None and self.read_only_because is None

    def open(self, path: Path, *, key: Key | None = None) -> None:
        """Open a portfolio at its newest period; read-only where somebody else has it.

        An encrypted one is opened by the key, or by one that was in use or asked for before: `keys` holds them.

        Raises Trouble when it can't be read, KeyNeeded when its key is not known; what was open stays open.
        """
        refuse_no_file(path)
        key = fitting(path, key or self.key_of(path))
        if self.path is not None and path.resolve() == self.path.resolve():
            self.close()
        held, because = (None, _READS) if self.only_reads else _held(path, self.who)
        try:
            if held is not None and waits_for_migration(path, key):
                self.before_migrating(path, key)
            store = open_store(path, read_only=held is None, key=key)
            with _without_collecting():
                portfolio = store.load_unchecked()
                view = View(portfolio, max(portfolio.periods(), default=None), reads_texts=False)
                _derive(view, store)
        except BaseException:
            if held is not None:
                held.release()
            raise
        self.close()
        self.path, self._store, self._hold, self.read_only_because = path, store, held, because
        self._steps, self.saved_at, self._unchecked, self.key = None, None, True, key
        if key is not None:
            self.keys[key.salt] = key
        self.view = view
        self.changed.emit()

    def key_of(self, path: Path) -> Key | None:
        """Return the key that is likely to open a file: its own where that was asked for, else the open file's."""
        return self.keys.get(salt_of(path) or b"", self.key)

    def close(self) -> None:
        """Let go of the file."""
        if self._store is not None:
            self._store.close()
        if self._hold is not None:
            self._hold.release()
        self.path, self._store, self._hold = None, None, None
        self.view = View(Portfolio(), None)

    def check(self) -> None:
        """Compare what was read with the journal, once; edits do it first, and an idle moment does it anyway.

        Raises Trouble when the content was changed behind Tertial's back: from then on it is read-only.
        """
        work = self.checking()
        if work is None:
            return
        try:
            work()
        except Trouble as trouble:
            self.distrust(trouble)
            raise
        self._unchecked = False

    def checking(self) -> Callable[[], None] | None:
        """Return the comparison as work for another thread, None when it is done already."""
        if not self._unchecked or self._store is None:
            return None
        return self._store.checking(self.portfolio)

    def trust(self) -> None:
        """Take it that the comparison found nothing."""
        self._unchecked = False

    def distrust(self, trouble: Trouble) -> None:
        """Write nothing more: the file isn't what the journal says it is."""
        self._unchecked = False
        self.read_only_because = trouble.reason
        self.changed.emit()

    def reading(self) -> Callable[[], object] | None:
        """Return the reading of the texts as work for another thread; None when they are read, or not yet checked."""
        if self._unchecked or self.view.reads_texts:
            return None
        return View(self.portfolio, self.period).derive

    def take_texts(self) -> None:
        """Let what the texts say count among the flags; those that were read are not read again."""
        self.view = View(self.portfolio, self.period)
        self.changed.emit()

    def turn_to(self, period: Period) -> None:
        """Work with another period of the portfolio; its texts are read beside, as when it is opened."""
        if period != self.period:
            self.view = View(self.portfolio, period, reads_texts=False)
            self.changed.emit()

    def perform(
        self, edit: Edit, *, way: str = MADE, lines: Lines | None = None, lineage: Lineage = NO_LINEAGE
    ) -> None:
        """Make an edit: written to the file first, then shown. An edit without changes is none.

        `lines` are those of the ledger batches in it, `lineage` what it has from other files.

        Raises Refusal when the file is read-only, Trouble when it can't be written; then nothing is changed.
        """
        if edit.changes or lineage:
            self._commit(edit, way, lines, lineage)

    @property
    def steps(self) -> Steps:
        """What can be undone and redone, the next one last."""
        if self._store is None or not self.can_edit:
            return Steps()
        if self._steps is None:
            self._steps = self._store.steps()
        return self._steps

    def undo(self) -> Message | None:
        """Take the newest step back; returns what it was called, None when there is none."""
        return self._take_back(self.steps.undoable, UNDONE)

    def redo(self) -> Message | None:
        """Make the step again that was undone last; returns what it was called, None when there is none."""
        return self._take_back(self.steps.redoable, REDONE)

    def history(self, ids: set[str]) -> list[FieldChange]:
        """Return what was done to some records, newest first."""
        return [] if self._store is None else field_changes(self._store.history(ids))

    def changed_since_lock(self, period: Period) -> set[str]:
        """Return the ids of the records that were written after a period was locked, the last time."""
        lock = newest_lock(self.portfolio, period)
        return set() if self._store is None or lock is None else written_since(self._store.journal(), lock.id)

    @property
    def imports(self) -> Mapping[str, Imported]:
        """Which file each ledger batch was read from, by the batch's id."""
        from db.imports import imports_of

        return {} if self._store is None else imports_of(self._store, self.portfolio)

    def knowledge(self) -> Knowledge:
        """Return which edits the open file knows of, for reading what came from elsewhere."""
        from db.kinship import knowledge

        return Knowledge() if self._store is None else knowledge(self._store)

    def roots(self) -> Roots:
        """Return what a package or a form that is made now knows.

        Raises Refusal when no portfolio is open.
        """
        from db.package import roots_of

        return roots_of(self.opened())

    def merge_plan(self, came: Came | Fetched) -> MergePlan:
        """Plan the merge of what came, by file or from a hub.

        Raises Refusal when it is of another portfolio, or none is open.
        """
        return came.plan(self.opened(), self.portfolio)

    def vouchers(self, ledger: str) -> frozenset[str]:
        """Return the vouchers that the keyed batches of a ledger hold."""
        if self._store is None:
            return frozenset()
        from ui.taking_ledger import vouchers_in

        return vouchers_in(self._store, self.portfolio, ledger)

    def signature(self, way: str) -> Signature:
        """Sign an edit that is made now, by some way."""
        at = datetime.now(UTC).isoformat(timespec="seconds")
        return Signature(who=self.who, at=at, way=way, entry_id=self.new_id())

    def new_id(self) -> str:
        """Return a fresh id for a record."""
        return str(uuid4())

    def opened(self) -> Store:
        """Return the open file's store, to be read on the window's thread.

        Raises Refusal when no portfolio is open.
        """
        if self._store is None:
            raise Refusal(message("Ingen portefølje er åpen: åpne en først."))
        return self._store

    def _take_back(self, steps: tuple[Step, ...], way: str) -> Message | None:
        if not steps or self._store is None:
            return None
        from db.kinship import lineage_of_taking_back

        edit = self._store.edit_at(steps[-1].seq, self.portfolio)
        lineage = lineage_of_taking_back(self._store, steps[-1].seq)
        self._commit(taken_back(self.portfolio, edit), way, None, lineage)
        return edit.label

    def _commit(self, edit: Edit, way: str, lines: Lines | None = None, lineage: Lineage = NO_LINEAGE) -> None:
        if self._store is None or self.read_only_because is not None:
            raise Refusal(self.read_only_because or message("Ingen portefølje er åpen: åpne en først."))
        refuse_guarded(
            self.portfolio, edit, takes_back=bool(lineage.undid), comes_from_home=bool(lineage.undid or lineage.seen)
        )
        self.check()
        after = apply(self.portfolio, edit)
        steps = self.steps
        entry = self._store.commit(edit, self.signature(way), lines=lines, lineage=lineage)
        self._steps = steps.after(Step(seq=entry.seq, label=edit.label), way)
        self.saved_at = datetime.now(UTC)
        period = self.period if after.state_of(self.period) is not None else max(after.periods(), default=None)  # type: ignore[arg-type]
        self.view = View(after, period, reads_texts=self.view.reads_texts)
        self.changed.emit()


def _derive(view: View, store: Store) -> None:
    """Derive figures and flags; where that fails, a damaged file is told from a bug.

    Raises Trouble when the content isn't what the journal says it is.
    """
    try:
        view.derive()
    except Exception:
        store.check(view.portfolio)
        raise


_READS = message("Du har sagt at du er leser, så filen kan bare leses: rollen endres i innstillingene.")


def _held(path: Path, who: str) -> tuple[Hold | None, Message | None]:
    """Take a file for writing, or say why it is only to be read."""
    try:
        return hold(path, who=who), None
    except HeldError as held:
        if held.holder is None:
            return None, message("{file} er åpen i et annet vindu, så den kan bare leses her.", file=path.name)
        return None, message(
            "{file} er åpen hos {who} på {host}, så den kan bare leses her.",
            file=path.name,
            who=held.holder.who,
            host=held.holder.host,
        )
    except Trouble:
        return None, message(
            "Disken er full, så {file} kan bare leses: frigjør plass og åpne den igjen.", file=path.name
        )
    except UnholdableError:
        return None, message("Mappen til {file} er skrivebeskyttet, så den kan bare leses.", file=path.name)
