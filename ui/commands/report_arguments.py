"""The arguments of `tertial report` and `tertial template …`.

Must not know what a command does with them.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tracker.messages import message
from tracker.report.build import PARTS
from tracker.report.content import Typeface
from ui.words import LANGUAGES

if TYPE_CHECKING:
    from ui.commands.arguments import Commands

_PARTS = ",".join(name.id for name in PARTS)
_LANGUAGES = "|".join(LANGUAGES)
_TYPEFACES = "|".join(typeface.value for typeface in Typeface)


def add_reporting(commands: Commands) -> None:
    """Add the report, and what the municipality settles about it."""
    say = commands.say
    report = commands.add("report", message("Skriv rapporten som Excel, PDF eller Word, etter endelsen på navnet."))
    report.add_argument(
        "out",
        type=Path,
        nargs="+",
        metavar="UT.xlsx|UT.pdf|UT.docx",
        help=say(message("rapportene som skal skrives")),
    )
    commands.add_period(report, required=True)
    report.add_argument(
        "--language", metavar=_LANGUAGES, help=say(message("rapportens språk, ellers det som er valgt i malen"))
    )
    told = message("bare disse delene, i denne rekkefølgen: {parts}", parts=_PARTS)
    report.add_argument("--parts", metavar="A,B", help=say(told))
    template = commands.add_group(
        "template", message("Kommunens mal for rapporten: farge, logo, deler og tekster."), "action"
    )
    commands.add_json(template.add("show", message("Vis malen.")))
    _add_settling(template)
    logo = template.add("logo", message("Velg logoen, eller fjern den."))
    logo.add_argument(
        "picture",
        type=Path,
        nargs="?",
        metavar="BILDE",
        help=say(message("en PNG-, JPEG- eller SVG-fil; uten fil fjernes logoen")),
    )


def _add_settling(template: Commands) -> None:
    say = template.say
    made = template.add("set", message("Endre malen."))
    made.add_argument("--name", help=say(message("kommunens navn")))
    made.add_argument("--accent", metavar="#RRGGBB", help=say(message("fargen på overskrifter og diagrammer")))
    made.add_argument("--typeface", metavar=_TYPEFACES, help=say(message("skrifttypen")))
    made.add_argument("--language", metavar=_LANGUAGES, help=say(message("rapportens språk")))
    told = message("delene, i denne rekkefølgen: {parts}", parts=_PARTS)
    made.add_argument("--parts", metavar="A,B", help=say(told))
    told = message("egen tekst foran en del, eller «front» foran den første; kan gjentas")
    made.add_argument("--text", nargs=2, action="append", default=[], metavar=("DEL", "TEKST"), help=say(told))
    length = made.add_mutually_exclusive_group()
    length.add_argument("--full", action="store_true", help=say(message("skriv lange tekster i sin helhet")))
    length.add_argument("--short", action="store_true", help=say(message("forkort lange tekster")))
