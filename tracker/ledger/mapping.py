"""How a ledger's export is read: which column holds what, in which unit, with which signs. Saved as a profile.

Must not know a file format, nor what the lines come to.
"""

from __future__ import annotations

import json
from collections.abc import Mapping as Named
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum

from tracker.kinds import FundingSource, LedgerContent, VatConvention
from tracker.ledger.accounts import KOSTRA, AccountRules
from tracker.messages import Message, Refusal, message
from tracker.model import Portfolio, RecordId, Setting
from tracker.money import Unit

Cell = str | int | float | date | datetime | None
"""What a cell of a sheet holds."""
PROFILE = "ledger-profile."
"""How the id of the setting that holds a profile begins; its name follows."""


class Use(Enum):
    """What a column of a ledger holds."""

    CODE = "project"
    AMOUNT = "amount"
    DEBIT = "debit"
    CREDIT = "credit"
    PERIOD = "period"
    YEAR = "year"
    MONTH = "month"
    DATE = "date"
    ACCOUNT = "account"
    VOUCHER = "voucher"
    VOUCHER_LINE = "line"
    TEXT = "text"


TITLES: Named[Use, Message] = {
    Use.CODE: message("Prosjekt"),
    Use.AMOUNT: message("Beløp"),
    Use.DEBIT: message("Debet"),
    Use.CREDIT: message("Kredit"),
    Use.PERIOD: message("Periode (år og måned)"),
    Use.YEAR: message("År"),
    Use.MONTH: message("Måned"),
    Use.DATE: message("Dato"),
    Use.ACCOUNT: message("Konto"),
    Use.VOUCHER: message("Bilag"),
    Use.VOUCHER_LINE: message("Bilagslinje"),
    Use.TEXT: message("Tekst"),
}

_AMOUNTS = {Use.AMOUNT, Use.DEBIT, Use.CREDIT}


@dataclass(frozen=True, slots=True, kw_only=True)
class Mapping:
    """How an export is read. `columns` are headings as they stand, told apart without case and space.

    `repeats_code` is for lists that write a project's code only on its first line; `is_keyed` for lines that voucher
    and line tell apart, so that a later export adds only what is new. `year` and `month` are for what the lines don't
    say: a balance list of everything up to a month.
    """

    columns: Named[Use, str]
    unit: Unit = Unit.KRONER
    is_negated: bool = False
    vat: VatConvention | None = None
    content: LedgerContent = LedgerContent.TRANSACTIONS
    repeats_code: bool = False
    is_keyed: bool = False
    year: int | None = None
    month: int | None = None
    accounts: AccountRules = field(default_factory=lambda: KOSTRA)

    def places_in(self, header: Sequence[Cell]) -> dict[Use, int]:
        """Return where the columns stand under a header.

        Raises Refusal when one isn't there, or what every export must have isn't mapped.
        """
        known = {folded(cell): at for at, cell in reversed(list(enumerate(header))) if folded(cell)}
        places: dict[Use, int] = {}
        for use, title in self.columns.items():
            if folded(title) not in known:
                raise Refusal(
                    message(
                        "Filen har ingen kolonne «{title}» for {use}: den har {known}.",
                        title=title,
                        use=TITLES[use],
                        known=", ".join(str(cell) for cell in header if folded(cell)),
                    )
                )
            if use in _AMOUNTS and sum(folded(cell) == folded(title) for cell in header) > 1:
                raise Refusal(
                    message(
                        "Filen har flere kolonner som heter «{title}»: gi dem ulike navn, og velg den rette.",
                        title=title,
                    )
                )
            places[use] = known[folded(title)]
        self._refuse_incomplete()
        return places

    def _refuse_incomplete(self) -> None:
        has = self.columns.keys()
        if Use.CODE not in has:
            raise Refusal(message("Velg kolonnen som har prosjektnummeret."))
        if Use.AMOUNT not in has and not {Use.DEBIT, Use.CREDIT} <= has:
            raise Refusal(message("Velg kolonnen som har beløpet, eller kolonnene for debet og kredit."))
        if not has & {Use.PERIOD, Use.DATE} and not self._knows_time():
            raise Refusal(message("Velg kolonnen som har periode eller dato, eller oppgi år og måned."))
        if self.is_keyed and Use.VOUCHER not in has:
            raise Refusal(message("Velg kolonnen som har bilaget: bare da kan nye linjer kjennes fra gamle."))

    def _knows_time(self) -> bool:
        has = self.columns.keys()
        return (Use.YEAR in has or self.year is not None) and (Use.MONTH in has or self.month is not None)


def profile_setting(name: str, mapping: Mapping) -> Setting:
    """Return the setting that keeps a mapping under a name."""
    values = {
        "columns": {use.value: title for use, title in mapping.columns.items()},
        "unit": mapping.unit.name,
        "is_negated": mapping.is_negated,
        "vat": None if mapping.vat is None else mapping.vat.value,
        "content": mapping.content.value,
        "repeats_code": mapping.repeats_code,
        "is_keyed": mapping.is_keyed,
        "accounts": {
            "places": list(mapping.accounts.places),
            "funding": {art: source.value for art, source in mapping.accounts.funding.items()},
            "left_out": list(mapping.accounts.left_out),
        },
    }
    return Setting(id=RecordId(f"{PROFILE}{name}"), value=json.dumps(values, ensure_ascii=False, sort_keys=True))


def profiles_of(portfolio: Portfolio) -> dict[str, Mapping]:
    """Return the mappings that a portfolio keeps, by name; one that can't be read is left out."""
    found: dict[str, Mapping] = {}
    for setting in portfolio.settings.values():
        if setting.id.startswith(PROFILE):
            try:
                found[setting.id.removeprefix(PROFILE)] = mapping_of(setting.value)
            except (ValueError, KeyError, TypeError, AttributeError):
                continue
    return found


def fitting_profile(portfolio: Portfolio, header: Sequence[Cell]) -> tuple[str, Mapping] | None:
    """Return the profile whose columns a header all has, the one with most columns; None where none fits."""
    titles = set(map(folded, header))
    fitting = [
        (name, mapping)
        for name, mapping in profiles_of(portfolio).items()
        if set(map(folded, mapping.columns.values())) <= titles
    ]
    return max(fitting, key=lambda one: len(one[1].columns), default=None)


def folded(cell: Cell) -> str:
    """Return a heading without case, line breaks and doubled spaces; empty for what is no text."""
    return " ".join(cell.casefold().split()) if isinstance(cell, str) else ""


def mapping_of(text: str) -> Mapping:
    """Read a mapping as `profile_setting` keeps it. Raises ValueError, KeyError and their like where it is none."""
    values = json.loads(text)
    accounts = values["accounts"]
    return Mapping(
        columns={Use(use): title for use, title in values["columns"].items()},
        unit=Unit[values["unit"]],
        is_negated=values["is_negated"],
        vat=None if values["vat"] is None else VatConvention(values["vat"]),
        content=LedgerContent(values["content"]),
        repeats_code=values["repeats_code"],
        is_keyed=values["is_keyed"],
        accounts=AccountRules(
            places=tuple(accounts["places"]),
            funding={art: FundingSource(source) for art, source in accounts["funding"].items()},
            left_out=tuple(accounts["left_out"]),
        ),
    )
