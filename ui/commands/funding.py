"""`tertial funding add|list FIL`: where the money comes from."""

from __future__ import annotations

from argparse import Namespace
from datetime import datetime
from uuid import uuid4

from tracker.budgeting import FUNDING_TITLES, read_decision, read_kroner
from tracker.figures import figures_of
from tracker.finding import find_owner
from tracker.funding import Funding, NewFunding, add_funding, funding_of, funding_of_all
from tracker.messages import message
from tracker.money import Unit
from ui.commands.changing import changing
from ui.commands.console import FINE, Console
from ui.commands.opening import chosen_period, load_portfolio


def run(given: Namespace, console: Console) -> int:
    """Add or list."""
    return _add(given, console) if given.action == "add" else _list(given, console)


def _add(given: Namespace, console: Console) -> int:
    with changing(given.file) as opened:
        wanted = NewFunding(
            project=find_owner(opened.portfolio, given.project)[0] if given.project else None,
            year=given.year,
            source=given.source,
            amount=read_kroner(given.amount, unit=Unit.KRONER),
            decision=read_decision(given.decision or "", given.date or ""),
            is_proposed=given.proposed,
        )
        today = datetime.now().astimezone().date()
        edit = add_funding(opened.portfolio, wanted, today=today, new_id=lambda: str(uuid4()))
        opened.perform(edit)
    console.progress(edit.label)
    return FINE


def _list(given: Namespace, console: Console) -> int:
    portfolio = load_portfolio(given.file)
    period = chosen_period(portfolio, given.period)
    if given.project:
        funding = funding_of(portfolio, period, find_owner(portfolio, given.project)[0])
    else:
        funding = funding_of_all(portfolio, period, figures_of(portfolio, period))
    if given.json:
        console.json(_json(funding))
        return FINE
    for one in funding.sources:
        told = message(
            "{source}: revidert {revised:kr}, mottatt {actual:kr}",
            source=FUNDING_TITLES[one.source],
            revised=one.revised,
            actual=one.actual,
        )
        unknown = message("{source}: revidert {revised:kr}", source=FUNDING_TITLES[one.source], revised=one.revised)
        console.data(console.say(unknown if one.actual is None else told))
    if funding.unfunded is None:
        console.progress(message("Finansieringen er ikke lagt inn."))
    else:
        console.progress(message("Ikke finansiert: {amount:kr}.", amount=funding.unfunded))
    return FINE


def _json(funding: Funding) -> dict[str, object]:
    return {
        "revised_budget": funding.revised_budget,
        "unfunded": funding.unfunded,
        "sources": [
            {"source": one.source.value, "original": one.original, "revised": one.revised, "actual": one.actual}
            for one in funding.sources
        ],
    }
