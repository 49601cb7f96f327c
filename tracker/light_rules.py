"""How a light is judged: each aspect's colour, the sentence that says why, and the figures behind it.

Must not know what somebody set a light to. Amounts are whole kroner.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from tracker.figures import ProjectFigures
from tracker.flags import Flag, Limits, Severity
from tracker.kinds import Light
from tracker.messages import Message, message
from tracker.model import Milestone, Risk, Status
from tracker.periods import Period
from tracker.quarters import State

Figures = Mapping[str, int | str | None]
Judged = tuple[Light | None, Message, Figures]
"""A light, None where nothing is known to judge by; why; and the figures that made it so."""

_PERCENT = 100
_LIKELY = 50
_ECONOMY_RULES = frozenset(
    {
        "spent-over-total",
        "forecast-over-total",
        "year-overspend",
        "year-underspend",
        "spending-without-budget",
        "budget-without-spending",
        "final-forecast-moved",
        "finished-with-new-cost",
    }
)
# The first that fires decides; a note makes no light worse than yellow.
_PROGRESS_RULES = (
    ("past-quarter-not-finished", Light.RED),
    ("completion-slipped", Light.RED),
    ("completion-slipped-in-all", Light.YELLOW),
    ("behind-spending-plan", Light.YELLOW),
    ("completion-not-read", Light.YELLOW),
    ("completion-not-set", Light.YELLOW),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What a project's lights are computed from."""

    figures: ProjectFigures
    period: Period
    limits: Limits
    flags: Sequence[Flag]
    milestones: Sequence[Milestone]
    risks: Sequence[Risk]


def judge_economy(evidence: Evidence) -> Judged:
    """Judge the year's money and the total frame: by the flags, then by the frames of the uncertainty analysis."""
    flagged = _flagged(evidence.flags, _ECONOMY_RULES)
    frames = _frames(evidence.figures.status)
    if flagged is not None and flagged.severity is Severity.CRITICAL:
        return Light.RED, flagged.finding.message, flagged.finding.figures
    if frames is not None and frames[0] is Light.RED:
        return frames
    if flagged is not None and flagged.severity is Severity.WARNING:
        return Light.YELLOW, flagged.finding.message, flagged.finding.figures
    if frames is not None:
        return frames
    figures = evidence.figures
    return (
        Light.GREEN,
        message("Ingen vesentlige avvik i årets budsjett eller totalrammen."),
        {
            "revised_budget": figures.revised_budget,
            "actual": figures.actual,
            "year_end_forecast": figures.expected,
            "total_budget": figures.total_budget,
            "total_spent": figures.total_spent,
        },
    )


def _frames(status: Status | None) -> Judged | None:
    """Judge the final-cost forecast by the frames of the uncertainty analysis, and what is left of the reserve."""
    if status is None:
        return None
    forecast, p50, p85, left = status.final_cost_forecast, status.p50, status.p85, status.contingency_left
    figures: Figures = {"final_cost_forecast": forecast, "p50": p50, "p85": p85, "contingency_left": left}
    if forecast is not None and p85 is not None and forecast > p85:
        told = message(
            "Sluttprognosen på {forecast:tkr} er over kostnadsrammen (P85) på {frame:tkr}.",
            forecast=forecast,
            frame=p85,
        )
        return Light.RED, told, figures
    if forecast is not None and p50 is not None and forecast > p50:
        told = message(
            "Sluttprognosen på {forecast:tkr} er over styringsrammen (P50) på {frame:tkr}.",
            forecast=forecast,
            frame=p50,
        )
        return Light.YELLOW, told, figures
    if left is not None and left <= 0:
        return Light.YELLOW, message("Reserven er brukt opp."), figures
    return None


def judge_progress(evidence: Evidence) -> Judged:
    """Judge whether the project is ready when it was said: by the flags, then by milestones that are passed."""
    flagged = {flag.rule.id: flag for flag in evidence.flags}
    completion = evidence.figures.completion
    for rule, worst in _PROGRESS_RULES:
        flag = flagged.get(rule)
        if flag is not None:
            light = worst if flag.severity is not Severity.NOTE else Light.YELLOW
            return light, flag.finding.message, flag.finding.figures
    late = [one for one in evidence.milestones if one.reached is None and one.planned < evidence.period.ends]
    if late and completion is not State.FINISHED:
        first = min(late, key=lambda one: one.planned)
        told = message("Milepælen «{name}» var planlagt {date} og er ikke nådd.", name=first.name, date=first.planned)
        return Light.YELLOW, told, {"late_milestones": len(late), "planned": first.planned.isoformat()}
    if completion is State.FINISHED:
        return Light.GREEN, message("Prosjektet er ferdig."), {}
    if completion is State.RUNNING:
        return Light.GREEN, message("Løpende ramme uten sluttdato, og ingen forsinkelser er meldt."), {}
    return (
        Light.GREEN,
        message("Estimert ferdig {completion}, og ingen forsinkelser er meldt.", completion=completion),
        {"milestones": len(evidence.milestones)},
    )


def judge_risk(evidence: Evidence) -> Judged:
    """Judge the open risks by what they may cost, against the reserve where that is known."""
    if not evidence.risks:
        return None, message("Ikke vurdert: prosjektet har ingen registrerte risikoer."), {}
    risks = [risk for risk in evidence.risks if not risk.is_over]
    expected = sum(risk.consequence * risk.likelihood for risk in risks) // _PERCENT
    status = evidence.figures.status
    left = None if status is None else status.contingency_left
    figures: Figures = {"open_risks": len(risks), "expected": expected, "contingency_left": left}
    if left is not None and expected > max(left, 0):
        told = message(
            "Åpne risikoer ventes å koste {expected:tkr}, og reserven er på {left:tkr}.", expected=expected, left=left
        )
        return Light.RED, told, figures
    worst = max((risk for risk in risks if risk.likelihood >= _LIKELY), key=lambda risk: risk.consequence, default=None)
    if worst is not None and worst.consequence >= evidence.limits.year_kroner:
        told = message(
            "«{title}» er {likelihood:pct} sannsynlig og kan koste {consequence:tkr}.",
            title=worst.title,
            likelihood=worst.likelihood / _PERCENT,
            consequence=worst.consequence,
        )
        return Light.RED if worst.consequence >= evidence.limits.large_kroner else Light.YELLOW, told, figures
    budget = evidence.figures.total_budget or evidence.figures.revised_budget
    if expected and evidence.limits.is_essential(expected, budget):
        return Light.YELLOW, message("Åpne risikoer ventes å koste {expected:tkr}.", expected=expected), figures
    if not risks:
        return Light.GREEN, message("Ingen åpne risikoer."), figures
    return Light.GREEN, message("Åpne risikoer ventes å koste {expected:tkr}, som er lite.", expected=expected), figures


def _flagged(flags: Iterable[Flag], rules: frozenset[str]) -> Flag | None:
    return min((flag for flag in flags if flag.rule.id in rules), key=lambda flag: flag.severity.rank, default=None)
