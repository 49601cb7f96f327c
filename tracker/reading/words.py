"""The words of a sentence with their meaning: phrases and «lavere enn budsjettet» as one word.

Must not know clauses, amounts or times.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from tracker.reading.lexicon import PHRASE_TREE, VOCABULARY, PhraseTree
from tracker.reading.meanings import FRAMES, TELLING, Meaning
from tracker.reading.phrases import PHRASES

_WORD = re.compile(r"[^\W\d_]\d{3,7}\b|[^\W\d_]+(?:-[^\W\d_]+)*")
_ADOPTED = frozenset({"det", "vedtatt", "vedteke", "vedtatte", "vedtekne", "kalkulert"})
_MORE_OR_LESS = {
    **dict.fromkeys(
        ("mindre", "lavere", "lågare", "færre", "rimeligere", "billigere", "rimelegare", "billegare"),
        Meaning.UNDERSPEND,
    ),
    **dict.fromkeys(("mer", "meir", "høyere", "høgare", "dyrere", "dyrare", "større"), Meaning.OVERSPEND),
}
_OVER_OR_UNDER = {"under": Meaning.UNDERSPEND, "over": Meaning.OVERSPEND, "utover": Meaning.OVERSPEND}
TELLS, FORETELLS = 2, 1


class Word(NamedTuple):
    """A word, or a phrase of several, in small letters, where it stands in its sentence and what it means."""

    start: int
    end: int
    text: str
    meaning: Meaning


def lowered(sentence: str) -> str:
    """Return a sentence in small letters, each in its place."""
    small = sentence.lower()
    if len(small) == len(sentence):
        return small
    return "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in sentence)


def tokens_of(small: str) -> list[str]:
    """Return the words of a sentence in small letters, without their places."""
    found: list[str] = _WORD.findall(small)
    return found


def weight_of(tokens: Sequence[str]) -> int:
    """Return how much the words tell: TELLS of money or progress, FORETELLS of what is to come, else 0."""
    return max(map(_WEIGHTS.__getitem__, tokens), default=0)


def words_of(small: str) -> list[Word]:
    """Return the words of a sentence in small letters, the longest phrases as one word each."""
    found = [(one.start(), one.end(), one.group()) for one in _WORD.finditer(small)]
    words: list[Word] = []
    at = 0
    while at < len(found):
        start, end, text = found[at]
        phrase = _phrase_at(found, at) if text in PHRASE_TREE else None
        if phrase is None:
            words.append(Word(start, end, text, VOCABULARY[text]))
            at += 1
        else:
            last, meaning = phrase
            words.append(Word(start, found[last][1], " ".join(one[2] for one in found[at : last + 1]), meaning))
            at = last + 1
    return _compared(words)


def _phrase_at(found: Sequence[tuple[int, int, str]], at: int) -> tuple[int, Meaning] | None:
    """Return where the longest phrase that begins at a word ends, and what it means."""
    node: PhraseTree | None = PHRASE_TREE[found[at][2]]
    longest: tuple[int, Meaning] | None = None
    while node is not None:
        if node.meaning is not None:
            longest = at, node.meaning
        at += 1
        node = node.get(found[at][2]) if at < len(found) else None
    return longest


def _compared(words: list[Word]) -> list[Word]:
    """Make «lavere enn revidert budsjett», «under årets ramme» and the like one word that says more or less."""
    for at in range(len(words) - 1):
        first, frame = words[at : at + 2]
        if first.text in _OVER_OR_UNDER and frame.meaning in FRAMES:
            both = Word(first.start, frame.end, f"{first.text} {frame.text}", _OVER_OR_UNDER[first.text])
            return [*words[:at], both, *words[at + 2 :]]
    for at in range(len(words) - 2):
        first, than, frame = words[at : at + 3]
        if than.text == "enn" and first.text in _MORE_OR_LESS and (frame.meaning in FRAMES or frame.text in _ADOPTED):
            meaning = _MORE_OR_LESS[first.text]
            return [
                *words[:at],
                Word(first.start, frame.end, f"{first.text} enn {frame.text}", meaning),
                *words[at + 3 :],
            ]
    return words


class _Weights(dict[str, int]):
    """How much a word alone makes a sentence worth reading."""

    def __missing__(self, word: str) -> int:
        meaning = VOCABULARY[word]
        weight = FORETELLS if meaning in {Meaning.FUTURE, Meaning.EVENT} else 0
        if meaning in TELLING or word in _TELLING_IN_PHRASES:
            weight = TELLS
        self[word] = weight
        return weight


_TELLING_IN_PHRASES = frozenset(max(phrase, key=len) for phrase, meaning in PHRASES.items() if meaning in TELLING)
_WEIGHTS = _Weights()
