"""Options that take one of a few words: what each is called, and how it is read.

Must not know a command.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import Enum
from typing import TYPE_CHECKING, TypeVar

from tracker.kinds import BudgetKind
from tracker.messages import Message, Refusal, message
from ui.words import Say

if TYPE_CHECKING:
    from ui.commands.arguments import Parser

_Choice = TypeVar("_Choice", bound=Enum)


def add_choice(  # noqa: PLR0913  what argparse wants to know of an option
    parser: Parser, say: Say, name: str, told: Message, choices: Mapping[str, _Choice], *, required: bool = False
) -> None:
    """Add an option that takes one of some words; `{choices}` in what is told of it are those."""
    told = message(told.text, choices=", ".join(choices))
    parser.add_argument(name, type=_reader(choices), required=required, help=say(told))


def named(choices: type[_Choice] | tuple[_Choice, ...]) -> Mapping[str, _Choice]:
    """Return choices by the words that commands and JSON call them."""
    return {str(choice.value).replace("_", "-").replace("price-adjustment", "price"): choice for choice in choices}


def _reader(choices: Mapping[str, _Choice]) -> Callable[[str], _Choice]:
    def read(text: str) -> _Choice:
        found = choices.get(text.strip().casefold().replace("_", "-"))
        if found is None:
            raise Refusal(message("«{text}» finnes ikke: velg blant {choices}.", text=text, choices=", ".join(choices)))
        return found

    return read


KIND_NAMES: Mapping[BudgetKind, str] = {kind: name for name, kind in named(BudgetKind).items()}
"""What the kinds are called in commands and in JSON."""
