"""`tertial tie-out FILE`: every sum beside the published one."""

from __future__ import annotations

from argparse import Namespace

from tracker.messages import message
from tracker.money import write_number
from tracker.report.statement import mark_of
from tracker.tieout import Comparison, tie_out
from ui.commands.console import FINDINGS, FINE, Console
from ui.commands.opening import chosen_period, load_portfolio

_COLUMNS = (message("Prosjektene"), message("Trykt"), message("Differanse"), message("Vurdering"))


def run(given: Namespace, console: Console) -> int:
    """Say each difference in kroner and whether rounding explains it; 1 when something doesn't tie out."""
    portfolio = load_portfolio(given.file)
    period = chosen_period(portfolio, given.period)
    comparisons = tie_out(portfolio, period)
    if given.json:
        console.json([_as_json(comparison, console) for comparison in comparisons])
    else:
        tell(comparisons, console)
    if not comparisons:
        console.progress(message("{period} har ingen trykte summer å avstemme mot.", period=period))
    return FINE if all(comparison.holds for comparison in comparisons) else FINDINGS


def tell(comparisons: tuple[Comparison, ...], console: Console) -> None:
    """Write the comparisons as a table, a heading for each check."""
    heading = None
    for comparison in comparisons:
        if comparison.title != heading:
            heading = comparison.title
            console.data(console.say(heading))
            console.data(_line(["", *map(console.say, _COLUMNS)]))
        figures = map(write_number, (comparison.ours, comparison.printed, comparison.difference))
        console.data(_line([console.say(comparison.column_title), *figures, console.say(mark_of(comparison).words)]))


def _line(cells: list[str]) -> str:
    name, ours, printed, difference, verdict = cells
    return f"  {name:<20}{ours:>18}{printed:>18}{difference:>14}  {verdict}"


def _as_json(comparison: Comparison, console: Console) -> dict[str, object]:
    return {
        "check": comparison.check,
        "title": console.say(comparison.title),
        "column": comparison.column,
        "ours": comparison.ours,
        "printed": comparison.printed,
        "difference": comparison.difference,
        "allowance": comparison.allowance,
        "explained_by_rounding": comparison.explained,
        "accepted": comparison.accepted,
    }
