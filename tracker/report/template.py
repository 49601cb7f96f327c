"""The municipality's own report: its look, its parts and their order, its words between them, kept as settings.

Must not know how a report is written, nor how a setting is changed.
"""

from __future__ import annotations

import re
from base64 import b64decode
from binascii import Error as NotBase64
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from tracker.messages import Refusal, message
from tracker.model import Portfolio, RecordId
from tracker.periods import Period
from tracker.report.build import FRONT, PARTS, build_report
from tracker.report.content import Logo, LogoKind, PartName, Report, ReportLook, Typeface
from tracker.report.picture_size import MOST_DOTS, dots_in_jpeg, dots_in_png
from tracker.report.shortening import shortened
from tracker.tracing import Imported

ACCENT = RecordId("report.accent")
TYPEFACE = RecordId("report.typeface")
LOGO = RecordId("report.logo")
CHOSEN = RecordId("report.parts")
LENGTH = RecordId("report.length")
LANGUAGE = RecordId("report.language")
TEXT = "report.text."
"""What the id of a text begins with; the id of the part that it stands at the start of follows."""
SHORT = "short"

TEXT_PLACES: tuple[PartName, ...] = (FRONT, *PARTS)
"""Where a text of the municipality's own can stand: before the first part, and at the start of each."""
MOST_LETTERS = 20_000
LARGEST_LOGO = 300_000
READABLE = 4.5
"""The least contrast of text to its ground that WCAG 2.1 AA allows."""
_COLOUR = re.compile(r"#?([0-9A-Fa-f]{6})")
_BEGINNINGS = {LogoKind.PNG: b"\x89PNG\r\n\x1a\n", LogoKind.JPEG: b"\xff\xd8\xff"}
_DOTS = {LogoKind.PNG: dots_in_png, LogoKind.JPEG: dots_in_jpeg}
_TYPEFACES = {typeface.value: typeface.value for typeface in Typeface}
_SVG = re.compile(rb"<(?:\w+:)?svg[\s>]")
_BEFORE_MARKUP = b"\xef\xbb\xbf \t\r\n"
# Comments and declarations may stand before the picture itself.
_SVG_WITHIN = 4_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """What a municipality has settled about its report.

    `parts` are ids in order, None for every part as the program orders them; `texts` are by the id of their part;
    `in_full` says that long texts are not shortened; `language` is the code of the language that it is written in, None
    for that of whoever writes it.
    """

    look: ReportLook = field(default_factory=ReportLook)
    parts: tuple[str, ...] | None = None
    texts: Mapping[str, str] = field(default_factory=dict)
    in_full: bool = True
    language: str | None = None

    @property
    def order(self) -> tuple[str, ...]:
        """The ids of the parts that the report has, in order."""
        return tuple(name.id for name in PARTS) if self.parts is None else self.parts


def template_of(portfolio: Portfolio) -> Template:
    """Read the template from a portfolio's settings, the usual where nothing is settled.

    Raises Refusal when a setting can't be used.
    """
    settings = {str(id_): setting.value for id_, setting in portfolio.settings.items()}
    usual = Template()
    logo = settings.get(LOGO)
    look = ReportLook(
        accent=read_accent(settings.get(ACCENT, usual.look.accent)),
        typeface=read_typeface(settings.get(TYPEFACE, usual.look.typeface.value)),
        logo=None if logo is None else read_logo(_unpacked(logo)),
    )
    chosen = settings.get(CHOSEN)
    texts = {name.id: settings[f"{TEXT}{name.id}"] for name in TEXT_PLACES if f"{TEXT}{name.id}" in settings}
    return Template(
        look=look,
        parts=None if chosen is None else _known(chosen.split(",")),
        texts=texts,
        in_full=settings.get(LENGTH) != SHORT,
        language=settings.get(LANGUAGE),
    )


def report_of(
    portfolio: Portfolio,
    period: Period,
    *,
    template: Template | None = None,
    imports: Mapping[str, Imported] | None = None,
) -> Report:
    """Build the report of a period as the municipality wants it, or as a template says.

    `imports` are the files of the ledger batches, by id. Raises Refusal when a setting of the portfolio can't be used.
    """
    given = template_of(portfolio) if template is None else template
    report = build_report(portfolio, period, chosen=given.parts, texts=given.texts, imports=imports)
    styled = replace(report, look=given.look)
    return styled if given.in_full else shortened(styled)


def read_accent(typed: str) -> str:
    """Read a colour, `#1B4F72`, that text can be read in on white.

    Raises Refusal when it isn't one.
    """
    found = _COLOUR.fullmatch(typed.strip())
    if found is None:
        raise Refusal(message("«{typed}» er ikke en farge: skriv den som #1B4F72.", typed=typed))
    colour = found[1].upper()
    contrast = contrast_on_white(colour)
    if contrast < READABLE:
        raise Refusal(
            message(
                "Fargen #{colour} er for lys til å leses på hvitt: kontrasten er {contrast}:1, og den må være minst "
                "4,5:1. Velg en mørkere farge.",
                colour=colour,
                contrast=f"{int(contrast * 10) / 10:.1f}".replace(".", ","),
            )
        )
    return colour


def contrast_on_white(colour: str) -> float:
    """Return the contrast of a colour (`RRGGBB`) to white, from 1 to 21, as WCAG counts it."""
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (0, 2, 4))
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


def read_typeface(typed: str) -> Typeface:
    """Read the name of a kind of letters.

    Raises Refusal when there is none of that name.
    """
    try:
        return Typeface(typed)
    except ValueError:
        raise Refusal(
            message("Skrifttypen «{typed}» finnes ikke: velg {sans} eller {serif}.", typed=typed, **_TYPEFACES)
        ) from None


def read_logo(content: bytes) -> Logo:
    """Tell which kind of picture a logo is.

    Raises Refusal when it is none that a report can hold, or is too large.
    """
    if len(content) > LARGEST_LOGO:
        raise Refusal(
            message(
                "Logoen er på {size} kB, og den kan være på høyst {most} kB: lagre den mindre.",
                size=len(content) // 1000,
                most=LARGEST_LOGO // 1000,
            )
        )
    for kind, beginning in _BEGINNINGS.items():
        if content.startswith(beginning):
            _refuse_enormous(_DOTS[kind](content))
            return Logo(kind=kind, content=content)
    if content.lstrip(_BEFORE_MARKUP).startswith(b"<") and _SVG.search(content[:_SVG_WITHIN]):
        return Logo(kind=LogoKind.SVG, content=content)
    raise Refusal(message("Logoen kan ikke leses: velg en annen PNG-, JPEG- eller SVG-fil."))


def _refuse_enormous(dots: int) -> None:
    if dots > MOST_DOTS:
        raise Refusal(
            message(
                "Logoen er på {dots} millioner punkter, og den kan ha høyst {most}: lagre den mindre.",
                dots=dots // 1_000_000,
                most=MOST_DOTS // 1_000_000,
            )
        )


def _known(ids: list[str]) -> tuple[str, ...]:
    """Leave out parts that this version doesn't have."""
    known = {name.id for name in PARTS}
    return tuple(part for part in ids if part in known)


def _unpacked(written: str) -> bytes:
    try:
        return b64decode(written, validate=True)
    except NotBase64:
        return b""


def _linear(share: float) -> float:
    return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4  # noqa: PLR2004  WCAG's own numbers
