"""What every text of every record holds: a person's name by nature, words where a name may stand, or neither.

Must not know a person. A new field is a line here; a test fails until it is there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from enum import Enum
from typing import Any, get_args, get_type_hints

from tracker.messages import Message, message
from tracker.model import (
    AcceptedDifference,
    BudgetLine,
    CodeMatch,
    Comment,
    Contract,
    Dismissal,
    FundingLine,
    LedgerBatch,
    Milestone,
    OtherProjects,
    Passage,
    PeriodLock,
    PeriodState,
    PlanYear,
    PrintedFigures,
    Project,
    Record,
    ReportedProject,
    Risk,
    SentPackage,
    Setting,
    SpendingPlan,
    StatementLine,
    Status,
    Subproject,
)
from tracker.plain import codec
from tracker.quarters import UnreadCompletion


class Holds(Enum):
    """What a text holds.

    A `NAME` is a person's, or several people's. A `LABEL` is a value in a sentence of the program's: a name where it
    is nothing else, else words. `FROZEN` is what was reported, whole records in one text.
    """

    NAME = "name"
    LABEL = "label"
    TEXT = "text"
    FROZEN = "frozen"
    NEITHER = "neither"


@dataclass(frozen=True, slots=True)
class Held:
    """What a column holds, and what it is called."""

    holds: Holds
    title: Message


NEITHER = Held(Holds.NEITHER, message("Uten navn"))
"""Codes, hashes, rules' ids: nobody writes a name there."""


def _name(title: Message) -> Held:
    return Held(Holds.NAME, title)


def _text(title: Message) -> Held:
    return Held(Holds.TEXT, title)


_SOURCE = _text(message("Kilde"))
_NOTE = _text(message("Merknad"))
_DECIDED_BY = _text(message("Vedtatt av"))

HELD: Mapping[type[Record], Mapping[str, Held]] = {
    Project: {
        "name": _text(message("Prosjektets navn")),
        "code": NEITHER,
        "service_area": _text(message("Tjenesteområde")),
        "department": _text(message("Avdeling")),
        "responsible": _name(message("Ansvarlig")),
        "case_numbers": _text(message("Saksnummer")),
    },
    Subproject: {"code": NEITHER, "name": _text(message("Underprosjektets navn"))},
    CodeMatch: {"code": NEITHER},
    BudgetLine: {
        "decision_body": _DECIDED_BY,
        "decision_number": NEITHER,
        "note": _NOTE,
        "source": _SOURCE,
    },
    PlanYear: {"source": _SOURCE},
    FundingLine: {"decision_body": _DECIDED_BY, "decision_number": NEITHER, "note": _NOTE},
    LedgerBatch: {"source": _SOURCE, "source_hash": NEITHER, "profile": NEITHER, "lines_hash": NEITHER},
    Status: {
        "text": _text(message("Statustekst")),
        "completion": _text(message("Est. ferdig")),
        "explanation": _text(message("Forklaring")),
        "moved_by": _name(message("Status flyttet av")),
        "economy_reason": _text(message("Begrunnelse for lys")),
        "progress_reason": _text(message("Begrunnelse for lys")),
        "risk_reason": _text(message("Begrunnelse for lys")),
    },
    Comment: {"by": _name(message("Kommentert av")), "text": _text(message("Kommentar"))},
    Dismissal: {
        "rule": NEITHER,
        "quote": _text(message("Sitat")),
        "basis": NEITHER,
        "reason": _text(message("Begrunnelse")),
        "by": _name(message("Lagt til side av")),
    },
    Milestone: {"name": _text(message("Milepæl"))},
    Risk: {
        "title": _text(message("Risiko")),
        "measure": _text(message("Tiltak")),
        "owner": _name(message("Risikoeier")),
    },
    Contract: {"supplier": _text(message("Leverandør")), "title": _text(message("Kontrakt"))},
    SpendingPlan: {},
    OtherProjects: {"name": NEITHER},
    PrintedFigures: {"name": _text(message("Trykt navn"))},
    StatementLine: {"label": _text(message("Linje i § 5-5"))},
    AcceptedDifference: {"check": NEITHER, "column": NEITHER, "accepted_by": _name(message("Differanse godtatt av"))},
    Passage: {"source": _SOURCE, "text": _text(message("Omtale i kapittelet"))},
    PeriodState: {"reopened_because": _text(message("Grunn til gjenåpning"))},
    PeriodLock: {"locked_by": _name(message("Låst av")), "fingerprint": NEITHER},
    ReportedProject: {"details": Held(Holds.FROZEN, message("Rapportert"))},
    SentPackage: {"recipient": _name(message("Pakke laget til")), "made_by": _name(message("Pakke laget av"))},
    Setting: {"value": _text(message("Innstilling"))},
}
"""Every text of every kind of record, by its column."""

LABEL = Held(Holds.LABEL, message("Endringens navn"))
QUOTED = _text(message("Flagg"))
"""What a flag said, kept with what was reported."""


def held_in(kind: type[Record], column: str) -> Held:
    """Return what a column of a kind of record holds."""
    return HELD[kind].get(column, NEITHER)


def text_columns(kind: Any) -> Iterator[str]:  # noqa: ANN401  a class, which a union of classes isn't to the type checker
    """Yield the columns of a kind of record that take any text: all that has to be classified."""
    hints, found = get_type_hints(kind), codec(kind).columns
    for field in fields(kind):
        allowed = (hints[field.name], *get_args(hints[field.name]))
        if field.name not in found and not any(column.startswith(f"{field.name}_") for column in found):
            continue
        if str in allowed or UnreadCompletion in allowed:
            yield field.name
        else:
            values = (one for one in allowed if is_dataclass(one) and str in get_type_hints(one).values())
            yield from (f"{field.name}_{column}" for one in values for column in text_columns(one))
