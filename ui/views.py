"""The ways to look at the project table that come with the program: one for each kind of work.

Must not know a widget, nor which projects there are.
"""

from __future__ import annotations

from collections.abc import Sequence

from tracker.messages import message
from ui.rows import USUAL_COLUMNS
from ui.settings import SavedView
from ui.words import Say


def built_in_views(say: Say, *, who: str) -> Sequence[SavedView]:
    """Return the views: everything, a project manager's, a controller's, progress, and what is missing."""
    return (
        SavedView(name=say(message("Alle prosjekter")), columns=USUAL_COLUMNS),
        SavedView(
            name=say(message("Prosjektleder: mine")),
            columns=("flag", "name", "phase", "completion", "revised_budget", "actual", "year_end_forecast", "text"),
            filters={"responsible": f"={who}"},
        ),
        SavedView(
            name=say(message("Controller: avvik")),
            columns=("flag", "name", "service_area", "revised_budget", "actual", "deviation", "explanation", "text"),
            sorted_by="deviation",
        ),
        SavedView(
            name=say(message("Økonomi: hele prosjektet")),
            columns=("flag", "name", "code", "total_budget", "total_spent", "final_cost_forecast", "completion"),
            group="service_area",
        ),
        SavedView(
            name=say(message("Framdrift")),
            columns=("flag", "name", "responsible", "phase", "completion", "text"),
            sorted_by="completion",
        ),
        SavedView(
            name=say(message("Mangler tekst")),
            columns=("flag", "name", "responsible", "department", "deviation", "text"),
            filters={"text": "-"},
        ),
    )
