"""Reads the appropriation statement § 5-5, first and second part, from the lines of the accounts chapter.

Must not know files, nor which lines a municipality has. Amounts are in the statement's thousands and with its signs.

The form: a heading with `§ 5-5` and `1. ledd` or `2. ledd`, column titles, then lines of a label and five figures; a
wrapped label stands on lines of its own before its figures. Prose between and after the tables becomes leftovers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from tracker.messages import Refusal, message, source
from tracker.published.content import PublishedStatement, PublishedStatementLine
from tracker.published.digits import numbers_at_end
from tracker.published.line_join import join_lines, keeps_spaces
from tracker.published.statement_lines import FIGURES, RawLine, read_statement_lines
from tracker.published.table_pages import Line, without_page_numbers

_SECTION = re.compile(r"§\s*5\s*-\s*5\b")
_PARTS = {
    1: re.compile(r"\b(?:1\.|første|fyrste)\s+ledd", re.IGNORECASE),
    2: re.compile(r"\b(?:2\.|andre|annet)\s+ledd", re.IGNORECASE),
}
_TITLES = {
    "regnskap": "Regnskap",
    "rekneskap": "Regnskap",
    "rev": "Rev. bud",
    "revidert": "Rev. bud",
    "oppr": "Oppr. bud",
    "opprinnelig": "Oppr. bud",
    "opphavleg": "Oppr. bud",
    "avvik": "Avvik",
}
_EXPECTED = ("Regnskap (året før)", "Regnskap", "Rev. bud", "Oppr. bud", "Avvik")
_HEADER_WORD = re.compile(
    r"hele|heile|tusen|kroner|beløp|i|1000|regn|(?:års)?budsjett|bud|rev?[-–]?(?:regn)?|[-–]|(?:19|20)\d\d",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_BROKEN = re.compile(r"(?:\s[-−–]?\d{1,3}){3,}\s*$")


@dataclass
class _Part:
    """One heading and what follows it; `waiting` are lines that may yet prove to be a label."""

    paragraph: int
    header: list[str] = field(default_factory=list)
    rows: list[RawLine] = field(default_factory=list)
    prose: list[str] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)


def read_statement(lines: Iterable[str]) -> PublishedStatement:
    """Read both parts of § 5-5 from the lines of the chapter.

    Raises Refusal where a part is missing or cut off, its columns stand in another order, or a line's figures don't
    fit each other (deviation = revised − actual) or can be read in more ways than one.
    """
    kept, doubtful = without_page_numbers([Line(line.replace("\f", "")) for line in lines])
    written = [line.text for line in kept]
    spaces_kept = keeps_spaces(written)
    parts = _parts(written, spaces_kept=spaces_kept)
    found: list[PublishedStatementLine] = []
    for paragraph in _PARTS:
        rows = [row for part in parts if part.paragraph == paragraph for row in part.rows]
        if not rows:
            text = source(
                "Fant ikke bevilgningsoversikten § 5-5, {paragraph}. ledd. Kontroller at kapittelet om "
                "investeringsregnskapet er tatt med i sin helhet."
            )
            raise Refusal(message(text, paragraph=paragraph))
        found += read_statement_lines(rows, paragraph=paragraph)
    _refuse_cut_off(found[-1])
    leftovers = (text for part in parts for text in _paragraphs(part.prose, spaces_kept=spaces_kept))
    return PublishedStatement(lines=tuple(found), year=_year(parts), leftovers=(*leftovers, *doubtful))


def _year(parts: Sequence[_Part]) -> int | None:
    """Return the year of the statement: the second one in its column titles, after the year before."""
    for part in parts:
        years = [int(word) for word in part.header if _YEAR.fullmatch(word)]
        if part.rows and len(years) > 1:
            return years[1]
    return None


def _refuse_cut_off(last: PublishedStatementLine) -> None:
    if not re.match(r"sum|total|.* i alt\b", last.label, re.IGNORECASE):
        text = source(
            "Bevilgningsoversikten § 5-5, 2. ledd, mangler sumlinjen; siste linje som ble lest, er «{label}». "
            "Kontroller at kapittelet er tatt med i sin helhet."
        )
        raise Refusal(message(text, label=last.label))


def _parts(lines: Sequence[str], *, spaces_kept: bool) -> list[_Part]:
    """Split the chapter at its headings; the first part (paragraph 0) is what stands before them."""
    parts = [_Part(0)]
    for line in lines:
        part = parts[-1]
        heading = _heading(line)
        if heading is not None:
            part.prose += part.waiting
            parts.append(_Part(heading, prose=[line, ""]))
        elif part.paragraph and not part.rows and is_statement_header(line):
            part.header += line.split()
        elif part.paragraph and any(numbers_at_end(line, FIGURES)):
            _add_row(part, line, spaces_kept=spaces_kept)
        else:
            part.waiting.append(line)
    parts[-1].prose += parts[-1].waiting
    for part in parts:
        if part.rows:
            _refuse_other_order(part)
    return parts


def _heading(line: str) -> int | None:
    if _SECTION.search(line) is None:
        return None
    return next((paragraph for paragraph, shape in _PARTS.items() if shape.search(line)), None)


def is_statement_header(line: str) -> bool:
    """Whether a line has nothing but words of column titles."""
    words = line.split()
    return bool(words) and all(_folded(word) in _TITLES or _HEADER_WORD.fullmatch(_folded(word)) for word in words)


def _folded(word: str) -> str:
    return word.casefold().rstrip(".:,")


def _add_row(part: _Part, line: str, *, spaces_kept: bool) -> None:
    """Give the line its label: what stands before the figures, and the wrapped lines above."""
    waiting = part.waiting
    alone = any(label_end == 0 for _, label_end, _ in numbers_at_end(line, FIGURES))
    end = len(waiting)
    while alone and end and not waiting[end - 1].strip():
        end -= 1
    begin = end
    while begin and waiting[begin - 1].strip():
        begin -= 1
    above = join_lines(waiting[begin:end], spaces_kept=spaces_kept)
    part.prose += [*waiting[:begin], ""]
    part.waiting = []
    _refuse_broken(part, waiting[:end])
    part.rows.append(RawLine(above, line))


def _refuse_broken(part: _Part, lines: Iterable[str]) -> None:
    """Refuse a line in the table that ends in figures but not in five."""
    broken = next((line for line in lines if _BROKEN.search(line)), None)
    if broken is not None:
        text = source("I § 5-5, {paragraph}. ledd, har linjen «{line}» ikke fem tall. Rett linjen og les på nytt.")
        raise Refusal(message(text, paragraph=part.paragraph, line=" ".join(broken.split())))


def _refuse_other_order(part: _Part) -> None:
    """Refuse columns in another order than the known one, and a last year that is no earlier than the year."""
    titles = [_TITLES[word] for word in map(_folded, part.header) if word in _TITLES]
    found = titles[: titles.index("Avvik") + 1] if "Avvik" in titles else titles
    years = [word for word in part.header if _YEAR.fullmatch(word)]
    expected = [title.removesuffix(" (året før)") for title in _EXPECTED]
    if found and (found != expected or years[:2] != sorted(years[:2])):
        text = source(
            "Kolonnene i bevilgningsoversikten § 5-5, {paragraph}. ledd, er ikke de som ventes. Fant: {found}. "
            "Ventet: {expected}. Rett rekkefølgen og les på nytt."
        )
        printed = " ".join(part.header)
        raise Refusal(message(text, paragraph=part.paragraph, found=printed, expected=", ".join(_EXPECTED)))


def _paragraphs(lines: Sequence[str], *, spaces_kept: bool) -> list[str]:
    paragraphs: list[list[str]] = [[]]
    for line in lines:
        if line.strip():
            paragraphs[-1].append(line)
        else:
            paragraphs.append([])
    return [join_lines(texts, spaces_kept=spaces_kept) for texts in paragraphs if texts]
