"""Puts messages into words: the catalogue of the chosen language, and figures the Norwegian way.

Must not know who asks; commands, window and reports get their sentences here.
"""

from __future__ import annotations

import gettext
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from string import Formatter
from typing import Any

import resources
from tracker.messages import Message, Refusal, message
from tracker.money import THOUSAND, in_thousands, write_number
from tracker.periods import Part, Period
from tracker.quarters import Quarter, State, UnreadCompletion, write_completion

Say = Callable[[Message], str]

SOURCE_LANGUAGE = "nb"
LANGUAGES = {"nb": "Norsk bokmål", "nn": "Norsk nynorsk", "en": "English"}
_CATALOGUES = Path(resources.__file__).parent / "translations"
_PERIOD_TITLES = {
    Part.T1: message("1. tertialrapport {year}"),
    Part.T2: message("2. tertialrapport {year}"),
    Part.YEAR: message("Årsmelding {year}"),
}


class _Norwegian(Formatter):
    """Writes the places of a message: `kr`, `tkr`, `mill`, `pct`, `id`, or what the value is by itself."""

    def format_field(self, value: Any, format_spec: str) -> str:  # noqa: ANN401  what string.Formatter says
        if format_spec in _UNITS:
            return "-" if value is None else _UNITS[format_spec](value)
        if isinstance(value, Quarter | State | UnreadCompletion):
            return write_completion(value) or "-"
        if isinstance(value, date):
            return f"{value:%d.%m.%Y}"
        if isinstance(value, int) and not isinstance(value, bool):
            return write_number(value)
        return str(value)


def _kroner(kroner: int) -> str:
    return f"{write_number(kroner)}\u00a0kr"


def _whole_thousands(kroner: int) -> str:
    return _kroner(in_thousands(kroner) * THOUSAND or kroner)


def _tenths(tenths: int) -> str:
    sign = "\u2212" if tenths < 0 else ""
    return f"{sign}{write_number(abs(tenths) // 10)},{abs(tenths) % 10}"


_UNITS: Mapping[str, Callable[[Any], str]] = {
    "kr": _kroner,
    "tkr": _whole_thousands,
    "mill": lambda kroner: f"{_tenths(in_thousands(kroner * 10 // THOUSAND))}\u00a0mill. kroner",
    "pct": lambda share: f"{_tenths(round(share * 1000))}\u00a0prosent",
    "id": str,
}


def words_in(language: str = SOURCE_LANGUAGE) -> Say:
    """Return how messages are said in a language.

    Raises Refusal when there is no catalogue for it.
    """
    say_text = _catalogue(language)
    norwegian = _Norwegian()

    def say(spoken: Message) -> str:
        values = {name: _titled(value, say) for name, value in spoken.values.items()}
        return norwegian.vformat(say_text(spoken.text), (), values)

    return say


def period_title(period: Period) -> Message:
    """Return what a period is called on screen and paper: «Årsmelding 2023»."""
    return message(_PERIOD_TITLES[period.part].text, year=str(period.year))


def _titled(value: object, say: Say) -> object:
    if isinstance(value, Message):
        return say(value)
    return say(period_title(value)) if isinstance(value, Period) else value


def _catalogue(language: str) -> Callable[[str], str]:
    if language == SOURCE_LANGUAGE:
        return str
    try:
        return gettext.translation("tertial", _CATALOGUES, [language]).gettext
    except OSError:
        raise Refusal(
            message("Språket «{language}» finnes ikke: velg «{source}».", language=language, source=SOURCE_LANGUAGE)
        ) from None
