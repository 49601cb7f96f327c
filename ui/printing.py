"""A project's page and the table on paper or as PDF, by Qt's own printing.

Must not know a widget; it gets figures and words.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from pathlib import Path

from PySide6.QtCore import QMarginsF
from PySide6.QtGui import QPageLayout, QPageSize, QPdfWriter, QTextDocument

from tracker.figures import ProjectFigures
from tracker.flags import Flag
from tracker.messages import Message, message
from tracker.money import in_thousands, write_number
from tracker.periods import Period
from tracker.quarters import write_completion
from ui.table import TableModel
from ui.words import Say, period_title

_LOOK = """
body { font-family: sans-serif; font-size: 9.5pt; color: #1C2126; }
h1 { font-size: 16pt; margin: 0; } h2 { font-size: 11pt; margin-top: 14px; }
p.muted { color: #56616B; } td, th { padding: 2px 6px; }
th { text-align: left; border-bottom: 1px solid #1A5E8A; color: #1A5E8A; }
"""
_MARGIN_MM = 15


def project_document(figures: ProjectFigures, flags: Iterable[Flag], period: Period, *, say: Say) -> QTextDocument:
    """Lay a project out for paper: figures, flags, status text and explanation."""
    project, status = figures.project, figures.status
    place = " · ".join(filter(None, (project.service_area, project.department, say(period_title(period)))))
    amounts: list[tuple[Message, int | None]] = [
        (message("Vedtatt totalt"), figures.total_budget),
        (message("Påløpt totalt"), figures.total_spent),
        (message("Revidert budsjett"), figures.revised_budget),
        (message("Regnskap"), figures.actual),
        (message("Avvik"), figures.reported_deviation),
    ]
    rows = "".join(
        f"<tr><td>{escape(say(title))}</td><td align='right'>{_thousands(kroner)}</td></tr>"
        for title, kroner in amounts
    )
    found = "".join(
        f"<li>{escape(say(flag.severity.word))}: {escape(say(flag.finding.message))}</li>" for flag in flags
    )
    parts = [
        f"<h1>{escape(project.name)}</h1><p class='muted'>{escape(place)}</p>",
        f"<table>{rows}</table><p class='muted'>{escape(say(message('Beløp i 1000 kr')))}</p>",
        f"<p>{escape(say(message('Est. ferdig')))}: {escape(write_completion(figures.completion) or '-')}</p>",
        f"<h2>{escape(say(message('Flagg')))}</h2><ul>{found}</ul>" if found else "",
        f"<h2>{escape(say(message('Statustekst')))}</h2>{_as_html(figures.text)}",
    ]
    if status is not None and status.explanation:
        parts.append(f"<h2>{escape(say(message('Avviksforklaring')))}</h2>{_as_html(status.explanation)}")
    return _document("".join(parts))


def table_document(model: TableModel, sections: Sequence[int], *, title: str, say: Say) -> QTextDocument:
    """Lay the table out for paper as it is shown: its columns, its order and its groups."""
    heads = "".join(_head(model, section) for section in sections)
    lines = "".join(
        f"<tr>{''.join(_cell(model, row, section) for section in sections)}</tr>" for row in range(model.rowCount())
    )
    unit = escape(say(message("Beløp i 1000 kr")))
    return _document(
        f"<h1>{escape(title)}</h1><p class='muted'>{unit}</p>"
        f"<table width='100%' cellspacing='0'><thead><tr>{heads}</tr></thead>{lines}</table>"
    )


def write_pdf(document: QTextDocument, path: Path, *, landscape: bool) -> None:
    """Write a document as PDF on A4, whole or not at all.

    Raises OSError when it can't be written.
    """
    beside = path.with_name(f".{path.name}.ny")
    writer = QPdfWriter(str(beside))
    writer.setPageLayout(page_layout(landscape=landscape))
    writer.setTitle(path.stem)
    writer.setCreator("Tertial")
    document.print_(writer)
    del writer
    beside.replace(path)


def page_layout(*, landscape: bool) -> QPageLayout:
    """Return A4 with our margins."""
    way = QPageLayout.Orientation.Landscape if landscape else QPageLayout.Orientation.Portrait
    margins = QMarginsF(_MARGIN_MM, _MARGIN_MM, _MARGIN_MM, _MARGIN_MM)
    return QPageLayout(QPageSize(QPageSize.PageSizeId.A4), way, margins, QPageLayout.Unit.Millimeter)


def _document(html: str) -> QTextDocument:
    document = QTextDocument()
    document.setDefaultStyleSheet(_LOOK)
    document.setHtml(f"<body>{html}</body>")
    return document


def _as_html(markdown: str) -> str:
    if not markdown.strip():
        return "<p>-</p>"
    written = QTextDocument()
    written.setMarkdown(markdown, QTextDocument.MarkdownFeature.MarkdownNoHTML)
    html = written.toHtml()
    return html[html.index("<body") : html.index("</body>")].partition(">")[2]


def _thousands(kroner: int | None) -> str:
    return "-" if kroner is None else write_number(in_thousands(kroner))


def _head(model: TableModel, section: int) -> str:
    column = model.columns[section]
    return f"<th align='{'right' if column.is_number else 'left'}'>{escape(column.title)}</th>"


def _cell(model: TableModel, row: int, section: int) -> str:
    text = escape(model.cell(row, section).text)
    shown = f"<b>{text}</b>" if model.is_group(row) else text
    return f"<td align='{'right' if model.columns[section].is_number else 'left'}'>{shown}</td>"
