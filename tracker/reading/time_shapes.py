"""The shapes in which a time is written, and how each is read as the days that it spans.

Must not know where in a text it stands, nor what happens then.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from datetime import date, timedelta

_MONTHS = (
    ("januar", "jan"),
    ("februar", "feb", "febr"),
    ("mars", "mar"),
    ("april", "apr"),
    ("mai",),
    ("juni", "jun"),
    ("juli",),
    ("august", "aug"),
    ("september", "sept", "sep"),
    ("oktober", "okt"),
    ("november", "nov"),
    ("desember", "des"),
)
_MONTH_OF = {name: number for number, names in enumerate(_MONTHS, start=1) for name in names}
_ORDINAL = {"første": 1, "fyrste": 1, "andre": 2, "annet": 2, "tredje": 3, "fjerde": 4, "siste": -1}
_SEASONS: dict[str, tuple[int, int]] = {
    "vår": (3, 6),
    "sommer": (6, 8),
    "sumar": (6, 8),
    "sommar": (6, 8),
    "høst": (8, 11),
    "haust": (8, 11),
    "sommerferie": (6, 8),
    "sommarferie": (6, 8),
    "sumarferie": (6, 8),
    "fellesferie": (7, 7),
    "skolestart": (8, 9),
    "skulestart": (8, 9),
    "barnehagestart": (8, 9),
    "studiestart": (8, 9),
    "påske": (3, 4),
    "pinse": (5, 6),
    "jul": (12, 12),
}
_LONGEST_FIRST = sorted(_SEASONS.items(), key=lambda one: -len(one[0]))
_SEASON = (
    r"vår(?:en)?|sommer(?:en)?|sumar(?:en)?|høst(?:en)?|haust(?:en)?|skolestart(?:en)?|skulestart(?:en)?"
    r"|barnehagestart(?:en)?|studiestart(?:en)?|sommerferie(?:n)?|sommarferie(?:n)?|sumarferie(?:n)?|fellesferie(?:n)?"
    r"|sommar(?:en)?|påsken?|pinsen?|jula?|julen"
    r"|vinter(?:en)?"
)
_MONTH = "|".join(sorted(_MONTH_OF, key=len, reverse=True))
_YEAR = r"(?:19|20)\d\d"
_SHORT = rf"(?:{_YEAR}|[-’'‘]\s?\d\d|\d\d(?![\d.,%]|\s*(?:mill|kr|%|prosent|m2|meter)))"
_OF = r"\s*(?:[-–/ ,]|\bi\b|\bav\b)*\s*"
_ORD = r"(?:(?P<{0}n>[1-4])\.?|(?P<{0}w>første|fyrste|andre|annet|tredje|fjerde|siste))"
_PART = (
    r"(?P<part>medio|primo|ultimo|midten av|begynnelsen av|starten av|byrjinga av|slutten av|utgangen av"
    r"|innen utgangen av|løpet av|tidlig(?: på| i)?|tidleg(?: på| i)?|sent(?: på| i)?|seint(?: på| i)?|mot slutten av"
    r"|seinhausten|senhøsten|seinsommeren|sensommeren)\s+"
)
_OTHER_TIME_WORDS = (
    "vinter vinteren kvartal kvartalet halvår halvåret tertial tertialet årsskiftet årsskifte år året neste nest "
    "kommende komande inneværende uke veke jul julen jula"
)
TIME_WORDS = frozenset(
    {*_MONTH_OF, *_OTHER_TIME_WORDS.split(), *(name + end for name in _SEASONS for end in ("", "en", "n", "a", "et"))}
)
"""Words without one of which, or a digit, a sentence names no time."""

_Days = tuple[date, date] | None
_Reader = Callable[[re.Match[str], date], _Days]


def _year(written: str | None) -> int | None:
    if written is None:
        return None
    digits = re.sub(r"\D", "", written)
    return int(digits) if len(digits) > 2 else 2000 + int(digits)  # noqa: PLR2004


def _months(year: int, first: int, last: int) -> tuple[date, date]:
    return date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1])


def _nth(found: re.Match[str], name: str) -> int:
    digit, word = found[f"{name}n"], found[f"{name}w"]
    return int(digit) if digit else _ORDINAL[(word or "").casefold()]


def _next(first: int, last: int, today: date) -> tuple[date, date]:
    """Return the months of the year that have their end ahead of today."""
    days = _months(today.year, first, last)
    return days if days[1] > today else _months(today.year + 1, first, last)


def _read_date(found: re.Match[str], today: date) -> _Days:
    year = _year(found["y1"])
    try:
        day = date(year or today.year, int(found["m1"]), int(found["d1"]))
    except ValueError:
        return None
    return day, day


def _read_month(found: re.Match[str], today: date) -> _Days:
    month = _MONTH_OF[found["month"].casefold().rstrip(".")]
    year = _year(found["y2"])
    first, last = _next(month, month, today) if year is None else _months(year, month, month)
    if found["d2"]:
        try:
            first = last = first.replace(day=int(found["d2"]))
        except ValueError:
            return None
    until = found["until"]
    if until:
        last = _months(first.year, _MONTH_OF[until.casefold()], _MONTH_OF[until.casefold()])[1]
    return first, max(first, last)


def _read_quarter(found: re.Match[str], today: date) -> _Days:
    number = next(int(found[name]) for name in ("q1", "q2", "q3") if found[name])
    last = int(found["q4"] or number)
    year = _year(found["y3"])
    first_month, last_month = 3 * min(number, last) - 2, 3 * max(number, last)
    return _next(first_month, last_month, today) if year is None else _months(year, first_month, last_month)


def _read_quarter_word(found: re.Match[str], today: date) -> _Days:
    number = _ORDINAL[found["q5"].casefold()]
    number = 4 if number < 0 else number
    year = _year(found["y5"])
    return _next(3 * number - 2, 3 * number, today) if year is None else _months(year, 3 * number - 2, 3 * number)


def _read_half(found: re.Match[str], today: date) -> _Days:
    number = _nth(found, "h")
    months = (1, 6) if number == 1 else (7, 12)
    year = _year(found["y6"])
    return _next(*months, today) if year is None else _months(year, *months)


def _read_tertial(found: re.Match[str], today: date) -> _Days:
    """Read a tertial: its report is made some months after its end, and what is closed in it is closed then."""
    number = int(found["t1"] or found["t2"])
    year = _year(found["y7"])
    last = {1: 6, 2: 11}.get(number, 12)
    months = (4 * number - 3, last)
    return _next(*months, today) if year is None else _months(year, *months)


def _read_season(found: re.Match[str], today: date) -> _Days:
    word = found["season"].casefold()
    year = _year(found["y8"])
    if word.startswith("vinter"):
        return None if year is None else (date(year - 1, 12, 1), date(year, 3, 31))
    months = next(months for name, months in _LONGEST_FIRST if word.startswith(name))
    return _next(*months, today) if year is None else _months(year, *months)


def _read_turn(found: re.Match[str], today: date) -> _Days:
    """`årsskiftet 2024/25` is the last weeks of the one year and the first of the other."""
    first, second = _year(found["ya"]), _year(found["yb"])
    if first is None:
        first = today.year
        return date(first, 12, 1), date(first + 1, 1, 31)
    if second is None:
        # `årsskiftet 2025` is most often the end of that year, at times its beginning.
        return date(first - 1, 12, 1), date(first + 1, 1, 31)
    return date(first, 12, 1), date(first + 1, 1, 31)


def _read_school_year(found: re.Match[str], _today: date) -> _Days:
    first = _year(found["yc"]) or 0
    return date(first, 8, 1), date(first + 1, 6, 30)


def _read_week(found: re.Match[str], today: date) -> _Days:
    year = _year(found["y9"]) or today.year
    try:
        monday = date.fromisocalendar(year, int(found["week"]), 1)
    except ValueError:
        return None
    return monday, monday + timedelta(days=6)


def _read_years(found: re.Match[str], _today: date) -> _Days:
    first = _year(found["yd"]) or 0
    second = _year(found["ye"]) or first
    if second < first:
        return None
    part = (found["part"] or "").casefold()
    first_month, last_month = _part_of_year(part) if second == first else (1, 12)
    return date(first, first_month, 1), _months(second, last_month, last_month)[1]


def _part_of_year(part: str) -> tuple[int, int]:
    words = {
        (1, 4): ("primo", "begynnelsen", "starten", "byrjinga"),
        (1, 6): ("tidlig", "tidleg"),
        (5, 9): ("medio", "midten"),
        (8, 12): ("sent", "seint"),
        (10, 12): ("ultimo", "slutten", "utgangen", "innen utgangen", "mot slutten"),
    }
    return next((months for months, starts in words.items() if part.startswith(starts)), (1, 12))


def _read_relative(found: re.Match[str], today: date) -> _Days:
    word = " ".join(found["near"].casefold().split())
    year = today.year + (1 if word.startswith(("neste", "nest", "til neste", "kommende", "komande")) else 0)
    return date(year, 1, 1), date(year, 12, 31)


def _pattern(shape: str) -> re.Pattern[str]:
    return re.compile(shape, re.IGNORECASE)


_WRITTEN: tuple[tuple[str, _Reader], ...] = (
    (r"\b(?P<d1>\d{1,2})[./]\s?(?P<m1>\d{1,2})[./-]\s?(?P<y1>(?:19|20)?\d\d)\b\.?", _read_date),
    (
        (
            r"(?:(?:medio|primo|ultimo|midten av|slutten av|utgangen av|begynnelsen av|starten av|byrjinga av)\s+)?"
            rf"(?:(?P<d2>\d{{1,2}})\.\s?)?\b(?P<month>{_MONTH})\b\.?(?:\s?[-–/]\s?(?P<until>{_MONTH})\b)?"
            rf"(?:{_OF}(?P<y2>{_YEAR}|['’-]\d\d\b))?"
        ),
        _read_month,
    ),
    (
        (
            r"\b(?:(?P<q1>[1-4])\s?\.?\s?(?:(?:[-–/]|og|eller)\s?(?P<q4>[1-4])\s?\.?\s?)?"
            r"(?:kvartal(?:et)?|kvart\.?|kvt\.?|kv\b\.?|k\b|q\b)"
            rf"|q\s?(?P<q2>[1-4])|kvartal\s(?P<q3>[1-4]))(?:{_OF}(?P<y3>{_SHORT}))?"
        ),
        _read_quarter,
    ),
    (
        rf"\b(?P<q5>første|fyrste|andre|tredje|fjerde|siste)\s+kvartal(?:et)?(?:{_OF}(?P<y5>{_SHORT}))?",
        _read_quarter_word,
    ),
    (
        rf"\b{_ORD.format('h')}\s*(?:halvår(?:et)?|halvdel(?:en)?(?: av)?(?= {_YEAR}))(?:{_OF}(?P<y6>{_SHORT}))?",
        _read_half,
    ),
    (
        rf"\b(?:(?P<t1>[1-3])\.?\s*tertial(?:et|rapport(?:en)?)?|t(?P<t2>[1-3]))\b(?:{_OF}(?P<y7>{_SHORT}))?",
        _read_tertial,
    ),
    (
        rf"\b(?:års?skift(?:et|e)|årsskifte)(?:{_OF}(?P<ya>{_YEAR}|\d\d\b)(?:\s?[/–-]\s?(?P<yb>{_YEAR}|\d\d\b))?)?",
        _read_turn,
    ),
    (rf"\b(?:skole|skule|barnehage)året\s+(?P<yc>{_YEAR})\s?[/–-]\s?(?:{_YEAR}|\d\d)\b", _read_school_year),
    (
        (
            r"(?:(?:tidlig|tidleg|sent|seint|tidleg på|tidlig på|sent på|seint på|utpå|etter)\s+)?"
            rf"\b(?P<season>{_SEASON})\b(?:\s+(?:til\s+)?(?:høsten|hausten|våren|til høsten|til hausten))?"
            rf"(?:{_OF}(?P<y8>{_YEAR}|['’-]\d\d\b))?"
        ),
        _read_season,
    ),
    (rf"\b(?:uke?|veke)\s?(?P<week>\d{{1,2}})\b(?:{_OF}(?P<y9>{_YEAR}))?", _read_week),
    (r"\b(?P<near>(?:til )?neste år|nest år|kommende år|komande år|i år|dette året|inneværende år)\b", _read_relative),
    (
        rf"(?:{_PART})?\b(?P<yd>{_YEAR})(?:\s?[-–/]\s?(?P<ye>{_YEAR}|\d\d))?\b(?![.,]?\d|\s?(?:mill|kr|m2|m²|meter))",
        _read_years,
    ),
)
SHAPES: tuple[tuple[re.Pattern[str], _Reader], ...] = tuple((_pattern(shape), read) for shape, read in _WRITTEN)
START = _pattern(
    r"\b(?=\d)|\b(?=q\s?[1-4]|kvartal\s|t[1-3]\b)|\b(?=første|fyrste|andre|tredje|fjerde|siste)"
    r"|\b(?=medio|primo|ultimo|midten|slutten|utgangen|begynnelsen|starten|byrjinga|tidl|sent|seint|mot slutten)"
    r"|\b(?=etter\s+(?:sommer|sumar|påske|jul)|års?skift|skoleåret|skuleåret|barnehageåret|uke?\s?\d|veke)"
    rf"|\b(?=(?:{_MONTH}|{_SEASON})\b|neste|nest år|til neste|kommende|komande|i år|dette året|inneværende)"
)
