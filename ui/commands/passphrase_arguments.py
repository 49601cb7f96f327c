"""The arguments of the commands on a portfolio's passphrase.

Must not know what a command does with them. No passphrase is ever one of them.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tracker.messages import message

if TYPE_CHECKING:
    from ui.commands.arguments import Commands, Parser


def add_passphrase(commands: Commands) -> None:
    """Add the commands on a portfolio's passphrase."""
    group = commands.add_group("passphrase", message("Krypter en portefølje med et passord."), "action")
    for name, purpose in (
        ("set", message("Krypter porteføljen.")),
        (
            "change",
            message("Bytt passordet: det spørres etter det gamle, om det ikke hentes fra TERTIAL_PASSPHRASE_FILE."),
        ),
    ):
        command = group.add(name, purpose)
        _add_backups(command, group)
        command.add_argument(
            "--new-passphrase-file",
            type=Path,
            help=group.say(message("fil med det nye passordet på første linje; ellers blir det spurt etter")),
        )
        command.add_argument("--sheet", type=Path, help=group.say(message("skriv gjenopprettingsarket hit (PDF)")))
    _add_backups(group.add("remove", message("Ta passordet bort: filen blir lesbar for alle som har den.")), group)
    sheet = group.add("sheet", message("Skriv gjenopprettingsarket som PDF."))
    sheet.add_argument("sheet", type=Path, help=group.say(message("fil for arket")))


def _add_backups(command: Parser, group: Commands) -> None:
    command.add_argument(
        "--backups",
        choices=("follow", "keep", "delete"),
        default="follow",
        help=group.say(message("hva som skal skje med sikkerhetskopiene: follow (som filen), keep eller delete")),
    )
