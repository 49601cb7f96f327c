"""Rules on judgements of money: over- and underspend, what is left, and «innenfor budsjett», against the figures.

Must not read the text: `tracker.reading` has. Amounts are whole kroner.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tracker.messages import message
from tracker.proofing.deviations import ROUNDING, has_sign, known_deviations, known_left, tolerance, unscoped
from tracker.proofing.rule import Facts, TextFinding, TextRule, finding, span
from tracker.proofing.scope import names_part, speaks_of_part
from tracker.proofing.subjects import is_whole
from tracker.reading.abouts import About
from tracker.reading.clauses import Clause
from tracker.reading.meanings import DIFFERENCES, FRAMES, Meaning
from tracker.reading.read import Reading
from tracker.reading.words import Word

_RAISED_SINCE = re.compile(
    r"\b(?:total)?ramm(?:en|a)\b.{0,40}\b(?:økt|auka|hevet|heva|utvidet|utvida)\b", re.IGNORECASE
)
_DENIED_AFTER = re.compile(r",\s.*\b(?:ingen|ikke|ikkje|inga|neppe)\b", re.IGNORECASE)
_OFFERS = ("tilbud", "tilbod", "anbud", "anbod", "kalkyle", "kontrakt", "pristilb", "krav", "estimat", "overslag")
_NEAR = 60
_NAMES = (
    "merforbruket",
    "meirforbruket",
    "mindreforbruket",
    "overforbruket",
    "overskridelsen",
    "overskridinga",
    "underforbruket",
)
_CAUSING = frozenset(
    {
        "gitt",
        "gir",
        "gjev",
        "ført",
        "fører",
        "medført",
        "medfører",
        "skyldes",
        "skuldast",
        "grunnet",
        "pga",
        "kommer",
        "kjem",
        "på grunn av",
    }
)
_ACCORDING = ("i henhold", "iht", "ihht", "i tråd", "i samsvar")
_HOLDING = frozenset({"held", "holder", "holdes", "heldt", "holdt"})
_DENYING = frozenset({"ikke", "ikkje", "neppe"})
_EXPLAIN = message("Rett teksten, eller forklar hvilket avvik den gjelder.")
_WANTED = frozenset({About.OVERSPEND, About.UNDERSPEND, About.DEVIATION, About.LEFT})


def look_for_overspend(reading: Reading, facts: Facts) -> Iterator[TextFinding]:
    """Find talk of overspending where less was spent than budgeted."""
    for clause, word in _said(reading, facts, Meaning.OVERSPEND):
        known = known_deviations(clause, facts, word)
        if known and all(figure > -ROUNDING for figure in known.values()):
            yield finding(
                clause,
                word.start,
                word.end,
                message(
                    "Teksten sier «{quote}», men tallene viser ikke merforbruk: {figure:tkr} gjenstår.",
                    quote=clause.quote(word.start, word.end),
                    figure=next(iter(known.values())),
                ),
                figures=known,
            )


def look_for_underspend(reading: Reading, facts: Facts) -> Iterator[TextFinding]:
    """Find talk of underspending where more was spent than budgeted."""
    for clause, word in _said(reading, facts, Meaning.UNDERSPEND, Meaning.LEFT):
        if word.meaning is Meaning.LEFT and not _is_left_of_budget(clause, word):
            continue
        known = known_deviations(clause, facts, word)
        if known and all(figure < ROUNDING for figure in known.values()):
            yield finding(
                clause,
                word.start,
                word.end,
                message(
                    "Teksten sier «{quote}», men tallene viser {figure:tkr} i merforbruk.",
                    quote=clause.quote(word.start, word.end),
                    figure=-next(iter(known.values())),
                ),
                figures=known,
            )


def look_for_deviation(reading: Reading, facts: Facts) -> Iterator[TextFinding]:
    """Find an amount over or left that fits no deviation that the figures give."""
    for clause, amount, what, head in reading.figures:
        if what not in _WANTED or speaks_of_part(clause, facts) or _is_of_part(clause, facts):
            continue
        if clause.has_before(amount.start, Meaning.DOUBT, Meaning.PROPOSED, Meaning.NOT, Meaning.EARLIER):
            continue
        known = known_deviations(clause, facts, head)
        if what is About.LEFT:
            # What is left can't be below zero.
            known = {name: max(figure, 0) for name, figure in known_left(clause, facts).items()}
        signed = {name: figure for name, figure in known.items() if has_sign(what, figure)}
        if not signed or any(amount.agrees(abs(figure)) for figure in (*signed.values(), *unscoped(clause, facts))):
            continue
        start, end = min(amount.start, head.start), max(amount.end, head.end)
        yield finding(
            clause,
            amount.start,
            amount.end,
            message(
                "Teksten sier «{quote}», men tallene gir {figure:tkr}.",
                quote=clause.quote(start, end),
                figure=abs(next(iter(signed.values()))),
            ),
            figures={**known, "said": round(amount.value)},
        )


def look_for_within_budget(reading: Reading, facts: Facts) -> Iterator[TextFinding]:
    """Find «innenfor budsjett» where the budget or the frame is exceeded."""
    for clause in reading.clauses_with(Meaning.WITHIN, *FRAMES):
        word = _within(clause)
        if (
            word is None
            or _is_denied_after(clause, word)
            or clause.has_before(word.start, Meaning.DOUBT, Meaning.PROPOSED, Meaning.EARLIER, Meaning.NOT)
        ):
            continue
        if speaks_of_part(clause, facts) or names_part(clause, facts) or _is_of_event(clause, word, facts):
            continue
        if clause.has(Meaning.OTHER_YEAR):
            continue
        known = known_deviations(clause, facts, judged=True)
        exceeded = {name: figure for name, figure in known.items() if figure < -tolerance(facts)}
        if not exceeded:
            continue
        start, end = span(word, _budget_word(clause, word))
        yield finding(
            clause,
            start,
            end,
            message(
                "Teksten sier «{quote}», men tallene viser {figure:tkr} mer enn budsjettet.",
                quote=clause.quote(start, end),
                figure=-next(iter(exceeded.values())),
            ),
            figures=known,
        )


def _within(clause: Clause) -> Word | None:
    """Return the word that says «within» of a budget, by itself or with the budget after it."""
    frame = clause.first(*FRAMES)
    holding = frame and next((one for one in clause.words if one.text in _HOLDING and frame.end < one.start), None)
    if holding:
        return holding
    for word in clause.words:
        is_within = word.meaning is Meaning.WITHIN or (
            word.meaning is Meaning.ON_SCHEDULE and word.text.startswith(_ACCORDING)
        )
        if is_within and (
            word.text.startswith(("hold", "held", "uten over", "utan over", "på budsjett", "følg"))
            or _budget_word(clause, word) is not word
        ):
            return word
    return None


def _is_denied_after(clause: Clause, word: Word) -> bool:
    """Whether it says so no more after all: «rammen holder ikke»."""
    return any(one.text in _DENYING for one in clause.words if one.start > word.start)


def _budget_word(clause: Clause, within: Word) -> Word:
    near = (word for word in clause.words if 0 < word.start - within.end < _NEAR)
    return next((word for word in near if word.meaning in FRAMES), within)


def _is_of_event(clause: Clause, word: Word, facts: Facts) -> bool:
    """Whether what was within its budget is a step of the project, as «prosjekteringen», and not all of it."""
    if facts.is_programme:
        return False
    before = [one for one in clause.words if one.end <= word.start]
    return any(one.meaning in {Meaning.EVENT, Meaning.OTHER_MONEY} for one in before) and not any(
        is_whole(one, facts) for one in clause.words
    )


def _said(reading: Reading, facts: Facts, *meanings: Meaning) -> Iterator[tuple[Clause, Word]]:
    """Yield what is said of over- or underspending, neither denied, doubted nor of a part or another year."""
    for clause in reading.clauses_with(*meanings):
        word = next(filter(None, (clause.first(meaning) for meaning in meanings)), None)
        if word is None or speaks_of_part(clause, facts) or _is_of_part(clause, facts) or clause.is_hypothetical:
            continue
        if not word.text.startswith(_NAMES) and _is_unsure(clause, word):
            continue
        if clause.has_before(word.start, Meaning.OTHERS, Meaning.INSTEAD, Meaning.EARLIER) or _is_of_thing(
            clause, word
        ):
            continue
        if _is_foreign(clause, word, facts) or _is_history(clause, word):
            continue
        other = next((one for one in clause.words if one.meaning in DIFFERENCES and one.meaning not in meanings), None)
        if other is not None:
            continue
        yield clause, word


def _is_of_thing(clause: Clause, word: Word) -> bool:
    """Whether it is offers that were over the budget, or one thing that was: «merforbruk på inventar»."""
    if any(one.text.startswith(_OFFERS) for one in clause.words if one.end <= word.start):
        return True
    after = [one for one in clause.words if one.start >= word.end][:2]
    return (
        len(after) > 1
        and after[0].text == "på"
        and after[1].meaning in {Meaning.OTHER_MONEY, Meaning.PART, Meaning.EVENT}
    )


def _is_history(clause: Clause, word: Word) -> bool:
    """Whether it is what the frame was raised for since, or what money was given to cover."""
    if any(one.text in {"dekke", "dekkje"} for one in clause.words if one.start < word.start):
        return True
    return _RAISED_SINCE.search(clause.sentence, clause.body.end) is not None


def _is_unsure(clause: Clause, word: Word) -> bool:
    """Whether something before the word denies it or leaves it open."""
    if clause.has_before(word.start, Meaning.NOT, Meaning.DOUBT, Meaning.PROPOSED):
        return True
    if clause.before is not None and clause.before.has(Meaning.DOUBT):
        return True
    # «At det blir merforbruk, ser vi ingen tegn til»: denied after.
    return (
        clause.words[0].text == "at"
        and clause.body.start == 0
        and _DENIED_AFTER.search(clause.sentence, word.end) is not None
    )


def _is_of_part(clause: Clause, facts: Facts) -> bool:
    """Whether a part is what is over or under; not one that is the cause of it."""
    return names_part(clause, facts) and not any(word.text in _CAUSING for word in clause.words)


def _is_left_of_budget(clause: Clause, word: Word) -> bool:
    """Whether something of the budget is left: «restmidler», «til overs»; not what work remains."""
    return (
        clause.has(*FRAMES)
        or word.text.startswith("restm")
        or word.text
        in {
            "til overs",
            "til gode",
            "til rest",
            "ikke alle midlene",
            "ikkje alle midlane",
            "ikkje alle midla",
        }
    )


def _is_foreign(clause: Clause, word: Word, facts: Facts) -> bool:
    """Whether the words are of another year than the one that is reported."""
    years = {year for time in clause.times for year in (time.first.year, time.last.year)}
    if not years or facts.period.year in years or clause.has(Meaning.THIS_YEAR):
        return clause.has(Meaning.OTHER_YEAR) and not _is_covered(clause, word) and not clause.has(Meaning.THIS_YEAR)
    return not _is_covered(clause, word)


def _is_covered(clause: Clause, word: Word) -> bool:
    """Whether another year is only where it is covered from, or moved to: «dekkes av rammen for 2024»."""
    covering = (
        "dekk",
        "overfør",
        "flytt",
        "hent",
        "finansier",
        "innarbeid",
        "søk",
        "meld",
        "behandl",
        "håndter",
        "bli",
        "inndekk",
    )
    after = (one for one in clause.words if one.start > word.start)
    return any(one.text.startswith(covering) for one in after) or clause.has(Meaning.CLOSE)


RULES = (
    TextRule(
        id="text-overspend",
        title=message("Merforbruk som tallene ikke viser"),
        compares=message("«Merforbruk» i teksten mot årets avvik og det som gjenstår."),
        remedy=_EXPLAIN,
        look=look_for_overspend,
    ),
    TextRule(
        id="text-underspend",
        title=message("Mindreforbruk som tallene ikke viser"),
        compares=message("«Mindreforbruk» i teksten mot årets avvik og det som gjenstår."),
        remedy=_EXPLAIN,
        look=look_for_underspend,
    ),
    TextRule(
        id="text-deviation",
        title=message("Beløp for avviket"),
        compares=message("Mer- eller mindreforbruk i kroner i teksten mot avvikene som tallene gir."),
        remedy=_EXPLAIN,
        look=look_for_deviation,
    ),
    TextRule(
        id="text-within-budget",
        title=message("«Innenfor budsjett» som tallene ikke viser"),
        compares=message("«Innenfor budsjett» i teksten mot budsjett, forbruk og prognose."),
        remedy=_EXPLAIN,
        look=look_for_within_budget,
    ),
)
