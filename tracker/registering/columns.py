"""What the columns of a sheet of projects hold, proposed from their headings.

Must not know a file format, nor what is done with a row.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from tracker.messages import Message, Refusal, message
from tracker.money import Unit, unit_said

Cell = str | int | float | date | None
"""What a cell of a sheet holds."""

_YEAR = re.compile(r"(?<![0-9])(20[0-9]{2})(?![0-9])")
_LOOKED_THROUGH = 40
PLAN_YEARS = 4


class Use(Enum):
    """What a column is used for. A plan year comes with its year."""

    CODE = "code"
    NAME = "name"
    SUBPROJECT_CODE = "subproject-code"
    SUBPROJECT_NAME = "subproject-name"
    SERVICE_AREA = "service-area"
    DEPARTMENT = "department"
    RESPONSIBLE = "responsible"
    KIND = "kind"
    MONEY = "money"
    CASE_NUMBERS = "case-numbers"
    TOTAL_BUDGET = "total-budget"
    ORIGINAL_BUDGET = "original-budget"
    PLAN_YEAR = "plan-year"


TITLES: Mapping[Use, Message] = {
    Use.CODE: message("Prosjektnummer"),
    Use.NAME: message("Navn"),
    Use.SUBPROJECT_CODE: message("Underprosjektets nummer"),
    Use.SUBPROJECT_NAME: message("Underprosjektets navn"),
    Use.SERVICE_AREA: message("Tjenesteområde"),
    Use.DEPARTMENT: message("Avdeling"),
    Use.RESPONSIBLE: message("Ansvarlig"),
    Use.KIND: message("Prosjekt eller løpende ramme"),
    Use.MONEY: message("E-skatt eller selvkost"),
    Use.CASE_NUMBERS: message("Saksnummer"),
    Use.TOTAL_BUDGET: message("Vedtatt totalt"),
    Use.ORIGINAL_BUDGET: message("Opprinnelig budsjett"),
    Use.PLAN_YEAR: message("År i økonomiplanen"),
}

_WORDS: Sequence[tuple[str, Use]] = (
    (r"underprosjekt.*(nr|nummer|kode)|delprosjekt.*(nr|nummer|kode)|^(under|del)prosjekt$", Use.SUBPROJECT_CODE),
    (r"(under|del)prosjekt.*navn|navn.*(under|del)prosjekt", Use.SUBPROJECT_NAME),
    (r"(prosjekt|hovedprosjekt).*(nr|nummer|kode|id)|^(nr|nummer|kode)$", Use.CODE),
    (r"prosjekt.*navn|^navn|^(investerings|hoved)?prosjekt$|^investering$|^tiltak", Use.NAME),
    (r"tjenesteområde|sektor|kommunalområde|programområde|^område$", Use.SERVICE_AREA),
    (r"avdeling|enhet|virksomhet", Use.DEPARTMENT),
    (r"ansvarlig|prosjektleder|leder$", Use.RESPONSIBLE),
    (r"^type|løpend|løpande|prosjekttype", Use.KIND),
    (r"e-?skatt|ei(en|ge)domsskatt|s(el|jøl)vkost|finansieringstype|type midler", Use.MONEY),
    (r"saksn|arkivsak|^sak", Use.CASE_NUMBERS),
    (r"total.*(budsjett|ramme|kostnad)|vedtatt total|kostnadsramme|^ramme|^totalt?$", Use.TOTAL_BUDGET),
    (r"opprinnelig|vedtatt budsjett|oppr", Use.ORIGINAL_BUDGET),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """How a sheet is read: which row has the headings (counted from 0), what each column holds, and the unit.

    `plan_years` says which year each column of the four-year plan is for.
    """

    header: int
    uses: Mapping[int, Use]
    plan_years: Mapping[int, int]
    unit: Unit

    def column_of(self, use: Use) -> int | None:
        """Return the column that is used for something, None if none is."""
        return next((column for column, one in self.uses.items() if one is use), None)


def propose_layout(rows: Sequence[Sequence[Cell]], *, year: int, unit: Unit | None = None) -> Layout:
    """Find the row of headings and what each column holds.

    A year alone, or beside a word for budget, is the original budget in `year` and the plan after it. Amounts are in
    thousands where a heading, or a line above, says so. Raises Refusal when no row has a project's name or code.
    """
    candidates = [_layout(rows, at, year) for at in range(min(len(rows), _LOOKED_THROUGH))]
    best = max(candidates, key=lambda one: len(one.uses) + len(one.plan_years), default=None)
    if best is None or not {Use.NAME, Use.CODE} & set(best.uses.values()):
        raise Refusal(
            message("Fant ingen overskrift for prosjektets navn eller nummer: kontroller arket, eller velg kolonnene.")
        )
    return best if unit is None else _with_unit(best, unit)


def unused_headings(layout: Layout, header: Sequence[Cell]) -> tuple[str, ...]:
    """Return the headings of columns that nothing is read from."""
    return tuple(
        " ".join(str(cell).split())
        for column, cell in enumerate(header)
        if cell is not None and str(cell).strip() and column not in layout.uses
    )


def with_columns(layout: Layout, header: Sequence[Cell], chosen: Mapping[Use, str]) -> Layout:
    """Return a layout with some columns chosen by hand, by their headings.

    Raises Refusal when the sheet has no such heading.
    """
    titles = {_words(cell): column for column, cell in enumerate(header)}
    uses = {column: use for column, use in layout.uses.items() if use not in chosen}
    for use, title in chosen.items():
        column = titles.get(_words(title))
        if column is None:
            raise Refusal(
                message(
                    "Arket har ingen kolonne «{title}»: det har {known}.",
                    title=title,
                    known=", ".join(str(cell) for cell in header if cell is not None),
                )
            )
        uses[column] = use
    return Layout(header=layout.header, uses=uses, plan_years=layout.plan_years, unit=layout.unit)


def is_in(title: str, header: Sequence[Cell]) -> bool:
    """Whether a heading stands in a header, whatever its case and spaces."""
    return _words(title) in map(_words, header)


def _layout(rows: Sequence[Sequence[Cell]], at: int, year: int) -> Layout:
    uses: dict[int, Use] = {}
    plan_years: dict[int, int] = {}
    for column, cell in enumerate(rows[at]):
        named = _year_in(cell)
        use = _use_of(_words(cell))
        if use is Use.ORIGINAL_BUDGET and named not in {None, year}:
            use = None
        if named is not None and use in {None, Use.ORIGINAL_BUDGET} and year <= named < year + PLAN_YEARS:
            plan_years[column] = named
            use = Use.ORIGINAL_BUDGET if named == year else Use.PLAN_YEAR
        if use is not None and (use is Use.PLAN_YEAR or use not in uses.values()):
            uses[column] = use
    above = " ".join(str(cell) for row in rows[: at + 1] for cell in row if isinstance(cell, str))
    return Layout(header=at, uses=uses, plan_years=plan_years, unit=unit_said(above))


def _with_unit(layout: Layout, unit: Unit) -> Layout:
    return Layout(header=layout.header, uses=layout.uses, plan_years=layout.plan_years, unit=unit)


def _use_of(words: str) -> Use | None:
    return next((use for shape, use in _WORDS if re.search(shape, words)), None) if words else None


def _year_in(cell: Cell) -> int | None:
    """Return the year that a heading names: a cell that is a year, or words with one in them."""
    if isinstance(cell, bool) or cell is None:
        return None
    found = _YEAR.search(f"{cell:.0f}" if isinstance(cell, float) else str(cell))
    return int(found[1]) if found and not isinstance(cell, date) else None


def _words(cell: Iterable[str] | Cell) -> str:
    return " ".join(cell.casefold().replace("\u00a0", " ").split()) if isinstance(cell, str) else ""
