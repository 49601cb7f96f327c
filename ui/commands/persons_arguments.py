"""The arguments of `tertial persons …`.

Must not know what a command does with them.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tracker.messages import message

if TYPE_CHECKING:
    from ui.commands.arguments import Commands, Parser


def add_persons(commands: Commands) -> None:
    """Add `persons list|export|remove`."""
    say = commands.say
    told = message("Personopplysninger: hvem som står i filen, utlevering og fjerning av navn.")
    persons = commands.add_group("persons", told, dest="action")
    persons.add_json(persons.add("list", message("List alle som står i filen med navn, og hvor.")))
    export = persons.add("export", message("Skriv alt filen har om en person, som svar på krav om innsyn."))
    _add_person(persons, export)
    export.add_argument("out", type=Path, metavar="UT.json|UT.csv", help=say(message("filen som skal skrives")))
    remove = persons.add(
        "remove", message("Bytt ut navnet på en person overalt, også i journalen. Viser først; --sure gjør det.")
    )
    _add_person(persons, remove)
    for name, purpose in (
        ("--in-texts", message("bytt også ut navnet der det står i løpende tekst")),
        ("--with-backups", message("slett også sikkerhetskopiene som har navnet")),
        ("--sure", message("gjør det: kan ikke angres")),
    ):
        remove.add_argument(name, action="store_true", help=say(purpose))


def _add_person(commands: Commands, parser: Parser) -> None:
    parser.add_argument("name", metavar="NAVN", help=commands.say(message("navnet slik det står i filen")))
    told = message("en annen skrivemåte av samme person, for eksempel brukernavnet; kan gjentas")
    parser.add_argument("--also", action="append", default=[], metavar="NAVN", help=commands.say(told))
