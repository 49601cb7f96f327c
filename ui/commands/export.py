"""`tertial export FILE DIR`: everything as CSV and one JSON, lossless."""

from __future__ import annotations

from argparse import Namespace
from contextlib import closing

from db.export import export_portfolio
from tracker.messages import message
from ui.commands.console import FINE, Console
from ui.commands.opening import chosen_period, opened_to_read


def run(given: Namespace, console: Console) -> int:
    """Write one flat list of projects, every table, and one JSON of it all."""
    with closing(opened_to_read(given.file)) as store:
        portfolio = store.load()
        period = chosen_period(portfolio, given.period)
        written = export_portfolio(store, portfolio, period, folder=given.folder)
    console.progress(
        message("Skrev {count} {count:fil|filer} i {folder}.", count=len(written), folder=given.folder.name)
    )
    return FINE
