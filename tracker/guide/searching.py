"""Searches the guide as one types: every page at once, the best first, each hit with the sentence that it is in.

Must not know how a hit is shown.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tracker.guide.pages import Guide, Heading, Topic, plain, runs_of
from tracker.search import Words, folded, words_of

_SENTENCE_ENDS = re.compile(r"(?<=[.!?:]) +(?=[A-ZÆØÅ«§])")
_MOST = 40
_MOST_OF_ONE = 4
_TITLE, _HEADING, _SENTENCE = range(3)
"""How good a hit is: all words in the title, in a heading, or in one sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A page that has what is searched for, and the sentence where it stands."""

    topic: Topic
    sentence: str


@dataclass(frozen=True, slots=True)
class _Line:
    topic: Topic
    rank: int
    said: str
    searched: str


class Searcher:
    """The guide's sentences, made ready once."""

    def __init__(self, guide: Guide) -> None:
        self._lines = [line for topic in guide.topics for line in _lines(topic)]

    def find(self, typed: str) -> list[Hit]:
        """Return where all words stand. A word is the beginning of one, or any part of one where nothing begins so."""
        words = words_of(typed)
        if not words.words:
            return []
        return self._found(words.words, words.finds) or self._found(
            words.words, lambda searched: all(word in searched for word in words.words)
        )

    def _found(self, words: tuple[str, ...], has_all: Callable[[str], bool]) -> list[Hit]:
        whole = sorted((line for line in self._lines if has_all(line.searched)), key=lambda line: line.rank)
        taken: dict[str, list[Hit]] = {}
        for line in whole:
            hits = taken.setdefault(line.topic.name, [])
            if len(hits) < _MOST_OF_ONE:
                hits.append(Hit(topic=line.topic, sentence=line.said))
        found = [hit for hits in taken.values() for hit in hits]
        apart = [hit for hit in self._apart(words, has_all) if hit.topic.name not in taken]
        return [*found, *apart][:_MOST]

    def _apart(self, words: tuple[str, ...], has_all: Callable[[str], bool]) -> Iterator[Hit]:
        """Yield the pages that have the words in different sentences, with the sentence that has most of them."""
        by_topic: dict[str, list[_Line]] = {}
        for line in self._lines:
            by_topic.setdefault(line.topic.name, []).append(line)
        for lines in by_topic.values():
            if has_all(" ".join(line.searched for line in lines)):
                best = max(lines, key=lambda line: sum(Words((word,)).finds(line.searched) for word in words))
                yield Hit(topic=best.topic, sentence=best.said)


def _lines(topic: Topic) -> Iterator[_Line]:
    yield _Line(topic, _TITLE, _first_words(topic), folded(topic.title))
    for block in topic.blocks:
        rank = _HEADING if isinstance(block, Heading) else _SENTENCE
        for runs in runs_of(block):
            for sentence in _SENTENCE_ENDS.split(plain(runs)):
                yield _Line(topic, rank, sentence, folded(sentence))


def _first_words(topic: Topic) -> str:
    """Return the first sentence of a page, which is what it is about."""
    said = (plain(runs) for block in topic.blocks for runs in runs_of(block))
    return _SENTENCE_ENDS.split(next(said, ""))[0]
