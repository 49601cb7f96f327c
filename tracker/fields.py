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
from tracker.quarters import UnreadCompletion, parse_completion, write_completion
from tracker.typed import read_amount, read_light, read_split, write_amount, write_light, write_split

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
        raise Refusal(message("Prosjektet må ha et navn: skriv navnet slik det står i rapporten."))
    return words


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
        read=read_amount,
        write=write_amount,
    ),
    Field(
        kind=Status, name="final_cost_forecast", title=message("Sluttprognose"), read=read_amount, write=write_amount
    ),
    Field(
        kind=Status, name="contingency_left", title=message("Igjen av reserve"), read=read_amount, write=write_amount
    ),
    Field(kind=Status, name="p50", title=message("P50 (styringsramme)"), read=read_amount, write=write_amount),
    Field(kind=Status, name="p85", title=message("P85 (kostnadsramme)"), read=read_amount, write=write_amount),
    Field(kind=Status, name="split", title=message("Avviket fordelt"), read=read_split, write=write_split),
    Field(kind=Status, name="economy", title=message("Lys for økonomi"), read=read_light, write=write_light),
    Field(kind=Status, name="progress", title=message("Lys for framdrift"), read=read_light, write=write_light),
    Field(kind=Status, name="risk", title=message("Lys for risiko"), read=read_light, write=write_light),
    Field(kind=Project, name="name", title=message("Navn"), read=_read_name, write=_as_text),
    Field(kind=Project, name="code", title=message("Prosjektnummer"), read=_read_short, write=_as_text),
    Field(kind=Project, name="responsible", title=message("Ansvarlig"), read=_read_short, write=_as_text),
    Field(kind=Project, name="service_area", title=message("Tjenesteområde"), read=_read_short, write=_as_text),
    Field(kind=Project, name="department", title=message("Avdeling"), read=_read_short, write=_as_text),
    Field(kind=Project, name="case_numbers", title=message("Saksnummer"), read=_read_short, write=_as_text),
)
FIELD: Mapping[str, Field] = {field.name: field for field in FIELDS}
