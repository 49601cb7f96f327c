"""One thing that a municipality settles: what it is called, what it usually is, how it is said, read and kept.

Must not know which things there are.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum

from tracker.edits import NOTHING, Change, Edit
from tracker.messages import Message, message
from tracker.model import Portfolio, RecordId, Setting

Read = Callable[[str], str]
"""Reads what was typed as it is kept; raises Refusal where it can't be used."""


class Shape(Enum):
    """How a value is typed, and what it is in a file: a text, a number, a list of texts, or what has a page of its own.

    A value of several is written with a line each; `SOME` are among the options, in order where the order counts.
    """

    WORDS = "words"
    KRONER = "kroner"
    NUMBER = "number"
    ONE = "one"
    SOME = "some"
    LINES = "lines"
    LONG = "long"
    SHOWN = "shown"


class Section(Enum):
    """What belongs together, in the order in which it is shown; the value is what it is called."""

    MUNICIPALITY = message("Navn og tjenesteområder")
    LIMITS = message("Grenser for flagg")
    DEADLINES = message("Frister")
    STATEMENT = message("§ 5-5 og årsavslutning")
    REPORT = message("Rapporten")
    LEDGER = message("Regnskapsfiler")
    SHEETS = message("Prosjektark")
    WORDS = message("Ordliste")


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One thing that is settled, by its key.

    `usual` is its value where nobody has settled it, as it is typed; None where it has none, so that it can't be put
    back. `usual_said` says what an empty one means. `settle` makes the edit of a typed value, `value` is the typed
    form of what holds. `page` names the page that changes it where that is another one.
    """

    key: str
    section: Section
    title: Message
    about: Message
    shape: Shape
    value: Callable[[Portfolio], str]
    settle: Callable[[Portfolio, str], Edit]
    usual: str | None = ""
    usual_said: Message | None = None
    unit: Message | None = None
    options: tuple[tuple[str, Message], ...] = ()
    said: Callable[[str], Message] | None = None
    page: str = ""

    def is_usual(self, portfolio: Portfolio) -> bool:
        """Whether it is as it is where nobody has settled it."""
        return self.usual is not None and self.value(portfolio) == self.usual

    def put_back(self, portfolio: Portfolio) -> Edit:
        """Return the edit that makes it the usual again."""
        return NOTHING if self.usual is None else self.settle(portfolio, self.usual)

    def say_value(self, value: str) -> Message:
        """Say a value, its option by name, its unit after it, the usual as what it means."""
        if not value and self.usual_said is not None:
            return self.usual_said
        if self.said is not None:
            return self.said(value)
        if self.options:
            names = dict(self.options)
            chosen = [names.get(one, message("{text}", text=one)) for one in value.split("\n")]
            return listed(chosen)
        if self.unit is not None:
            return message("{value} {unit}", value=value, unit=self.unit)
        return message("{text}", text=", ".join(value.splitlines()))


def settled(portfolio: Portfolio, key: str, kept: str | None, label: Message) -> Edit:
    """Return the edit that keeps a value under a key; None is the usual, which needs no setting."""
    before = portfolio.settings.get(key)
    after = None if kept is None else Setting(id=RecordId(key), value=kept)
    return NOTHING if before == after else Edit(label, (Change(before, after),))


def label_of(title: Message) -> Message:
    """Return what the edit of a setting is called."""
    return message("Innstilling: {what}", what=title)


def kept_choice(  # noqa: PLR0913  what it is, and how it is read and written
    key: str,
    section: Section,
    title: Message,
    about: Message,
    shape: Shape,
    *,
    read: Read,
    write: Read = str,
    usual: str = "",
    usual_said: Message | None = None,
    unit: Message | None = None,
    options: tuple[tuple[str, Message], ...] = (),
) -> Choice:
    """Make a choice that is kept as a setting of its own. What is kept and can't be written is shown as it is."""

    def value(portfolio: Portfolio) -> str:
        setting = portfolio.settings.get(key)
        if setting is None:
            return usual
        try:
            return write(setting.value)
        except ValueError:
            return setting.value

    def settle(portfolio: Portfolio, typed: str) -> Edit:
        kept = read(typed)
        return settled(portfolio, key, None if write(kept) == usual else kept, label_of(title))

    return Choice(
        key=key,
        section=section,
        title=title,
        about=about,
        shape=shape,
        value=value,
        settle=settle,
        usual=usual,
        usual_said=usual_said,
        unit=unit,
        options=options,
    )


def listed(said: Sequence[Message]) -> Message:
    """Say several things after each other; of none, that there is none."""
    if not said:
        return message("Ingen")
    told = said[0]
    for one in said[1:]:
        told = message("{first}, {second}", first=told, second=one)
    return told
