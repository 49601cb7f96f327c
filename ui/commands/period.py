"""`tertial period …`: a period from its opening to its locking, from the command line.

Must not know a rule of it.
"""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from uuid import uuid4

from db.backup import BackupReason
from tracker.actions import open_period, set_deadline
from tracker.board import Standing, board_of
from tracker.budgeting import read_day
from tracker.closing import lock, refuse_unapproved, reopen
from tracker.edits import Edit, apply
from tracker.finding import find_owner
from tracker.messages import Refusal, message
from tracker.model import Portfolio, ProjectId
from tracker.steps import SETTLED
from tracker.workflow import Mover, approve, send_back, submit, take_back
from ui.commands.changing import Opened, changing
from ui.commands.console import FINE, Console
from ui.commands.opening import user_name
from ui.commands.period_listing import tell_board, tell_comparison, tell_late, tell_reminders


def run(given: Namespace, console: Console) -> int:
    """Do what is asked; 0 when it is done, 1 when a list of late changes or reminders has something in it."""
    if given.action in _TOLD:
        return _TOLD[given.action](given, console)
    with changing(given.file) as opened:
        told = _DONE[given.action](opened, given)
    for edit in told:
        console.progress(message("{what}.", what=edit.label))
    return FINE


def _open(opened: Opened, given: Namespace) -> list[Edit]:
    edit = open_period(opened.portfolio, given.period, new_id=_new_id)
    if given.deadline:
        due = set_deadline(apply(opened.portfolio, edit), given.period, read_day(given.deadline))
        opened.perform(edit)
        opened.perform(due)
    else:
        opened.perform(edit)
    return [edit]


def _submit(opened: Opened, given: Namespace) -> list[Edit]:
    return _settle(opened, submit(opened.portfolio, given.period, _chosen(opened.portfolio, given), _mover()))


def _take_back(opened: Opened, given: Namespace) -> list[Edit]:
    return _settle(opened, take_back(opened.portfolio, given.period, _chosen(opened.portfolio, given), _mover()))


def _approve(opened: Opened, given: Namespace) -> list[Edit]:
    return _settle(opened, approve(opened.portfolio, given.period, _chosen(opened.portfolio, given), _mover()))


def _return(opened: Opened, given: Namespace) -> list[Edit]:
    chosen = _chosen(opened.portfolio, given)
    return _settle(
        opened, send_back(opened.portfolio, given.period, chosen, _mover(), text=given.comment, new_id=_new_id)
    )


def _lock(opened: Opened, given: Namespace) -> list[Edit]:
    edit = lock(opened.portfolio, given.period, who=user_name(), at=datetime.now(UTC), new_id=_new_id)
    if not given.accept_unapproved:
        refuse_unapproved(opened.portfolio, given.period)
    opened.keep_backup(BackupReason.BEFORE_LOCK)
    return _settle(opened, edit)


def _reopen(opened: Opened, given: Namespace) -> list[Edit]:
    return _settle(opened, reopen(opened.portfolio, given.period, reason=given.reason))


def _settle(opened: Opened, edit: Edit) -> list[Edit]:
    opened.perform(edit, way=SETTLED)
    return [edit]


_FROM: Mapping[str, frozenset[Standing]] = {
    "submit": frozenset({Standing.DRAFT, Standing.NOT_STARTED}),
    "take-back": frozenset({Standing.SUBMITTED}),
    "approve": frozenset({Standing.SUBMITTED}),
    "return": frozenset({Standing.SUBMITTED, Standing.APPROVED}),
}


def _chosen(portfolio: Portfolio, given: Namespace) -> list[ProjectId]:
    """Return the projects that are named; else all of a person's, or all, that it can be done with."""
    if given.project:
        return [find_owner(portfolio, name)[0] for name in given.project]
    if not given.all and not given.responsible:
        raise Refusal(message("Si hvilke prosjekter: --project NAVN, --responsible NAVN eller --all."))
    wanted = given.responsible.strip().casefold()
    rows = board_of(portfolio, given.period).rows
    if wanted and all((row.project.responsible or "").casefold() != wanted for row in rows):
        raise Refusal(message("Ingen prosjekter i perioden har «{name}» som ansvarlig.", name=given.responsible))
    chosen = [
        row.project.id
        for row in rows
        if row.standing in _FROM[given.action]
        and not (given.action == "submit" and row.missing)
        and (not wanted or (row.project.responsible or "").casefold() == wanted)
    ]
    if not chosen:
        raise Refusal(message("Ingen av prosjektene er i en tilstand der det kan gjøres: se «tertial period status»."))
    return chosen


def _mover() -> Mover:
    return Mover(who=user_name(), at=datetime.now().astimezone())


def _new_id() -> str:
    return str(uuid4())


_DONE: Mapping[str, Callable[[Opened, Namespace], list[Edit]]] = {
    "open": _open,
    "submit": _submit,
    "take-back": _take_back,
    "approve": _approve,
    "return": _return,
    "lock": _lock,
    "reopen": _reopen,
}
_TOLD: Mapping[str, Callable[[Namespace, Console], int]] = {
    "status": tell_board,
    "late": tell_late,
    "compare": tell_comparison,
    "remind": tell_reminders,
}
