"""`tertial check FILE`: every flag of a period."""

from __future__ import annotations

from argparse import Namespace
from collections import Counter

from tracker.checking import check
from tracker.flags import Flag, Severity
from tracker.messages import message
from ui.commands.console import FINDINGS, FINE, Console
from ui.commands.opening import chosen_period, load_portfolio


def run(given: Namespace, console: Console) -> int:
    """Say every flag; 1 when there are any."""
    portfolio = load_portfolio(given.file)
    period = chosen_period(portfolio, given.period)
    flags = check(portfolio, period)
    if given.json:
        console.json([_as_json(flag, console) for flag in flags])
    else:
        _tell(flags, console)
    counted = Counter(flag.severity for flag in flags)
    console.progress(
        message(
            "{period}: {critical} kritiske, {warnings} advarsler og {notes} merknader.",
            period=period,
            critical=counted[Severity.CRITICAL],
            warnings=counted[Severity.WARNING],
            notes=counted[Severity.NOTE],
        )
    )
    return FINDINGS if flags else FINE


def _as_json(flag: Flag, console: Console) -> dict[str, object]:
    return {
        "rule": flag.rule.id,
        "severity": flag.severity.value,
        "project": flag.project.name,
        "message": console.say(flag.finding.message),
        "figures": dict(flag.finding.figures),
        "quote": flag.quote,
    }


def _tell(flags: list[Flag], console: Console) -> None:
    for flag in flags:
        severity = console.say(flag.severity.word)
        console.data(f"{severity:<10}{flag.project.name}: {console.say(flag.finding.message)} [{flag.rule.id}]")
