"""What a person can do: each returns the edit that does it, or raises a refusal that says why not.

Must not know a button or a command.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import MISSING, dataclass, fields, replace
from datetime import date

from tracker.carrying import carried_into
from tracker.edits import NOTHING, Change, Edit, added
from tracker.fields import FIELD, Field
from tracker.history import FieldChange
from tracker.kinds import PeriodStage, ProjectKind
from tracker.messages import Message, Refusal, message
from tracker.model import PeriodState, Portfolio, Project, ProjectId, Record, RecordId, Status
from tracker.periods import Period
from tracker.quarters import State
from tracker.settings.deadlines import due_in


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What a person typed into one field of a project in one period."""

    project: ProjectId
    field: str
    typed: str


def fill_in(portfolio: Portfolio, period: Period, entry: Entry, *, new_id: Callable[[], str]) -> Edit:
    """Fill in one field of a project.

    Returns NOTHING where it says that already. Raises Refusal, to be told at the field, when what was typed can't be
    read, the period is locked, or another project has the code.
    """
    value = FIELD[entry.field].read(entry.typed)
    return set_value(portfolio, period, entry.project, field=entry.field, value=value, new_id=new_id)


def set_value(  # noqa: PLR0913  what is set, where, and a source of ids
    portfolio: Portfolio,
    period: Period,
    project: ProjectId,
    *,
    field: str,
    value: object,
    new_id: Callable[[], str],
) -> Edit:
    """Give one field of a project a value that was read already.

    Returns NOTHING where it has that already. Raises Refusal when the period is locked, or another project has the
    code.
    """
    found, held = FIELD[field], portfolio.projects[project]
    made = _with_value(portfolio, period, held, field=found, value=value, new_id=new_id)
    return Edit(message("{field} for {project}", field=found.title, project=held.name), made) if made else NOTHING


def fill_in_many(
    portfolio: Portfolio,
    period: Period,
    entries: Iterable[Entry],
    *,
    label: Message,
    new_id: Callable[[], str],
) -> Edit:
    """Fill in several fields as one step: a block that was pasted, or a value that was filled down.

    Raises Refusal with every entry that can't be read as a detail; then nothing is filled in.
    """
    changed: dict[str, Change] = {}
    refused: list[Message] = []
    known = portfolio
    for entry in entries:
        field, project = FIELD[entry.field], known.projects[entry.project]
        try:
            made = _with_value(known, period, project, field=field, value=field.read(entry.typed), new_id=new_id)
        except Refusal as refusal:
            refused.append(message("{project}: {reason}", project=project.name, reason=refusal.reason))
            continue
        for change in made:
            first = changed.get(change.record_id)
            changed[change.record_id] = Change(first.before if first else change.before, change.after)
            known = _knowing(known, change)
    if refused:
        raise Refusal(
            message("{count} {count:verdi|verdier} kan ikke brukes, så ingenting ble endret.", count=len(refused)),
            *refused,
        )
    changes = tuple(change for change in changed.values() if change.before != change.after)
    return Edit(label, changes) if changes else NOTHING


def go_back(portfolio: Portfolio, told: FieldChange) -> Edit:
    """Give a field the value that it had before a change: a new step, that can itself be undone.

    Raises Refusal when the record is gone, its period is locked, another project has the code now, or the field has
    had a value as long as there was a record.
    """
    record = portfolio.records(told.kind).get(told.record_id)
    if record is None:
        raise Refusal(message("Det som ble endret, finnes ikke lenger: angre slettingen først."))
    _refuse_locked(portfolio, record)
    before = told.before if told.before is not None else _begun(record, told.field)
    after = _replaced(record, told.field, before)
    if isinstance(after, Project):
        _refuse_double_code(portfolio, after)
    if after == record:
        return NOTHING
    return Edit(
        message("Tilbake til tidligere verdi: {field}", field=FIELD[told.field].title), (Change(record, after),)
    )


def set_deadline(portfolio: Portfolio, period: Period, deadline: date | None) -> Edit:
    """Say when the reports of a period are due."""
    state = _state_of(portfolio, period)
    if state.deadline == deadline:
        return NOTHING
    return Edit(message("Frist for {period}", period=period), (Change(state, replace(state, deadline=deadline)),))


def open_period(portfolio: Portfolio, period: Period, *, new_id: Callable[[], str]) -> Edit:
    """Begin a new period with what goes on from the one before it (`tracker.carrying`).

    Raises Refusal when the portfolio has the period already.
    """
    if portfolio.state_of(period) is not None:
        raise Refusal(message("Porteføljen har allerede {period}: velg en annen periode.", period=period))
    carried = carried_into(portfolio, period, new_id=new_id)
    return added(
        message("Startet {period}", period=period),
        [PeriodState(id=RecordId(new_id()), period=period, deadline=due_in(portfolio, period)), *carried],
    )


def _with_value(  # noqa: PLR0913  what is filled in, where, and a source of ids
    portfolio: Portfolio, period: Period, project: Project, *, field: Field, value: object, new_id: Callable[[], str]
) -> tuple[Change, ...]:
    if field.kind is Project:
        renamed = replace(project, **{field.name: value})  # type: ignore[arg-type]
        _refuse_double_code(portfolio, renamed)
        return () if renamed == project else (Change(project, renamed),)
    _refuse_locked_period(portfolio, period)
    status = status_of(portfolio, project.id, period)
    empty = status or Status(
        id=RecordId(new_id()),
        project=project.id,
        period=period,
        completion=State.RUNNING if project.kind is ProjectKind.PROGRAMME else State.NOT_SET,
    )
    filled = replace(empty, **{field.name: value})  # type: ignore[arg-type]
    return () if filled == empty else (Change(status, filled),)


def status_of(portfolio: Portfolio, project: ProjectId, period: Period) -> Status | None:
    """Return what was reported for a project in a period, None if nothing was."""
    return next(
        (status for status in portfolio.statuses.values() if status.project == project and status.period == period),
        None,
    )


def _replaced(record: Record, field: str, value: object) -> Record:
    after: Record = replace(record, **{field: value})  # type: ignore[arg-type]  # a value that the field had
    return after


def _knowing(portfolio: Portfolio, change: Change) -> Portfolio:
    if isinstance(change.after, Project):
        return replace(portfolio, projects={**portfolio.projects, change.record_id: change.after})
    if isinstance(change.after, Status):
        return replace(portfolio, statuses={**portfolio.statuses, change.record_id: change.after})
    raise TypeError(change.kind)


def _refuse_double_code(portfolio: Portfolio, project: Project) -> None:
    for other in portfolio.projects.values() if project.code else ():
        if other.id != project.id and other.code == project.code:
            raise Refusal(
                message(
                    "Prosjektnummeret {code} tilhører «{other}»: bruk et annet.", code=project.code, other=other.name
                )
            )


def _refuse_locked(portfolio: Portfolio, record: object) -> None:
    if isinstance(record, Status):
        _refuse_locked_period(portfolio, record.period)


def _refuse_locked_period(portfolio: Portfolio, period: Period) -> None:
    if _state_of(portfolio, period).stage is PeriodStage.LOCKED:
        raise Refusal(message("{period} er låst: be controlleren om å åpne den igjen.", period=period))


def _state_of(portfolio: Portfolio, period: Period) -> PeriodState:
    state = portfolio.state_of(period)
    if state is None:
        raise Refusal(message("Porteføljen har ikke {period}: velg en annen periode.", period=period))
    return state


def _begun(record: Record, field: str) -> object:
    """Return what a field holds before anybody has filled it in."""
    default = next(one.default for one in fields(record) if one.name == field)
    if default is MISSING:
        raise Refusal(message("{field} har ingen tidligere verdi: skriv en ny.", field=FIELD[field].title))
    return default
