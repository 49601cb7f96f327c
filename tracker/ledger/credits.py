"""Debit and credit as one amount with a sign, whichever way a ledger writes its credits.

Must not know a row. Amounts are in øre.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from operator import add, sub

_DOUBTFUL_SHARE = 3


@dataclass(slots=True)
class Credits:
    """Learns from the first credits whether they are written with a minus, and counts the rest.

    Most ledgers write credit without a minus, and a reversed credit with one; some write every credit with a minus.
    Either is read; a file that seems to do both can't be.
    """

    _sign: int = 0
    _positive: int = 0
    _negative: int = 0

    def learn(self, column: Sequence[int]) -> None:
        """Look at credits that come later: the first that are no zeros say how they are written."""
        if not self._sign and any(column):
            negative, positive = sum(amount < 0 for amount in column), sum(amount > 0 for amount in column)
            self._sign = 1 if negative > positive else -1

    def signed(self, debits: Sequence[int], credited: Sequence[int]) -> list[int]:
        """Return each line's debit less its credit."""
        self.learn(credited)
        negative = sum(amount < 0 for amount in credited) if min(credited, default=0) < 0 else 0
        self._negative += negative
        self._positive += len(credited) - negative - credited.count(0)
        return list(map(add if self._sign > 0 else sub, debits, credited))

    @property
    def is_doubtful(self) -> bool:
        """Whether credits are written both ways, so that nobody can know which are reversed."""
        fewer, more = sorted((self._negative, self._positive))
        was_wrong = (self._negative > self._positive) is (self._sign < 0) and fewer != more
        return fewer * _DOUBTFUL_SHARE > fewer + more or was_wrong
