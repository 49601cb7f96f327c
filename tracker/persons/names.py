"""Names of people in fields and in running text: where one stands for certain, where it may, and another in its place.

Must not know which field a text is from. A name that is part of a longer name is somebody else's.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

_BETWEEN = re.compile(r"\s*(?:[,;/&+\n]|\bog\b|\band\b)\s*", re.IGNORECASE)
_REVERSED = re.compile(r"(?P<last>\w[\w-]*),\s*(?P<first>\w[\w-]*(?:\s+\w[\w-]*)*)")
_BESIDE = re.compile(r"\s*\([^)]*\)\s*$")
_GENITIVE = r"(?P<genitive>['’]s|s|['’])?"
_LONGER_AFTER = re.compile(r"[-'’]\w|[ \u00a0]+(?P<next>\w)")
_NEXT_WORD = re.compile(r"[ \u00a0]+(?P<word>\w[\w.-]*)")
_WORD_BEFORE = re.compile(r"(?P<word>\w[\w.-]*)[ \u00a0]+$")
_SENTENCE_BEGINS = re.compile(r"(?:^|[.!?:\n•–-])\s*$")
_ROLES = ("leder", "sjef", "ansvarlig", "ingeniør", "arkitekt", "direktør", "rådgiver", "controller", "mester")
_OPENING = re.compile(
    "at|av|både|da|der|enten|etter|for|fra|hei|hos|hverken|ifølge|jf|kontakt|med|"
    "men|mens|nå|når|og|også|ring|se|siden|som|spør|takk|til|ved"
)
"""Words that begin a sentence and are no first name."""
_SHORTEST_SURNAME = 3


@dataclass(frozen=True, slots=True)
class Mention:
    """Where a name stands in a text, from one letter to another; not certain where it may be somebody else's."""

    start: int
    end: int
    is_certain: bool


def key_of(name: str) -> str:
    """Return a name as it is compared: however it is spaced, and in small letters."""
    return " ".join(unicodedata.normalize("NFC", name).split()).casefold()


def people_in(field: str) -> tuple[str, ...]:
    """Return the names in a field that holds names: one, or several with a comma, a stroke or «og» between.

    «Nordmann, Kari» is one name, told as «Kari Nordmann».
    """
    turned = _turned(field)
    if turned:
        return (turned,)
    found = (" ".join(_BESIDE.sub("", part).split()) for part in _BETWEEN.split(field))
    return tuple(filter(None, found))


@dataclass(frozen=True)
class Person:
    """A person by every name that they stand with: «Kari Nordmann», and the user name of their machine."""

    names: tuple[str, ...]

    @classmethod
    def called(cls, *names: str) -> Person:
        """Return the person of some names, empty ones left out and each once."""
        given = {key_of(name): " ".join(name.split()) for name in names if name.strip()}
        return cls(tuple(given.values()))

    @cached_property
    def keys(self) -> frozenset[str]:
        """The names as they are compared."""
        return frozenset(map(key_of, self.names))

    @cached_property
    def _whole(self) -> tuple[re.Pattern[str], ...]:
        return tuple(map(_whole, self.names))

    @cached_property
    def _partial(self) -> tuple[re.Pattern[str], ...]:
        return tuple(pattern for name in self.names for pattern in _partial(name))

    def is_alone(self, text: str) -> bool:
        """Whether a text is the person's name and nothing else."""
        return key_of(text) in self.keys

    def mentions(self, text: str) -> list[Mention]:
        """Return where the person is named in a text, in order: for certain, or perhaps."""
        found: list[Mention] = []
        for pattern in self._whole:
            found += [
                Mention(one.start("name"), one.end("name"), not (_is_word(one["name"]) or _is_of_longer(text, one)))
                for one in pattern.finditer(text)
                if not _overlaps(one.span("name"), found)
            ]
        for pattern in self._partial:
            found += [
                Mention(*one.span(), is_certain=False)
                for one in pattern.finditer(text)
                if not _overlaps(one.span(), found) and not _is_somebody_elses(text, one, self.keys)
            ]
        return sorted(found, key=lambda one: one.start)

    def stands_in(self, field: str) -> bool:
        """Whether the person is named in a field that holds names."""
        return next(self._in_names(field), None) is not None

    def renamed(self, field: str, by: str) -> str:
        """Return a field that holds names with another name for the person's."""
        return _replaced(field, self._in_names(field), by)

    def rewritten(self, text: str, by: str) -> str:
        """Return a running text with another name wherever the person is named for certain."""
        return _replaced(text, (one for one in self.mentions(text) if one.is_certain), by)

    def _in_names(self, field: str) -> Iterator[Mention]:
        if key_of(_turned(field)) in self.keys:
            yield Mention(0, len(field), is_certain=True)
            return
        at, spans = 0, []
        for between in (*_BETWEEN.finditer(field), None):
            end = len(field) if between is None else between.start()
            part = _BESIDE.sub("", field[at:end])
            inner = len(part) - len(part.lstrip())
            if key_of(part) in self.keys:
                spans.append(Mention(at + inner, at + len(part.rstrip()), is_certain=True))
            at = len(field) if between is None else between.end()
        spans += [one for one in self.mentions(field) if one.is_certain and not _overlaps((one.start, one.end), spans)]
        yield from sorted(spans, key=lambda one: one.start)


def _turned(field: str) -> str:
    """Return a name that is written with the surname first as it is said, empty where the field is no such name."""
    found = _REVERSED.fullmatch(field.strip())
    if found is None or not all(word[0].isupper() for word in found.group().replace(",", " ").split()):
        return ""
    return " ".join((found["first"], found["last"]))


def _whole(name: str) -> re.Pattern[str]:
    """Return what finds a name; one word alone is only found as it is written, since it may be a word."""
    words = name.split()
    joined = r"\s+".join(map(re.escape, words))
    return re.compile(rf"(?<!\w)(?P<name>{joined}){_GENITIVE}(?!\w)", re.IGNORECASE if len(words) > 1 else 0)


def _partial(name: str) -> Iterator[re.Pattern[str]]:
    """Yield what finds a part of a name that may be meant: the surname, and the name as an address has it."""
    words = name.split()
    if len(words) > 1:
        yield re.compile(rf"(?<!\w){r'[._-]'.join(map(re.escape, words))}(?!\w)", re.IGNORECASE)
        if len(words[-1]) >= _SHORTEST_SURNAME:
            yield re.compile(rf"(?<!\w){re.escape(words[-1])}(?=(?:['’]s|s|['’])?(?!\w))")


def _is_word(name: str) -> bool:
    """Whether a name may be any word of a text: a user name of small letters alone."""
    return name.isalpha() and name.islower()


def _is_of_longer(text: str, found: re.Match[str]) -> bool:
    """Whether a name goes on before or after what was found: «Anne Kari Nordmann», «Kari Nordmann-Hansen»."""
    after = _LONGER_AFTER.match(text, found.end())
    if after is not None and (after["next"] is None or (after["next"].isupper() and not found["genitive"])):
        return True
    before = text[: found.start("name")]
    if before.endswith(("-", "'", "’")) and before[-2:-1].isalnum():
        return True
    word = _WORD_BEFORE.search(before)
    return word is not None and _may_be_first_name(word["word"], begins=_begins(before, word))


def _is_somebody_elses(text: str, found: re.Match[str], keys: frozenset[str]) -> bool:
    """Whether a surname follows another's first name or begins a firm's: «Per Nordmann», «Nordmann Bygg AS»."""
    after = _NEXT_WORD.match(text, found.end())
    word = _WORD_BEFORE.search(text[: found.start()])
    beside = [] if after is None or not after["word"][0].isupper() else [after["word"]]
    if word is not None and _may_be_first_name(word["word"], begins=_begins(text[: found.start()], word)):
        beside.append(word["word"])
    return not all(any(key.startswith(one.casefold().rstrip(".")) for key in keys) for one in beside)


def _may_be_first_name(word: str, *, begins: bool) -> bool:
    if not word[0].isupper() or (len(word) > 1 and word.isupper()) or word.casefold().endswith(_ROLES):
        return False
    return not (begins and _OPENING.fullmatch(word.casefold()))


def _begins(before: str, word: re.Match[str]) -> bool:
    return _SENTENCE_BEGINS.search(before[: word.start()]) is not None


def _overlaps(span: tuple[int, int], found: Iterable[Mention]) -> bool:
    return any(span[0] < one.end and one.start < span[1] for one in found)


def _replaced(text: str, places: Iterable[Mention], by: str) -> str:
    for one in sorted(places, key=lambda one: one.start, reverse=True):
        text = f"{text[: one.start]}{by}{text[one.end :]}"
    return text
