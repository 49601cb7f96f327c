"""`tertial backup make|list|restore FILE`: the window's backups from the command line.

Must not know how a backup is made.
"""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path

from db.backup import Backup, BackupReason, back_up, backups_folder, backups_of, restore
from db.key import Key, KeyNeeded, fitting
from db.trouble import Trouble
from db.ways_back import says_its_key
from db.wholeness import problems_of
from tracker.messages import Refusal, message
from ui.backup_words import reason_of, when
from ui.commands import safekeeping
from ui.commands.changing import held
from ui.commands.console import FINDINGS, FINE, Console
from ui.commands.unlocking import key_for

_STATES = {True: message("hel"), False: message("skadet"), None: message("kryptert med et annet passord")}


def run(given: Namespace, console: Console) -> int:
    """Do what is asked; `list` ends with 1 when a backup is damaged."""
    return _DONE[given.action](given, console)


def _make(given: Namespace, console: Console) -> int:
    folder, key = _folder(given.file), key_for(given.file)
    made = back_up(given.file, folder=folder, reason=BackupReason.ASKED_FOR, now=datetime.now(UTC), key=key)
    console.progress(message("Sikkerhetskopi tatt {time}: {path}.", time=when(made), path=str(made.path)))
    return FINE


def _list(given: Namespace, console: Console) -> int:
    found = backups_of(_folder(given.file))
    key = _key(given.file)
    whole = [_is_whole(one, key) for one in found]
    if given.json:
        console.json(
            [
                {"number": at, "path": str(one.path), "made_at": one.made_at.isoformat(), "reason": one.reason.value,
                 "whole": is_whole}
                for at, (one, is_whole) in enumerate(zip(found, whole, strict=True), start=1)
            ]
        )  # fmt: skip
    else:
        for at, (one, is_whole) in enumerate(zip(found, whole, strict=True), start=1):
            console.data(f"{at:3}  {when(one)}  {console.say(reason_of(one))}  {console.say(_STATES[is_whole])}")
    if not found:
        console.progress(message("{file} har ingen sikkerhetskopier ennå.", file=given.file.name))
    return FINDINGS if False in whole else FINE


def _restore(given: Namespace, console: Console) -> int:
    folder, key = _folder(given.file), key_for(given.file)
    chosen = _chosen(given, backups_of(folder), _key(given.file))
    with held(given.file):
        restore(chosen, given.file, folder=folder, now=datetime.now(UTC), key=key, backup_key=_key_of(chosen, key))
    console.progress(
        message(
            "{file} er gjenopprettet fra {time}; slik filen var, ligger i {folder}.",
            file=given.file.name,
            time=when(chosen),
            folder=str(folder),
        )
    )
    return FINE


def _chosen(given: Namespace, found: list[Backup], key: Key | None) -> Backup:
    if given.number is None:
        newest = next((one for one in found if _is_whole(one, key)), None)
        if newest is None:
            raise Refusal(message("{file} har ingen hel sikkerhetskopi å gå tilbake til.", file=given.file.name))
        return newest
    if not 1 <= given.number <= len(found):
        raise Refusal(
            message(
                "{file} har {count} {count:sikkerhetskopi|sikkerhetskopier}: velg et nummer fra «tertial backup list».",
                file=given.file.name,
                count=len(found),
            )
        )
    number: int = given.number
    return found[number - 1]


def _is_whole(backup: Backup, key: Key | None) -> bool | None:
    """Whether a backup is whole; None where it is encrypted by another key, and nobody can tell."""
    try:
        return not problems_of(backup.path, key=key)
    except KeyNeeded:
        return None
    except Trouble:
        return False


def _key(path: Path) -> Key | None:
    """Return the key of a portfolio, or that of its newest backup where the portfolio is gone or past recognition."""
    return key_for(says_its_key(path, folder=_folder(path)))


def _key_of(backup: Backup, key: Key | None) -> Key | None:
    """Return what opens a backup: the portfolio's key, or that of another passphrase."""
    try:
        return fitting(backup.path, key)
    except KeyNeeded:
        return key_for(backup.path)


def _folder(path: Path) -> Path:
    return backups_folder(path, root=safekeeping.backups_root())


_DONE: Mapping[str, Callable[[Namespace, Console], int]] = {"make": _make, "list": _list, "restore": _restore}
