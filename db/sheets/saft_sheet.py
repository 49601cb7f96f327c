"""SAF-T Financial, the Norwegian tax authority's exchange file, as a sheet: a row a line of a voucher.

Source: Norwegian SAF-T Financial data, GeneralLedgerEntries. Each line carries analyses (project, department, …); the
type that means project takes the place of a sheet's name. Must not know what is done with a row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from decimal import Decimal, InvalidOperation
from mmap import ACCESS_READ, mmap
from pathlib import Path
from xml.etree.ElementTree import Element, ParseError, iterparse

from db.sheets.sheet import STRETCH, Rows, Sheet
from tracker.ledger.mapping import Cell
from tracker.messages import Refusal, message

HEADINGS: Sequence[Cell] = ("Prosjekt", "Konto", "Periode", "Bilag", "Linje", "Tekst", "Beløp")
_PROLOG = 64 * 1024
_PROJECT = re.compile(r"prosjekt|project", re.IGNORECASE)
_EMPTIED = {"Transaction", "Customer", "Supplier", "Account", "AnalysisTypeTableEntry", "Journal"}
_USUAL_TYPES = ("P", "PR", "PRO", "PROJ", "PROSJEKT")


@contextmanager
def saft_sheet(path: Path, analysis: str | None) -> Iterator[Sheet]:
    """Open a SAF-T file as a sheet of one analysis type, the one that means project unless another is named.

    Raises Refusal when it is no SAF-T file, or has no such analysis.
    """
    _refuse_other_xml(path)
    types = _analysis_types(path)
    chosen = analysis or next(
        (name for name, told in types.items() if _PROJECT.search(told) or name.upper() in _USUAL_TYPES), None
    )
    if chosen is None or (types and chosen not in types):
        raise Refusal(
            message(
                "{file} har ingen analyse for prosjekt: velg en av {known}.",
                file=path.name,
                known=", ".join(f"{name} ({told})" if told else name for name, told in types.items()) or "-",
            )
        )
    yield Sheet(name=chosen, others=tuple(types), stretches=_stretches(path, chosen))


def _refuse_other_xml(path: Path) -> None:
    """Refuse what isn't SAF-T, and what declares things of its own: an entity can be made to fill the memory."""
    try:
        with path.open("rb") as file, mmap(file.fileno(), 0, access=ACCESS_READ) as content:
            # Two bytes a letter could hide a declaration from this look.
            is_plain = content.find(b"\0", 0, _PROLOG) < 0
            is_saft = is_plain and content.find(b"AuditFile", 0, _PROLOG) >= 0 and content.find(b"<!DOCTYPE") < 0
    except ValueError:
        is_saft = False
    if not is_saft:
        raise _refused(path)


def _analysis_types(path: Path) -> dict[str, str]:
    """Return the analysis types that the file's tables name, or its first lines use, with their descriptions."""
    found: dict[str, str] = {}
    try:
        for name, element in _ends(path):
            if name == "AnalysisTypeTableEntry":
                found.setdefault(_text(element, "AnalysisType"), _text(element, "AnalysisTypeDescription"))
            elif name == "MasterFiles" and found:
                break
            elif name == "Transaction":
                found |= {_text(one, "AnalysisType"): "" for one in _all(element, "Analysis")} | found
                break
    except ParseError:
        raise _refused(path) from None
    found.pop("", None)
    return found


def _stretches(path: Path, chosen: str) -> Iterator[Rows]:
    rows: list[Sequence[Cell]] = [HEADINGS]
    try:
        for name, element in _ends(path):
            if name == "Transaction":
                rows += _rows(element, chosen)
                if len(rows) >= STRETCH:
                    yield rows
                    rows = []
    except ParseError:
        raise _refused(path) from None
    if rows:
        yield rows


def _rows(transaction: Element, chosen: str) -> Iterator[Sequence[Cell]]:
    year, month = _text(transaction, "PeriodYear"), _text(transaction, "Period")
    period = f"{year}{month:0>2}" if year and month else _text(transaction, "TransactionDate")
    voucher = _text(transaction, "TransactionID")
    for line in _all(transaction, "Line"):
        account, record, text = (_text(line, name) for name in ("AccountID", "RecordID", "Description"))
        for code, amount, part in _parts(line, chosen):
            yield code, account, period, voucher, f"{record}{part}", text, amount


def _parts(line: Element, chosen: str) -> Iterator[tuple[str, str, str]]:
    """Yield a line's projects with what each has of it, and what tells such parts apart.

    A line of several projects says how much is whose; one that doesn't gets an amount that nobody can read.
    """
    analyses = [one for one in _all(line, "Analysis") if _text(one, "AnalysisType") == chosen]
    codes = [_text(one, "AnalysisID") for one in analyses]
    is_credit, whole = _whole(line)
    if len(set(codes)) <= 1:
        yield (codes[0] if codes else ""), _signed(whole, is_credit=is_credit), ""
        return
    shares = [_amount(one, "AnalysisAmount") for one in analyses]
    if not _is_divided(shares, whole):
        yield codes[0], " + ".join(codes), ""
        return
    for number, (code, share) in enumerate(zip(codes, shares, strict=True), start=1):
        yield code, _signed(share, is_credit=is_credit), f".{number}"


def _is_divided(shares: Sequence[str], whole: str) -> bool:
    try:
        return sum(map(Decimal, shares), Decimal()) == Decimal(whole)
    except InvalidOperation:
        return False


def _whole(line: Element) -> tuple[bool, str]:
    """Return whether a line is a credit, and its amount."""
    debit = _amount(line, "DebitAmount")
    return (False, debit) if debit else (True, _amount(line, "CreditAmount"))


def _signed(amount: str, *, is_credit: bool) -> str:
    if not is_credit or not amount:
        return amount
    return amount[1:] if amount.startswith("-") else f"-{amount}"


def _amount(line: Element, name: str) -> str:
    found = next(_all(line, name), None)
    return "" if found is None else _as_money(_text(found, "Amount"))


def _as_money(text: str) -> str:
    """Write a number of the exchange format as money: its point is always a decimal one, also before three digits."""
    whole, point, decimals = text.partition(".")
    if not point or not decimals.isdecimal():
        return text
    if decimals[2:].strip("0"):
        return f"{text}0"
    return f"{whole}.{decimals[:2]:0<2}"


def _ends(path: Path) -> Iterator[tuple[str, Element]]:
    """Yield elements as they end, emptied behind: a large file takes little more room than a small one."""
    for _, element in iterparse(path):  # noqa: S314  what could harm was refused before
        name = _bare(element.tag)
        yield name, element
        if name in _EMPTIED:
            element.clear()


def _all(element: Element, name: str) -> Iterator[Element]:
    return (child for child in element.iter() if _bare(child.tag) == name)


def _text(element: Element, name: str) -> str:
    found = next((child for child in element if _bare(child.tag) == name), None)
    return "" if found is None or found.text is None else found.text.strip()


def _bare(tag: str) -> str:
    return tag.rpartition("}")[2]


def _refused(path: Path) -> Refusal:
    return Refusal(message("{file} er ikke en SAF-T-fil: ta den ut av regnskapet på nytt.", file=path.name))
