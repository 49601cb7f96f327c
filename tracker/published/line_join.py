"""Puts wrapped lines together again, so that a word broken at a hyphen becomes one and other words stay apart.

Must not know what the text is about.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

_SEPARATE_WORD = re.compile(r"(?:og|eller|samt|men|til)\b")
_ENDS_IN_WORD = re.compile(r"\S[-/]$|\b(?:og|eller|samt) -$")
_SOFT_HYPHEN = "\u00ad"
_MOST = 0.5


def keeps_spaces(lines: Iterable[str]) -> bool:
    """Whether the lines still end in the space that parted their words, as text taken from a PDF does."""
    written = [line for line in lines if line.strip()]
    return sum(line[-1].isspace() for line in written) > _MOST * len(written)


def join_lines(lines: Sequence[str], *, spaces_kept: bool) -> str:
    """Join wrapped lines; runs of white space become one space, and a soft hyphen at a line's end goes.

    Where lines keep their trailing space, its absence after a hyphen or slash means that the word goes on. Where an
    editor took the spaces away, a hyphen or slash in a word joins, unless `og`, `eller`, `samt`, `men` or `til`
    follows a hyphen (`vann- og`); a dash between spaces does not, unless a word stands before it that wants the rest
    of a compound (`oppbevaring og -produksjon`).
    """
    joined = ""
    for line in lines:
        words = line.strip()
        if not words:
            continue
        if joined.endswith(_SOFT_HYPHEN):
            joined = joined[:-1] + words
        elif not joined or _goes_on(joined, words, spaces_kept=spaces_kept):
            joined += words
        else:
            joined += f" {words}"
        if spaces_kept and line[-1].isspace():
            joined += " "
    return " ".join(joined.split())


def _goes_on(before: str, after: str, *, spaces_kept: bool) -> bool:
    if spaces_kept:
        return before.endswith(("-", "/"))
    follows_hyphen = before.endswith("-") and _SEPARATE_WORD.match(after) is not None
    return _ENDS_IN_WORD.search(before) is not None and not follows_hyphen
