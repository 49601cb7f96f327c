"""Norwegian amounts and shares in running text: `ca. 53,0 mill. kroner`, `mellom 7 og 8 mill.`, `84 %`.

Must not know what an amount is about: `tracker.reading.abouts` does. Amounts are whole kroner.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from tracker.money import MILLION, THOUSAND

_BILLION = 1000 * MILLION
_SPACE = "[ \t\u00a0\u2007\u2009\u202f]"
_NUMBER = rf"\d{{1,3}}(?:{_SPACE}\d{{3}})+(?!\d)(?:,\d+)?|\d+(?:\.\d{{3}})+(?!\d)(?:,\d+)?|\d+(?:[.,]\d+)?"
_UNIT = (
    r"mrd\b\.?|milliard(?:er|ar)?\b|mill?\b\.?|million(?:er|ar|ene|ane|en)?\b|mnok\b|mkr\b\.?|tkr\b\.?|tnok\b|tusen\b"
    rf"|\(?1{_SPACE}?000{_SPACE}?(?:kroner|kr)\b\.?\)?|kroner\b|kr\b\.?|nok\b"
)
_AMOUNT = re.compile(
    rf"(?<![\w/])(?:(?P<lead>kr\.?|nok|kroner|mnok|tkr\.?)\s*)?(?<![\d.,/])(?P<sign>[-–−]{_SPACE}?)?"
    rf"(?P<number>{_NUMBER})(?!\d)"
    rf"(?:\s*(?:{_UNIT})?(?:\s*(?P<bar>[-–]|til|og|eller)\s*)(?P<upper>{_NUMBER})(?=\s*(?:{_UNIT}|%|prosent)))?"
    rf"(?P<dash>,[-–]|\.[-–])?\s*(?P<unit>{_UNIT}|%|prosent\b|pst\b\.?)?"
    r"(?:\s*(?:kronene|kronane|kroner|kr|nok|norske kroner)\b\.?)?",
    re.IGNORECASE,
)
_LENT = re.compile(rf"\s+(?:av|mot)\s+(?:{_NUMBER})\s*(?P<unit>{_UNIT})", re.IGNORECASE)
_LENT_BEFORE = re.compile(
    rf"\d\s*(?P<unit>{_UNIT})(?:\s*(?:kroner|kr))?,?\s+(?:(?:i|for)\s(?:år|20\d\d)\s)?"
    r"(?:av|mot|er|ble|blei|vart|var|gikk|gjekk|har vi brukt)"
    r"(?:\s(?:det|bare|berre|kun|no|nå|om lag|ca\.?|de|dei|til nå))*\s+$",
    re.IGNORECASE,
)
_LETTERS = re.compile(r"[^a-zæøå0-9%]+")
_FACTOR = {
    "mrd": _BILLION,
    "milliard": _BILLION,
    "milliarder": _BILLION,
    "milliardar": _BILLION,
    "mil": MILLION,
    "mill": MILLION,
    "million": MILLION,
    "millioner": MILLION,
    "millionar": MILLION,
    "millionene": MILLION,
    "millionane": MILLION,
    "millionen": MILLION,
    "mnok": MILLION,
    "mkr": MILLION,
    "tkr": THOUSAND,
    "tnok": THOUSAND,
    "tusen": THOUSAND,
    "1000kr": THOUSAND,
    "1000kroner": THOUSAND,
    "kr": 1,
    "kroner": 1,
    "nok": 1,
}
_PERCENT = frozenset({"%", "prosent", "pst"})
_ABOUT = re.compile(
    r"(?:\b(?:ca|cirka|circa|om ?lag|omlag|rundt|omtrent|kring|omkring|anslagsvis|bortimot|grovt"
    r"|i størrelsesorden(?:en)?"
    r"|i storleiken)|[~≈])\.?(?: (?:på|regnet|kr|nok))?\s*$",
    re.IGNORECASE,
)
_BELOW = re.compile(
    r"\b(?:i underkant av|knapt|knappe|nær|nærmere|nærare|oppimot|oppunder|opp ?mot|nesten|like under|mot|snaut|snaue)"
    r"(?: kr\.?)?\s*$",
    re.IGNORECASE,
)
_AT_MOST = re.compile(
    r"\b(?:opptil|opp til|inntil|maksimalt|maks|under|mindre enn|høyst|høgst)(?: kr\.?)?\s*$", re.IGNORECASE
)
_ABOVE = re.compile(
    r"\b(?:i overkant av|drøyt|drøye|drygt|drygje|vel|godt|noe over|noko over|like over|litt over|knapt over)"
    r"(?: kr\.?)?\s*$",
    re.IGNORECASE,
)
_AT_LEAST = re.compile(
    r"\b(?:over|minst|mer enn|meir enn|godt over|fleire enn|minimum|fra|frå)(?: kr\.?)?\s*$", re.IGNORECASE
)
_CHANGED_FROM = re.compile(r"\b(?:fra|frå)(?: ca\.?)?\s*$", re.IGNORECASE)
_SHARE_WORDS = re.compile(
    r"\b(?P<how>(?:om lag|omtrent|ca\.?|rundt|nesten|vel|drøyt|litt (?:over|under)|godt over|under|over|bare|berre"
    r"|knapt) )?"
    r"(?P<share>halvparten|halvdelen|(?:en|ein|to|tre|fire|[1-4]) "
    r"(?:tredje|tredel|fjerde|fjerdedel|firedel|kvart|femte|femdel|femtedel)(?:del|delar|deler|er|ar)?(?:en|ene)?"
    r"|tredjedelen|fjerdedelen)\b",
    re.IGNORECASE,
)
_COUNTS = {
    "en halv": "0.5",
    "ein halv": "0.5",
    "halvannen": "1.5",
    "halvanna": "1.5",
    **{
        word: str(number)
        for number, words in enumerate(
            ("en ein én", "to", "tre", "fire", "fem", "seks", "sju syv", "åtte", "ni", "ti", "elleve", "tolv"), start=1
        )
        for word in words.split()
    },
}
_IN_WORDS = re.compile(
    rf"\b(?P<count>{'|'.join(sorted(_COUNTS, key=len, reverse=True))})\s(?P<unit>milliard|million)(?:er|ar|en)?\b"
    r"(?:\s(?:kroner|kr))?",
    re.IGNORECASE,
)
_COUNTED = {"en": 1, "ein": 1, "to": 2, "tre": 3, "fire": 4}
_PARTS = (("tred", 3), ("fjerde", 4), ("fire", 4), ("kvart", 4), ("fem", 5))
_SHARE_SIGNS = ("del", "alvp", "alvd", "kvart")
_SHARE_SLACK = 8
_LOOKED_BACK = 32
_NEAR, _SLACK = Decimal("0.10"), Decimal("0.15")
_FOREVER = 10**15
_YEARS = range(1990, 2100)


class Amount(NamedTuple):
    """An amount, or a share in per cent, where it stands in the text.

    A figure agrees from `low` to `high` (kroner; per cent for a share): as it rounds, as it is cut, and as widely as
    «ca.» or «mellom … og …» says.
    """

    start: int
    end: int
    value: float
    low: float
    high: float
    is_share: bool = False
    is_negative: bool = False

    def agrees(self, figure: float) -> bool:
        """Whether a figure is what was written."""
        return self.low <= figure <= self.high


def find_amounts(text: str, start: int = 0, end: int | None = None, *, bare_unit: int | None = None) -> list[Amount]:
    """Find the amounts and shares from one place of a text to another.

    `bare_unit` is what a number without a unit counts, where the text says so («beløp i 1000 kr»).
    """
    stop = len(text) if end is None else end
    found = (_read(text, one, bare_unit) for one in _AMOUNT.finditer(text, start, stop))
    amounts_in_words = (_in_words(text, one) for one in _IN_WORDS.finditer(text, start, stop)) if "ill" in text else ()
    has_share = any(sign in text for sign in _SHARE_SIGNS)
    shares = (_share_in_words(one) for one in _SHARE_WORDS.finditer(text, start, stop)) if has_share else ()
    amounts = [amount for amount in (*found, *amounts_in_words, *shares) if amount is not None]
    return sorted(amounts, key=_place) if len(amounts) > 1 else amounts


def _place(amount: Amount) -> int:
    return amount.start


def _in_words(text: str, found: re.Match[str]) -> Amount:
    """Read «to millioner», «en halv million», «halvannen milliard»."""
    counted = " ".join(found["count"].casefold().split())
    factor = _BILLION if found["unit"].casefold().startswith("milliard") else MILLION
    value = Decimal(_COUNTS[counted]) * factor
    low, high = _bounds(text[max(0, found.start() - _LOOKED_BACK) : found.start()], value, Decimal(factor) / 2)
    return Amount(found.start(), found.end(), float(value), float(low), float(high))


def _share_in_words(found: re.Match[str]) -> Amount:
    """Read «halvparten», «to tredeler», with what «over» and «nesten» may mean."""
    words = found["share"].casefold().split()
    parts = next((parts for name, parts in _PARTS if words[-1].startswith(name)), 2)
    count = (_COUNTED.get(words[0]) or int(words[0])) if len(words) > 1 else 1
    value = 100 * count / parts
    return Amount(found.start(), found.end(), value, value - _SHARE_SLACK, value + _SHARE_SLACK, is_share=True)


def _read(text: str, found: re.Match[str], bare_unit: int | None) -> Amount | None:
    words = [_LETTERS.sub("", word.casefold()) for word in (found["unit"], found["lead"]) if word]
    if any(word in _PERCENT for word in words):
        return _share(text, found)
    factors = [_FACTOR[word] for word in words if word in _FACTOR]
    factor = max(factors) if factors else (1 if found["dash"] else bare_unit)
    if factor is None and found["upper"] is None:
        factor = _borrowed(text, found.end("number")) or _borrowed_back(text, found.start("number"))
    if factor is None or (factor == bare_unit and not words and not found["dash"] and _is_bare_other(found["number"])):
        return None
    lower = _number(found["number"], factor)
    upper = None if found["upper"] is None else _number(found["upper"], factor)
    if lower is None:
        return None
    start = found.start() if found["lead"] else found.start("number")
    return _bounded(text, start, found, lower, upper)


def _borrowed(text: str, end: int) -> int | None:
    """Return the unit that a number shares with the one after it: «37,6 av 62 mill.»."""
    lent = _LENT.match(text, end)
    return None if lent is None else _FACTOR.get(_LETTERS.sub("", lent["unit"].casefold()))


def _borrowed_back(text: str, start: int) -> int | None:
    """Return the unit that a number shares with the one before it: «33,7 mill. av 38», «av årets 5 mill. gikk 4,4»."""
    lent = _LENT_BEFORE.search(text, max(0, start - 2 * _LOOKED_BACK), start)
    return None if lent is None else _FACTOR.get(_LETTERS.sub("", lent["unit"].casefold()))


def _is_bare_other(number: str) -> bool:
    """Whether a number without a unit is a year, or too small to be thousands of kroner."""
    digits = re.sub(r"\D", "", number)
    if int(digits) == THOUSAND:
        # «Beløp i 1000» says what the numbers count, and is none.
        return True
    return len(digits) <= 2 or (len(digits) == 4 and number.isdigit() and int(digits) in _YEARS)  # noqa: PLR2004


def _bounded(
    text: str, start: int, found: re.Match[str], lower: tuple[Decimal, Decimal], upper: tuple[Decimal, Decimal] | None
) -> Amount:
    value, step = lower
    before = text[max(0, start - _LOOKED_BACK) : start]
    if upper is not None and found["bar"].casefold() == "til" and _CHANGED_FROM.search(before):
        # «hevet fra 305 til 335 mill.»: what it is now is the last.
        value = upper[0]
        low, high = value - upper[1], value + upper[1]
    elif upper is not None:
        low, high = value - step, upper[0] + upper[1]
        value = (value + upper[0]) / 2
    else:
        low, high = _bounds(before, value, step)
    return Amount(
        start=start,
        end=found.start() + len(found.group().rstrip()),
        value=float(value),
        low=float(low),
        high=float(high),
        is_negative=bool(found["sign"]),
    )


def _bounds(before: str, value: Decimal, step: Decimal) -> tuple[Decimal, Decimal]:
    """Return from what to what a figure agrees, with the words before the amount."""
    if _ABOUT.search(before):
        slack = max(step, value * _NEAR)
        return value - slack, value + slack
    if _AT_LEAST.search(before):
        return value - step, Decimal(_FOREVER)
    if _ABOVE.search(before):
        return value - step, value * (1 + _SLACK) + step
    if _AT_MOST.search(before):
        return Decimal(0), value + step
    if _BELOW.search(before):
        return value * (1 - _SLACK) - step, value + step / 2
    return value - step, value + step


def _share(text: str, found: re.Match[str]) -> Amount | None:
    lower = _number(found["number"], 1)
    upper = None if found["upper"] is None else _number(found["upper"], 1)
    if lower is None:
        return None
    value, step = lower[0], min(lower[1], Decimal(1))
    start = found.start("number")
    before = text[max(0, start - _LOOKED_BACK) : start]
    if upper is not None:
        low, high = value - step, upper[0] + step
    elif _ABOUT.search(before) or _BELOW.search(before) or _ABOVE.search(before):
        low, high = value - 5, value + 5
    else:
        low, high = _bounds(before, value, step)
    end = found.start() + len(found.group().rstrip())
    return Amount(start, end, float(value), float(low), float(high), is_share=True)


def _number(written: str, factor: int) -> tuple[Decimal, Decimal] | None:
    """Return a number's amount in kroner and how far a figure may lie from it; None when it could be two."""
    plain = re.sub(_SPACE, "", written)
    whole, _, decimals = plain.partition(",")
    if "," in plain and "." not in plain and len(decimals) == 3 and factor == 1:  # noqa: PLR2004
        return None
    if "." in whole:
        groups = whole.split(".")
        if not decimals and (len(groups[-1]) != 3 or (factor >= _BILLION and len(groups) == 2)):  # noqa: PLR2004
            whole, decimals = groups[0], groups[-1]
        else:
            whole = "".join(groups)
    value = Decimal(f"{whole}.{decimals or 0}") * factor
    return value, max(_step(whole, decimals, factor), Decimal(THOUSAND))


def _step(whole: str, decimals: str, factor: int) -> Decimal:
    """Return how coarsely it was written: `53,0 mill.` to the hundred thousand, `320 000 000` to the million."""
    if decimals:
        return Decimal(factor).scaleb(-len(decimals))
    if factor > THOUSAND:
        return Decimal(factor)
    zeros = len(whole) - len(whole.rstrip("0"))
    return Decimal(factor) * min(Decimal(10) ** zeros, Decimal(int(whole or 0)) / 100 + 1)
