"""`tertial check FILE`: every flag of a period, or what was put aside of them."""

from __future__ import annotations

from argparse import Namespace
from collections import Counter
from collections.abc import Sequence

from tracker.checking import PutAside, control_of
from tracker.figures import figures_of
from tracker.flags import Flag, Severity, limits_of
from tracker.messages import message
from ui.commands.console import FINDINGS, FINE, Console
from ui.commands.opening import chosen_period, load_portfolio

_BENEATH = " " * 10
_LONGEST = 160


def run(given: Namespace, console: Console) -> int:
    """Say every flag; 1 when there are any. What was put aside is no finding."""
    portfolio = load_portfolio(given.file)
    period = chosen_period(portfolio, given.period)
    control = control_of(portfolio, figures_of(portfolio, period), limits_of(portfolio))
    if given.dismissed:
        _tell_put_aside(control.put_aside, console, as_json=given.json)
        return FINE
    flags = [flag for flag in control.flags if flag.place is not None or not given.texts]
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
        "start": None if flag.place is None else flag.place.start,
        "end": None if flag.place is None else flag.place.end,
    }


def _tell(flags: Sequence[Flag], console: Console) -> None:
    for flag in flags:
        severity = console.say(flag.severity.word)
        console.data(f"{severity:<10}{flag.project.name}: {console.say(flag.finding.message)} [{flag.rule.id}]")
        if flag.quote:
            console.data(f"{_BENEATH}«{_shortened(flag.quote)}»")


def _tell_put_aside(put_aside: Sequence[PutAside], console: Console, *, as_json: bool) -> None:
    if as_json:
        console.json([_put_aside_as_json(one, console) for one in put_aside])
        return
    for one in put_aside:
        dismissal = one.dismissal
        console.data(f"{one.project.name}: {console.say(one.rule.title)} [{one.rule.id}]")
        if dismissal.quote:
            console.data(f"{_BENEATH}«{_shortened(dismissal.quote)}»")
        console.data(f"{_BENEATH}{dismissal.reason} ({dismissal.by}, {dismissal.at.astimezone():%d.%m.%Y})")


def _put_aside_as_json(one: PutAside, console: Console) -> dict[str, object]:
    found: dict[str, object] = {"rule": one.rule.id, "severity": None, "project": one.project.name, "message": None}
    if one.flag is not None:
        found = _as_json(one.flag, console)
    dismissal = one.dismissal
    return {
        **found,
        "quote": dismissal.quote,
        "reason": dismissal.reason,
        "by": dismissal.by,
        "at": dismissal.at.isoformat(),
    }


def _shortened(quote: str) -> str:
    return quote if len(quote) <= _LONGEST else f"{quote[:_LONGEST].rstrip()} …"
