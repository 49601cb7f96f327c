"""What is kept of a project when a period is locked, as one text, and read back from it.

Must not know how a figure is derived, nor what a rule looks for.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tracker.kinds import Light
from tracker.messages import Message
from tracker.model import (
    Contract,
    Milestone,
    PrintedFigures,
    Project,
    Record,
    ReportedProject,
    Risk,
    SpendingPlan,
    Status,
)
from tracker.plain import canonical, message_of, plain, plain_message, record_of

_OF_TEXTS = ("quote", "start", "end")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedFlag:
    """A flag as it stood when the period was locked; the rule may be another today.

    `quote` are the words of the text that it was on, from one letter to another.
    """

    rule: str
    severity: str
    message: Message
    figures: Mapping[str, int | str | None]
    quote: str | None = None
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """All that was reported of a project but its figures. `lights` are those printed, by aspect."""

    project: Project
    status: Status | None = None
    printed: PrintedFigures | None = None
    flags: tuple[ReportedFlag, ...] = ()
    lights: Mapping[str, Light] = field(default_factory=dict)
    milestones: tuple[Milestone, ...] = ()
    risks: tuple[Risk, ...] = ()
    contracts: tuple[Contract, ...] = ()
    plan: SpendingPlan | None = None


def freeze(details: Details) -> str:
    """Write what was reported as one text, always the same for the same."""
    return canonical(
        {
            "project": plain(details.project),
            "status": _one(details.status),
            "printed": _one(details.printed),
            "flags": list(map(_plain_flag, details.flags)),
            "lights": {aspect: light.value for aspect, light in details.lights.items()},
            "milestones": list(map(plain, details.milestones)),
            "risks": list(map(plain, details.risks)),
            "contracts": list(map(plain, details.contracts)),
            "plan": _one(details.plan),
        }
    )


def thaw(row: ReportedProject) -> Details:
    """Read back what was reported of a project."""
    found = json.loads(row.details)
    return Details(
        project=record_of(Project, found["project"]),
        status=_read_one(Status, found["status"]),
        printed=_read_one(PrintedFigures, found["printed"]),
        flags=tuple(
            ReportedFlag(
                rule=flag["rule"],
                severity=flag["severity"],
                message=message_of(flag["message"]),
                figures=flag["figures"],
                **{name: flag.get(name) for name in _OF_TEXTS},
            )
            for flag in found["flags"]
        ),
        lights={aspect: Light(light) for aspect, light in found["lights"].items()},
        milestones=_read_all(Milestone, found["milestones"]),
        risks=_read_all(Risk, found["risks"]),
        contracts=_read_all(Contract, found["contracts"]),
        plan=_read_one(SpendingPlan, found["plan"]),
    )


def fingerprint(records: Iterable[Record]) -> str:
    """Return the fingerprint (SHA-256) of what was reported: the rows and lines of a period, in any order.

    Ids are left out: the same figures reported again have the same fingerprint.
    """
    lines = sorted(canonical({**plain(record), "id": "", "kind": type(record).__name__}) for record in records)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _plain_flag(flag: ReportedFlag) -> dict[str, Any]:
    """Return a flag as plain values; a place that it hasn't is left out, so that older hashes stay what they are."""
    place = {name: getattr(flag, name) for name in _OF_TEXTS}
    return {
        "rule": flag.rule,
        "severity": flag.severity,
        "message": plain_message(flag.message),
        "figures": dict(flag.figures),
        **{name: value for name, value in place.items() if value is not None},
    }


def _one(record: Record | None) -> dict[str, Any] | None:
    return None if record is None else plain(record)


def _read_one(kind: type[Record], values: Mapping[str, Any] | None) -> Any:  # noqa: ANN401  as `record_of`
    return None if values is None else record_of(kind, values)


def _read_all(kind: type[Record], found: Iterable[Mapping[str, Any]]) -> tuple[Any, ...]:
    return tuple(record_of(kind, values) for values in found)
