"""What most commands begin with: the portfolio in a file, and the period that is asked for.

Must not know any command.
"""

from __future__ import annotations

import getpass
from collections.abc import Mapping
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from db.imports import imports_of
from db.journal import Signature
from db.store import Store, open_store
from tracker.messages import Refusal, message
from tracker.model import Portfolio
from tracker.periods import Period
from tracker.tracing import Imported
from ui.commands.unlocking import key_for


def opened_to_read(path: Path) -> Store:
    """Open a portfolio for reading; of an encrypted one the passphrase is asked for, once a command.

    Raises Trouble when it can't be read.
    """
    return open_store(path, read_only=True, key=key_for(path))


def load_portfolio(path: Path) -> Portfolio:
    """Read a portfolio, leaving its file alone."""
    with closing(opened_to_read(path)) as store:
        return store.load()


def load_with_imports(path: Path) -> tuple[Portfolio, Mapping[str, Imported]]:
    """Read a portfolio, and which file each of its ledger batches was read from."""
    with closing(opened_to_read(path)) as store:
        portfolio = store.load()
        return portfolio, imports_of(store, portfolio)


def chosen_period(portfolio: Portfolio, wanted: Period | None) -> Period:
    """Return the period that is asked for, the newest if none is.

    Raises Refusal when the portfolio doesn't hold it.
    """
    periods = portfolio.periods()
    if not periods:
        raise Refusal(message("Porteføljen har ingen perioder ennå: start en, eller importer en rapport."))
    if wanted is None:
        return periods[-1]
    if wanted not in periods:
        known = ", ".join(map(str, periods))
        raise Refusal(message("Porteføljen har ikke {wanted}: den har {known}.", wanted=str(wanted), known=known))
    return wanted


def signature(way: str) -> Signature:
    """Sign an edit with the user's name and the time."""
    return Signature(
        who=user_name(), at=datetime.now(UTC).isoformat(timespec="seconds"), way=way, entry_id=str(uuid4())
    )


def user_name() -> str:
    """Return what the system calls the user."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "ukjent"
