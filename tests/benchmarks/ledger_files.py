"""Ledgers for the benchmarks: a year's vouchers as CSV of twelve columns and as xlsx, the same each time."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

from openpyxl import Workbook

HEADINGS = (
    *("Bilagsnr", "Linje", "Bilagsdato", "Periode", "Konto", "Kontonavn"),
    *("Ansvar", "Prosjekt", "Prosjektnavn", "Tekst", "Debet", "Kredit"),
)
_ACCOUNTS = ("02300", "02500", "02700", "04290")


def write_csv(path: Path, count: int) -> None:
    """Write lines as a Norwegian ledger exports them: semicolons, cp1252, amounts as `1 234,56`."""
    with path.open("w", encoding="cp1252", newline="") as file:
        file.write(";".join(HEADINGS) + "\r\n")
        for *cells, amount in _lines(count):
            written = f"{abs(amount):,.2f}".replace(",", " ").replace(".", ",")
            file.write(";".join((*map(str, cells), *((written, "") if amount >= 0 else ("", written)))) + "\r\n")


def write_xlsx(path: Path, count: int) -> None:
    """Write lines as a workbook, amounts as numbers."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Bilag")
    sheet.append(HEADINGS)
    for *cells, amount in _lines(count):
        sheet.append((*cells, *((amount, None) if amount >= 0 else (None, -amount))))
    book.save(path)


def _lines(count: int) -> Iterator[tuple[str | int | float, ...]]:
    rng = random.Random(1)  # noqa: S311  the same each time
    for number in range(count):
        month, code = rng.randrange(1, 13), f"I41{rng.randrange(150):03}"
        amount = rng.randrange(1, 15_000_000) / 100
        yield (
            *(2_024_000_000 + number // 3, number % 3 + 1, f"{rng.randrange(1, 29):02}.{month:02}.2024"),
            *(202_400 + month, rng.choice(_ACCOUNTS), "Byggetjenester", rng.randrange(1000, 1100)),
            *(code, f"Prosjekt {code}", f"Faktura {rng.randrange(100_000)} Bygg AS"),
            amount if rng.random() < 0.93 else -amount,
        )
