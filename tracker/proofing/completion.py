"""Rules on times: when the text says that it is to be done against the completion, and promises that have passed.

Must not read the text: `tracker.reading` has, and not look at any amount.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from tracker.messages import message
from tracker.proofing.rule import Facts, TextFinding, TextRule, finding
from tracker.proofing.scope import names_part, speaks_of_part
from tracker.proofing.subjects import is_of_whole
from tracker.quarters import Quarter, write_completion
from tracker.reading.clauses import Clause
from tracker.reading.meanings import Meaning
from tracker.reading.read import Reading
from tracker.reading.times import Bound, Time
from tracker.reading.words import Word

FINISHING = (Meaning.FINISH, Meaning.FINISHING)
_EVENTS = frozenset({*FINISHING, Meaning.EVENT, Meaning.CLOSE, Meaning.DELAY, Meaning.PART})
_FAR = timedelta(days=200)
_YEAR = timedelta(days=300)
_NEAR = 16
_NEXT = 60
_DECIDED = frozenset(
    {
        "siden",
        "sidan",
        "vedtatt",
        "vedteke",
        "vedtok",
        "datert",
        "behandlet",
        "behandla",
    }
)
_CORRECT_IT = message("Rett tidspunktet i teksten, eller estimert ferdig.")
_STARTS = frozenset(
    {
        "starter",
        "startar",
        "startes",
        "begynner",
        "byrjar",
        "kunngjøres",
        "kunngjerast",
        "utlyses",
        "lyses",
        "lysast",
        "monteres",
        "monterast",
        "legges",
        "leggast",
        "behandles",
        "handsamast",
        "vedtas",
        "leveres",
        "leverast",
        "rives",
        *(
            "sendes",
            "utføres",
            "gjennomføres",
            "etableres",
            "bygges",
            "kontraheres",
            "fremmes",
            "inngås",
            "signeres",
        ),
        *(
            "asfalteres",
            "installeres",
            "sendast",
            "utførast",
            "gjennomførast",
            "etablerast",
            "byggjast",
            "signerast",
            "males",
        ),
        "igangsettes",
        "igangsetjast",
    }
)


def look_for_completion(reading: Reading, facts: Facts) -> Iterator[TextFinding]:
    """Find a time of completion that isn't the completion that is reported."""
    quarter = facts.quarter
    if quarter is None:
        return
    if any(
        _holds(time, quarter) for clause in reading.clauses_with(*FINISHING) for time in _times_of_finish(clause, facts)
    ):
        return
    told = [
        (clause, word, time)
        for clause in reading.clauses_with(*FINISHING, Meaning.CLOSE)
        for word, time in _completions(clause, facts)
        if (time.last >= facts.period.ends or time.guessed) and not _holds(time, quarter)
    ]
    for clause, word, time in told[:1]:
        start, end = min(word.start, time.start), max(word.end, time.end)
        yield finding(
            clause,
            start,
            end,
            message(
                "Teksten sier «{quote}», men estimert ferdig er {completion}.",
                quote=clause.quote(start, end),
                completion=quarter,
            ),
            figures={"estimated_completion": write_completion(quarter), "said": time.last.isoformat()},
        )


def look_for_past_promise(reading: Reading, facts: Facts) -> Iterator[TextFinding]:
    """Find something that is told as still to come, for a time that is over."""
    for clause in reading.clauses_with(Meaning.FUTURE, Meaning.FINISHING, Meaning.EVENT, Meaning.ACTIVE):
        if clause.has(Meaning.WAS, Meaning.HAS, Meaning.INSTEAD, Meaning.PROPOSED, Meaning.EARLIER):
            continue
        if clause.is_denied or (clause.has(Meaning.FINISH) and not clause.is_future):
            continue
        for time in clause.times:
            word = _coming(clause, time)
            if word is None or not _is_over(time, facts) or _is_told(clause, time):
                continue
            yield finding(
                clause,
                min(word.start, time.start),
                max(word.end, time.end),
                message(
                    "Teksten omtaler «{quote}» som noe som skal skje, men tidspunktet var passert per {date}.",
                    quote=clause.quote(clause.body.start, clause.body.end),
                    date=facts.period.ends,
                ),
                figures={"said": time.last.isoformat(), "period": str(facts.period)},
            )
            return


def _is_over(time: Time, facts: Facts) -> bool:
    if time.guessed or time.bound is Bound.AFTER or time.last > facts.period.ends:
        return False
    # «Skal i 2023 …» may be told of the whole year, in a report of it.
    return time.last - time.first < _YEAR or time.last.year < facts.period.year


def _coming(clause: Clause, time: Time) -> Word | None:
    """Return the word that makes it something to come: «skal», or a verb in the present, «starter», «åpnes»."""
    ahead = clause.first(Meaning.FUTURE)
    if ahead is not None and ahead.start < time.end:
        return ahead
    return next(
        (
            word
            for word in clause.words
            if (word.meaning is Meaning.FINISHING and word.text.endswith(("es", "ast"))) or word.text in _STARTS
        ),
        None,
    )


def _is_told(clause: Clause, time: Time) -> bool:
    """Whether a time that is over is what happened, or when it was decided: «vedtatt i mai 2023»."""
    near = [word for word in clause.words if 0 <= time.start - word.end < _NEAR]
    return any(
        word.meaning in {Meaning.PLAN, Meaning.FRAME, Meaning.YEAR_FRAME, Meaning.ACTUAL, Meaning.TOTAL_FRAME}
        or word.text in _DECIDED
        or word.text.startswith(("kommunestyre", "formannskap", "vedtak", "sak", "økonomiplan", "status", "rapport"))
        for word in near
    )


def _times_of_finish(clause: Clause, facts: Facts) -> Iterator[Time]:
    """Yield the times at which something is to be done, of the whole or of what «det» was."""
    for time in clause.times if not speaks_of_part(clause, facts) and not names_part(clause, facts) else ():
        word = _event_of(clause, time)
        if word is not None and word.meaning in FINISHING and not _is_put_aside(clause, time):
            yield time


def _completions(clause: Clause, facts: Facts) -> Iterator[tuple[Word, Time]]:
    """Yield the times at which a clause says that the whole is to be done."""
    if not clause.times or speaks_of_part(clause, facts) or clause.has(Meaning.OTHERS) or clause.is_hypothetical:
        return
    for time in clause.times:
        word = _event_of(clause, time)
        if word is None or word.meaning not in {*FINISHING, Meaning.CLOSE} or _is_put_aside(clause, time):
            continue
        if word.meaning is Meaning.CLOSE and not _is_far_off(time, facts):
            # Accounts are closed some time after the building: only a closing before it is a contradiction.
            continue
        if not is_of_whole(clause, word, facts) or _is_done_earlier(clause, time, facts):
            continue
        yield word, time


def _is_far_off(time: Time, facts: Facts) -> bool:
    quarter = facts.quarter
    return quarter is not None and date(quarter.year, 3 * quarter.quarter - 2, 1) - time.last > _FAR / 2


def _is_done_earlier(clause: Clause, time: Time, facts: Facts) -> bool:
    """Whether it was done at a time whose year had to be guessed: «ble tatt i bruk i november»."""
    return time.guessed and clause.has(Meaning.WAS) and time.first > facts.period.ends


def _event_of(clause: Clause, time: Time) -> Word | None:
    """Return the event that a time belongs to: the nearest before it, else the nearest after it."""
    events = [word for word in clause.words if word.meaning in _EVENTS]
    before = [word for word in events if word.end <= time.start]
    after = [word for word in events if word.start >= time.end]
    own = [word for word in before if not any(word.end <= one.start < time.start for one in clause.times)]
    finishing = [word for word in own if word.meaning in FINISHING]
    if own:
        last = own[-1]
        if finishing and last.meaning in {Meaning.DELAY, Meaning.PART}:
            return finishing[-1]
        if last.meaning is Meaning.PART:
            return next((word for word in after if word.meaning in FINISHING), None)
        return last
    if after:
        near = (
            after[0]
            if after[0].start - time.end < _NEXT and "," not in clause.sentence[time.end : after[0].start]
            else None
        )
        return None if near is None or near.meaning is Meaning.PART else near
    return before[-1] if before else None


def _is_put_aside(clause: Clause, time: Time) -> bool:
    """Whether a time is what was meant before, or a condition: «i stedet for …», «opprinnelig …», «ikke …»."""
    before = [word for word in clause.words if word.end <= time.start]
    if clause.has_before(time.start, Meaning.INSTEAD, Meaning.NOT, Meaning.EARLIER) or any(
        word.text == "skulle" for word in before
    ):
        return True
    if clause.has(Meaning.PROPOSED) or any(word.text in {"dersom", "hvis", "viss", "kunne"} for word in before):
        return True
    others = [one for one in clause.times if one is not time and one.start > time.end]
    return bool(others) and any(word.text in {"fra", "frå"} for word in before[-2:])


def _holds(time: Time, quarter: Quarter) -> bool:
    first = date(quarter.year, 3 * quarter.quarter - 2, 1)
    if time.bound is Bound.BY:
        return first <= time.last and time.last - quarter.ends < _FAR
    if time.bound is Bound.AFTER:
        return time.first <= quarter.ends and first - time.last < _FAR
    return time.first <= quarter.ends and first <= time.last


RULES = (
    TextRule(
        id="text-completion",
        title=message("Tidspunkt for ferdigstillelse"),
        compares=message("Tidspunktet i teksten mot estimert ferdig."),
        remedy=_CORRECT_IT,
        look=look_for_completion,
    ),
    TextRule(
        id="text-past-promise",
        title=message("Tidspunkt som er passert"),
        compares=message("Tidspunkt for noe som skal skje, mot periodens siste dag."),
        remedy=message("Skriv hva som skjedde, eller når det nå skal skje."),
        look=look_for_past_promise,
    ),
)
