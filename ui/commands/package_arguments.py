"""The arguments of `tertial package …`.

Must not know what a command does with them.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tracker.messages import message
from ui.commands.choosing import add_choices

if TYPE_CHECKING:
    from ui.commands.arguments import Commands


def add_packages(commands: Commands) -> None:
    """Add `package out|in|list`."""
    say = commands.say
    package = commands.add_group("package", message("Pakker til prosjektlederne, og det de sender tilbake."), "action")
    out = package.add("out", message("Lag en pakke til hver prosjektleder."))
    out.add_argument("--to", type=Path, required=True, metavar="MAPPE", help=say(message("mappen pakkene skrives i")))
    told = message("bare til denne ansvarlige; kan gjentas")
    out.add_argument("--responsible", action="append", default=[], metavar="NAVN", help=say(told))
    told = message("erstatt pakker med samme navn som ligger i mappen fra før")
    out.add_argument("--replace", action="store_true", help=say(told))
    package.add_period(out)
    into = package.add("in", message("Hent inn pakker og skjemaer, eller en annen kopi av porteføljen."))
    told = message("filer, eller mapper med filer")
    into.add_argument("sources", type=Path, nargs="+", metavar="KILDE", help=say(told))
    add_choices(into, package)
    listing = package.add("list", message("List pakkene som er laget, og hvilke som er kommet tilbake."))
    package.add_json(listing)
