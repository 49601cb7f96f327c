"""The rows of an export that are sums of others: told from lines, and the last held as what all lines should come to.

Must not know a project. Amounts are in øre.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tracker.ledger.cells import code_of, month_alone, month_of
from tracker.ledger.mapping import Cell, Use

_WORD = r"(sum|totalt?|totalsum|sluttsum|i alt|delsum)"
_SUM = re.compile(rf"{_WORD}\b.*", re.IGNORECASE | re.DOTALL)


def begins_as_sum(text: str) -> bool:
    """Whether a text begins with a word for a sum."""
    return _SUM.match(text) is not None


def has_word_for_sum(row: Sequence[Cell]) -> bool:
    """Whether any text of a row begins with a word for a sum."""
    return any(isinstance(cell, str) and begins_as_sum(cell.strip()) for cell in row)


@dataclass(slots=True)
class SumRows:
    """Adds up lines as they come, and knows which sum row stands at the end.

    A sum of the lines since the last sum row is that group's, and no total of the file.
    """

    places: Mapping[Use, int]
    whole: int = 0
    _since: int = 0
    _lines_since: int = 0
    _printed: int | None = None

    @property
    def printed_total(self) -> int | None:
        """What a sum row after all the lines says that they come to; None where there is none."""
        return None if self._lines_since else self._printed

    def add(self, amount: int, line_count: int = 1) -> None:
        """Add lines."""
        self.whole += amount
        self._since += amount
        self._lines_since += line_count

    def print(self, amount: int | None) -> None:
        """Take a sum row; None where its amount can't be read."""
        is_of_group = bool(self._lines_since) and amount == self._since != self.whole
        self._printed = None if is_of_group else amount
        self._since = self._lines_since = 0

    def is_sum(self, row: Sequence[Cell], amount: int) -> bool:
        """Whether a row is a sum of others: a word for it stands for its code, or begins a row of no month.

        Where no row says its month, also one with a word for it anywhere that comes to what the lines before it do.
        """
        code = code_of(row[self.places[Use.CODE]])
        if begins_as_sum(code) or self._has_only_amounts(row):
            return True
        place = self._month_place
        if place is None and self._lines_since and amount == self._since and has_word_for_sum(row):
            return True
        first = next((cell for cell in row if cell not in {None, ""}), None)
        if not isinstance(first, str) or not begins_as_sum(first.strip()):
            return False
        if place is not None:
            return month_of(row[place]) is None and month_alone(row[place]) is None
        # No line says its month here, and a project with a code may be called «Total renovering».
        return not code or re.fullmatch(rf"{_WORD}[ :]*({re.escape(code)})?", first.strip(), re.IGNORECASE) is not None

    @property
    def has_months(self) -> bool:
        """Whether rows say their month."""
        return self._month_place is not None

    @property
    def _month_place(self) -> int | None:
        return self.places.get(Use.PERIOD, self.places.get(Use.DATE, self.places.get(Use.MONTH)))

    def _has_only_amounts(self, row: Sequence[Cell]) -> bool:
        """Whether nothing but amounts stand in a row: a sum that nobody wrote a word before."""
        amounts = {self.places[use] for use in (Use.AMOUNT, Use.DEBIT, Use.CREDIT) if use in self.places}
        return all(cell in {None, ""} for place, cell in enumerate(row) if place not in amounts)
