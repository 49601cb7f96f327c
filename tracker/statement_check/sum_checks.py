"""Holds a statement's sums against their lines, and what is carried forward against all that it comes out of.

Must not know a line's sign as it is printed: amounts are those inside, money out positive.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace

from tracker.messages import Message, message
from tracker.statement_check.known import KNOWN, Section
from tracker.statement_check.reasons import Trouble, reasons_of
from tracker.statement_check.sections import Adding, additions_of, balance_of, lines_behind
from tracker.statement_check.tables import ColumnOf, StatementTable, TableLine
from tracker.statement_check.verdict import PART_WORDS, Behind, Check


def allowed(summands: int, unit: int) -> int:
    """Return what rounding alone may make of a sum, in kroner; those too were rounded, from øre.

    Three standard deviations of it (`tracker.tieout`), since a statement has some sixty sums that are tried at once.
    """
    return max(1, math.floor(3 * math.sqrt((summands + 1) / 12))) * unit


def check_sums(table: StatementTable, other: StatementTable | None) -> Iterator[Check]:
    """Hold each printed sum against its lines; the other part may hold a line that is missing."""
    for adding in additions_of(table):
        yield from _addition(table, adding, elsewhere=_same_columns(table, other))


def _addition(table: StatementTable, adding: Adding, *, elsewhere: Sequence[TableLine]) -> Iterator[Check]:
    allowance = allowed(len(adding.summands), table.unit)
    differences = {
        at: printed - sum(line.amounts[at] or 0 for line in adding.summands)
        for at, printed in enumerate(adding.total.amounts)
        if printed is not None
    }
    wrong = {at: difference for at, difference in differences.items() if abs(difference) > allowance}
    trouble = Trouble(
        table=table,
        total=adding.total,
        summands=adding.summands,
        differences=wrong,
        elsewhere=tuple(elsewhere),
        allowance=allowance,
    )
    reasons = _reasons(trouble)
    for at, difference in differences.items():
        printed = adding.total.amounts[at] or 0
        yield Check(
            id="sum",
            title=message("«{line}», {part}", line=adding.total.label, part=PART_WORDS[table.paragraph]),
            column=table.columns[at].title,
            at=at,
            printed=adding.total.as_printed(at, printed),
            computed=adding.total.as_printed(at, printed - difference),
            allowance=allowance,
            reason=(reasons.get(at) or _unexplained(table, adding, wrong, at)) if at in wrong else None,
            behind=behind_of(adding, at),
            paragraph=table.paragraph,
            place=adding.total.place,
        )


def _reasons(trouble: Trouble) -> dict[int, Message]:
    """Return the likeliest reasons; a deviation that only follows from the columns that it is made of says so."""
    table, wrong = trouble.table, dict(trouble.differences)
    places = [table.column(of) for of in (ColumnOf.REVISED, ColumnOf.ACTUAL, ColumnOf.DEVIATION)]
    revised, actual, deviation = places
    follows: dict[int, Message] = {}
    if deviation in wrong and (revised in wrong or actual in wrong):
        behind = wrong.get(-1 if revised is None else revised, 0) - wrong.get(-1 if actual is None else actual, 0)
        if abs(wrong[deviation] - behind) <= trouble.allowance:
            del wrong[deviation]
            follows[deviation] = message("følger av differansen i regnskap eller budsjett")
    return reasons_of(replace(trouble, differences=wrong)) | follows


def _unexplained(table: StatementTable, adding: Adding, wrong: dict[int, int], at: int) -> Message:
    """Say what is left to think of: an empty cell, a line that is missing where many columns differ; else nothing."""
    empty = next((line for line in adding.summands if line.amounts[at] is None), None)
    if empty is not None:
        return message("«{line}» har ikke noe tall i kolonnen", line=empty.label)
    section = None if adding.total.known is None else adding.total.known.section
    present = {line.known.id for line in table.lines if line.known is not None}
    lacking = [
        known.title
        for known in KNOWN
        if known.section is section and known.id not in present and not known.is_sum and not _is_detail(known.id)
    ]
    if len(wrong) > 1 and lacking and table.paragraph == 1:
        return message("en linje kan mangle; forskriften har også «{line}»", line=lacking[0])
    return message("ingen enkelt linje forklarer differansen")


def _is_detail(id_: str) -> bool:
    return any(id_ in known.details for known in KNOWN)


def behind_of(adding: Adding, at: int) -> tuple[Behind, ...]:
    """Return the summands of a column, for the way down to them."""
    return tuple(Behind(name=line.label, amount=line.amounts[at]) for line in adding.summands)


def check_balance(table: StatementTable) -> Iterator[Check]:
    """Hold what is carried forward against expenditure, income, lending and transfers together."""
    balance = balance_of(table)
    if balance is None:
        return
    allowance = allowed(len(balance.summands), table.unit)
    totals = [sum(line.amounts[at] or 0 for line in balance.summands) for at in range(len(table.columns))]
    sign = _sign_of_carried(balance, totals)
    carried = [sign * (amount or 0) for amount in balance.total.amounts]
    wrong = {at: carried[at] - total for at, total in enumerate(totals) if abs(carried[at] - total) > allowance}
    trouble = Trouble(
        table=table,
        total=balance.total,
        summands=balance.summands,
        differences=wrong,
        behind=lines_behind(table, balance),
        allowance=allowance,
    )
    reasons = _reasons(trouble)
    if len(reasons) < len(wrong):
        # What is uncovered may be printed either way, and where all comes to nothing the figures don't say which.
        turned = _reasons(replace(trouble, differences={at: -carried[at] - totals[at] for at in wrong}))
        reasons = turned if len(turned) > len(reasons) else reasons
    for at, total in enumerate(totals):
        yield Check(
            id="balance",
            title=message("Balansen, {part}", part=PART_WORDS[1]),
            column=table.columns[at].title,
            at=at,
            printed=balance.total.as_printed(at, sign * carried[at]),
            computed=balance.total.as_printed(at, sign * total),
            allowance=allowance,
            reason=_why_unbalanced(table, total, sign * carried[at], reasons.get(at)) if at in wrong else None,
            behind=behind_of(balance, at),
            paragraph=table.paragraph,
            place=balance.total.place,
        )


def _sign_of_carried(balance: Adding, totals: Sequence[int]) -> int:
    """Return the sign that what is uncovered is printed with: templates differ, so that which fits more columns."""
    kept = sum(abs(total - (own or 0)) for total, own in zip(totals, balance.total.amounts, strict=True))
    turned = sum(abs(total + (own or 0)) for total, own in zip(totals, balance.total.amounts, strict=True))
    return 1 if kept <= turned else -1


def _why_unbalanced(table: StatementTable, total: int, carried: int, reason: Message | None) -> Message:
    if abs(total) <= table.unit:
        return message(
            "utgifter, inntekter, videreutlån og overføringer går opp i 0, men {carried:mill} er ført som "
            "udekket: {why}",
            carried=carried,
            why=reason or message("ingen enkelt linje forklarer differansen"),
        )
    if all(line.known is None or line.known.section is not Section.LENDING for line in table.lines):
        return message("bevilgningsoversikten har ingen linjer for videreutlån, og de kan være differansen")
    return reason or message(
        "utgifter, inntekter, videreutlån og overføringer går ikke opp i det som er ført som udekket, og ingen enkelt "
        "linje forklarer differansen"
    )


def _same_columns(table: StatementTable, other: StatementTable | None) -> Sequence[TableLine]:
    """Return the other part's lines where its columns are the same, so that amounts can be held side by side."""
    if other is None or [one.of for one in other.columns] != [one.of for one in table.columns]:
        return ()
    return other.lines
