"""The ways in which a file is damaged, each from a source of chance. Must not know what becomes of it."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from random import Random

from db.schema import APPLICATION_ID

PAGE = 4096
_HEADER = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """What damage is made of: the file, its backup of earlier the same day, and journals that kills left."""

    file: Path
    backup: Path
    half_written: Path
    stale: Path
    foreign: Path


Way = Callable[[Path, Random, Sources], None]


def sources_of(file: Path, backup: Path, folder: Path) -> Sources:
    """Make journals: one that is the file's own, one of its backup, one of another database."""
    other = folder / "annen.sqlite"
    with closing(sqlite3.connect(other)) as connection:
        connection.executescript("CREATE TABLE status (id, text); INSERT INTO status VALUES (1, '')")
        connection.executemany("INSERT INTO status VALUES (?, ?)", ((n, "x" * 900) for n in range(200)))
        connection.commit()
    return Sources(
        file=file,
        backup=backup,
        half_written=_killed(file, folder / "halvskrevet"),
        stale=_killed(backup, folder / "gammel"),
        foreign=_killed(other, folder / "fremmed"),
    )


def _killed(file: Path, into: Path) -> Path:
    """Copy a file and its journal as a kill in the middle of a commit leaves them."""
    work = into.with_suffix(".arbeid")
    shutil.copyfile(file, work)
    with closing(sqlite3.connect(work, isolation_level=None)) as connection:
        connection.execute("PRAGMA cache_size = 1")
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("DROP TABLE IF EXISTS comment")
        connection.execute("CREATE TABLE filled AS SELECT printf('%.*c', 300000, 'x') AS text")
        shutil.copyfile(work, into)
        shutil.copyfile(_journal(work), _journal(into))
        connection.execute("ROLLBACK")
    return into


def flip_a_bit(path: Path, chance: Random, _sources: Sources) -> None:
    """Turn one bit, anywhere."""
    _flip(path, chance.randrange(path.stat().st_size), chance)


def flip_a_bit_of_the_header(path: Path, chance: Random, _sources: Sources) -> None:
    """Turn one bit of what SQLite and Tertial look at first."""
    _flip(path, chance.randrange(_HEADER), chance)


def flip_a_bit_of_the_schema(path: Path, chance: Random, _sources: Sources) -> None:
    """Turn one bit where a trigger or a table is written down."""
    _flip(path, _place_of(path, chance, b"CREATE "), chance)


def flip_a_bit_of_the_journal(path: Path, chance: Random, _sources: Sources) -> None:
    """Turn one bit in or near a line of the journal."""
    _flip(path, _place_of(path, chance, b"Kari \xc3\x98deg"), chance)


def cut_short(path: Path, chance: Random, _sources: Sources) -> None:
    """Lose the end."""
    with path.open("rb+") as file:
        file.truncate(chance.randrange(path.stat().st_size))


def zero_pages(path: Path, chance: Random, _sources: Sources) -> None:
    """Lose what some pages held, as a bad sector does."""
    _write_pages(path, chance, lambda: bytes(PAGE))


def scramble_pages(path: Path, chance: Random, _sources: Sources) -> None:
    """Let something else stand in some pages."""
    _write_pages(path, chance, lambda: chance.randbytes(PAGE))


def swap_pages(path: Path, chance: Random, _sources: Sources) -> None:
    """Let two pages change places."""
    content = bytearray(path.read_bytes())
    one, other = (chance.randrange(len(content) // PAGE) * PAGE for _ in range(2))
    first, second = bytes(content[one : one + PAGE]), bytes(content[other : other + PAGE])
    content[one : one + PAGE], content[other : other + PAGE] = second, first
    path.write_bytes(content)


def double_the_tail(path: Path, chance: Random, _sources: Sources) -> None:
    """Write the end twice."""
    content = path.read_bytes()
    path.write_bytes(content + content[-chance.randrange(1, len(content)) :])


def mix_with_the_backup(path: Path, chance: Random, sources: Sources) -> None:
    """Let some pages be those of an earlier day, as a sync service that stopped half-way leaves them."""
    old = sources.backup.read_bytes()
    content = bytearray(path.read_bytes())
    for _ in range(chance.randrange(1, 6)):
        at = chance.randrange(min(len(old), len(content)) // PAGE) * PAGE
        content[at : at + PAGE] = old[at : at + PAGE]
    path.write_bytes(content)


def empty(path: Path, _chance: Random, _sources: Sources) -> None:
    """Lose all."""
    path.write_bytes(b"")


def another_database(path: Path, chance: Random, _sources: Sources) -> None:
    """Put another program's database there, marked as ours."""
    path.unlink()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {chance.choice((0, 1, 3))}")
        connection.execute("CREATE TABLE project (id, name)")
        connection.execute("INSERT INTO project VALUES (1, 'x')")
        connection.commit()


def own_journal(path: Path, _chance: Random, sources: Sources) -> None:
    """Be killed in the middle of a commit."""
    shutil.copyfile(sources.half_written, path)
    shutil.copyfile(_journal(sources.half_written), _journal(path))


def stale_journal(path: Path, _chance: Random, sources: Sources) -> None:
    """Lie beside a journal of an earlier day."""
    shutil.copyfile(_journal(sources.stale), _journal(path))


def foreign_journal(path: Path, _chance: Random, sources: Sources) -> None:
    """Lie beside the journal of another file."""
    shutil.copyfile(_journal(sources.foreign), _journal(path))


def broken_journal(path: Path, chance: Random, sources: Sources) -> None:
    """Be killed in the middle of a commit, and lose a bit of what would undo it."""
    own_journal(path, chance, sources)
    _flip(_journal(path), chance.randrange(_journal(path).stat().st_size), chance)


WAYS: tuple[tuple[Way, int], ...] = (
    (flip_a_bit, 40),
    (flip_a_bit_of_the_header, 6),
    (flip_a_bit_of_the_schema, 6),
    (flip_a_bit_of_the_journal, 8),
    (cut_short, 8),
    (zero_pages, 7),
    (scramble_pages, 5),
    (swap_pages, 5),
    (double_the_tail, 3),
    (mix_with_the_backup, 4),
    (empty, 1),
    (another_database, 2),
    (own_journal, 1),
    (stale_journal, 1),
    (foreign_journal, 1),
    (broken_journal, 2),
)
"""Every way, and how many of a hundred are damaged by it."""


def _flip(path: Path, at: int, chance: Random) -> None:
    with path.open("rb+") as file:
        file.seek(at)
        (byte,) = file.read(1)
        file.seek(at)
        file.write(bytes([byte ^ 1 << chance.randrange(8)]))


def _place_of(path: Path, chance: Random, near: bytes) -> int:
    content = path.read_bytes()
    places = []
    at = content.find(near)
    while at >= 0:
        places.append(at)
        at = content.find(near, at + 1)
    return min(chance.choice(places) + chance.randrange(400), len(content) - 1)


def _write_pages(path: Path, chance: Random, made: Callable[[], bytes]) -> None:
    count = path.stat().st_size // PAGE
    with path.open("rb+") as file:
        for _ in range(chance.randrange(1, 4)):
            file.seek(chance.randrange(count) * PAGE)
            file.write(made())


def _journal(path: Path) -> Path:
    return path.with_name(f"{path.name}-journal")
