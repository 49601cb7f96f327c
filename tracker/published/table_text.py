"""Reads the published status table from lines of text taken out of a PDF.

Must not know files, nor any project's name. Amounts are in the table's thousands.

The form: name, six cells and comment, then a blank line. A wrapped name stands on lines of its own, then a blank
line, then the figures. A line with a leading space begins a page, and a row may begin there at once. A row without a
comment is followed by the next at once. What can't be told apart: a line of comment that begins a page, or follows a
blank line, and looks exactly like a row of figures; the lines of a name that a page break parts.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from tracker.messages import Refusal, message, source
from tracker.published.content import PublishedTable
from tracker.published.digits import is_unreadable_row
from tracker.published.line_join import join_lines, keeps_spaces
from tracker.published.table_pages import Line, find_table
from tracker.published.table_rows import RawRow, build_table, is_total, row_on


def read_table(lines: Iterable[str]) -> PublishedTable:
    """Read the table from its lines (with or without their trailing spaces, without line ends).

    Raises Refusal where there is no table, it is cut off, its columns stand in another order, or its figures don't
    fit each other or can be read in more ways than one.
    """
    written = list(lines)
    spaces_kept = keeps_spaces(written)
    text = find_table(written)
    rows, after = _rows_in(text.body, spaces_kept=spaces_kept)
    leftovers = (
        *_paragraphs(text.before, spaces_kept=spaces_kept),
        *text.doubtful,
        *_paragraphs(after, spaces_kept=spaces_kept),
    )
    return build_table(rows, spaces_kept=spaces_kept, leftovers=leftovers)


def _rows_in(body: Sequence[Line], *, spaces_kept: bool) -> tuple[list[RawRow], Sequence[Line]]:
    """Split the body into rows; what stands after the sum comes back as it is."""
    rows: list[RawRow] = []
    waiting: list[Line] = []
    for index, line in enumerate(body):
        row = _row_on(line, may_begin=_may_begin(body, index, rows, waiting))
        if row is None:
            _refuse_unreadable(line, body[index + 1 :])
            waiting.append(line)
            continue
        if row.begins_with_figures:
            waiting, name = _split_name(waiting, rows, row)
            row = replace(row, name_above=join_lines([one.text for one in name], spaces_kept=spaces_kept))
        _end_row(rows, waiting)
        waiting = []
        rows.append(row)
        if is_total(row.likely_name):
            return rows, _end_total(rows, body[index + 1 :])
    _end_row(rows, waiting)
    return rows, ()


def _row_on(line: Line, *, may_begin: bool) -> RawRow | None:
    """Return the row that a line begins.

    Inside a paragraph of comment only a line counts that has a name, a known completion, and arithmetic that holds.
    """
    row = row_on(line.text)
    if row is None or may_begin:
        return row
    return row if any(reading.name_end > 0 and reading.cells[2] for reading in row.preferred) else None


def _refuse_unreadable(line: Line, after: Sequence[Line]) -> None:
    """Refuse a row with a figure that is none, rather than take it for comment; the last line may be cut off."""
    if is_unreadable_row(line.text) and not all(one.is_blank for one in after):
        text = source("Kunne ikke lese tallene på linjen «{line}». Rett raden og les på nytt.")
        raise Refusal(message(text, line=" ".join(line.text.split())))


def _may_begin(body: Sequence[Line], index: int, rows: list[RawRow], waiting: list[Line]) -> bool:
    after_bare_row = bool(rows) and not waiting and not rows[-1].starts_comment
    return body[index].begins_page or index == 0 or body[index - 1].is_blank or after_bare_row


def _split_name(waiting: list[Line], rows: list[RawRow], row: RawRow) -> tuple[list[Line], list[Line]]:
    """Part the lines before a line of figures into what belongs to the row before, and the wrapped name."""
    end = len(waiting)
    while end and waiting[end - 1].is_blank:
        end -= 1
    begin = end
    while begin and not waiting[begin - 1].is_blank:
        begin -= 1
        if waiting[begin].begins_page:
            break
    in_comment = begin == 0 and bool(rows) and rows[-1].starts_comment and not (waiting and waiting[0].begins_page)
    if begin == end or in_comment:
        reason = message(
            "Fant ikke prosjektnavnet til raden med tallene {figures}. Skriv navnet foran tallene og les på nytt.",
            figures=" ".join(row.figures.split()),
        )
        raise Refusal(reason)
    return waiting[:begin], waiting[begin:end]


def _end_row(rows: list[RawRow], lines: list[Line]) -> None:
    if rows:
        rows[-1] = replace(rows[-1], comment=tuple(line.text for line in lines))


def _end_total(rows: list[RawRow], after: Sequence[Line]) -> Sequence[Line]:
    """Give the sum the comment that begins on its line, up to the first blank line; return the rest."""
    if not rows[-1].starts_comment:
        return after
    end = next((at for at, line in enumerate(after) if line.is_blank), len(after))
    _end_row(rows, list(after[:end]))
    return after[end:]


def _paragraphs(lines: Sequence[Line], *, spaces_kept: bool) -> list[str]:
    paragraphs: list[list[str]] = [[]]
    for line in lines:
        if line.is_blank:
            paragraphs.append([])
        else:
            paragraphs[-1].append(line.text)
    return [join_lines(texts, spaces_kept=spaces_kept) for texts in paragraphs if texts]
