"""What the commands on the budget ledger write: lines with their sums, and the chain behind a figure.

Must not change anything.
"""

from __future__ import annotations

from argparse import Namespace

from tracker.budgeting import KIND_TITLES, changes_in, read_budget_year, sums_of, write_case
from tracker.chain import FIGURE_TITLES, Chain, Figure, Link, chain_of
from tracker.finding import find_owner
from tracker.kinds import BudgetKind, BudgetStatus
from tracker.messages import message
from tracker.model import BudgetLine, Portfolio
from tracker.money import write_number
from tracker.owners import Owners
from ui.commands.choices import KIND_NAMES
from ui.commands.console import FINE, Console
from ui.commands.opening import chosen_period, load_portfolio

_ID = 8


def tell_lines(given: Namespace, console: Console) -> int:
    """Write the lines that are asked for, and what each kind comes to."""
    portfolio = load_portfolio(given.file)
    lines = changes_in(
        portfolio,
        year=read_budget_year(given.year) if given.year else None,
        kinds=tuple(BudgetKind) if given.kind is None else (given.kind,),
        status=given.status,
    )
    owners = Owners(portfolio)
    if given.project:
        project, subproject = find_owner(portfolio, given.project)
        lines = [line for line in lines if owners.of_line(line) == project and subproject in {None, line.subproject}]
    if given.json:
        console.json([_as_json(line, portfolio, owners) for line in lines])
        return FINE
    if lines:
        year, total = console.say(message("I året")), console.say(message("I totalen"))
        console.data(f"{'':<10}{console.say(message('År')):<5}{'':<32}{year:>16}{total:>16}")
    for line in lines:
        console.data(_line(line, portfolio, owners, console))
    for one in sums_of(lines):
        title = console.say(KIND_TITLES[one.kind])
        year, total = write_number(one.year_amount), write_number(one.total_amount)
        console.data(f"{'':<15}{title:<32}{year:>16}{total:>16}")
    if not lines:
        console.progress(message("Ingen budsjettlinjer svarer til det."))
    return FINE


def tell_chain(given: Namespace, console: Console) -> int:
    """Write the chain behind a figure, line by line with the balance."""
    portfolio = load_portfolio(given.file)
    project, _ = find_owner(portfolio, given.project)
    chain = chain_of(portfolio, project, chosen_period(portfolio, given.period), given.figure or Figure.REVISED)
    if given.json:
        console.json(
            {
                "figure": chain.figure.value,
                "value": chain.value,
                "reported": chain.reported,
                "lines": [
                    _as_json(link.line, portfolio, Owners(portfolio))
                    | {"counts": link.counts, "adds": link.amount, "balance": link.balance}
                    for link in chain.links
                ],
            }
        )
        return FINE
    for link in chain.links:
        console.data(_link(link, console))
    _tell_value(chain, console)
    return FINE


def _tell_value(chain: Chain, console: Console) -> None:
    title = FIGURE_TITLES[chain.figure]
    if chain.value is None:
        console.data(console.say(message("{title}: ikke kjent", title=title)))
    else:
        console.data(console.say(message("{title}: {value:kr}", title=title, value=chain.value)))
    if not chain.is_as_reported:
        console.data(console.say(message("Rapportert da perioden ble låst: {value:kr}", value=chain.reported)))


def _line(line: BudgetLine, portfolio: Portfolio, owners: Owners, console: Console) -> str:
    name = portfolio.projects[owners.of_line(line)].name
    case = "-" if line.decision is None else write_case(line.decision)
    proposed = console.say(message(" (forslag)")) if line.status is BudgetStatus.PROPOSED else ""
    amounts = f"{write_number(line.year_amount):>16}{write_number(line.total_amount):>16}"
    kind = console.say(KIND_TITLES[line.kind]) + proposed
    return f"{line.id[:_ID]}  {line.budget_year} {kind:<32}{amounts}  {case:<16} {name}"


def _link(link: Link, console: Console) -> str:
    line = link.line
    case = "-" if line.decision is None else write_case(line.decision)
    why = " · ".join(console.say(one) for one in (link.why_not, link.beside) if one is not None)
    balance = write_number(link.balance) if link.counts else "-"
    amounts = f"{write_number(link.amount):>16}{balance:>16}"
    return (
        f"{line.takes_effect:%d.%m.%Y}  {console.say(KIND_TITLES[line.kind]):<32}{amounts}  {case:<16} {why}".rstrip()
    )


def _as_json(line: BudgetLine, portfolio: Portfolio, owners: Owners) -> dict[str, object]:
    subproject = None if line.subproject is None else portfolio.subprojects[line.subproject].code
    return {
        "id": line.id,
        "project": portfolio.projects[owners.of_line(line)].name,
        "subproject": subproject,
        "kind": KIND_NAMES[line.kind],
        "status": line.status.value,
        "year": line.budget_year,
        "year_amount": line.year_amount,
        "total_amount": line.total_amount,
        "takes_effect": line.takes_effect.isoformat(),
        "decision": None if line.decision is None else write_case(line.decision),
        "decided_on": None if line.decision is None else line.decision.on.isoformat(),
        "funding": None if line.funding_source is None else line.funding_source.value,
        "note": line.note,
        "source": line.source,
        "belongs_with": line.belongs_with,
    }
