"""What a controller must know of an import before agreeing to it, said the same way in the window and by the command.

Must not know who is told.
"""

from __future__ import annotations

from collections.abc import Iterator

from tracker.ledger.planning import LedgerPlan
from tracker.messages import Message, message
from tracker.model import LedgerBatch

_MOST_CODES = 8


def months_of(batch: LedgerBatch) -> str:
    """Return which months a batch is of: «3», or «1–4»."""
    first, last = batch.first_month, batch.last_month
    return str(first) if first == last else f"{first}–{last}"


def doubts_of(plan: LedgerPlan) -> list[Message]:
    """Return what speaks against taking an export in: nothing of it is done unless somebody accepts it."""
    doubts = []
    if plan.is_known:
        doubts.append(message("Denne filen er allerede importert."))
    if plan.control_difference:
        doubts.append(
            message("Linjene avviker {difference:kr} fra kontrollsummen.", difference=plan.control_difference)
        )
    if plan.lost_months:
        doubts.append(
            message(
                "Filen har ikke måned {months}, som er importert før: forbruket i de månedene faller bort.",
                months=", ".join(map(str, plan.lost_months)),
            )
        )
    if plan.beside:
        doubts.append(
            message(
                "Månedene er allerede importert fra et annet regnskap ({ledgers}): er det de samme linjene, teller de "
                "to ganger.",
                ledgers=", ".join(plan.beside),
            )
        )
    if plan.falls_by:
        doubts.append(
            message(
                "Listen er lest som summen siden januar, og forbruket går ned med {amount:kr}. Gjelder den bare "
                "én måned, "
                "må alle månedene tas ut i samme fil.",
                amount=plan.falls_by,
            )
        )
    return doubts


def remarks_on(plan: LedgerPlan) -> Iterator[Message]:
    """Yield what else there is to know: what is replaced, skipped, or no spending."""
    reading = plan.reading
    for one in plan.replaced:
        yield message(
            "Erstatter {count} {count:linje|linjer} for måned {months}, som er importert før.",
            count=one.line_count,
            months=months_of(one),
        )
    if reading.known_count:
        yield message("{count} {count:linje|linjer} er importert før og hoppes over.", count=reading.known_count)
    if reading.left_out_count:
        yield message("{count} {count:linje|linjer} har ikke prosjekt og hoppes over.", count=reading.left_out_count)
    if reading.empty_count:
        yield message(
            "{count} {count:linje|linjer} har ikke beløp og teller som null. Er beløpene formler, må filen lagres på "
            "nytt fra Excel.",
            count=reading.empty_count,
        )
    if plan.funding:
        yield message("{amount:kr} er finansiering og ikke forbruk.", amount=plan.funding)
    if plan.outside:
        yield message("{amount:kr} står på finanskonti og er verken forbruk eller finansiering.", amount=plan.outside)


def orphans_in(plan: LedgerPlan) -> Iterator[Message]:
    """Yield what codes without a project come to, if there are any."""
    if plan.orphans:
        codes = ", ".join(one.code for one in plan.orphans[:_MOST_CODES])
        yield message(
            "{count} {count:kode|koder} er ikke koblet til et prosjekt ({amount:kr}): {codes}. Det kan gjøres etterpå.",
            count=len(plan.orphans),
            amount=sum(one.amount for one in plan.orphans),
            codes=codes if len(plan.orphans) <= _MOST_CODES else f"{codes} …",
        )
