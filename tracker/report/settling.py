"""What a person can settle about the report: each returns the edit of the setting, or a refusal that says why not.

Must not know how a setting is used.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Sequence

from tracker.edits import Edit
from tracker.messages import Refusal, message
from tracker.model import MUNICIPALITY_SETTING, Portfolio
from tracker.report.build import PARTS
from tracker.report.content import PartName, ReportLook, Typeface
from tracker.report.template import (
    ACCENT,
    CHOSEN,
    LANGUAGE,
    LENGTH,
    LOGO,
    MOST_LETTERS,
    SHORT,
    TEXT,
    TEXT_PLACES,
    TYPEFACE,
    read_accent,
    read_logo,
    read_typeface,
)
from tracker.settings.choice import settled


def settle_accent(portfolio: Portfolio, typed: str) -> Edit:
    """Settle the colour of headings and charts; nothing typed is the usual one.

    Raises Refusal when it isn't a colour, or can't be read on white.
    """
    usual = ReportLook().accent
    accent = read_accent(typed.strip() or usual)
    return settled(portfolio, ACCENT, None if accent == usual else accent, message("Fargen i rapporten"))


def settle_typeface(portfolio: Portfolio, typed: str) -> Edit:
    """Settle which kind of letters the report is set in.

    Raises Refusal when there is none of that name.
    """
    typeface = read_typeface(typed)
    kept = None if typeface is Typeface.SANS else typeface.value
    return settled(portfolio, TYPEFACE, kept, message("Skrifttypen i rapporten"))


def settle_logo(portfolio: Portfolio, content: bytes | None) -> Edit:
    """Settle the logo: the content of a PNG, JPEG or SVG file, None for no logo.

    Raises Refusal when it is another kind of file, or too large.
    """
    if content is None:
        return settled(portfolio, LOGO, None, message("Fjernet logoen fra rapporten"))
    kept = b64encode(read_logo(content).content).decode("ascii")
    return settled(portfolio, LOGO, kept, message("Logoen i rapporten"))


def settle_parts(portfolio: Portfolio, ids: Sequence[str]) -> Edit:
    """Settle which parts the report has, and in which order.

    Raises Refusal when there is none, or one that no report has.
    """
    chosen = parts_among(ids)
    usual = tuple(name.id for name in PARTS)
    return settled(portfolio, CHOSEN, None if chosen == usual else ",".join(chosen), message("Delene i rapporten"))


def parts_among(ids: Sequence[str]) -> tuple[str, ...]:
    """Return the ids of parts without spaces around them, each once.

    Raises Refusal when there is none, or one that no report has.
    """
    chosen = tuple(dict.fromkeys(part for id_ in ids if (part := id_.strip())))
    _refuse_unknown(chosen, PARTS)
    if not chosen:
        raise Refusal(message("En rapport må ha minst én del: kryss av for en."))
    return chosen


def settle_text(portfolio: Portfolio, part: str, text: str) -> Edit:
    """Settle the municipality's own text at the start of a part, `front` before the first; an empty one is none.

    Raises Refusal when there is no such part, or the text is too long.
    """
    _refuse_unknown([part], TEXT_PLACES)
    title = next(place.title for place in TEXT_PLACES if place.id == part)
    if len(text) > MOST_LETTERS:
        raise Refusal(
            message("Teksten er på {count} tegn, og den kan være på høyst {most}.", count=len(text), most=MOST_LETTERS)
        )
    label = message("Egen tekst under {part}", part=title)
    return settled(portfolio, f"{TEXT}{part}", text.strip() or None, label)


def settle_length(portfolio: Portfolio, *, in_full: bool) -> Edit:
    """Settle whether long texts are written in full."""
    return settled(portfolio, LENGTH, None if in_full else SHORT, message("Lengden på tekstene i rapporten"))


def settle_language(portfolio: Portfolio, code: str) -> Edit:
    """Settle the language that the report is written in; empty for that of whoever writes it."""
    return settled(portfolio, LANGUAGE, code or None, message("Språket i rapporten"))


def name_municipality(portfolio: Portfolio, name: str) -> Edit:
    """Settle what the municipality is called.

    Raises Refusal when it is called nothing.
    """
    if not name.strip():
        raise Refusal(message("Skriv kommunens navn, slik det skal stå i rapporten."))
    return settled(portfolio, MUNICIPALITY_SETTING, name.strip(), message("Kommunens navn"))


def _refuse_unknown(ids: Iterable[str], places: Sequence[PartName]) -> None:
    known = [place.id for place in places]
    unknown = next((part for part in ids if part not in known), None)
    if unknown is not None:
        raise Refusal(
            message("Rapporten har ingen del «{unknown}»: velg blant {known}.", unknown=unknown, known=", ".join(known))
        )
