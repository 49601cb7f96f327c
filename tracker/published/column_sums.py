"""Chooses among the readings that are left for each row, so that the columns come to their printed sums.

Must not know names or text: it sees numbers only, one tuple of column amounts a reading.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import prod

Amounts = tuple[int, ...]
"""A reading's amounts by column, in thousands; the line of the sum with all signs turned."""

_Readings = list[tuple[int, Amounts]]
"""The readings of a row that are still possible, each with its index."""

_MOST_HALF = 1 << 16
"""How many combinations each half of the search may hold: 32 rows with two readings each."""
_MOST_SOLUTIONS = 64


@dataclass(frozen=True, slots=True)
class Choice:
    """What the sums decide: one reading index a row, or (`picks` None) the rows that stay undecided."""

    picks: tuple[int, ...] | None
    undecided: tuple[int, ...] = ()
    tied: frozenset[int] = frozenset()


def choose(rows: Sequence[Sequence[Amounts]], *, all_columns: bool = False) -> Choice:
    """Choose one reading a row so that as many open columns as possible sum to zero but for rounding.

    A combination is decisive when it alone makes the most columns tie out: both totals, or one of them where a
    digit of the other is wrong. Rounding may make (n + 1) / 2 over n lines. With nothing open there is nothing to
    choose, and nothing is checked. More open rows than can be searched are left undecided. `all_columns` accepts
    only what makes every open column tie out.
    """
    open_rows = tuple(index for index, found in enumerate(rows) if len(found) > 1)
    if not open_rows:
        return Choice(tuple(0 for _ in rows), tied=_tied(rows))
    search = _Search(rows, open_rows)
    least = len(search.columns) if all_columns else 1
    for size in range(len(search.columns), least - 1, -1):
        found = {picks for columns in combinations(search.columns, size) for picks in search.solutions(columns)}
        if search.too_many:
            break
        if len(found) == 1:
            picks = _with_picks(len(rows), open_rows, found.pop())
            return Choice(picks, tied=_tied([[row[pick]] for row, pick in zip(rows, picks, strict=True)]))
        if found:
            return Choice(None, tuple(_differing(open_rows, found)))
    # Nothing ties out, or there is too much to search.
    return Choice(None, open_rows)


def tolerance(lines: int) -> int:
    """Return what rounding alone may make in a sum over `lines` lines, its own included: half a unit each."""
    return lines // 2


def _tied(rows: Sequence[Sequence[Amounts]]) -> frozenset[int]:
    allowed = tolerance(len(rows))
    return frozenset(
        column for column in range(len(rows[0][0])) if abs(sum(found[0][column] for found in rows)) <= allowed
    )


def _with_picks(count: int, open_rows: tuple[int, ...], picks: tuple[int, ...]) -> tuple[int, ...]:
    chosen = dict(zip(open_rows, picks, strict=True))
    return tuple(chosen.get(index, 0) for index in range(count))


def _differing(open_rows: tuple[int, ...], solutions: set[tuple[int, ...]]) -> Iterator[int]:
    for place, row in enumerate(open_rows):
        if len({picks[place] for picks in solutions}) > 1:
            yield row


class _Search:
    """Rules out what the sums can't hold, then meets in the middle: one half's combinations among the other's."""

    def __init__(self, rows: Sequence[Sequence[Amounts]], open_rows: tuple[int, ...]) -> None:
        self._allowed = tolerance(len(rows))
        self._open = [rows[index] for index in open_rows]
        width = len(rows[0][0])
        self.columns = tuple(
            column for column in range(width) if any(len({one[column] for one in found}) > 1 for found in self._open)
        )
        self._base = tuple(sum(found[0][column] for found in rows if len(found) == 1) for column in range(width))
        self.too_many = False

    def solutions(self, columns: tuple[int, ...]) -> list[tuple[int, ...]]:
        """List up to 64 combinations with which all these columns tie out; `too_many` says that it gave up."""
        possible = self._possible(columns)
        middle = _balanced(possible)
        if middle is None:
            self.too_many = True
            return []
        start = tuple(self._base[column] for column in columns)
        left = _sums(possible[:middle], columns, start)
        right = sorted(_sums(possible[middle:], columns, (0,) * len(columns)), key=_first_amount)
        keys = [_first_amount(one) for one in right]
        found: list[tuple[int, ...]] = []
        for amounts, picks in left:
            low = bisect_left(keys, -amounts[0] - self._allowed)
            high = bisect_right(keys, -amounts[0] + self._allowed)
            for others, other_picks in right[low:high]:
                if all(abs(a + b) <= self._allowed for a, b in zip(amounts, others, strict=True)):
                    found.append(picks + other_picks)
                    if len(found) == _MOST_SOLUTIONS:
                        return found
        return found

    def _possible(self, columns: tuple[int, ...]) -> list[_Readings]:
        """Drop the readings with which a column can't tie out whatever the other rows are, until nothing drops."""
        possible = [list(enumerate(found)) for found in self._open]
        changed = True
        while changed and all(possible):
            changed = False
            for column in columns:
                lows = [min(one[column] for _, one in found) for found in possible]
                highs = [max(one[column] for _, one in found) for found in possible]
                least = -self._allowed - self._base[column] - sum(highs)
                most = self._allowed - self._base[column] - sum(lows)
                for at, found in enumerate(possible):
                    kept = [one for one in found if least + highs[at] <= one[1][column] <= most + lows[at]]
                    changed = changed or len(kept) < len(found)
                    possible[at] = kept
                if not all(possible):
                    break
        return possible


def _balanced(rows: Sequence[_Readings]) -> int | None:
    """Return where to part the rows so that neither half has too many combinations; None where none will do."""
    for middle in range(len(rows) + 1):
        if max(prod(map(len, half)) for half in (rows[:middle], rows[middle:])) <= _MOST_HALF:
            return middle
    return None


def _first_amount(one: tuple[Amounts, tuple[int, ...]]) -> int:
    return one[0][0]


def _sums(rows: Sequence[_Readings], columns: tuple[int, ...], start: Amounts) -> list[tuple[Amounts, tuple[int, ...]]]:
    found: list[tuple[Amounts, tuple[int, ...]]] = [(start, ())]
    for readings in rows:
        parts = [(index, tuple(reading[column] for column in columns)) for index, reading in readings]
        found = [
            (tuple(map(int.__add__, amounts, part)), (*picks, index))
            for amounts, picks in found
            for index, part in parts
        ]
    return found
