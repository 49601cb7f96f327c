"""Puts the document together: title, contents, chapters in their sections, properties, one file.

Must not know what a chapter says. Imported late: python-docx takes its time.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time
from io import BytesIO
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from zipfile import ZipFile

import docx
from docx.document import Document

from db.fixed_zip import FixedZip
from db.native_chart import ChartLook
from db.report_cells import language_tag, logo_in_words, of_period, printable
from db.report_look import FONTS
from db.word.chapters import ChapterWriter
from db.word.charts import add_chart, charted
from db.word.contents import contents
from db.word.drafts import drafts_of
from db.word.logo_file import placed_logo
from db.word.look import Orientation, Style
from db.word.markup import paragraph, run, written
from db.word.sections import PAGE_MARKS, add_footers, section, section_end
from db.word.styles import set_styles
from db.word.tables import TableWriter
from db.word.template import strip_template
from tracker.messages import message
from tracker.report.content import EXAMPLE, Chart, Report, Say, Table

_LONGEST_PROPERTY = 255


def write_document(report: Report, path: Path, *, say: Say) -> None:
    """Write a report as a document, over the file at the path."""
    document = docx.Document()
    strip_template(document, company=printable(report.owner))
    set_styles(document, report.look, language=language_tag(say))
    _set_properties(document, report, say)
    _save(document, written(_Content(document, report, say).blocks()), path)


class _Content:
    """A document being filled."""

    def __init__(self, document: Document, report: Report, say: Say) -> None:
        self._document, self._report, self._say = document, report, say
        self._pictures = 0
        self._chapters = ChapterWriter(say, TableWriter(say, report.look.accent), self._add_chart)

    def blocks(self) -> Iterator[str]:
        """Yield everything; the chapters are written first, since the contents list their headings."""
        footers = self._footers()
        drafts = drafts_of(self._report.parts, self._say)
        chapters = [(draft.orientation, list(self._chapters.chapter(draft))) for draft in drafts]
        yield from self._title()
        yield from contents(self._chapters.contents, heading=self._say(message("Innhold")))
        page = Orientation.PORTRAIT
        for orientation, own in groupby(chapters, itemgetter(0)):
            yield section_end(section(page, footers[page]))
            for _, blocks in own:
                yield from blocks
            page = orientation
        yield section(page, footers[page])

    def _title(self) -> Iterator[str]:
        report, say = self._report, self._say
        if report.look.logo is not None:
            name, words = say(message("Logo")), logo_in_words(report, say)
            number = self._next_picture()
            yield paragraph(
                Style.LOGO,
                placed_logo(self._document, report.look.logo, number=number, title=name, description=words),
            )
        yield paragraph(Style.TITLE, run(say(report.title)))
        pieces = [report.owner, say(EXAMPLE) if report.is_example else "", say(of_period(report))]
        yield paragraph(Style.SUBTITLE, run(" · ".join(filter(None, pieces))))

    def _footers(self) -> dict[Orientation, str]:
        report, say = self._report, self._say
        pieces = [report.owner, say(report.title), say(EXAMPLE) if report.is_example else ""]
        pages = say(message("Side {page} av {pages}", **PAGE_MARKS))
        return add_footers(self._document, left=" · ".join(filter(None, pieces)), right=pages)

    def _add_chart(self, chart: Chart, table: Table) -> tuple[str, int]:
        number = self._next_picture()
        look = ChartLook(accent=self._report.look.accent, font=FONTS[self._report.look.typeface])
        drawn, columns = charted(chart, table, look=look, say=self._say)
        return add_chart(self._document, number, drawn, columns), number

    def _next_picture(self) -> int:
        self._pictures += 1
        return self._pictures


def _set_properties(document: Document, report: Report, say: Say) -> None:
    properties = document.core_properties
    properties.title = printable(say(report.title))[:_LONGEST_PROPERTY]
    properties.author = properties.last_modified_by = printable(report.owner)[:_LONGEST_PROPERTY] or "Tertial"
    properties.subject = printable(say(of_period(report)))
    properties.language = language_tag(say)
    properties.comments = properties.keywords = properties.category = ""
    # When it was written would make two exports of the same figures differ.
    properties.created = properties.modified = datetime.combine(report.period.ends, time())
    properties.revision = 1


def _save(document: Document, content: bytes, path: Path) -> None:
    """Save with nothing of the moment in the file, and with a content that python-docx hasn't had to take apart."""
    stream = BytesIO()
    document.save(stream)
    own = document.part.partname.membername
    with ZipFile(stream) as made, FixedZip(path) as archive:
        for name in made.namelist():
            archive.writestr(name, content if name == own else made.read(name))
