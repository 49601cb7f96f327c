"""`tertial import-portfolio SOURCE FILE`: an export becomes a portfolio file again."""

from __future__ import annotations

from argparse import Namespace

from db.restoring import restore
from tracker.messages import message
from tracker.steps import BEGUN
from ui.commands.changing import held
from ui.commands.console import FINE, Console
from ui.commands.opening import signature


def run(given: Namespace, console: Console) -> int:
    """Read, hold against the journal, and only then name the file."""
    with held(given.file):
        portfolio = restore(given.source, given.file, signature(BEGUN))
    console.progress(
        message(
            "Skrev {file} med {count} {count:prosjekt|prosjekter}.", file=given.file.name, count=len(portfolio.projects)
        )
    )
    return FINE
