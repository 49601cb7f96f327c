"""What the words over a statement's columns mean, and which part a heading begins.

Must not know a figure.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from tracker.statement_check.tables import ColumnOf, TableColumn

_PARTS = {
    1: re.compile(r"\b(?:1\.|første|fyrste)\s*ledd", re.IGNORECASE),
    2: re.compile(r"\b(?:2\.|andre|annet)\s*ledd", re.IGNORECASE),
}
_STATEMENT = re.compile(r"§\s*5\s*-\s*5\b|bevilgningsoversi|løyvingsoversi", re.IGNORECASE)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_DEVIATION = re.compile(r"avvik|differanse", re.IGNORECASE)
_ORIGINAL = re.compile(r"\b(?:oppr|opph|vedt)", re.IGNORECASE)
_REVISED = re.compile(r"\b(?:rev|reg\w*\.? bud|regulert|just|(?:års)?bud)", re.IGNORECASE)
_ACTUAL = re.compile(r"\b(?:regnskap|rekneskap|regnsk\.|rekn\.)", re.IGNORECASE)
_BEFORE = re.compile(r"\bi fjor\b|året før|førre år|forrige år|fjorår", re.IGNORECASE)
_NO_AMOUNTS = re.compile(r"%|prosent|\bnote|\blinje|\bnr\b|kommentar|forklaring|\bpost\b", re.IGNORECASE)

# A text has no cells: its headings are words in a row.
_TITLE_WORDS = re.compile(r"regnskap|rekneskap|rev\.?|revidert|regulert|justert|oppr\.?|opp\w+leg|opprinnelig|avvik")
_BUDGET_WORD = re.compile(r"(?:års)?bud(?:sjett|\.)?")
_OTHER_WORDS = re.compile(
    r"hele|heile|tusen|kr\.?|kroner|beløp|tall|i|fjor|året|før|1\s?000|post|linje|tekst|mill\.?|mellom|og"
    r"|\(?regn\.?\)?|\(?(?:rev|bud)\w*\.?(?:[-–]\w*\.?)?\)?|[-–]|(?:19|20)\d\d"
)


def paragraph_of(text: str) -> int | None:
    """Return which part a heading begins, None for a line that begins none."""
    if _STATEMENT.search(text) is None:
        return None
    return next((paragraph for paragraph, shape in _PARTS.items() if shape.search(text)), None)


def is_column_words(line: str) -> bool:
    """Whether a line of text has nothing but words of column titles."""
    words = [word.strip("(),:") for word in line.casefold().split()]
    return bool(words) and all(
        not word or any(shape.fullmatch(word) for shape in (_TITLE_WORDS, _BUDGET_WORD, _OTHER_WORDS)) for word in words
    )


def headings_of_words(words: Sequence[str]) -> list[str]:
    """Return one heading a column from the words over a text's columns, each with its year.

    What a deviation is made of (`Avvik Rev-Regn`) is no heading of its own; the years stand in the columns' order.
    """
    titles: list[str] = []
    years: list[str] = []
    after_deviation = goes_on = False
    for word in words:
        bare = word.casefold().strip("(),:")
        if _YEAR.fullmatch(bare):
            years.append(bare)
        elif goes_on or word.startswith("(") or (after_deviation and re.search(r"[-–]", bare)):
            goes_on = after_deviation and bare.endswith(("-", "–"))
        elif _TITLE_WORDS.fullmatch(bare):
            titles.append(word)
            after_deviation = _DEVIATION.match(bare) is not None
        elif _BUDGET_WORD.fullmatch(bare) and not (titles and _wants_budget(titles[-1])):
            titles.append(word)
            after_deviation = False
        elif titles and (_BUDGET_WORD.fullmatch(bare) or bare in {"i", "fjor"}):
            titles[-1] += f" {word}"
    return [f"{title} {year}".strip() for title, year in zip(titles, [*years, *[""] * len(titles)], strict=False)]


def columns_of(headings: Sequence[str]) -> list[TableColumn | None]:
    """Say what each column holds by its heading, None for one that holds no amounts."""
    found = [_column(heading) for heading in headings]
    return _without_doubles(_with_year_before(found))


def says_column(heading: str) -> bool:
    """Whether a heading names a column of the statement."""
    return any(shape.search(heading) for shape in (_DEVIATION, _ORIGINAL, _REVISED, _ACTUAL))


def _wants_budget(title: str) -> bool:
    return " " not in title and (_ORIGINAL.search(title) or _REVISED.search(title)) is not None


def _column(heading: str) -> TableColumn | None:
    if not heading.strip() or _NO_AMOUNTS.search(heading):
        return None
    years = _YEAR.findall(heading)
    made = TableColumn(of=ColumnOf.OTHER, heading=" ".join(heading.split()), year=int(years[-1]) if years else None)
    if _DEVIATION.search(heading):
        return replace(made, of=ColumnOf.DEVIATION)
    if _ACTUAL.search(heading):
        return replace(made, of=ColumnOf.PREVIOUS_ACTUAL if _BEFORE.search(heading) else ColumnOf.ACTUAL)
    if _ORIGINAL.search(heading):
        return replace(made, of=ColumnOf.ORIGINAL)
    return replace(made, of=ColumnOf.REVISED) if _REVISED.search(heading) else made


def _with_year_before(columns: list[TableColumn | None]) -> list[TableColumn | None]:
    """Tell last year's accounts from this year's: by the year, else the first of two that stand beside each other."""
    actual = [at for at, column in enumerate(columns) if column is not None and column.of is ColumnOf.ACTUAL]
    if len(actual) < 2:  # noqa: PLR2004  one is this year's
        return columns
    first, second = actual[:2]
    earlier, later = columns[first], columns[second]
    if earlier is None or later is None:  # pragma: no cover  both were found
        return columns
    if earlier.year is not None and later.year is not None:
        before = first if earlier.year < later.year else second
    else:
        before = first if second == first + 1 else second
    changed = list(columns)
    changed[before] = replace(earlier if before == first else later, of=ColumnOf.PREVIOUS_ACTUAL)
    return changed


def _without_doubles(columns: list[TableColumn | None]) -> list[TableColumn | None]:
    seen: set[ColumnOf] = set()
    made: list[TableColumn | None] = []
    for column in columns:
        if column is None or column.of is ColumnOf.OTHER or column.of not in seen:
            made.append(column)
        else:
            made.append(replace(column, of=ColumnOf.OTHER))
        if column is not None:
            seen.add(column.of)
    return made
