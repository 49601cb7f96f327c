"""`tertial recover FILE NEW`: what can be saved of a damaged file, as a new one. The damaged file is let be.

Must not know how anything is saved.
"""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from db.backup import Backup, backups_folder
from db.recovering import losses_of, recover
from db.trouble import Damage
from db.ways_back import ways_back
from db.wholeness import require_whole
from tracker.messages import Message, Refusal, message
from tracker.steps import BEGUN
from ui.backup_words import when
from ui.commands import safekeeping
from ui.commands.changing import held
from ui.commands.console import FINDINGS, FINE, Console
from ui.commands.opening import signature


def run(given: Namespace, console: Console) -> int:
    """Save what can be, say what can't; 1 when something is lost."""
    problem = _problem_of(given.file)
    console.progress(problem)
    ways = ways_back(given.file, problem, folder=backups_folder(given.file, root=safekeeping.backups_root()))
    if ways.saved is None:
        raise Refusal(message("Ingenting kan reddes av {file}.", file=given.file.name), *_backups(ways.backup))
    with held(given.new):
        recover(ways.saved, given.new, signature(BEGUN))
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


def _problem_of(path: Path) -> Message:
    """Return what is wrong with a file.

    Raises Refusal when nothing is.
    """
    try:
        require_whole(path)
    except Damage as damage:
        return damage.reason
    raise Refusal(message("{file} er hel: det er ingenting å gjenopprette.", file=path.name))


def _backups(newest: Backup | None) -> list[Message]:
    if newest is None:
        return []
    return [message("Sikkerhetskopien fra {time} er hel: «tertial backup restore».", time=when(newest))]
