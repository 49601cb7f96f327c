"""Holds a statement's lines against themselves and each other: deviations, signs, and one part against the other.

Must not add a section up.
"""

from __future__ import annotations

from collections.abc import Iterator

from tracker.messages import Message, message
from tracker.statement_check.known import FIXED_ASSETS, GRANTS_GIVEN, INSTALMENTS, SUM_EXPENDITURE
from tracker.statement_check.recognising import against_others
from tracker.statement_check.sections import balance_of
from tracker.statement_check.signs import SignProfile
from tracker.statement_check.sum_checks import allowed, behind_of
from tracker.statement_check.tables import ColumnOf, StatementTable, TableLine
from tracker.statement_check.verdict import PART_WORDS, Behind, Check


def check_deviations(table: StatementTable) -> Iterator[Check]:
    """Hold each line's deviation against the figures that it is made of."""
    revised, actual, deviation = (table.column(of) for of in (ColumnOf.REVISED, ColumnOf.ACTUAL, ColumnOf.DEVIATION))
    if revised is None or actual is None or deviation is None:
        return
    for line in table.lines:
        printed = line.amounts[deviation]
        if printed is None:
            continue
        computed = (line.amounts[revised] or 0) - (line.amounts[actual] or 0)
        is_wrong = abs(printed - computed) > table.unit
        yield Check(
            id="deviation",
            title=message("«{line}», {part}", line=line.label, part=PART_WORDS[table.paragraph]),
            column=table.columns[deviation].title,
            at=deviation,
            printed=line.as_printed(deviation, printed),
            computed=line.as_printed(deviation, computed),
            allowance=table.unit,
            reason=_why_deviation(printed, computed, table.unit) if is_wrong else None,
            behind=tuple(Behind(name=table.columns[at].title, amount=line.amounts[at]) for at in (revised, actual)),
            paragraph=table.paragraph,
            place=line.place,
        )


def _why_deviation(printed: int, computed: int, unit: int) -> Message:
    if abs(printed + computed) <= unit:
        return message("avviket har motsatt fortegn av de andre linjenes")
    return message("avviket er ikke revidert budsjett minus regnskap")


def check_signs(table: StatementTable, profile: SignProfile) -> Iterator[Check]:
    """Tell of lines against the sign of their kind, and of signs that differ while something is carried forward."""
    for one in against_others(table, profile):
        amounts = [one.line.amounts[at] or 0 for at in one.columns]
        columns = table.columns[one.columns[0]].title
        yield Check(
            id="signs",
            title=message("«{line}», {part}", line=one.line.label, part=PART_WORDS[1]),
            column=columns,
            reason=message(
                "{amount:kr} har motsatt fortegn av det slike linjer ellers har her; riktig bare om det er en "
                "tilbakeføring",
                amount=amounts[0],
            ),
            paragraph=table.paragraph,
            place=one.line.place,
            is_doubt=True,
        )
    yield from _mixed(table, profile)


def _mixed(table: StatementTable, profile: SignProfile) -> Iterator[Check]:
    """Tell where the lines as printed come to nothing, and yet something is carried forward."""
    balance = balance_of(table)
    turned = [line.label for line in table.lines if line.known is not None and line.known.id in profile.turned]
    if balance is None or not turned:
        return
    allowance = allowed(len(balance.summands), table.unit)
    for at, column in enumerate(table.columns):
        raw, carried = sum(line.amounts[at] or 0 for line in balance.summands), balance.total.amounts[at] or 0
        if column.of is not ColumnOf.DEVIATION and abs(raw) <= allowance < abs(carried):
            yield Check(
                id="signs",
                title=message("«{line}», {part}", line=balance.total.label, part=PART_WORDS[1]),
                column=column.title,
                at=at,
                printed=carried,
                computed=raw,
                allowance=allowance,
                reason=message(
                    "fortegnene er blandet: slik linjene står, går de opp i 0, men «{line}» står med et annet fortegn "
                    "enn resten, og {carried:mill} er ført som udekket",
                    line=turned[0],
                    carried=carried,
                ),
                behind=behind_of(balance, at),
                paragraph=table.paragraph,
                place=balance.total.place,
            )


def check_parts(first: StatementTable, second: StatementTable) -> Iterator[Check]:
    """Hold the sum of the first part against the second's, and the lines that both have."""
    pairs = [(first.line(known), _last(second, known)) for known in (FIXED_ASSETS, GRANTS_GIVEN)]
    pairs.append((first.line(SUM_EXPENDITURE), second.lines[-1] if second.lines else None))
    instalments = first.line(INSTALMENTS)
    for one, other in pairs:
        if one is None or other is None:
            continue
        for at, column in enumerate(first.columns):
            place = second.column(column.of)
            if place is None or column.of is ColumnOf.OTHER or other.amounts[place] is None:
                continue
            own = one.amounts[at] or 0
            theirs = other.amounts[place] or 0
            if one.known is not None and one.known.id == SUM_EXPENDITURE and instalments is not None:
                # Instalments are no investment: the second part is of the lines before them.
                own -= instalments.amounts[at] or 0
            yield Check(
                id="parts",
                title=message("«{line}» i første og andre ledd", line=one.label),
                column=column.title,
                at=place,
                printed=theirs,
                computed=own,
                allowance=max(first.unit, second.unit) if first.unit != second.unit else 0,
                reason=None if own == theirs else message("de to delene viser ikke det samme"),
                paragraph=2,
                place=other.place,
            )


def _last(table: StatementTable, known: str) -> TableLine | None:
    found = [line for line in table.lines if line.known is not None and line.known.id == known]
    return found[-1] if found else None
