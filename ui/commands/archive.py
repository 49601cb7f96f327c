"""`tertial archive FILE --period P DIR`: a locked period for the archive, as PDF/A with its data and sums."""

from __future__ import annotations

from argparse import Namespace
from contextlib import closing

from db.archiving import archive
from db.imports import imports_of
from tracker.messages import message
from tracker.report.template import report_of, template_of
from ui.commands.console import FINE, Console
from ui.commands.opening import chosen_period, opened_to_read
from ui.words import SOURCE_LANGUAGE, words_in


def run(given: Namespace, console: Console) -> int:
    """Write the folder; it is there whole, or not at all."""
    with closing(opened_to_read(given.file)) as store:
        portfolio = store.load()
        period = chosen_period(portfolio, given.period)
        template = template_of(portfolio)
        report = report_of(portfolio, period, template=template, imports=imports_of(store, portfolio))
        say = words_in(template.language or SOURCE_LANGUAGE)
        written = archive(store, portfolio, report, given.folder, say=say)
    console.progress(
        message("Skrev {count} {count:fil|filer} i {folder}.", count=len(written), folder=given.folder.name)
    )
    return FINE
