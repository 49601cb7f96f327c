"""Whether what a locked period says is what was locked: its fingerprint, and which project and field differ.

Must not know where the rows are kept. Amounts are whole kroner.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tracker.closing import lines_of
from tracker.guarding import is_locked, newest_lock
from tracker.messages import Message, Refusal, message
from tracker.model import Portfolio, Record, ReportedProject
from tracker.periods import Period
from tracker.plain import plain
from tracker.reported import fingerprint


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What a verification found: the fingerprint as it was locked and as it is, and what differs, each named."""

    locked: str
    found: str
    differences: tuple[Message, ...] = ()

    @property
    def is_equal(self) -> bool:
        """Whether the period says what was locked."""
        return self.locked == self.found and not self.differences


def reported_records(portfolio: Portfolio, period: Period, revision: int) -> list[Record]:
    """Return what a fingerprint covers: the rows of a revision, and the period's lines beside the projects."""
    rows: list[Record] = [
        row for row in portfolio.reported_projects.values() if (row.period, row.revision) == (period, revision)
    ]
    return [*rows, *lines_of(portfolio, period)]


def verify_period(held: Portfolio, period: Period, *, journalled: Portfolio) -> Verdict:
    """Recompute a locked period's fingerprint from the records held, and name what differs from the journal's.

    Raises Refusal when the period is not locked, in the records nor in the journal, or is only held in part.
    """
    if held.is_package:
        raise Refusal(
            message("Dette er en pakke med noen av prosjektene: {period} kontrolleres i porteføljen.", period=period)
        )
    if not is_locked(held, period) and not is_locked(journalled, period):
        raise Refusal(message("{period} er ikke låst, så det er ikke noe fingeravtrykk å kontrollere.", period=period))
    lock = newest_lock(journalled, period)
    if lock is None:  # pragma: no cover  a period can't be locked without
        raise Refusal(message("{period} har ikke noe fingeravtrykk.", period=period))
    now = reported_records(held, period, lock.revision)
    then = reported_records(journalled, period, lock.revision)
    differences = [*_differences(journalled, then, now)]
    if newest_lock(held, period) != lock or held.state_of(period) != journalled.state_of(period):
        differences.append(message("Låsingen av {period} er en annen enn den som ble skrevet.", period=period))
    return Verdict(locked=lock.fingerprint, found=fingerprint(now), differences=tuple(differences))


def _differences(portfolio: Portfolio, then: list[Record], now: list[Record]) -> Iterator[Message]:
    before, after = ({one.id: one for one in records} for records in (then, now))
    for key in dict.fromkeys([*before, *after]):
        old, new = before.get(key), after.get(key)
        if old == new:
            continue
        known = old or new
        if known is None:  # pragma: no cover  one of them has the key
            continue
        name = _name(portfolio, known)
        if new is None:
            yield message("{project}: raden er borte", project=name)
        elif old is None:
            yield message("{project}: raden er kommet til", project=name)
        else:
            for field, was, found in _fields(_flat(old), _flat(new)):
                yield message(
                    "{project}, {field}: var {was}, er {found}", project=name, field=field, was=was, found=found
                )


def _name(portfolio: Portfolio, record: Record) -> str:
    project = portfolio.projects.get(getattr(record, "project", None) or "")
    return project.name if project is not None else str(getattr(record, "name", "") or getattr(record, "label", ""))


def _flat(record: Record) -> Mapping[str, Any]:
    values: dict[str, Any] = dict(plain(record))
    if isinstance(record, ReportedProject):
        try:
            details = json.loads(values.pop("details"))
        except ValueError:
            return {**values, "details": record.details}
        for part, content in details.items() if isinstance(details, dict) else ():
            parts = content.items() if isinstance(content, dict) else [("", content)]
            values |= {f"{part}.{name}".rstrip("."): value for name, value in parts}
    return values


def _fields(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    for name in dict.fromkeys([*old, *new]):
        if old.get(name) != new.get(name):
            yield name, _written(old.get(name)), _written(new.get(name))


def _written(value: object) -> str:
    return "–" if value is None else f"«{value}»" if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
