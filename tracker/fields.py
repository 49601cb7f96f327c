"""The fields that people fill in: what each is called, and how what was typed is read and written.

Must not know a widget. Amounts are typed and written in thousands, as the report prints them, and kept in kroner.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from tracker.kinds import Phase
from tracker.messages import Message, Refusal, message
from tracker.model import Project, Record, Status
from tracker.money import THOUSAND, Unit, UnreadableAmountError, in_thousands, parse_kroner, write_number
from tracker.quarters import UnreadCompletion, parse_completion, write_completion

PHASES: Mapping[Phase, Message] = {
    Phase.FEASIBILITY: message("Mulighetsstudie"),
    Phase.REGULATION: message("Regulering"),
    Phase.PRE_PROJECT: message("Forprosjekt"),
    Phase.TENDER: message("Anskaffelse"),
    Phase.CONSTRUCTION: message("Utførelse"),
    Phase.TAKEN_OVER: message("Overtatt"),
    Phase.SETTLEMENT: message("Sluttoppgjør"),
    Phase.CLOSED: message("Avsluttet"),
    Phase.ON_HOLD: message("På vent"),
    Phase.CANCELLED: message("Avlyst"),
}
LONGEST_NAME = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field of a record: which, its title, and how its value is read from and written as text."""

    kind: type[Record]
    name: str
    title: Message
    read: Callable[[str], Any]
    write: Callable[[Any], str]


def _read_text(text: str) -> str:
    return text.rstrip()


def _read_short(text: str) -> str | None:
    words = " ".join(text.split())
    if len(words) > LONGEST_NAME:
        raise Refusal(message("Teksten er for lang: skriv høyst {most} tegn.", most=LONGEST_NAME))
    return words or None


def _read_name(text: str) -> str:
    words = _read_short(text)
    if words is None:
        raise Refusal(message("Prosjektet må ha et navn: skriv det som i rapporten."))
    return words


def _read_amount(text: str) -> int | None:
    if not text.strip() or text.strip() == "-":
        return None
    try:
        return parse_kroner(text, unit=Unit.THOUSANDS)
    except UnreadableAmountError:
        raise Refusal(
            message("«{text}» er ikke et beløp: skriv for eksempel 12 500 (tusen kroner) eller 12,5 mill.", text=text)
        ) from None


def _write_amount(kroner: int | None) -> str:
    if kroner is None:
        return ""
    if kroner % THOUSAND:
        return f"{write_number(kroner)}\u00a0kr"
    return write_number(in_thousands(kroner))


def _read_completion(text: str) -> Any:  # noqa: ANN401  a union that NewType-like names would hide
    completion = parse_completion(text)
    if isinstance(completion, UnreadCompletion):
        raise Refusal(
            message("«{text}» er ikke et kvartal: skriv for eksempel 4K-2025, Ferdig eller LØPENDE.", text=text.strip())
        )
    return completion


def _read_phase(text: str) -> Phase | None:
    wanted = text.strip().casefold()
    if not wanted:
        return None
    for phase, title in PHASES.items():
        if wanted in {phase.value, title.text.casefold()}:
            return phase
    raise Refusal(
        message("«{text}» er ikke en fase: velg en av fasene i listen, for eksempel Utførelse.", text=text.strip())
    )


def _as_text(value: object) -> str:
    return "" if value is None else str(value)


def _phase_text(phase: Phase | None) -> str:
    return "" if phase is None else PHASES[phase].text


FIELDS: tuple[Field, ...] = (
    Field(kind=Status, name="text", title=message("Statustekst"), read=_read_text, write=_as_text),
    Field(kind=Status, name="explanation", title=message("Avviksforklaring"), read=_read_text, write=_as_text),
    Field(
        kind=Status,
        name="completion",
        title=message("Est. ferdig"),
        read=_read_completion,
        write=write_completion,
    ),
    Field(kind=Status, name="phase", title=message("Fase"), read=_read_phase, write=_phase_text),
    Field(
        kind=Status,
        name="year_end_forecast",
        title=message("Prognose for året"),
        read=_read_amount,
        write=_write_amount,
    ),
    Field(
        kind=Status, name="final_cost_forecast", title=message("Sluttprognose"), read=_read_amount, write=_write_amount
    ),
    Field(kind=Project, name="name", title=message("Navn"), read=_read_name, write=_as_text),
    Field(kind=Project, name="code", title=message("Prosjektnummer"), read=_read_short, write=_as_text),
    Field(kind=Project, name="responsible", title=message("Ansvarlig"), read=_read_short, write=_as_text),
    Field(kind=Project, name="service_area", title=message("Tjenesteområde"), read=_read_short, write=_as_text),
    Field(kind=Project, name="department", title=message("Avdeling"), read=_read_short, write=_as_text),
)
FIELD: Mapping[str, Field] = {field.name: field for field in FIELDS}
