"""What the summary says of the whole in words: budget and spending, forecasts, projects, deviations, late changes.

Must not say anything that the figures don't, nor repeat what a part of its own tells in full.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tracker.figures import ProjectFigures
from tracker.kinds import PeriodStage
from tracker.late_changes import late_changes
from tracker.messages import Message, message
from tracker.quarters import State
from tracker.report.basis import Basis, final_cost_of
from tracker.report.content import Paragraph
from tracker.report.wording import listed, sized

_NAMED = 3
"""How many of the largest deviations each way are named."""


def account_of(basis: Basis) -> Iterator[Paragraph]:
    """Yield the summary's paragraphs."""
    for paragraph in (
        _money(basis),
        _forecasts(basis),
        _projects(basis),
        _largest(basis),
        _late(basis),
        _unknown(basis),
    ):
        told = tuple(paragraph)
        if told:
            yield told


def _money(basis: Basis) -> Iterator[Message]:
    sums = basis.figures.all
    yield message(
        "Revidert investeringsbudsjett for {year:id} er {revised:mill}. Per {date} er det regnskapsført {actual:mill}.",
        year=basis.period.year,
        date=basis.period.ends,
        revised=sums.revised_budget,
        actual=sums.actual,
    )
    if basis.is_year and sums.reported_deviation > 0:
        yield message("Det er {size} mindre enn budsjettert.", size=sized(sums.reported_deviation))
    elif basis.is_year and sums.reported_deviation < 0:
        yield message("Det er {size} mer enn budsjettert.", size=sized(-sums.reported_deviation))
    if sums.completion_rate is not None:
        yield (
            message("Gjennomføringsgraden er {rate:pct}.", rate=sums.completion_rate)
            if basis.is_year
            else message("Det er {rate:pct} av årets budsjett.", rate=sums.completion_rate)
        )


def _forecasts(basis: Basis) -> Iterator[Message]:
    if not basis.is_year:
        yield from _year_forecasts(basis)
    yield from _final_forecasts(basis)


def _year_forecasts(basis: Basis) -> Iterator[Message]:
    projects = basis.figures.projects
    known = [figures for figures in projects if figures.expected is not None]
    if not known:
        yield message("Ingen prosjekter har oppgitt prognose for året.")
        return
    expected = sum(figures.expected or 0 for figures in known)
    revised = sum(figures.revised_budget for figures in known)
    if len(known) == len(projects):
        yield message("Prosjektene ventes å bruke {expected:mill} i løpet av året.", expected=expected)
    else:
        yield message(
            "{count} av {all} prosjekter har oppgitt prognose for året. De ventes å bruke {expected:mill}.",
            count=len(known),
            all=len(projects),
            expected=expected,
        )
    size = sized(abs(revised - expected))
    if expected < revised:
        yield message("Det er {size} mindre enn budsjettet deres på {revised:mill}.", size=size, revised=revised)
    elif expected > revised:
        yield message("Det er {size} mer enn budsjettet deres på {revised:mill}.", size=size, revised=revised)
    else:
        yield message("Det er det samme som budsjettet deres.")


def _final_forecasts(basis: Basis) -> Iterator[Message]:
    over = [
        final - (figures.total_budget or 0)
        for figures in basis.figures.projects
        if (final := final_cost_of(figures)) is not None and final > (figures.total_budget or 0)
    ]
    if over:
        yield _counted(over, message("ventes å koste mer enn totalbudsjettet"))


def _projects(basis: Basis) -> Iterator[Message]:
    projects = basis.figures.projects
    deviations = [size for figures in projects if (size := basis.deviation_of(figures))]
    under, over = [size for size in deviations if size > 0], [-size for size in deviations if size < 0]
    if basis.is_year:
        yield _counted(under, message("har brukt mindre enn årets budsjett"))
        yield _counted(over, message("har brukt mer"))
    elif basis.has_forecasts:
        yield _counted(under, message("ventes å bruke mindre enn årets budsjett"))
        yield _counted(over, message("ventes å bruke mer"))
    finished = sum(figures.completion is State.FINISHED for figures in projects)
    if finished:
        yield message("{count} {count:prosjekt er meldt ferdig|prosjekter er meldt ferdige}.", count=finished)
    else:
        yield message("Ingen prosjekter er meldt ferdige.")
    left = [-(figures.left_of_total or 0) for figures in projects if (figures.left_of_total or 0) < 0]
    yield _counted(left, message("har brukt mer enn totalbudsjettet"))


def _counted(sizes: Sequence[int], what: Message) -> Message:
    """Return how many projects something is true of, and what it comes to."""
    if not sizes:
        return message("Ingen prosjekter {what}.", what=what)
    if len(sizes) == 1:
        return message("1 prosjekt {what}: {sum}.", what=what, sum=sized(sizes[0]))
    return message("{count} prosjekter {what}, til sammen {sum}.", count=len(sizes), what=what, sum=sized(sum(sizes)))


def _largest(basis: Basis) -> Iterator[Message]:
    limit = basis.limits.large_kroner
    known = [(figures, size) for figures in basis.figures.projects if (size := basis.deviation_of(figures))]
    large = sorted((one for one in known if abs(one[1]) >= limit), key=lambda one: -abs(one[1]))
    over, under = ([one for one in large if sign * one[1] > 0][:_NAMED] for sign in (-1, 1))
    if over:
        yield (
            message("Størst merforbruk har {projects}.", projects=_named(over))
            if basis.is_year
            else message("Størst merforbruk ventes i {projects}.", projects=_named(over))
        )
    if under:
        yield (
            message("Størst mindreforbruk har {projects}.", projects=_named(under))
            if basis.is_year
            else message("Størst mindreforbruk ventes i {projects}.", projects=_named(under))
        )


def _named(found: Sequence[tuple[ProjectFigures, int]]) -> Message:
    return listed(
        [message("{project} ({size})", project=figures.project.name, size=sized(abs(size))) for figures, size in found]
    )


def _late(basis: Basis) -> Iterator[Message]:
    """Say that a locked period would be reported otherwise today."""
    state = basis.portfolio.state_of(basis.period)
    if state is None or state.stage is not PeriodStage.LOCKED:
        return
    changed = late_changes(basis.portfolio, basis.period)
    if changed:
        projects = {one.project.id for one in changed if one.project is not None}
        yield message(
            "Rapporten viser tallene slik de var da perioden ble låst. {count} av dem, i {projects} "
            "{projects:prosjekt|prosjekter}, ville vært annerledes i dag.",
            count=len(changed),
            projects=len(projects),
        )


def _unknown(basis: Basis) -> Iterator[Message]:
    projects = basis.figures.projects
    if projects and all(figures.original_budget is None for figures in projects):
        yield message(
            "Listen over prosjekter med mest redusert budsjett kan ikke lages: "
            "kilden oppgir ikke opprinnelig budsjett per prosjekt."
        )
