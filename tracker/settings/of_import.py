"""What a municipality settles about the files that it takes in: how its ledger is read, what its columns are called.

Must not know a file.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tracker.edits import Edit
from tracker.ledger.mapping import PROFILE, TITLES, mapping_of
from tracker.messages import Message, Refusal, message
from tracker.model import Portfolio
from tracker.registering.columns import TITLES as COLUMN_TITLES
from tracker.registering.columns import Cell, Use, is_in
from tracker.settings.choice import Choice, Section, Shape, kept_choice, listed, settled
from tracker.settings.reading import MOST_LETTERS, read_heading

_COLUMN = "projects-column."
_LEFT_OUT = {Use.PLAN_YEAR}


def known_columns(portfolio: Portfolio, header: Sequence[Cell]) -> dict[Use, str]:
    """Return the headings that the municipality has said are used for something, those that a sheet has."""
    said = {use: portfolio.settings.get(f"{_COLUMN}{use.value}") for use in Use}
    return {use: one.value for use, one in said.items() if one is not None and is_in(one.value, header)}


def profile_choice(name: str) -> Choice:
    """Return the choice of a profile that ledgers are read by. It is made where a ledger is taken in."""
    key = f"{PROFILE}{name}"

    def settle(portfolio: Portfolio, typed: str) -> Edit:
        label = message("Profilen «{name}» for regnskapsfiler", name=name)
        if typed and (not name.strip() or len(name) > MOST_LETTERS or not _is_profile(typed)):
            raise Refusal(message("Profilen «{name}» for regnskapsfiler kan ikke leses.", name=name))
        return settled(portfolio, key, typed or None, label)

    def value(portfolio: Portfolio) -> str:
        setting = portfolio.settings.get(key)
        return "" if setting is None else setting.value

    return Choice(
        key=key,
        section=Section.LEDGER,
        title=message("{text}", text=name),
        about=message("Slik leses filer med disse kolonnene. Lages og endres når et regnskap importeres."),
        shape=Shape.SHOWN,
        value=value,
        settle=settle,
        usual_said=message("Fjernet"),
        said=_say_profile,
    )


def _is_profile(text: str) -> bool:
    try:
        mapping = mapping_of(text)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return False
    return all(isinstance(title, str) for title in mapping.columns.values())


def _say_profile(text: str) -> Message:
    if not _is_profile(text):
        return message("Kan ikke leses")
    columns = mapping_of(text).columns
    return listed([message("{use}: «{title}»", use=TITLES[use], title=title) for use, title in columns.items()])


def _column(use: Use, title: Message) -> Choice:
    return kept_choice(
        f"{_COLUMN}{use.value}",
        Section.SHEETS,
        title,
        message("Overskriften på kolonnen i kommunens prosjektark."),
        Shape.WORDS,
        read=read_heading,
        usual_said=message("Kjennes igjen av seg selv"),
    )


_TITLES: Mapping[Use, Message] = COLUMN_TITLES
CHOICES: tuple[Choice, ...] = tuple(_column(use, title) for use, title in _TITLES.items() if use not in _LEFT_OUT)
