"""`tertial demo FILE`: the example portfolio."""

from __future__ import annotations

from argparse import Namespace
from datetime import UTC, datetime
from uuid import uuid4

from db.example import MUNICIPALITY, YEAR, example_places, example_source, example_statement, example_table
from db.store import new_store
from tracker.actions import place_projects
from tracker.edits import added, apply
from tracker.importing import Circumstances, plan_report_import
from tracker.messages import message
from tracker.model import MUNICIPALITY_SETTING, Portfolio, Setting
from tracker.periods import Part, Period
from tracker.steps import BEGUN
from ui.commands.console import FINE, Console
from ui.commands.opening import signature, user_name


def run(given: Namespace, console: Console) -> int:
    """Write the example as two edits: the report taken in, the projects placed in service areas."""
    circumstances = Circumstances(
        who=user_name(), today=datetime.now(UTC).astimezone().date(), new_id=lambda: str(uuid4())
    )
    named = added(message("Kommunens navn"), [Setting(id=MUNICIPALITY_SETTING, value=MUNICIPALITY)])
    portfolio = apply(Portfolio(), named)
    plan = plan_report_import(
        portfolio,
        example_table(),
        statement=example_statement(),
        period=Period(YEAR, Part.YEAR),
        source=example_source(),
        circumstances=circumstances,
    )
    placed = place_projects(apply(portfolio, plan.edit), example_places())
    with new_store(given.file) as store:
        for edit in (named, plan.edit, placed):
            store.commit(edit, signature(BEGUN))
    console.progress(message("Skrev {file} med {count} prosjekter.", file=given.file.name, count=plan.new_projects))
    return FINE
