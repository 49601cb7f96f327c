"""SAF-T Financial, the Norwegian tax authority's exchange file, as a sheet: a row a line of a voucher.

It is read in a process of its own (`saft_reader`): XML can be made to grow without end. The analysis type that means
project takes the place of a sheet's name. Must not know what is done with a row.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from db.foreign.limited import ENDED
from db.foreign.process import BrokenOffError, Foreign, foreign
from db.sheets.book_sheet import too_slow
from db.sheets.sheet import Rows, Sheet
from tracker.messages import Refusal, message


@contextmanager
def saft_sheet(path: Path, analysis: str | None) -> Iterator[Sheet]:
    """Open a SAF-T file as a sheet of one analysis type, the one that means project unless another is named.

    Raises Refusal when it is no SAF-T file, or has no such analysis.
    """
    with foreign(Path(__file__).with_name("saft_reader.py"), path.absolute(), analysis or "") as reader:
        told = _told(reader, path)
        if isinstance(told, dict):
            raise _without_project(told, path)
        if not isinstance(told, tuple):
            raise _refused(path)
        chosen, types = told
        yield Sheet(name=chosen, others=tuple(types), stretches=_stretches(reader, path))


def _stretches(reader: Foreign, path: Path) -> Iterator[Rows]:
    while (stretch := _told(reader, path)) != ENDED:
        if not isinstance(stretch, list):
            raise _refused(path)
        yield stretch


def _told(reader: Foreign, path: Path) -> object:
    try:
        return reader.told()
    except BrokenOffError as broken:
        raise too_slow(path) if broken.is_slow else _refused(path) from None


def _without_project(types: Mapping[str, str], path: Path) -> Refusal:
    return Refusal(
        message(
            "{file} har ingen analyse for prosjekt: velg en av {known}.",
            file=path.name,
            known=", ".join(f"{name} ({told})" if told else name for name, told in types.items()) or "-",
        )
    )


def _refused(path: Path) -> Refusal:
    return Refusal(message("{file} er ikke en SAF-T-fil: ta den ut av regnskapet på nytt.", file=path.name))
