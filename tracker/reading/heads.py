"""Which word an amount in a clause belongs to, and whether it is a price or a change.

Must not know what the word makes of it: `tracker.reading.abouts` does.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from tracker.reading.amounts import Amount
from tracker.reading.clauses import Clause
from tracker.reading.meanings import DIFFERENCES, FRAMES, MONEY, VERBS, Meaning
from tracker.reading.words import Word

_M = Meaning
_HEDGE = r"(?:ca\.?|om lag|rundt|omtrent|kring)?"
_THAT_IS = re.compile(rf",\s*(?:eller|altså|dvs\.?|det vil si|det vil seie)\s+{_HEDGE}\s*$", re.IGNORECASE)
_APART = re.compile(r"[,/;]|\bog\b")
_OF_IT = re.compile(r"\.?\s*(?:kroner|kr\.?)?\s*(?:av|mot)\s", re.IGNORECASE)
_PRICE = re.compile(
    r"\b(?:til|for|à|a|pålydende|verdt)\s*(?:ca\.?|om lag|rundt|omtrent|totalt|til sammen|til saman)?\s*(?:kr\.?)?\s*$",
    re.IGNORECASE,
)
_CHANGED_BY = re.compile(
    r"\b(?:med|fra|frå|utover|over|tilført|tilførte|tilleggsbevilget|ekstra)\s*(?:ytterligere|ytterlegare|nye)?"
    rf"\s*{_HEDGE}\s*(?:kr\.?)?\s*$",
    re.IGNORECASE,
)
_NEXT_TO = 28
_ADJACENT = 14
_BESIDE = 3


def head_of(clause: Clause, amount: Amount) -> Word | None:
    """Return the money word that an amount belongs to: beside it, before it, else after it."""
    money = [word for word in clause.words if word.meaning in MONEY]
    if not money:
        return None
    around = [word for word in money if word.start < amount.start and word.end > amount.end]
    if around:
        # «Av årets 5 mill. gikk 4,4 med.»
        return around[0]
    before = [word for word in money if word.end <= amount.start and not _is_parted(clause, word.end, amount.start)]
    after = _first_after(clause, amount, money)
    is_over = after is not None and after.meaning in DIFFERENCES and after.start - amount.end < _NEXT_TO
    if not is_over and _THAT_IS.search(clause.sentence, _near(clause, amount), amount.start):
        # «En femtedel av rammen, eller rundt 1,7 mill., er brukt.»
        return clause.first(_M.SPENT, _M.ACTUAL)
    if is_change(clause, amount):
        over = [word for word in before if word.meaning in DIFFERENCES]
        if over:
            # «Overskredet årets ramme med 4,4 mill.»
            return over[-1]
    return _nearest(clause, amount, before, after)


def is_price(clause: Clause, amount: Amount) -> bool:
    """Whether an amount is what a thing cost: «en brannbil til 6,8 mill.»."""
    return _PRICE.search(clause.sentence, _near(clause, amount), amount.start) is not None


def is_change(clause: Clause, amount: Amount) -> bool:
    """Whether an amount is what something changed by, or from: «økt med 12 mill.»."""
    return _CHANGED_BY.search(clause.sentence, _near(clause, amount), amount.start) is not None


def _nearest(clause: Clause, amount: Amount, before: Sequence[Word], after: Word | None) -> Word | None:
    near = after if after is not None and after.start - amount.end < _NEXT_TO else None
    last = before[-1] if before else None
    is_beside = (
        last is not None
        and amount.start - last.end <= _ADJACENT
        and "," not in clause.sentence[last.end : amount.start]
    )
    is_apart = last is not None and any(
        word.meaning in VERBS and last.end <= word.start and word.end <= amount.start for word in clause.words
    )
    if is_beside and is_apart and near is not None and near.start - amount.end <= _BESIDE and near.meaning is _M.SPENT:
        # «Av rammen er snaut 9 mill. medgått.»
        return near
    is_difference = near is not None and near.meaning in DIFFERENCES | {_M.LEFT}
    if near is not None and is_difference and (not is_beside or near.start - amount.end <= _BESIDE):
        # «8 mill. mindre enn årets budsjett», but «årets budsjett på 8 mill. står igjen».
        return near
    if is_beside or near is None:
        return last or after
    if near.meaning in {_M.SPENT, _M.ACTUAL} and (last is None or last.meaning in FRAMES):
        # «Av ramma er 145 mill. nytta.»
        return near
    return last or after


def _first_after(clause: Clause, amount: Amount, money: Sequence[Word]) -> Word | None:
    """Return the money word after an amount that may be its own: nothing stands between that parts them."""
    after = [word for word in money if word.start >= amount.end and not _is_parted(clause, amount.end, word.start)]
    if _OF_IT.match(clause.sentence, amount.end):
        # «Ca. 20 mill. av rammen blir ikke benyttet»: the frame is what it is of.
        after = [word for word in after if word.meaning not in FRAMES]
    if not after:
        return None
    is_apart = _APART.search(clause.sentence, amount.end, after[0].start) is not None
    return None if is_apart and after[0].meaning not in DIFFERENCES else after[0]


def _near(clause: Clause, amount: Amount) -> int:
    return max(clause.body.start, amount.start - _NEXT_TO - _ADJACENT)


def _is_parted(clause: Clause, start: int, end: int) -> bool:
    return any(start <= one.start < end and not one.is_share for one in clause.amounts)
