"""The arguments by which somebody decides what becomes of what came from elsewhere.

Must not know by which road it came, nor what a command does with them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.messages import message

if TYPE_CHECKING:
    from ui.commands.arguments import Commands, Parser


def add_choices(parser: Parser, commands: Commands) -> None:
    """Take what is decided of collisions and of what can't be taken as it is, and the wish to see it only."""
    say = commands.say
    told = message("hva som gjelder der begge har endret det samme: ours, theirs eller law (den som eier feltet)")
    parser.add_argument("--collisions", choices=("ours", "theirs", "law"), help=say(told))
    told = message("ta også inn det controlleren ellers endrer")
    parser.add_argument("--accept-all", action="store_true", help=say(told))
    told = message("legg det som kom etter låsingen, som kommentarer i den låste perioden")
    parser.add_argument("--late-as-comments", action="store_true", help=say(told))
    commands.add_dry_run(parser)
    commands.add_json(parser)
