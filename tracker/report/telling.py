"""How documents tell the tables whose texts are read rather than looked up: per service area, or one after another.

Must not know which part a table stands in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from tracker.figures import ProjectFigures
from tracker.messages import message
from tracker.report.basis import COMMENT, NOT_PLACED, Basis, areas_of
from tracker.report.content import Chapter, Column, Row, Telling

_OVERVIEW = message("Tallene samlet")


def told_by_area(basis: Basis, row_of: Callable[[ProjectFigures], Row]) -> Telling:
    """Tell the projects' status texts per service area; where no project has an area, one after another."""
    return Telling(
        text=COMMENT.key,
        overview=_OVERVIEW,
        chapters=tuple(_areas(basis, row_of)),
        without_text=message("Prosjektet har ingen statustekst."),
    )


def told_explanations(rows: Iterable[Row], text: Column) -> Telling:
    """Tell the explanations of deviations, in the order of the table."""
    return Telling(
        text=text.key,
        overview=_OVERVIEW,
        chapters=(Chapter(title=message("Forklaringer"), rows=tuple(rows)),),
        without_text=message("Avviket er ikke forklart."),
    )


def _areas(basis: Basis, row_of: Callable[[ProjectFigures], Row]) -> Iterator[Chapter]:
    areas = areas_of(basis.figures.projects, basis.portfolio.areas_in_order)
    is_placed = any(area is not None for area, _ in areas)
    for area, own in areas:
        title = area or (NOT_PLACED if is_placed else message("Prosjektene hver for seg"))
        yield Chapter(title=title, rows=tuple(map(row_of, own)))
