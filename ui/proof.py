"""Proof-reading of a text while it is written: read when typing rests, marked in the text, listed beneath it.

Must not know a rule: it is given what reads.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from tracker.checking import Control
from ui.fields import TextField
from ui.text_findings import TextFindings
from ui.text_marks import TextMarks, explained
from ui.words import Say

Reader = Callable[[str], Control]
"""Reads a text; answers with what disagrees and what was put aside, in the order of the text."""

_RESTED_MS = 250
"""So short that a finding comes while one still thinks of the sentence, so long that no keystroke waits for it."""


class Proof(QObject):
    """What is found in one text field. `findings` is the list that stands beneath it."""

    def __init__(self, field: TextField, say: Say) -> None:
        super().__init__(field)
        self._field, self._say = field, say
        self._reader: Reader = lambda _: Control()
        self._can_dismiss = False
        self._found = Control()
        self.marks = TextMarks(field.text, say)
        self.findings = TextFindings(say)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_RESTED_MS)
        self._rest.timeout.connect(self.read)
        field.text.textChanged.connect(self._rest.start)
        self.marks.reached.connect(self._on_marks_reached)
        self.findings.chosen.connect(self._on_findings_chosen)

    @property
    def is_read(self) -> bool:
        """Whether what is marked is what the text says now."""
        return not self._rest.isActive()

    def show_reader(self, reader: Reader, *, can_dismiss: bool) -> None:
        """Read with other figures, or another project's text, now."""
        self._reader, self._can_dismiss = reader, can_dismiss
        self.read()

    def read(self) -> None:
        """Read the text as it stands."""
        self._rest.stop()
        text = self._field.typed
        self._found = self._reader(text)
        flags = list(self._found.flags)
        self.findings.show_findings(
            flags, self._found.put_aside, has_text=bool(text.strip()), can_dismiss=self._can_dismiss
        )
        self.marks.show_flags(flags)

    def _on_marks_reached(self, at: int) -> None:
        """Say what the cursor came to, and point to it in the list."""
        self._field.describe("" if at < 0 else explained(self._found.flags[at], self._say))
        self.findings.point_to(at)

    def _on_findings_chosen(self, at: int) -> None:
        self.marks.select(at)
        self._field.text.setFocus()
