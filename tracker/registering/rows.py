"""A row of a sheet of projects as what it says: read, or refused with why.

Must not know what the portfolio holds already. Amounts are whole kroner.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from tracker.fields import LONGEST_NAME
from tracker.kinds import FundingTag, ProjectKind
from tracker.messages import Message, message
from tracker.money import Unit, UnreadableAmountError, parse_kroner, whole_kroner
from tracker.registering.columns import TITLES, Cell, Layout, Use

_SUMS = ("sum", "totalt", "total", "i alt")
_TOO_MUCH = 10**15
"""No amount is that large: more than this is no amount, and what is no number isn't smaller either."""
_NOTHING = {"", "-", "–"}
_KINDS = {
    "prosjekt": ProjectKind.PROJECT,
    **dict.fromkeys(("løpende", "løpende ramme", "løpande", "løpande ramme"), ProjectKind.PROGRAMME),
}
_MONEY = {
    "e-skatt": FundingTag.PROPERTY_TAX,
    "eskatt": FundingTag.PROPERTY_TAX,
    "eiendomsskatt": FundingTag.PROPERTY_TAX,
    "selvkost": FundingTag.FULL_COST,
    "eigedomsskatt": FundingTag.PROPERTY_TAX,
    "sjølvkost": FundingTag.FULL_COST,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectRow:
    """What a row says of a project; None where it says nothing. `number` is the sheet's own, counted from 1."""

    number: int
    code: str | None = None
    name: str | None = None
    subproject_code: str | None = None
    subproject_name: str | None = None
    service_area: str | None = None
    department: str | None = None
    responsible: str | None = None
    kind: ProjectKind | None = None
    funding_tags: frozenset[FundingTag] | None = None
    case_numbers: str | None = None
    total_budget: int | None = None
    original_budget: int | None = None
    plan: Mapping[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class UnreadableRow:
    """A row that can't be used: where it stands, and why."""

    number: int
    reason: Message


def read_rows(rows: Sequence[Sequence[Cell]], layout: Layout) -> Iterator[ProjectRow | UnreadableRow]:
    """Read the rows under the headings; empty ones and sums are left out."""
    for number, row in enumerate(rows[layout.header + 1 :], start=layout.header + 2):
        named = [_text(row, layout, use) for use in (Use.CODE, Use.NAME, Use.SUBPROJECT_CODE)]
        first = next(filter(None, named), None)
        if first is None or _is_sum(first):
            continue
        try:
            yield _read(row, layout, number)
        except _UnreadableError as refused:
            yield UnreadableRow(number=number, reason=refused.reason)


class _UnreadableError(Exception):
    def __init__(self, reason: Message) -> None:
        super().__init__(reason.text)
        self.reason = reason


def _read(row: Sequence[Cell], layout: Layout, number: int) -> ProjectRow:
    return ProjectRow(
        number=number,
        code=_text(row, layout, Use.CODE),
        name=_name(row, layout),
        subproject_code=_text(row, layout, Use.SUBPROJECT_CODE),
        subproject_name=_text(row, layout, Use.SUBPROJECT_NAME),
        service_area=_text(row, layout, Use.SERVICE_AREA),
        department=_text(row, layout, Use.DEPARTMENT),
        responsible=_text(row, layout, Use.RESPONSIBLE),
        kind=_kind(_text(row, layout, Use.KIND)),
        funding_tags=_tags(_text(row, layout, Use.MONEY)),
        case_numbers=_text(row, layout, Use.CASE_NUMBERS),
        total_budget=_amount(row, layout, layout.column_of(Use.TOTAL_BUDGET), TITLES[Use.TOTAL_BUDGET]),
        original_budget=_amount(row, layout, layout.column_of(Use.ORIGINAL_BUDGET), TITLES[Use.ORIGINAL_BUDGET]),
        plan=dict(_plan(row, layout)),
    )


def _name(row: Sequence[Cell], layout: Layout) -> str | None:
    name = _text(row, layout, Use.NAME)
    if name is not None and len(name) > LONGEST_NAME:
        raise _UnreadableError(message("Navnet er lengre enn {most} tegn.", most=LONGEST_NAME))
    return name


def _plan(row: Sequence[Cell], layout: Layout) -> Iterator[tuple[int, int]]:
    for column, year in layout.plan_years.items():
        amount = _amount(row, layout, column, message("{year:id}", year=year))
        if amount is not None:
            yield year, amount


def _kind(text: str | None) -> ProjectKind | None:
    if text is None:
        return None
    if text.casefold() not in _KINDS:
        raise _UnreadableError(message("«{text}» er verken prosjekt eller løpende ramme.", text=text))
    return _KINDS[text.casefold()]


def _tags(text: str | None) -> frozenset[FundingTag] | None:
    if text is None:
        return None
    words = [word.strip().casefold() for word in text.replace(";", ",").split(",")]
    unknown = next((word for word in words if word and word not in _MONEY), None)
    if unknown is not None:
        raise _UnreadableError(message("«{text}» er verken E-skatt eller selvkost.", text=unknown))
    return frozenset(_MONEY[word] for word in words if word)


def _text(row: Sequence[Cell], layout: Layout, use: Use) -> str | None:
    column = layout.column_of(use)
    if column is None or column >= len(row) or row[column] is None:
        return None
    cell = row[column]
    # A code that looks like a number comes as one: 41042.0 is the code 41042.
    text = f"{cell:.0f}" if isinstance(cell, float) and cell.is_integer() else str(cell)
    return " ".join(text.split()) or None


def _amount(row: Sequence[Cell], layout: Layout, column: int | None, title: Message) -> int | None:
    cell = row[column] if column is not None and column < len(row) else None
    if cell is None or (isinstance(cell, str) and cell.strip() in _NOTHING):
        return None
    try:
        return _kroner(cell, layout.unit)
    except (UnreadableAmountError, TypeError):
        raise _UnreadableError(message("{title}: «{text}» er ikke et beløp.", title=title, text=str(cell))) from None


def _kroner(cell: Cell, unit: Unit) -> int:
    if isinstance(cell, bool | date) or cell is None:
        raise TypeError(cell)
    if isinstance(cell, str):
        return parse_kroner(cell, unit=unit)
    if not abs(cell) < _TOO_MUCH:
        raise TypeError(cell)
    return whole_kroner(Decimal(str(cell)) * unit.value)


def _is_sum(text: str) -> bool:
    first = text.casefold().split()[0].rstrip(":")
    return first in _SUMS
