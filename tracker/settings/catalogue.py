"""Everything that a municipality settles, in one list, in the order in which it is shown.

Must not know how it is shown. A new thing to settle is a line in one of the modules `of_…`.
"""

from __future__ import annotations

from tracker.edits import Edit
from tracker.ledger.mapping import PROFILE
from tracker.messages import Refusal, message
from tracker.model import Portfolio
from tracker.settings import of_control, of_import, of_report, of_statement
from tracker.settings.areas import rename_area
from tracker.settings.choice import Choice, Section

_ORDER = list(Section)
CHOICES: tuple[Choice, ...] = tuple(
    sorted(
        (*of_control.CHOICES, *of_statement.CHOICES, *of_report.CHOICES, *of_report.TEXTS, *of_import.CHOICES),
        key=lambda choice: _ORDER.index(choice.section),
    )
)
"""What can be settled in every portfolio; each profile that ledgers are read by is one more."""
_BY_KEY = {choice.key: choice for choice in CHOICES}


def choices_of(portfolio: Portfolio) -> tuple[Choice, ...]:
    """Return what can be settled in a portfolio, its profiles among it."""
    names = sorted(key.removeprefix(PROFILE) for key in portfolio.settings if key.startswith(PROFILE))
    made = (*CHOICES, *map(of_import.profile_choice, names))
    return tuple(sorted(made, key=lambda choice: _ORDER.index(choice.section)))


def choice_named(key: str) -> Choice:
    """Return what is settled under a key.

    Raises Refusal when nothing is.
    """
    if key in _BY_KEY:
        return _BY_KEY[key]
    if key.startswith(PROFILE) and key != PROFILE:
        return of_import.profile_choice(key.removeprefix(PROFILE))
    raise Refusal(message("Innstillingen «{key}» finnes ikke: kontroller navnet.", key=key))


def settle(portfolio: Portfolio, key: str, typed: str) -> Edit:
    """Settle one thing, by its key, as it is typed.

    Raises Refusal when there is no such thing, or what was typed can't be used.
    """
    return choice_named(key).settle(portfolio, typed)


def put_back(portfolio: Portfolio, key: str) -> Edit:
    """Make one thing the usual again.

    Raises Refusal when there is no such thing, or no usual for it.
    """
    choice = choice_named(key)
    if choice.usual is None:
        raise Refusal(message("{what} har ingen standard: skriv en verdi.", what=choice.title))
    return choice.put_back(portfolio)


__all__ = ["CHOICES", "choice_named", "choices_of", "put_back", "rename_area", "settle"]
