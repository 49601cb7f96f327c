"""Turns a report's cells into the texts that are printed: amounts in thousands, Norwegian numbers, marks with a tone.

Must not know where a cell stands on a page.
"""

from __future__ import annotations

from db.pdf.letters import Letters
from tracker.messages import Message
from tracker.money import in_thousands, write_number
from tracker.quarters import Quarter, State, UnreadCompletion, write_completion
from tracker.report.content import Cell, Column, ColumnKind, LogoKind, Mark, Say

LOGO_KINDS = {LogoKind.PNG: "png", LogoKind.JPEG: "jpg", LogoKind.SVG: "svg"}
"""What typst calls the kinds of picture."""
_TENTHS_OF_PERCENT = 1000


class Words:
    """Says everything in one language, in letters that can be shown."""

    def __init__(self, say: Say, letters: Letters) -> None:
        self._say, self._letters = say, letters

    def said(self, text: str | Message) -> str:
        """Return a text or a message as it is printed."""
        return self._letters.printable(text if isinstance(text, str) else self._say(text))

    def cell(self, cell: Cell, column: Column) -> str:
        """Return a cell as it is printed; a missing figure is `-` where the column says so."""
        if cell is None:
            return "-" if column.dash else ""
        if isinstance(cell, str | Message):
            return self.said(cell)
        if isinstance(cell, Quarter | State | UnreadCompletion):
            return self.said(write_completion(cell))
        if isinstance(cell, Mark):
            return f"{cell.sign}\u00a0{self.said(cell.words)}"
        return self.figure(cell, column.kind)

    def figure(self, value: float | None, kind: ColumnKind) -> str:
        """Return a figure as it is printed."""
        if value is None:
            return "-"
        if kind is ColumnKind.PERCENT:
            return percent(value)
        return write_number(in_thousands(int(value)) if kind is ColumnKind.THOUSANDS else int(value))


def percent(share: float) -> str:
    """Write a share as a percentage with one decimal: 0.825 is `82,5 %`."""
    tenths = round(share * _TENTHS_OF_PERCENT)
    sign = "\u2212" if tenths < 0 else ""
    return f"{sign}{write_number(abs(tenths) // 10)},{abs(tenths) % 10}\u00a0%"
