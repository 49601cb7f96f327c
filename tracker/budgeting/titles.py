"""What the kinds of budget change and the sources of money are called.

Must not know how they are shown.
"""

from __future__ import annotations

from collections.abc import Mapping

from tracker.kinds import BudgetKind, FundingSource
from tracker.messages import Message, message

KIND_TITLES: Mapping[BudgetKind, Message] = {
    BudgetKind.OPENING: message("Inngående (fra rapporten)"),
    BudgetKind.ORIGINAL: message("Opprinnelig budsjett"),
    BudgetKind.BETWEEN_YEARS: message("Flyttet mellom år"),
    BudgetKind.CARRY_OVER: message("Overført fra i fjor"),
    BudgetKind.GRANT: message("Tilleggsbevilgning"),
    BudgetKind.CUT: message("Nedtrekk"),
    BudgetKind.PRICE_ADJUSTMENT: message("Prisjustering"),
    BudgetKind.REALLOCATION: message("Omdisponering"),
}
"""The kinds in the order in which they are listed."""

FUNDING_TITLES: Mapping[FundingSource, Message] = {
    FundingSource.LOAN: message("Bruk av lån"),
    FundingSource.VAT_COMPENSATION: message("Kompensasjon for merverdiavgift"),
    FundingSource.GRANT: message("Tilskudd fra andre"),
    FundingSource.SALE: message("Salg av varige driftsmidler"),
    FundingSource.SHARES: message("Salg av finansielle anleggsmidler"),
    FundingSource.DIVIDEND: message("Utdeling fra selskaper"),
    FundingSource.INSTALMENT: message("Mottatte avdrag på utlån"),
    FundingSource.OPERATIONS: message("Overføring fra drift"),
    FundingSource.BOUND_FUND: message("Bruk av bundne fond"),
    FundingSource.UNBOUND_FUND: message("Bruk av ubundne fond"),
}
"""Source of the names: budsjett- og regnskapsforskriften § 5-5 første ledd."""
