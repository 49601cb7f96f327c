"""What stands at the foot of the window: how many projects are shown, and how many flags there are.

Must not know a widget.
"""

from __future__ import annotations

from collections import Counter

from tracker.flags import Severity
from tracker.messages import Message, message
from ui.session import View


def counted(view: View, shown: int | None) -> tuple[Message, ...]:
    """Return what is counted in a view; `shown` is how many projects the table shows, None for all."""
    if view.figures is None or not view.figures.projects:
        return (message("Ingen prosjekter"),)
    given = len(view.figures.projects)
    found = Counter(flag.severity for flag in view.flags)
    return (
        message("{count} {count:prosjekt|prosjekter}", count=given)
        if shown in {None, given}
        else message("{shown} av {given} prosjekter", shown=shown, given=given),
        message(
            "Flagg: {critical} kritiske, {warnings} advarsler og {notes} merknader",
            critical=found[Severity.CRITICAL],
            warnings=found[Severity.WARNING],
            notes=found[Severity.NOTE],
        ),
    )
