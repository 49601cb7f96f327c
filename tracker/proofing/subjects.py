"""What a state is said of: the whole project, a part of it, or what was spoken of before.

Must not know any amount.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from tracker.proofing.naming import SHORTEST, is_named, is_one_of_two
from tracker.proofing.rule import Facts
from tracker.proofing.scope import names_part
from tracker.reading.clauses import Clause
from tracker.reading.meanings import NOUNS, SMALL, VERBS, Meaning
from tracker.reading.words import Word

_DECIDING = ("kommunestyre", "formannskap", "utval", "politikar", "rådmann", "kommunedirektør", "kommunen")
_DOINGS = ("rehabil", "oppgrad", "ombyg", "utvid", "utbed", "bygging", "utbygg", "arbeid")
_FORMER = ("midlertidig", "mellombels", "eksister", "gamle", "gammal", "gammel")
_SPEAKERS = frozenset({"vi", "me", "det", "man", "dei", "de"})
_INDEFINITE = frozenset({"prosjekt", "nybygg", "ombygging"})
_SUBORDINATE = frozenset({"at", "når", "da", "som", "der", "hvor"})
_SOME_OF = re.compile(
    r"\b(?:én|en|ei|ein|ett|et|eit|to|tre|fire|fem|seks|sju|syv|åtte|ni|ti|\d+|noen|nokon|nokre|flere|fleire|mange)"
    r"\sav\s",
    re.IGNORECASE,
)
_ADVERB = re.compile(r".{4,}(?:vis|lig|leg|sk|messig)t?$")


def is_of_whole(clause: Clause, word: Word, facts: Facts) -> bool:
    """Whether the whole project is what a state is said of: «Bygget er ferdig», not «Taket er ferdig».

    Where nothing is named, it is the project; «det», «dette» and «den» are what was spoken of before, which may be
    anything.
    """
    if word.text.startswith("flytt") and not names_part(clause, facts):
        # Who moves in, moves into all of it.
        return True
    if any(one.text.startswith(_FORMER) for one in clause.words if one.start < word.start):
        return False
    if _SOME_OF.search(clause.sentence, clause.body.start, word.start) is not None:
        # «To av skolene er ferdige»: the others aren't.
        return False
    head = subject_of(clause, word, facts)
    if head is None:
        return not clause.is_of_many and not _points_back(clause, word)
    if clause.is_of_many and head.meaning is Meaning.WHOLE:
        return any(one.text in {"hele", "heile", "alt", "alle"} for one in clause.words)
    return is_whole(head, facts) and not is_one_of_two(head.text, clause.said.casefold(), facts.name)


def _carried(clause: Clause, facts: Facts) -> Word | None:
    """Return what the sentence spoke of before, where this clause begins with «og» or a verb and names nothing."""
    first = clause.words[0]
    if clause.before is None or not (first.text in {"og", "men"} or first.meaning in VERBS):
        return None
    before = clause.before
    while before.before is not None and before.words[0].text == "som":
        before = before.before
    return next(iter(_heads(before.words, facts)), None)


def has_whole_subject(clause: Clause, before: Word, facts: Facts) -> bool:
    """Whether the project itself is what a clause begins with, before a word: «Prosjektet har en ramme på …»."""
    heads = _heads(clause.words[: clause.words.index(before)], facts)
    return bool(heads) and heads[0].text not in _INDEFINITE and is_whole(heads[0], facts)


def is_whole(word: Word, facts: Facts) -> bool:
    """Whether a word is the project: «prosjektet», a word of its name, or its code."""
    is_code = facts.code is not None and word.text == facts.code.casefold()
    return is_code or word.meaning is Meaning.WHOLE or is_named(word.text, facts.name)


def subject_of(clause: Clause, word: Word, facts: Facts) -> Word | None:
    """Return the noun that a state is said of, None where none is named."""
    words = [
        one
        for one in clause.words
        if one is word or not any(time.start <= one.start < time.end for time in clause.times)
    ]
    at = words.index(word)
    ahead, after = words[:at], words[at + 1 :]
    start = max((place + 1 for place, one in enumerate(ahead) if one.text in _SUBORDINATE), default=0)
    heads = _heads(ahead[start:], facts)
    if heads and heads[0].text.startswith(_DECIDING):
        # «Kommunestyret har vedtatt å skrinlegge nybygget»: what is decided of comes after.
        return _first(after, facts) or heads[0]
    if heads:
        return heads[0]
    named = _heads(ahead[: start - 1], facts) if start and ahead[start - 1].text == "som" else []
    if named and not is_whole(named[-1], facts):
        # «Prosjektet har boliger som er tatt i bruk»
        return named[-1]
    if after and after[0].text == "av":
        return _first(after[1:], facts)
    carried = None if any(one.text in _SPEAKERS for one in ahead) else _carried(clause, facts)
    return carried or _subject_after(ahead, word, after, facts)


def _subject_after(ahead: Sequence[Word], word: Word, after: Sequence[Word], facts: Facts) -> Word | None:
    """Return the noun after a state that it is said of: «Vi har ferdigstilt tre km veg», «Ferdig er taket»."""
    is_first = bool(after) and not any(one.meaning in VERBS for one in ahead)
    if is_first and after[0].meaning in VERBS and word.meaning is Meaning.FINISH:
        return _first(_until_preposition(after[1:]), facts)
    is_ours = word.meaning is Meaning.FINISH and any(one.text in _SPEAKERS for one in ahead)
    if is_ours or any(one.text == "det" for one in ahead) or (is_first and after[0].meaning not in VERBS):
        return _first(_until_preposition(after), facts)
    verb = next((place for place, one in enumerate(after) if one.meaning in VERBS), None)
    return None if verb is None else _first(after[:verb], facts)


def _first(words: Sequence[Word], facts: Facts) -> Word | None:
    return next(iter(_heads(words, facts)), None)


def _heads(words: Sequence[Word], facts: Facts) -> list[Word]:
    """Return the nouns that no preposition governs: the last of each run of names, adjectives and nouns."""
    heads: list[Word] = []
    run: list[Word] = []
    governed, by = False, ""
    for word in (*words, None):
        if word is not None and _is_noun(word, facts):
            run.append(word)
            continue
        if run and not governed:
            heads.append(run[-1])
        elif (
            run
            and heads
            and by in {"av", "med", "på"}
            and heads[-1].text.startswith(_DOINGS)
            and not is_whole(run[-1], facts)
        ):
            # «Rehabiliteringen av kjøkkenet», «arbeidet med taket»: what it is of decides.
            heads[-1] = run[-1]
        if word is None:
            break
        if word.meaning is Meaning.PREPOSITION:
            governed, by = True, word.text
        elif run or word.meaning not in SMALL or word.meaning in VERBS:
            governed = False
        run = []
    return heads


def _is_noun(word: Word, facts: Facts) -> bool:
    if word.meaning in NOUNS:
        return True
    if word.meaning in SMALL:
        return False
    return is_named(word.text, facts.name) or (
        word.meaning is Meaning.NONE and len(word.text) > SHORTEST and _ADVERB.fullmatch(word.text) is None
    )


def _until_preposition(words: Sequence[Word]) -> Sequence[Word]:
    stop = next((at for at, word in enumerate(words) if word.meaning is Meaning.PREPOSITION), len(words))
    return words[:stop]


def _points_back(clause: Clause, word: Word) -> bool:
    return any(
        one.text in {"dette", "den", "disse", "desse", "det", "av dem", "av dei"}
        for one in clause.words
        if one.start < word.start
    )
