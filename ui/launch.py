"""Where the program starts: a command is run, anything else opens the window.

Must not import Qt or a command before it knows which.
"""

from __future__ import annotations

import sys

from ui.commands import NAMES


def main(arguments: list[str] | None = None) -> int:
    """Run `tertial ARGUMENTS`. Returns the exit code: 0 fine, 1 findings, 2 not done."""
    given = sys.argv[1:] if arguments is None else arguments
    if given and _is_for_commands(given[0]):
        from ui.commands.run import run

        return run(given)
    from ui.app import open_window

    code: int = open_window(given)
    return code


def _is_for_commands(first: str) -> bool:
    return first.startswith("-") or first in NAMES
