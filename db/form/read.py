"""Reads a form that came back, in the process that a foreign workbook may bring down; never in the window's own.

Must not know what an answer means: `tracker.forms.reading` does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from db.foreign.limited import ENDED
from db.foreign.process import BrokenOffError, Foreign
from db.sheets.book_sheet import reading
from db.trouble import known_trouble
from tracker.forms.cells import FormSheet
from tracker.forms.reading import read_sheets
from tracker.forms.returned import FormReturn
from tracker.messages import Refusal, message

KINDS = frozenset({".xlsx", ".xlsm", ".xls", ".xlsb", ".ods"})
_SEPARATED = frozenset({".csv", ".txt", ".tsv"})
_SIGNS = re.compile(rb'"_tertial"|_tertial:[0-9]{1,4}:[0-9a-f]{8}')
_MOST_LOOKED_AT = 64 * 1024 * 1024
_STEP = 1024 * 1024


def read_form(path: Path) -> FormReturn:
    """Read a form.

    Raises Refusal when it is none, or can't be read with certainty; Trouble when the file can't be opened.
    """
    return read_sheets(path.name, sheets_of(path))


def sheets_of(path: Path) -> list[FormSheet]:
    """Return every sheet of a workbook, hidden ones too.

    Raises Refusal when it is no workbook, or damaged or dangerous; Trouble when the file can't be opened.
    """
    with known_trouble(path):
        path.open("rb").close()
        if path.suffix.casefold() in _SEPARATED:
            raise Refusal(
                message(
                    "{file} er lagret som tekst, og da følger ikke skjemaet med: lagre det som Excel.", file=path.name
                )
            )
        if path.suffix.casefold() not in KINDS:
            raise Refusal(message("{file} er ikke et regneark: velg skjemaet som kom tilbake.", file=path.name))
        with reading(path, "", "cells") as reader:
            return list(_sheets(reader, path))


def _sheets(reader: Foreign, path: Path) -> Iterator[FormSheet]:
    while True:
        try:
            said = reader.told()
        except BrokenOffError:
            raise _unreadable(path) from None
        if said == ENDED:
            return
        if not isinstance(said, tuple):
            raise _refused(said, path)
        name, cells, unsolved, merged = said
        yield FormSheet(
            name=name,
            cells=cells,
            unsolved=frozenset(unsolved or ()),
            merged=tuple(merged),
            is_exact=unsolved is not None,
        )


def _refused(said: object, path: Path) -> Refusal:
    if said == "password":
        return Refusal(message("{file} er låst med passord: be om skjemaet uten passord.", file=path.name))
    if said == "large":
        return Refusal(message("{file} har langt flere celler enn et skjema, så den leses ikke.", file=path.name))
    return _unreadable(path)


def _unreadable(path: Path) -> Refusal:
    return Refusal(
        message("{file} kan ikke leses: åpne skjemaet i Excel, lagre det på nytt, og prøv igjen.", file=path.name)
    )
