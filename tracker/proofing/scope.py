"""Whether words are about the whole project, a part of it, or another project.

Must not know any amount.
"""

from __future__ import annotations

import re
from functools import lru_cache

from tracker.proofing.naming import LETTERS, is_named
from tracker.proofing.rule import Facts
from tracker.reading.clauses import Clause
from tracker.reading.lexicon import VOCABULARY
from tracker.reading.meanings import VERBS, Meaning
from tracker.reading.words import Word

_PLACE = re.compile(
    r"(?P<name>[A-ZÆØÅ][a-zæøå]{3,})\s(?P<kind>(?:ungdoms|barne)?sk[ou]le|barnehage|gravplass|gravlund|kirkegård|kyrkjegard|kirke"
    r"|kyrkje|sykehjem|sjukeheim|(?:idretts|svømme|fler)?hall|bru|brannstasjon|pumpestasjon|bofellesskap|park|vannverk|vassverk"
    r"|renseanlegg|kunstgressbane|bibliotek|omsorgsboliger)\b"
)
_CODE = re.compile(r"[a-zæøå]\d{3,7}")
_GENERAL = (
    "økonomi",
    "framdrift",
    "fremdrift",
    "status",
    "prosjekt",
    "hovedprosjekt",
    "hovudprosjekt",
    "tiltak",
    "avvik",
    "kommentar",
    "forklaring",
    "budsjett",
    "videre",
    "vidare",
    "risiko",
    "oppsummer",
    "kort om",
    "aktivitet",
    "rekneskap",
    "regnskap",
    "prognose",
    "totalt",
    "forbruk",
    "påløpt",
    "årets",
    "merk",
    "ferdig",
    "estimert",
    "est.",
    "neste",
    "generelt",
    "i år",
    "om prosjekt",
    "beløp",
    "rev.",
    "revidert",
    "mindreforbruk",
    "merforbruk",
    "meirforbruk",
    "utfordring",
    "milepæl",
    "ramme",
    "sluttprognose",
    "årsprognose",
    "konklusjon",
    "plan",
    "pengebruk",
    "pengar",
    "penger",
    "tid",
    "kva",
    "hva",
)
_PARTS = (
    "etappe",
    "delprosjekt",
    "underprosjekt",
    "trinn",
    "fase",
    "byggesteg",
    "byggjesteg",
)


def speaks_of_part(clause: Clause, facts: Facts) -> bool:
    """Whether a clause stands under the heading of a subproject or another project, or names a code or such."""
    if clause.label is not None and not _is_own_label(clause.label, facts):
        return True
    if facts.is_programme and any(word.text == "tiltaket" for word in clause.words):
        return True
    if any(code != facts.code for code in clause.body.codes):
        return True
    if clause.before is not None and clause.words[0].meaning in VERBS:
        return speaks_of_part(clause.before, facts)
    return other_named(clause, facts) is not None or _begins_elsewhere(clause.sentence, facts.name)


def other_named(clause: Clause, facts: Facts) -> str | None:
    """Return the other project that a sentence begins with, None where it begins with none."""
    if clause.body.start > 0 and clause.before is not None:
        return other_named(clause.before, facts)
    return facts.others.first_in(clause.sentence, own=facts.name)


def names_part(clause: Clause, facts: Facts) -> bool:
    """Whether a clause names a part of the project, which its amounts can be about."""
    words = clause.words
    return any(
        word.meaning is Meaning.PART
        and not is_named(word.text, facts.name)
        and not (at + 1 < len(words) and _is_name(words[at + 1], facts))
        for at, word in enumerate(words)
    )


def _is_name(word: Word, facts: Facts) -> bool:
    """Whether a word is a name of the project's own: «strekningen Moan–Lauvås»."""
    return word.meaning is Meaning.NONE and word.text in facts.name.casefold()


@lru_cache(maxsize=4096)
def _begins_elsewhere(sentence: str, name: str) -> bool:
    """Whether a sentence begins with the name of a place that isn't the project's: «Nordby skole er …»."""
    found = _PLACE.match(sentence)
    if found is None or VOCABULARY[found["name"].casefold()] is not Meaning.NONE:
        return False
    return not any(is_named(word.casefold(), name) for word in found.groups())


@lru_cache(maxsize=4096)
def _is_own_label(label: str, facts: Facts) -> bool:
    words = label.casefold().lstrip('«“"(0123456789. ')
    if words.startswith(_GENERAL):
        return facts.code is None or not _CODE.search(words) or facts.code.casefold() in words
    if facts.code is not None and facts.code.casefold() in words:
        return True
    if facts.others.first_in(label, own=facts.name) is not None or any(part in words for part in _PARTS):
        return False
    return any(is_named(word, facts.name) for word in LETTERS.findall(words))
