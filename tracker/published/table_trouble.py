"""Says what is wrong with rows whose figures don't fit each other: columns that changed places, or single rows.

Must not know where the rows were read. Amounts are in the table's thousands.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from tracker.messages import Message, Refusal, message, source
from tracker.money import write_number
from tracker.published.digits import ROUNDING, Reading, preferred

COLUMN_TITLES = {
    0: "Vedtatt totalt",
    1: "Påløpt totalt",
    3: "Rev. bud.",
    4: "Regnskap",
    5: "Avvik i kr",
}
SUM_TITLES = tuple(COLUMN_TITLES.values())
"""The columns that are summed, in order."""
_TOTALS = (0, 1)
# Actual and deviation changed about give revised − deviation = actual: the same sum, so arithmetic can't see it.
_SEEN_BY_ARITHMETIC = tuple(pair for pair in combinations(COLUMN_TITLES, 2) if pair not in {_TOTALS, (4, 5)})
_LEAST_ROWS = 3
_CLOSEST = 3


def refuse_swapped_columns(rows: Sequence[Sequence[Reading]]) -> None:
    """Raise Refusal where more than half of the project rows (3 at least) fit only with two columns changed about."""
    least = max(_LEAST_ROWS, len(rows) // 2 + 1)
    failing = [found for found in rows if not any(reading.holds for reading in found)]
    fits = {pair: sum(_fits_swapped(found, pair) for found in failing) for pair in _SEEN_BY_ARITHMETIC}
    pair = max(fits, key=lambda one: fits[one])
    if fits[pair] >= least:
        raise _swapped(pair, fits[pair], len(rows))
    with_totals = [found for found in map(list, rows) if any(reading.cells[0] is not None for reading in found)]
    overspent = sum(_spends_more_than_total(preferred(found)) for found in with_totals)
    if overspent >= max(_LEAST_ROWS, len(with_totals) // 2 + 1):
        raise _swapped(_TOTALS, overspent, len(with_totals))


def refuse_mismatches(rows: Sequence[tuple[str, str, Sequence[Reading]]]) -> None:
    """Raise Refusal naming every row (name, printed line, readings) that no reading makes revised − actual = deviation.

    The details are the closest readings.
    """
    failing = [(name, line, found) for name, line, found in rows if not any(reading.holds for reading in found)]
    if not failing:
        return
    details = [detail for name, line, found in failing for detail in _closest(name, line, found)]
    if len(failing) > 1:
        names = ", ".join(f"«{name}»" for name, _, _ in failing)
        reason = message(
            "I {count} {count:rad|rader} er Rev. bud. minus Regnskap ikke lik Avvik: {projects}. Rett tallene og "
            "les på nytt.",
            count=len(failing),
            projects=names,
        )
        raise Refusal(reason, *details)
    name, line, found = failing[0]
    reason = message(
        "I raden «{project}» er Rev. bud. minus Regnskap ikke lik Avvik: {figures}. Rett tallene og les på nytt.",
        project=name,
        figures=_printed(line, found),
    )
    raise Refusal(reason, *details)


def write_cells(reading: Reading) -> str:
    """Write a reading's cells with the columns kept apart."""
    cells = (("-" if cell is None else cell if isinstance(cell, str) else write_number(cell)) for cell in reading.cells)
    return " | ".join(cells)


def _fits_swapped(found: Sequence[Reading], pair: tuple[int, int]) -> bool:
    return any(_mismatch_swapped(reading, pair) <= ROUNDING for reading in found)


def _mismatch_swapped(reading: Reading, pair: tuple[int, int]) -> int:
    cells = list(reading.cells)
    first, second = pair
    cells[first], cells[second] = cells[second], cells[first]
    revised, actual, deviation = (cell if isinstance(cell, int) else 0 for cell in cells[3:])
    return abs(revised - actual - deviation)


def _spends_more_than_total(found: Sequence[Reading]) -> bool:
    return bool(found) and all(
        reading.cells[0] is not None and reading.cells[1] is not None and reading.cells[1] > reading.cells[0]
        for reading in found
    )


def _swapped(pair: tuple[int, int], count: int, rows: int) -> Refusal:
    first, second = (COLUMN_TITLES[column] for column in pair)
    if pair == _TOTALS:
        text = source(
            "Kolonnene «{first}» og «{second}» ser ut til å ha byttet plass: i {count} av {rows} rader er det brukt "
            "mer enn totalbudsjettet. Rett kolonnene og les på nytt."
        )
        return Refusal(message(text, first=first, second=second, count=count, rows=rows))
    text = source(
        "Kolonnene «{first}» og «{second}» ser ut til å ha byttet plass: i {count} av {rows} rader stemmer "
        "Rev. bud. − Regnskap = Avvik bare når de byttes om. Rett kolonnene og les på nytt."
    )
    return Refusal(message(text, first=first, second=second, count=count, rows=rows))


def _closest(name: str, line: str, found: Sequence[Reading]) -> list[Message]:
    nearest = sorted(found, key=lambda reading: (reading.mismatch, reading.against))[:_CLOSEST]
    return [
        message(
            "«{project}» ({figures}), nærmeste lesning: {cells}; avviket skulle vært {expected}",
            project=name,
            figures=_printed(line, found),
            cells=write_cells(reading),
            expected=write_number(reading.cells[3] - reading.cells[4]),
        )
        for reading in nearest
    ]


def _printed(line: str, found: Sequence[Reading]) -> str:
    start = min(reading.name_end for reading in found)
    end = max(reading.comment_start for reading in found)
    return " ".join(line[start:end].split())
