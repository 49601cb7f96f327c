"""`tertial recover FILE NEW`: what can be saved of a damaged file, as a new one. The damaged file is let be.

Must not know how anything is saved.
"""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from db.backup import Backup, backups_folder
from db.key import Key
from db.recovering import losses_of, recover
from db.trouble import Damage
from db.ways_back import says_its_key, ways_back
from db.wholeness import require_whole
from tracker.messages import Message, Refusal, message
from tracker.steps import BEGUN
from ui.backup_words import when
from ui.commands import safekeeping
from ui.commands.changing import held
from ui.commands.console import FINDINGS, FINE, Console
from ui.commands.opening import signature
from ui.commands.unlocking import key_for


def run(given: Namespace, console: Console) -> int:
    """Save what can be, say what can't; 1 when something is lost."""
    folder = backups_folder(given.file, root=safekeeping.backups_root())
    key = key_for(says_its_key(given.file, folder=folder))
    problem = _problem_of(given.file, key)
    console.progress(problem)
    ways = ways_back(given.file, problem, folder=folder, key=key)
    if ways.saved is None:
        raise Refusal(message("Ingenting kan reddes av {file}.", file=given.file.name), *_backups(ways.backup))
    with held(given.new):
        recover(ways.saved, given.new, signature(BEGUN), key=key)
    lost = losses_of(ways.saved)
    for one in lost:
        console.data(console.say(one))
    console.progress(
        message(
            "Skrev {file} med {count} {count:endring|endringer} i journalen; {damaged} er uendret.",
            file=given.new.name,
            count=len(ways.saved.entries),
            damaged=given.file.name,
        )
    )
    return FINDINGS if lost else FINE


def _problem_of(path: Path, key: Key | None) -> Message:
    """Return what is wrong with a file.

    Raises Refusal when nothing is.
    """
    try:
        require_whole(path, key=key)
    except Damage as damage:
        return damage.reason
    raise Refusal(message("{file} er hel: det er ingenting å gjenopprette.", file=path.name))


def _backups(newest: Backup | None) -> list[Message]:
    if newest is None:
        return []
    return [message("Sikkerhetskopien fra {time} er hel: «tertial backup restore».", time=when(newest))]
