"""A project's page and the table on paper or as PDF, by Qt's own printing.

Must not know a widget; it gets figures and words.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QRectF, QSizeF, Qt
from PySide6.QtGui import QFontMetricsF, QPageLayout, QPageSize, QPainter, QPdfWriter, QTextDocument

from db.whole_file import write_whole
from tracker.figures import ProjectFigures
from tracker.flags import Flag
from tracker.lights import ShownLight, light_words
from tracker.messages import Message, message
from tracker.money import in_thousands, write_number
from tracker.periods import Part, Period
from tracker.quarters import write_completion
from tracker.typed import CAUSES
from ui.cells import Column
from ui.plain import Document
from ui.table import TableModel
from ui.words import Say, period_title

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

_TYPE_POINTS = 9
_LOOK = """
body { font-family: sans-serif; font-size: 9px; color: #1C2126; }
h1 { font-size: 16px; margin: 0; } h2 { font-size: 11px; margin-top: 10px; }
table.wide { font-size: 7px; }
p.muted { color: #56616B; } td, th { padding: 2px 6px; }
th { text-align: left; border-bottom: 1px solid #1A5E8A; color: #1A5E8A; }
"""
_MARGIN_MM = 14
_POINT = 72
_FOOT = 3
"""Lines at the foot of a page, kept for its number."""
_WEIGHTS = {"name": 24, "text": 32, "explanation": 26, "service_area": 15, "department": 15, "flag": 10}
_NUMBER_WEIGHT, _OTHER_WEIGHT = 9, 11


def project_document(
    figures: ProjectFigures, flags: Iterable[Flag], period: Period, *, lights: Iterable[ShownLight], say: Say
) -> QTextDocument:
    """Lay a project out for paper: figures, lights, flags, status text, and the deviation's explanation and causes."""
    project, status = figures.project, figures.status
    place = " · ".join(filter(None, (project.service_area, project.department, say(period_title(period)))))
    found = "".join(
        f"<li>{escape(say(flag.severity.word))}: {escape(say(flag.finding.message))}</li>" for flag in flags
    )
    shown = "".join(f"<li>{escape(say(light_words(light)))}. {escape(say(light.reason))}</li>" for light in lights)
    parts = [
        f"<h1>{escape(project.name)}</h1><p class='muted'>{escape(place)}</p>",
        f"{_amounts(_figures_of(figures, period), say)}<p class='muted'>{escape(say(message('Beløp i 1000 kr')))}</p>",
        f"<p>{escape(say(message('Est. ferdig')))}: {escape(write_completion(figures.completion) or '-')}</p>",
        f"<h2>{escape(say(message('Trafikklys')))}</h2><ul>{shown}</ul>" if shown else "",
        f"<h2>{escape(say(message('Flagg')))}</h2><ul>{found}</ul>" if found else "",
        f"<h2>{escape(say(message('Statustekst')))}</h2>{_as_html(figures.text)}",
    ]
    if status is not None and (status.explanation or status.split):
        parts.append(f"<h2>{escape(say(message('Avviksforklaring')))}</h2>{_as_html(status.explanation)}")
    if status is not None and status.split is not None:
        parts.append(_amounts([(title, getattr(status.split, cause)) for cause, title in CAUSES.items()], say))
    return _document("".join(parts))


def _figures_of(figures: ProjectFigures, period: Period) -> list[tuple[Message, int | None]]:
    """Return the amounts with their titles; forecasts only where there are any."""
    final = None if figures.status is None else figures.status.final_cost_forecast
    is_year = period.part is Part.YEAR
    return [
        (message("Vedtatt totalt"), figures.total_budget),
        (message("Påløpt totalt"), figures.total_spent),
        *([] if final is None else [(message("Sluttprognose"), final)]),
        (message("Revidert budsjett"), figures.revised_budget),
        (message("Regnskap"), figures.actual),
        *([] if is_year or figures.expected is None else [(message("Prognose for året"), figures.expected)]),
        (message("Avvik") if is_year else message("Ventet avvik"), figures.reported_deviation_at(period.part)),
    ]


def _amounts(amounts: Iterable[tuple[Message, int | None]], say: Say) -> str:
    rows = "".join(
        f"<tr><td>{escape(say(title))}</td><td align='right'>{_thousands(kroner)}</td></tr>"
        for title, kroner in amounts
    )
    return f"<table>{rows}</table>"


def table_document(model: TableModel, sections: Sequence[int], *, title: str, say: Say) -> QTextDocument:
    """Lay the table out for paper as it is shown: its columns, its order and its groups."""
    weights = [_weight(model.columns[section]) for section in sections]
    shares = [100 * weight / sum(weights) for weight in weights]
    heads = "".join(_head(model.columns[section], share) for section, share in zip(sections, shares, strict=True))
    lines = "".join(
        f"<tr>{''.join(_cell(model, row, section) for section in sections)}</tr>" for row in range(model.rowCount())
    )
    unit = escape(say(message("Beløp i 1000 kr")))
    return _document(
        f"<h1>{escape(title)}</h1><p class='muted'>{unit}</p>"
        f"<table class='wide' width='100%' cellspacing='0'><thead><tr>{heads}</tr></thead>{lines}</table>"
    )


def write_pdf(document: QTextDocument, path: Path, *, landscape: bool) -> None:
    """Write a document as PDF on A4, whole or not at all.

    Raises Trouble when it can't be written.
    """
    # In memory first: Qt says nothing of a disk that is full.
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setPageLayout(page_layout(landscape=landscape))
    writer.setTitle(path.stem)
    writer.setCreator("Tertial")
    print_pages(document, writer)
    del writer
    write_whole(path, lambda beside: beside.write_bytes(buffer.data().data()))


def print_pages(document: QTextDocument, device: QPdfWriter | QPrinter) -> None:
    """Print a document page by page, with the page's number at its foot."""
    area = device.pageLayout().paintRectPoints()
    size = QSizeF(area.width(), area.height())
    painter = QPainter(device)
    scale = device.resolution() / _POINT
    painter.scale(scale, scale)
    # Laid out in points, whatever the device's dots: text is as large on paper as its size says.
    font = document.defaultFont()
    font.setPixelSize(_TYPE_POINTS)
    document.setDefaultFont(font)
    line = QFontMetricsF(font).height()
    document.setPageSize(QSizeF(size.width(), size.height() - _FOOT * line))
    for page in range(document.pageCount()):
        if page:
            device.newPage()
        painter.save()
        painter.translate(0, -page * document.pageSize().height())
        shown = QRectF(0, page * document.pageSize().height(), size.width(), document.pageSize().height())
        document.drawContents(painter, shown)
        painter.restore()
        painter.setFont(font)
        foot = QRectF(0, size.height() - line, size.width(), line)
        painter.drawText(foot, Qt.AlignmentFlag.AlignRight, f"{page + 1} / {document.pageCount()}")
    painter.end()


def page_layout(*, landscape: bool) -> QPageLayout:
    """Return A4 with our margins."""
    way = QPageLayout.Orientation.Landscape if landscape else QPageLayout.Orientation.Portrait
    margins = QMarginsF(_MARGIN_MM, _MARGIN_MM, _MARGIN_MM, _MARGIN_MM)
    return QPageLayout(QPageSize(QPageSize.PageSizeId.A4), way, margins, QPageLayout.Unit.Millimeter)


def _document(html: str) -> QTextDocument:
    document = Document()
    document.setDefaultStyleSheet(_LOOK)
    document.setHtml(f"<body>{html}</body>")
    return document


def _as_html(markdown: str) -> str:
    if not markdown.strip():
        return "<p>-</p>"
    written = Document()
    written.setMarkdown(markdown, QTextDocument.MarkdownFeature.MarkdownNoHTML)
    html = written.toHtml()
    return html[html.index("<body") : html.index("</body>")].partition(">")[2]


def _thousands(kroner: int | None) -> str:
    return "-" if kroner is None else write_number(in_thousands(kroner))


def _weight(column: Column) -> int:
    return _WEIGHTS.get(column.key, _NUMBER_WEIGHT if column.is_number else _OTHER_WEIGHT)


def _head(column: Column, share: float) -> str:
    side = "right" if column.is_number else "left"
    return f"<th width='{share:.0f}%' align='{side}'>{escape(column.title)}</th>"


def _cell(model: TableModel, row: int, section: int) -> str:
    text = escape(model.cell(row, section).text)
    shown = f"<b>{text}</b>" if model.is_group(row) else text
    return f"<td align='{'right' if model.columns[section].is_number else 'left'}'>{shown}</td>"
