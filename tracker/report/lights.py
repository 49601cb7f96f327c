"""The traffic lights of the projects: economy, progress and risk, with why they aren't green, or who set them and why.

Must not judge: the lights are computed elsewhere.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from tracker.figures import ProjectFigures
from tracker.kinds import Light
from tracker.lights import Aspect, ShownLight
from tracker.messages import Message, message
from tracker.report.basis import NAME, Basis
from tracker.report.content import Column, ColumnKind, Mark, Part, PartName, Row, Table, Tone
from tracker.report.wording import together
from tracker.typed import LIGHTS

PROJECT_LIGHTS = PartName("lights", message("Trafikklys"))
_SIGNS = {
    Light.GREEN: (Tone.GOOD, "●"),
    Light.YELLOW: (Tone.WARNING, "▲"),
    Light.RED: (Tone.BAD, "■"),
}
_NOT_JUDGED = Mark(Tone.NEUTRAL, "○", message("Ikke vurdert"))


def lights_part(basis: Basis) -> Part | None:
    """List the lights of every project; None where nobody keeps what lights are about: forecasts, plans, risks."""
    if not _are_kept(basis):
        return None
    lights = basis.lights
    table = Table(
        id="lights",
        columns=(
            NAME,
            *(Column(key=aspect.value, title=aspect.title, kind=ColumnKind.MARK) for aspect in Aspect),
            Column(key="reason", title=message("Begrunnelse"), kind=ColumnKind.LONG_TEXT),
        ),
        rows=tuple(_row(figures, lights.of(figures)) for figures in basis.figures.projects),
        empty=message("Ingen prosjekter har tall eller status i {period}.", period=basis.period),
    )
    intro = message(
        "Lysene er beregnet ut fra tall, flagg, milepæler og risikoer. Der prosjektet har satt et annet lys, står "
        "det at lyset er overstyrt, og hvorfor."
    )
    counts = tuple(_counted(basis, aspect) for aspect in Aspect)
    return Part(id=PROJECT_LIGHTS.id, title=PROJECT_LIGHTS.title, intro=((intro,), counts), tables=(table,))


def mark_of(shown: ShownLight) -> Mark:
    """Return how a light is printed: its sign and word, and that somebody set it."""
    if shown.light is None:
        return _NOT_JUDGED
    tone, sign = _SIGNS[shown.light]
    word = LIGHTS[shown.light]
    return Mark(tone, sign, word if shown.override is None else message("{light}, overstyrt", light=word))


def _counted(basis: Basis, aspect: Aspect) -> Message:
    lights = basis.lights
    found = Counter(lights.of(figures)[aspect].light for figures in basis.figures.projects)
    return message(
        "{aspect}: {red} røde, {yellow} gule og {green} grønne.",
        aspect=aspect.title,
        red=found[Light.RED],
        yellow=found[Light.YELLOW],
        green=found[Light.GREEN],
    )


def _row(figures: ProjectFigures, lights: Mapping[Aspect, ShownLight]) -> Row:
    reasons = [
        message("{aspect}: {reason}", aspect=aspect.title, reason=shown.reason)
        for aspect, shown in lights.items()
        if shown.override is not None or shown.light in {Light.YELLOW, Light.RED}
    ]
    return Row(
        cells=(figures.project.name, *(mark_of(lights[aspect]) for aspect in Aspect), together(reasons)),
        project=figures.project.id,
    )


def _are_kept(basis: Basis) -> bool:
    portfolio, period = basis.portfolio, basis.period
    kept = (portfolio.risks, portfolio.milestones, portfolio.spending_plans)
    if any(one.period == period for records in kept for one in records.values()):
        return True
    statuses = (figures.status for figures in basis.figures.projects)
    return any(
        status is not None
        and (status.economy, status.progress, status.risk, status.year_end_forecast, status.contingency_left)
        != (None,) * 5
        for status in statuses
    )
