"""What the table costs beside Qt's own C++ models with the same cells. Run by hand, as the others."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QSortFilterProxyModel, Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QApplication, QTableView
from pytest_benchmark.fixture import BenchmarkFixture

from tests.benchmarks.municipalities import YEAR, edit_of
from tests.benchmarks.test_benchmarks import measure
from tracker.edits import apply
from tracker.figures import figures_of
from tracker.flags import Limits, Past, cases_of, flags_of
from tracker.model import Portfolio
from tracker.search import words_of
from ui.cells import ALL, Arrangement
from ui.rows import ProjectRows, project_columns
from ui.table import SORT_ROLE, TableModel
from ui.table_view import Ledger
from ui.words import words_in

_NAME = 1


@pytest.fixture
def say(qapp: QApplication) -> Callable[..., str]:  # noqa: ARG001  a font needs an application
    return words_in()


def table_of(projects: int) -> TableModel:
    """Make our model of a municipality."""
    portfolio = apply(Portfolio(), edit_of(projects))
    figures = figures_of(portfolio, YEAR)
    model = TableModel(project_columns(words_in()))
    model.set_rows(ProjectRows(figures, flags_of(cases_of(figures, Limits(), Past())), say=words_in()))
    return model


def items_of(ours: TableModel) -> QStandardItemModel:
    """Make Qt's own model with the same cells."""
    items = QStandardItemModel(ours.rowCount(), ours.columnCount())
    for row in range(ours.rowCount()):
        for section in range(ours.columnCount()):
            index = ours.index(row, section)
            item = QStandardItem(str(index.data()))
            item.setData(index.data(Qt.ItemDataRole.TextAlignmentRole), Qt.ItemDataRole.TextAlignmentRole)
            items.setItem(row, section, item)
    return items


def shown(view: QTableView) -> QTableView:
    """Show a view as large as a window."""
    view.resize(1400, 900)
    view.show()
    QApplication.processEvents()
    return view


def qts_view(model: object, like: Ledger) -> QTableView:
    """Make Qt's own view with the look of ours."""
    view = QTableView()
    view.setFont(like.font())
    view.setStyleSheet(like.styleSheet())
    view.setShowGrid(False)
    view.setWordWrap(False)
    view.verticalHeader().hide()
    view.verticalHeader().setDefaultSectionSize(like.verticalHeader().defaultSectionSize())
    view.setModel(model)  # type: ignore[arg-type]
    return view


@pytest.mark.parametrize("way", ["bare", "tertial"])
def test_repaint(benchmark: BenchmarkFixture, say: object, way: str) -> None:  # noqa: ARG001
    ours = table_of(1000)
    ledger = Ledger(ours)
    view = shown(ledger if way == "tertial" else qts_view(items_of(ours), ledger))
    measure(benchmark, "a repaint of the table", lambda: view.viewport().grab(), rounds=50)


@pytest.mark.parametrize("way", ["bare", "tertial"])
def test_filter_10_000(benchmark: BenchmarkFixture, say: object, way: str) -> None:  # noqa: ARG001
    ours = table_of(10_000)
    ledger = Ledger(ours)
    words = ["1", "12", "1", "3"]
    if way == "tertial":
        view = shown(ledger)

        def keystroke() -> None:
            for word in words:
                ours.arrange(Arrangement(words=words_of(word)))
                view.viewport().grab()
    else:
        proxy = QSortFilterProxyModel()
        proxy.setSourceModel(items_of(ours))
        proxy.setFilterKeyColumn(_NAME)
        view = shown(qts_view(proxy, ledger))

        def keystroke() -> None:
            for word in words:
                proxy.setFilterFixedString(word)
                view.viewport().grab()

    measure(benchmark, "four filter keystrokes at 10000 projects", keystroke, rounds=5)


def test_filter_100_000(benchmark: BenchmarkFixture, say: object) -> None:  # noqa: ARG001
    ours = table_of(100_000)
    view = shown(Ledger(ours))
    typed = iter(["1", "12", "1", "3"] * 10)

    def keystroke() -> None:
        ours.arrange(Arrangement(words=words_of(next(typed))))
        view.viewport().grab()

    measure(benchmark, "one filter keystroke at 100000 projects", keystroke, rounds=8)


@pytest.mark.parametrize("way", ["bare", "tertial"])
def test_sort_100_000(benchmark: BenchmarkFixture, say: object, way: str) -> None:  # noqa: ARG001
    ours = table_of(100_000)
    section = next(at for at, column in enumerate(ours.columns) if column.key == "actual")
    if way == "tertial":
        orders = iter([Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder] * 10)
        measure(benchmark, "sorting 100000 projects", lambda: ours.sort(section, next(orders)), rounds=4)
        return
    ours.arrange(Arrangement(words=ALL))
    proxy = QSortFilterProxyModel()
    proxy.setSortRole(SORT_ROLE)
    proxy.setSourceModel(ours)
    benchmark.group = "sorting 100000 projects"
    benchmark.pedantic(lambda: proxy.sort(section), rounds=1)
