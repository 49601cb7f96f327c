"""What a municipality settles about § 5-5 and the end of the year: signs, whose areas, what running programmes keep.

Must not know a figure.
"""

from __future__ import annotations

from dataclasses import replace

from tracker.edits import Edit
from tracker.messages import message
from tracker.model import Portfolio
from tracker.settings.choice import Choice, Section, Shape, kept_choice
from tracker.settings.reading import read_lines, reads_option, reads_options
from tracker.statement import GRANTED_AREAS_SETTING
from tracker.statement_check.known import KNOWN
from tracker.statement_check.signs import USUAL_SIGNS, DeviationSign, SignProfile, set_signs, signs_of
from tracker.year_end import PROGRAMMES_SETTING

_INCOME = (("negative", message("Med minus")), ("positive", message("Uten minus")))
_DEVIATION = (
    (DeviationSign.BUDGET_MINUS_ACTUAL.value, message("Budsjett minus regnskap")),
    (DeviationSign.ACTUAL_MINUS_BUDGET.value, message("Regnskap minus budsjett")),
    (DeviationSign.FAVOURABLE.value, message("Positivt er gunstig")),
)
_LINES = tuple((known.id, known.title) for known in KNOWN)
_PROGRAMMES = (("carry", message("Overføres")), ("strike", message("Strykes")))
_NONE = "-"


def _income(profile: SignProfile) -> str:
    return "negative" if profile.income_negative else "positive"


def _turned(profile: SignProfile) -> str:
    return "\n".join(known.id for known in KNOWN if known.id in profile.turned)


def _settle_income(portfolio: Portfolio, typed: str) -> Edit:
    is_negative = reads_option(_INCOME)(typed) == "negative"
    return set_signs(portfolio, replace(signs_of(portfolio), income_negative=is_negative))


def _settle_deviation(portfolio: Portfolio, typed: str) -> Edit:
    sign = DeviationSign(reads_option(_DEVIATION)(typed))
    return set_signs(portfolio, replace(signs_of(portfolio), deviation=sign))


def _settle_turned(portfolio: Portfolio, typed: str) -> Edit:
    turned = frozenset(reads_options(_LINES)(typed).splitlines())
    return set_signs(portfolio, replace(signs_of(portfolio), turned=turned))


def _read_areas(typed: str) -> str:
    """Read areas as they are kept, parted by semicolons; `-` is none at all, and nothing typed the usual ones."""
    lines = read_lines(typed.replace(";", "\n")).splitlines()
    return "" if lines == [_NONE] else ";".join(lines) or ";"


def _write_areas(kept: str) -> str:
    if kept == ";":
        return ""
    return "\n".join(area for one in kept.split(";") if (area := one.strip())) or _NONE


CHOICES: tuple[Choice, ...] = (
    Choice(
        key="statement.signs.income",
        section=Section.STATEMENT,
        title=message("Inntekter i § 5-5"),
        about=message("Slik kommunens bevilgningsoversikt trykkes. Kjennes igjen når en rapport importeres."),
        shape=Shape.ONE,
        options=_INCOME,
        value=lambda portfolio: _income(signs_of(portfolio)),
        settle=_settle_income,
        usual=_income(USUAL_SIGNS),
    ),
    Choice(
        key="statement.signs.deviation",
        section=Section.STATEMENT,
        title=message("Avvik i § 5-5"),
        about=message("Hva et avvik uten minus betyr i kommunens bevilgningsoversikt."),
        shape=Shape.ONE,
        options=_DEVIATION,
        value=lambda portfolio: signs_of(portfolio).deviation.value,
        settle=_settle_deviation,
        usual=USUAL_SIGNS.deviation.value,
    ),
    Choice(
        key="statement.signs.turned",
        section=Section.STATEMENT,
        title=message("Linjer med motsatt fortegn"),
        about=message("Linjer i § 5-5 som kommunen trykker med motsatt fortegn av de andre."),
        shape=Shape.SOME,
        options=_LINES,
        value=lambda portfolio: _turned(signs_of(portfolio)),
        settle=_settle_turned,
        usual=_turned(USUAL_SIGNS),
        usual_said=message("Ingen"),
    ),
    kept_choice(
        GRANTED_AREAS_SETTING,
        Section.STATEMENT,
        message("Områder som er andres investeringer"),
        message(
            "Tjenesteområder som føres som tilskudd til andres investeringer, ett på hver linje. Skriv - for ingen."
        ),
        Shape.LINES,
        read=_read_areas,
        write=_write_areas,
        usual_said=message("Områder med «kirkelig» i navnet"),
    ),
    kept_choice(
        PROGRAMMES_SETTING,
        Section.STATEMENT,
        message("Ubrukt på løpende rammer ved årsslutt"),
        message("Hva årsavslutningen foreslår for det en løpende ramme har igjen."),
        Shape.ONE,
        read=reads_option(_PROGRAMMES),
        usual="carry",
        options=_PROGRAMMES,
    ),
)
