"""A form as it goes out: who it is for, its projects with what they must see, and what stood in every field.

Must not know a workbook. Who made it, when and its id are passed in.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from tracker.board import Standing, board_of
from tracker.carrying import period_before, to_confirm
from tracker.checking import flags_of_figures
from tracker.explaining import explaining_of
from tracker.figures import ProjectFigures, figures_of
from tracker.flags import Limits, Severity, limits_of
from tracker.forms.questions import questions_for
from tracker.guarding import is_locked
from tracker.messages import Message, Refusal, message
from tracker.model import Portfolio, Project, ProjectId, Status
from tracker.periods import Period
from tracker.quarters import write_completion

FORMAT = 1
"""The version of the form's own format; a newer one is refused."""
_MOST_UNITS, _MOST_BREAKS = 32_000, 240
"""What a cell of a sheet holds without harm."""
_NO_TEXT = "no-text"
"""The rule that asks for a text: the form itself does."""
_OPEN = frozenset({Standing.NOT_STARTED, Standing.DRAFT})


@dataclass(frozen=True, slots=True, kw_only=True)
class FormHeader:
    """What tells a form from all others, and what it was made from.

    `portfolio` is the id of its journal's first entry, `made_for` the project manager (empty: nobody answers for the
    projects), `known` what the merge needs to know of the file that the form left, opaque here.
    """

    id: str
    portfolio: str
    period: Period
    made_for: str
    made_by: str
    made_at: datetime
    program: str
    format: int = FORMAT
    known: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormProject:
    """One project on a form.

    `base` is what stands in each question that is asked, as typed; `before` what was reported in the period before;
    `asked` what must be explained or confirmed.
    """

    figures: ProjectFigures
    base: Mapping[str, str]
    before: Mapping[str, str]
    asked: tuple[Message, ...] = ()

    @property
    def project(self) -> Project:
        """Which project it is."""
        return self.figures.project


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A form that is ready to be written: a sheet a project, or a list with a row a project."""

    header: FormHeader
    projects: Sequence[FormProject]
    is_list: bool = False
    deadline: date | None = None
    return_to: str = ""
    owner: str = ""
    is_example: bool = False
    before: Period | None = None


def open_projects(portfolio: Portfolio, period: Period) -> Mapping[str, Sequence[ProjectId]]:
    """Return the projects whose status can still be filled in, by who answers for them; the nameless come last.

    Raises Refusal when the period is locked, or every status is submitted.
    """
    if is_locked(portfolio, period):
        raise Refusal(message("{period} er låst, så det er ingenting å fylle ut: åpne den igjen først.", period=period))
    found: dict[str, list[ProjectId]] = {}
    for row in board_of(portfolio, period).rows:
        if row.standing in _OPEN:
            found.setdefault((row.project.responsible or "").strip(), []).append(row.project.id)
    if not found:
        raise Refusal(message("Alle statuser for {period} er levert, så det er ingenting å fylle ut.", period=period))
    return dict(sorted(found.items(), key=lambda one: (not one[0], one[0].casefold())))


def build_form(
    portfolio: Portfolio, header: FormHeader, projects: Iterable[ProjectId], *, is_list: bool, return_to: str
) -> Form:
    """Build the form of some projects from what the portfolio says today."""
    period, wanted = header.period, set(projects)
    state, last, limits = portfolio.state_of(period), period_before(portfolio, period), limits_of(portfolio)
    flagged = _flags(portfolio, period, limits)
    before = {status.project: status for status in portfolio.statuses.values() if status.period == last}
    made = [
        FormProject(
            figures=figures,
            base=_base(figures, period, is_list=is_list),
            before=_before(figures, period, before.get(figures.project.id), is_list=is_list),
            asked=(*flagged.get(figures.project.id, ()), *_asked(portfolio, period, figures, limits)),
        )
        for figures in figures_of(portfolio, period).projects
        if figures.project.id in wanted
    ]
    return Form(
        header=header,
        projects=made,
        is_list=is_list,
        deadline=None if state is None else state.deadline,
        return_to=return_to,
        owner=portfolio.municipality,
        is_example=portfolio.is_example,
        before=last,
    )


def _base(figures: ProjectFigures, period: Period, *, is_list: bool) -> Mapping[str, str]:
    """Return what stands in each question; a text that no cell holds is not asked about."""
    typed = {
        question.id: question.written(figures.status) or _unsaid(question.id, figures)
        for question in questions_for(figures.project, period, is_list=is_list)
    }
    return {name: text for name, text in typed.items() if _fits(text)}


def _unsaid(question: str, figures: ProjectFigures) -> str:
    """Return what a project without a status has all the same: a programme runs."""
    is_unsaid = question == "completion" and figures.status is None
    return write_completion(figures.completion) if is_unsaid else ""


def _before(figures: ProjectFigures, period: Period, status: Status | None, *, is_list: bool) -> Mapping[str, str]:
    return {
        question.id: question.written(status) for question in questions_for(figures.project, period, is_list=is_list)
    }


def _fits(text: str) -> bool:
    return len(text.encode("utf-16-le")) // 2 <= _MOST_UNITS and text.count("\n") <= _MOST_BREAKS


def _flags(portfolio: Portfolio, period: Period, limits: Limits) -> Mapping[ProjectId, Sequence[Message]]:
    found: dict[ProjectId, list[Message]] = {}
    for flag in flags_of_figures(portfolio, figures_of(portfolio, period), limits):
        if flag.severity is not Severity.NOTE and flag.rule.id != _NO_TEXT:
            found.setdefault(flag.project.id, []).append(flag.finding.message)
    return found


def _asked(portfolio: Portfolio, period: Period, figures: ProjectFigures, limits: Limits) -> list[Message]:
    explained = explaining_of(figures, period.part, limits)
    asked = []
    if explained.is_essential and not explained.is_settled:
        asked.append(
            message("Forklar avviket på {deviation:tkr}, og fordel det på årsaker.", deviation=explained.deviation)
        )
    asked += (
        message("Bekreft eller endre: {what}.", what=one) for one in to_confirm(portfolio, period, figures.project.id)
    )
    return asked
