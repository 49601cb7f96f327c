"""Rules on the schedule: on time, delayed and stopped, against the completion before and the phase.

Must not read the text: `tracker.reading` has, and not look at any amount.
"""

from __future__ import annotations

from collections.abc import Iterator

from tracker.kinds import Phase
from tracker.messages import Message, message
from tracker.proofing.completion import FINISHING
from tracker.proofing.progress import CORRECT_IT, UNSURE
from tracker.proofing.rule import Facts, TextFinding, TextRule, finding
from tracker.proofing.scope import names_part, speaks_of_part
from tracker.proofing.subjects import is_of_whole
from tracker.quarters import State, write_completion
from tracker.reading.clauses import Clause
from tracker.reading.meanings import Meaning
from tracker.reading.read import Reading
from tracker.reading.words import Word

_NEAR = 60
_ON_HOLD = frozenset({Phase.ON_HOLD, Phase.CANCELLED})
_NEXT = 3
_BESIDE = 8
_RENEWED = frozenset(
    {"ny", "nye", "nytt", "revidert", "reviderte", "oppdatert", "oppdaterte", "justert", "justerte", "endra", "endret"}
)
_UNMOVED = frozenset({"uendret", "uendra", "flyttet", "flytta", "endret", "endra", "skjøvet", "skuva"})
_HOLDING = frozenset({"uendret", "uendra", "fast", "holder", "held", "holdes", "same", "samme"})


def look_for_on_schedule(reading: Reading, facts: Facts) -> Iterator[TextFinding]:
    """Find a text that says it is on schedule though the completion has slipped since the period before."""
    if not facts.slip or facts.slip < 0 or _tells_of_delay(reading, facts):
        return
    for clause in reading.clauses_with(Meaning.ON_SCHEDULE, Meaning.PLAN, *FINISHING):
        word = None if clause.is_hypothetical else _on_schedule(clause)
        if word is None or clause.has_before(word.start, *UNSURE) or speaks_of_part(clause, facts):
            continue
        if clause.words[0].text == "om" or clause.sentence[: word.start].endswith("om "):
            # «Om prosjektet er i rute, vet vi ikke ennå.»
            continue
        if (
            word.text not in _UNMOVED
            and not word.text.startswith("endring")
            and clause.has_before(word.start, Meaning.NOT)
        ):
            continue
        if names_part(clause, facts) or (clause.has(Meaning.WAS) and not clause.has(Meaning.IS)):
            continue
        yield finding(
            clause,
            word.start,
            word.end,
            message(
                "Teksten sier «{quote}», men estimert ferdig er flyttet fra {before} til {now}.",
                quote=clause.quote(clause.body.start, clause.body.end),
                before=facts.completion_before,
                now=facts.completion,
            ),
            figures={
                "estimated_completion": write_completion(facts.completion),
                "estimated_completion_before": write_completion(facts.completion_before or State.NOT_SET),
            },
        )
        return


def look_for_delayed(reading: Reading, facts: Facts) -> Iterator[TextFinding]:
    """Find a text that says the completion is moved though it is the same as in the period before."""
    if facts.slip != 0:
        return
    for clause in reading.clauses_with(Meaning.DELAY, Meaning.FINISHING):
        word = _moved(clause)
        if word is None or clause.has_before(word.start, *UNSURE, Meaning.NOT) or speaks_of_part(clause, facts):
            continue
        if not _is_of_completion(clause, word, facts) or _is_made_up_for(reading, clause):
            continue
        yield finding(
            clause,
            word.start,
            word.end,
            message(
                "Teksten sier «{quote}», men estimert ferdig er {completion}, som i forrige periode.",
                quote=clause.quote(clause.body.start, clause.body.end),
                completion=facts.completion,
            ),
            figures={"estimated_completion": write_completion(facts.completion), "slip": 0},
        )
        return


def look_for_stopped(reading: Reading, facts: Facts) -> Iterator[TextFinding]:
    """Find a text that says it is stopped while its phase is an active one, or the other way round."""
    if facts.phase is None and not facts.is_finished:
        return
    is_stopped = facts.phase in _ON_HOLD
    meaning = Meaning.ACTIVE if is_stopped else Meaning.STOP
    for clause in reading.clauses_with(meaning):
        word = clause.first(meaning)
        if word is None or clause.has_before(word.start, *UNSURE, Meaning.NOT) or speaks_of_part(clause, facts):
            continue
        if (clause.has(Meaning.WAS, Meaning.HAS) and _is_past(clause, facts)) or _is_sum(clause, word):
            continue
        if not is_stopped and (names_part(clause, facts) or not is_of_whole(clause, word, facts)):
            continue
        yield finding(
            clause,
            word.start,
            word.end,
            _told_of_stop(clause, is_stopped=is_stopped),
            figures={"phase": None if facts.phase is None else facts.phase.value},
        )
        return


def _told_of_stop(clause: Clause, *, is_stopped: bool) -> Message:
    quote = clause.quote(clause.body.start, clause.body.end)
    if is_stopped:
        return message("Teksten sier «{quote}», men prosjektet er meldt stanset.", quote=quote)
    return message("Teksten sier «{quote}», men prosjektet er ikke meldt stanset.", quote=quote)


def _on_schedule(clause: Clause) -> Word | None:
    found = clause.first(Meaning.ON_SCHEDULE)
    if found is not None:
        is_only_planned = found.text.startswith("etter plan") and (clause.is_future or found.start == 0)
        return None if is_only_planned else found
    finish = clause.first(Meaning.FINISHING)
    if finish is not None and clause.has(Meaning.NOT):
        change = next(
            (word for word in clause.words if word.text.startswith("endring") and word.end < finish.start), None
        )
        if change is not None:
            return change
        # «Ferdigdatoen er uendret», «uten at sluttdatoen er flyttet».
        unmoved = next((word for word in clause.words if word.text in _UNMOVED and word.start > finish.end), None)
        if unmoved is not None:
            return unmoved
    plan = clause.first(Meaning.PLAN)
    if plan is None or any(word.text in _RENEWED for word in clause.words if 0 <= plan.start - word.end < _NEXT):
        return None
    within = clause.first(Meaning.WITHIN)
    if within is not None and (0 < plan.start - within.end < _NEAR or 0 < within.start - plan.end < _NEAR / 2):
        return within
    follows = next(
        (word for word in clause.words if word.text in {"følger", "følgjer"} and word.end <= plan.start), None
    )
    return follows or next((word for word in clause.words if word.text in _HOLDING and word.start > plan.end), None)


def _tells_of_delay(reading: Reading, facts: Facts) -> bool:
    """Whether the text says elsewhere that it was delayed: then «i rute» is about the new plan."""
    return any(
        not clause.has(Meaning.NOT, Meaning.DOUBT)
        and not names_part(clause, facts)
        and not speaks_of_part(clause, facts)
        for clause in reading.clauses_with(Meaning.DELAY)
    )


def _moved(clause: Clause) -> Word | None:
    """Return the word that says that the completion is later now: «forsinket», «flyttet» of the completion."""
    word = clause.first(Meaning.DELAY)
    if word is not None or not clause.has(Meaning.FINISHING):
        return word
    return next(
        (one for one in clause.words if one.text in {"flyttet", "flytta", "flyttes", "endret", "endra", "forlenga"}),
        None,
    )


def _is_of_completion(clause: Clause, word: Word, facts: Facts) -> bool:
    if clause.times and all(time.last.year < facts.period.year for time in clause.times):
        return False
    if clause.has(Meaning.FINISHING):
        return not names_part(clause, facts)
    if names_part(clause, facts) or clause.has_before(word.start, Meaning.EVENT, Meaning.OTHER_MONEY):
        return False
    return is_of_whole(clause, word, facts)


def _is_made_up_for(reading: Reading, clause: Clause) -> bool:
    """Whether a delay is over: «Prosjektet ble forsinket, men er i rute igjen»."""
    said = [one for one in reading.clauses if one is clause or one.before is clause]
    return clause.has(Meaning.WAS, Meaning.HAS) and any(
        one.has(Meaning.ON_SCHEDULE, Meaning.FINISH) and not one.is_denied for one in said
    )


def _is_sum(clause: Clause, word: Word) -> bool:
    """Whether it is an amount that stopped somewhere: «regnskapet stanset på 3,9 mill.»."""
    if clause.has_before(word.start, Meaning.SPENT, Meaning.ACTUAL):
        return True
    return any(0 <= amount.start - word.end < _BESIDE for amount in clause.amounts)


def _is_past(clause: Clause, facts: Facts) -> bool:
    """Whether all times that it names were over before the period ended."""
    return bool(clause.times) and all(time.last < facts.period.ends for time in clause.times)


RULES = (
    TextRule(
        id="text-on-schedule",
        title=message("«Etter planen» som tallene ikke viser"),
        compares=message("«I rute» i teksten mot estimert ferdig i forrige periode."),
        remedy=message("Skriv hva utsettelsen skyldes, eller rett estimert ferdig."),
        look=look_for_on_schedule,
    ),
    TextRule(
        id="text-delayed",
        title=message("Forsinkelse som ikke er meldt"),
        compares=message("«Forsinket» i teksten mot estimert ferdig i forrige periode."),
        remedy=CORRECT_IT,
        look=look_for_delayed,
    ),
    TextRule(
        id="text-stopped",
        title=message("Stans og fase"),
        compares=message("«Satt på vent», «skrinlagt» og full aktivitet i teksten mot fasen."),
        remedy=message("Rett teksten, eller fasen."),
        look=look_for_stopped,
    ),
)
