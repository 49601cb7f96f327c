"""The arguments of `tertial backup …` and `tertial recover`.

Must not know what a command does with them.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tracker.messages import message

if TYPE_CHECKING:
    from ui.commands.arguments import Commands


def add_safekeeping(commands: Commands) -> None:
    """Add `backup make|list|restore` and `recover`."""
    backup = commands.add_group("backup", message("Sikkerhetskopier: ta en, list dem, gå tilbake til en."), "action")
    backup.add("make", message("Ta en kontrollert sikkerhetskopi nå."))
    listed = backup.add("list", message("List sikkerhetskopiene, den nyeste først, og om de er hele."))
    backup.add_json(listed)
    restored = backup.add(
        "restore", message("Erstatt filen med en sikkerhetskopi; filen slik den er nå, blir tatt vare på.")
    )
    restored.add_argument(
        "--number",
        type=int,
        metavar="N",
        help=commands.say(message("nummeret i listen (ellers den nyeste som er hel)")),
    )
    recover = commands.add("recover", message("Skriv det som kan reddes av en skadet fil, til en ny."))
    recover.add_argument("new", type=Path, metavar="NY", help=commands.say(message("filen som skal skrives")))
