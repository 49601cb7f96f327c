"""Puts messages into words: the catalogue of the chosen language, and figures the Norwegian way.

Must not know who asks; commands, window and reports get their sentences here.
"""

from __future__ import annotations

import gettext
from collections.abc import Callable
from datetime import date
from pathlib import Path
from string import Formatter
from typing import Any

import resources
from tracker.messages import Message, Refusal, message, source
from tracker.money import THOUSAND, in_thousands, write_number
from tracker.periods import Part, Period
from tracker.quarters import Quarter, State, UnreadCompletion, write_completion

Say = Callable[[Message], str]

SOURCE_LANGUAGE = "nb"
LANGUAGES = {"nb": "Norsk bokmål", "nn": "Norsk nynorsk", "en": "English"}
_CATALOGUES = Path(resources.__file__).parent / "translations"
_UNITS = frozenset({"kr", "tkr", "mill", "pct", "id"})
_MILLION = source("{number}\u00a0mill. kroner")
_PERCENT = source("{number}\u00a0prosent")
_PERIOD_TITLES = {
    Part.T1: message("1. tertialrapport {year}"),
    Part.T2: message("2. tertialrapport {year}"),
    Part.YEAR: message("Årsmelding {year}"),
}


class _Norwegian(Formatter):
    """Writes the places of a message: `kr`, `tkr`, `mill`, `pct`, `id`, `one|many`, or what the value is by itself."""

    def __init__(self, say_text: Callable[[str], str]) -> None:
        self._million, self._percent = map(say_text, (_MILLION, _PERCENT))

    def format_field(self, value: Any, format_spec: str) -> str:  # noqa: ANN401  what string.Formatter says
        if format_spec in _UNITS:
            return "-" if value is None else self._with_unit(value, format_spec)
        if "|" in format_spec:
            one, many = format_spec.split("|")
            return one if value == 1 else many
        if isinstance(value, Quarter | State | UnreadCompletion):
            return write_completion(value) or "-"
        if isinstance(value, date):
            return f"{value:%d.%m.%Y}"
        if isinstance(value, int) and not isinstance(value, bool):
            return write_number(value)
        return str(value)

    def _with_unit(self, value: Any, unit: str) -> str:  # noqa: ANN401  kroner, a share, or a number that is a name
        if unit == "mill":
            return self._million.format(number=_tenths(in_thousands(value * 10 // THOUSAND)))
        if unit == "pct":
            return self._percent.format(number=_tenths(round(value * 1000)))
        if unit == "id":
            return str(value)
        return _kroner(in_thousands(value) * THOUSAND or value) if unit == "tkr" else _kroner(value)


def _kroner(kroner: int) -> str:
    return f"{write_number(kroner)}\u00a0kr"


def _tenths(tenths: int) -> str:
    sign = "\u2212" if tenths < 0 else ""
    return f"{sign}{write_number(abs(tenths) // 10)},{abs(tenths) % 10}"


def words_in(language: str = SOURCE_LANGUAGE) -> Say:
    """Return how messages are said in a language.

    Raises Refusal when there is no catalogue for it.
    """
    say_text = _catalogue(language)
    norwegian = _Norwegian(say_text)

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
