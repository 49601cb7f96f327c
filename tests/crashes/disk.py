"""A disk in memory that remembers what was written since it was last told to keep it, for apsw's SQLite to work on.

What a power cut leaves of it is what was synced, and of the rest whatever chance keeps: writes lost, kept in another
order, and torn. Names of files are kept and lost in the same way, until their folder is synced. Must not know what is
in the files.

It is what SQLite asks of a Unix file system (`os_unix.c`): the folder is synced with the first sync of a new journal,
and after a deletion where SQLite says so, which it does with `synchronous = EXTRA`.
"""

# ruff: noqa: N802  SQLite has its own names
from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TypeVar

import apsw

SECTOR = 4096
_JOURNALS = apsw.SQLITE_OPEN_MAIN_JOURNAL | apsw.SQLITE_OPEN_SUPER_JOURNAL | apsw.SQLITE_OPEN_WAL
_IN_ORDER, _TORN, _KEPT_OF_TORN, _GARBLED_OF_LOST = 1 / 2, 1 / 3, 2 / 3, 1 / 2
_Anything = TypeVar("_Anything")

Write = tuple[int, bytes | None]
"""Where, and what; None is the end of the file."""
Watch = Callable[[str], None]
"""Is told of each thing that is done to the disk, when it has been done: `write p.tertial`."""


@dataclass(slots=True, eq=False)
class Kept:
    """A file: what is in it, what was when it was last synced, and what was written since."""

    content: bytearray = field(default_factory=bytearray)
    synced: bytes = b""
    since: list[Write] = field(default_factory=list)
    is_new_journal: bool = False

    def write(self, write: Write) -> None:
        """Write, or cut."""
        done(self.content, write)
        self.since.append(write)

    def sync(self) -> None:
        """Keep what is in it."""
        self.synced = bytes(self.content)
        self.since.clear()

    def left(self, rng: random.Random) -> bytes:
        """Return what a power cut now may leave of it."""
        left = bytearray(self.synced)
        for write in chance_of(self.since, rng):
            for part in torn(write, rng):
                done(left, part)
        return bytes(left)


@dataclass(slots=True)
class Disk:
    """Files by name, and the names that were given and taken since their folder was last synced."""

    files: dict[str, Kept] = field(default_factory=dict)
    synced: dict[str, Kept] = field(default_factory=dict)
    since: list[tuple[str, Kept | None]] = field(default_factory=list)
    watch: Watch = lambda _: None

    @classmethod
    def holding(cls, files: dict[str, bytes]) -> Disk:
        """Return a disk with some files, all synced."""
        kept = {name: Kept(content=bytearray(content), synced=content) for name, content in files.items()}
        return cls(files=dict(kept), synced=kept)

    def name(self, name: str, file: Kept | None) -> None:
        """Give a file a name, or take the name away."""
        if file is None:
            del self.files[name]
        else:
            self.files[name] = file
        self.since.append((name, file))

    def sync_names(self) -> None:
        """Keep the names as they are."""
        self.synced = dict(self.files)
        self.since.clear()

    def content(self) -> dict[str, bytes]:
        """Return what is on it."""
        return {name: bytes(file.content) for name, file in self.files.items()}

    def left(self, rng: random.Random) -> dict[str, bytes]:
        """Return what a power cut now may leave."""
        names = dict(self.synced)
        for name, file in chance_of(self.since, rng, in_order=True):
            if file is None:
                names.pop(name, None)
            else:
                names[name] = file
        return {name: file.left(rng) for name, file in names.items()}


def chance_of(since: Sequence[_Anything], rng: random.Random, *, in_order: bool = False) -> list[_Anything]:
    """Return what chance keeps of what was not synced: the first so many, or any, in any order unless it matters."""
    if rng.random() < _IN_ORDER:
        return list(since[: rng.randint(0, len(since))])
    likely = rng.random()
    kept = [one for one in since if rng.random() < likely]
    if not in_order:
        rng.shuffle(kept)
    return kept


def torn(write: Write, rng: random.Random) -> Iterator[Write]:
    """Yield the parts of a write that chance keeps, or makes neither old nor new of; most often all of it."""
    at, data = write
    if data is None or rng.random() > _TORN:
        yield write
        return
    cuts = sorted({0, len(data), *(rng.randrange(len(data) + 1) for _ in range(rng.randint(1, 3)))})
    for start, end in pairwise(cuts):
        if rng.random() < _KEPT_OF_TORN:
            yield at + start, data[start:end]
        elif rng.random() < _GARBLED_OF_LOST:
            yield at + start, rng.randbytes(end - start)


def done(content: bytearray, write: Write) -> None:
    """Write something in a file's content, or cut it off; what was never written is zeros."""
    at, data = write
    if data is None:
        del content[at:]
        return
    content.extend(bytes(max(0, at - len(content))))
    content[at : at + len(data)] = data


class OpenFile:
    """A file as SQLite has it open. Nobody else is here, so every lock is given."""

    def __init__(self, disk: Disk, name: str, file: Kept) -> None:
        self._disk, self._name, self._file = disk, name, file

    def xRead(self, amount: int, offset: int) -> bytes:
        """Read, less at the end of the file."""
        return bytes(self._file.content[offset : offset + amount])

    def xWrite(self, data: bytes, offset: int) -> None:
        """Write."""
        self._file.write((offset, bytes(data)))
        self._disk.watch(f"write {self._name}")

    def xTruncate(self, size: int) -> None:
        """Cut."""
        self._file.write((size, None))
        self._disk.watch(f"cut {self._name}")

    def xSync(self, _flags: int) -> None:
        """Keep the content, and the name of a journal that is new."""
        self._file.sync()
        self._disk.watch(f"sync {self._name}")
        if self._file.is_new_journal:
            self._file.is_new_journal = False
            self._disk.sync_names()
            self._disk.watch("sync names")

    def xFileSize(self) -> int:
        """Return the size."""
        return len(self._file.content)

    def xLock(self, level: int) -> None:
        """Give the lock."""

    def xUnlock(self, level: int) -> None:
        """Take the lock back."""

    def xCheckReservedLock(self) -> bool:
        """Return whether somebody is about to write."""
        return False

    def xFileControl(self, _operation: int, _pointer: int) -> bool:
        """Know of nothing else."""
        return False

    def xSectorSize(self) -> int:
        """Return what `os_unix.c` does."""
        return SECTOR

    def xDeviceCharacteristics(self) -> int:
        """Return what `os_unix.c` does: what lies beside a write survives it."""
        return apsw.SQLITE_IOCAP_POWERSAFE_OVERWRITE

    def xClose(self) -> None:
        """Close."""


class DiskSystem(apsw.VFS):
    """The files of a disk, as SQLite asks for them."""

    def __init__(self, disk: Disk) -> None:
        self.name = f"disk-{id(self)}"
        self._disk = disk
        super().__init__(self.name, "")

    def xFullPathname(self, name: str) -> str:
        """Return the name: there are no folders."""
        return name

    def xAccess(self, name: str, _flags: int) -> bool:
        """Return whether a file is there, with something in it."""
        return name in self._disk.files and bool(self._disk.files[name].content)

    def xDelete(self, name: str, sync: bool) -> None:  # noqa: FBT001  so SQLite has it
        """Take a name away, and sync the folder where it is asked for."""
        if name not in self._disk.files:
            raise apsw.IOError
        self._disk.name(name, None)
        self._disk.watch(f"delete {name}")
        if sync:
            self._disk.sync_names()
            self._disk.watch("sync names")

    def xOpen(self, name: str | apsw.URIFilename | None, flags: list[int]) -> OpenFile:  # type: ignore[override]  # it has the methods
        """Open a file, or make it. One without a name is nobody's but this connection's."""
        flags[1] = flags[0]
        if name is None:
            return OpenFile(Disk(), "", Kept())
        known = name if isinstance(name, str) else name.filename()
        if known not in self._disk.files:
            if not flags[0] & apsw.SQLITE_OPEN_CREATE:
                raise apsw.CantOpenError
            self._disk.name(known, Kept(is_new_journal=bool(flags[0] & _JOURNALS)))
            self._disk.watch(f"make {known}")
        return OpenFile(self._disk, known, self._disk.files[known])
