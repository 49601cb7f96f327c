"""Tells the published table from its pages: running titles, page numbers, and the repeated column header.

Must not know any municipality's words but the column titles themselves.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tracker.messages import Refusal, message, source

_PAGE_NUMBER = re.compile(r"\s*side\s+\d+\s*(?:av|/)\s*\d+\s*", re.IGNORECASE)
_COLUMNS = {
    "Vedtatt totalt": re.compile(r"vedtatt|vedteke|totalramme"),
    "Påløpt totalt": re.compile(r"påløpt|påløpte"),
    "Est. ferdig": re.compile(r"est|estimert|ferdig|ferdigstilt|ferdigstillelse"),
    "Rev. bud.": re.compile(r"rev|revidert"),
    "Regnskap": re.compile(r"regnskap|rekneskap"),
    "Avvik i kr": re.compile(r"avvik"),
    "Kommentar": re.compile(r"(?:status)?kommentar(?:er)?|merknad(?:er)?"),
}
_GROUP_WORDS = re.compile(
    r"totalbudsjett|årets|budsjett|årsbudsjett|investering(?:er|sprosjekt(?:er)?)?|prosjekt(?:er|navn|namn)?|navn|namn"
)
_OTHER_WORDS = re.compile(r"totalt|total|bud|i|kr|tusen|hittil|år|året|19\d\d|20\d\d")
_LEAST_COLUMNS = 4


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the table: its text without the mark of a new page, and whether it begins one."""

    text: str
    begins_page: bool = False

    @property
    def is_blank(self) -> bool:
        """Whether nothing is written on it."""
        return not self.text.strip()


@dataclass(frozen=True, slots=True)
class TableText:
    """The lines before the table, its body without furniture, and titles that may be furniture but can't be proved."""

    before: tuple[Line, ...]
    body: tuple[Line, ...]
    doubtful: tuple[str, ...] = ()


def find_table(lines: Iterable[str]) -> TableText:
    """Split the text at the first column header and take the furniture of the pages away.

    Raises Refusal where there is no header, or where its columns stand in another order than the known one.
    """
    kept, doubtful = without_page_numbers([_line(text) for text in lines])
    headers = find_headers(kept)
    if not headers:
        raise no_header()
    for begin, end in headers:
        refuse_other_order(_titles(kept[begin:end]))
    first = headers[0]
    # A header becomes one blank line, so that what follows it stands where a row may begin.
    body: list[Line] = []
    for (_, end), begin in zip(headers, [begin for begin, _ in headers[1:]] + [len(kept)], strict=True):
        body += [Line(""), *kept[end:begin]]
    return TableText(tuple(kept[: first[0]]), tuple(body), tuple(doubtful))


def is_page_number(text: str) -> bool:
    """Whether a line says which page of how many this is."""
    return _PAGE_NUMBER.fullmatch(text) is not None


def no_header() -> Refusal:
    """Return the refusal for a text without the table's column header."""
    text = source(
        "Fant ikke overskriften til prosjekttabellen ({columns}). Kontroller at kapittelet om "
        "status for investeringsprosjekter er tatt med."
    )
    return Refusal(message(text, columns=", ".join(_COLUMNS)))


def column_of(word: str) -> str | None:
    """Return the column a header word belongs to, by that column's title; None for other words."""
    folded = _folded(word)
    return next((title for title, shape in _COLUMNS.items() if shape.fullmatch(folded)), None)


def refuse_other_order(found: Sequence[str]) -> None:
    """Raise Refusal unless the columns (by title) are the known ones in the known order."""
    if list(found) == list(_COLUMNS):
        return
    text = source(
        "Kolonnene i prosjekttabellen er ikke de som ventes. Fant: {found}. Ventet: {expected}. "
        "Rett rekkefølgen og les på nytt."
    )
    raise Refusal(message(text, found=", ".join(found), expected=", ".join(_COLUMNS)))


def is_header_words(text: str) -> bool:
    """Whether a text has nothing but words that stand in column headers."""
    words = text.split()
    return bool(words) and all(
        column_of(word) or _GROUP_WORDS.fullmatch(_folded(word)) or _OTHER_WORDS.fullmatch(_folded(word))
        for word in words
    )


def _line(text: str) -> Line:
    """Read the leading space that marks a new page (the form feed does the same where a tool writes it)."""
    begins_page = text[:1] in {" ", "\f"} and bool(text.strip())
    return Line(text.lstrip() if begins_page else text, begins_page)


def without_page_numbers(lines: list[Line]) -> tuple[list[Line], list[str]]:
    """Blank out page numbers, and the running title beside them where it comes back; one that doesn't is doubtful."""
    numbers = [index for index, line in enumerate(lines) if is_page_number(line.text)]
    beside = {index: [near for near in _neighbours(lines, index) if _stands_alone(lines, near)] for index in numbers}
    times = Counter(lines[near].text.strip() for nears in beside.values() for near in nears)
    kept = list(lines)
    doubtful = []
    for index, nears in beside.items():
        kept[index] = Line("")
        for near in nears:
            title = lines[near].text.strip()
            if times[title] > 1 or len(numbers) == 1:
                kept[near] = Line("")
            if len(numbers) == 1:
                doubtful.append(title)
    return kept, doubtful


def _neighbours(lines: list[Line], index: int) -> list[int]:
    """Find the nearest written lines before and after a page number; one that is header is no title."""
    before = next((near for near in range(index - 1, -1, -1) if not lines[near].is_blank), None)
    after = next((near for near in range(index + 1, len(lines)) if not lines[near].is_blank), None)
    return [near for near in (before, after) if near is not None and not is_header_words(lines[near].text)]


def _stands_alone(lines: list[Line], index: int) -> bool:
    nears = lines[max(index - 1, 0) : index] + lines[index + 1 : index + 2]
    return all(line.is_blank or is_page_number(line.text) for line in nears)


def find_headers(lines: Sequence[Line]) -> list[tuple[int, int]]:
    """Find each run of lines that holds the column titles: where it begins, and the line after it."""
    found = []
    index = 0
    while index < len(lines):
        begin = index
        while index < len(lines) and (lines[index].is_blank or is_header_words(lines[index].text)):
            index += 1
        header = _header_in(lines, begin, index)
        if header is not None:
            found.append(header)
            # Words of the header's kind may begin the first row: look at them again.
            index = header[1]
        index = max(index, begin + 1)
    return found


def _header_in(lines: Sequence[Line], begin: int, end: int) -> tuple[int, int] | None:
    titles = _titles(lines[begin:end])
    if len(titles) < _LEAST_COLUMNS:
        return None
    last = next(at for at in range(begin, end) if len(_titles(lines[begin : at + 1])) == len(titles)) + 1
    while last < end and not lines[last].is_blank and _only_rest(lines[last].text):
        last += 1
    # A comment above may end in a line of such words (`ferdigstilt`): the header is the shortest run with all titles.
    first = next(at for at in range(last - 1, begin - 1, -1) if len(_titles(lines[at:last])) == len(titles))
    for at in range(first - 1, begin - 1, -1):
        if not lines[at].is_blank and _GROUP_WORDS.match(_folded(lines[at].text)) and lines[at].text[0].isupper():
            first = at
    return first, last


def _only_rest(text: str) -> bool:
    return all(
        _OTHER_WORDS.fullmatch(_folded(word)) or _folded(word) in {"ferdig", "budsjett"} for word in text.split()
    )


def _titles(lines: Sequence[Line]) -> list[str]:
    """Return the columns named, in order of their first word."""
    words = (column_of(word) for line in lines for word in line.text.split())
    return list(dict.fromkeys(title for title in words if title is not None))


def _folded(text: str) -> str:
    return text.casefold().strip().rstrip(".:")
