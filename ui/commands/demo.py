"""`tertial demo FILE`: the example portfolio, with the real projects and figures of 2023."""

from __future__ import annotations

from argparse import Namespace

from tracker.messages import message
from ui.commands.console import FINE, Console
from ui.commands.opening import signature, user_name
from ui.taking_in import write_example


def run(given: Namespace, console: Console) -> int:
    """Write the example as edits: the report taken in, the projects placed in service areas."""
    count = write_example(given.file, who=user_name(), sign=signature)
    console.progress(
        message("Skrev {file} med {count} {count:prosjekt|prosjekter}.", file=given.file.name, count=count)
    )
    return FINE
