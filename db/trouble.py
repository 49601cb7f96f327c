"""Known trouble with files and disks, each as one sentence for the user and what to do.

Must not know what the program was doing; anything not known here is a bug and is raised as it came.
"""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tracker.messages import Message, message, source


class Trouble(Exception):  # noqa: N818  the world is in the way; nothing was changed
    """The disk, the file or another program is in the way: one sentence, and what to do."""

    def __init__(self, reason: Message) -> None:
        super().__init__(reason.text)
        self.reason = reason


def _codes(*names: str) -> tuple[int, ...]:
    """Return those error numbers that this system has."""
    return tuple(code for name in names if (code := getattr(errno, name, None)) is not None)


_UNREACHABLE = source("{file} kan ikke leses eller skrives: kontroller disken eller nettverksmappen og prøv igjen.")


class Damage(Trouble):
    """The file itself is wrong: cut short, overwritten, or changed by something that isn't Tertial.

    There may be a way back, which `db.ways_back` finds.
    """


_BY_SQLITE_CODE = {
    sqlite3.SQLITE_FULL: source("Disken er full, så ingenting ble lagret i {file}: frigjør plass og prøv igjen."),
    sqlite3.SQLITE_READONLY: source(
        "{file} kan bare leses: fjern skrivebeskyttelsen eller lagre en kopi et annet sted."
    ),
    sqlite3.SQLITE_BUSY: source("{file} er i bruk av et annet vindu eller program: lukk det og prøv igjen."),
    sqlite3.SQLITE_LOCKED: source("{file} er i bruk av et annet vindu eller program: lukk det og prøv igjen."),
    sqlite3.SQLITE_CANTOPEN: source(
        "{file} kan ikke åpnes eller lagres: kontroller at mappen finnes og at du kan skrive i den."
    ),
    sqlite3.SQLITE_IOERR: _UNREACHABLE,
    sqlite3.SQLITE_INTERRUPT: source("{file} er skadet: hent fram en sikkerhetskopi."),
    sqlite3.SQLITE_CORRUPT: source("{file} er skadet: hent fram en sikkerhetskopi."),
    sqlite3.SQLITE_NOTADB: source("{file} er ikke en Tertial-fil: velg en fil som slutter på .tertial."),
    sqlite3.SQLITE_PERM: source("Du har ikke tilgang til {file}: be om tilgang eller velg en annen mappe."),
}
_MOVED = source(
    "{file} er flyttet, byttet ut eller på en disk som er tatt ut, så den ble ikke lagret: åpne den på nytt."
)
_BY_EXTENDED_CODE = {sqlite3.SQLITE_READONLY_DBMOVED: _MOVED}
_NO_ROOM = source("Disken er full, så {file} ble ikke skrevet: frigjør plass og prøv igjen.")
_OF_THE_FILE = {_BY_SQLITE_CODE[sqlite3.SQLITE_CORRUPT], _BY_SQLITE_CODE[sqlite3.SQLITE_NOTADB]}
_NO_ACCESS = source("Du har ikke tilgang til {file}: lukk den i andre programmer, eller velg en annen mappe.")
_BY_ERRNO = {
    errno.ENOSPC: _NO_ROOM,
    errno.EROFS: source("Disken kan bare leses, så {file} ble ikke skrevet: velg en annen mappe."),
    errno.EACCES: _NO_ACCESS,
    errno.EPERM: _NO_ACCESS,
    errno.ENOENT: source("Finner ikke {file}: kontroller navnet og mappen."),
    errno.EISDIR: source("{file} er en mappe: skriv navnet på en fil."),
    errno.ENOTDIR: source("Mappen til {file} finnes ikke: kontroller navnet."),
    errno.EEXIST: source("{file} finnes fra før: velg et annet navn."),
    errno.ELOOP: source("{file} er en lenke som peker på seg selv: velg en annen fil."),
    errno.ENAMETOOLONG: source("Navnet på {file} er for langt: velg et kortere."),
    **dict.fromkeys(_codes("EIO", "ENXIO", "ENODEV", "ESTALE", "ENOTCONN", "ETIMEDOUT", "EHOSTDOWN"), _UNREACHABLE),
    **dict.fromkeys(_codes("EDQUOT", "EFBIG"), _NO_ROOM),
}
_GUARDED = "guarded: "
_BY_GUARD = {
    "period is locked": source("Perioden er låst, så ingenting ble lagret i {file}: be controlleren åpne den igjen."),
    "status is submitted": source("Statusen er levert, så ingenting ble lagret i {file}: ta den tilbake først."),
    "status is not submitted": source("Statusen er ikke levert, så den ble ikke godkjent i {file}: lever den først."),
    "status is approved": source("Statusen er godkjent, så ingenting ble lagret i {file}: send den tilbake først."),
    "reported rows stay": source("Det som er rapportert, blir stående, så ingenting ble lagret i {file}."),
    "comments stay": source("Kommentarer blir stående, så ingenting ble lagret i {file}: skriv en ny."),
    "period is locked without a report": source("Perioden ble ikke låst i {file}: det rapporterte manglet."),
}
"""What the triggers of a file say no to. Everything that goes through the program is refused before, with names."""
_PRIMARY = 0xFF
_GONE = ("malformed JSON", "no such table", "no such column", "Could not decode to UTF-8", "unsupported file format")
_ASTRAY = "already exists"
"""What SQLite says when a part of a file of ours is gone, overwritten or somebody else's; it has no code of its own."""
OF_FILES = (sqlite3.Error, OSError, UnicodeDecodeError)
"""What reading and writing files ends in. A damaged name in what SQLite says of it can't even be decoded."""


UNREADABLE = (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError)
"""What a value that no record can have ends in; SQLite finds nothing wrong with it."""


def damaged(path: Path) -> Damage:
    """Return what is said of a file whose content nobody here wrote."""
    return Damage(message("{file} er skadet: hent fram en sikkerhetskopi.", file=path.name))


@contextmanager
def readable(path: Path) -> Iterator[None]:
    """Tell values that no record can have as damage to the file that they were read from."""
    try:
        yield
    except UNREADABLE:
        raise damaged(path) from None


@contextmanager
def known_trouble(path: Path) -> Iterator[None]:
    """Tell what the system or SQLite says of a path as the trouble it is. What isn't known is a bug, and stays one."""
    try:
        yield
    except OF_FILES as error:
        trouble = trouble_of(error, path)
        if trouble is None:
            raise
        raise trouble from error


def trouble_of(error: sqlite3.Error | OSError | UnicodeDecodeError, path: Path) -> Trouble | None:
    """Return the sentence for an error if it is known trouble, None if it is a bug."""
    if isinstance(error, sqlite3.Error):
        code = getattr(error, "sqlite_errorcode", None)
        text = _BY_EXTENDED_CODE.get(code, _BY_SQLITE_CODE.get(code & _PRIMARY)) if isinstance(code, int) else None
        if str(error).startswith(_GUARDED):
            text = _BY_GUARD[str(error).removeprefix(_GUARDED)]
        if text is None and (str(error).startswith(_GONE) or str(error).endswith(_ASTRAY)):
            text = _BY_SQLITE_CODE[sqlite3.SQLITE_CORRUPT]
    elif isinstance(error, UnicodeDecodeError):
        text = _BY_SQLITE_CODE[sqlite3.SQLITE_CORRUPT]
    else:
        text = _BY_ERRNO.get(error.errno or 0)
    if text is None:
        return None
    kind = Damage if text in _OF_THE_FILE else Trouble
    return kind(message(text, file=path.name))
