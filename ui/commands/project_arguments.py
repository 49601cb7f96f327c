"""The arguments of the commands on the register of projects, `tertial project …`: add, split, join, close, reopen.

Must not know what a command does with them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.messages import Message, message

if TYPE_CHECKING:
    from ui.commands.arguments import Commands, Parser


def add_project_commands(commands: Commands) -> None:
    """Add the commands on the register of projects."""
    project = commands.add_group("project", message("Opprett, del, slå sammen og avslutt prosjekter."), "action")
    made = _command(project, "add", message("Opprett et prosjekt."))
    _text(project, made, "--name", message("prosjektets navn"), required=True)
    _text(project, made, "--code", message("prosjektnummer"))
    _text(project, made, "--area", message("tjenesteområde"))
    made.add_argument("--programme", action="store_true", help=project.say(message("løpende, uten totalramme")))
    made = _command(project, "split", message("Del et prosjekt i to; summene er de samme."), of_one=True)
    _text(project, made, "--name", message("navnet på det nye prosjektet"), required=True)
    made.add_argument(
        "--subproject",
        action="append",
        default=[],
        metavar=project.say(message("NUMMER")),
        help=project.say(message("underprosjekt som flyttes med alle sine tall; kan gjentas")),
    )
    for name, told in (
        ("--year-amount", message("av årets budsjett, i kroner eller som «12,3 mill»")),
        ("--total", message("av totalbudsjettet")),
        ("--spent", message("av årets regnskap")),
        ("--spent-before", message("av tidligere års regnskap")),
        ("--decision", message("vedtaket, for eksempel «KS-sak 109/23»")),
        ("--date", message("vedtaksdatoen, dd.mm.åååå")),
    ):
        _text(project, made, name, told)
    made = _command(project, "join", message("Slå et prosjekt sammen med et annet."), of_one=True)
    _text(project, made, "--into", message("prosjektet som tar over"), required=True)
    made = _command(project, "close", message("Avslutt et prosjekt."), of_one=True)
    made.add_argument("--accept-open", action="store_true", help=project.say(message("avslutt selv om noe står åpent")))
    _command(project, "reopen", message("Gjenåpne et avsluttet prosjekt."), of_one=True)


def _command(commands: Commands, name: str, purpose: Message, *, of_one: bool = False) -> Parser:
    made = commands.add(name, purpose)
    commands.add_period(made)
    if of_one:
        _text(commands, made, "--project", message("prosjektets navn eller nummer"), required=True)
    return made


def _text(commands: Commands, parser: Parser, name: str, told: Message, *, required: bool = False) -> None:
    parser.add_argument(name, required=required, default=None if required else "", help=commands.say(told))
