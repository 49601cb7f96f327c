"""`tertial dismiss FILE --project … --rule … --reason …`: findings in a status text put aside, or taken back."""

from __future__ import annotations

from argparse import Namespace
from datetime import UTC, datetime
from uuid import uuid4

from tracker.checking import Control, control_of
from tracker.dismissing import dismiss, take_back
from tracker.edits import Edit
from tracker.figures import figures_of
from tracker.finding import find_owner
from tracker.flags import limits_of
from tracker.messages import Refusal, message
from tracker.model import Portfolio, ProjectId
from tracker.periods import Period
from ui.commands.changing import changing
from ui.commands.console import FINE, Console
from ui.commands.opening import chosen_period, user_name


def run(given: Namespace, console: Console) -> int:
    """Put them aside, or take them back; 0 when it is done."""
    with changing(given.file) as opened:
        portfolio = opened.portfolio
        period = chosen_period(portfolio, given.period)
        project, _ = find_owner(portfolio, given.project)
        control = control_of(portfolio, figures_of(portfolio, period), limits_of(portfolio))
        edit = (_taken_back if given.take_back else _put_aside)(portfolio, period, project, control, given)
        opened.perform(edit)
    console.progress(message("{what}.", what=edit.label))
    return FINE


def _put_aside(portfolio: Portfolio, period: Period, project: ProjectId, control: Control, given: Namespace) -> Edit:
    found = [
        flag
        for flag in control.flags
        if (flag.project.id, flag.rule.id) == (project, given.rule) and given.quote in (flag.quote or "")
    ]
    if not found:
        raise _nothing(portfolio, project, given)
    at = datetime.now(UTC)
    return dismiss(portfolio, period, found, reason=given.reason, who=user_name(), at=at, new_id=lambda: str(uuid4()))


def _taken_back(portfolio: Portfolio, _period: Period, project: ProjectId, control: Control, given: Namespace) -> Edit:
    found = [
        one.dismissal
        for one in control.put_aside
        if (one.project.id, one.rule.id) == (project, given.rule) and given.quote in one.dismissal.quote
    ]
    if not found:
        raise _nothing(portfolio, project, given)
    return take_back(portfolio, found)


def _nothing(portfolio: Portfolio, project: ProjectId, given: Namespace) -> Refusal:
    return Refusal(
        message(
            "{project} har ingen slike funn av «{rule}»: se «tertial check».",
            project=portfolio.projects[project].name,
            rule=given.rule,
        )
    )
