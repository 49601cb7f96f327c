"""What a municipality settles about its report, as fields: name, look, parts, texts of its own.

Must not know how an edit is made, nor what the report becomes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon, QPalette, QPixmap
from PySide6.QtWidgets import QCheckBox, QComboBox, QPushButton, QVBoxLayout, QWidget

from tracker.edits import Edit
from tracker.messages import Message, message
from tracker.model import Portfolio
from tracker.report.build import PARTS
from tracker.report.content import Logo, Typeface
from tracker.report.settling import (
    name_municipality,
    settle_accent,
    settle_language,
    settle_length,
    settle_parts,
    settle_text,
    settle_typeface,
)
from tracker.report.template import TEXT_PLACES, Template
from ui.fields import LineField, TextField, Titled
from ui.flow import Flow
from ui.part_list import PartList
from ui.plain import Label
from ui.theme import FRAMED, GRID, TICKED
from ui.words import LANGUAGES, Say

Settle = Callable[[Callable[[Portfolio], Edit]], str]
"""Makes an edit of the portfolio; answers with why it can't be made, empty when it is."""

_COLOURS: tuple[tuple[str, Message], ...] = (
    ("1B4F72", message("Blå")),
    ("0B5A5E", message("Petrol")),
    ("1E5B33", message("Grønn")),
    ("7A1F3D", message("Burgunder")),
    ("8A3B12", message("Rust")),
    ("4B3A78", message("Fiolett")),
    ("333F48", message("Skifer")),
)
"""Colours that can be read on white, the usual one first."""
_OWN = ""
_TYPEFACES = ((Typeface.SANS.value, message("Uten seriffer")), (Typeface.SERIF.value, message("Med seriffer")))
_PARTS_HEIGHT = 26 * GRID
_TEXT_HEIGHT = 14 * GRID
_SWATCH = 14


@dataclass(frozen=True, slots=True)
class _Choice:
    """A title over a box with choices."""

    titled: Titled
    box: QComboBox

    def show_chosen(self, value: str) -> None:
        self.box.setCurrentIndex(max(0, self.box.findData(value)))


class TemplateForm(QWidget):
    """The fields. `show_template` is the only way in; what is typed goes out by `settle`."""

    def __init__(self, say: Say, settle: Settle) -> None:
        super().__init__()
        self._say, self._settle = say, settle
        self._template, self._place = Template(), TEXT_PLACES[0].id
        self.name = LineField(
            say(message("Kommunens navn")), lambda typed: settle(lambda p: name_municipality(p, typed))
        )
        self.language = self._choice(message("Rapportens språk"), self._languages(), settle_language)
        self.colour = self._choice(message("Farge"), self._colours(), settle_accent)
        self.accent = LineField(say(message("Fargekode")), lambda typed: settle(lambda p: settle_accent(p, typed)))
        self.typeface = self._choice(message("Skrifttype"), _TYPEFACES, settle_typeface)
        self.logo = Label()
        self.choose_logo = QPushButton(say(message("Velg logo …")))
        self.remove_logo = QPushButton(say(message("Fjern logoen")))
        self.in_full = QCheckBox(say(message("Skriv lange tekster i sin helhet")))
        self.parts = PartList(say(message("Deler i rapporten")), [(part.id, say(part.title)) for part in PARTS])
        self.parts_titled = Titled(say(message("Deler i rapporten")), self.parts)
        self.up, self.down = QPushButton(say(message("Flytt opp"))), QPushButton(say(message("Flytt ned")))
        self.place = self._choice(message("Egen tekst under"), [(one.id, one.title) for one in TEXT_PLACES], None)
        self.text = TextField(say(message("Teksten")), self._save_text, lambda _: None)
        self.setStyleSheet(FRAMED + TICKED)
        self._connect()
        self._lay_out()

    def show_template(self, template: Template, *, municipality: str, editable: bool) -> None:
        """Show what is settled; what is being typed stays."""
        self._template = template
        look = template.look
        self.name.set_value(municipality)
        self.accent.set_value(f"#{look.accent}")
        self.language.show_chosen(template.language or "")
        self.colour.show_chosen(look.accent)
        self.typeface.show_chosen(look.typeface.value)
        self.in_full.setChecked(template.in_full)
        self.parts.show_parts(template.order)
        self.parts_titled.tell("")
        self._show_logo(look.logo)
        self.text.set_value(template.texts.get(self._place, ""))
        self._set_editable(editable=editable)

    def finish(self) -> None:
        """Save what is being typed."""
        for field in (self.name, self.accent, self.text):
            field.finish()

    def _set_editable(self, *, editable: bool) -> None:
        for field in (self.name, self.accent, self.text):
            field.set_editable(editable=editable)
        for widget in (
            self.language.box,
            self.colour.box,
            self.typeface.box,
            self.in_full,
            self.parts,
            self.up,
            self.down,
            self.choose_logo,
        ):
            widget.setEnabled(editable)
        self.remove_logo.setEnabled(editable and self._template.look.logo is not None)

    def _show_logo(self, logo: Logo | None) -> None:
        if logo is None:
            told = message("Ingen logo")
        else:
            told = message("Logo: {kind}, {size} kB", kind=logo.kind.name, size=-(-len(logo.content) // 1000))
        self.logo.setText(self._say(told))

    def _save_text(self, typed: str) -> str:
        place = self._place
        return self._settle(lambda portfolio: settle_text(portfolio, place, typed))

    def _turn_to_place(self) -> None:
        self.text.finish()
        self._place = str(self.place.box.currentData())
        self.text.set_value(self._template.texts.get(self._place, ""))

    def _settle_parts(self, chosen: list[str]) -> None:
        refusal = self._settle(lambda portfolio: settle_parts(portfolio, chosen))
        if refusal:
            self.parts.show_parts(self._template.order)
        self.parts_titled.tell(refusal)

    def _languages(self) -> list[tuple[str, Message]]:
        named = [(code, message("{name}", name=name)) for code, name in LANGUAGES.items()]
        return [("", message("Som vinduet")), *named]

    def _colours(self) -> list[tuple[str, Message]]:
        return [(_OWN, message("Egen farge")), *_COLOURS]

    def _choice(
        self,
        title: Message,
        choices: Iterable[tuple[str, Message]],
        settle: Callable[[Portfolio, str], Edit] | None,
    ) -> _Choice:
        box = QComboBox()
        for value, said in choices:
            box.addItem(self._say(said), value)
        titled = Titled(self._say(title), box)
        if settle is not None:
            box.activated.connect(
                lambda _: titled.tell(self._settle(lambda portfolio: settle(portfolio, str(box.currentData()))))
            )
        return _Choice(titled, box)

    def _connect(self) -> None:
        for at in range(1, self.colour.box.count()):
            swatch = QPixmap(QSize(_SWATCH, _SWATCH))
            swatch.fill(QColor(f"#{self.colour.box.itemData(at)}"))
            self.colour.box.setItemIcon(at, QIcon(swatch))
        self.place.box.activated.connect(lambda _: self._turn_to_place())
        self.in_full.clicked.connect(
            lambda checked: self._settle(lambda portfolio: settle_length(portfolio, in_full=checked))
        )
        self.parts.settled.connect(self._settle_parts)
        self.up.clicked.connect(lambda: self.parts.shift(-1))
        self.down.clicked.connect(lambda: self.parts.shift(1))

    def _lay_out(self) -> None:
        self.parts.setMinimumHeight(_PARTS_HEIGHT)
        self.text.text.setMinimumHeight(_TEXT_HEIGHT)
        self.logo.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(2 * GRID, GRID, 2 * GRID, 2 * GRID)
        lines.setSpacing(GRID)
        for part in (self.name, self.language.titled, self.colour.titled, self.accent, self.typeface.titled):
            lines.addWidget(part)
        lines.addWidget(self.logo)
        lines.addLayout(Flow(self.choose_logo, self.remove_logo))
        lines.addWidget(self.parts_titled)
        lines.addLayout(Flow(self.up, self.down))
        lines.addWidget(self.in_full)
        lines.addWidget(self.place.titled)
        lines.addWidget(self.text)
        lines.addStretch(1)
