"""The way down from each sum of § 5-5: what its lines come to, and the projects behind it by service area.

Must not know how it is shown. Amounts are whole kroner, the statement's with the signs that it prints.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from tracker.figures import PeriodFigures, ProjectFigures, figures_of
from tracker.messages import Message, message
from tracker.model import Portfolio, ProjectId
from tracker.periods import Period
from tracker.statement import ComputedLine, compute_statement, granted_areas
from tracker.statement_check.against import PROJECT_AMOUNTS, Side, of_others, sides_of
from tracker.statement_check.known import FIXED_ASSETS, GRANTS_GIVEN, SUM_EXPENDITURE
from tracker.statement_check.recognising import with_inside_signs
from tracker.statement_check.signs import signs_of
from tracker.statement_check.tables import ColumnOf, StatementTable, TableLine
from tracker.statement_check.verdict import PROJECTS, Check, Outcome, Verdict

COLUMNS = (ColumnOf.PREVIOUS_ACTUAL, ColumnOf.ACTUAL, ColumnOf.REVISED, ColumnOf.ORIGINAL, ColumnOf.DEVIATION)
_PARTS = {1: message("Første ledd"), 2: message("Andre ledd")}
_NO_AMOUNTS = (None,) * len(COLUMNS)
_WORST = (Outcome.FAILS, Outcome.DOUBT, Outcome.ROUNDING, Outcome.HOLDS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A line of the statement, or something behind it: its amounts in `COLUMNS`, and how it came out.

    `difference` is the largest one of its columns; `allowance` what rounding may make of it.
    """

    title: str | Message
    amounts: tuple[int | None, ...] = _NO_AMOUNTS
    difference: int | None = None
    allowance: int | None = None
    outcome: Outcome | None = None
    project: ProjectId | None = None
    is_sum: bool = False
    children: tuple[Node, ...] = ()


def unfold(portfolio: Portfolio, period: Period, verdict: Verdict | None) -> tuple[Node, ...]:
    """Return the parts that a period keeps with the way down, or the first part computed where it keeps none."""
    figures = figures_of(portfolio, period)
    if verdict is None:
        return (_computed(portfolio, period, figures),) if figures.projects else ()
    granted = granted_areas(portfolio, figures)
    return tuple(_part(table, verdict, figures, granted) for table in verdict.read.tables)


def _part(table: StatementTable, verdict: Verdict, figures: PeriodFigures, granted: frozenset[str | None]) -> Node:
    inside = with_inside_signs(table, verdict.signs)
    sides = {side.line.place: side for side in sides_of(inside, figures, granted)}
    checks: dict[int | None, list[Check]] = {}
    for check in verdict.checks:
        if check.paragraph == table.paragraph:
            checks.setdefault(check.place, []).append(check)
    lines = tuple(
        _line(table, line, checks.get(line.place, []), sides.get(line.place), figures) for line in table.lines
    )
    return Node(title=_PARTS[table.paragraph], children=lines, is_sum=True)


def _line(
    table: StatementTable, line: TableLine, checks: Sequence[Check], side: Side | None, figures: PeriodFigures
) -> Node:
    adding = [check for check in checks if check.id in {"sum", "balance"}]
    children: list[Node] = []
    if adding:
        amounts = {check.at: check.computed for check in adding}
        children.append(
            _weighed(Node(title=message("Regnet ut av linjene"), amounts=_in_order(table, amounts)), adding)
        )
    if side is not None:
        theirs = [check for check in checks if check.id == PROJECTS]
        children.append(_weighed(_projects(side.projects, figures, has_others=side.has_others), theirs))
    made = Node(
        title=line.label,
        amounts=_in_order(table, dict(enumerate(line.amounts))),
        is_sum=bool(adding) or line.is_named_sum,
        children=tuple(children),
    )
    return _weighed(made, checks)


def _weighed(node: Node, checks: Sequence[Check]) -> Node:
    """Give a node the worst outcome of some checks, and the largest difference among those."""
    outcomes = {check.outcome for check in checks}
    outcome = next((one for one in _WORST if one in outcomes), None)
    worst = [check for check in checks if check.outcome is outcome and check.difference is not None]
    if not worst:
        return replace(node, outcome=outcome)
    largest = max(worst, key=lambda check: abs(check.difference or 0))
    return replace(node, outcome=outcome, difference=largest.difference, allowance=largest.allowance)


def _in_order(
    table: StatementTable, amounts: dict[int | None, int | None] | dict[int, int | None]
) -> tuple[int | None, ...]:
    places = (table.column(of) for of in COLUMNS)
    return tuple(None if at is None else amounts.get(at) for at in places)


def _projects(projects: Sequence[ProjectFigures], figures: PeriodFigures, *, has_others: bool) -> Node:
    areas = dict.fromkeys(one.project.service_area for one in projects)
    by_area = [
        _sum_of(
            area or message("Uten tjenesteområde"),
            [_project(one) for one in projects if one.project.service_area == area],
        )
        for area in areas
    ]
    if has_others and figures.other is not None:
        amounts = tuple(of_others(figures, of) for of in COLUMNS)
        by_area.append(Node(title=figures.other.name or message("Øvrige prosjekter"), amounts=amounts))
    return _sum_of(message("Prosjektene"), by_area)


def _project(one: ProjectFigures) -> Node:
    amounts = tuple(PROJECT_AMOUNTS[of](one) if of in PROJECT_AMOUNTS else None for of in COLUMNS)
    return Node(title=one.project.name, amounts=amounts, project=one.project.id)


def _without_deviation(node: Node) -> Node:
    """Leave the deviation out: what is computed before the year has ended has none that is to be explained."""
    at = COLUMNS.index(ColumnOf.DEVIATION)
    amounts = (*node.amounts[:at], None, *node.amounts[at + 1 :])
    return replace(node, amounts=amounts, children=tuple(map(_without_deviation, node.children)))


def _sum_of(title: str | Message, nodes: Sequence[Node]) -> Node:
    """Add nodes up; a column where one lacks its amount has none, but for the budget that other projects never have."""
    amounts = tuple(_added([node.amounts[at] for node in nodes]) for at in range(len(COLUMNS)))
    return Node(title=title, amounts=amounts, children=tuple(nodes))


def _added(amounts: Iterable[int | None]) -> int | None:
    chosen = list(amounts)
    return None if any(amount is None for amount in chosen) else sum(amount or 0 for amount in chosen)


def _computed(portfolio: Portfolio, period: Period, figures: PeriodFigures) -> Node:
    """Return the first part as projects and funding make it, where nothing is printed."""
    computed = compute_statement(portfolio, period)
    granted = granted_areas(portfolio, figures)
    behind = {
        FIXED_ASSETS: [one for one in figures.projects if one.project.service_area not in granted],
        GRANTS_GIVEN: [one for one in figures.projects if one.project.service_area in granted],
        SUM_EXPENDITURE: list(figures.projects),
    }
    signs = signs_of(portfolio)

    def node(line: ComputedLine) -> Node:
        factor = signs.factor_of(line.known)
        known = {
            ColumnOf.ACTUAL: line.actual,
            ColumnOf.REVISED: line.revised_budget,
            ColumnOf.ORIGINAL: line.original_budget,
        }
        turned = (None if known.get(of) is None else factor * (known[of] or 0) for of in COLUMNS)
        projects = behind.get(line.known or "", [])
        below = (
            (_without_deviation(_projects(projects, figures, has_others=line.known == SUM_EXPENDITURE)),)
            if projects
            else ()
        )
        return Node(title=line.title, amounts=tuple(turned), is_sum=line.is_sum, children=below)

    lines = tuple(node(line) for line in (*computed.lines, computed.residual))
    return Node(title=message("Første ledd, regnet ut fra prosjektene og finansieringen"), children=lines, is_sum=True)
