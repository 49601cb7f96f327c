"""Damages a portfolio again and again, and holds the program to it: read right, or noticed and met with a way back.

`python -m tests.damage.files --count 1000 --seed 1` prints what became of them. Nothing is taken as read right that
differs from what was written, in records, journal or ledger lines; what is recovered is compared too.
"""

from __future__ import annotations

import argparse
import faulthandler
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import Enum
from pathlib import Path
from random import Random

from db.backup import backups_of, restore
from db.journal import Signature
from db.recovering import losses_of, recover
from db.trouble import Trouble
from db.ways_back import WaysBack, ways_back
from db.wholeness import require_whole
from tests.damage.portfolio import Content, content_of, make
from tests.damage.ways import WAYS, Sources, Way, sources_of
from tests.windows import made_id
from tracker.messages import Refusal
from ui.session import Session

SIGNED = Signature(who="Kari", at="2024-02-02T08:00:00+00:00", way="beginning", entry_id=made_id(99_999))
_NOW = datetime(2024, 2, 2, 8, tzinfo=UTC)


class Noticed(Enum):
    """Who saw the damage; nobody, where nothing that anybody wrote is changed."""

    OPENING = "ved åpning"
    CHECK = "av kontrollen ved siden av vinduet"
    DAILY = "av dagens gjennomsyn (og «tertial verify»)"
    NOBODY = "av ingen: alt er likt"


class Ended(Enum):
    """What became of the file."""

    READ_RIGHT = "lest riktig"
    RECOVERED = "gjenopprettet uten tap av endringer"
    RECOVERED_IN_PART = "gjenopprettet delvis, tapet sagt"
    FROM_BACKUP = "tilbudt fra sikkerhetskopi"
    REFUSED = "avvist"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One damaged file."""

    way: str
    noticed: Noticed
    ended: Ended


class SilentlyWrongError(AssertionError):
    """What was read, or recovered, is not what was written, and nobody said so."""


class Bench:
    """A whole portfolio to damage copies of."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.backups = folder / "kopier"
        self.file = folder / "Prøve.tertial"
        self.content = make(self.file, backups=self.backups)
        self.sources: Sources = sources_of(self.file, backups_of(self.backups)[0].path, folder)

    def damaged(self, number: int, *, seed: int, way: Way | None = None) -> Outcome:
        """Damage one copy, and see what the program makes of it.

        Raises SilentlyWrongError, or whatever bug the program ends in.
        """
        chance = Random(f"{seed}-{number}")  # noqa: S311  the same each time
        chosen = way or chance.choices([one for one, _ in WAYS], [often for _, often in WAYS])[0]
        with tempfile.TemporaryDirectory(dir=self._folder) as made:
            path = Path(made) / "Prøve.tertial"
            shutil.copyfile(self.file, path)
            chosen(path, chance, self.sources)
            noticed, trouble = _noticed(path)
            if trouble is None:
                _require_same(self.content, content_of(path), "lest")
                return Outcome(way=chosen.__name__, noticed=noticed, ended=Ended.READ_RIGHT)
            ways = ways_back(path, trouble.reason, folder=self.backups)
            return Outcome(way=chosen.__name__, noticed=noticed, ended=self._gone_back(path, ways))

    def _gone_back(self, path: Path, ways: WaysBack) -> Ended:
        """Take every way that is offered, and see that it leads where it says."""
        ended = Ended.REFUSED if ways.backup is None else Ended.FROM_BACKUP
        if ways.saved is not None:
            ended = self._recovered(path.with_name("reddet.tertial"), ways, ended)
        if ways.backup is not None:
            restore(ways.backup, path, folder=path.parent / "kopier", now=_NOW)
            require_whole(path)
        return ended

    def _recovered(self, new: Path, ways: WaysBack, otherwise: Ended) -> Ended:
        saved = ways.saved
        assert saved is not None
        recover(saved, new, SIGNED)
        require_whole(new)
        found, losses = content_of(new), losses_of(saved)
        if not losses:
            _require_same(self.content, found, "gjenopprettet")
        if not saved.has_lost_changes:
            has_lost_batches = len(found.portfolio.ledger_batches) < len(self.content.portfolio.ledger_batches)
            _require_same_records(self.content, found, has_lost_batches=has_lost_batches)
            return Ended.RECOVERED
        return Ended.RECOVERED_IN_PART if len(saved.entries) > 1 else otherwise


def _noticed(path: Path) -> tuple[Noticed, Trouble | None]:
    """Open a file as the window does, check it beside it, and take the day's look."""
    session = Session(who="Kari")
    try:
        session.open(path)
    except (Trouble, Refusal) as known:
        return Noticed.OPENING, Trouble(known.reason)
    try:
        session.check()
    except Trouble as trouble:
        return Noticed.CHECK, trouble
    finally:
        session.close()
    try:
        require_whole(path)
    except Trouble as trouble:
        return Noticed.DAILY, trouble
    return Noticed.NOBODY, None


def _require_same(wanted: Content, found: Content, told: str) -> None:
    if found != wanted:
        raise SilentlyWrongError(told)


def _require_same_records(wanted: Content, found: Content, *, has_lost_batches: bool) -> None:
    """Hold records against each other; ledger batches are left out where some were told as lost."""
    left, right = wanted.portfolio, found.portfolio
    if has_lost_batches:
        left, right = (replace(one, ledger_batches={}) for one in (left, right))
    if left != right:
        raise SilentlyWrongError("gjenopprettede poster")


def main(arguments: list[str] | None = None) -> int:
    """Damage as many as are asked for, and count. Returns 1 when anything crashed, hung or was silently wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--way", choices=[way.__name__ for way, _ in WAYS], help="only in this way")
    given = parser.parse_args(arguments)
    only = next((way for way, _ in WAYS if way.__name__ == given.way), None)
    outcomes: list[Outcome] = []
    wrong = 0
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder))
        for number in range(given.count):
            faulthandler.dump_traceback_later(120, exit=True)
            try:
                outcomes.append(bench.damaged(number, seed=given.seed, way=only))
            except Exception as error:  # noqa: BLE001  counted, and told with how to see it again
                wrong += 1
                sys.stderr.write(f"number {number}, seed {given.seed}: {error!r}\n")
        faulthandler.cancel_dump_traceback_later()
    for line in told(outcomes):
        sys.stdout.write(f"{line}\n")
    sys.stdout.write(f"{given.count} files, seed {given.seed}: {wrong} crashed or silently wrong\n")
    return 1 if wrong else 0


def told(outcomes: list[Outcome]) -> Iterator[str]:
    """Tell how many ended how, and by whom they were noticed."""
    for ended in Ended:
        yield f"{sum(one.ended is ended for one in outcomes):5} {ended.value}"
    yield ""
    for noticed in Noticed:
        yield f"{sum(one.noticed is noticed for one in outcomes):5} oppdaget {noticed.value}"
    yield ""
    for (way, ended), number in sorted(Counter((one.way, one.ended.value) for one in outcomes).items()):
        yield f"{number:5} {way}: {ended}"


if __name__ == "__main__":
    sys.exit(main())
