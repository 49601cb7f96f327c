"""What commands that change a portfolio do: hold the file, make the edit, guard it, write it.

Must not know any command.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from db.backup import BackupReason
from db.holding import HeldError, Hold, UnholdableError, hold
from db.opening import waits_for_migration
from db.store import Lines, Store, new_store, open_store
from tracker.edits import Edit, apply
from tracker.guarding import refuse_guarded
from tracker.merging.lineage import NO_LINEAGE, Lineage
from tracker.messages import Refusal, message
from tracker.model import Portfolio
from ui.commands.opening import signature, user_name
from ui.commands.safekeeping import keep_backup, keep_daily_backup
from ui.commands.unlocking import key_for


@dataclass(slots=True)
class Opened:
    """A portfolio file that a command changes: what is in it now, and the way to change it."""

    store: Store
    portfolio: Portfolio
    is_safe: bool = False
    """Whether nothing can be lost any more: it is new, or was backed up by this command."""

    def keep_backup(self, reason: BackupReason) -> None:
        """Back the file up before something large.

        Raises Trouble when that can't be done; then nothing large is done.
        """
        if not self.is_safe:
            keep_backup(self.store.path, reason)
            self.is_safe = True

    def perform(
        self,
        edit: Edit,
        *,
        way: str = "command",
        lines: Lines | None = None,
        lineage: Lineage = NO_LINEAGE,
        comes_from_home: bool = False,
    ) -> None:
        """Write an edit with its ledger lines and its lineage, and know it. An edit without changes is none.

        `comes_from_home` where a package is told by the portfolio itself what is the controller's.

        Raises Refusal when something is locked or submitted, Trouble when the file can't be written.
        """
        if not edit.changes and not lineage:
            return
        refuse_guarded(self.portfolio, edit, comes_from_home=comes_from_home)
        after = apply(self.portfolio, edit)
        if not self.is_safe:
            keep_daily_backup(self.store.path)
            self.is_safe = True
        self.store.commit(edit, signature(way), lines=lines, lineage=lineage)
        self.portfolio = after


@contextmanager
def changing(path: Path) -> Iterator[Opened]:
    """Hold a file while it is read and written, so that nobody's change comes in between.

    Raises Refusal when somebody else has it, Trouble when it can't be read.
    """
    with held(path):
        key = key_for(path)
        is_migrated = path.is_file() and waits_for_migration(path, key)
        if is_migrated:
            keep_backup(path, BackupReason.BEFORE_MIGRATION)
        with closing(open_store(path, key=key)) as store:
            yield Opened(store, store.load(), is_safe=is_migrated)


@contextmanager
def beginning(path: Path) -> Iterator[Opened]:
    """Make a new portfolio file, which takes its place only when the block ends well.

    Raises Refusal when its folder can't be written, Trouble when there is a file of that name.
    """
    with held(path), new_store(path) as store:
        yield Opened(store, store.load(), is_safe=True)


def held(path: Path) -> Hold:
    """Hold a file for this command.

    Raises Refusal when somebody else has it, or its folder can't be written.
    """
    try:
        return hold(path, who=user_name())
    except HeldError as found:
        who = "-" if found.holder is None else found.holder.who
        raise Refusal(
            message("{file} er åpen hos {who}: lukk den der, og prøv igjen.", file=path.name, who=who)
        ) from None
    except UnholdableError:
        raise Refusal(message("Mappen til {file} er skrivebeskyttet: velg en annen mappe.", file=path.name)) from None
