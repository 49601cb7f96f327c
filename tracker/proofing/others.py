"""The rule on other projects: a text that tells of another project's figures or state, copied from there.

Must not look at any figure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tracker.messages import message
from tracker.proofing.rule import Facts, TextFinding, TextRule
from tracker.reading.read import Reading

# What follows a name when the sentence tells how that project stands.
_TELLING = re.compile(
    r"\W*(?:er|ble|blei|blir|vart|vert|har|hadde|skal|vil|ligger|ligg|står|viser|kommer|kjem|fekk|fikk|:)(?:\W|$)",
    re.IGNORECASE,
)
# What ties the two together: money that is moved, works that wait for each other.
_OF_BOTH = re.compile(
    r"\b(?:flytte|flytta|flyttes|overfør|sammen|saman|midl(?:er|ar|ene|ane)\b|avheng|begge|samkjør|samordn|herfra|hit\b"
    r"|dette prosjektet|felles)",
    re.IGNORECASE,
)
_LONGEST = 160


def look_for_other_project(reading: Reading, facts: Facts) -> Iterator[TextFinding]:
    """Find a sentence that begins with another project's name and tells how that one stands."""
    for start, sentence in reading.sentences:
        name = facts.others.first_in(sentence, own=facts.name)
        if name is None or _OF_BOTH.search(sentence) is not None or not _tells(sentence, name):
            continue
        yield TextFinding(
            start=start,
            end=start + min(len(sentence), _LONGEST),
            message=message("Teksten handler om et annet prosjekt: «{name}».", name=name),
            figures={"other_project": name},
        )
        return


def _tells(sentence: str, name: str) -> bool:
    last = re.split(r"\s[-–—]\s", name)[0].split()[-1].casefold()
    at = sentence.casefold().find(last)
    rest = re.sub(r"^\w*", "", sentence[at + len(last) :])
    return at >= 0 and _TELLING.match(rest) is not None


RULES = (
    TextRule(
        id="text-other-project",
        title=message("Et annet prosjekt"),
        compares=message("Prosjektnavn som setninger begynner med, mot prosjektets eget navn."),
        remedy=message("Flytt teksten til prosjektet den gjelder, eller skriv hva det har med dette å gjøre."),
        look=look_for_other_project,
    ),
)
