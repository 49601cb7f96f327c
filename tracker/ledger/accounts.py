"""Which accounts are spending, which are money that came in, and which belong to neither.

Must not know a project. Source: KOSTRA's list of arts (KOSTRA-veilederen, artskontoplanen), which every Norwegian
municipality's accounts are reported by: 010-489 are expenditure, 5xx finance, 6xx-9xx income.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from tracker.kinds import FundingSource

_ART_LENGTH = 3

_FUNDING: Mapping[str, FundingSource] = {
    "6": FundingSource.GRANT,
    "660": FundingSource.SALE,
    "670": FundingSource.SALE,
    "7": FundingSource.GRANT,
    "728": FundingSource.VAT_COMPENSATION,
    "729": FundingSource.VAT_COMPENSATION,
    "8": FundingSource.GRANT,
    "905": FundingSource.DIVIDEND,
    "910": FundingSource.LOAN,
    "920": FundingSource.INSTALMENT,
    "929": FundingSource.SHARES,
    "940": FundingSource.UNBOUND_FUND,
    "948": FundingSource.UNBOUND_FUND,
    "950": FundingSource.BOUND_FUND,
    "958": FundingSource.BOUND_FUND,
    "970": FundingSource.OPERATIONS,
}
_LEFT_OUT = ("5", "9")
"""Finance that is no project's: interest, instalments, lending, transfers to funds, and income not named above."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountRules:
    """Finds the art in an account and says what it is. The longest beginning of the art that is named wins.

    `places` are the first and the last digit of the art in the account, counted from 0: (1, 4) for `02300`. An
    account that is three digits long is the art itself.
    """

    places: tuple[int, ...] = (1, 4)
    funding: Mapping[str, FundingSource] = field(default_factory=lambda: _FUNDING)
    left_out: tuple[str, ...] = _LEFT_OUT

    def art_of(self, account: str) -> str:
        """Return the art of an account; the account itself where it is too short to hold more."""
        if len(account) <= _ART_LENGTH:
            return account
        first, last = self.places
        return account[first:last]

    def is_left_out(self, account: str) -> bool:
        """Whether lines on an account are neither spending nor funding of a project."""
        art = self.art_of(account)
        named = max((len(one) for one in self.funding if art.startswith(one)), default=0)
        out = max((len(one) for one in self.left_out if art.startswith(one)), default=0)
        return out > named

    def funding_of(self, account: str) -> FundingSource | None:
        """Return which funding an account is; None for spending."""
        art = self.art_of(account)
        named = [one for one in self.funding if art.startswith(one)]
        return self.funding[max(named, key=len)] if named and account else None


KOSTRA = AccountRules()
EVERYTHING = AccountRules(funding={}, left_out=())
"""For exports that hold only spending, or whose accounts follow no rule."""
