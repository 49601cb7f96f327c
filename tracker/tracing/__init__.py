"""Where a figure comes from: what it is made of, down to the budget line, the import or the status that holds it.

Must not derive a figure of its own: what the parts come to is the one of `tracker.figures`.
"""

from tracker.tracing.figures import FIGURES_TITLES, ProjectFigure, figure_named, value_of
from tracker.tracing.sums import Sum
from tracker.tracing.trace import Imported, Lead, Place, Step, Trace, with_places
from tracker.tracing.tracer import Tracer

__all__ = [
    "FIGURES_TITLES",
    "Imported",
    "Lead",
    "Place",
    "ProjectFigure",
    "Step",
    "Sum",
    "Trace",
    "Tracer",
    "figure_named",
    "value_of",
    "with_places",
]
