"""What a municipality settles about itself and its control: limits, deadlines, service areas, words of its own.

Must not know what uses them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields

from tracker.flags.flag import Limits
from tracker.messages import Message, message
from tracker.model import AREAS_SETTING, MUNICIPALITY_SETTING, WORDS_SETTING
from tracker.periods import Part
from tracker.report.settling import name_municipality
from tracker.settings.choice import Choice, Section, Shape, kept_choice
from tracker.settings.deadlines import DEADLINE
from tracker.settings.reading import read_amount, read_day, read_lines, reads_number, write_digits

_LIMIT = "limit."
_USUAL = {one.name: one.default for one in fields(Limits)}
_MOST_PERCENT, _MOST_QUARTERS = 1000, 80

_LIMITS: tuple[tuple[str, Message, Message], ...] = (
    (
        "year_kroner",
        message("Avvik i året, beløp"),
        message("Et avvik fra årets budsjett flagges fra dette beløpet, når andelen under også er nådd."),
    ),
    (
        "year_percent",
        message("Avvik i året, andel"),
        message("Så stor del av årets budsjett må avviket være før det flagges."),
    ),
    (
        "large_kroner",
        message("Store avvik i året"),
        message("Fra dette beløpet flagges avviket uansett andel, og det kommer på rapportens liste over store avvik."),
    ),
    (
        "total_kroner",
        message("Over totalrammen"),
        message("Påløpt eller sluttprognose over vedtatt totalt flagges når det er mer enn dette."),
    ),
    (
        "finished_left_kroner",
        message("Rest på ferdige prosjekter"),
        message("Et ferdig prosjekt flagges når det har igjen minst dette av rammen."),
    ),
    (
        "slip_quarters",
        message("Forskyvning siden forrige periode"),
        message("Ferdigdatoen flagges når den er flyttet minst så mye siden forrige periode."),
    ),
    (
        "slip_in_all_quarters",
        message("Forskyvning i alt"),
        message("Ferdigdatoen flagges når den er flyttet minst så mye siden den først ble meldt."),
    ),
)
_PERIODS = {
    Part.T1: message("Frist for 1. tertialrapport"),
    Part.T2: message("Frist for 2. tertialrapport"),
    Part.YEAR: message("Frist for årsmeldingen"),
}


def _limit(name: str, title: Message, about: Message) -> Choice:
    key, usual = f"{_LIMIT}{name}", str(_USUAL[name])
    if name.endswith("kroner"):
        return kept_choice(
            key,
            Section.LIMITS,
            title,
            about,
            Shape.KRONER,
            read=read_amount,
            write=write_digits,
            usual=write_digits(usual),
            unit=message("kr"),
        )
    is_share = name.endswith("percent")
    return kept_choice(
        key,
        Section.LIMITS,
        title,
        about,
        Shape.NUMBER,
        read=reads_number(0, _MOST_PERCENT) if is_share else reads_number(1, _MOST_QUARTERS),
        usual=usual,
        unit=message("%") if is_share else message("kvartal"),
    )


def _deadlines() -> Iterable[Choice]:
    for part, title in _PERIODS.items():
        about = (
            message("Dag og måned i året etter. Foreslås når perioden startes.")
            if part is Part.YEAR
            else message("Dag og måned. Foreslås når perioden startes.")
        )
        yield kept_choice(
            f"{DEADLINE}{part.value}",
            Section.DEADLINES,
            title,
            about,
            Shape.WORDS,
            read=read_day,
            usual_said=message("Ingen fast frist"),
        )


_NAME = message("Kommunens navn")

CHOICES: tuple[Choice, ...] = (
    Choice(
        key=MUNICIPALITY_SETTING,
        section=Section.MUNICIPALITY,
        title=_NAME,
        about=message("Står på rapporten, i pakker og på skjemaer."),
        shape=Shape.WORDS,
        value=lambda portfolio: portfolio.municipality,
        settle=name_municipality,
        usual=None,
    ),
    kept_choice(
        AREAS_SETTING,
        Section.MUNICIPALITY,
        message("Tjenesteområder"),
        message("Ett på hver linje, i den rekkefølgen de skal stå i oversikten og rapporten."),
        Shape.LINES,
        read=read_lines,
        usual_said=message("De som prosjektene har, det største budsjettet først"),
    ),
    *(_limit(*one) for one in _LIMITS),
    *_deadlines(),
    kept_choice(
        WORDS_SETTING,
        Section.WORDS,
        message("Kommunens egne ord"),
        message("Ett på hver linje. Navn og faguttrykk som ikke skal merkes som feilskrevet hos noen."),
        Shape.LINES,
        read=read_lines,
        usual_said=message("Ingen"),
    ),
)
