"""`tertial project …`: the register of projects from the command line.

Must not know a rule of it.
"""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Mapping
from datetime import datetime
from uuid import uuid4

from tracker.budgeting import read_decision, read_kroner
from tracker.edits import Edit
from tracker.finding import find_owner
from tracker.joining import close_project, join_projects, reopen_project
from tracker.kinds import ProjectKind
from tracker.messages import Refusal, message
from tracker.model import Portfolio, ProjectId, SubprojectId
from tracker.money import Unit
from tracker.periods import Period
from tracker.register import NewProject, add_project
from tracker.splitting import Share, split_project
from ui.commands.changing import changing
from ui.commands.console import FINE, Console
from ui.commands.opening import chosen_period


def run(given: Namespace, console: Console) -> int:
    """Do what is asked; 0 when it is done."""
    with changing(given.file) as opened:
        period = chosen_period(opened.portfolio, given.period)
        edit = _EDITS[given.action](opened.portfolio, period, given)
        opened.perform(edit)
    console.progress(message("{what}.", what=edit.label))
    return FINE


def _add(portfolio: Portfolio, period: Period, given: Namespace) -> Edit:
    kind = ProjectKind.PROGRAMME if given.programme else ProjectKind.PROJECT
    asked = NewProject(name=given.name, code=given.code, service_area=given.area, kind=kind)
    return add_project(portfolio, period, asked, new_id=_new_id)


def _split(portfolio: Portfolio, period: Period, given: Namespace) -> Edit:
    year = _kroner(given.year_amount)
    share = Share(
        name=given.name,
        subprojects=frozenset(_subproject(portfolio, code) for code in given.subproject),
        year_amounts={period.year: year} if year else {},
        total_amount=_kroner(given.total),
        spent_this_year=_kroner(given.spent),
        spent_before=_kroner(given.spent_before),
        decision=read_decision(given.decision, given.date),
    )
    project, today = _project(portfolio, given.project), datetime.now().astimezone().date()
    return split_project(portfolio, project, share, period=period, today=today, new_id=_new_id)


def _join(portfolio: Portfolio, _period: Period, given: Namespace) -> Edit:
    return join_projects(portfolio, _project(portfolio, given.project), _project(portfolio, given.into))


def _close(portfolio: Portfolio, period: Period, given: Namespace) -> Edit:
    project = _project(portfolio, given.project)
    return close_project(portfolio, project, period, new_id=_new_id, accept_open=given.accept_open)


def _reopen(portfolio: Portfolio, period: Period, given: Namespace) -> Edit:
    return reopen_project(portfolio, _project(portfolio, given.project), period, new_id=_new_id)


def _project(portfolio: Portfolio, written: str) -> ProjectId:
    project, _ = find_owner(portfolio, written)
    return project


def _subproject(portfolio: Portfolio, code: str) -> SubprojectId:
    _, subproject = find_owner(portfolio, code)
    if subproject is None:
        raise Refusal(message("{code} er ikke et underprosjekt.", code=code))
    return subproject


def _kroner(text: str) -> int:
    return read_kroner(text, unit=Unit.KRONER) if text.strip() else 0


def _new_id() -> str:
    return str(uuid4())


_EDITS: Mapping[str, Callable[[Portfolio, Period, Namespace], Edit]] = {
    "add": _add,
    "split": _split,
    "join": _join,
    "close": _close,
    "reopen": _reopen,
}
