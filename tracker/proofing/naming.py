"""Whether a word is one of a project's name, in either written language and with any ending.

Must not know a sentence.
"""

from __future__ import annotations

import re
from functools import lru_cache

LETTERS = re.compile(r"[^\W\d_]{3,}")
# What the two written languages, and a heading and its text, call the same thing.
_SAME = (
    ("skole", "skule"),
    ("sykehjem", "sjukeheim", "helsehus", "omsorgssenter", "heimen", "hjemmet"),
    ("svømmehall", "symjehall", "hall", "bad", "basseng"),
    ("kirkegård", "gravlund", "gravplass", "kyrkjegard"),
    ("kirke", "kyrkje"),
    ("brannstasjon", "stasjon"),
    ("vannverk", "vassverk"),
    ("renseanlegg", "reinseanlegg"),
    ("bolig", "bustad"),
    ("rådhus", "rådhuset"),
    ("klubb", "lokal"),
    ("lager", "hall"),
    ("vann", "vatn", "ledning", "leidning", "rør", "røyr"),
    ("gatelys", "veglys", "veilys", "lys", "belysning"),
    ("septik", "tømmestasjon"),
    ("vei", "veg", "gate", "strekning", "trase"),
    ("flom", "flaum"),
    ("hjem", "heim"),
    ("bru", "bro"),
    ("tegning", "teikning"),
    ("utvidelse", "utviding"),
    ("rehabilitering", "oppgradering", "ombygging", "ombygg"),
)
_OF_NAMES = frozenset(
    {"", "s", "bygg", "anlegg", "prosjekt", "kjøp", "område", "områd", "park", "lokal", "utbygging", "byggj", "tomt"}
)
_SMALL_WORDS = frozenset({"for", "med", "til", "under", "samt", "ved", "fra"})
_TWO = re.compile(r"([^\W\d_]{3,}) og (?=([^\W\d_]{3,}))")
_ENDINGS = ("enes", "anes", "ene", "ane", "ens", "ets", "en", "et", "er", "ar", "a", "e", "s")
SHORTEST = 3


@lru_cache(maxsize=8192)
def is_named(word: str, name: str) -> bool:
    """Whether a word is one of a project's name, in either written language and with any ending."""
    stem = stem_of(word)
    if len(stem) < SHORTEST:
        return False
    if stem.endswith("prosjekt") and len(stem) > len("prosjekt") + SHORTEST:
        # «Gateprosjektet» is the project that has a street in its name.
        stem = stem_of(stem.removesuffix("prosjekt"))
    own, same = _own_words(name)
    if stem in own or stem.endswith(same):
        return True
    if len(stem) >= SHORTEST:
        return any(one.endswith(stem) for one in own) or any(
            word.startswith(one) and stem[len(one) :].lstrip("e") in _OF_NAMES
            for one in (*own, *same)
            if len(one) > SHORTEST
        )
    return False


@lru_cache(maxsize=8192)
def is_one_of_two(word: str, said: str, name: str) -> bool:
    """Whether a word is one of two that a name joins, and the other isn't said.

    «Biblioteket er ferdig» tells nothing of the whole of «Bibliotek og kulturskole».
    """
    for pair in _TWO.findall(name.casefold()):
        for own, other in (pair, pair[::-1]):
            if is_named(word, own) and not any(is_named(one, other) for one in LETTERS.findall(said)):
                return True
    return False


@lru_cache(maxsize=65_536)
def stem_of(word: str) -> str:
    """Return a word in small letters without its ending, if it has one."""
    cut = next((end for end in _ENDINGS if word.endswith(end) and len(word) - len(end) >= SHORTEST), "")
    return word[: len(word) - len(cut)]


_SAME_STEMS = tuple(tuple({stem_of(one) for one in group}) for group in _SAME)


@lru_cache(maxsize=4096)
def _own_words(name: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the stems of a name's words, and those of what else they are called."""
    own = tuple(stem_of(word) for word in LETTERS.findall(name.casefold()) if word not in _SMALL_WORDS)
    groups = (group for group in _SAME_STEMS if any(one.endswith(group) or one.startswith(group) for one in own))
    return own, tuple(one for group in groups for one in group)
