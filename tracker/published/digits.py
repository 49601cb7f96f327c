"""Every way to read one printed line of figures, where a space parts thousands and columns alike.

Must not know the other lines of the table: what is still open after arithmetic is for `column_sums` to decide.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product

from tracker.published.content import Cells
from tracker.quarters import Quarter, State, parse_completion

ROUNDING = 1
"""What revised − actual may differ from the deviation: each was rounded on its own from kroner."""

_MAX_GROUPS = 4
_MAX_WORD = 20
_MAX_COMPLETION_WORDS = 3
_DASHES = frozenset("-–—−")
_FIRST_GROUP = re.compile(r"[-−–]?(?:0|[1-9]\d{0,2})")
_NEXT_GROUP = re.compile(r"\d{3}")
_MINUS = str.maketrans("−–", "--")
_BINDING = re.compile(r"[\u00a0\u202f\u2007]")
_WIDE = re.compile(r"\s{2,}|\t")
_THREE_NUMBERS = re.compile(r"(?:(?:^|\s)[-−–]?\d{1,3}(?=\s|$)\s*?){3}")

_Amount = int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One way to read a line: its six cells in thousands, and where in the line they stand.

    `against` counts what in the print speaks against it: a wide gap inside a number, a hard space between two
    columns, digits left over for the name, a programme with totals.
    """

    cells: Cells
    name_end: int
    comment_start: int
    against: int = 0

    @property
    def mismatch(self) -> int:
        """How far revised − actual is from the printed deviation, in thousands."""
        _, _, _, revised, actual, deviation = self.cells
        return abs(revised - actual - deviation)

    @property
    def holds(self) -> bool:
        """Whether deviation = revised − actual but for rounding."""
        return self.mismatch <= ROUNDING

    @property
    def spent_covers_actual(self) -> bool:
        """Whether all that was spent is at least what was spent this year; true where nobody can say."""
        _, spent, _, _, actual, _ = self.cells
        return spent is None or actual < 0 or spent >= actual - ROUNDING


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    start: int
    end: int
    wide_before: bool
    bound_before: bool

    @property
    def is_number(self) -> bool:
        return _FIRST_GROUP.fullmatch(self.text) is not None or _NEXT_GROUP.fullmatch(self.text) is not None


def may_hold_figures(line: str) -> bool:
    """Whether the line has the three numbers in a row that any row of figures has; a quick sieve."""
    return _THREE_NUMBERS.search(line) is not None


def readings(line: str, *, closed: bool = False, surely: bool = False) -> list[Reading]:
    """List every way to read a line `[name] figures [comment]` as six cells, those that hold and those that don't.

    Numbers are well-formed: a first group of 1-3 digits without leading zero, then groups of three; a sign only
    in front. `closed` says that no comment follows, so that every digit must be used. A line without a known
    completion counts where the arithmetic holds, or where its form leaves no doubt that it is a row (`surely`:
    the caller has none).
    Empty when the line is no row of figures.
    """
    tokens = _tokens(line)
    known = list(_with_completion(tokens, closed=closed))
    if any(reading.holds for reading in known):
        return known
    bare = list(_without_completion(tokens, closed=closed))
    unknown = list(_with_completion(tokens, closed=closed, any_word=True))
    holding = [reading for reading in bare + unknown if reading.holds]
    if holding or known:
        return holding or known
    return [reading for reading in bare if surely or _is_row_by_form(line, reading)]


def is_unreadable_row(line: str) -> bool:
    """Whether a line has a known completion between figures as a row has, and yet no six cells can be read from it."""
    tokens = _tokens(line)
    between = (
        end + 1 < len(tokens) and tokens[end + 1].text.lstrip("-−–")[:1].isdigit()
        for _, end in _completions(tokens, any_word=False)
    )
    return any(between) and not readings(line)


def preferred(found: Sequence[Reading], *, is_sum: bool = False) -> list[Reading]:
    """Return the readings that hold, have least against them, and spend in all no less than this year.

    The last is given up where it leaves nothing (earlier years may have had an income), and for a sum, whose year
    counts the programmes while its totals don't.
    """
    holding = [reading for reading in found if reading.holds]
    least = min((reading.against for reading in holding), default=0)
    nearest = [reading for reading in holding if reading.against == least]
    return [reading for reading in nearest if is_sum or reading.spent_covers_actual] or nearest


def numbers_at_end(line: str, count: int) -> Iterator[tuple[tuple[int, ...], int, int]]:
    """Yield each way to read exactly `count` numbers up to the end of a line `[label] numbers`.

    With the numbers come where the label ends, and how much speaks against the reading (as in `Reading.against`).
    """
    tokens = _tokens(line)
    for first in range(max(len(tokens) - count * _MAX_GROUPS, 0), len(tokens)):
        for amounts, starts, end in _cells(tokens, first, count, dashes=False):
            if end == len(tokens):
                left = first > 0 and tokens[first - 1].is_number and not tokens[first].wide_before
                against = _gaps_against(tokens, [*starts, end]) + left
                yield tuple(amount or 0 for amount in amounts), tokens[first].start if first else 0, against


def _tokens(line: str) -> list[_Token]:
    tokens = []
    before = 0
    for found in re.finditer(r"\S+", line):
        gap = line[before : found.start()]
        wide, bound = _WIDE.search(gap) is not None, _BINDING.fullmatch(gap) is not None
        tokens.append(_Token(found[0], found.start(), found.end(), wide, bound))
        before = found.end()
    # Where every gap is a hard space, it says nothing.
    if all(token.bound_before for token in tokens[1:]):
        return [replace(token, bound_before=False) for token in tokens]
    return tokens


def _numbers(tokens: list[_Token], start: int, *, dashes: bool) -> Iterator[tuple[_Amount, int]]:
    """Yield each number that can begin at a token, and the token after it."""
    if start >= len(tokens):
        return
    text = tokens[start].text
    if dashes and text in _DASHES:
        yield None, start + 1
    if _FIRST_GROUP.fullmatch(text) is None:
        return
    digits = text.translate(_MINUS)
    yield int(digits), start + 1
    if digits.lstrip("-") == "0":
        return
    for end in range(start + 1, min(start + _MAX_GROUPS, len(tokens))):
        if _NEXT_GROUP.fullmatch(tokens[end].text) is None:
            return
        digits += tokens[end].text
        yield int(digits), end + 1


def _cells(
    tokens: list[_Token], start: int, count: int, *, dashes: bool
) -> Iterator[tuple[list[_Amount], list[int], int]]:
    """Yield each way to read `count` cells from a token on: the amounts, the tokens they begin at, the token after."""
    if count == 0:
        yield [], [], start
        return
    for amount, after in _numbers(tokens, start, dashes=dashes):
        for amounts, starts, end in _cells(tokens, after, count - 1, dashes=dashes):
            yield [amount, *amounts], [start, *starts], end


def _with_completion(tokens: list[_Token], *, closed: bool, any_word: bool = False) -> Iterator[Reading]:
    numbers_from = _numbers_from(tokens)
    for begin, end in _completions(tokens, any_word=any_word):
        words = " ".join(token.text for token in tokens[begin:end])
        after = [
            (amounts, starts, last)
            for amounts, starts, last in _cells(tokens, end, 3, dashes=False)
            if not closed or last == len(tokens)
        ]
        if after:
            before = _totals_before(tokens, begin)
            for (totals, total_starts), (year, year_starts, last) in product(before, after):
                starts = [*total_starts, begin, *year_starts, last]
                yield _reading(tokens, (totals, words, year), starts, numbers_from)


def _completions(tokens: list[_Token], *, any_word: bool) -> Iterator[tuple[int, int]]:
    """Find where a completion may stand: between a cell and a number."""
    for begin in range(2, len(tokens) - 1):
        if not _ends_cell(tokens[begin - 1]):
            continue
        token = tokens[begin]
        if any_word:
            if not token.is_number and token.text not in _DASHES and len(token.text) <= _MAX_WORD:
                yield begin, begin + 1
            continue
        for end in range(begin + 1, min(begin + _MAX_COMPLETION_WORDS, len(tokens) - 1) + 1):
            if _FIRST_GROUP.fullmatch(tokens[end].text) is not None:
                read = parse_completion(" ".join(token.text for token in tokens[begin:end]))
                if isinstance(read, Quarter) or read in (State.FINISHED, State.RUNNING):
                    yield begin, end


def _ends_cell(token: _Token) -> bool:
    return token.is_number or token.text in _DASHES


def _totals_before(tokens: list[_Token], end: int) -> list[tuple[list[_Amount], list[int]]]:
    found = []
    for start in range(end - 2, max(end - 2 * _MAX_GROUPS, 0) - 1, -1):
        if not _ends_cell(tokens[start]):
            break
        found += [(amounts, starts) for amounts, starts, last in _cells(tokens, start, 2, dashes=True) if last == end]
    return found


def _without_completion(tokens: list[_Token], *, closed: bool) -> Iterator[Reading]:
    numbers_from = _numbers_from(tokens)
    for start in range(len(tokens)):
        for totals, total_starts, middle in _cells(tokens, start, 2, dashes=True):
            for year, year_starts, last in _cells(tokens, middle, 3, dashes=False):
                if not closed or last == len(tokens):
                    yield _reading(tokens, (totals, "", year), [*total_starts, *year_starts, last], numbers_from)


def _numbers_from(tokens: list[_Token]) -> int:
    """Return from where on a line holds only numbers; a line can be made of thousands, so it is looked for once."""
    return next((at + 1 for at in range(len(tokens) - 1, -1, -1) if not tokens[at].is_number), 0)


def _reading(
    tokens: list[_Token], cells: tuple[list[_Amount], str, list[_Amount]], starts: list[int], numbers_from: int
) -> Reading:
    (total, spent), completion, year = cells
    revised, actual, deviation = (amount or 0 for amount in year)
    first, last = starts[0], starts[-1]
    # An empty completion leaves a wide gap between the totals and the year, where gaps are kept.
    gap_missing = not completion and not tokens[starts[len(cells[0])]].wide_before
    only_numbers_follow = numbers_from <= last < len(tokens)
    return Reading(
        cells=(total, spent, completion, revised, actual, deviation),
        name_end=tokens[first].start if first else 0,
        comment_start=tokens[last].start if last < len(tokens) else tokens[-1].end,
        against=_gaps_against(tokens, starts) + _form_against(tokens, first, cells) + gap_missing + only_numbers_follow,
    )


def _gaps_against(tokens: list[_Token], starts: list[int]) -> int:
    """Count wide gaps inside a number and hard spaces between two cells."""
    begins = set(starts)
    return sum(
        tokens[at].bound_before if at in begins else tokens[at].wide_before
        for at in range(starts[0], min(starts[-1] + 1, len(tokens)))
    )


def _form_against(tokens: list[_Token], first: int, cells: tuple[list[_Amount], str, list[_Amount]]) -> int:
    totals, completion, _ = cells
    dashes = totals.count(None)
    running = bool(completion) and parse_completion(completion) is State.RUNNING
    number_left = first > 0 and tokens[first - 1].is_number and not tokens[first].wide_before
    return number_left + (dashes == 1) + (running != (dashes > 0))


def _is_row_by_form(line: str, reading: Reading) -> bool:
    """Whether five numbers are surely a row though the arithmetic fails: alone on the line, or with the empty cell."""
    figures = line[reading.name_end : reading.comment_start].strip()
    return reading.name_end == 0 or _WIDE.search(figures) is not None
