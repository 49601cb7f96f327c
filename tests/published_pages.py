"""Writes a published table the way reports print it, as text taken from a PDF and as a PDF, for the tests to read.

Must not know how it is read.
"""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from random import Random
from typing import Any

from tracker.money import in_thousands
from tracker.published.content import PublishedRow, PublishedStatementLine, PublishedTable

NAME_WIDTH = 36
COMMENT_WIDTH = 36
TITLE = "Årsmelding 2031"
HEADER = (
    " Totalbudsjett Årets budsjett",
    "",
    "Investering Vedtatt totalt Påløpt totalt  Est.",
    "ferdig",
    "",
    "Rev. bud. Regnskap Avvik i kr Kommentar",
    "",
)


@dataclass(frozen=True, kw_only=True)
class Layout:
    """How the text is printed: where pages break (every so many lines), page headers, and trailing spaces."""

    lines_a_page: int = 30
    page_headers: bool = True
    trailing_spaces: bool = True
    prose: tuple[str, ...] = ("Status investeringsprosjekter", "Beløp i 1000")


@dataclass(frozen=True)
class _Line:
    """A line to print: `ends_broken` inside a word, and whether a page may break before it."""

    text: str
    ends_broken: bool = False
    may_break: bool = True


def write_text(table: PublishedTable, layout: Layout | None = None) -> str:
    """Write the table as text taken from a PDF, with the breaks and spaces that such a text has."""
    layout = layout or Layout()
    lines = [_Line(line) for text in layout.prose for line in (text, "")] + [_Line(line) for line in HEADER]
    body = [line for row in all_rows(table) for line in _row_lines(row)]
    lines += _paged(body, layout)
    return "\n".join(_ended(line, keep=layout.trailing_spaces) for line in lines)


def all_rows(table: PublishedTable) -> list[PublishedRow]:
    """Return the rows as printed, the other projects and the sum last."""
    return [*table.rows, *([table.other] if table.other else []), table.total]


def write_number(amount: int | None) -> str:
    """Write an amount as the report does: groups of three with a plain space, `-` for none."""
    return "-" if amount is None else f"{amount:,}".replace(",", " ")


def write_cells(row: PublishedRow) -> list[str]:
    """Write the six cells of a row."""
    cells = (row.total_budget, row.total_spent, row.completion, row.revised_budget, row.actual, row.deviation)
    return [cell if isinstance(cell, str) else write_number(cell) for cell in cells]


def _wrapped(text: str, width: int) -> list[_Line]:
    lines = []
    place = 0
    for line in textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=True):
        place += len(line)
        broken = text[place : place + 1] not in {" ", ""}
        lines.append(_Line(line, ends_broken=broken))
        place += not broken
    return lines


def _row_lines(row: PublishedRow) -> Iterator[_Line]:
    # An empty completion leaves its two spaces.
    figures = " ".join(write_cells(row))
    names = _wrapped(row.name, NAME_WIDTH)
    first, *rest = _wrapped(row.comment, COMMENT_WIDTH) or [_Line("")]
    if len(names) > 1:
        yield names[0]
        yield from (replace(name, may_break=False) for name in (*names[1:], _Line("")))
        yield replace(first, text=f"{figures} {first.text}", may_break=False)
    else:
        yield replace(first, text=f"{row.name} {figures} {first.text}")
    yield from rest
    # A row without a comment is followed by the next at once.
    if row.comment:
        yield _Line("")


def _paged(body: list[_Line], layout: Layout) -> Iterator[_Line]:
    """Break into pages: the first line of each has a leading space, and a page header may stand between."""
    page = 1
    waiting: list[_Line] = []
    for at, line in enumerate(body):
        if at >= page * layout.lines_a_page and line.text and line.may_break:
            if layout.page_headers and page % 2:
                furniture = ("", "", "", TITLE, " ", "", f"Side {page} av 99", "", *HEADER)
                yield from (*waiting, *map(_Line, furniture), line)
            else:
                # The blank line between two rows is lost where the page breaks.
                yield replace(line, text=f" {line.text}")
            waiting = []
            page += 1
        elif not line.text and line.may_break:
            waiting.append(line)
        else:
            yield from (*waiting, line)
            waiting = []
    yield from waiting


def _ended(line: _Line, *, keep: bool) -> str:
    """End the line as a PDF does: in the space that parted the words, but not where it broke one."""
    if not keep:
        return line.text.rstrip()
    return line.text if line.ends_broken or not line.text.strip() else f"{line.text} "


_PAGE = """
#set page(
  paper: "a4", margin: (x: 20mm, y: 22mm), header: text(8pt)[__TITLE__],
  footer: context align(center, text(8pt)[Side #counter(page).display() av #counter(page).final().first()]),
)
#set text(size: __SIZE__pt, lang: "nb", hyphenate: false)
#set par(justify: false)
"""
_TABLE = """
#for text in __PROSE__ [#par(text)]
#let rows = __ROWS__
#let titles = __TITLES__
#set table(stroke: __STROKE__, inset: (x: 3pt, y: 3pt))
#table(
  columns: (__NAME__mm, auto, auto, __COMPLETION__, auto, auto, auto, 1fr),
  align: (left, __FIGURES__, __FIGURES__, left, __FIGURES__, __FIGURES__, __FIGURES__, left),
  table.header([], table.cell(colspan: 3)[Totalbudsjett], table.cell(colspan: 4)[Årets budsjett],
    ..titles.map(title => table.cell(align: __HEADER__, title))),
  ..rows.flatten(),
)
#for text in __AFTER__ [#par(text)]
"""
_TITLES = (
    *("Investering", "Vedtatt totalt", "Påløpt totalt", "Est. ferdig"),
    *("Rev. bud.", "Regnskap", "Avvik i kr", "Kommentar"),
)
_STATEMENT = """
Innledning til kapittelet.
#set table(stroke: none, inset: (x: 3pt, y: 4pt))
#let lines(rows) = table(
  columns: (35mm, auto, auto, auto, auto, 20mm),
  align: (x, y) => (if x == 0 { left } else { right }) + __ALIGNMENT__,
  ..("", "Regnskap 2030", "Regnskap 2031", "Rev. bud 2031", "Oppr. bud 2031", "Avvik Rev-Regn 2031"), ..rows.flatten(),
)
== Bevilgningsoversikt investering § 5-5, 1. ledd
Hele tusen kroner
#lines(__FIRST__)
Prosa mellom tabellene.
== Bevilgningsoversikt investering § 5-5, 2. ledd
#lines(__SECOND__)
Etterord om 12 345 andre ting.
"""


@dataclass(frozen=True, kw_only=True)
class Print:
    """How the PDF is set: type size, widths of the name and completion columns, rules, where figures stand."""

    size: int = 8
    name_mm: int = 30
    completion_mm: int | None = None
    stroke: str = "0.3pt"
    figures: str = "right"
    header: str = "auto"
    after: tuple[str, ...] = ()


def write_pdf(table: PublishedTable, *, titles: dict[str, str] | None = None, **options: Any) -> bytes:
    """Print the table on A4 with typst: the column header on every page, wrapped names, a narrow comment column.

    `titles` puts other words in the header; `options` are those of Print.
    """
    how = Print(**options)
    rows = [[row.name, *write_cells(row), row.comment] for row in all_rows(table)]
    return _typst(
        _PAGE + _TABLE,
        TITLE=TITLE,
        SIZE=how.size,
        NAME=how.name_mm,
        COMPLETION="auto" if how.completion_mm is None else f"{how.completion_mm}mm",
        STROKE=how.stroke,
        FIGURES=how.figures,
        HEADER=how.header,
        PROSE=_typst_texts(Layout().prose),
        AFTER=_typst_texts(how.after),
        TITLES=_typst_texts((titles or {}).get(title, title) for title in _TITLES),
        ROWS=_typst_array(_typst_texts(row) for row in rows),
    )


def write_statement_pdf(lines: Iterable[PublishedStatementLine], *, alignment: str = "top") -> bytes:
    """Print both parts of § 5-5 with wrapped labels, the cells aligned at `top`, `horizon` or `bottom`."""
    parts: dict[int, list[str]] = {1: [], 2: []}
    for line in lines:
        figures = (line.previous_actual, line.actual, line.revised_budget, line.original_budget, line.deviation)
        parts[line.paragraph].append(_typst_texts((line.label, *map(write_number, figures))))
    values = {"FIRST": _typst_array(parts[1]), "SECOND": _typst_array(parts[2])}
    return _typst(_PAGE + _STATEMENT, TITLE=TITLE, SIZE=9, ALIGNMENT=alignment, **values)


def _typst(source: str, **values: object) -> bytes:
    import typst

    for place, value in values.items():
        source = source.replace(f"__{place}__", str(value))
    return bytes(typst.compile(source.encode()))


def _typst_texts(texts: Iterable[str]) -> str:
    return _typst_array(json.dumps(text, ensure_ascii=False) for text in texts)


def _typst_array(items: Iterable[str]) -> str:
    return "(" + "".join(f"{item}, " for item in items) + ")"


_FIRST_WORDS = (
    *("Ny", "Gammel", "Solbakken", "Lia", "Bjørkåsen", "Åsvang", "Øvrebø", "Tømmer"),
    *("Vest", "Nordre", "Fjellhamar", "Kvartal", "Nytt", "Enøk"),
)
_NAME_WORDS = (
    *("skole", "barnehage", "sykehjem", "bru", "idrettshall", "rehabilitering", "utvidelse"),
    *("vann- og avløp", "gang- og sykkelvei", "- ombygging", "IT-utstyr"),
)
_WORDS = (
    *("prosjektet", "er", "ferdigstilt", "innenfor", "budsjett", "og", "arbeidet", "fortsetter", "med", "noe"),
    *("forsinkelse", "grunnet", "økte", "kostnader", "i", "markedet", "samt", "behov", "for", "regulering"),
    *("merforbruk", "dekkes", "av", "midler", "til", "neste", "år"),
)
_PHRASES = (
    "12 boliger",
    "ca. 345 000 kr",
    "1 380 000 kroner",
    "200 tennskap.",
    "i 2024-2027",
    "vann- og avløpsnett",
    "IT-utstyr",
    "<p>Ferdig</p>",
    "E41073/I41037",
    "5,4 mill.",
    "600 m3",
    "-12 grader",
    "4K-2025",
)


def seeded(seed: int) -> Random:
    """Return chance that comes out the same each time."""
    return Random(seed)  # noqa: S311  no secret


def random_table(rng: Random, *, rows: int = 12, other: bool = True, numbered: bool = False) -> PublishedTable:
    """Make a table in kroner and round each figure on its own, so that rows and sums are off by one as in reality.

    `numbered` lets one name end in a number.
    """
    kroner = [_random_kroner(rng) for _ in range(rows)]
    others = _random_kroner(rng)[:4] if other else (0, 0, 0, 0)
    names: dict[str, None] = {}
    while len(names) < rows:
        names[_random_name(rng) + (f" {rng.randint(1, 22)}" if numbered and not names else "")] = None
    listed = [
        _rounded(name, figures, completion=figures[4], comment=_random_comment(rng))
        for name, figures in zip(names, kroner, strict=True)
    ]
    sums = [sum(figures[at] or 0 for figures in [*kroner, others]) for at in range(4)]
    return PublishedTable(
        rows=tuple(listed),
        other=_rounded("Sum øvrige prosjekter", others) if other else None,
        total=_rounded("Sum", tuple(sums)),
    )


def _random_kroner(rng: Random) -> tuple[Any, ...]:
    """Total budget, total spent, revised budget, actual (kroner), completion."""
    revised = rng.randrange(10 ** rng.randint(4, 9)) * rng.choice((1, 1, 1, 1, 1, 1, 0, -1))
    actual = max(int(revised * rng.choice((0, 0.3, 0.9, 1, 1.2))), 0) if revised else rng.choice((0, 35_400, 1_021_300))
    if rng.random() < 0.15:
        return None, None, revised, actual, "LØPENDE"
    spent = actual + rng.choice((0, rng.randrange(10 ** rng.randint(5, 9))))
    total = rng.choice(
        (
            0,
            spent,
            *(spent + rng.randrange(10**at) for at in range(5, 9)),
            *(spent + rng.randrange(10**at) for at in range(6, 9)),
            spent * 9 // 10,
        )
    )
    completion = rng.choice(("Ferdig", "", "4K-2032", f"{rng.randint(1, 4)}K-{rng.randint(2024, 2041)}"))
    return total, spent, revised, actual, completion


def _rounded(name: str, figures: tuple[Any, ...], *, completion: str = "", comment: str = "") -> PublishedRow:
    total, spent, revised, actual = figures[:4]
    return PublishedRow(
        name=name,
        total_budget=None if total is None else in_thousands(total),
        total_spent=None if spent is None else in_thousands(spent),
        completion=completion,
        revised_budget=in_thousands(revised),
        actual=in_thousands(actual),
        deviation=in_thousands(revised - actual),
        comment=comment,
    )


def _random_name(rng: Random) -> str:
    return " ".join([rng.choice(_FIRST_WORDS), *rng.choices(_NAME_WORDS, k=rng.choice((1, 2, 3, 7)))])


def _random_comment(rng: Random) -> str:
    parts: list[str] = []
    for _ in range(rng.choice((0, 1, 5, 30, 90))):
        parts.append(
            rng.choice(_WORDS) if parts and (rng.random() < 0.8 or parts[-1] in _PHRASES) else rng.choice(_PHRASES)
        )
    return " ".join(parts)
