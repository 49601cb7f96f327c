"""Writes the parts of a report as chapters: heading, the municipality's own text, sentences, tables, charts.

Must not know what any part is about, nor how the file is put together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from db.report_cells import in_words
from db.word.drafts import Draft, Shown, figures_alone, title_in_words
from db.word.look import CHART_HEIGHT, Orientation, Style
from db.word.markup import bookmarked, paragraph, run
from db.word.pictures import Shape
from db.word.pictures import chart as placed_chart
from db.word.tables import TableWriter
from tracker.messages import message
from tracker.model import ProjectId
from tracker.report.content import Chart, ColumnKind, Part, Row, Say, Table, Telling

AddChart = Callable[[Chart, Table], tuple[str, int]]
"""Takes a chart in among the document's files; returns the id that it is shown by, and a number of its own."""
_UNIT = message("Beløp i 1000 kroner")
_BULLETS = ("• ", "- ", "* ")
_KEEP = "<w:keepNext/>"
_CLEAR_OF_TABLE = '<w:spacing w:before="120"/>'
_GAP = paragraph(Style.BODY, "", '<w:spacing w:before="0" w:after="0"/>')
_ON_TOP = '<w:spacing w:before="0"/>'
# Without the lowest heading, whose many projects would make the contents longer than they help.
_LISTED_LEVELS = 2


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the contents: its level from 0, its words, and the bookmark that it leads to."""

    level: int
    title: str
    bookmark: str


class ChapterWriter:
    """Writes chapters in order; headings are counted through them all."""

    def __init__(self, say: Say, tables: TableWriter, add_chart: AddChart) -> None:
        self._say = say
        self._tables = tables
        self._add_chart = add_chart
        self.contents: list[Entry] = []
        self._bookmarks = 0
        self._page: Orientation | None = None

    def chapter(self, draft: Draft) -> Iterator[str]:
        """Write a part."""
        return _apart(self._blocks(draft))

    def _blocks(self, draft: Draft) -> Iterator[str]:
        part, width = draft.part, draft.orientation.page.text_width
        # Where the page turns, the heading stands on top of a new one.
        yield self._heading(0, draft.title, more="" if draft.orientation is self._page else _ON_TOP)
        self._page = draft.orientation
        yield from self._opening(part, draft.title, width)
        for table in part.tables:
            shown = draft.shown.get(table.id)
            if shown is None:
                yield from self._empty(table)
            elif table.telling is None:
                yield from self._table(part, shown, width)
            else:
                yield from self._told(table, table.telling, shown, width)

    def _opening(self, part: Part, title: str, width: float) -> Iterator[str]:
        if any(column.kind is ColumnKind.THOUSANDS for table in part.tables if table.rows for column in table.columns):
            yield paragraph(Style.UNIT, run(self._say(_UNIT)))
        for text in part.preface:
            yield paragraph(Style.BODY, run(text))
        if part.key_figures:
            yield from self._tables.key_figures(part.key_figures, width, title=title)
        # What is said of a table isn't left behind by it.
        keep = _KEEP if part.tables else ""
        for number, sentences in enumerate(part.intro):
            clear = _CLEAR_OF_TABLE if part.key_figures and not number else ""
            yield paragraph(Style.BODY, run(" ".join(map(self._say, sentences))), keep + clear)

    def _empty(self, table: Table) -> Iterator[str]:
        if table.title is not None:
            yield _caption(title_in_words(table.title, self._say))
        yield paragraph(Style.BODY, run(self._say(table.empty)))

    def _table(self, part: Part, shown: Shown, width: float) -> Iterator[str]:
        """Write a table under its title; a chart of it stands between them, and has the title if they share it."""
        chart = next((chart for chart in part.charts if chart.table == shown.table.id), None)
        title = "" if chart is None else self._say(chart.title)
        if chart is not None:
            yield from self._chart(chart, shown.table, title, width)
        if shown.table.title is not None and shown.title != title:
            yield _caption(shown.title)
        yield from self._tables.table(shown, width)

    def _chart(self, chart: Chart, table: Table, title: str, width: float) -> Iterator[str]:
        relation, number = self._add_chart(chart, table)
        shape = Shape(number=number, size=(width, CHART_HEIGHT), title=title, description=self._say(chart.description))
        yield _caption(title)
        yield paragraph(Style.BODY, placed_chart(relation, shape), _KEEP)

    def _told(self, table: Table, telling: Telling, overview: Shown, width: float) -> Iterator[str]:
        """Write the figures of all rows in a table whose names lead to what is told of each below."""
        projects = [row.project for row in table.rows if row.project is not None]
        links = {project: f"_{table.id.replace('-', '_')}_{number}" for number, project in enumerate(projects, start=1)}
        yield self._heading(1, self._say(telling.overview))
        yield from self._tables.table(overview, width, links=links)
        for chapter in telling.chapters:
            yield self._heading(1, title_in_words(chapter.title, self._say))
            for row in chapter.rows:
                yield from self._story(table, telling, row, width, links)

    def _story(
        self, table: Table, telling: Telling, row: Row, width: float, links: Mapping[ProjectId, str]
    ) -> Iterator[str]:
        """Tell one row: its name as a heading, its figures, and its text with the paragraphs that it was written in."""
        at = table.index_of(telling.text)
        name, text = (in_words(row.cells[index], table.columns[index], self._say) for index in (0, at))
        yield self._heading(2, name, bookmark=None if row.project is None else links.get(row.project))
        yield from self._tables.table(
            figures_alone(table, row, telling.text, title=name, say=self._say), width, kept=True
        )
        paragraphs = [line.strip() for line in text.split("\n") if line.strip()]
        for number, line in enumerate(paragraphs or [self._say(telling.without_text)]):
            yield _told_paragraph(line, _CLEAR_OF_TABLE if number == 0 else "")

    def _heading(self, level: int, title: str, *, bookmark: str | None = None, more: str = "") -> str:
        self._bookmarks += 1
        name = bookmark or f"_Toc{self._bookmarks:08d}"
        if level < _LISTED_LEVELS:
            self.contents.append(Entry(level, title, name))
        return paragraph(Style.HEADINGS[level], bookmarked(self._bookmarks, name, run(title)), more)


def _apart(blocks: Iterable[str]) -> Iterator[str]:
    """Put a little space between tables that follow each other: Word would make one of them."""
    before = ""
    for block in blocks:
        if before.endswith("</w:tbl>") and block.startswith("<w:tbl>"):
            yield _GAP
        yield block
        before = block


def _caption(title: str) -> str:
    return paragraph(Style.CAPTION, run(title))


def _told_paragraph(line: str, more: str) -> str:
    if line.startswith(_BULLETS):
        return paragraph(Style.LIST, run(line[2:].lstrip()), more)
    return paragraph(Style.BODY, run(line), more)
