"""A mapping proposed from an export's first rows: where the headings are, and what each column seems to hold.

Must not know a file format. What is proposed is shown and corrected before it is used.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tracker.kinds import LedgerContent, VatConvention
from tracker.ledger.accounts import EVERYTHING, KOSTRA, AccountRules
from tracker.ledger.cells import amounts_of, code_of, month_alone, month_of, year_alone
from tracker.ledger.mapping import Cell, Mapping, Use, folded
from tracker.money import Unit, unit_said

_LOOKED_THROUGH = 40
_SAMPLE = 200
_FEWEST_HEADINGS = 2
_WITHOUT_VAT = re.compile(r"(eks|uten|ekskl)\.? ?mva|\bnetto\b", re.IGNORECASE)
_WITH_VAT = re.compile(r"(inkl|med)\.? ?mva|\bbrutto\b", re.IGNORECASE)
_OTHER_AMOUNTS = "(valuta|currency|mva|merverdi|vat|budsj|rest|avvik)"
_MONEY = "nok|kr|kroner|hele kr|tkr|1 ?000.*|mill.*"
_VAT = r"([ ,]*\(?(eks|ekskl|uten|inkl|med)\.? ?mva\.?\)?)?"
_OF_A_YEAR = "regnskap [12][0-9]{3}"

_NAMES: Sequence[tuple[Use, str]] = (
    (Use.CODE, r"(under|del)prosjekt(nr|nummer|kode)?\.?( nr\.?)?$"),
    (Use.CODE, r"(prosjekt|proj|pros|dim ?[0-9]|project)[ .-]*(nr|nummer|kode|id|code|no|number)?\.?( \(t\))?$"),
    (Use.VOUCHER_LINE, r"(bilags?)?[ ]?(linje|linjenr|lnr|sekv.*|radnr)\.?$"),
    (Use.VOUCHER, r"(bilag|bilagsnr|bilagsnummer|bilags ?nr\.?|vouchernr|voucher|transnr|trans\.? ?nr\.?)$"),
    (Use.PERIOD, r"(regnskaps)?periode|period$"),
    (Use.YEAR, r"(regnskaps)?år|year$"),
    (Use.MONTH, r"måned|mnd|month$"),
    (Use.DATE, r"(bilags|transaksjons|trans|bokførings|posterings)?[ ]?dato|date$"),
    (Use.ACCOUNT, r"(konto|art|kontonr|konto ?nr\.?|kontonummer|artskonto|account)$"),
    (Use.DEBIT, r"debet|debit"),
    (Use.CREDIT, r"kredit|credit"),
    (Use.AMOUNT, rf"(netto|brutto|bokført|sum)?[ ]?(beløp|amount)( ?\(?(i )?({_MONEY})\.?\)?)?{_VAT}"),
    (Use.AMOUNT, rf"(?!.*{_OTHER_AMOUNTS}).*(beløp|amount).*|bokført|regnskap"),
    (Use.AMOUNT, r"regnskap hittil.*|netto|brutto|akkumulert|saldo"),
    (Use.AMOUNT, _OF_A_YEAR),
    (Use.TEXT, r"(bilags|transaksjons)?tekst|beskrivelse|text"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A mapping, and the row of headings that it is for, counted from 0."""

    header_row: int
    header: tuple[Cell, ...]
    mapping: Mapping


def propose(rows: Sequence[Sequence[Cell]]) -> Proposal:
    """Propose how an export is read from its first rows; what no heading says is left for a person to choose.

    Where the headings say too little, the mapping lacks what is left to choose; where there are none at all, the
    header is empty.
    """
    at, uses = max(
        ((at, _uses(row)) for at, row in enumerate(rows[:_LOOKED_THROUGH])),
        key=lambda found: (len(found[1]), _texts_in(rows[found[0]])),
        default=(0, {}),
    )
    if not uses and (not rows or _texts_in(rows[at]) < _FEWEST_HEADINGS):
        return Proposal(header_row=0, header=(), mapping=Mapping(columns={}))
    below = rows[at + 1 : at + 1 + _SAMPLE]
    above = " ".join(str(cell) for row in rows[: at + 1] for cell in row if isinstance(cell, str))
    return Proposal(header_row=at, header=tuple(rows[at]), mapping=_mapping(rows[at], uses, below, above))


def header_row_of(rows: Sequence[Sequence[Cell]], mapping: Mapping, proposal: Proposal | None = None) -> int:
    """Return the row under which a mapping's columns stand, counted from 0; the proposed where none has them all."""
    titles = {folded(title) for title in mapping.columns.values()}
    found = (at for at, row in enumerate(rows[:_LOOKED_THROUGH]) if titles <= set(map(folded, row)))
    return next(found, 0 if proposal is None else proposal.header_row)


def says_enough(mapping: Mapping) -> bool:
    """Whether a mapping has what makes an export a ledger: a code and an amount."""
    has = mapping.columns.keys()
    return Use.CODE in has and (Use.AMOUNT in has or {Use.DEBIT, Use.CREDIT} <= has)


def _texts_in(row: Sequence[Cell]) -> int:
    return sum(any(map(str.isalpha, folded(cell))) for cell in row)


def _uses(row: Sequence[Cell]) -> dict[Use, int]:
    uses: dict[Use, int] = {}
    for use, shape in _NAMES:
        if shape == _OF_A_YEAR and sum(re.fullmatch(shape, folded(cell)) is not None for cell in row) > 1:
            # Which of the years it is about, a person must say.
            continue
        for column, cell in enumerate(row):
            words = folded(cell)
            if words and use not in uses and column not in uses.values() and re.fullmatch(shape, words):
                uses[use] = column
    return uses


def _mapping(header: Sequence[Cell], uses: dict[Use, int], below: Sequence[Sequence[Cell]], above: str) -> Mapping:
    if Use.AMOUNT in uses and {Use.DEBIT, Use.CREDIT} <= uses.keys():
        # Where a ledger gives both, the signed amount says the same and can be wrong in one way less.
        uses = {use: column for use, column in uses.items() if use not in {Use.DEBIT, Use.CREDIT}}
    uses = _with_time_that_can_be_read(uses, below)
    codes = [code_of(_at(row, uses[Use.CODE])) for row in below] if Use.CODE in uses else []
    return Mapping(
        columns={use: str(header[column]) for use, column in uses.items()},
        unit=unit_said(above),
        is_negated=_is_mostly_negative(uses, below),
        vat=_vat(above),
        content=_content(uses),
        repeats_code=_is_sparse(codes),
        accounts=_accounts(uses, below),
    )


def _with_time_that_can_be_read(uses: dict[Use, int], below: Sequence[Sequence[Cell]]) -> dict[Use, int]:
    """Keep one way to tell the month: a period or date that holds year and month, else year and month apart."""
    if not below:
        return uses
    for use in (Use.PERIOD, Use.DATE):
        if use in uses and any(month_of(_at(row, uses[use])) for row in below):
            dropped = {Use.PERIOD, Use.DATE, Use.YEAR, Use.MONTH} - {use}
            return {one: column for one, column in uses.items() if one not in dropped}
    without_date: dict[Use, int] = {one: column for one, column in uses.items() if one is not Use.DATE}
    period = without_date.get(Use.PERIOD)
    if period is not None and Use.MONTH not in without_date:
        if any(month_alone(_at(row, period)) for row in below):
            apart = {Use.PERIOD: Use.MONTH}
            return {apart.get(one, one): column for one, column in without_date.items()}
        if any(year_alone(_at(row, period)) for row in below):
            return {one: column for one, column in without_date.items() if one is not Use.PERIOD}
    return without_date


def _content(uses: dict[Use, int]) -> LedgerContent:
    is_list = Use.VOUCHER in uses or Use.DATE in uses or Use.TEXT in uses
    return LedgerContent.TRANSACTIONS if is_list else LedgerContent.BALANCES


def _is_mostly_negative(uses: dict[Use, int], below: Sequence[Sequence[Cell]]) -> bool:
    if Use.AMOUNT not in uses:
        return False
    amounts, _ = amounts_of([_at(row, uses[Use.AMOUNT]) for row in below], Unit.KRONER)
    spending = [
        amount
        for amount, row in zip(amounts, below, strict=True)
        if Use.ACCOUNT not in uses or not KOSTRA.funding_of(code_of(_at(row, uses[Use.ACCOUNT])))
    ]
    # Many small corrections of one large invoice are no reason to turn it.
    return sum(spending) < 0 and sum(amount < 0 for amount in spending) > sum(amount > 0 for amount in spending)


def _vat(above: str) -> VatConvention | None:
    if _WITHOUT_VAT.search(above):
        return VatConvention.NET
    return VatConvention.GROSS if _WITH_VAT.search(above) else None


def _is_sparse(codes: Sequence[str]) -> bool:
    """Whether codes stand only on the first line of each group: none comes again, and many are missing."""
    written = [code for code in codes if code]
    is_each_once = len(written) > 1 and len(set(written)) == len(written)
    return is_each_once and bool(codes[0]) and sum(not code for code in codes) * 4 > len(codes)


def _accounts(uses: dict[Use, int], below: Sequence[Sequence[Cell]]) -> AccountRules:
    """Propose where the art stands: after the first digit of accounts that all begin with their class, else in front.

    The class is 0 in investment and 1 in operations (KOSTRA), and an art is three digits: four are a class and an art.
    """
    if Use.ACCOUNT not in uses:
        return EVERYTHING
    lengths = [len(code_of(_at(row, uses[Use.ACCOUNT]))) for row in below]
    usual = max(set(lengths), key=lengths.count, default=0)
    first = [code_of(_at(row, uses[Use.ACCOUNT]))[:1] for row in below]
    starts_with_accounts = usual > 3 and bool(first) and all(digit in {"0", "1", ""} for digit in first)  # noqa: PLR2004
    return AccountRules(places=(1, 4)) if starts_with_accounts else AccountRules(places=(0, 3))


def _at(row: Sequence[Cell], column: int) -> Cell:
    return row[column] if column < len(row) else None
