"""The arguments of the commands on the year's end and on funding.

Must not know what a command does with them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.kinds import FundingSource
from tracker.messages import message
from ui.commands.choices import add_choice, named

if TYPE_CHECKING:
    from ui.commands.arguments import Commands


def add_year(commands: Commands) -> None:
    """Add `year-end` and `funding`."""
    say = commands.say
    year_end = commands.add("year-end", message("Foreslå hva som overføres, strykes og dekkes etter årets slutt."))
    told = say(message("året som er slutt, for eksempel 2023"))
    year_end.add_argument("--year", type=commands.read_year, required=True, help=told)
    year_end.add_argument("--open-next", action="store_true", help=say(message("start 1. tertial neste år også")))
    commands.add_json(year_end)
    commands.add_dry_run(year_end)
    funding = commands.add_group("funding", message("Før og vis hvor pengene kommer fra."), "action")
    entering = funding.add("add", message("Før finansiering."))
    entering.add_argument("--project", help=say(message("nummer eller navn (ellers alle prosjektene)")))
    entering.add_argument("--year", type=commands.read_year, required=True, help=say(message("budsjettåret")))
    add_choice(
        entering, say, "--source", message("finansieringskilden: {choices}"), named(FundingSource), required=True
    )
    entering.add_argument(
        "--amount", required=True, help=say(message("beløpet i kroner, eller for eksempel 12,3 mill"))
    )
    entering.add_argument("--decision", help=say(message("vedtaket, for eksempel «KS-sak 131/23»")))
    entering.add_argument("--date", help=say(message("vedtaksdatoen, dd.mm.åååå")))
    entering.add_argument("--proposed", action="store_true", help=say(message("før det som et forslag")))
    listing = funding.add("list", message("Vis finansieringen i en periode."))
    commands.add_period(listing)
    listing.add_argument("--project", help=say(message("nummer eller navn (ellers alle prosjektene)")))
    commands.add_json(listing)
