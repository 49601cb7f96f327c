"""The report's part on what has been decided on budgets since the year began.

Must not know how a line is entered, nor what is only proposed.
"""

from __future__ import annotations

from datetime import date
from itertools import groupby

from tracker.budgeting import CHANGES, KIND_TITLES, in_order
from tracker.kinds import BudgetStatus
from tracker.messages import message
from tracker.report.basis import Basis
from tracker.report.budget_tables import DECIDED, decided_on, kind_tables, sums_table
from tracker.report.content import Part, PartName

DECIDED_CHANGES = PartName("budget-changes", message("Budsjettendringer"))


def decided_changes_part(basis: Basis) -> Part | None:
    """List the changes decided from the year's first day to the period's last, a table a kind; None if there are none.

    A reallocation stands as a group that sums to zero; a move between years is told once.
    """
    first, last = date(basis.period.year, 1, 1), basis.period.ends
    lines = in_order(
        basis.portfolio,
        (
            line
            for line in basis.portfolio.budget_lines.values()
            if line.kind in CHANGES and line.status is BudgetStatus.DECIDED and first <= decided_on(line) <= last
        ),
    )
    if not lines:
        return None
    part = DECIDED_CHANGES.id
    return Part(
        id=part,
        title=DECIDED_CHANGES.title,
        intro=(
            (
                message("Endringer i investeringsbudsjettet vedtatt fra {first} til {last}.", first=first, last=last),
                message(
                    "Flyttinger mellom år og overføringer endrer ikke vedtatt totalt; omdisponeringer går i null over "
                    "prosjektene."
                ),
            ),
        ),
        tables=(
            sums_table(f"{part}-sums", message("Sum per slag"), basis, lines),
            *kind_tables(
                part,
                basis,
                [(KIND_TITLES[kind], list(own)) for kind, own in groupby(lines, key=lambda line: line.kind)],
                decided=DECIDED,
            ),
        ),
    )
