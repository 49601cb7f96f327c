"""The projects that are finished, this year or before, with how they came out, and those that are well under way.

Must not know which of them deserve a flag: the control list does.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from tracker.figures import ProjectFigures, sum_of
from tracker.kinds import Phase
from tracker.messages import Message, message
from tracker.model import ProjectId, Status
from tracker.quarters import State
from tracker.report.basis import (
    COMPLETION,
    FINAL,
    NAME,
    TOTAL_BUDGET,
    TOTAL_SPENT,
    Basis,
    final_cost_of,
    total_cells,
)
from tracker.report.content import Cell, Column, ColumnKind, Emphasis, Part, PartName, Row, Table

FINISHED = PartName("finished", message("Ferdige prosjekter"))
UNDER_WAY = PartName("under-way", message("Godt i gang"))
_LEFT = Column(key="left_of_total", title=message("Rest av totalbudsjett"), kind=ColumnKind.THOUSANDS, dash=True)
_OUTCOME = Column(key="outcome", title=message("Ventet resultat"), kind=ColumnKind.THOUSANDS, dash=True)
_SHARE = Column(key="spent_share", title=message("Brukt av totalen"), kind=ColumnKind.PERCENT, dash=True)
_HANDED_OVER = frozenset({Phase.TAKEN_OVER, Phase.SETTLEMENT})
_NOT_RUNNING = frozenset({Phase.CLOSED, Phase.CANCELLED, Phase.ON_HOLD})


def finished_part(basis: Basis) -> Part:
    """List the finished projects with how they come out against the total budget, those finished this year first.

    One table where no earlier report tells when they were finished.
    """
    chosen = [figures for figures in basis.figures.projects if figures.completion is State.FINISHED]
    chosen.sort(key=lambda figures: -abs(_outcome(figures) or 0))
    when = _when_finished(basis)
    parted = {
        is_new: [figures for figures in chosen if when.get(figures.project.id) is is_new]
        for is_new in (True, False, None)
    }
    year = basis.period.year
    nothing = message("Ingen prosjekter er meldt ferdige i {year:id}.", year=year)
    tables = [
        _finished_table(basis, FINISHED.id, message("Meldt ferdig i {year:id}", year=year), parted[True], nothing),
        _finished_table(basis, "finished-earlier", message("Meldt ferdig tidligere år"), parted[False], nothing),
        _finished_table(basis, "finished-unknown", message("Meldt ferdig, ukjent hvilket år"), parted[None], nothing),
    ]
    if not parted[True] and not parted[False]:
        nothing = message("Ingen prosjekter er meldt ferdige.")
        tables = [_finished_table(basis, FINISHED.id, None, chosen, nothing)]
    intro = message(
        "Prosjekter som er meldt ferdige, med det som står igjen av totalbudsjettet. Minus betyr merforbruk."
    )
    return Part(
        id=FINISHED.id,
        title=FINISHED.title,
        intro=((intro, *_explained(chosen)),) if chosen else (),
        tables=(tables[0], *(table for table in tables[1:] if table.rows)),
    )


def under_way_part(basis: Basis) -> Part | None:
    """List the projects that are not finished, but have spent half of the total or been taken over; None without any.

    Those that are furthest stand first.
    """
    chosen = [figures for figures in basis.figures.projects if _is_under_way(figures)]
    if not chosen:
        return None
    chosen.sort(key=lambda figures: -(_share(figures) or 0))
    has_forecasts = any(final_cost_of(figures) is not None for figures in chosen)
    last = (FINAL, _OUTCOME) if has_forecasts else (_LEFT,)
    rows = [
        Row(
            cells=(
                figures.project.name,
                *basis.area_of(figures),
                figures.completion,
                *total_cells(figures),
                _share(figures),
                *((final_cost_of(figures), _outcome(figures)) if has_forecasts else (figures.left_of_total,)),
            ),
            project=figures.project.id,
        )
        for figures in chosen
    ]
    intro = message(
        "Prosjekter som ikke er ferdige, men der minst halve totalbudsjettet er brukt, eller som er overtatt. "
        "De som har kommet lengst, står først."
    )
    columns = (NAME, *basis.area_columns, COMPLETION, TOTAL_BUDGET, TOTAL_SPENT, _SHARE, *last)
    return Part(
        id=UNDER_WAY.id,
        title=UNDER_WAY.title,
        intro=((intro, *_explained(chosen)),),
        tables=(Table(id=UNDER_WAY.id, columns=columns, rows=tuple(rows), empty=message("Ingen")),),
    )


def _finished_table(
    basis: Basis, table_id: str, title: Message | None, chosen: Sequence[ProjectFigures], nothing: Message
) -> Table:
    has_forecasts = any(final_cost_of(figures) is not None for figures in chosen)
    columns = (
        NAME,
        *basis.area_columns,
        TOTAL_BUDGET,
        TOTAL_SPENT,
        _LEFT,
        *((FINAL, _OUTCOME) if has_forecasts else ()),
    )
    rows = [
        Row(
            cells=(
                figures.project.name,
                *basis.area_of(figures),
                *total_cells(figures),
                figures.left_of_total,
                *((final_cost_of(figures), _outcome(figures)) if has_forecasts else ()),
            ),
            project=figures.project.id,
        )
        for figures in chosen
    ]
    if rows:
        rows.append(_sum_row(basis, chosen, has_forecasts=has_forecasts))
    return Table(id=table_id, title=title, columns=columns, rows=tuple(rows), empty=nothing)


def _sum_row(basis: Basis, chosen: Sequence[ProjectFigures], *, has_forecasts: bool) -> Row:
    sums = sum_of(chosen)
    finals = [final_cost_of(figures) for figures in chosen]
    known = [final for final in finals if final is not None]
    outcome = sum(_outcome(figures) or 0 for figures in chosen)
    last: tuple[Cell, ...] = ()
    if has_forecasts:
        # A sum of some of them could be held against no other.
        last = (sum(known) if len(known) == len(finals) else None, outcome)
    return Row(
        cells=(
            message("Sum"),
            *(None for _ in basis.area_columns),
            *total_cells(sums),
            sums.total_budget - sums.total_spent,
            *last,
        ),
        emphasis=Emphasis.SUM,
    )


def _explained(chosen: Sequence[ProjectFigures]) -> tuple[Message, ...]:
    if not any(final_cost_of(figures) is not None for figures in chosen):
        return ()
    return (
        message(
            "Ventet resultat er vedtatt totalbudsjett minus sluttprognosen, eller minus påløpt der det er mer, "
            "eller prognosen mangler."
        ),
    )


def _outcome(figures: ProjectFigures) -> int | None:
    """Return what is expected to be left of the total budget: no forecast undoes what has been spent."""
    if figures.total_budget is None or figures.total_spent is None:
        return None
    return figures.total_budget - max(figures.total_spent, final_cost_of(figures) or 0)


def _share(figures: ProjectFigures) -> float | None:
    return figures.total_spent / figures.total_budget if figures.total_budget and figures.total_spent else None


def _is_under_way(figures: ProjectFigures) -> bool:
    phase = None if figures.status is None else figures.status.phase
    if figures.total_budget is None or figures.completion is State.FINISHED or phase in _NOT_RUNNING:
        return False
    return phase in _HANDED_OVER or (_share(figures) or 0) >= 1 / 2


def _when_finished(basis: Basis) -> Mapping[ProjectId, bool]:
    """Return whether each finished project was finished this year or before, as far as earlier reports tell."""
    told: dict[ProjectId, list[Status]] = defaultdict(list)
    for status in basis.portfolio.statuses.values():
        if status.period < basis.period:
            told[status.project].append(status)
    found: dict[ProjectId, bool] = {}
    for project, statuses in told.items():
        statuses.sort(key=lambda status: status.period)
        earlier = [status for status in statuses if status.period.year < basis.period.year]
        if earlier:
            found[project] = earlier[-1].completion is not State.FINISHED
        elif any(status.completion is not State.FINISHED for status in statuses):
            found[project] = True
    return found
