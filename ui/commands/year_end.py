"""`tertial year-end FIL --year Y`: what is left of the year becomes proposals in the budget ledger."""

from __future__ import annotations

from argparse import Namespace
from contextlib import closing
from datetime import datetime
from uuid import uuid4

from tracker.actions import open_period
from tracker.budgeting import MONEYS
from tracker.messages import message
from tracker.periods import Part, Period
from tracker.year_end import Proposal, by_money, make_proposals, propose, sums_of
from ui.commands.changing import changing
from ui.commands.console import FINE, Console
from ui.commands.opening import opened_to_read


def run(given: Namespace, console: Console) -> int:
    """Propose, show, and only then write."""
    if given.dry_run:
        with closing(opened_to_read(given.file)) as store:
            proposals = propose(store.load(), given.year)
        _say(proposals, console, as_json=given.json)
        return FINE
    today = datetime.now().astimezone().date()
    with changing(given.file) as opened:
        proposals = propose(opened.portfolio, given.year)
        _say(proposals, console, as_json=given.json)
        opened.perform(
            make_proposals(opened.portfolio, given.year, proposals, today=today, new_id=lambda: str(uuid4()))
        )
        following = Period(given.year + 1, Part.T1)
        if given.open_next and opened.portfolio.state_of(following) is None:
            opened.perform(open_period(opened.portfolio, following, new_id=lambda: str(uuid4())))
    console.progress(message("Skrev {file}.", file=given.file.name))
    return FINE


def _say(proposals: list[Proposal], console: Console, *, as_json: bool) -> None:
    if as_json:
        console.json([_json(one) for one in proposals])
        return
    for one in proposals:
        if one.left:
            told = message(
                "{name}: {left:kr} igjen. Overføres {carried:kr}, strykes {struck:kr}, ny dekning {covered:kr}.",
                name=one.name,
                left=one.left,
                carried=one.carried,
                struck=one.struck,
                covered=-one.covered,
            )
            console.data(console.say(told))
    for money, own in by_money(proposals).items():
        sums = sums_of(own)
        console.progress(
            message(
                "{money}: {left:kr} igjen. Overføres {carried:kr}, strykes {struck:kr}, ny dekning {covered:kr}.",
                money=MONEYS[money],
                left=sums.left,
                carried=sums.carried,
                struck=sums.struck,
                covered=-sums.covered,
            )
        )


def _json(one: Proposal) -> dict[str, object]:
    return {
        "id": one.project,
        "name": one.name,
        "money": None if one.money is None else one.money.value,
        "revised_budget": one.revised_budget,
        "actual": one.actual,
        "left": one.left,
        "carried": one.carried,
        "struck": one.struck,
        "covered": one.covered,
    }
