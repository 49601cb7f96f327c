"""Makes the published table out of rows of printed text: figures decided by arithmetic and sums, or refused.

Must not know whether the text came from a PDF or a text file. Amounts are in the table's thousands.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from tracker.messages import Message, Refusal, message, source
from tracker.money import write_number
from tracker.published.column_sums import Amounts, choose, tolerance
from tracker.published.content import PublishedRow, PublishedTable
from tracker.published.digits import Reading, may_hold_figures, preferred, readings
from tracker.published.line_join import join_lines
from tracker.published.table_trouble import SUM_TITLES, refuse_mismatches, refuse_swapped_columns, write_cells

_TOTAL = re.compile(
    r"(?:sum|totalt?|sum totalt?|(?:sum|totalt?) (?:alle )?(?:investering\w*|prosjekter))[:.]?", re.IGNORECASE
)
_OTHER = re.compile(r"(?:sum )?øvrige?\b.*", re.IGNORECASE)
_TOTAL_BUDGET, _TOTAL_SPENT = 0, 1


@dataclass(frozen=True)
class RawRow:
    """One row as text: the line of figures with every way to read it, a wrapped name, and the comment's other lines.

    `name_above` stands on lines before the figures, as in text; `name_below` after them, as on a page.
    """

    figures: str
    readings: tuple[Reading, ...]
    name_above: str = ""
    name_below: tuple[str, ...] = ()
    comment: tuple[str, ...] = ()

    @cached_property
    def preferred(self) -> list[Reading]:
        """The readings that arithmetic leaves; empty where none holds."""
        words = (self.name_above, _words_before_figures(self.figures), *self.name_below)
        return preferred(self.readings, is_sum=is_sum(" ".join(words).strip()))

    @cached_property
    def best(self) -> Reading:
        """A reading that holds, else the one with least against it."""
        return (self.preferred or sorted(self.readings, key=lambda one: (one.against, one.mismatch)))[0]

    @property
    def begins_with_figures(self) -> bool:
        """Whether the line may hold no name, so that it stands on lines above."""
        return any(reading.name_end == 0 for reading in self.readings)

    def name_by(self, reading: Reading) -> str:
        """Return the whole name, given where the figures begin."""
        first = f"{self.name_above} {self.figures[: reading.name_end]}".strip()
        return join_lines((first, *self.name_below), spaces_kept=False)

    @property
    def likely_name(self) -> str:
        """The name by the best reading."""
        return self.name_by(self.best)

    @property
    def starts_comment(self) -> bool:
        """Whether a comment begins on the line of figures."""
        return bool(self.figures[self.best.comment_start :].strip())


def row_on(line: str, *, closed: bool = False) -> RawRow | None:
    """Return the row whose figures stand on a line, None for a line without; `closed` as for `readings`."""
    if not may_hold_figures(line):
        return None
    found = readings(line, closed=closed, surely=is_sum(_words_before_figures(line)))
    return RawRow(line, tuple(found)) if found else None


def _words_before_figures(line: str) -> str:
    words = line.split()
    first = next((at for at, word in enumerate(words) if word.lstrip("-−–").isdigit()), len(words))
    return " ".join(words[:first])


def is_total(name: str) -> bool:
    """Whether a row of this name is the table's sum."""
    return _TOTAL.fullmatch(name) is not None


def is_sum(name: str) -> bool:
    """Whether a row of this name is the table's sum or the line of other projects."""
    return is_total(name) or _OTHER.fullmatch(name) is not None


def build_table(rows: Sequence[RawRow], *, spaces_kept: bool, leftovers: Sequence[str] = ()) -> PublishedTable:
    """Decide every figure and return the table.

    Raises Refusal where rows have changed columns, the sum is missing, a row's figures don't fit each other, or
    digits can be read in more ways than arithmetic and sums decide (with the candidates as details).
    """
    projects = [row for row in rows if not is_sum(row.likely_name)]
    refuse_swapped_columns([row.readings for row in projects])
    _refuse_without_sum(rows, projects)
    refuse_mismatches([(row.likely_name, row.figures, row.readings) for row in rows])
    chosen = _decide(rows)
    published = [_published(row, reading, spaces_kept=spaces_kept) for row, reading in zip(rows, chosen, strict=True)]
    *listed, total = published
    other = listed.pop() if listed and _OTHER.fullmatch(listed[-1].name) else None
    return PublishedTable(rows=tuple(listed), other=other, total=total, leftovers=tuple(leftovers))


def _refuse_without_sum(rows: Sequence[RawRow], projects: Sequence[RawRow]) -> None:
    if not projects:
        raise Refusal(message("Tabellen har ingen prosjekter. Kontroller at kapittelet er tatt med i sin helhet."))
    if not is_total(rows[-1].likely_name):
        reason = message(
            "Tabellen mangler sumlinjen; siste prosjekt som ble lest, er «{project}». "
            "Kontroller at kapittelet er tatt med i sin helhet.",
            project=projects[-1].likely_name,
        )
        raise Refusal(reason)


def _decide(rows: Sequence[RawRow]) -> list[Reading]:
    """Choose the readings by the sums; where a column doesn't tie out, look for one row that was read wrongly.

    What can't be told from a wrong digit in the print: two rows or more whose names end in a number that reads as
    thousands of their total. They are read as they stand, and the total budgets don't tie out.
    """
    candidates = [row.preferred for row in rows]
    choice = choose(_amounts(candidates))
    if choice.picks is None:
        raise _ambiguous([rows[index] for index in choice.undecided])
    chosen = [found[pick] for found, pick in zip(candidates, choice.picks, strict=True)]
    residuals = [
        sum(column) for column in zip(*(found[0] for found in _amounts([[one] for one in chosen])), strict=True)
    ]
    if all(abs(residual) <= tolerance(len(rows)) for residual in residuals):
        return chosen
    mended = _mended(rows, chosen, residuals)
    if len(mended) == 1 and not choice.tied & {_TOTAL_BUDGET, _TOTAL_SPENT}:
        # Both totals were off and one row, read anew, mends both: that is no chance.
        index, reading = mended[0]
        return [*chosen[:index], reading, *chosen[index + 1 :]]
    if mended:
        # Only one was off: a wrong digit in the print would look the same, so nobody can know.
        raise _doubtful(
            _off_by(residuals, len(rows)), [rows[index] for index in sorted({index for index, _ in mended})]
        )
    if not choice.tied & {_TOTAL_BUDGET, _TOTAL_SPENT}:
        _refuse_figures_left_in_names(rows, chosen)
    return chosen


def _refuse_figures_left_in_names(rows: Sequence[RawRow], chosen: Sequence[Reading]) -> None:
    """Refuse rows whose name ends in digits where neither total ties out: a figure there may be misprinted."""
    names = [
        row.name_by(reading)
        for row, reading in zip(rows, chosen, strict=True)
        if any(map(str.isdigit, "".join(row.figures[: reading.name_end].split()[-1:])))
    ]
    if names:
        text = source(
            "Tallene for {projects} kan ikke leses sikkert: navnet ser ut til å slutte med tall, og summene for "
            "totalbudsjett og påløpt stemmer ikke. Rett raden og les på nytt."
        )
        raise Refusal(message(text, projects=", ".join(f"«{name}»" for name in names)))


def _mended(rows: Sequence[RawRow], chosen: Sequence[Reading], residuals: Sequence[int]) -> list[tuple[int, Reading]]:
    """Find each single row that, read in a way not preferred, makes all columns tie out."""
    allowed = tolerance(len(rows))
    last = len(rows) - 1
    mended = []
    for index, row in enumerate(rows):
        sign = -1 if index == last else 1
        usual = _columns(chosen[index])
        for reading in row.readings:
            changes = zip(residuals, _columns(reading), usual, strict=True)
            if reading.holds and all(abs(residual + sign * (own - was)) <= allowed for residual, own, was in changes):
                mended.append((index, reading))
    return mended


def _amounts(candidates: Sequence[Sequence[Reading]]) -> list[list[Amounts]]:
    """Return the columns of each reading; the sum's with turned signs, so that a column that ties out comes to 0."""
    *rows, total = [[_columns(reading) for reading in found] for found in candidates]
    return [*rows, [tuple(-amount for amount in amounts) for amounts in total]]


def _columns(reading: Reading) -> Amounts:
    total_budget, total_spent, _, *year = reading.cells
    return (total_budget or 0, total_spent or 0, *year)


def _ambiguous(rows: Sequence[RawRow]) -> Refusal:
    names = ", ".join(f"«{row.likely_name}»" for row in rows)
    reason = message(
        "Tallene for {projects} kan leses på flere måter, og verken regnestykket i raden eller summene avgjør det. "
        "Skill kolonnene i raden med to mellomrom i en tekstfil, eller rett raden, og les på nytt.",
        projects=names,
    )
    return Refusal(reason, *(_candidate(row, reading) for row in rows for reading in row.readings if reading.holds))


def _off_by(residuals: Sequence[int], lines: int) -> tuple[int, int]:
    """Return the column that is furthest from its printed sum, and by how much."""
    column = max(range(len(residuals)), key=lambda one: abs(residuals[one]) > tolerance(lines) and abs(residuals[one]))
    return column, residuals[column]


def _doubtful(off: tuple[int, int], rows: Sequence[RawRow]) -> Refusal:
    column, difference = off
    reason = message(
        "Kolonnen «{column}» er {difference} tusen kroner fra den trykte summen: enten er et tall i kolonnen feil, "
        "eller så ligger skillet mellom navn og tall et annet sted i {projects}. Rett raden, eller skill kolonnene "
        "i raden med to mellomrom i en tekstfil, og les på nytt.",
        column=SUM_TITLES[column],
        difference=write_number(difference),
        projects=", ".join(f"«{row.likely_name}»" for row in rows),
    )
    return Refusal(reason, *(_candidate(row, reading) for row in rows for reading in row.readings if reading.holds))


def _candidate(row: RawRow, reading: Reading) -> Message:
    return message("«{project}»: {cells}", project=row.name_by(reading), cells=write_cells(reading))


def _published(row: RawRow, reading: Reading, *, spaces_kept: bool) -> PublishedRow:
    total_budget, total_spent, completion, revised_budget, actual, deviation = reading.cells
    comment = (row.figures[reading.comment_start :], *row.comment)
    return PublishedRow(
        name=row.name_by(reading),
        total_budget=total_budget,
        total_spent=total_spent,
        completion=completion,
        revised_budget=revised_budget,
        actual=actual,
        deviation=deviation,
        comment=join_lines(comment, spaces_kept=spaces_kept),
    )
