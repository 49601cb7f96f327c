"""What a municipality settles about its report, as choices: they are settled by `tracker.report.settling`.

Must not know what the report becomes of it.
"""

from __future__ import annotations

from base64 import b64decode
from binascii import Error as NotBase64

from tracker.edits import Edit
from tracker.messages import Message, message
from tracker.model import Portfolio
from tracker.report.build import PARTS
from tracker.report.content import PartName, ReportLook, Typeface
from tracker.report.settling import (
    settle_accent,
    settle_language,
    settle_length,
    settle_logo,
    settle_parts,
    settle_text,
    settle_typeface,
)
from tracker.report.template import ACCENT, CHOSEN, LANGUAGE, LENGTH, LOGO, SHORT, TEXT, TEXT_PLACES, TYPEFACE
from tracker.settings.choice import Choice, Section, Shape
from tracker.settings.reading import reads_option

_PAGE = "report"
_LANGUAGES = (
    ("", message("Som vinduet")),
    ("nb", message("Norsk bokmål")),
    ("nn", message("Norsk nynorsk")),
    ("en", message("English")),
)
_TYPEFACES = ((Typeface.SANS.value, message("Uten seriffer")), (Typeface.SERIF.value, message("Med seriffer")))
_FULL = "full"
_LENGTHS = ((_FULL, message("I sin helhet")), (SHORT, message("Forkortet")))
_PARTS = tuple((part.id, part.title) for part in PARTS)
_USUAL = ReportLook()
_SHOWN_OF_TEXT = 60


def _kept(portfolio: Portfolio, key: str, usual: str) -> str:
    setting = portfolio.settings.get(key)
    return usual if setting is None else setting.value


def _settle_language(portfolio: Portfolio, typed: str) -> Edit:
    return settle_language(portfolio, reads_option(_LANGUAGES)(typed))


def _settle_length(portfolio: Portfolio, typed: str) -> Edit:
    return settle_length(portfolio, in_full=reads_option(_LENGTHS)(typed) == _FULL)


def _settle_parts(portfolio: Portfolio, typed: str) -> Edit:
    return settle_parts(portfolio, typed.splitlines())


def _settle_logo(portfolio: Portfolio, typed: str) -> Edit:
    try:
        content = b64decode(typed, validate=True)
    except NotBase64:
        content = b"?"
    return settle_logo(portfolio, content or None)


def _say_logo(value: str) -> Message:
    return message("Bilde på {size} kB", size=-(-len(value) * 3 // 4000))


def text_choice(part: PartName) -> Choice:
    """Return the choice of the municipality's own text at the start of a part."""
    key = f"{TEXT}{part.id}"
    return Choice(
        key=key,
        section=Section.REPORT,
        title=message("Egen tekst under {part}", part=part.title),
        about=message("Skrives på siden Rapport, der du ser hvordan den blir."),
        shape=Shape.LONG,
        value=lambda portfolio: _kept(portfolio, key, ""),
        settle=lambda portfolio, typed: settle_text(portfolio, part.id, typed),
        usual_said=message("Ingen"),
        said=_say_text,
        page=_PAGE,
    )


def _say_text(value: str) -> Message:
    line = " ".join(value.split())
    return message("{text}", text=line if len(line) <= _SHOWN_OF_TEXT else f"{line[:_SHOWN_OF_TEXT]} …")


TEXTS: tuple[Choice, ...] = tuple(map(text_choice, TEXT_PLACES))
CHOICES: tuple[Choice, ...] = (
    Choice(
        key=LANGUAGE,
        section=Section.REPORT,
        title=message("Rapportens språk"),
        about=message("Gjelder Excel, PDF og Word, hvem som enn skriver rapporten."),
        shape=Shape.ONE,
        options=_LANGUAGES,
        value=lambda portfolio: _kept(portfolio, LANGUAGE, ""),
        settle=_settle_language,
    ),
    Choice(
        key=ACCENT,
        section=Section.REPORT,
        title=message("Farge"),
        about=message("Overskrifter og diagrammer, som #1B4F72. Den må kunne leses på hvitt."),
        shape=Shape.WORDS,
        value=lambda portfolio: f"#{_kept(portfolio, ACCENT, _USUAL.accent)}",
        settle=settle_accent,
        usual=f"#{_USUAL.accent}",
    ),
    Choice(
        key=TYPEFACE,
        section=Section.REPORT,
        title=message("Skrifttype"),
        about=message("I PDF og Word."),
        shape=Shape.ONE,
        options=_TYPEFACES,
        value=lambda portfolio: _kept(portfolio, TYPEFACE, _USUAL.typeface.value),
        settle=settle_typeface,
        usual=_USUAL.typeface.value,
    ),
    Choice(
        key=LENGTH,
        section=Section.REPORT,
        title=message("Lange tekster"),
        about=message("Om statustekster skrives i sin helhet eller forkortes."),
        shape=Shape.ONE,
        options=_LENGTHS,
        value=lambda portfolio: _kept(portfolio, LENGTH, _FULL),
        settle=_settle_length,
        usual=_FULL,
    ),
    Choice(
        key=CHOSEN,
        section=Section.REPORT,
        title=message("Deler i rapporten"),
        about=message("Velges og flyttes på siden Rapport, der du ser hvordan det blir."),
        shape=Shape.SOME,
        options=_PARTS,
        value=lambda portfolio: _kept(portfolio, CHOSEN, ",".join(part for part, _ in _PARTS)).replace(",", "\n"),
        settle=_settle_parts,
        usual="\n".join(part for part, _ in _PARTS),
        said=lambda value: message("{count} av {most} deler", count=len(value.splitlines()), most=len(_PARTS)),
        page=_PAGE,
    ),
    Choice(
        key=LOGO,
        section=Section.REPORT,
        title=message("Logo"),
        about=message("Velges på siden Rapport. PNG, JPEG eller SVG."),
        shape=Shape.SHOWN,
        value=lambda portfolio: _kept(portfolio, LOGO, ""),
        settle=_settle_logo,
        usual_said=message("Ingen logo"),
        said=_say_logo,
        page=_PAGE,
    ),
)
