"""The names of a portfolio's projects, to be found where a sentence begins with one, in any form and order.

Must not know what a sentence says.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from tracker.proofing.naming import stem_of

_WORD = re.compile(r"[^\W_]+")
_DASH = re.compile(r"\s[-–—]\s")
_LOOKED_AT = 80
_LEAST = 8
_SMALL = frozenset(
    {"på", "ved", "for", "til", "i", "og", "av", "over", "under", "med", "fra", "frå", "prosjektet", "prosjekt"}
)


class OtherNames:
    """Names by their words. All projects of a portfolio share one: a project's own name is no other's."""

    __slots__ = ("_by_stem",)

    def __init__(self, names: Iterable[str] = ()) -> None:
        self._by_stem: dict[str, list[tuple[str, frozenset[str]]]] = defaultdict(list)
        for name in names:
            stems = _stems(_DASH.split(name)[0])
            if len("".join(stems)) >= _LEAST:
                self._by_stem[min(stems)].append((name, frozenset(stems)))

    def first_in(self, text: str, *, own: str) -> str | None:
        """Return the project, not the own, whose name stands at the very beginning of a text, else None."""
        if not self._by_stem:
            return None
        ahead = _stems(text[:_LOOKED_AT])
        if self._by_stem.keys().isdisjoint(ahead):
            return None
        own_stems = frozenset(_stems(own))
        for stem in dict.fromkeys(ahead):
            for name, stems in self._by_stem.get(stem, ()):
                begins = frozenset(ahead[: len(stems)])
                if name != own and begins == stems and not stems <= own_stems:
                    return name
        return None


def _stems(text: str) -> list[str]:
    return [stem_of(word) for word in _WORD.findall(text.casefold()) if word not in _SMALL]
