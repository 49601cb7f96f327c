"""Traffic lights of a project: economy, progress and risk, computed from figures and flags, or set with a reason.

Must not know how a light is shown. Amounts are whole kroner.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import TypeVar

from tracker.actions import set_value
from tracker.edits import Edit
from tracker.figures import PeriodFigures, ProjectFigures
from tracker.flags import Flag, Limits
from tracker.kinds import Light
from tracker.light_rules import Evidence, Figures, Judged, judge_economy, judge_progress, judge_risk
from tracker.messages import Message, Refusal, message
from tracker.model import LightOverride, Milestone, Portfolio, ProjectId, Risk, Status
from tracker.periods import Period
from tracker.typed import LIGHTS

_OfProject = TypeVar("_OfProject", Milestone, Risk)


class Aspect(Enum):
    """What a light is about; the value is the field of the status that holds what somebody set."""

    ECONOMY = "economy"
    PROGRESS = "progress"
    RISK = "risk"

    @property
    def title(self) -> Message:
        """What people call it."""
        return _TITLES[self]


_TITLES = {
    Aspect.ECONOMY: message("Økonomi"),
    Aspect.PROGRESS: message("Framdrift"),
    Aspect.RISK: message("Risiko"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownLight:
    """A light as it is shown: the computed one with its reason, or what somebody set against it.

    `computed` is None where nothing is known to judge by.
    """

    aspect: Aspect
    computed: Light | None
    because: Message
    figures: Figures
    override: LightOverride | None = None

    @property
    def light(self) -> Light | None:
        """The light that is shown and printed."""
        return self.computed if self.override is None else self.override.light

    @property
    def reason(self) -> Message:
        """Why it is as it is: what somebody wrote, else what was found."""
        if self.override is None:
            return self.because
        return message("{reason}", reason=self.override.reason)


class Lights:
    """The lights of one period's projects; made once, asked for each project."""

    def __init__(self, portfolio: Portfolio, figures: PeriodFigures, *, flags: Iterable[Flag], limits: Limits) -> None:
        self._period, self._limits = figures.period, limits
        self._flags: dict[str, list[Flag]] = defaultdict(list)
        for flag in flags:
            self._flags[flag.project.id].append(flag)
        self._reported: Mapping[str, Mapping[str, Light]] = {}
        if figures.reported is None:
            self._milestones: Mapping[ProjectId, Sequence[Milestone]] = _by_project(
                portfolio.milestones.values(), figures.period
            )
            self._risks: Mapping[ProjectId, Sequence[Risk]] = _by_project(portfolio.risks.values(), figures.period)
        else:
            self._reported = {one.project.id: one.lights for one in figures.reported}
            self._milestones = {one.project.id: one.milestones for one in figures.reported}
            self._risks = {one.project.id: one.risks for one in figures.reported}

    def of(self, figures: ProjectFigures) -> Mapping[Aspect, ShownLight]:
        """Return a project's lights; of a locked period those that were reported."""
        project = figures.project.id
        evidence = Evidence(
            figures=figures,
            period=self._period,
            limits=self._limits,
            flags=self._flags.get(project, ()),
            milestones=self._milestones.get(project, ()),
            risks=self._risks.get(project, ()),
        )
        reported = self._reported.get(project, {})
        return {aspect: self._shown(aspect, evidence, reported.get(aspect.value)) for aspect in Aspect}

    def _shown(self, aspect: Aspect, evidence: Evidence, reported: Light | None) -> ShownLight:
        computed, because, figures = _COMPUTED[aspect](evidence)
        override = override_of(evidence.figures.status, aspect)
        if reported is not None and override is None and reported is not computed:
            # What was reported stands, also where the reasons are judged otherwise today.
            computed, because, figures = reported, message("Slik lyset ble rapportert."), {}
        return ShownLight(aspect=aspect, computed=computed, because=because, figures=figures, override=override)


def light_word(light: Light | None) -> Message:
    """Return what a light is called, and what is said where there is none."""
    return message("ikke vurdert") if light is None else LIGHTS[light]


def light_words(shown: ShownLight) -> Message:
    """Return a light in words: what it is about, its colour, and that somebody set it."""
    word = light_word(shown.light)
    if shown.override is not None:
        return message("{aspect}: {light}, overstyrt", aspect=shown.aspect.title, light=word)
    return message("{aspect}: {light}", aspect=shown.aspect.title, light=word)


def override_of(status: Status | None, aspect: Aspect) -> LightOverride | None:
    """Return what somebody set a light to, None where nobody did."""
    if status is None:
        return None
    found: LightOverride | None = getattr(status, aspect.value)
    return found


def printed_lights(lights: Mapping[Aspect, ShownLight]) -> Mapping[str, Light]:
    """Return lights as a locked period keeps them: those printed, by aspect."""
    return {aspect.value: shown.light for aspect, shown in lights.items() if shown.light is not None}


def set_light(  # noqa: PLR0913  which light, where, and a source of ids
    portfolio: Portfolio,
    period: Period,
    project: ProjectId,
    *,
    aspect: Aspect,
    light: Light,
    reason: str,
    new_id: Callable[[], str],
) -> Edit:
    """Set a light against what was computed, with the reason that is printed beside it.

    Raises Refusal without a reason, or when the period is locked.
    """
    if not reason.strip():
        raise Refusal(message("Skriv hvorfor lyset settes til noe annet enn det beregnede."))
    override = LightOverride(light=light, reason=reason.strip())
    return set_value(portfolio, period, project, field=aspect.value, value=override, new_id=new_id)


def clear_light(
    portfolio: Portfolio, period: Period, project: ProjectId, *, aspect: Aspect, new_id: Callable[[], str]
) -> Edit:
    """Let a light be the computed one again. Returns NOTHING where it is."""
    return set_value(portfolio, period, project, field=aspect.value, value=None, new_id=new_id)


def _by_project(records: Iterable[_OfProject], period: Period) -> dict[ProjectId, list[_OfProject]]:
    found: dict[ProjectId, list[_OfProject]] = defaultdict(list)
    for record in records:
        if record.period == period:
            found[record.project].append(record)
    return found


_COMPUTED: Mapping[Aspect, Callable[[Evidence], Judged]] = {
    Aspect.ECONOMY: judge_economy,
    Aspect.PROGRESS: judge_progress,
    Aspect.RISK: judge_risk,
}
