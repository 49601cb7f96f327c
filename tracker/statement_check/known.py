"""The lines that the regulation gives the statement's first part: where each belongs, and which way its money goes.

Must not know a figure. Source: budsjett- og regnskapsforskriften § 5-5 første ledd.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from tracker.messages import Message, message


class Section(Enum):
    """A stretch of the first part, in the order of the regulation."""

    EXPENDITURE = "expenditure"
    INCOME = "income"
    LENDING = "lending"
    TRANSFERS = "transfers"
    CARRIED = "carried"


class Way(Enum):
    """Which way the money of a line goes; a net line goes either way."""

    OUT = 1
    EITHER = 0
    IN = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A line of the regulation: its stable id, its section, its words, and the shape of them that is recognised.

    `details` are the ids of the lines that it is the net of, where a statement shows them one by one.
    """

    id: str
    section: Section
    way: Way
    title: Message
    shape: re.Pattern[str]
    is_sum: bool = False
    details: frozenset[str] = frozenset()


def _line(id_: str, section: Section, way: Way, title: Message, shape: str) -> Known:
    return Known(id=id_, section=section, way=way, title=title, shape=re.compile(shape))


def _sum(id_: str, section: Section, title: Message, shape: str, way: Way = Way.EITHER) -> Known:
    return Known(id=id_, section=section, way=way, title=title, shape=re.compile(shape), is_sum=True)


def _net(id_: str, title: Message, shape: str, details: set[str]) -> Known:
    return Known(
        id=id_,
        section=Section.TRANSFERS,
        way=Way.EITHER,
        title=title,
        shape=re.compile(shape),
        details=frozenset(details),
    )


SUM_EXPENDITURE, SUM_INCOME, NET_LENDING, SUM_TRANSFERS = (
    "sum-expenditure",
    "sum-income",
    "net-lending",
    "sum-transfers",
)
CARRIED = "carried-forward"
FIXED_ASSETS, GRANTS_GIVEN, INSTALMENTS = "fixed-assets", "grants-given", "instalments"

# What begins with `sum` or `netto` is tried first: `Sum overføring fra drift …` holds the words of a line.
KNOWN: tuple[Known, ...] = (
    _sum(
        SUM_EXPENDITURE,
        Section.EXPENDITURE,
        message("Sum investeringsutgifter"),
        r"sum (?:brutto )?inv\w*utg|sum utg\w* til inv",
        Way.OUT,
    ),
    _sum(
        SUM_INCOME,
        Section.INCOME,
        message("Sum investeringsinntekter"),
        r"sum inv\w*inn(?:t|b)|sum inntek\w* (?:til|frå|fra) inv",
        Way.IN,
    ),
    _sum(NET_LENDING, Section.LENDING, message("Netto utgifter videreutlån"), r"(?:sum )?netto .*vid[ae]r[ae]?utl"),
    _sum(
        SUM_TRANSFERS,
        Section.TRANSFERS,
        message("Sum overføring fra drift og netto avsetninger"),
        r"sum (?:netto )?(?:overf|ovf|over\.)",
    ),
    _sum(
        CARRIED,
        Section.CARRIED,
        message("Fremført til inndekning i senere år (udekket beløp)"),
        r"fr[ae]m(?:ført|føre|f\.)\b.*inndek|ud(?:ekket|ekt) (?:bel|i år|i året)",
    ),
    _line(
        FIXED_ASSETS,
        Section.EXPENDITURE,
        Way.OUT,
        message("Investeringer i varige driftsmidler"),
        r"(?:brutto )?inv\w*\.? i varige dr",
    ),
    _line(
        GRANTS_GIVEN,
        Section.EXPENDITURE,
        Way.OUT,
        message("Tilskudd til andres investeringer"),
        r"til(?:skudd|skot) til andre",
    ),
    _line(
        "shares",
        Section.EXPENDITURE,
        Way.OUT,
        message("Investeringer i aksjer og andeler i selskaper"),
        r"(?:inv\w*\.? i|kjøp av) aksj|egenkapitalinnsk",
    ),
    _line("own-lending", Section.EXPENDITURE, Way.OUT, message("Utlån av egne midler"), r"utlån (?:av )?ei?g"),
    _line(INSTALMENTS, Section.EXPENDITURE, Way.OUT, message("Avdrag på lån"), r"avdrag på (?:investerings)?lån$"),
    _line(
        "vat-compensation",
        Section.INCOME,
        Way.IN,
        message("Kompensasjon for merverdiavgift"),
        r"kompensasjon for m|m(?:va|oms)[- ]?komp|mva-?\w*kompensasjon",
    ),
    _line("grants", Section.INCOME, Way.IN, message("Tilskudd fra andre"), r"til(?:skudd|skot) fr[aå] andre"),
    _line("sale", Section.INCOME, Way.IN, message("Salg av varige driftsmidler"), r"s[ae]l\w* av varige"),
    _line(
        "sale-financial",
        Section.INCOME,
        Way.IN,
        message("Salg av finansielle anleggsmidler"),
        r"s[ae]l\w* av (?:finansi|aksj)",
    ),
    _line("dividend", Section.INCOME, Way.IN, message("Utdeling fra selskaper"), r"utdeling\w* fr[aå]"),
    _line(
        "instalments-received",
        Section.INCOME,
        Way.IN,
        message("Mottatte avdrag på utlån av egne midler"),
        r"mott\w+ avdrag på utl",
    ),
    _line("loan", Section.INCOME, Way.IN, message("Bruk av lån"), r"bruk av (?:investerings)?lån(?! til vid)"),
    _line("on-lending", Section.LENDING, Way.OUT, message("Videreutlån"), r"vid[ae]r[ae]?utlån"),
    _line(
        "loan-on-lending",
        Section.LENDING,
        Way.IN,
        message("Bruk av lån til videreutlån"),
        r"bruk av lån til vid",
    ),
    _line(
        "instalments-on-lending",
        Section.LENDING,
        Way.OUT,
        message("Avdrag på lån til videreutlån"),
        r"avdrag på lån til vid",
    ),
    _line(
        "instalments-received-on-lending",
        Section.LENDING,
        Way.IN,
        message("Mottatte avdrag på videreutlån"),
        r"mott\w+ avdrag på vid",
    ),
    _line("operations", Section.TRANSFERS, Way.IN, message("Overføring fra drift"), r"overf\w*\.? fr[aå] drift"),
    _net(
        "bound-fund",
        message("Netto avsetninger til eller bruk av bundne investeringsfond"),
        r"(?:sum )?netto avs.*\bbundne|(?:sum )?netto .*av bundne",
        {"to-bound-fund", "from-bound-fund"},
    ),
    _net(
        "unbound-fund",
        message("Netto avsetninger til eller bruk av ubundne investeringsfond"),
        r"(?:sum )?netto avs.*\bubundne|(?:sum )?netto .*av ubundne",
        {"to-unbound-fund", "from-unbound-fund"},
    ),
    _line(
        "to-bound-fund",
        Section.TRANSFERS,
        Way.OUT,
        message("Avsetninger til bundne investeringsfond"),
        r"avset\w+ (?:til )?bundne",
    ),
    _line(
        "from-bound-fund",
        Section.TRANSFERS,
        Way.IN,
        message("Bruk av bundne investeringsfond"),
        r"bruk av bundne",
    ),
    _line(
        "to-unbound-fund",
        Section.TRANSFERS,
        Way.OUT,
        message("Avsetninger til ubundne investeringsfond"),
        r"avset\w+ (?:til )?ubundne",
    ),
    _line(
        "from-unbound-fund",
        Section.TRANSFERS,
        Way.IN,
        message("Bruk av ubundne investeringsfond"),
        r"bruk av ubundne",
    ),
    _line(
        "earlier-deficit",
        Section.TRANSFERS,
        Way.OUT,
        message("Dekning av tidligere års udekket beløp"),
        r"(?:inn)?dekning av tid",
    ),
)
SUM_OF: dict[Section, str] = {known.section: known.id for known in KNOWN if known.is_sum}
_NUMBERED = re.compile(r"^(?:linje )?\d{1,2}[.):]?\s+(?=\D)")
_SIGN_BEFORE = re.compile(r"^[-+=–−]\s+")


def known_line(label: str) -> Known | None:
    """Return the regulation's line that a label means, None for a line of the municipality's own."""
    folded = " ".join(label.casefold().split()).strip(" :.")
    for lead in (_NUMBERED, _SIGN_BEFORE):
        folded = lead.sub("", folded)
    return next((known for known in KNOWN if known.shape.match(folded)), None)
