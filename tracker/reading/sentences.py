"""A text as sentences: where each begins, and the headings that stand in it.

Must not know what a word means.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

# A full stop ends a sentence unless it follows a known abbreviation, an initial or an ordinal; some texts have lost
# the space after it.
_END = re.compile(r"[.!?…][\"»”)]*(?:\s+(?=[\"«“(–-]?\s?[A-ZÆØÅ0-9])|(?=[A-ZÆØÅ]))")
_ABBREVIATED = frozenset(
    [
        "ca",
        "evt",
        "bl.a",
        "jf",
        "nr",
        "pr",
        "st",
        "ifm",
        "ifht",
        "f.eks",
        "dvs",
        "inkl",
        "ekskl",
        "eks",
        "avd",
        "adm",
        "vedr",
        "gj",
        "hhv",
        "ihht",
        "iht",
        "spm",
        "o.l",
        "m.m",
        "m.fl",
        "mv",
    ]
)
# Before a figure more words are shortened, and a day stands before its month.
_BEFORE_FIGURE = frozenset(
    [
        "kl",
        "tlf",
        "maks",
        "min",
        "art",
        "kap",
        "pkt",
        "rev",
        "bud",
        "budsj",
        "regn",
        "rek",
        "oppr",
        "just",
        "est",
        "tot",
        "kv",
        "kr",
        "tkr",
        "ferdig",
        "jan",
        "feb",
        "febr",
        "mars",
        "apr",
        "jun",
        "jul",
        "aug",
        "sept",
        "sep",
        "okt",
        "nov",
        "des",
    ]
)
_LABEL = re.compile(r"[ \t•*–-]*(?P<label>[A-ZÆØÅ0-9«“\"(][^:!?\n]{1,80}):(?=\s|[A-ZÆØÅ])")
_DASH_LABEL = re.compile(
    r"[ \t•*–-]*(?P<label>[A-ZÆØÅ0-9«“\"(][^:!?\n]{1,60}?)\s[-–]\s(?=(?:Dette|Prosjektet|Det|Tiltaket|Er|Ble)\b)"
)
_CODE_LABEL = re.compile(r"[ \t•*–-]*(?P<label>[A-ZÆØÅ]\d{5}\b[^.:!?\n]{0,80}?)(?=\s+[–-]\s|:|$)")
_LONGEST = 12
_REMEMBERED = 8192
_TAG = re.compile(r"<[^<>]{1,40}>|&[a-zA-Z#0-9]{2,8};")


def sentences_of(text: str) -> Iterator[tuple[int, str]]:
    """Yield the sentences of a text, each where it begins. Tags are blanked, so that places stay true."""
    plain = _TAG.sub(_blanks, text) if "<" in text or "&" in text else text
    at = 0
    for line in plain.split("\n"):
        for start, sentence in _in_line(line):
            yield at + start, sentence
        at += len(line) + 1


@lru_cache(maxsize=_REMEMBERED)
def _in_line(line: str) -> tuple[tuple[int, str], ...]:
    """Return the sentences of a line: the same wherever it stands."""
    return tuple((start, line[start:end]) for start, end in _split(line))


def labels_of(sentence: str) -> tuple[tuple[int, str], ...]:
    """Return the headings in a sentence, each where what stands under it begins: «I41042 Sagstien: …»."""
    found: list[tuple[int, str]] = []
    start = 0
    while True:
        one = _label_at(sentence, start)
        if one is None:
            return tuple(found)
        found.append((one.end(), one["label"].strip()))
        start = one.end() + 1


def _label_at(sentence: str, start: int) -> re.Match[str] | None:
    if ":" in sentence[start:]:
        found = _LABEL.match(sentence, start)
        if found is not None:
            return found
    if " - " in sentence[start:] or " – " in sentence[start:]:
        found = _DASH_LABEL.match(sentence, start)
        if found is not None:
            return found
    return _CODE_LABEL.match(sentence, start)


def _blanks(found: re.Match[str]) -> str:
    return " " * len(found.group())


def _split(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for stop in _END.finditer(text):
        end = stop.start()
        end += 1
        if stop.end() == end and not (text[end - 2].islower() or text[end - 2] in ")0123456789"):
            continue
        if text[end - 1] == "." and _is_abbreviated(
            text[max(start, end - _LONGEST) : end - 1], text[stop.end() : stop.end() + 1]
        ):
            continue
        if end > start:
            yield start, end
        start = stop.end()
    if start < len(text):
        yield start, len(text)


def _is_abbreviated(before: str, following: str) -> bool:
    """Whether a full stop is that of an abbreviation, an initial, or a day before its month."""
    word = before[max(before.rfind(" "), before.rfind("(")) + 1 :].casefold()
    if word in _ABBREVIATED or (len(word) == 1 and word.isalpha()):
        return True
    return following.isdigit() and (word in _BEFORE_FIGURE or (word.isdigit() and len(word) <= 2))  # noqa: PLR2004
