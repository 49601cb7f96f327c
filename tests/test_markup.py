"""A name or a text that looks like markup is shown as it is written, and fetches nothing, wherever it stands."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractListModel, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QAbstractItemView, QLabel, QWidget
from pytestqt.qtbot import QtBot

import ui
from tests.test_accessibility import PAGES, turned
from tests.windows import Open, portfolio_records, write
from tracker.model import Project, Record, Status
from ui.compared import ComparedText
from ui.plain import Document, as_it_is
from ui.printing import _as_html, _document

MODULES = [path for path in sorted(Path(ui.__file__).parent.rglob("*.py")) if path.name != "plain.py"]
SHOWING = ("setToolTip", "showText", "setWhatsThis")
RED = QColor("#FF0000")


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    """Draw a red picture, which nobody may fetch."""
    path = tmp_path / "rød.png"
    image = QImage(QSize(60, 60), QImage.Format.Format_RGB32)
    image.fill(RED)
    image.save(str(path))
    return path


def markup(picture: Path) -> str:
    """Write a text that is a picture in HTML and in Markdown."""
    return f"<img src='{picture}'> <b>Fet</b> ![bilde]({picture.as_uri()}) ![bilde]({picture})"


def is_red(image: QImage) -> bool:
    """Whether a large red spot was drawn."""
    shown = image.scaled(image.width() // 8, image.height() // 8)
    return any(shown.pixelColor(x, y) == RED for x in range(shown.width()) for y in range(shown.height()))


def drawn(document: Document) -> QImage:
    """Draw a document as it would be printed."""
    image = QImage(QSize(600, 400), QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    document.drawContents(painter)
    painter.end()
    return image


def hostile_records(picture: Path) -> Iterator[Record]:
    """Return the usual portfolio, its names and texts markup."""
    for record in portfolio_records():
        if isinstance(record, Project):
            yield replace(record, name=f"{record.name} {markup(picture)}", service_area=f"<b>{record.service_area}</b>")
        elif isinstance(record, Status):
            yield replace(record, text=markup(picture), explanation=markup(picture))
        else:
            yield record


def test_a_document_fetches_no_picture(qtbot: QtBot, picture: Path) -> None:
    assert qtbot
    document = _document(_as_html(markup(picture)) + f"<img src='{picture}'><img src='{picture.as_uri()}'>")
    assert isinstance(document, Document)
    assert not is_red(drawn(document))


def test_a_compared_text_fetches_no_picture(qtbot: QtBot, picture: Path) -> None:
    compared = ComparedText()
    qtbot.addWidget(compared)
    compared.resize(600, 400)
    compared.show_text(markup(picture), "", marked=False)
    assert not is_red(compared.grab().toImage())
    compared.show_text(markup(picture), "Ny", marked=True)
    assert not is_red(compared.grab().toImage())


def test_a_tip_that_looks_like_markup_is_shown_as_it_is() -> None:
    assert as_it_is("Skole 10 & mer") == "Skole 10 & mer"
    assert "<b>" not in as_it_is("<b>Skole</b>")


def test_no_page_takes_names_and_texts_for_markup(open_window: Open, tmp_path: Path, picture: Path) -> None:
    path = write(tmp_path / "fiendtlig.tertial", list(hostile_records(picture)))
    window = open_window(path)  # type: ignore[call-arg]
    for name in PAGES:
        page = turned(window, name)
        labels = page.findChildren(QLabel)
        assert [label.text() for label in labels if label.textFormat() != Qt.TextFormat.PlainText] == []
        assert [tip for tip in tips(page) if "<img" in tip] == []
        assert not is_red(window.grab().toImage())


def tips(page: QWidget) -> Iterator[str]:
    """Yield every tip of a page that its widgets and tables have."""
    for widget in page.findChildren(QWidget):
        yield widget.toolTip()
        if isinstance(widget, QAbstractItemView) and widget.model() is not None:
            model = widget.model()
            for row in range(min(model.rowCount(), 20)):
                for column in range(1 if isinstance(model, QAbstractListModel) else model.columnCount()):
                    yield str(model.index(row, column).data(Qt.ItemDataRole.ToolTipRole) or "")


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(Path(ui.__file__).parent)))
def test_what_shows_text_goes_through_what_shows_it_as_it_is(module: Path) -> None:
    """`QLabel`, `QTextBrowser` and `QTextDocument` guess; tips are guessed at too."""
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        called = ast.unparse(node.func).rpartition(".")[2]
        assert called not in {"QLabel", "QTextBrowser", "QTextDocument"}, ast.unparse(node)
        if called in SHOWING:
            assert any(map(is_plain, node.args)), ast.unparse(node)


def is_plain(shown: ast.expr) -> bool:
    """Whether an expression is made plain, or is words of our own without anything put into them."""
    calls = [one for one in ast.walk(shown) if isinstance(one, ast.Call)]
    if any(ast.unparse(one.func) in {"as_it_is", "plain_tip"} for one in calls):
        return True
    told = [one for one in calls if ast.unparse(one.func) == "message"]
    return bool(told) and all(isinstance(one.args[0], ast.Constant) and not one.keywords for one in told)
