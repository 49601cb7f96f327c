"""Clauses of a sentence: words with meaning, amounts and times, each a part that has its own verb.

Must not know any figure: the rules hold what is said against the project.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from tracker.reading.amounts import Amount, find_amounts
from tracker.reading.meanings import Meaning
from tracker.reading.sentences import labels_of
from tracker.reading.time_shapes import TIME_WORDS
from tracker.reading.times import Time, find_times
from tracker.reading.words import FORETELLS, Word, lowered, tokens_of, weight_of, words_of

_M = Meaning
_DIGIT = re.compile(r"\d")
# What a clause that begins after a comma, or without one, begins with.
_VERBS = (
    "enda|endte|ble|vart|blei|blir|vert|er|har|hadde|vil|skal|får|fikk|fekk|må|kom|kjem|kommer|ser|ventar|venter|reknar"
    "|regner|tar|tek|gir|gjev|ga|gav"
)
_JOINING = (
    "men|mens|medan|og|der|hvor|kor|hvorav|korav|slik|noe|noko|så|som|selv|sjølv|samtidig|samstundes|dersom|hvis|når|da"
    "|fordi|ettersom|sidan|siden|selv om|sjølv om|difor|derfor|dermed|inkludert|inklusiv|heller|ikke|ikkje"
)
_PARTING = re.compile(
    r";\s|:\s(?!\s*(?:kr\.?|tkr|nok|mnok|ca\.?|om lag|rundt|omtrent|cirka|nesten)?\s*[-–−]?\d)"
    # «… raskere enn budsjettert: 58 mill. er brukt»: the amount has a verb of its own.
    r"|:\s(?=\d(?:[\d ]|[,.]\d|(?:mill|mrd|kr)\b\.?|kroner|mnok|av)*\b(?:er|ble|blei|vart|var|har)\b)"
    rf"|,\s+(?=(?:{_VERBS}|{_JOINING}|(?:det|dette)\s+(?:{_VERBS}))\b)"
    r"|\s[–—]\s|\s-\s|\s(?=(?:men|mens|medan|hvorav|korav|dersom|hvis|fordi|selv om|sjølv om|ettersom)\b)"
    r"|(?<=\w)\s(?=og\s(?:at|skal|er|har|det|vil|blir|ble|vart|vert|vi|hadde|kommer|kjem|prosjektet|forventes|regnskapet)\b)",
    re.IGNORECASE,
)
_POINT = re.compile(
    r"\b(?:per|pr\.?|ved|til|til og med|t\.o\.m\.?|tom\.?|inntil|fram til|frem til)\s*(?:utgangen av\s*)?$",
    re.IGNORECASE,
)
_CODE = re.compile(r"[a-zæøå]\d{3,7}")
_DOUBTS = (_M.DOUBT, _M.PROPOSED, _M.EARLIER)
_LOOKED_BACK = 28
_BESIDE = 3
_A_POINT = 40


@lru_cache(maxsize=1024)
def bits_of(meanings: Iterable[Meaning]) -> int:
    """Return meanings as bits, since every clause is asked for them many times."""
    return sum(1 << meaning.value for meaning in set(meanings))


@dataclass(frozen=True, slots=True)
class Body:
    """A clause, wherever its sentence stands. `codes` are its words that look like a project's code, in capitals."""

    start: int
    end: int
    words: tuple[Word, ...]
    amounts: tuple[Amount, ...]
    times: tuple[Time, ...]
    bits: int
    label: str | None = None
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Clause:
    """A part of a sentence that has its own verb. Places are counted from the sentence's beginning, `at`.

    `is_of_many`: the text tells of several projects in one, so that «prosjektet» is one of them.
    """

    at: int
    sentence: str
    label: str | None
    body: Body
    before: Clause | None = None
    is_of_many: bool = False

    @property
    def words(self) -> tuple[Word, ...]:
        """Its words, with their meaning."""
        return self.body.words

    @property
    def amounts(self) -> tuple[Amount, ...]:
        """Its amounts and shares."""
        return self.body.amounts

    @property
    def times(self) -> tuple[Time, ...]:
        """The times that it names."""
        return self.body.times

    @property
    def is_denied(self) -> bool:
        """Whether it says that something is not so."""
        return self.has(_M.NOT)

    @property
    def is_doubted(self) -> bool:
        """Whether it says what may be, depends on something, is proposed, or was so before."""
        return self.has(*_DOUBTS)

    @property
    def is_future(self) -> bool:
        """Whether it says what is to come."""
        return self.has(_M.FUTURE)

    @property
    def said(self) -> str:
        """Its own words as they stand."""
        return self.sentence[self.body.start : self.body.end]

    def has(self, *meanings: Meaning) -> bool:
        """Whether a word means one of these."""
        return bool(self.body.bits & bits_of(meanings))

    def first(self, *meanings: Meaning) -> Word | None:
        """Return the first word that means one of these."""
        if not self.body.bits & bits_of(meanings):
            return None
        return next((word for word in self.body.words if word.meaning in meanings), None)

    def quote(self, start: int, end: int) -> str:
        """Return the words from one place of the sentence to another, on one line."""
        return " ".join(self.sentence[start:end].lstrip(" ,;").split())

    def years(self, this_year: int, amount: Amount | None = None) -> set[int]:
        """Return the years that it speaks of, or that an amount in it is of; else those of the clause before.

        A day that something is counted up to is no year, nor is a time whose year had to be guessed.
        """
        marks = sorted(
            mark for mark in self._marks(this_year) if amount is None or not self._is_elsewhere(mark[0], amount)
        )
        if amount is not None and len({frozenset(years) for _, _, years in marks}) > 1:
            ahead = [mark for mark in marks if mark[1] <= amount.start]
            marks = ahead[-1:] or marks[:1]
        found = {year for _, _, years in marks for year in years}
        if not found and self.before is not None and not self.times and not self.has(_M.IN_ALL, _M.SO_FAR):
            return self.before.years(this_year)
        return found

    def has_at(self, amount: Amount, *meanings: Meaning) -> bool:
        """Whether a word means one of these, and doesn't stand right after another amount."""
        return any(word.meaning in meanings and not self._is_others(word.start, amount) for word in self.words)

    def has_before(self, place: int, *meanings: Meaning) -> bool:
        """Whether a word before a place means one of these."""
        return bool(self.body.bits & bits_of(meanings)) and any(
            word.meaning in meanings
            and word.end <= place
            and not (word.meaning is _M.NOT and "," in self.sentence[word.end : place])
            for word in self.words
        )

    def _marks(self, this_year: int) -> Iterator[tuple[int, int, tuple[int, ...]]]:
        for time in self.body.times:
            if not time.guessed and not self.is_point(time):
                yield time.start, time.end, tuple(range(time.first.year, time.last.year + 1))
        for word in self.words:
            if word.meaning is _M.THIS_YEAR:
                yield word.start, word.end, (this_year,)
            elif word.meaning is _M.OTHER_YEAR:
                yield word.start, word.end, (this_year + 1,)

    def _is_elsewhere(self, place: int, amount: Amount) -> bool:
        """Whether a time follows another amount, or follows this one after a comma: it says when something else is."""
        is_after = place >= amount.end and "," in self.sentence[amount.end : place]
        return is_after or self._is_others(place, amount)

    @property
    def is_hypothetical(self) -> bool:
        """Whether it says what would have been: «Var prosjektet blitt gjennomført som planlagt, …»."""
        return self.sentence.startswith(("Var ", "Hadde ", "Skulle "))

    def _is_others(self, place: int, amount: Amount) -> bool:
        """Whether what stands at a place follows right after another amount, and so is that one's."""
        return any(one is not amount and 0 <= place - one.end <= _BESIDE for one in self.amounts)

    def is_point(self, time: Time) -> bool:
        """Whether a time is what something is counted up to: «pr. 31.12.2023», «ved årsskiftet»."""
        if time.first == time.last:
            return True
        written = self.sentence[time.start : time.end].casefold()
        return written.startswith(("årsskift", "årskift", "utgangen")) or (
            _POINT.search(self.sentence, max(0, time.start - _LOOKED_BACK), time.start) is not None
            and (time.last - time.first).days < _A_POINT
        )


def bodies_of(sentence: str, today: date, unit: int | None) -> tuple[tuple[Body, ...], str | None]:
    """Return the clauses of a sentence that tell something, and the last heading in it, which goes on after it."""
    labels = labels_of(sentence)
    last_label = labels[-1][1] if labels else None
    small = lowered(sentence)
    tokens = tokens_of(small)
    weight = weight_of(tokens)
    has_digit = _DIGIT.search(sentence) is not None
    if weight < FORETELLS or (weight == FORETELLS and not has_digit):
        return (), last_label
    times = find_times(sentence, today) if has_digit or not TIME_WORDS.isdisjoint(tokens) else []
    amounts = [one for one in find_amounts(sentence, bare_unit=unit) if not _overlaps(one, times)]
    return tuple(_clauses(sentence, words_of(small), amounts, times, labels)), last_label


def _overlaps(amount: Amount, times: Sequence[Time]) -> bool:
    return any(time.start < amount.end and amount.start < time.end for time in times)


def _clauses(
    sentence: str,
    words: Sequence[Word],
    amounts: Sequence[Amount],
    times: Sequence[Time],
    labels: Sequence[tuple[int, str]],
) -> Iterator[Body]:
    spans = [(one[0], one[1]) for held in (amounts, times, words) for one in held]
    start = 0
    for parting in (*_PARTING.finditer(sentence), None):
        stop = len(sentence) if parting is None else parting.start()
        if any(first < stop < last for first, last in spans):
            continue
        own = tuple(word for word in words if start <= word.start < stop)
        if own:
            yield Body(
                start,
                stop,
                own,
                tuple(one for one in amounts if start <= one.start < stop),
                tuple(one for one in times if start <= one.start < stop),
                bits_of(tuple({word.meaning for word in own})),
                next((label for place, label in reversed(labels) if place <= own[0].start), None),
                tuple(word.text.upper() for word in own if _CODE.fullmatch(word.text)),
            )
        start = stop
