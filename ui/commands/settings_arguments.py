"""The arguments of `tertial settings …`.

Must not know what a command does with them.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tracker.messages import message

if TYPE_CHECKING:
    from ui.commands.arguments import Commands, Parser


def add_settings(commands: Commands) -> None:
    """Add what shows, changes, writes and takes in the municipality's settings."""
    settings = commands.add_group("settings", message("Kommunens innstillinger, som ligger i porteføljen."), "action")
    commands.add_json(settings.add("show", message("Vis innstillingene, og hva som er standard.")))
    made = settings.add("set", message("Endre en innstilling."))
    _add_key(settings, made)
    made.add_argument("value", metavar="VERDI", help=settings.say(message("verdien; flere skilles med linjeskift")))
    _add_key(settings, settings.add("reset", message("Sett en innstilling tilbake til standard.")))
    renaming = settings.add("rename-area", message("Gi et tjenesteområde nytt navn, også på prosjektene."))
    renaming.add_argument("before", metavar="FRA", help=settings.say(message("det området heter nå")))
    renaming.add_argument("after", metavar="TIL", help=settings.say(message("det området skal hete")))
    export = settings.add("export", message("Skriv innstillingene til en fil."))
    export.add_argument("target", type=Path, metavar="UT.json", help=settings.say(message("filen som skrives")))
    taking_in = settings.add("import", message("Importer innstillingene fra en fil, i ett steg som kan angres."))
    taking_in.add_argument("source", type=Path, metavar="INN.json", help=settings.say(message("filen som leses")))
    commands.add_dry_run(taking_in)


def _add_key(settings: Commands, parser: Parser) -> None:
    told = message("navnet på innstillingen, slik «settings show» viser det")
    parser.add_argument("key", metavar="NAVN", help=settings.say(told))
