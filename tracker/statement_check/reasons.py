"""Why a sum doesn't hold, most likely: each slip that people make, tried on the figures.

Must not know whether anybody minds. Amounts are whole kroner, money out positive.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from tracker.messages import Message, message
from tracker.money import THOUSAND
from tracker.statement_check.tables import ColumnOf, StatementTable, TableLine

_MOST_PAIRED = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Slip:
    """A slip and what it would make the difference (printed minus added up) be, a column; `rank` 0 is likeliest."""

    reason: Message
    differences: Mapping[int, int]
    rank: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """A sum that doesn't hold: what it is printed as, its summands, and its difference where there is one."""

    table: StatementTable
    total: TableLine
    summands: tuple[TableLine, ...]
    differences: Mapping[int, int]
    behind: tuple[TableLine, ...] = ()
    elsewhere: tuple[TableLine, ...] = ()
    allowance: int = 0


def reasons_of(trouble: Trouble) -> dict[int, Message]:
    """Return the likeliest reason a column; a slip that explains more of the columns is the likelier."""
    left = dict(trouble.differences)
    found: dict[int, Message] = {}
    slips = list(_slips(trouble))
    while left:
        scored = [(_explained(slip, left, trouble.allowance), slip) for slip in slips]
        scored = [(columns, slip) for columns, slip in scored if columns]
        if not scored:
            break
        columns, slip = min(scored, key=lambda one: (-len(one[0]), one[1].rank))
        for column in columns:
            found[column] = slip.reason
            del left[column]
    return found


def _explained(slip: Slip, left: Mapping[int, int], allowance: int) -> list[int]:
    return [
        column
        for column, difference in left.items()
        if abs(slip.differences.get(column, 0)) > allowance and abs(slip.differences[column] - difference) <= allowance
    ]


def _slips(trouble: Trouble) -> Iterator[Slip]:
    for rank, find in enumerate(_SLIPS):
        for reason, differences in find(trouble):
            yield Slip(reason=reason, differences=differences, rank=rank)


_Found = Iterator[tuple[Message, Mapping[int, int]]]


def _own_deviation(trouble: Trouble) -> _Found:
    """Try a figure typed wrong: it makes both the sum and its own line's deviation wrong by as much."""
    for line in (*trouble.summands, trouble.total):
        for column, right in _by_own_deviation(trouble.table, line):
            wrong = line.amounts[column] or 0
            difference = right - wrong if line is not trouble.total else wrong - right
            if difference:
                text = _what_is_wrong(line, right, wrong, trouble.table.unit)
                yield text, {column: difference}


def _what_is_wrong(line: TableLine, right: int, wrong: int, unit: int) -> Message:
    if right == -wrong:
        return message(
            "fortegnet i «{line}» er feil: det motsatte gir både summen og avviket på linjen", line=line.label
        )
    if _is_swapped(wrong // unit, right // unit):
        return message(
            "to sifre er byttet om i «{line}»: {right:kr} der det står {wrong:kr} gir både summen og avviket på linjen",
            line=line.label,
            right=abs(right),
            wrong=abs(wrong),
        )
    return message(
        "tallet i «{line}» er feil: {right:kr} der det står {wrong:kr} gir både summen og avviket på linjen",
        line=line.label,
        right=abs(right),
        wrong=abs(wrong),
    )


def _by_own_deviation(table: StatementTable, line: TableLine) -> Iterator[tuple[int, int]]:
    """Yield what each of the line's three figures would be by the two others."""
    places = [table.column(of) for of in (ColumnOf.REVISED, ColumnOf.ACTUAL, ColumnOf.DEVIATION)]
    revised_at, actual_at, deviation_at = places
    if revised_at is None or actual_at is None or deviation_at is None:
        return
    revised, actual, deviation = (line.amounts[at] or 0 for at in (revised_at, actual_at, deviation_at))
    if abs(revised - actual - deviation) <= table.unit:
        return
    yield revised_at, actual + deviation
    yield actual_at, revised - deviation
    yield deviation_at, revised - actual


def _opposite(trouble: Trouble) -> _Found:
    for line in _all_lines(trouble):
        yield (
            message("«{line}» er regnet med motsatt fortegn (differansen er det dobbelte av linjen)", line=line.label),
            _times(line, -2),
        )


def _left_out(trouble: Trouble) -> _Found:
    for line in _all_lines(trouble):
        yield message("«{line}» er ikke regnet med i summen", line=line.label), _times(line, -1)


def _twice(trouble: Trouble) -> _Found:
    for line in _all_lines(trouble):
        yield message("«{line}» er regnet med to ganger", line=line.label), _times(line, 1)


def _other_unit(trouble: Trouble) -> _Found:
    for line in (*trouble.summands, trouble.total):
        sign = 1 if line is not trouble.total else -1
        as_kroner = {at: sign * (amount // THOUSAND - amount) for at, amount in _amounts(line)}
        yield message("«{line}» står i kroner der resten står i tusen", line=line.label), as_kroner
        as_thousands = {at: sign * (amount * THOUSAND - amount) for at, amount in _amounts(line)}
        yield message("«{line}» står i tusen der resten står i kroner", line=line.label), as_thousands


def _swapped(trouble: Trouble) -> _Found:
    unit = trouble.table.unit
    for line in (trouble.total, *trouble.summands):
        for at, amount in _amounts(line):
            for other in _with_swapped_digits(amount // unit):
                difference = other * unit - amount
                yield (
                    message(
                        "to sifre kan være byttet om i «{line}»: {right:kr} der det står {wrong:kr} "
                        "(differansen er delelig med 9)",
                        line=line.label,
                        right=abs(other) * unit,
                        wrong=abs(amount),
                    ),
                    {at: -difference if line is trouble.total else difference},
                )


def _missing(trouble: Trouble) -> _Found:
    known = {line.known.id for line in trouble.table.lines if line.known is not None}
    # The regulation's own words first: a line of the municipality's may be a part of one.
    for line in sorted(trouble.elsewhere, key=lambda one: one.known is None):
        if line.known is None or line.known.id not in known:
            yield (
                message("linjen «{line}» mangler her, men står i den andre delen", line=line.label),
                dict(_amounts(line)),
            )


def _other_column(trouble: Trouble) -> _Found:
    for at, own in enumerate(trouble.table.columns):
        added = sum(line.amounts[at] or 0 for line in trouble.summands)
        for other, column in enumerate(trouble.table.columns):
            if other != at and own.of is not ColumnOf.DEVIATION and column.of is not ColumnOf.DEVIATION:
                theirs = sum(line.amounts[other] or 0 for line in trouble.summands)
                yield (
                    message("summen er hentet fra kolonnen «{column}»", column=column.title),
                    {at: theirs - added},
                )


def _pairs_opposite(trouble: Trouble) -> _Found:
    lines = _all_lines(trouble)
    if len(lines) > _MOST_PAIRED:
        return
    for one, other in combinations(lines, 2):
        first, second = _times(one, -2), _times(other, -2)
        yield (
            message("«{one}» og «{other}» er regnet med motsatt fortegn", one=one.label, other=other.label),
            {at: first.get(at, 0) + second.get(at, 0) for at in {*first, *second}},
        )


_SLIPS: tuple[Callable[[Trouble], _Found], ...] = (
    _own_deviation,
    _opposite,
    _left_out,
    _twice,
    _other_unit,
    _missing,
    _other_column,
    _swapped,
    _pairs_opposite,
)
"""From the likeliest: what explains as many columns is taken in this order."""


def _all_lines(trouble: Trouble) -> Sequence[TableLine]:
    """Return the summands, then the lines behind them, each once."""
    found = {line.place: line for line in (*trouble.summands, *trouble.behind)}
    return tuple(found.values())


def _amounts(line: TableLine) -> Iterable[tuple[int, int]]:
    return ((at, amount) for at, amount in enumerate(line.amounts) if amount)


def _times(line: TableLine, factor: int) -> dict[int, int]:
    return {at: factor * amount for at, amount in _amounts(line)}


def _with_swapped_digits(number: int) -> Iterator[int]:
    digits = str(abs(number))
    for at in range(len(digits) - 1):
        one, two = digits[at], digits[at + 1]
        if one != two:
            swapped = int(digits[:at] + two + one + digits[at + 2 :])
            yield swapped if number >= 0 else -swapped


def _is_swapped(one: int, other: int) -> bool:
    return other in _with_swapped_digits(one)
