"""Exports that can't be taken in without getting a figure wrong: each is refused in a sentence.

Must not know a file format, nor what an import would do.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from tracker.kinds import LedgerContent, VatConvention
from tracker.ledger.reading import Reading
from tracker.messages import Refusal, message
from tracker.model import LedgerBatch, Portfolio

_UP_TO_NOW = re.compile(r"hittil|akkumulert|\bakk\b|saldo|år til dato|\bytd\b", re.IGNORECASE)


def refuse_unusable(reading: Reading, file: str) -> None:
    """Refuse an export with rows that can't be read, the rows as details; and one without lines.

    Raises Refusal.
    """
    if reading.unreadable:
        raise Refusal(
            message(
                "{count} {count:rad|rader} i {file} kan ikke leses, så ingenting er importert: rett i filen, eller "
                "velg andre kolonner.",
                count=reading.unreadable_count,
                file=file,
            ),
            *(message("Rad {row:id}: {reason}", row=one.row, reason=one.reason) for one in reading.unreadable),
        )
    if reading.has_doubtful_credits:
        raise Refusal(
            message(
                "Kredit står både med og uten minus i {file}, så det er uvisst hva som er trukket fra: ta ut filen "
                "med én kolonne for beløp med fortegn.",
                file=file,
            )
        )
    if not reading.sums:
        if reading.known_count:
            raise Refusal(message("{file} har ingen nye linjer: alle er importert før.", file=file))
        raise Refusal(message("Fant ingen linjer med prosjekt i {file}: kontroller kolonnene.", file=file))
    if reading.empty_count == reading.line_count:
        raise Refusal(
            message(
                "Ingen av linjene i {file} har beløp: lagre den på nytt fra Excel, eller velg en annen kolonne.",
                file=file,
            )
        )


def refuse_accumulated(reading: Reading, heading: str, content: LedgerContent, file: str) -> None:
    """Refuse a list of what has come since January that holds several months: it would count the first ones again.

    Raises Refusal.
    """
    months = {time for _, _, time in reading.sums}
    if content is LedgerContent.BALANCES and len(months) > 1 and _UP_TO_NOW.search(heading):
        raise Refusal(
            message(
                "«{heading}» er summen hittil i år, og {file} har flere måneder, så beløp ville telt flere ganger: "
                "ta ut bare den siste måneden, eller beløp per måned.",
                heading=heading,
                file=file,
            )
        )


def refuse_mixed_vat(portfolio: Portfolio, batch: LedgerBatch, replaced: Collection[LedgerBatch]) -> None:
    """Refuse to add amounts with VAT to amounts without; what the batch replaces is no longer there to be added to.

    Raises Refusal.
    """
    names = {VatConvention.GROSS: message("med mva"), VatConvention.NET: message("uten mva")}
    for one in portfolio.ledger_batches.values():
        is_other = one.vat is not None and batch.vat is not None and one.vat is not batch.vat
        is_there = one.year == batch.year and not one.withdrawn and one not in replaced
        if is_other and is_there and one.vat and batch.vat:
            raise Refusal(
                message(
                    "Regnskapet for {year:id} er {held}, denne filen er {found}: de kan ikke legges sammen.",
                    year=batch.year,
                    held=names[one.vat],
                    found=names[batch.vat],
                )
            )


def refuse_published(portfolio: Portfolio, batch: LedgerBatch) -> None:
    """Refuse a year whose spending came from a published report: it would count twice.

    Raises Refusal.
    """
    for one in portfolio.ledger_batches.values():
        is_of_year = one.content is LedgerContent.PUBLISHED and one.year == batch.year and not one.withdrawn
        if is_of_year and any(entry.amount and not entry.opening for entry in one.sums):
            raise Refusal(
                message(
                    "Forbruket i {year:id} er importert fra {source}, så det ville telt dobbelt: velg regnskapet "
                    "for et annet år.",
                    year=batch.year,
                    source=one.source,
                )
            )
