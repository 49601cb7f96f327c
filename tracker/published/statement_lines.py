"""Decides the figures of the lines of § 5-5, and which lines are sums of those before.

Must not know where the lines stood. Amounts are in the statement's thousands and with its signs.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import product
from math import prod

from tracker.messages import Message, Refusal, message
from tracker.money import write_number
from tracker.published.content import PublishedStatementLine
from tracker.published.digits import ROUNDING, numbers_at_end
from tracker.statement_check.known import known_line
from tracker.statement_check.signs import SignProfile

FIGURES = 5
"""Actual of last year, actual, revised budget, original budget, deviation."""

_MOST_COMBINATIONS = 4096
_CLOSEST = 3
_SURELY_MORE_THAN_ROUNDING = 10
_LEAST_TELLING_COLUMNS = 2
_SAYS_SUM = re.compile(r"sum\b|total", re.IGNORECASE)
_MAY_SAY_SUM = re.compile(r"sum\b|total|netto\b|.* i alt\b", re.IGNORECASE)

_Amounts = tuple[int, ...]


@dataclass(frozen=True)
class RawLine:
    """A line as text: a wrapped label, and the line that ends in five figures."""

    above: str
    text: str
    is_turned: bool = False
    """Whether its deviation is actual minus revised budget."""

    @cached_property
    def readings(self) -> list[tuple[_Amounts, int, int]]:
        """Every way to read five figures: amounts, where the label ends, how much speaks against it."""
        return list(numbers_at_end(self.text, FIGURES))

    @cached_property
    def preferred(self) -> list[tuple[_Amounts, int, int]]:
        """The readings in which deviation = revised − actual but for rounding, with least against them."""
        holding = [reading for reading in self.readings if _mismatch(reading[0], is_turned=self.is_turned) <= ROUNDING]
        least = min((against for _, _, against in holding), default=0)
        return [reading for reading in holding if reading[2] == least]

    def label_by(self, label_end: int) -> str:
        """Return the whole label."""
        return " ".join(f"{self.above} {self.text[:label_end]}".split())


def read_statement_lines(lines: Sequence[RawLine], *, paragraph: int) -> list[PublishedStatementLine]:
    """Decide the figures of one part's lines: by deviation = revised − actual, and by the sub-sums where that is open.

    Raises Refusal where a line's figures don't fit each other, or the sub-sums don't decide.
    """
    lines = _with_fitting_deviations(lines)
    for line in lines:
        if not line.preferred:
            raise _mismatched(line, paragraph)
    chosen = _decide(lines, paragraph)
    labels = [line.label_by(end) for line, (_, end, _) in zip(lines, chosen, strict=True)]
    amounts = [amounts for amounts, _, _ in chosen]
    sums = find_sums(labels, amounts)
    return [
        PublishedStatementLine(
            paragraph=paragraph,
            label=label,
            previous_actual=figures[0],
            actual=figures[1],
            revised_budget=figures[2],
            original_budget=figures[3],
            deviation=figures[4],
            is_sum=is_sum,
        )
        for label, figures, is_sum in zip(labels, amounts, sums, strict=True)
    ]


def find_sums(labels: Sequence[str], amounts: Sequence[_Amounts]) -> list[bool]:
    """Say of each line whether it is the sum of lines right before it (sums of sums too).

    A label that begins with `Sum` or `Total` says so itself. Others must add up in every column, from at least two
    lines (one where the label says `Netto`) and with figures that rounding can't explain; a line of zeros is the
    sum of all that is left when those are themselves sums: expenditure, income, lending and transfers come to zero.
    """
    sums: list[bool] = []
    left: list[tuple[_Amounts, bool]] = []
    for label, figures in zip(labels, amounts, strict=True):
        count = _summed(label, figures, left)
        is_sum = count > 0 or _SAYS_SUM.match(label) is not None
        left = left[: len(left) - count]
        left.append((figures, is_sum))
        sums.append(is_sum)
    return sums


def _summed(label: str, figures: _Amounts, left: Sequence[tuple[_Amounts, bool]]) -> int:
    """Return how many of the last lines this one is the sum of; 0 for none."""
    least = 1 if _MAY_SAY_SUM.match(label) else 2
    # From the most lines down: a pair that cancels out must not be left standing.
    for count in range(len(left), least - 1, -1):
        allowed = (count + 1) // 2
        columns = zip(*(one for one, _ in left[-count:]), strict=True)
        if any(abs(sum(column) - own) > allowed for column, own in zip(columns, figures, strict=True)):
            continue
        telling = sum(abs(own) > _SURELY_MORE_THAN_ROUNDING * allowed for own in figures)
        closes_all = count == len(left) and all(is_sum for _, is_sum in left)
        if least == 1 or telling >= _LEAST_TELLING_COLUMNS or closes_all:
            return count
    return 0


def _decide(lines: Sequence[RawLine], paragraph: int) -> list[tuple[_Amounts, int, int]]:
    """Choose the combination of readings with which most lines are sums of those before."""
    chosen = [line.preferred[0] for line in lines]
    undecided = [line for line in lines if len(line.preferred) > 1]
    if not undecided:
        return chosen
    if prod(len(line.preferred) for line in undecided) > _MOST_COMBINATIONS:
        raise _ambiguous(undecided, paragraph)
    scored: dict[int, list[tuple[tuple[_Amounts, int, int], ...]]] = {}
    for picks in product(*(line.preferred for line in lines)):
        scored.setdefault(_added_up(lines, picks), []).append(picks)
    best = scored[max(scored)]
    if len(best) > 1:
        open_lines = [line for at, line in enumerate(lines) if len({picks[at] for picks in best}) > 1]
        raise _ambiguous(open_lines, paragraph)
    return list(best[0])


def _added_up(lines: Sequence[RawLine], picks: Sequence[tuple[_Amounts, int, int]]) -> int:
    left: list[tuple[_Amounts, bool]] = []
    found = 0
    for line, (figures, label_end, _) in zip(lines, picks, strict=True):
        count = _summed(line.label_by(label_end), figures, left)
        left = left[: len(left) - count]
        left.append((figures, count > 0))
        found += count > 0
    return found


def _with_fitting_deviations(lines: Sequence[RawLine]) -> Sequence[RawLine]:
    """Return the lines with the sign of deviation that fits all of them, as they are where none does.

    A template has revised − actual on each line, the reverse on each, or what is to the good: reversed for money in.
    """
    for turns in (lambda _: False, lambda _: True, _is_money_in):
        tried = [replace(line, is_turned=turns(line)) for line in lines]
        if all(line.preferred for line in tried):
            return tried
    return lines


def _is_money_in(line: RawLine) -> bool:
    known = next((known_line(line.label_by(end)) for _, end, _ in line.readings), None)
    return known is not None and SignProfile(income_negative=False).factor(known, known.section) < 0


def _mismatch(amounts: _Amounts, *, is_turned: bool = False) -> int:
    _, actual, revised, _, deviation = amounts
    return abs(revised - actual - (-deviation if is_turned else deviation))


def _mismatched(line: RawLine, paragraph: int) -> Refusal:
    nearest = sorted(line.readings, key=lambda reading: _mismatch(reading[0]))[:_CLOSEST]
    label_end = min(end for _, end, _ in line.readings)
    reason = message(
        "I § 5-5, {paragraph}. ledd, er Rev. bud. minus Regnskap ikke lik Avvik på linjen «{label}»: {figures}. "
        "Rett tallene og les på nytt.",
        paragraph=paragraph,
        label=line.label_by(label_end),
        figures=" ".join(line.text[label_end:].split()),
    )
    return Refusal(reason, *(_candidate(line, reading) for reading in nearest))


def _ambiguous(lines: Sequence[RawLine], paragraph: int) -> Refusal:
    labels = ", ".join(f"«{line.label_by(line.preferred[0][1])}»" for line in lines)
    reason = message(
        "I § 5-5, {paragraph}. ledd, kan tallene for {labels} leses på flere måter, og delsummene avgjør det ikke. "
        "Skill kolonnene på linjen med to mellomrom i en tekstfil, og les på nytt.",
        paragraph=paragraph,
        labels=labels,
    )
    return Refusal(reason, *(_candidate(line, reading) for line in lines for reading in line.preferred))


def _candidate(line: RawLine, reading: tuple[_Amounts, int, int]) -> Message:
    amounts, label_end, _ = reading
    cells = " | ".join(map(write_number, amounts))
    return message("«{label}»: {cells}", label=line.label_by(label_end), cells=cells)
