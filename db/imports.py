"""Which file each ledger batch was read from, and who took it in: the journal says so, and the batch doesn't.

Must not know what the batches hold.
"""

from __future__ import annotations

from collections.abc import Mapping

from db.store import Store
from tracker.model import LedgerBatch, Portfolio
from tracker.tracing import Imported

_NAMED = "source"
"""What the labels of imports call the file."""


def imports_of(store: Store, portfolio: Portfolio) -> Mapping[str, Imported]:
    """Return the imports of a portfolio's ledger batches, by the batch's id."""
    found: dict[str, Imported] = {}
    for recorded in store.history(portfolio.ledger_batches):
        for change in recorded.changes:
            if change.kind is LedgerBatch and change.before is None and change.record_id in portfolio.ledger_batches:
                file = recorded.label.values.get(_NAMED)
                batch = portfolio.ledger_batches[change.record_id]
                found[change.record_id] = Imported(
                    file=file if isinstance(file, str) else batch.source,
                    who=recorded.who,
                    at=recorded.at.date(),
                )
    return found
