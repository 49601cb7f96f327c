"""The settings as lines of the page: the municipality's and the person's, each from its list.

Must not know a widget of the page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtWidgets import QApplication

from tracker.edits import Edit
from tracker.messages import Message, message
from tracker.model import Portfolio
from tracker.settings.catalogue import choices_of
from tracker.settings.choice import Choice, Section, Shape
from ui.desk import Desk
from ui.editing import Editing
from ui.own_choices import OWN_CHOICES, OwnChoice
from ui.setting_row import Deeds, Line
from ui.settings import Role
from ui.theme import dress_by_name


def municipal_lines(
    desk: Desk, editing: Editing, deeds_of: Callable[[Choice], Deeds]
) -> Iterator[tuple[Message, Line]]:
    """Yield the open portfolio's settings, each under what its section is called."""
    for choice in choices_of(desk.session.portfolio):
        # A text of the report's own is told of where there is one; there is room for one at every part.
        if choice.shape is not Shape.LONG or choice.value(desk.session.portfolio):
            yield choice.section.value, _municipal_line(desk, editing, choice, deeds_of(choice))


def own_lines(
    desk: Desk, changed: Callable[[], None], deeds_of: Callable[[OwnChoice], Deeds]
) -> Iterator[tuple[Message, Line]]:
    """Yield the person's settings; `changed` is called when one of them was."""
    for choice in OWN_CHOICES:
        yield choice.section, _own_line(desk, changed, choice, deeds_of(choice))


def take_effect(desk: Desk) -> None:
    """Let what a person has settled hold at once, as far as it can."""
    desk.session.who = desk.settings.who
    desk.session.only_reads = desk.settings.role is Role.READER
    application = QApplication.instance()
    if isinstance(application, QApplication):
        dress_by_name(application, desk.settings.theme)


def _municipal_line(desk: Desk, editing: Editing, choice: Choice, deeds: Deeds) -> Line:
    portfolio, say = desk.session.portfolio, desk.say
    value = choice.value(portfolio)

    def perform(make: Callable[[Portfolio], Edit]) -> str:
        return editing.perform(lambda: make(desk.session.portfolio))

    return Line(
        key=choice.key,
        title=say(choice.title),
        about=say(choice.about),
        shape=Shape.SHOWN if choice.page else choice.shape,
        value=value,
        save=lambda typed: perform(lambda now: choice.settle(now, typed)),
        put_back=lambda: perform(choice.put_back),
        # A profile has no usual to go back to: it is removed.
        is_usual=choice.usual is None or choice.section is Section.LEDGER or choice.is_usual(portfolio),
        usual="" if choice.usual is None else _usual(desk, choice.say_value(choice.usual)),
        unit="" if choice.unit is None else say(choice.unit),
        said=say(choice.say_value(value)),
        options=tuple((one, say(title)) for one, title in choice.options),
        deeds=deeds,
        is_editable=desk.session.can_edit and not portfolio.is_package,
    )


def _own_line(desk: Desk, changed: Callable[[], None], choice: OwnChoice, deeds: Deeds) -> Line:
    kept, say = desk.settings, desk.say
    value, usual = choice.value(kept), choice.usual(kept)

    def save(typed: str) -> str:
        refusal = choice.refuse(typed)
        if refusal is not None:
            return say(refusal)
        choice.keep(kept, typed)
        take_effect(desk)
        changed()
        return ""

    return Line(
        key=choice.key,
        title=say(choice.title),
        about=say(choice.about),
        shape=choice.shape,
        value=value,
        save=save,
        put_back=lambda: save(usual),
        is_usual=value == usual,
        usual=_usual(desk, choice.say_value(usual)),
        said=say(choice.say_value(value)),
        options=tuple((one, say(title)) for one, title in choice.options),
        deeds=deeds,
    )


def _usual(desk: Desk, said: Message) -> str:
    return desk.say(message("Standard: {value}", value=said))
