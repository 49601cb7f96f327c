"""The lineage of a journal's entry as JSON, and back.

Must not know what it means. How it is written never changes: the entry's hash covers it.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from db.records import KINDS, TABLES
from tracker.merging.lineage import NO_LINEAGE, Author, ForeignEdit, Lineage, Place, Short
from tracker.plain import canonical, message_of, moment_of, plain_message

_SHORT_BYTES = 8
_MOST_KNOWN = 1_000_000


def write_lineage(lineage: Lineage) -> str:
    """Write a lineage as JSON; nothing for an edit of one's own."""
    if not lineage:
        return ""
    values: dict[str, object] = {
        "edits": [_edit(one) for one in lineage.edits],
        "kept": list(map(_place, lineage.kept)),
        "waiting": [[edit, _place(place)] for edit, place in lineage.waiting],
        "settled": [[edit, _place(place)] for edit, place in lineage.settled],
        "undid": lineage.undid,
        "known": pack(lineage.known),
        "portfolio": lineage.portfolio,
        "package": lineage.package,
        "seen": lineage.seen,
    }
    return canonical({name: value for name, value in values.items() if value})


@lru_cache(maxsize=1024)
def read_lineage(text: str) -> Lineage:
    """Read a lineage back; one that was read lately isn't read again, since every plan asks for all of them.

    Raises ValueError, KeyError or TypeError when it is none.
    """
    if not text:
        return NO_LINEAGE
    values: dict[str, Any] = json.loads(text)
    return Lineage(
        edits=tuple(map(_edit_of, values.get("edits", ()))),
        kept=tuple(map(_place_of, values.get("kept", ()))),
        waiting=tuple((_text(edit), _place_of(place)) for edit, place in values.get("waiting", ())),
        settled=tuple((_text(edit), _place_of(place)) for edit, place in values.get("settled", ())),
        undid=_text(values.get("undid", "")),
        known=unpack(_text(values.get("known", ""))),
        portfolio=_text(values.get("portfolio", "")),
        package=_text(values.get("package", "")),
        seen=_text(values.get("seen", "")),
    )


def pack(known: Iterable[Short]) -> str:
    """Write what edits are known by as one text: eight bytes each, in order, as base64."""
    return base64.b64encode(b"".join(bytes.fromhex(one) for one in sorted(known))).decode()


def unpack(text: str) -> frozenset[Short]:
    """Read back what edits are known by.

    Raises ValueError when the text isn't what `pack` writes, or says that more is known than anybody has done.
    """
    data = base64.b64decode(text, validate=True)
    if len(data) % _SHORT_BYTES or len(data) > _SHORT_BYTES * _MOST_KNOWN:
        raise ValueError(len(data))
    return frozenset(data[at : at + _SHORT_BYTES].hex() for at in range(0, len(data), _SHORT_BYTES))


def _edit(one: ForeignEdit) -> list[object]:
    author = one.author
    told = [author.edit, author.who, author.at.isoformat(), plain_message(author.label)]
    return [*told, list(map(_place, one.took)), list(map(_place, one.agreed))]


def _edit_of(values: Any) -> ForeignEdit:  # noqa: ANN401  what JSON holds
    edit, who, at, label, took, agreed = values
    author = Author(edit=_text(edit), who=_text(who), at=moment_of(at), label=message_of(label))
    return ForeignEdit(author=author, took=tuple(map(_place_of, took)), agreed=tuple(map(_place_of, agreed)))


def _place(place: Place) -> list[str]:
    return [TABLES[place.kind], place.key, place.unit]


def _place_of(values: Any) -> Place:  # noqa: ANN401  what JSON holds
    table, key, unit = values
    return Place(KINDS[table], _text(key), _text(unit))


def _text(value: Any) -> str:  # noqa: ANN401  what JSON holds
    """Return a text as it is.

    Raises TypeError for anything else, which would be met far from here.
    """
    if not isinstance(value, str):
        raise TypeError(value)
    return value
