"""The sheet of a form that nobody sees: what the reader needs, in pieces, one a cell.

Must not know what is in the pieces.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from tracker.forms.cells import fingerprint
from tracker.forms.enclosed import enclosed_of, in_pieces
from tracker.forms.form import Form
from tracker.messages import message
from tracker.report.content import Say


def write_hidden(sheet: Any, form: Form, printed: Collection[str], *, say: Say) -> None:  # noqa: ANN401  the stubs leave out nearly all
    """Write the sheet, hidden so that it is not unhidden by chance."""
    told = say(message("Tertial leser skjemaet ved hjelp av dette arket: la det stå som det er."))
    sheet.sheet_state = "veryHidden"
    sheet.protection.sheet = True
    sheet["A1"] = told
    for row, piece in enumerate(in_pieces(enclosed_of(form, {*printed, fingerprint(told)})), start=2):
        sheet.cell(row, 1).value = piece
