"""What came from another file in words: which field of what, and a value as people write it.

Must not know a language but the source strings' own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from enum import Enum
from types import UnionType
from typing import Any

from tracker.fields import FIELD, PHASES
from tracker.kind_titles import KIND_TITLES
from tracker.kinds import BudgetStatus, Phase, StatusState
from tracker.merging.law import WHOLE
from tracker.merging.plan import Incoming, Version
from tracker.messages import Message, message
from tracker.model import Contract, Milestone, PeriodState, Portfolio, Project, Record, Risk, Status, Subproject
from tracker.periods import Period
from tracker.typed import write_amount
from tracker.workflow import STATE_TITLES

_UNITS: Mapping[tuple[type[Record], str], Message] = {
    (Status, "state"): message("Tilstand"),
    (Project, "kind"): message("Type"),
    (Project, "funding_tags"): message("Merking av midler"),
    (Project, "position"): message("Plass i rapporten"),
    (Project, "joined_into"): message("Slått sammen med"),
    (Subproject, "project"): message("Hovedprosjekt"),
    (Subproject, "code"): message("Nummer"),
    (Subproject, "name"): message("Navn"),
    (Milestone, "project"): message("Prosjekt"),
    (Milestone, "name"): message("Navn"),
    (Milestone, "planned"): message("Planlagt"),
    (Milestone, "reached"): message("Nådd"),
    (Risk, "project"): message("Prosjekt"),
    (Risk, "title"): message("Navn"),
    (Risk, "weight"): message("Konsekvens og sannsynlighet"),
    (Risk, "measure"): message("Tiltak"),
    (Risk, "owner"): message("Ansvarlig"),
    (Risk, "is_over"): message("Over"),
    (Contract, "project"): message("Prosjekt"),
    (Contract, "supplier"): message("Leverandør"),
    (Contract, "title"): message("Gjelder"),
    (Contract, "amounts"): message("Beløp"),
    (Contract, "signed"): message("Signert"),
    (PeriodState, "deadline"): message("Frist"),
    (PeriodState, "rounded_to"): message("Avrunding"),
}
_NAMES = ("name", "title", "supplier", "label", "text", "quote", "source", "code", "note", "id")
"""The fields that tell a record from others of its kind, the first that says something."""
_LONGEST = 60


def unit_title(item: Incoming) -> Message:
    """Return what a unit of fields is called; a record by its kind."""
    kind, unit = item.place.kind, item.place.unit
    if unit == WHOLE:
        return KIND_TITLES[kind]
    if (found := _UNITS.get((kind, unit))) is not None:
        return found
    return FIELD[unit].title if unit in FIELD else message("{name}", name=unit)


def record_name(record: Record | None) -> str:
    """Return what tells a record from others of its kind, shortened."""
    for name in _NAMES:
        found = getattr(record, name, None)
        if isinstance(found, str) and found:
            words = " ".join(found.split())
            return words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1]}…"
    return ""


def titled(portfolio: Portfolio, item: Incoming) -> Message:
    """Return what came in one line: project, period, which record, which field."""
    project = portfolio.projects.get(item.project or "")
    told = titled_in_project(item)
    return told if project is None else _joined([message("{project}", project=project.name), told])


def titled_in_project(item: Incoming, period: Period | None = None) -> Message:
    """Return what came in one line, beneath its project: period unless it is given, which record, which field."""
    parts: list[Message] = []
    if item.period is not None and item.period != period:
        parts.append(message("{period}", period=item.period))
    if item.place.kind not in {Status, Project, PeriodState} and not item.is_record:
        known = item.theirs.record or item.ours.record
        parts.append(message("{kind} «{name}»", kind=KIND_TITLES[item.place.kind], name=record_name(known)))
    parts.append(unit_title(item))
    return _joined(parts)


def _joined(parts: list[Message]) -> Message:
    first, *rest = parts
    for part in rest:
        first = message("{first}, {next}", first=first, next=part)
    return first


def version_text(version: Version, item: Incoming) -> str:
    """Write one side of what came as text: a field's value, or the fields of a record that say something."""
    if version.record is None:
        return ""
    if item.is_record:
        return _record_text(version.record)
    return ", ".join(text for name, value in version.values.items() if (text := _written(name, value)))


def written(item: Incoming) -> str:
    """Write what came as a line of a comment."""
    return f"{unit_title(item).text}: {version_text(item.theirs, item) or '–'}"


def _record_text(record: Record) -> str:
    hidden = {"id", "project", "period", "thread", "sums", "basis", "source_hash", "lines_hash", "belongs_with"}
    names = (name for name in record.__dataclass_fields__ if name not in hidden)
    return ", ".join(text for name in names if (text := _written(name, getattr(record, name))))


def _written(name: str, value: object) -> str:
    if value is None or value is True or value is False or value in ("", frozenset()):
        return ""
    if name in FIELD:
        return FIELD[name].write(value)
    for kind, write in _WRITERS:
        if isinstance(value, kind):
            return write(value)
    return str(value)


def _write_number(value: int) -> str:
    """Write an amount in thousands, as everywhere; a year or a share as it is."""
    return write_amount(value) if abs(value) >= _LEAST_AMOUNT else str(value)


_LEAST_AMOUNT = 10_000
_WRITERS: tuple[tuple[type | UnionType, Callable[[Any], str]], ...] = (
    (StatusState, lambda state: STATE_TITLES[state].text),
    (Phase, lambda phase: PHASES[phase].text),
    (BudgetStatus, lambda _: ""),
    (Enum, lambda kind: str(kind.value)),
    (date, lambda day: f"{day:%d.%m.%Y}"),
    (int, _write_number),
    (tuple, lambda amounts: " / ".join(map(write_amount, amounts))),
    (frozenset, lambda ids: str(len(ids))),
)
"""How values without a field of their own are written, the first that fits."""
