"""That no window opens with its foot beneath the screen."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QStyle, QWidget
from pytestqt.qtbot import QtBot

from ui.app import make_window
from ui.first_start import FirstStart
from ui.fitting import fitted
from ui.settings import Settings


def test_what_opens_has_room_for_its_frame_on_a_small_screen(qtbot: QtBot, tmp_path: Path) -> None:
    settings = Settings(tmp_path / "settings.json")
    for window in (make_window([], settings=settings), FirstStart(settings)):
        qtbot.addWidget(window)
        room = window.screen().availableSize()
        title = window.style().pixelMetric(QStyle.PixelMetric.PM_TitleBarHeight)
        assert window.height() + title < room.height()
        assert window.width() < room.width()


def test_a_window_is_as_large_as_it_likes_where_there_is_room(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    assert fitted(window, QSize(300, 200)) == QSize(300, 200)
