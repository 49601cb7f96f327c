"""Rules on what should not stand in a text at all: remnants of HTML and encodings, malformed codes, doubled sentences.

Must not know any figure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from tracker.flags.flag import Severity
from tracker.messages import message
from tracker.proofing.rule import Facts, TextFinding, TextRule
from tracker.reading.read import Reading

_REMNANT = re.compile(
    r"</?[a-zA-Z][a-zA-Z0-9]*(?:\s[^<>]*)?/?>|&(?:[a-zA-Z]{2,8}|#\d{2,5}|#x[0-9a-fA-F]{2,5});"
    r"|Ã[\u0080-\u00ff¦¸¥˜†…‚„‡‰°©±²³´µ¶]|â€.?|Â[ \u00a0«»§°]|\ufffd|_x000[dD]_|\{\{[^{}]*\}\}"
)
_REMNANT_START = re.compile(r"[<&ÃâÂ\ufffd{]|_x000")
# What looks like a subproject's code but is too short or long, has a small letter or the wrong first sign.
_CODE = re.compile(
    r"(?<![\w./-])(?:[A-ZÆØÅa-zæøå]\d{4,7}|[IEDied][ -]\d{5}|[IED]\d{2,3}[ -]\d{2,3}"
    r"|[IED]\d(?=\d*[Oo])[\dOo]{3,5}|[IED]\d{3,5}[A-ZÆØÅ])(?![\w-])"
)
_DIGITS = re.compile(r"\d{2,}")
_RIGHT_CODE = re.compile(r"[A-Z]\d{5}")
_LONG = 60
_CLEAN_UP = message("Rett teksten.")
_RUN_TOGETHER = re.compile(r"[a-zæøå0-9)][.:!?](?=[A-ZÆØÅ][a-zæøå]{2,}|[IED]\d{5}|[A-ZÆØÅ]{2,}\b)|[a-zæøå]-\.(?=\s)")


# Cheap to look for first, in texts that mostly have none.
_RUN_TOGETHER_SIGN = re.compile(r"[.:!?](?=[A-ZÆØÅ])|-\.")
_REMEMBERED = 8192


def look_for_remnant(reading: Reading, _facts: Facts) -> Iterator[TextFinding]:
    """Find what a program left behind: tags, entities, letters that were read in the wrong encoding."""
    found = _REMNANT.search(reading.text) if _REMNANT_START.search(reading.text) else None
    if found is not None:
        yield TextFinding(
            start=found.start(),
            end=found.end(),
            severity=Severity.NOTE,
            message=message("Teksten har rester av koder: «{quote}».", quote=_short(found.group())),
            figures={"count": len(_REMNANT.findall(reading.text))},
        )


def look_for_code(reading: Reading, _facts: Facts) -> Iterator[TextFinding]:
    """Find a project code that isn't a capital letter and five digits."""
    for at, sentence in reading.sentences:
        for start, end in _malformed_codes(sentence):
            yield TextFinding(
                start=at + start,
                end=at + end,
                severity=Severity.NOTE,
                message=message(
                    "«{quote}» er ikke et prosjektnummer: en bokstav og fem sifre, som I41042.",
                    quote=sentence[start:end],
                ),
                figures={},
            )


@lru_cache(maxsize=_REMEMBERED)
def _malformed_codes(sentence: str) -> tuple[tuple[int, int], ...]:
    found: list[tuple[int, int]] = []
    for digits in _DIGITS.finditer(sentence):
        if not sentence[max(0, digits.start() - 2) : digits.start()].strip(" -")[-1:].isalpha():
            continue
        code = _CODE.search(sentence, max(0, digits.start() - 2), digits.end() + 8)
        if code is not None and _RIGHT_CODE.fullmatch(code.group()) is None:
            found.append(code.span())
    return tuple(found)


def look_for_repeated(reading: Reading, _facts: Facts) -> Iterator[TextFinding]:
    """Find a sentence that stands twice under one heading; two stages may well have gone the same way."""
    labels = {clause.at: clause.label for clause in reading.clauses}
    seen: dict[str, str | None] = {}
    for start, sentence in reading.sentences:
        if len(sentence) < _LONG:
            continue
        words = " ".join(sentence.split())
        label = labels.get(start)
        if words in seen and seen[words] == label:
            yield TextFinding(
                start=start,
                end=start + len(sentence),
                severity=Severity.NOTE,
                message=message("Setningen står to ganger: «{quote}».", quote=_short(words)),
                figures={},
            )
            return
        seen[words] = label


def look_for_run_together(reading: Reading, _facts: Facts) -> Iterator[TextFinding]:
    """Find sentences without a space between them, as when paragraphs were lost on the way."""
    found = _RUN_TOGETHER.search(reading.text) if _RUN_TOGETHER_SIGN.search(reading.text) else None
    if found is not None:
        start = reading.text.rfind(" ", 0, found.start()) + 1
        end = reading.text.find(" ", found.end())
        end = len(reading.text) if end < 0 else end
        yield TextFinding(
            start=start,
            end=end,
            severity=Severity.NOTE,
            message=message(
                "Mangler mellomrom mellom setninger: «{quote}».",
                quote=_short(" ".join(reading.text[start:end].split())),
            ),
            figures={"count": len(_RUN_TOGETHER.findall(reading.text))},
        )


def _short(words: str) -> str:
    return words if len(words) <= 80 else words[:79].rsplit(" ", 1)[0] + " …"  # noqa: PLR2004


RULES = (
    TextRule(
        id="text-remnant",
        title=message("Rester av koder i teksten"),
        compares=message("HTML-merker og tegn i feil tegnsett."),
        remedy=_CLEAN_UP,
        look=look_for_remnant,
    ),
    TextRule(
        id="text-code",
        title=message("Prosjektnummer i teksten"),
        compares=message("Prosjektnumre mot formen bokstav og fem sifre."),
        remedy=_CLEAN_UP,
        look=look_for_code,
    ),
    TextRule(
        id="text-repeated",
        title=message("Setning som står to ganger"),
        compares=message("Setningene i teksten mot hverandre."),
        remedy=_CLEAN_UP,
        look=look_for_repeated,
    ),
    TextRule(
        id="text-run-together",
        title=message("Setninger uten mellomrom"),
        compares=message("Mellomrom etter punktum."),
        remedy=_CLEAN_UP,
        look=look_for_run_together,
    ),
)
