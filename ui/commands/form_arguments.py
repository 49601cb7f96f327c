"""The arguments of `tertial form …`.

Must not know what a command does with them.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tracker.messages import message

if TYPE_CHECKING:
    from ui.commands.arguments import Commands


def add_form(commands: Commands) -> None:
    """Add `form out`."""
    form = commands.add_group("form", message("Skjema i Excel for prosjektledere uten programmet."), dest="action")
    out = form.add("out", message("Skriv skjemaer, ett for hver ansvarlig."))
    form.add_period(out, required=True)
    say = form.say
    out.add_argument(
        "--to", type=Path, required=True, metavar="MAPPE", help=say(message("mappen skjemaene skrives til"))
    )
    out.add_argument(
        "--responsible",
        action="append",
        default=[],
        metavar="NAVN",
        help=say(message("bare skjemaet til denne ansvarlige; kan gjentas")),
    )
    out.add_argument(
        "--list",
        action="store_true",
        help=say(message("én liste med en rad per prosjekt, i stedet for et ark per prosjekt")),
    )
    out.add_argument(
        "--return-to",
        metavar="NAVN",
        help=say(message("hvem skjemaet sendes tilbake til, for eksempel en e-postadresse")),
    )
