"""Writes a period's report to files, as work for another thread: in the order given, each whole or as it was.

Must not know a widget, nor where the files are asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from db.report_files import write_report
from tracker.model import Portfolio
from tracker.periods import Period
from tracker.report.template import report_of, template_of
from tracker.tracing import Imported
from ui.words import words_in


def writing(  # noqa: PLR0913  what a report is made from, and where it goes
    portfolio: Portfolio,
    period: Period,
    paths: Iterable[Path],
    *,
    language: str,
    imports: Mapping[str, Imported],
    is_stopped: Callable[[], bool] = lambda: False,
) -> Callable[[], list[Path]]:
    """Return the work; its answer is what was written. `language` is used where the template settles none.

    `imports` are the files of the ledger batches, by id. It stops between two files when it is told to; a file that
    is begun is finished.
    """

    def write() -> list[Path]:
        template = template_of(portfolio)
        report = report_of(portfolio, period, template=template, imports=imports)
        say = words_in(template.language or language)
        written: list[Path] = []
        for path in paths:
            if is_stopped():
                break
            write_report(report, path, say=say)
            written.append(path)
        return written

    return write
