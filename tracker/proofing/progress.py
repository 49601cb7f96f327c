"""Rules on states: finished, still to be done, on schedule, delayed and stopped, against completion and phase.

Must not read the text: `tracker.reading` has, and not look at any amount.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tracker.kinds import Phase
from tracker.messages import Message, message
from tracker.proofing.completion import FINISHING
from tracker.proofing.rule import Facts, TextFinding, TextRule, finding
from tracker.proofing.scope import names_part, speaks_of_part
from tracker.proofing.subjects import is_of_whole, is_whole
from tracker.quarters import State, write_completion
from tracker.reading.clauses import Clause
from tracker.reading.meanings import Meaning
from tracker.reading.read import Reading
from tracker.reading.times import find_times
from tracker.reading.words import Word

# What comes after a project is taken over doesn't contradict it: settlement, inspection, complaints.
_SETTLING = re.compile(
    r"sluttopp|befaring|synfaring|ettårs|eittårs|garanti|reklam|mange?l|sluttrapport|dokumentasjon|beplant|prøvedrift|faktur"
    r"|\bkrav|tvist|usamd|etterarbeid|småarbeid|finpuss|utvendige arbeid",
    re.IGNORECASE,
)
_EARLY = frozenset({Phase.FEASIBILITY, Phase.REGULATION, Phase.PRE_PROJECT, Phase.TENDER, Phase.CONSTRUCTION})
_AT_ONCE = 3
UNSURE = (Meaning.DOUBT, Meaning.PROPOSED)
CORRECT_IT = message("Rett teksten, eller estimert ferdig.")
_TO_BE_DONE = frozenset(
    {"gjenstår å", "står igjen å", "står att å", "skal framleis", "skal fortsatt", "skal fremdeles"}
)
_TO_BE_CLOSED = frozenset(
    {"avsluttes", "avsluttast", "avslutte", "avslutting", "avslutningen", "avsluttende", "avslutning"}
)
_DONE_BY_ITSELF = frozenset(
    {"tok i bruk", "er i mål", "overtok", "er i bruk", "er i drift", "er levert", "er satt i drift", "er i boks"}
)
# «Arbeidet skjer mens skolen er i bruk»: it is in use all along.
_MEANWHILE = re.compile(r"\s*(?:mens|medan)\b", re.IGNORECASE)
# «Ferdig støpt» is a step; «ferdig ombygd» is the whole.
_DONE = re.compile(
    r"(?!.*(?:bygd|bygget|bygde|rehabilitert|rehabilitera|oppgradert|etablert|opparbeid|restaurert|utbedret))"
    r".{3,}(?:t|te|a|et|ert|lagt)"
)


def look_for_finished(reading: Reading, facts: Facts) -> Iterator[TextFinding]:
    """Find a text that says it is finished while its completion is still to come, or isn't set."""
    if not _is_ahead(facts):
        return
    for clause in reading.clauses_with(Meaning.FINISH, Meaning.CLOSE):
        word = _finished(clause, facts)
        if word is None or any(time.first > facts.period.ends and not time.guessed for time in clause.times):
            continue
        yield finding(
            clause,
            word.start,
            word.end,
            _contradicted(clause, facts),
            figures={"estimated_completion": write_completion(facts.completion)},
        )
        return


def look_for_not_finished(reading: Reading, facts: Facts) -> Iterator[TextFinding]:
    """Find a text that says work remains on what is reported as finished, or that a running programme ends."""
    if not facts.is_finished and facts.completion is not State.RUNNING:
        return
    for clause in reading.clauses_with(*FINISHING, Meaning.REMAINS, Meaning.ACTIVE, Meaning.FUTURE):
        found = _remaining(clause, facts)
        if found is None:
            continue
        yield finding(
            clause,
            found.start,
            found.end,
            _contradicted(clause, facts),
            figures={"estimated_completion": write_completion(facts.completion)},
        )
        return


def _is_ahead(facts: Facts) -> bool:
    """Whether its completion is still to come, or unknown while it is in an early phase."""
    if facts.quarter is not None:
        return facts.quarter.ends > facts.period.ends
    return facts.completion is State.NOT_SET and (facts.phase in _EARLY or facts.phase is None)


def _contradicted(clause: Clause, facts: Facts) -> Message:
    quote = clause.quote(clause.body.start, clause.body.end)
    if facts.completion is State.NOT_SET:
        return message("Teksten sier «{quote}», men estimert ferdig er ikke satt.", quote=quote)
    return message(
        "Teksten sier «{quote}», men estimert ferdig er {completion}.", quote=quote, completion=facts.completion
    )


def _finished(clause: Clause, facts: Facts) -> Word | None:
    """Return the word that says that the whole has been finished: neither denied, planned nor conditional."""
    if clause.is_doubted or clause.is_future or clause.is_denied:
        return None
    if speaks_of_part(clause, facts):
        return None
    for word in clause.words:
        if word.meaning not in {Meaning.FINISH, Meaning.CLOSE} or word.text in _TO_BE_CLOSED:
            continue
        if word.text in _DONE_BY_ITSELF and _MEANWHILE.match(clause.said):
            continue
        if any(one.text == "skulle" for one in clause.words if one.start < word.start):
            continue
        if _is_done(clause, word) and not _is_with(clause, word) and is_of_whole(clause, word, facts):
            return word
    return None


def _is_done(clause: Clause, word: Word) -> bool:
    return (
        any(one.meaning in {Meaning.IS, Meaning.WAS, Meaning.HAS} for one in clause.words if one.start < word.start)
        or word.start - clause.body.start < _AT_ONCE
        or word.text in _DONE_BY_ITSELF
    )


def _is_with(clause: Clause, word: Word) -> bool:
    """Whether only a step is finished: «ferdig med forprosjektet», «ferdig prosjektert»."""
    after = next((one.text for one in clause.words if one.start >= word.end), "")
    if word.text == "ferdig" and after in {"til", "innen", "i", "utgangen", "våren", "høsten"}:
        return not clause.has(Meaning.WAS)
    return (after == "med" and word.text in {"ferdig", "ferdige"}) or (
        word.text == "ferdig" and _DONE.fullmatch(after) is not None
    )


def _remaining(clause: Clause, facts: Facts) -> Word | None:
    """Return the word that says that the whole is still to be done."""
    if speaks_of_part(clause, facts) or clause.has(Meaning.OTHERS):
        return None
    if facts.completion is State.RUNNING:
        ending = clause.first(Meaning.CLOSE)
        said = ending is not None and clause.is_future and clause.has(Meaning.WHOLE)
        return ending if said and not clause.has(Meaning.PART, Meaning.EVENT) else None
    return _still_to_come(clause, facts) or _still_going(clause, facts)


def _still_to_come(clause: Clause, facts: Facts) -> Word | None:
    if names_part(clause, facts):
        return None
    word = clause.first(*FINISHING)
    is_told = word is not None and word.meaning is Meaning.FINISH and not clause.is_future
    ahead = [time for time in clause.times if time.last > facts.period.ends and not (is_told and time.guessed)]
    if word is None or (clause.times and not ahead) or clause.has(Meaning.WAS):
        return None
    if any(one.text == "når" for one in clause.words if one.start < word.start):
        # «Tilskuddet kommer når alle boliger er tatt i bruk» says it of something else.
        return None
    is_coming = clause.is_future or word.text.endswith(("es", "ast")) or bool(ahead)
    if not is_coming or clause.has_before(word.start, Meaning.NOT) or clause.has_before(word.start, *UNSURE):
        return None
    return word if is_of_whole(clause, word, facts) else None


def _still_going(clause: Clause, facts: Facts) -> Word | None:
    left = (word for word in clause.words if word.text == "gjenstår")
    going = clause.first(Meaning.REMAINS, Meaning.ACTIVE) or next(left, None)
    if going is None or clause.has(Meaning.OTHER_MONEY) or _SETTLING.search(clause.sentence) is not None:
        return None
    if clause.has_before(going.start, *UNSURE) or going.text == "pågår":
        return None
    return going if going.text in _TO_BE_DONE or _is_unfinished(clause, going, facts) else None


def _is_unfinished(clause: Clause, going: Word, facts: Facts) -> bool:
    if going.text == "gjenstår":
        return not clause.amounts and _tells_when(clause, facts)
    if names_part(clause, facts):
        return False
    if going.text.startswith(("ikke", "ikkje")):
        return is_of_whole(clause, going, facts)
    is_all = any(is_whole(word, facts) for word in clause.words if word.start < going.start)
    return is_all and not clause.has(Meaning.EVENT)


def _tells_when(clause: Clause, facts: Facts) -> bool:
    """Whether the sentence says when what remains is to be done."""
    times = find_times(clause.sentence, facts.period.ends)
    return any(time.last > facts.period.ends for time in times)


RULES = (
    TextRule(
        id="text-finished",
        title=message("Meldt ferdig i teksten"),
        compares=message("«Ferdigstilt», «tatt i bruk» og «avsluttet» i teksten mot estimert ferdig."),
        remedy=CORRECT_IT,
        look=look_for_finished,
    ),
    TextRule(
        id="text-not-finished",
        title=message("Arbeid som gjenstår"),
        compares=message("Arbeid som gjenstår i teksten mot «Ferdig» og «LØPENDE»."),
        remedy=CORRECT_IT,
        look=look_for_not_finished,
    ),
)
