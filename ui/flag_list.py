"""The flags on the figures of a project: each with its reason, and what usually solves it.

Must not judge: the rules did.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tracker.flags import Flag
from tracker.messages import message
from ui.marks import Notice
from ui.plain import Label
from ui.theme import GRID
from ui.words import Say


class FlagList(QWidget):
    """One notice a flag, the worst first."""

    def __init__(self, say: Say) -> None:
        super().__init__()
        self._say = say
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(GRID // 2)
        self._shown: list[str] | None = None

    def show_flags(self, flags: Sequence[Flag]) -> None:
        """Show a project's flags."""
        sentences = [self._sentence(flag) for flag in flags]
        if sentences == self._shown:
            return
        self._shown = sentences
        while (item := self._lines.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for flag, sentence in zip(flags, sentences, strict=True):
            notice = Notice(sentence, flag.severity)
            notice.setAccessibleName(sentence)
            self._lines.addWidget(notice)
            notice.show()
        if not flags:
            none = Label(self._say(message("Ingen flagg på tallene.")))
            none.setForegroundRole(QPalette.ColorRole.PlaceholderText)
            self._lines.addWidget(none)

    def _sentence(self, flag: Flag) -> str:
        return "\n".join(
            (
                self._say(
                    message(
                        "{severity}: {finding}",
                        severity=flag.severity.word,
                        finding=flag.finding.message,
                    )
                ),
                self._say(flag.rule.remedy),
            )
        )
