"""Recognising a statement's signs: by which way each line's money goes, and by what its sums come to.

Must not find fault: a line that goes against the others of its kind is for `checking` to tell of.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import product

from tracker.statement_check.known import Section, Way
from tracker.statement_check.sections import additions_of, sections_of
from tracker.statement_check.signs import DeviationSign, SignProfile
from tracker.statement_check.tables import ColumnOf, StatementTable, TableLine


@dataclass(frozen=True, slots=True, kw_only=True)
class AgainstOthers:
    """A line whose sign goes against the others of its section, and the columns where it does."""

    line: TableLine
    columns: tuple[int, ...]


def recognise_signs(table: StatementTable) -> SignProfile:
    """Return the profile that the first part is printed with."""
    income = _majority(table, Section.INCOME, Way.IN) or _majority(table, None, Way.IN)
    plain = SignProfile(income_negative=income != 1)
    turned = {line.known.id for line in _of_way(table) if line.known is not None and _is_turned(table, line, plain)}
    profile = _with_nets(table, replace(plain, turned=frozenset(turned)))
    return replace(profile, deviation=_deviation(table, profile))


def against_others(table: StatementTable, profile: SignProfile) -> tuple[AgainstOthers, ...]:
    """Return the lines that are printed against the sign of their kind, in the order of the statement.

    A column that no heading tells of may be a deviation, whose sign says nothing.
    """
    places = [at for at in _plain_columns(table) if table.columns[at].of is not ColumnOf.OTHER]
    found = []
    for line in _of_way(table):
        if line.known is None:
            continue
        factor = profile.factor(line.known, line.known.section)
        columns = tuple(at for at in places if (line.amounts[at] or 0) * factor * line.known.way.value < 0)
        if columns:
            found.append(AgainstOthers(line=line, columns=columns))
    return tuple(found)


def with_inside_signs(table: StatementTable, profile: SignProfile) -> StatementTable:
    """Return the table as it stands inside: money out positive, money in negative."""
    lines = []
    for line, section in zip(table.lines, sections_of(table), strict=True):
        factor, deviation = profile.factor(line.known, section), profile.deviation_factor(line.known, section)
        signs = tuple(deviation if column.of is ColumnOf.DEVIATION else factor for column in table.columns)
        amounts = tuple(
            None if amount is None else amount * sign for amount, sign in zip(line.amounts, signs, strict=True)
        )
        lines.append(replace(line, amounts=amounts, signs=signs))
    return replace(table, lines=tuple(lines))


def _of_way(table: StatementTable) -> Iterable[TableLine]:
    return (line for line in table.lines if line.known is not None and line.known.way is not Way.EITHER)


def _plain_columns(table: StatementTable) -> list[int]:
    return [at for at, column in enumerate(table.columns) if column.of is not ColumnOf.DEVIATION]


def _majority(table: StatementTable, section: Section | None, way: Way) -> int:
    """Return the sign that most amounts of a section going one way have; 0 where it is open.

    Each line has one vote, which its own amounts decide; where lines are as many each way, the largest decides.
    """
    votes: list[tuple[int, int]] = []
    for line in _of_way(table):
        if line.known is None or line.known.way is not way or section not in {None, line.known.section}:
            continue
        amounts = [line.amounts[at] or 0 for at in _plain_columns(table)]
        sign = sum((amount > 0) - (amount < 0) for amount in amounts)
        if sign:
            votes.append((1 if sign > 0 else -1, max(map(abs, amounts))))
    total = sum(sign for sign, _ in votes)
    if total or not votes:
        return (total > 0) - (total < 0)
    return max(votes, key=lambda vote: vote[1])[0]


def _is_turned(table: StatementTable, line: TableLine, profile: SignProfile) -> bool:
    """Whether the lines of its section that go its way are printed the other way than the profile says."""
    known = line.known
    if known is None:  # pragma: no cover  lines without a way are not asked about
        return False
    printed = _majority(table, known.section, known.way)
    return printed * profile.factor(known, known.section) * known.way.value < 0


def _with_nets(table: StatementTable, profile: SignProfile) -> SignProfile:
    """Turn the nets and sums that go either way so that most sums hold; as the profile says where that is open."""
    nets = [line.known.id for line in table.lines if line.known is not None and line.known.way is Way.EITHER]
    sums = [one for one in dict.fromkeys(nets) if one != "carried-forward"]
    best, most = profile, _holding(table, profile)
    for picks in product((False, True), repeat=len(sums)):
        turned = {one for one, is_turned in zip(sums, picks, strict=True) if is_turned}
        tried = replace(profile, turned=profile.turned | turned)
        holding = _holding(table, tried)
        if holding > most:
            best, most = tried, holding
    return best


def _holding(table: StatementTable, profile: SignProfile) -> int:
    inside = with_inside_signs(table, profile)
    count = 0
    for adding in additions_of(inside):
        for at in _plain_columns(table):
            own = adding.total.amounts[at]
            if own:
                count += abs(own - sum(line.amounts[at] or 0 for line in adding.summands)) <= table.unit * 2
    return count


def _deviation(table: StatementTable, profile: SignProfile) -> DeviationSign:
    places = [table.column(of) for of in (ColumnOf.REVISED, ColumnOf.ACTUAL, ColumnOf.DEVIATION)]
    if None in places:
        return DeviationSign.BUDGET_MINUS_ACTUAL
    counts = {}
    for sign in DeviationSign:
        inside = with_inside_signs(table, replace(profile, deviation=sign))
        rows = [[line.amounts[at] or 0 for at in places if at is not None] for line in inside.lines]
        counts[sign] = sum(abs(rev - act - dev) <= table.unit * 2 for rev, act, dev in rows if dev)
    return max(DeviationSign, key=lambda sign: counts[sign])
