"""Opens a SAF-T file, in a process that it may bring down: says a row for each voucher line of one kind of analysis.

Must not import anything of ours: `db.foreign` runs it by its path. Source: Norwegian SAF-T Financial data,
GeneralLedgerEntries. Each line carries analyses (project, department, …); the type that means project takes the place
of a sheet's name. Must not know what is done with a row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal, InvalidOperation
from pathlib import Path
from xml.etree.ElementTree import Element, ParseError, iterparse

Row = tuple[str, ...]
HEADINGS: Row = ("Prosjekt", "Konto", "Periode", "Bilag", "Linje", "Tekst", "Beløp")
_STRETCH = 1_000
_PROLOG = 64 * 1024
_PIECE = 4 * 1024 * 1024
_DECLARES = b"<!DOCTYPE"
_PROJECT = re.compile(r"prosjekt|project", re.IGNORECASE)
_EMPTIED = {"Transaction", "Customer", "Supplier", "Account", "AnalysisTypeTableEntry", "Journal"}
_USUAL_TYPES = ("P", "PR", "PRO", "PROJ", "PROSJEKT")


def said(name: str, wanted: str) -> Iterator[object]:
    """Yield an analysis type (an empty one is the one that means project) and all there are, then its rows.

    Only those there are where it isn't one of them, and a word where the file is no SAF-T.
    """
    path = Path(name)
    try:
        if refused(path):
            yield "other"
            return
        types = analyses(path)
        chosen = wanted or chosen_of(types)
        if chosen is None or (types and chosen not in types):
            yield types
            return
        yield chosen, types
        yield from rows(path, chosen)
    except (ParseError, LookupError, ValueError, OSError):  # an encoding may be unknown, or one that expat can't
        yield "other"


def refused(path: Path) -> bool:
    """Whether it isn't SAF-T, or declares things of its own: an entity can be made to fill the memory."""
    with path.open("rb") as file:
        prolog = file.read(_PROLOG)
        # Two bytes a letter could hide a declaration from this look.
        if b"\0" in prolog or b"AuditFile" not in prolog:
            return True
        before = prolog
        while before:
            if _DECLARES in before:
                return True
            piece = file.read(_PIECE)
            before = before[-len(_DECLARES) :] + piece if piece else b""
    return False


def chosen_of(types: dict[str, str]) -> str | None:
    """Return the analysis type that means project."""
    return next((name for name, told in types.items() if _PROJECT.search(told) or name.upper() in _USUAL_TYPES), None)


def analyses(path: Path) -> dict[str, str]:
    """Return the analysis types that the file's tables name, or its first lines use, with their descriptions."""
    found: dict[str, str] = {}
    for name, element in _ends(path):
        if name == "AnalysisTypeTableEntry":
            found.setdefault(_text(element, "AnalysisType"), _text(element, "AnalysisTypeDescription"))
        elif name == "MasterFiles" and found:
            break
        elif name == "Transaction":
            found |= {_text(one, "AnalysisType"): "" for one in _all(element, "Analysis")} | found
            break
    found.pop("", None)
    return found


def rows(path: Path, chosen: str) -> Iterator[list[Row]]:
    """Yield the rows of an analysis, some at a time, the headings first."""
    stretch: list[Row] = [HEADINGS]
    for name, element in _ends(path):
        if name == "Transaction":
            stretch += _rows(element, chosen)
            if len(stretch) >= _STRETCH:
                yield stretch
                stretch = []
    if stretch:
        yield stretch


def _rows(transaction: Element, chosen: str) -> Iterator[Row]:
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
    for _, element in iterparse(path):  # noqa: S314  what could harm was refused before, and this process is limited
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
