"""What F1 does: opens the guide at the page that is about what one is doing, and keeps it open beside.

Must not know what stands in the guide.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog

from tracker.guide import Guide
from tracker.messages import message
from ui.desk import Desk
from ui.help.topics import topic_of
from ui.telling import failing
from ui.words import words_in

if TYPE_CHECKING:
    from ui.help.guide_window import GuideWindow

_PDF = message("PDF (*.pdf)")


class Helping:
    """The guide's window, made when it is first asked for. A dialog that waits for an answer gets one of its own."""

    def __init__(self, desk: Desk, where: Callable[[], tuple[str, str]], tell: Callable[[str], None]) -> None:
        self._desk, self._where, self._tell = desk, where, tell
        self._window: GuideWindow | None = None

    @cached_property
    def _guide(self) -> Guide:
        from db.guide_files import load_guide

        return load_guide()

    def help(self, dialog: QDialog | None = None) -> None:
        """Open the guide at what one is doing: on a page, or in a dialog."""
        page, deed = self._where()
        if dialog is None:
            self.show(topic_of(page))
        else:
            self._open(self._made(dialog), topic_of(page, deed=deed, dialog=getattr(dialog, "help_topic", "")))

    def show(self, topic: str) -> None:
        """Open the guide at a page of it."""
        if self._window is None:
            self._window = self._made(None)
        self._open(self._window, topic)

    def save_all(self) -> None:
        """Ask where, and write the whole guide as PDF."""
        self._save("")

    def close(self) -> None:
        """Close the guide with the window that it is about."""
        if self._window is not None:
            self._window.close()

    def _open(self, window: GuideWindow, topic: str) -> None:
        window.search.clear()
        window.show_topic(topic)
        window.show()
        window.raise_()
        window.activateWindow()
        window.page.setFocus()

    def _made(self, dialog: QDialog | None) -> GuideWindow:
        from ui.help.guide_window import GuideWindow

        is_foreign = self._desk.settings.language != "nb"
        window = GuideWindow(self._guide, self._desk.say, is_foreign=is_foreign, parent=dialog)
        window.pdf_asked.connect(self._save)
        if dialog is not None:
            dialog.finished.connect(window.close)
        return window

    def _save(self, topic: str) -> None:
        """Write a page, or all where none is named."""
        from db.pdf.guide import write_guide_pdf

        say, guide, found = self._desk.say, self._guide, self._guide.topic(topic)
        name = f"{guide.title if found is None else found.title}.pdf"
        path = self._desk.ask.file_to_save(say(message("Lagre veiledningen som PDF")), say(_PDF), name)
        if path is None:
            return
        chosen = path if path.suffix else path.with_suffix(".pdf")
        self._desk.jobs.start(
            lambda: write_guide_pdf(guide, chosen, say=words_in(), topic=topic),
            done=lambda _: self._tell(say(message("Skrev {file}", file=chosen.name))),
            failed=failing(self._desk),
        )
