"""Says what a report holds in one language, in letters that its pages can show.

Must not know where anything stands on a page.
"""

from __future__ import annotations

from db.pdf.letters import Letters
from db.report_cells import in_words
from tracker.messages import Message
from tracker.report.content import Cell, Column, KeyFigure, Say


class Words:
    """A language and the letters of a font."""

    def __init__(self, say: Say, letters: Letters) -> None:
        self._say, self._letters = say, letters

    def said(self, text: str | Message) -> str:
        """Return a text or a message as it is printed."""
        return self._letters.printable(text if isinstance(text, str) else self._say(text))

    def cell(self, cell: Cell, column: Column) -> str:
        """Return a cell as it is printed."""
        return self._letters.printable(in_words(cell, column, self._say))

    def figure(self, figure: KeyFigure) -> str:
        """Return a key figure as it is printed, `-` where it isn't known."""
        return self.cell(figure.value, Column(key="", title=figure.title, kind=figure.kind, dash=True))
