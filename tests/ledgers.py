"""Ledgers' exports in the shapes that municipalities get them in, made from the same postings.

Every shape has the quirks of its kind; what it comes to is known from the postings, added up by the simplest code.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from xml.sax.saxutils import escape

from openpyxl import Workbook

from tests.binary_excel import write_binary_excel
from tests.old_excel import write_old_excel
from tests.open_document import cell_of, write_open_document

PROJECTS = {"41001": "Åsen skole", "41002": "Brannstasjon, ny", "41003": "Vann - hovedplan"}
CODES = (*PROJECTS, "41999")
SPENDING = ("02300", "02500", "02700")
VAT, LOAN = "07290", "09100"


@dataclass(frozen=True, slots=True)
class Posting:
    """A line: amount in øre."""

    voucher: str
    line: int
    on: date
    code: str
    account: str
    amount: int
    text: str


def postings(count: int = 300, *, seed: int = 1, year: int = 2023, until: int = 12) -> list[Posting]:
    """Make postings of a year up to a month, the same each time; a longer year begins like a shorter."""
    made = []
    for number in range(count):
        rng = random.Random(f"{seed}-{number}")  # noqa: S311  the same each time
        on = date(year, rng.randrange(1, 13), rng.randrange(1, 29))
        account = rng.choice((*SPENDING, *SPENDING, VAT))
        amount = rng.randrange(-500_000, 9_000_000) if account != VAT else -rng.randrange(1, 900_000)
        posting = Posting(
            voucher=str(202300000 + number // 2),
            line=number % 2 + 1,
            on=on,
            code=rng.choice(CODES),
            account=account,
            amount=amount,
            text=f"Faktura {number}; Bygg & Anlegg «AS», ærlig",
        )
        if on.month <= until:
            made.append(posting)
    return made


def spent(lines: Iterable[Posting]) -> dict[str, int]:
    """Add up spending by code, exactly, in øre."""
    sums: dict[str, int] = defaultdict(int)
    for one in lines:
        if one.account != VAT:
            sums[one.code] += one.amount
    return dict(sums)


def kroner(ore: int) -> int:
    """Round øre to kroner, half away from zero."""
    return (abs(ore) + 50) // 100 * (1 if ore >= 0 else -1)


def norwegian(ore: int, *, space: str = " ") -> str:
    """Write øre as `1 234 567,89`."""
    sign = "-" if ore < 0 else ""
    return f"{sign}{abs(ore) // 100:,}".replace(",", space) + f",{abs(ore) % 100:02}"


def write_debit_credit(path: Path, lines: Sequence[Posting]) -> None:
    """Semicolons, Windows-1252, two title lines, debit and credit, a sum at the end, lines of other departments."""
    rows = [
        "Hovedbok investering;;;;;;;",
        f"Utskrift 02.02.2024;{PROJECTS['41001']};;;;;;",
        "Bilagsnr;Linje;Bilagsdato;Periode;Konto;Prosjekt;Tekst;Debet;Kredit",
    ]
    for one in lines:
        text = f'"{one.text}"'
        debit, credit = (norwegian(one.amount), "") if one.amount >= 0 else ("", norwegian(-one.amount))
        period = f"{one.on:%Y%m}"
        rows.append(
            f"{one.voucher};{one.line};{one.on:%d.%m.%Y};{period};{one.account};{one.code};{text};{debit};{credit}"
        )
    rows += [";;;;02300;;Uten prosjekt;12,50;", f"Sum;;;;;;;{norwegian(sum(one.amount for one in lines) + 1250)};"]
    path.write_bytes(("\r\n".join(rows) + "\r\n").encode("cp1252"))


def write_signed(path: Path, lines: Sequence[Posting]) -> None:
    """Tabs, UTF-8 with a mark, signed amounts with no-break spaces, period as `2023-04`."""
    rows = ["Konto\tKonto (T)\tProsjekt\tProsjekt (T)\tPeriode\tBilagsnr\tBeløp"]
    rows += [
        f"{one.account}\tBygg\t{one.code}\t{PROJECTS.get(one.code, '')}\t{one.on:%Y-%m}\t{one.voucher}\t"
        f"{norwegian(one.amount, space=chr(0xA0))}"
        for one in lines
    ]
    path.write_text("\n".join(rows) + "\n", encoding="utf-8-sig")


def write_negative(path: Path, lines: Sequence[Posting]) -> None:
    """Commas, plain UTF-8, English decimals, expenditure with a minus, year and month apart."""
    rows = ["Regnskapsår,Måned,Art,Prosjektnr,Netto beløp"]
    rows += [f'{one.on.year},{one.on.month},{one.account[1:4]},{one.code},"{-one.amount / 100:.2f}"' for one in lines]
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")


def write_balances(path: Path, lines: Sequence[Posting]) -> None:
    """Excel: what each project has spent each month, in thousands with decimals, under title lines."""
    sums: dict[tuple[str, int], int] = defaultdict(int)
    for one in lines:
        if one.account != VAT:
            sums[one.code, one.on.month] += one.amount
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Regnskap investering", lines[0].on.year])
    sheet.append(["Beløp i 1000 kr"])
    sheet.append([])
    sheet.append(["Prosjekt nr", "Prosjektnavn", "År", "Mnd", "Regnskap"])
    for (code, month), amount in sorted(sums.items()):
        sheet.append([int(code), PROJECTS.get(code), lines[0].on.year, month, amount / 100_000])
    sheet.append(["Totalt", None, None, None, sum(sums.values()) / 100_000])
    book.save(path)


def write_grouped(path: Path, lines: Sequence[Posting]) -> None:
    """Excel: a project's code only on its first line, real dates, a sum under each project and one at the end."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Prosjekt", "Bilagsdato", "Konto", "Bilag", "Beløp", "Tekst"])
    for code in CODES:
        own = [one for one in lines if one.code == code]
        for at, one in enumerate(own):
            shown = code if at == 0 else None
            sheet.append([shown, one.on, one.account, one.voucher, one.amount / 100, one.text])
        sheet.append([f"Sum {code}", None, None, None, sum(one.amount for one in own) / 100, None])
    sheet.append(["Sum totalt", None, None, None, sum(one.amount for one in lines) / 100, None])
    book.save(path)


def write_ods(path: Path, lines: Sequence[Posting]) -> None:
    """OpenDocument, as LibreOffice saves it: dates and amounts as values, codes as texts."""

    def cell(value: object) -> str:
        if isinstance(value, date):
            return (
                f'<table:table-cell office:value-type="date" office:date-value="{value}"><text:p>x</text:p>'
                "</table:table-cell>"
            )
        if isinstance(value, float):
            kind = f'office:value-type="float" office:value="{value}"'
            return f"<table:table-cell {kind}><text:p>x</text:p></table:table-cell>"
        return cell_of(escape(str(value)))

    rows = [["Delprosjekt", "Dato", "Konto", "Beløp"]]
    rows += [[one.code, one.on, one.account, one.amount / 100] for one in lines]  # type: ignore[list-item]
    body = "".join(f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in rows)
    write_open_document(path, Regnskap=body)


def write_old(path: Path, lines: Sequence[Posting]) -> None:
    """Excel 97-2003: credits with a minus, codes and periods as numbers, amounts of no lines but the ledger's own."""
    rows: list[list[str | float | None]] = [["Prosjektnr.", "Artskonto", "Regnskapsperiode", "Debet", "Kredit"]]
    for one in lines:
        sides = (one.amount / 100, None) if one.amount >= 0 else (None, one.amount / 100)
        rows.append([float(one.code), one.account, float(f"{one.on:%Y%m}"), *sides])
    write_old_excel(path, "Ark1", rows)


def write_covered(path: Path, lines: Sequence[Posting]) -> None:
    """Excel: a cover sheet first, then dates as texts of two-digit years, amounts as texts, another amount beside."""
    book = Workbook()
    cover = book.active
    assert cover is not None
    cover.append(["Utskrift fra økonomisystemet"])
    cover.append(["Bestilt av", "Regnskapsavdelingen"])
    sheet = book.create_sheet("Transaksjoner")
    sheet.append(["Valutabeløp", "Beløp (NOK)", "Prosjekt", "Bokføringsdato", "Konto", "Bilagsnr"])
    for one in lines:
        sheet.append([1, norwegian(one.amount), one.code, f"{one.on:%d.%m.%y}", one.account, one.voucher])
    book.save(path)


def write_binary(path: Path, lines: Sequence[Posting]) -> None:
    """Excel's binary workbook: English headings, the project in a dimension, periods and accounts as numbers."""
    rows: list[list[str | float | None]] = [
        [one.code, PROJECTS.get(one.code), float(f"{one.on:%Y%m}"), one.account, one.amount / 100] for one in lines
    ]
    rows.insert(0, ["Dim 2", "Dim 2 (T)", "Period", "Account", "Amount"])
    write_binary_excel(path, "Ledger", rows)


def write_saft(path: Path, lines: Sequence[Posting]) -> None:
    """SAF-T Financial: vouchers with lines, each with analyses of department and project."""
    vouchers: dict[str, list[Posting]] = defaultdict(list)
    for one in lines:
        vouchers[one.voucher].append(one)
    transactions = "".join(_transaction(voucher, own) for voucher, own in vouchers.items())
    path.write_text(
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<n1:AuditFile xmlns:n1="urn:StandardAuditFile-Taxation-Financial:NO"><n1:Header/><n1:MasterFiles>'
        "<n1:AnalysisTypeTable>"
        "<n1:AnalysisTypeTableEntry><n1:AnalysisType>A</n1:AnalysisType>"
        "<n1:AnalysisTypeDescription>Ansvar</n1:AnalysisTypeDescription></n1:AnalysisTypeTableEntry>"
        "<n1:AnalysisTypeTableEntry><n1:AnalysisType>P</n1:AnalysisType>"
        "<n1:AnalysisTypeDescription>Prosjekt</n1:AnalysisTypeDescription></n1:AnalysisTypeTableEntry>"
        "</n1:AnalysisTypeTable></n1:MasterFiles><n1:GeneralLedgerEntries><n1:Journal>"
        f"{transactions}</n1:Journal></n1:GeneralLedgerEntries></n1:AuditFile>",
        encoding="utf-8",
    )


def _transaction(voucher: str, own: Sequence[Posting]) -> str:
    lines = "".join(_line(one) for one in own)
    on = own[0].on
    return (
        f"<n1:Transaction><n1:TransactionID>{voucher}</n1:TransactionID>"
        f"<n1:TransactionDate>{on}</n1:TransactionDate>{lines}</n1:Transaction>"
    )


def _line(one: Posting) -> str:
    side = "DebitAmount" if one.amount >= 0 else "CreditAmount"
    return (
        f"<n1:Line><n1:RecordID>{one.line}</n1:RecordID><n1:AccountID>{one.account}</n1:AccountID>"
        "<n1:Analysis><n1:AnalysisType>A</n1:AnalysisType><n1:AnalysisID>1000</n1:AnalysisID></n1:Analysis>"
        f"<n1:Analysis><n1:AnalysisType>P</n1:AnalysisType><n1:AnalysisID>{one.code}</n1:AnalysisID></n1:Analysis>"
        f"<n1:Description>{escape(one.text)}</n1:Description>"
        f"<n1:{side}><n1:Amount>{abs(one.amount) / 100:.2f}</n1:Amount></n1:{side}></n1:Line>"
    )


SHAPES: dict[str, Callable[[Path, Sequence[Posting]], None]] = {
    "debit-credit.csv": write_debit_credit,
    "signed.txt": write_signed,
    "negative.csv": write_negative,
    "balances.xlsx": write_balances,
    "grouped.xlsx": write_grouped,
    "dates.ods": write_ods,
    "saft.xml": write_saft,
    "old.xls": write_old,
    "covered.xlsx": write_covered,
    "binary.xlsb": write_binary,
}
"""How to write each shape, by the name of its file."""
