"""Builds the report of a period: the parts, in the order in which they are read or the municipality wants them.

Must not know what any part holds. A new part is a module with a name and a builder, and a line here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from tracker.messages import message
from tracker.model import Portfolio
from tracker.periods import Period
from tracker.report.areas import AREAS, areas_part
from tracker.report.basis import Basis, basis_of
from tracker.report.budgets import DECIDED_CHANGES, decided_changes_part
from tracker.report.changes import CHANGES, changes_part
from tracker.report.content import Part, PartName, Report
from tracker.report.control import CONTROL, TEXT_CONTROL, control_part, text_control_part
from tracker.report.deviations import (
    LARGEST_DEVIATIONS,
    REPORTED_DEVIATIONS,
    largest_deviations_part,
    reported_deviations_part,
)
from tracker.report.finishing import FINISHED, UNDER_WAY, finished_part, under_way_part
from tracker.report.forecasts import ACCURACY, FORECASTS, accuracy_part, forecasts_part
from tracker.report.lights import PROJECT_LIGHTS, lights_part
from tracker.report.lists import (
    LARGEST_BUDGETS,
    MOST_REDUCED,
    OVER_TOTAL,
    largest_budgets_part,
    most_reduced_part,
    over_total_part,
)
from tracker.report.origins import Origins
from tracker.report.pictures import PICTURES, pictures_part
from tracker.report.plans import CONTRACTS, MILESTONES, RISKS, contracts_part, milestones_part, risks_part
from tracker.report.proposals import PROPOSED_CHANGES, proposed_changes_part
from tracker.report.statement import STATEMENT, statement_part
from tracker.report.status import STATUS, status_part
from tracker.report.summary import SUMMARY, summary_part
from tracker.tracing import Imported

_BUILDERS: tuple[tuple[PartName, Callable[[Basis], Part | None]], ...] = (
    (SUMMARY, summary_part),
    (PICTURES, pictures_part),
    (CHANGES, changes_part),
    (STATUS, status_part),
    (PROJECT_LIGHTS, lights_part),
    (LARGEST_BUDGETS, largest_budgets_part),
    (MOST_REDUCED, most_reduced_part),
    (LARGEST_DEVIATIONS, largest_deviations_part),
    (REPORTED_DEVIATIONS, reported_deviations_part),
    (FORECASTS, forecasts_part),
    (ACCURACY, accuracy_part),
    (FINISHED, finished_part),
    (UNDER_WAY, under_way_part),
    (OVER_TOTAL, over_total_part),
    (MILESTONES, milestones_part),
    (RISKS, risks_part),
    (CONTRACTS, contracts_part),
    (AREAS, areas_part),
    (DECIDED_CHANGES, decided_changes_part),
    (PROPOSED_CHANGES, proposed_changes_part),
    (STATEMENT, statement_part),
    (CONTROL, control_part),
    (TEXT_CONTROL, text_control_part),
)
PARTS: tuple[PartName, ...] = tuple(name for name, _ in _BUILDERS)
"""Every part that a report can have, (id, title), in the order in which they are read."""
FRONT = PartName("front", message("Innledning"))
"""The text before the first part; there is no such part where nobody has written one."""


def build_report(
    portfolio: Portfolio,
    period: Period,
    *,
    chosen: Sequence[str] | None = None,
    texts: Mapping[str, str] = {},
    imports: Mapping[str, Imported] | None = None,
) -> Report:
    """Build the report of a period, amounts in kroner: every part, or those whose ids were chosen, in that order.

    `texts` are the municipality's own, by the id of the part that each stands at the start of, `front` before the
    first; a text goes with its part, and an id that no part has is passed over. `imports` are the files of the ledger
    batches, by id. Raises Refusal when a limit that the portfolio sets isn't a number.
    """
    basis = basis_of(portfolio, period)
    return Report(
        owner=portfolio.municipality,
        is_example=portfolio.is_example,
        title=message("Investeringsprosjekter – {period}", period=period),
        period=period,
        parts=tuple(_parts(basis, chosen, texts)),
        behind=Origins(portfolio, period, imports=imports),
    )


def _parts(basis: Basis, chosen: Sequence[str] | None, texts: Mapping[str, str]) -> Iterator[Part]:
    front = _paragraphs(texts.get(FRONT.id, ""))
    if front:
        yield Part(id=FRONT.id, title=FRONT.title, preface=front)
    builders = {name.id: builder for name, builder in _BUILDERS}
    for part_id in builders if chosen is None else dict.fromkeys(chosen):
        builder = builders.get(part_id)
        part = None if builder is None else builder(basis)
        if part is not None:
            yield replace(part, preface=_paragraphs(texts.get(part_id, "")))


def _paragraphs(text: str) -> tuple[str, ...]:
    """Return a text's paragraphs: every line that isn't empty is one."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())
