"""What a rule on texts is, what it finds, and the facts of a project that it holds the words against.

Must not know any rule. Amounts are whole kroner.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from tracker.figures import ProjectFigures
from tracker.flags.flag import Case, Severity
from tracker.kinds import Phase, ProjectKind
from tracker.messages import Message
from tracker.periods import Part, Period
from tracker.proofing.names import OtherNames
from tracker.quarters import Completion, Quarter, State, slip
from tracker.reading.clauses import Clause
from tracker.reading.read import Reading
from tracker.reading.words import Word


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is known of a project in a period; None where it isn't known, and then nothing can contradict it.

    `others` are the names of the portfolio's projects.
    """

    name: str
    period: Period
    code: str | None = None
    kind: ProjectKind = ProjectKind.PROJECT
    phase: Phase | None = None
    total_budget: int | None = None
    total_spent: int | None = None
    revised_budget: int = 0
    actual: int = 0
    year_end_forecast: int | None = None
    final_cost_forecast: int | None = None
    completion: Completion = State.NOT_SET
    completion_before: Completion | None = None
    others: OtherNames = field(default_factory=OtherNames, compare=False)

    @property
    def is_finished(self) -> bool:
        """Whether it is reported as finished."""
        return self.completion is State.FINISHED

    @property
    def is_programme(self) -> bool:
        """Whether it has neither a total nor an end."""
        return self.kind is ProjectKind.PROGRAMME

    @property
    def quarter(self) -> Quarter | None:
        """Its completion, if that is a quarter."""
        return self.completion if isinstance(self.completion, Quarter) else None

    @property
    def slip(self) -> int | None:
        """How many quarters later its completion is than the period before said; None if either isn't known."""
        return None if self.completion_before is None else slip(self.completion_before, self.completion)

    @property
    def year_deviation(self) -> int | None:
        """This year's deviation: what came, in a tertial what the forecast gives; None without a forecast."""
        if self.period.part is Part.YEAR:
            return self.revised_budget - self.actual
        return None if self.year_end_forecast is None else self.revised_budget - self.year_end_forecast

    @property
    def left_of_year(self) -> int:
        """What is left of the year's budget so far."""
        return self.revised_budget - self.actual

    @property
    def left_of_total(self) -> int | None:
        """What is left of the total budget."""
        if self.total_budget is None or self.total_spent is None:
            return None
        return self.total_budget - self.total_spent

    @property
    def final_deviation(self) -> int | None:
        """What the final forecast leaves of the total budget."""
        if self.total_budget is None or self.final_cost_forecast is None:
            return None
        return self.total_budget - self.final_cost_forecast


@dataclass(frozen=True, slots=True, kw_only=True)
class TextFinding:
    """Words of a text that disagree with a figure: where they stand, which figures, and why, for the reader."""

    start: int
    end: int
    message: Message
    figures: Mapping[str, int | str | None]
    severity: Severity = Severity.WARNING


@dataclass(frozen=True, slots=True, kw_only=True)
class TextRule:
    """A rule on texts: its stable id, what it is called, what it compares, what solves it, and how it looks."""

    id: str
    title: Message
    compares: Message
    remedy: Message
    look: Callable[[Reading, Facts], Iterable[TextFinding]]


def finding(  # noqa: PLR0913  where, why and which figures
    clause: Clause,
    start: int,
    end: int,
    told: Message,
    *,
    figures: Mapping[str, int | str | None],
    severity: Severity = Severity.WARNING,
) -> TextFinding:
    """Make a finding of words of a clause, whose places are counted from its sentence."""
    return TextFinding(start=clause.at + start, end=clause.at + end, message=told, figures=figures, severity=severity)


def span(*words: Word) -> tuple[int, int]:
    """Return from where to where some words stand."""
    return min(word.start for word in words), max(word.end for word in words)


def facts_of(case: Case, *, others: OtherNames | None = None) -> Facts:
    """Return the facts of a project that its text is held against."""
    figures, before = case.figures, case.before
    status = figures.status
    return Facts(
        name=figures.project.name,
        code=figures.project.code,
        period=case.period,
        kind=figures.project.kind,
        phase=None if status is None else status.phase,
        total_budget=figures.total_budget,
        total_spent=figures.total_spent,
        revised_budget=figures.revised_budget,
        actual=figures.actual,
        year_end_forecast=figures.expected,
        final_cost_forecast=_final_cost(figures),
        completion=figures.completion,
        completion_before=None if before is None else before.completion,
        others=others or OtherNames(),
    )


def _final_cost(figures: ProjectFigures) -> int | None:
    return None if figures.status is None else figures.status.final_cost_forecast
