"""`tertial budget …`: the budget ledger from the command line.

Must not know a rule of it.
"""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Mapping
from datetime import date, datetime
from uuid import uuid4

from tracker.budgeting import (
    Paper,
    Request,
    TypedChange,
    changes_in,
    decide,
    doubts_about,
    enter,
    read_budget_year,
    read_change,
    read_day,
    read_decision,
    read_move,
    read_reallocation,
    read_share,
    take_back,
    withdraw,
)
from tracker.edits import Edit
from tracker.finding import find_owner
from tracker.kinds import BudgetKind, BudgetStatus
from tracker.messages import Refusal, message
from tracker.model import Portfolio, RecordId
from tracker.money import Unit
from ui.commands.budget_listing import tell_chain, tell_lines
from ui.commands.changing import changing
from ui.commands.console import FINE, Console

_SHORTEST = 4


def run(given: Namespace, console: Console) -> int:
    """Do what is asked; 0 when it is done."""
    if given.action == "list":
        return tell_lines(given, console)
    if given.action == "why":
        return tell_chain(given, console)
    with changing(given.file) as opened:
        if given.action in _REQUESTS:
            request, paper = _REQUESTS[given.action](opened.portfolio, given), _paper(given)
            for doubt in doubts_about(opened.portfolio, request, paper):
                console.progress(doubt)
            edit = enter(opened.portfolio, request, paper, new_id=_new_id)
        else:
            edit = _EDITS[given.action](opened.portfolio, given)
        opened.perform(edit)
    console.progress(message("{what}.", what=edit.label))
    return FINE


def _change(portfolio: Portfolio, given: Namespace) -> Request:
    typed = TypedChange(
        owner=find_owner(portfolio, given.project),
        kind=given.kind,
        year=given.year,
        amount=given.amount,
        total=given.total,
        funding=given.funding,
        unit=Unit.KRONER,
    )
    return read_change(typed)


def _move(portfolio: Portfolio, given: Namespace) -> Request:
    return read_move(
        find_owner(portfolio, given.project),
        amount=given.amount,
        from_year=given.from_year,
        to_year=given.to_year,
        unit=Unit.KRONER,
    )


def _reallocation(portfolio: Portfolio, given: Namespace) -> Request:
    shares = []
    for written in given.share:
        name, _, amounts = written.rpartition("=")
        year, _, total = amounts.partition("/")
        if not name:
            raise Refusal(message("«{text}» mangler et beløp: skriv PROSJEKT=BELØP.", text=written))
        shares.append(read_share(find_owner(portfolio, name), year=year, total=total, unit=Unit.KRONER))
    return read_reallocation(given.year, shares)


def _paper(given: Namespace) -> Paper:
    return Paper(
        decision=read_decision(given.decision, given.date),
        is_proposed=given.proposed,
        takes_effect=_day(given.takes_effect),
        entered_on=datetime.now().astimezone().date(),
        note=given.note,
    )


def _decided(portfolio: Portfolio, given: Namespace) -> Edit:
    decision = read_decision(given.decision, given.date)
    if decision is None:
        raise Refusal(message("Skriv vedtaket: --decision «KS-sak 109/23» --date 14.06.2023."))
    lines = _chosen(portfolio, given.line)
    if given.all:
        year = read_budget_year(given.year) if given.year else None
        kinds = tuple(BudgetKind) if given.kind is None else (given.kind,)
        lines += [line.id for line in changes_in(portfolio, year=year, kinds=kinds, status=BudgetStatus.PROPOSED)]
    return decide(portfolio, lines, decision, takes_effect=_day(given.takes_effect))


def _withdrawn(portfolio: Portfolio, given: Namespace) -> Edit:
    return withdraw(portfolio, _chosen(portfolio, given.line))


def _taken_back(portfolio: Portfolio, given: Namespace) -> Edit:
    lines = _chosen(portfolio, given.line)
    if len(lines) != 1:
        raise Refusal(message("Før tilbake én endring om gangen: oppgi linjen med --line."))
    return take_back(portfolio, lines[0], because=given.because, new_id=_new_id)


def _chosen(portfolio: Portfolio, beginnings: list[str]) -> list[RecordId]:
    chosen = []
    for beginning in beginnings:
        found = [line.id for line in portfolio.budget_lines.values() if line.id.startswith(beginning.strip().lower())]
        if len(beginning.strip()) < _SHORTEST or len(found) != 1:
            raise Refusal(
                message("«{text}» er ikke én budsjettlinje: bruk id-en som «budget list» viser.", text=beginning)
            )
        chosen += found
    return chosen


def _day(text: str) -> date | None:
    return read_day(text) if text.strip() else None


def _new_id() -> str:
    return str(uuid4())


_REQUESTS: Mapping[str, Callable[[Portfolio, Namespace], Request]] = {
    "add": _change,
    "move": _move,
    "reallocate": _reallocation,
}
_EDITS: Mapping[str, Callable[[Portfolio, Namespace], Edit]] = {
    "decide": _decided,
    "withdraw": _withdrawn,
    "take-back": _taken_back,
}
