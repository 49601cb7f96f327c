"""Projects by the names that running text gives them: whole, by the part before the dash, bent as Norwegian bends them.

Must not know a sentence. A name that several projects could have is nobody's.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tracker.model import Project, ProjectId

_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_PARTS = re.compile(r"\s+[-–—]\s+|\s*[–—]\s*")
_SMALL = frozenset({"av", "og", "for", "på", "i", "til", "fra", "med", "den", "det"})
_LEAST_LETTERS = 5
_LEAST_WORDS = 3
_LEAST_ALONE = 16
_ENDINGS = ("s", "en", "ene", "et", "ens", "ets", "enes", "a", "n", "t")
_LEAST_BENT = 4

Form = tuple[str, ...]
"""The words of a name that count, in small letters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A stretch of a text that names a project, or several that share the name."""

    start: int
    end: int
    projects: frozenset[ProjectId]

    @property
    def project(self) -> ProjectId | None:
        """The project, if it is one."""
        return next(iter(self.projects)) if len(self.projects) == 1 else None


class Names:
    """The forms of all projects' names, by their first word."""

    def __init__(self, projects: Iterable[Project]) -> None:
        owners: dict[Form, set[ProjectId]] = defaultdict(set)
        for project in projects:
            for form in forms_of(project.name):
                owners[form].add(project.id)
        self._forms: dict[str, list[tuple[Form, frozenset[ProjectId]]]] = defaultdict(list)
        for form, ids in sorted(owners.items(), key=lambda one: -len(one[0])):
            self._forms[form[0]].append((form, frozenset(ids)))

    def find(self, text: str) -> Iterator[Named]:
        """Find every name in a text, the longest where one begins with another, from the left."""
        words = [(found[0].casefold(), found.start(), found.end()) for found in _WORD.finditer(text)]
        at = 0
        while at < len(words):
            found = self._at(words, at)
            if found is None or not text[words[at][1]].isupper():
                at += 1
                continue
            after, projects = found
            yield Named(start=words[at][1], end=words[after - 1][2], projects=projects)
            at = after

    def _at(self, words: list[tuple[str, int, int]], at: int) -> tuple[int, frozenset[ProjectId]] | None:
        for form, projects in self._beginning(words[at][0]):
            after = _matched(form, words, at)
            if after is not None:
                return after, projects
        return None

    def _beginning(self, word: str) -> list[tuple[Form, frozenset[ProjectId]]]:
        """Return the forms whose first word this is, bent or not, the longest first."""
        stems = [word, *(word.removesuffix(ending) for ending in _ENDINGS if word.endswith(ending))]
        found = [form for stem in dict.fromkeys(stems) for form in self._forms.get(stem, ())]
        return sorted(found, key=lambda one: -len(one[0]))


def forms_of(name: str) -> set[Form]:
    """Return the forms of a name: whole, what stands before its dash, and a later part that is a name of its own.

    A long first part goes without its last word too: a place that the text takes for granted.
    """
    parts = [part for part in _PARTS.split(name) if part]
    head = _words(parts[0])
    forms = {_words(name), head}
    if len(head) >= _LEAST_WORDS and sum(map(len, head[:-1])) >= _LEAST_ALONE:
        forms.add(head[:-1])
    forms |= {_words(part) for part in parts[1:] if part[:1].isupper()}
    return {form for form in forms if sum(map(len, form)) >= _LEAST_LETTERS}


def _words(name: str) -> Form:
    return tuple(word for word in map(str.casefold, _WORD.findall(name)) if word not in _SMALL)


def _matched(form: Form, words: list[tuple[str, int, int]], at: int) -> int | None:
    """Return the place after the last word, if these words are the form; small words between count for nothing."""
    place = at
    for number, wanted in enumerate(form):
        while number and place < len(words) and words[place][0] in _SMALL:
            place += 1
        if place >= len(words) or not _is_bent(words[place][0], wanted):
            return None
        place += 1
    return place


def _is_bent(word: str, wanted: str) -> bool:
    if word == wanted:
        return True
    if len(wanted) < _LEAST_BENT or not word.startswith(wanted.removesuffix("e")):
        return False
    return word.removeprefix(wanted) in _ENDINGS or word.removeprefix(wanted.removesuffix("e")) in _ENDINGS
