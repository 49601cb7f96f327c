"""Rows of cells as the parts of a statement: finds the headings, the columns and the lines, whatever the layout.

Must not know a file format, nor judge a figure.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from tracker.ledger.cells import ORE, amount_of, year_alone
from tracker.ledger.mapping import Cell
from tracker.messages import Refusal, message
from tracker.money import THOUSAND, Unit, UnreadableAmountError, unit_said
from tracker.statement_check.headings import columns_of, paragraph_of, says_column
from tracker.statement_check.known import CARRIED, known_line
from tracker.statement_check.tables import ReadStatement, StatementTable, TableColumn, TableLine
from tracker.statement_check.texts import Placed

_MOST_HEADING_ROWS = 6
_LEAST_TITLES = 2
_LARGEST_IN_THOUSANDS = 10_000_000
"""No municipality invests ten milliards in thousands: larger bare figures are kroner."""


@dataclass
class _Part:
    """One part under way: the rows over its figures, and its figures in øre by column."""

    paragraph: int
    headings: list[Sequence[Cell]] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    rows: list[tuple[int, str, dict[int, int]]] = field(default_factory=list)
    unread: list[tuple[int, str]] = field(default_factory=list)
    is_begun: bool = False


def read_tables(rows: Iterable[Placed]) -> ReadStatement:
    """Read both parts, or the one that is there.

    Raises Refusal where no line of the regulation's is found.
    """
    parts = [_Part(1)]
    for place, cells in rows:
        _take(parts, place, cells)
    parts = [part for part in parts if part.rows]
    if not any(known_line(label) for part in parts for _, label, _ in part.rows):
        raise Refusal(
            message(
                "Fant ingen linjer fra bevilgningsoversikten § 5-5: kontroller at filen har linjene med forskriftens "
                "ord, for eksempel «Sum investeringsutgifter»."
            )
        )
    said = unit_said(" ".join(text for part in parts for text in part.texts))
    is_said = said is not Unit.KRONER or any("krone" in text.casefold() for part in parts for text in part.texts)
    unit = said if is_said else _likely_unit(parts)
    return ReadStatement(
        tables=tuple(_table(part, unit) for part in parts),
        unit_is_said=is_said,
        unread=tuple(line for part in parts for line in part.unread),
    )


def _take(parts: list[_Part], place: int, cells: Sequence[Cell]) -> None:
    part = parts[-1]
    texts = [" ".join(str(cell).split()) for cell in cells if isinstance(cell, str) and cell.strip()]
    paragraph = paragraph_of(" ".join(texts))
    if paragraph is not None:
        part = _Part(paragraph, is_begun=True)
        parts.append(part)
        part.texts += texts
        return
    at = next((at for at, cell in enumerate(cells) if _is_label(cell)), None)
    label = "" if at is None else " ".join(str(cells[at]).split())
    known = known_line(label)
    amounts, bad = ({}, []) if at is None else _amounts(cells, at)
    is_years = bool(amounts) and all(year_alone(cells[column]) is not None for column in amounts)
    if amounts and (known is not None or (part.is_begun and not is_years)):
        if part.paragraph == 1 and _is_closed(part) and (known is None or known.section.value == "expenditure"):
            part = _Part(2, headings=list(part.headings), is_begun=True)
            parts.append(part)
        part.is_begun = True
        part.rows.append((place, label, amounts))
        part.unread += [(place, label)] if bad else []
    elif known is not None and known.is_sum and len(cells) > 1:
        part.unread.append((place, label))
    else:
        _take_heading(parts, cells, texts)


def _take_heading(parts: list[_Part], cells: Sequence[Cell], texts: list[str]) -> None:
    """Keep a row over the figures; column titles after the first part's last line begin the second."""
    part = parts[-1]
    titles = sum(says_column(text) for text in texts)
    if part.rows:
        if titles < _LEAST_TITLES:
            return
        part = _Part(2 if part.paragraph == 1 and _is_closed(part) else part.paragraph, is_begun=True)
        parts.append(part)
    part.headings = [*part.headings, cells][-_MOST_HEADING_ROWS:]
    part.texts += texts
    part.is_begun = part.is_begun or titles >= _LEAST_TITLES


def _is_closed(part: _Part) -> bool:
    known = known_line(part.rows[-1][1]) if part.rows else None
    return known is not None and known.id == CARRIED


def _is_label(cell: Cell) -> bool:
    return isinstance(cell, str) and sum(map(str.isalpha, cell)) > 1


def _amounts(cells: Sequence[Cell], label_at: int) -> tuple[dict[int, int], list[int]]:
    """Return the amounts to the right of a label, in øre by column, and the columns that hold something else."""
    found: dict[int, int] = {}
    bad: list[int] = []
    for column in range(label_at + 1, len(cells)):
        cell = cells[column]
        if cell is None or (isinstance(cell, str) and not cell.strip()):
            continue
        try:
            found[column] = amount_of(cell, Unit.KRONER)
        except (UnreadableAmountError, TypeError):
            bad.append(column)
    return found, bad


def _table(part: _Part, unit: Unit) -> StatementTable:
    columns = _columns(part)
    amounts = [
        tuple(_kroner(figures[column], unit) if column in figures else None for column in columns)
        for _, _, figures in part.rows
    ]
    every = [amount for row in amounts for amount in row if amount]
    rounded = unit.value if unit is not Unit.KRONER or any(amount % THOUSAND for amount in every) else THOUSAND
    return StatementTable(
        paragraph=part.paragraph,
        unit=rounded,
        columns=tuple(columns.values()),
        lines=tuple(
            TableLine(label=label, place=place, amounts=row, known=known_line(label))
            for (place, label, _), row in zip(part.rows, amounts, strict=True)
        ),
    )


def _columns(part: _Part) -> dict[int, TableColumn]:
    """Return what each column of figures holds, by its place; those whose headings say that they are none are left."""
    used = sorted({column for _, _, figures in part.rows for column in figures})
    headings = {column: _heading(part, column) for column in used}
    said = columns_of([headings[column] or f"({number})" for number, column in enumerate(used, start=1)])
    return {place: column for place, column in zip(used, said, strict=True) if column is not None}


def _heading(part: _Part, column: int) -> str:
    words = [_cell_text(row[column]) for row in part.headings if column < len(row)]
    heading = " ".join(word for word in words if word)
    if heading and not says_column(heading) and column and any(map(str.isdigit, heading)):
        # A title over two columns stands in the first of them only.
        before = [_cell_text(row[column - 1]) for row in part.headings if column < len(row) and not row[column]]
        return " ".join(word for word in [*before, heading] if (word and not word.isdigit()) or word == heading)
    return heading


def _cell_text(cell: Cell) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return f"{cell:.0f}"
    return "" if cell is None else " ".join(str(cell).split())


def _kroner(ore: int, unit: Unit) -> int:
    scaled = abs(ore) * unit.value
    whole = (scaled + ORE // 2) // ORE
    return whole if ore >= 0 else -whole


def _likely_unit(parts: Sequence[_Part]) -> Unit:
    largest = max((abs(ore) for part in parts for _, _, figures in part.rows for ore in figures.values()), default=0)
    return Unit.KRONER if largest >= _LARGEST_IN_THOUSANDS * ORE else Unit.THOUSANDS
