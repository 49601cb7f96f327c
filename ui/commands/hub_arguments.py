"""The arguments of `tertial hub …`.

Must not know what a command does with them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.messages import message
from ui.commands.choosing import add_choices

if TYPE_CHECKING:
    from ui.commands.arguments import Commands, Parser


def add_hub(commands: Commands) -> None:
    """Add `hub init|push|pull|status|let-in|password`."""
    say = commands.say
    hub = commands.add_group("hub", message("Felles tjener for flere maskiner (PostgreSQL)."), "action")
    init = hub.add("init", message("Lag huben for porteføljen, eller oppgrader den, og send det som er i filen."))
    _add_address(hub, init)
    push = hub.add("push", message("Send det du har gjort, til huben."))
    _add_address(hub, push)
    pull = hub.add("pull", message("Hent det andre har gjort. Finnes ikke filen, lages den av det som er i huben."))
    _add_address(hub, pull)
    add_choices(pull, commands)
    told = message("hvilken portefølje, når databasen har flere og filen ikke finnes")
    pull.add_argument("--portfolio", metavar="ID", help=say(told))
    status = hub.add("status", message("Vis hva som ikke er sendt, og hva som ikke er hentet."))
    _add_address(hub, status)
    hub.add_json(status)
    let_in = hub.add("let-in", message("Gi en bruker av databasen en rolle i huben."))
    _add_address(hub, let_in)
    let_in.add_argument("login", metavar="BRUKER", help=say(message("brukeren i databasen")))
    told = message("controller ser alt, manager egne prosjekter, reader bare visningene for Power BI")
    let_in.add_argument("--role", choices=("controller", "manager", "reader"), required=True, help=say(told))
    told = message("navnet brukeren står som ansvarlig under; kan gjentas")
    let_in.add_argument("--responsible", action="append", default=[], metavar="NAVN", help=say(told))
    password = hub.add("password", message("Lagre passordet til huben i nøkkelringen på maskinen."), with_file=False)
    _add_address(hub, password)


def _add_address(commands: Commands, parser: Parser) -> None:
    told = message("adressen til databasen, postgresql://bruker@tjener/database, uten passord")
    parser.add_argument("address", metavar="ADRESSE", help=commands.say(told))
