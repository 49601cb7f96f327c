"""`tertial backup make|list|restore FILE`: the window's backups from the command line.

Must not know how a backup is made.
"""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from db.backup import Backup, BackupReason, back_up, backups_folder, backups_of, restore
from db.trouble import Trouble
from db.wholeness import problems_of
from tracker.messages import Refusal, message
from ui.backup_words import reason_of, when
from ui.commands import safekeeping
from ui.commands.changing import held
from ui.commands.console import FINDINGS, FINE, Console


def run(given: Namespace, console: Console) -> int:
    """Do what is asked; `list` ends with 1 when a backup is damaged."""
    return _DONE[given.action](given, console)


def _make(given: Namespace, console: Console) -> int:
    made = back_up(given.file, folder=_folder(given.file), reason=BackupReason.ASKED_FOR, now=datetime.now(UTC))
    console.progress(message("Sikkerhetskopi tatt {time}: {path}.", time=when(made), path=str(made.path)))
    return FINE


def _list(given: Namespace, console: Console) -> int:
    found = backups_of(_folder(given.file))
    whole = [_is_whole(one) for one in found]
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
            state = message("hel") if is_whole else message("skadet")
            console.data(f"{at:3}  {when(one)}  {console.say(reason_of(one))}  {console.say(state)}")
    if not found:
        console.progress(message("{file} har ingen sikkerhetskopier ennå.", file=given.file.name))
    return FINE if all(whole) else FINDINGS


def _restore(given: Namespace, console: Console) -> int:
    chosen = _chosen(given, backups_of(_folder(given.file)))
    with held(given.file):
        restore(chosen, given.file, folder=_folder(given.file), now=datetime.now(UTC))
    console.progress(
        message(
            "{file} er gjenopprettet fra {time}; slik filen var, ligger i {folder}.",
            file=given.file.name,
            time=when(chosen),
            folder=str(_folder(given.file)),
        )
    )
    return FINE


def _chosen(given: Namespace, found: list[Backup]) -> Backup:
    if given.number is None:
        newest = next((one for one in found if _is_whole(one)), None)
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


def _is_whole(backup: Backup) -> bool:
    with suppress(Trouble):
        return not problems_of(backup.path)
    return False


def _folder(path: Path) -> Path:
    return backups_folder(path, root=safekeeping.backups_root())


_DONE: Mapping[str, Callable[[Namespace, Console], int]] = {"make": _make, "list": _list, "restore": _restore}
