"""Bringing packages home: which files, read away from the window, and each taken in as one step that can be undone.

Must not know how it is shown, nor decide anything.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from db.backup import BackupReason
from db.key import salt_of
from db.trouble import Trouble
from tracker.edits import StaleEditError
from tracker.merging.settling import Settler, settle
from tracker.messages import Message, Refusal, message
from tracker.steps import MERGED
from ui.arrivals import Arrival, reading
from ui.backing_up import BackingUp
from ui.desk import Desk
from ui.packing import files_in
from ui.telling import failing, tell, telling
from ui.unlocking import known_key


class Board(Protocol):
    """Where what came is shown."""

    def show_arrivals(self, arrivals: Sequence[Arrival]) -> None:
        """Show files that came."""

    def show_taken(self, sentence: str) -> None:
        """Show what was taken in, and plan the rest anew."""


class BringingIn:
    """Reads and takes in. `turn_to` brings the page that shows it to the front."""

    def __init__(self, desk: Desk, backing_up: BackingUp, turn_to: Callable[[], Board]) -> None:
        self._desk, self._backing_up, self._turn_to = desk, backing_up, turn_to
        self._backed_up: Path | None = None

    def ask(self) -> None:
        """Ask which files have come, and read them."""
        desk = self._desk
        if not self._is_ready():
            return
        paths = desk.ask.files_to_open(
            desk.say(message("Pakkene som er kommet tilbake")),
            desk.say(message("Pakker og skjemaer (*.tertial *.xlsx);;Alle filer (*)")),
        )
        if paths:
            self.read(paths)

    def ask_for_folder(self) -> None:
        """Ask for a folder of files that have come, and read them."""
        if not self._is_ready():
            return
        folder = self._desk.ask.folder(self._desk.say(message("Mappen med pakkene som er kommet tilbake")))
        if folder is not None:
            self.read([folder])

    def read(self, sources: Iterable[Path]) -> None:
        """Read files, and those in folders, and show what they would bring; nothing is taken yet."""
        desk, session = self._desk, self._desk.session
        path = session.path
        if not self._is_ready():
            return
        stopped: list[bool] = []
        with telling(desk):
            wanted = [one for one in files_in(list(sources)) if path is None or not _is_same(one, path)]
            if not wanted:
                raise Refusal(message("Det er bare den åpne porteføljen selv der: velg filene du har fått tilbake."))
            self._unlock(wanted)
            desk.jobs.start(
                reading(wanted, session, is_stopped=lambda: bool(stopped)),
                done=lambda arrivals: self.show(arrivals, of=path),
                failed=failing(desk),
                cancellable=True,
                stop=lambda: stopped.append(True),
            )

    def _unlock(self, paths: Iterable[Path]) -> None:
        """Ask once for each passphrase that is not known; without it, the files that it opens say so themselves."""
        for path in {salt_of(path): path for path in paths}.values():
            with suppress(Refusal, Trouble):
                known_key(self._desk, path)

    def show(self, arrivals: Sequence[Arrival], *, of: Path | None) -> None:
        """Show what was read for a portfolio, if that is still the one that is open."""
        if self._desk.session.path != of:
            return
        self._backed_up = None
        for arrival in arrivals:
            arrival.plan_anew(self._desk.session)
        self._turn_to().show_arrivals(arrivals)

    def take(self, arrivals: Sequence[Arrival]) -> str:
        """Take files in and show what was taken. Returns the sentence that says so, empty where nothing was."""
        told = self.take_in(arrivals)
        sentence = "" if told is None else self._desk.say(told)
        if sentence:
            self._turn_to().show_taken(sentence)
        return sentence

    def take_in(self, arrivals: Sequence[Arrival]) -> Message | None:
        """Take files in, each as one step; what stands in the way of one is told, and it is left as it was.

        Returns what was taken in, None where nothing was.
        """
        desk, taken, done = self._desk, 0, []
        if not self._is_backed_up():
            return None
        for arrival in arrivals:
            arrival.plan_anew(desk.session)
            if not arrival.can_be_taken:
                continue
            try:
                taken += self._taken(arrival)
            except (Refusal, Trouble) as known:
                tell(known, desk)
                break
            except StaleEditError:
                desk.ask.tell(desk.say(message("Noe er endret i mellomtiden: hent inn pakken på nytt.")))
                break
            done.append(arrival)
        return _told(done, taken) if done else None

    def _taken(self, arrival: Arrival) -> int:
        session = self._desk.session
        if arrival.plan is None or arrival.came is None:
            return 0
        settler = Settler(who=session.who, at=datetime.now(UTC), new_id=session.new_id)
        merge = settle(session.portfolio, arrival.plan, arrival.deciding.choices(arrival.plan), settler)
        lineage = replace(merge.lineage, seen=arrival.came.seen)
        session.perform(merge.edit, way=MERGED, lines=arrival.came.lines, lineage=lineage)
        return merge.taken

    def _is_backed_up(self) -> bool:
        """Take a backup before the first of some files; what can't be backed up isn't merged into."""
        path = self._desk.session.path
        if path is None:
            return False
        if self._backed_up != path:
            if not self._backing_up.now(BackupReason.BEFORE_MERGE):
                return False
            self._backed_up = path
        return True

    def _is_ready(self) -> bool:
        desk, session = self._desk, self._desk.session
        if session.path is None or not session.can_edit:
            desk.ask.tell(
                desk.say(session.read_only_because or message("Åpne porteføljen som filene skal hentes inn i, først."))
            )
            return False
        return True


def _is_same(one: Path, other: Path) -> bool:
    return one.exists() and other.exists() and one.samefile(other)


def _told(done: Sequence[Arrival], taken: int) -> Message:
    if len(done) == 1:
        return message(
            "Hentet inn {count} {count:endring|endringer} fra {who}. Ctrl+Z tar det tilbake.",
            count=taken,
            who=done[0].who,
        )
    return message(
        "Hentet inn {count} {count:endring|endringer} fra {files} filer. Ctrl+Z tar tilbake én fil om gangen.",
        count=taken,
        files=len(done),
    )
