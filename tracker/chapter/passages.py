"""The paragraphs of a chapter as passages on single projects: under its name as a heading, or a sentence that names it.

Must not know a figure. What names several projects is nobody's passage; it is handed back to be told of.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from tracker.chapter.names import Named, Names
from tracker.model import Project, ProjectId

_BULLET = re.compile(r"^\s*[•▪‣◦●·*]\s*|^\s*[-–]\s+")
_SENTENCE_END = re.compile(r"(?<=[.!?])[\"»”)]*\s+(?=[A-ZÆØÅ«“\"])")
_ABBREVIATED = re.compile(r"\b(?:ca|bl|jf|nr|pr|evt|inkl|ekskl|mill|kl|st)\.\s*$", re.IGNORECASE)
_AFTER_HEADING = re.compile(r"\s*:\s*|\s+(?=[A-ZÆØÅ«“\"])|\s*$")
_REST_OF_HEADING = re.compile(r"\s+[-–—]\s+[^.:!?]{1,60}:\s*")
_LISTED_BEFORE = re.compile(r"(?:\bog|\bsamt|,)\s+(?:(?:på|i|for|ved)\s+)?$")
_LISTED_AFTER = re.compile(r"\s*(?:,\s+(?:på|i|for|ved)\b|(?:og|samt)\s+(?:på\s+)?)")
_LONGEST_TITLE = 70


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a chapter says of one project."""

    project: ProjectId
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """The passages of a chapter in their order, and the sentences that name several projects or none for certain."""

    said: tuple[Said, ...]
    unclear: tuple[str, ...]


def read_chapter(paragraphs: Iterable[str], projects: Iterable[Project]) -> Chapter:
    """Find what the paragraphs of a chapter say of single projects."""
    names = Names(projects)
    said: list[Said] = []
    unclear: list[str] = []
    title = ""
    for paragraph in paragraphs:
        body, next_title = _without_title(_BULLET.sub("", paragraph))
        is_item = _BULLET.match(paragraph) is not None
        title = title if is_item else ""
        for text, project in _stretches(body, names):
            if project is not None:
                whole = text or (title and f"{title}.")
                said += [Said(project=project, text=whole)] if whole else []
            else:
                found, doubtful = _sentences(text, names)
                said += [Said(project=one, text=sentence) for one, sentence in found]
                unclear += doubtful
        title = next_title or title
    return Chapter(said=tuple(said), unclear=tuple(unclear))


def _stretches(body: str, names: Names) -> Iterator[tuple[str, ProjectId | None]]:
    """Part a paragraph where a project's name stands as a heading; what stands before the first is nobody's."""
    headings = [
        (start, *found) for start in _sentence_starts(body) if (found := _heading(body, start, names)) is not None
    ]
    before = body[: headings[0][0]] if headings else body
    if before.strip():
        yield before.strip(), None
    for at, (_, after, project) in enumerate(headings):
        end = headings[at + 1][0] if at + 1 < len(headings) else len(body)
        yield body[after:end].strip(), project


def _heading(body: str, start: int, names: Names) -> tuple[int, ProjectId] | None:
    """Return where the text under a heading begins, if a name stands there as one: before a colon, a new sentence."""
    named = next(names.find(body[start:]), None)
    if named is None or named.start != 0 or named.project is None:
        return None
    rest = _REST_OF_HEADING.match(body, start + named.end)
    after = rest or _AFTER_HEADING.match(body, start + named.end)
    return None if after is None else (after.end(), named.project)


def _sentences(text: str, names: Names) -> tuple[list[tuple[ProjectId, str]], list[str]]:
    """Return the sentences that name one project, and those that name several or list it among other things."""
    found: list[tuple[ProjectId, str]] = []
    unclear: list[str] = []
    starts = [*_sentence_starts(text), len(text)]
    for start, end in pairwise(starts):
        sentence = text[start:end].strip()
        named = list(names.find(sentence))
        if not named:
            continue
        projects = {one.project for one in named}
        project = named[0].project
        if len(projects) == 1 and project is not None and not any(_is_listed(sentence, one) for one in named):
            found.append((project, sentence))
        else:
            unclear.append(sentence)
    return found, unclear


def _is_listed(sentence: str, named: Named) -> bool:
    before, after = sentence[: named.start], sentence[named.end :]
    return _LISTED_BEFORE.search(before) is not None or _LISTED_AFTER.match(after) is not None


def _sentence_starts(text: str) -> list[int]:
    ends = (found for found in _SENTENCE_END.finditer(text) if _ABBREVIATED.search(text[: found.start()]) is None)
    return [0, *(found.end() for found in ends)] if text else []


def _without_title(paragraph: str) -> tuple[str, str]:
    """Part a title from what it stands after: text taken from a PDF may have no blank line between them."""
    if not re.search(r"[.!?:]", paragraph):
        is_title = len(paragraph) <= _LONGEST_TITLE and bool(re.search(r"\d{4}$", paragraph))
        return ("", paragraph) if is_title else (paragraph, "")
    starts = _sentence_starts(paragraph)
    last = paragraph[starts[-1] :] if starts else ""
    if len(starts) > 1 and not re.search(r"[.!?:]$", last) and len(last) <= _LONGEST_TITLE:
        return paragraph[: starts[-1]].strip(), last
    return paragraph, ""
