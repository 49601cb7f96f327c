"""The arguments of `tertial trace`: which figure, of whom.

Must not know what a command does with them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.messages import message
from tracker.tracing import ProjectFigure
from ui.commands.choices import add_choice, named

if TYPE_CHECKING:
    from ui.commands.arguments import Commands


def add_tracing(commands: Commands) -> None:
    """Add `trace`."""
    say = commands.say
    made = commands.add("trace", message("Vis hvor et tall kommer fra, ned til budsjettlinjer, importer og status."))
    commands.add_period(made)
    made.add_argument(
        "--project", default="", help=say(message("prosjektets navn eller nummer (ellers summen av alle)"))
    )
    add_choice(made, say, "--figure", message("tallet: {choices}"), named(ProjectFigure), required=True)
    commands.add_json(made)
