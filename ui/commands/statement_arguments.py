"""The arguments of the command that checks a statement § 5-5 which somebody else made.

Must not know what the command does with them.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tracker.messages import message

if TYPE_CHECKING:
    from ui.commands.arguments import Commands


def add_statement(commands: Commands) -> None:
    """Add `check-statement`."""
    say = commands.say
    made = commands.add(
        "check-statement", message("Kontroller en bevilgningsoversikt § 5-5 som andre har laget."), with_file=False
    )
    made.add_argument(
        "source", type=Path, metavar="KILDE", help=say(message("bevilgningsoversikten: Excel, CSV, tekst eller PDF"))
    )
    told = message("porteføljefilen, når summene også skal holdes mot prosjektene")
    made.add_argument("file", type=Path, metavar="FIL", nargs="?", help=say(told))
    commands.add_period(made)
    commands.add_json(made)
