"""The arguments of `tertial guide`.

Must not know what the guide says.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tracker.messages import message

if TYPE_CHECKING:
    from ui.commands.arguments import Commands


def add_guide(commands: Commands) -> None:
    """Add `guide`."""
    say = commands.say
    guide = commands.add("guide", message("Skriv veiledningen som PDF, hele eller én side av den."), with_file=False)
    guide.add_argument("to", type=Path, metavar="UT.pdf", help=say(message("filen som skal skrives")))
    guide.add_argument("--topic", metavar="SIDE", help=say(message("bare denne siden, for eksempel quick-start")))
