"""Holds a statement against itself: every sum, the balance, the deviations, the signs, and one part against the other.

Must not know a portfolio. Amounts are whole kroner, inside with money out positive.
"""

from __future__ import annotations

from collections.abc import Iterator

from tracker.messages import message
from tracker.statement_check.known import CARRIED, KNOWN, SUM_EXPENDITURE, SUM_INCOME, SUM_TRANSFERS
from tracker.statement_check.line_checks import check_deviations, check_parts, check_signs
from tracker.statement_check.recognising import recognise_signs, with_inside_signs
from tracker.statement_check.signs import USUAL_SIGNS, SignProfile
from tracker.statement_check.sum_checks import check_balance, check_sums
from tracker.statement_check.tables import ReadStatement, StatementTable
from tracker.statement_check.verdict import Check, Verdict

_NEEDED = (SUM_EXPENDITURE, SUM_INCOME, SUM_TRANSFERS, CARRIED)


def check_statement(read: ReadStatement, *, signs: SignProfile | None = None) -> Verdict:
    """Try everything of a statement that it says of itself; with the signs given, else those that are recognised."""
    first, second = read.part(1), read.part(2)
    known = signs or (USUAL_SIGNS if first is None else recognise_signs(first))
    inside = {table.paragraph: with_inside_signs(table, known) for table in (first, second) if table is not None}
    checks: list[Check] = list(_unread(read))
    for table in inside.values():
        other = inside.get(3 - table.paragraph)
        checks += check_sums(table, other)
        checks += check_deviations(table)
    if first is not None:
        checks += _missing_sums(first)
        checks += check_balance(inside[1])
        checks += check_signs(first, known)
        if second is not None:
            checks += check_parts(inside[1], inside[2])
    return Verdict(read=read, signs=known, checks=tuple(checks))


def _unread(read: ReadStatement) -> Iterator[Check]:
    for place, label in read.unread:
        yield Check(
            id="unread",
            title=message("«{line}»", line=label),
            reason=message("linjen har noe som ikke er tall, eller tall som ikke lar seg lese"),
            place=place,
        )


def _missing_sums(table: StatementTable) -> Iterator[Check]:
    for known in KNOWN:
        if known.id in _NEEDED and table.line(known.id) is None:
            yield Check(
                id="missing-line",
                title=message("«{line}»", line=known.title),
                reason=message("linjen finnes ikke i bevilgningsoversikten"),
            )
