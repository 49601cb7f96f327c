"""The arguments of `tertial period …`.

Must not know what a command does with them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.messages import Message, message
from ui.words import Say

if TYPE_CHECKING:
    from ui.commands.arguments import Commands, Parser


def add_period_commands(commands: Commands) -> None:
    """Add `period open|status|submit|take-back|approve|return|lock|reopen|late|compare|remind`."""
    told = message("Periodens gang: start, lever, godkjenn, send tilbake, lås, åpne igjen.")
    period = commands.add_group("period", told, dest="action")
    opened = period.add("open", message("Start en ny periode."))
    period.add_period(opened, required=True)
    _add_text(opened, period.say, "--deadline", message("leveringsfristen, dd.mm.åååå"))
    board = period.add("status", message("Vis tavlen: hvor langt hvert prosjekt er kommet."))
    _add_narrowing(period, board)
    for name, purpose in (
        ("submit", message("Lever statuser.")),
        ("take-back", message("Ta tilbake statuser som er levert.")),
        ("approve", message("Godkjenn statuser som er levert.")),
        ("return", message("Send statuser tilbake med en kommentar.")),
    ):
        made = period.add(name, purpose)
        _add_narrowing(period, made, json=False)
        made.add_argument("--all", action="store_true", help=period.say(message("alle prosjekter det kan gjøres med")))
        if name == "return":
            _add_text(made, period.say, "--comment", message("hva som må rettes"), required=True)
    lock = period.add("lock", message("Lås en periode: det rapporterte blir stående."))
    period.add_period(lock, required=True)
    told = message("lås selv om statuser ikke er godkjent")
    lock.add_argument("--accept-unapproved", action="store_true", help=period.say(told))
    reopen = period.add("reopen", message("Åpne en låst periode igjen."))
    period.add_period(reopen, required=True)
    _add_text(reopen, period.say, "--reason", message("hvorfor"), required=True)
    late = period.add("late", message("List det som er ført eller vedtatt etter låsingen."))
    period.add_period(late, required=True)
    period.add_json(late)
    compare = period.add("compare", message("Sammenlign to perioder."))
    period.add_period(compare, required=True)
    compare.add_argument(
        "--with", dest="other", type=period.read_period, help=period.say(message("den andre, ellers den før"))
    )
    period.add_json(compare)
    remind = period.add("remind", message("Skriv påminnelser til dem som ikke har levert."))
    period.add_period(remind)
    period.add_json(remind)


def _add_narrowing(commands: Commands, parser: Parser, *, json: bool = True) -> None:
    commands.add_period(parser, required=not json)
    told = message("prosjektets navn eller nummer; kan gjentas")
    parser.add_argument("--project", action="append", default=[], help=commands.say(told))
    _add_text(parser, commands.say, "--responsible", message("bare prosjektene til denne ansvarlige"))
    if json:
        commands.add_json(parser)


def _add_text(parser: Parser, say: Say, name: str, told: Message, *, required: bool = False) -> None:
    parser.add_argument(name, required=required, default=None if required else "", help=say(told))
