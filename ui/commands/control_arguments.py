"""The arguments of the commands on the control: what it finds, and findings in texts that are put aside.

Must not know what a command does with them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.messages import message

if TYPE_CHECKING:
    from ui.commands.arguments import Commands


def add_control(commands: Commands) -> None:
    """Add the commands on the control."""
    say = commands.say
    check = commands.add("check", message("Vis alle flagg."))
    commands.add_period(check)
    commands.add_json(check)
    check.add_argument("--texts", action="store_true", help=say(message("bare funn i statustekstene")))
    check.add_argument("--dismissed", action="store_true", help=say(message("funnene som er lagt til side, i stedet")))
    dismiss = commands.add("dismiss", message("Legg funn i en statustekst til side, med begrunnelse."))
    commands.add_period(dismiss)
    dismiss.add_argument("--project", required=True, help=say(message("prosjektets navn eller nummer")))
    dismiss.add_argument("--rule", required=True, help=say(message("regelen, for eksempel text-completion")))
    dismiss.add_argument("--reason", default="", help=say(message("hvorfor funnet ikke gjelder")))
    dismiss.add_argument("--quote", default="", help=say(message("bare funn der disse ordene står i sitatet")))
    dismiss.add_argument("--take-back", action="store_true", help=say(message("la dem gjelde igjen")))
