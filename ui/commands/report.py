"""`tertial report FILE --period P OUT.xlsx`: the Excel report."""

from __future__ import annotations

from argparse import Namespace

from tracker.messages import Refusal, message
from tracker.report import build_report
from ui.commands.console import FINE, Console
from ui.commands.opening import chosen_period, load_portfolio
from ui.words import words_in


def run(given: Namespace, console: Console) -> int:
    """Write the workbook."""
    if given.out.suffix.casefold() != ".xlsx":
        raise Refusal(
            message("«{name}» er ikke et navn på en Excel-fil: velg et navn som slutter på .xlsx.", name=given.out.name)
        )
    say = words_in(given.language)
    if given.out.exists() and given.file.exists() and given.out.samefile(given.file):
        raise Refusal(message("{file} er porteføljen selv: velg et annet navn på rapporten.", file=given.out.name))
    portfolio = load_portfolio(given.file)
    report = build_report(portfolio, chosen_period(portfolio, given.period))
    from db.workbook.write import write_workbook

    write_workbook(report, given.out, say=say)
    console.progress(message("Skrev {file}.", file=given.out.name))
    return FINE
