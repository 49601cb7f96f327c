"""A project's three lights in a row: each a shape, a colour and a word, and a way to set it with a reason.

Must not know how a light is computed, nor how an edit is made.
"""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QVBoxLayout, QWidget

from tracker.kinds import Light
from tracker.lights import Aspect, ShownLight, light_word, light_words
from tracker.messages import message
from tracker.typed import LIGHTS
from ui.asking import FormField
from ui.desk import Desk
from ui.marks import icon_size, paint_shape
from ui.plain import Label, as_it_is
from ui.theme import GRID, Step, sized, theme_of


class LightPill(QAbstractButton):
    """One light: a pill in its colour with its shape and word; without a colour where nothing is known."""

    def __init__(self) -> None:
        super().__init__()
        self._light: Light | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_light(self, light: Light | None, text: str, *, reason: str) -> None:
        """Show a light in words; the reason is in the tip, and said aloud."""
        self._light = light
        self.setText(text)
        self.setAccessibleName(text)
        self.setAccessibleDescription(reason)
        self.setToolTip(as_it_is(reason))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802  Qt's name
        """Return room for the shape and the words."""
        metrics = self.fontMetrics()
        width = metrics.horizontalAdvance(self.text()) + icon_size(metrics) + 3 * GRID
        return QSize(round(width), metrics.height() + GRID)

    def minimumSizeHint(self) -> QSize:  # noqa: N802  Qt's name
        """Never be cut."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  Qt's name
        """Paint the pill; a line around it where the focus is, or where it has no colour."""
        look, palette = theme_of(self.palette()), self.palette()
        ink = None if self._light is None else look.marks[self._light]
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pill = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        line = palette.color(QPalette.ColorRole.Link if self.hasFocus() else QPalette.ColorRole.Mid)
        has_line = self.hasFocus() or ink is None
        painter.setPen(QPen(line, 2.0 if self.hasFocus() else 1.0) if has_line else Qt.PenStyle.NoPen)
        painter.setBrush(Qt.BrushStyle.NoBrush if ink is None else QColor(ink.fill))
        painter.drawRoundedRect(pill, pill.height() / 2, pill.height() / 2)
        left = float(GRID)
        if self._light is not None and ink is not None:
            size = icon_size(self.fontMetrics())
            shape = QRectF(left, pill.center().y() - size / 2, size, size)
            paint_shape(painter, shape, self._light, ink=QColor(ink.text), hole=QColor(ink.fill))
            left += size + GRID / 2
        painter.setPen(QColor(look.muted if ink is None else ink.text))
        painter.drawText(
            pill.adjusted(left, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.text()
        )
        painter.end()


class LightRow(QWidget):
    """Shows lights; `set_asked` comes with the aspect, the light (None: the computed one) and the reason."""

    set_asked = Signal(object, object, str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._say, self._ask = desk.say, desk.ask
        self._shown: Mapping[Aspect, ShownLight] = {}
        self._is_editable = False
        self.pills = {aspect: LightPill() for aspect in Aspect}
        self.reasons = Label()
        self.reasons.setFont(sized(self.reasons.font(), Step.SMALL))
        self.reasons.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.reasons.setWordWrap(True)
        row = QHBoxLayout()
        row.setSpacing(GRID)
        for aspect, pill in self.pills.items():
            row.addWidget(pill)
            pill.clicked.connect(lambda _=False, asked=aspect: self._on_pill_clicked(asked))
        row.addStretch()
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(GRID // 2)
        lines.addLayout(row)
        lines.addWidget(self.reasons)

    def show_lights(self, lights: Mapping[Aspect, ShownLight], *, editable: bool) -> None:
        """Show a project's lights; what somebody set is marked as set, its reason beneath."""
        self._shown, self._is_editable = lights, editable
        for aspect, shown in lights.items():
            self.pills[aspect].show_light(shown.light, self._say(light_words(shown)), reason=self._say(shown.reason))
        told = [
            self._say(message("{aspect} er overstyrt: {reason}", aspect=aspect.title, reason=shown.override.reason))
            for aspect, shown in lights.items()
            if shown.override is not None
        ]
        self.reasons.setText("\n".join(told))
        self.reasons.setVisible(bool(told))

    def _on_pill_clicked(self, aspect: Aspect) -> None:
        shown = self._shown.get(aspect)
        if shown is None:
            return
        if not self._is_editable:
            self._ask.inform(self._say(shown.reason))
            return
        answer = self._ask.form(
            self._say(message("Lys for {aspect}", aspect=self._say(aspect.title).lower())),
            self._fields(shown),
            self._say(message("Sett lys")),
        )
        if answer is not None:
            light = Light(answer["light"]) if answer["light"] else None
            self.set_asked.emit(aspect, light, answer["reason"])

    def _fields(self, shown: ShownLight) -> list[FormField]:
        """Ask for the light and why; only the computed one needs no reason."""
        chosen = [""]

        def remember(light: str) -> str:
            chosen[0] = light
            return ""

        def check_reason(typed: str) -> str:
            if typed or not chosen[0]:
                return ""
            return self._say(message("Skriv hvorfor lyset settes til noe annet enn det beregnede."))

        override = shown.override
        return [
            FormField(
                key="light",
                title=self._say(message("Lys. Beregnet: {reason}", reason=shown.because)),
                value="" if override is None else override.light.value,
                choices=[
                    ("", self._say(message("Beregnet ({light})", light=light_word(shown.computed)))),
                    *((light.value, self._say(title)) for light, title in LIGHTS.items()),
                ],
                check=remember,
            ),
            FormField(
                key="reason",
                title=self._say(message("Hvorfor, slik det skal stå i rapporten")),
                value="" if override is None else override.reason,
                check=check_reason,
            ),
        ]
