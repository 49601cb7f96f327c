"""Runs a command by its name.

Must not know what any of them does.
"""

from __future__ import annotations

from importlib import import_module

from ui.commands.arguments import build_parser
from ui.commands.console import Console, guarded


def run(arguments: list[str]) -> int:
    """Run a command. Returns 0 fine, 1 findings, 2 not done; nothing but a bug leaves it as an exception."""
    console = Console.of_process()

    def act() -> int:
        given = build_parser(console.say).parse_args(arguments)
        if given.command is None:
            console.data(build_parser(console.say).format_help().rstrip())
            return 0
        # One module a command, imported when it is asked for: openpyxl and pdfplumber are slow to import.
        command = import_module(f"ui.commands.{given.command.replace('-', '_')}")
        code: int = command.run(given, console)
        return code

    return guarded(act, console)
