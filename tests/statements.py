"""A § 5-5 of our own, right in every sum, and ways to spoil it: rows of label, actual and revised budget, in thousands.

The first part's sums: expenditure 417 000 − income 354 900 − lending 10 450 − transfers 51 650 = 0.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from tracker.ledger.mapping import Cell

Rows = dict[str, tuple[int, int]]

ASSETS = "Investeringer i varige driftsmidler"
GIVEN = "Tilskudd til andres investeringer"
SHARES = "Investeringer i aksjer og andeler i selskaper"
SPENT = "Sum investeringsutgifter"
VAT = "Kompensasjon for merverdiavgift"
GRANTS = "Tilskudd fra andre"
SALE = "Salg av varige driftsmidler"
LOAN = "Bruk av lån"
EARNED = "Sum investeringsinntekter"
LENT = "Videreutlån"
BORROWED = "Bruk av lån til videreutlån"
REPAYING = "Avdrag på lån til videreutlån"
REPAID = "Mottatte avdrag på videreutlån"
LENDING = "Netto utgifter videreutlån"
MOVED = "Overføring fra drift"
BOUND = "Netto avsetninger til eller bruk av bundne investeringsfond"
UNBOUND = "Netto avsetninger til eller bruk av ubundne investeringsfond"
TRANSFERS = "Sum overføring fra drift og netto avsetninger"
CARRIED = "Fremført til inndekning i senere år (udekket beløp)"
INCOMES = (VAT, GRANTS, SALE, LOAN, EARNED)

FIRST: Rows = {
    ASSETS: (400_000, 450_000),
    GIVEN: (12_000, 12_000),
    SHARES: (5_000, 5_000),
    SPENT: (417_000, 467_000),
    VAT: (-60_000, -70_000),
    GRANTS: (-25_450, -30_000),
    SALE: (-8_000, -8_000),
    LOAN: (-261_450, -297_000),
    EARNED: (-354_900, -405_000),
    LENT: (50_000, 50_000),
    BORROWED: (-50_000, -50_000),
    REPAYING: (14_000, 14_000),
    REPAID: (-24_450, -24_000),
    LENDING: (-10_450, -10_000),
    MOVED: (-40_000, -40_000),
    BOUND: (-6_650, -7_000),
    UNBOUND: (-5_000, -5_000),
    TRANSFERS: (-51_650, -52_000),
    CARRIED: (0, 0),
}
SECOND: Rows = {
    "Oppvekst": (300_000, 340_000),
    "Helse": (100_000, 110_000),
    ASSETS: (400_000, 450_000),
    "Den norske kirke": (12_000, 12_000),
    GIVEN: (12_000, 12_000),
    "Kjøp av aksjer": (5_000, 5_000),
    "Sum brutto investeringer": (417_000, 467_000),
}
FIRST_HEADING = "Bevilgningsoversikt investering § 5-5, første ledd"
SECOND_HEADING = "Bevilgningsoversikt investering § 5-5, andre ledd"
TITLES = ("Post", "Regnskap 2031", "Rev. budsjett 2031", "Avvik")


def spoiled(rows: Rows = FIRST, **actual: int) -> Rows:
    """Change the actual of some lines, named as here in small letters (`shares=…`), the other columns as they are."""
    named = {globals()[name.upper()]: amount for name, amount in actual.items()}
    return {label: (named.get(label, own), revised) for label, (own, revised) in rows.items()}


def cells(
    rows: Rows, *, heading: str = FIRST_HEADING, unit: str = "Beløp i 1000 kr", times: int = 1
) -> list[list[Cell]]:
    """Return a sheet's rows, each line's deviation right."""
    lines: list[list[Cell]] = [
        [label, actual * times, revised * times, (revised - actual) * times]
        for label, (actual, revised) in rows.items()
    ]
    return [[heading], [unit], list(TITLES), *lines]


def text(rows: Rows, *, heading: str = FIRST_HEADING) -> str:
    """Write a part as a text taken from a PDF has it: one space between figures as within them."""
    lines = [
        " ".join([label, *(f"{amount:,}".replace(",", " ") for amount in (actual, revised, revised - actual))])
        for label, (actual, revised) in rows.items()
    ]
    return "\n".join([heading, "", "Hele tusen kroner", "Regnskap 2031 Rev. budsjett 2031 Avvik", "", *lines, ""])


def write_book(path: Path, sheets: Mapping[str, Sequence[Sequence[Cell]]]) -> Path:
    """Write a workbook."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    book.save(path)
    return path
