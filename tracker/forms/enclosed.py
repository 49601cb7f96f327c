"""What travels hidden with a form: its header, what stood in every field, and what else was written on its sheets.

Packed as text that any spreadsheet program keeps as it is, in pieces that a cell holds, each knowing its place.
Must not know where the pieces stand.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import re
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tracker.forms.form import FORMAT, Form, FormHeader
from tracker.forms.marks import PREFIX, short_id
from tracker.forms.questions import QUESTION
from tracker.messages import Refusal, message
from tracker.model import ProjectId
from tracker.periods import parse_period
from tracker.plain import canonical

_LONGEST_PIECE = 29_000
_MOST_UNPACKED = 64 * 1024 * 1024
_PIECE = re.compile(
    r"_tertial:(?P<format>[0-9]{1,4}):(?P<form>[0-9a-f]{8})#(?P<at>[0-9]{1,5})/(?P<of>[0-9]{1,5}):"
    r"(?P<sum>[0-9a-f]{16}):(?P<packed>[A-Za-z0-9+/=]*)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Enclosed:
    """What a form knows of itself when it comes back.

    `base` is what stood in each question of each project, `sizes` about how large a project is in kroner, `printed`
    the fingerprints of all that was written and is no answer.
    """

    header: FormHeader
    names: Mapping[ProjectId, str]
    base: Mapping[ProjectId, Mapping[str, str]]
    sizes: Mapping[ProjectId, int]
    printed: frozenset[str] = frozenset()


def enclosed_of(form: Form, printed: Iterable[str]) -> Enclosed:
    """Return what travels with a form on whose sheets these fingerprints stand."""
    return Enclosed(
        header=form.header,
        names={one.project.id: one.project.name for one in form.projects},
        base={one.project.id: dict(one.base) for one in form.projects},
        sizes={
            one.project.id: max(
                abs(one.figures.total_budget or 0), abs(one.figures.revised_budget), abs(one.figures.actual)
            )
            for one in form.projects
        },
        printed=frozenset(printed),
    )


def in_pieces(enclosed: Enclosed) -> list[str]:
    """Pack it as texts that a cell holds."""
    header = enclosed.header
    plain = {
        "id": header.id,
        "portfolio": header.portfolio,
        "period": str(header.period),
        "made_for": header.made_for,
        "made_by": header.made_by,
        "made_at": header.made_at.isoformat(),
        "program": header.program,
        "known": header.known,
        "names": dict(enclosed.names),
        "base": {project: dict(base) for project, base in enclosed.base.items()},
        "sizes": dict(enclosed.sizes),
        "printed": sorted(enclosed.printed),
    }
    packed = base64.b64encode(zlib.compress(canonical(plain).encode(), 9)).decode("ascii")
    checksum = hashlib.sha256(packed.encode()).hexdigest()[:16]
    cut = [packed[at : at + _LONGEST_PIECE] for at in range(0, len(packed), _LONGEST_PIECE)]
    begins = f"{PREFIX}{header.format}:{short_id(header.id)}"
    return [f"{begins}#{at}/{len(cut)}:{checksum}:{piece}" for at, piece in enumerate(cut, start=1)]


def enclosed_in(texts: Iterable[str]) -> Enclosed | None:
    """Put what travels with a form together from all texts of a workbook; None when nothing does.

    Raises Refusal when a part is gone or was changed, it is of two forms, or a newer program made it.
    """
    pieces = [found for text in texts if (found := _PIECE.fullmatch("".join(text.split()))) is not None]
    if not pieces:
        return None
    if any(int(piece["format"]) > FORMAT for piece in pieces):
        raise Refusal(message("Skjemaet er laget av en nyere utgave av Tertial: oppdater programmet først."))
    if len({piece["form"] for piece in pieces}) > 1:
        raise Refusal(
            message("Arbeidsboken er satt sammen av flere skjemaer: hent dem inn hver for seg, slik de ble sendt ut.")
        )
    return _read(_joined(pieces), form=pieces[0]["form"])


def _joined(pieces: Sequence[re.Match[str]]) -> str:
    by_place = {int(piece["at"]): piece["packed"] for piece in pieces}
    packed = "".join(by_place[at] for at in sorted(by_place))
    is_whole = sorted(by_place) == list(range(1, int(pieces[0]["of"]) + 1))
    if not is_whole or hashlib.sha256(packed.encode()).hexdigest()[:16] != pieces[0]["sum"]:
        raise _damaged()
    return packed


def _read(packed: str, *, form: str) -> Enclosed:
    unpack = zlib.decompressobj()
    try:
        text = unpack.decompress(base64.b64decode(packed, validate=True), _MOST_UNPACKED)
        if not unpack.eof:
            raise _damaged()
        found = _enclosed(json.loads(text))
    except (binascii.Error, zlib.error, ValueError, TypeError, KeyError, AttributeError, RecursionError, OverflowError):
        raise _damaged() from None
    if short_id(found.header.id) != form:
        raise _damaged()
    return found


def _enclosed(plain: Any) -> Enclosed:  # noqa: ANN401  what JSON holds
    header = FormHeader(
        id=_text(plain["id"]),
        portfolio=_text(plain["portfolio"]),
        period=parse_period(_text(plain["period"])),
        made_for=_text(plain["made_for"]),
        made_by=_text(plain["made_by"]),
        made_at=datetime.fromisoformat(_text(plain["made_at"])),
        program=_text(plain["program"]),
        known=_text(plain["known"]),
    )
    return Enclosed(
        header=header,
        names={ProjectId(project): _text(name) for project, name in plain["names"].items()},
        base={
            ProjectId(project): {question: _stood(question, typed) for question, typed in base.items()}
            for project, base in plain["base"].items()
        },
        sizes={ProjectId(project): int(size) for project, size in plain["sizes"].items()},
        printed=frozenset(map(_text, plain["printed"])),
    )


def _stood(question: str, typed: object) -> str:
    """Return what stood in a question; a part of a deviation is an amount, since it is put together with others."""
    text, asked = _text(typed), QUESTION[question]
    if asked.cause is not None:
        try:
            asked.read(text)
        except Refusal:
            raise ValueError(text) from None
    return text


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _damaged() -> Refusal:
    return Refusal(
        message(
            "Det skjulte arket som hører til skjemaet, er endret eller ufullstendig, så skjemaet kan ikke leses trygt: "
            "be om at det fylles ut i filen som ble sendt ut."
        )
    )
