"""That every look can be read."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPalette
from pytestqt.qtbot import QtBot

from tracker.flags import Severity
from tracker.kinds import Light
from ui import theme
from ui.marks import Mark, MarkIcon, sign_size


def luminance(colour: str) -> float:
    parts = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in QColor(colour).getRgbF()[:3]
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("look", theme.THEMES)
def test_every_text_can_be_read_in_every_look(look: theme.Theme) -> None:
    grounds = (look.window, look.base, look.button)
    pairs = [(ink, ground) for ink in (look.text, look.muted, look.accent) for ground in grounds]
    inks = (look.selected, look.selected_inactive, *look.marks.values())
    pairs += [(ink.text, ink.fill) for ink in inks]
    assert {pair: contrast(*pair) for pair in pairs if contrast(*pair) < 4.5} == {}
    assert set(look.marks) == {*Severity, *Light}
    assert theme.theme_of(theme.palette_of(look)) is look


@pytest.mark.parametrize("mark", [*Severity, *Light])
@pytest.mark.parametrize("look", theme.THEMES)
def test_every_mark_is_seen_where_it_stands_without_its_pill(look: theme.Theme, mark: Mark, qtbot: QtBot) -> None:
    assert qtbot is not None
    palette = theme.palette_of(look)
    picture = MarkIcon(mark, palette).pixmap(16, 16).toImage()
    colours = [picture.pixelColor(x, y) for x in range(16) for y in range(16)]
    painted = {colour.name() for colour in colours if colour.alpha() == 255}
    for ground in (look.window, look.base, look.button):
        assert max(contrast(colour, ground) for colour in painted) >= 4.5


def test_a_mark_grows_with_the_text_that_it_stands_before(qtbot: QtBot) -> None:
    assert qtbot is not None
    small, large = QFont(), QFont()
    large.setPointSizeF(2 * small.pointSizeF())
    sides = [sign_size(QFontMetrics(font)).width() for font in (small, large)]
    assert sides[1] >= 1.7 * sides[0]
    icon = MarkIcon(Severity.WARNING, QPalette())
    assert icon.actualSize(sign_size(QFontMetrics(large))).width() == sides[1]
