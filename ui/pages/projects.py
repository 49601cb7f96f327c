"""The page of all projects: a period's figures as one table, what is asked of it above, and its sums beneath.

Must not know where the portfolio comes from, nor how an edit is made.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from tracker.actions import Entry
from tracker.fields import PHASES
from tracker.flags import Severity
from tracker.messages import Message, Refusal, message
from tracker.search import Test, amount_filter, text_filter, words_of
from ui.block import filled_down_in, pasted_into
from ui.cell_editor import CellEditor
from ui.editing import Editing
from ui.figure_menu import AskedFigure, asked_in_sums, asked_in_table, offer_trace
from ui.filter_row import FilterRow
from ui.hits import HitDelegate
from ui.marks import MarkDelegate, Notice, icon_size
from ui.rows import AMOUNTS, MARKED, USUAL_COLUMNS, ProjectRows, SumRows, project_columns
from ui.session import View
from ui.settings import SavedView
from ui.table import TableModel
from ui.table_bar import TableBar
from ui.table_view import TableView
from ui.theme import GRID, Step, sized
from ui.words import Say

_HELD = 2
_WIDTHS = {
    "name": 36,
    "service_area": 19,
    "department": 19,
    "responsible": 16,
    "phase": 11,
    "explanation": 24,
    "text": 20,
}
_SAMPLE = 200


class ProjectsPage(QWidget):
    """Shows one period. `show_view` and `arrange` are the only ways in."""

    opened = Signal(str)
    arranged = Signal()
    trace_asked = Signal()

    def __init__(self, say: Say, editing: Editing, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._say, self._editing = say, editing
        columns = project_columns(say)
        self.model = TableModel(columns, self)
        self.model.written = editing.written
        self.model.make_editable(lambda key, field, typed: not editing.fill_in(key, field, typed))
        self.sums_model = TableModel(columns, self)
        self.table = TableView(self.model, self, held=_HELD)
        self.sums = TableView(self.sums_model, self)
        self.filters = FilterRow(self.table, say, held=_HELD)
        self.bar = TableBar(say, [(column.key, column.title) for column in columns])
        self.notice = Notice("", Severity.WARNING)
        self._view: View | None = None
        self._rows: ProjectRows | None = None
        self._keys: frozenset[str] | None = None
        self._has_widths = False
        self._lay_out()
        self._connect()
        self.show_columns(USUAL_COLUMNS)

    def show_view(self, view: View) -> None:
        """Show a period's projects; what is selected, asked for and scrolled to stays."""
        figures = view.figures
        if figures is None or view is self._view:
            return
        self._view = view
        keys, current, place = (
            self.table.chosen_keys(),
            self.table.current_key(),
            self.table.verticalScrollBar().value(),
        )
        self._rows = ProjectRows(figures, view.flags, say=self._say, lights=view.lights)
        self.model.set_rows(self._rows)
        self._show_sums()
        if not self._has_widths:
            self._has_widths = True
            self.table.set_widths(self._widths())
            current = current or next(iter(self.model.keys()[:1]), "")
        self.table.select_keys(keys, current)
        self.table.verticalScrollBar().setValue(place)

    def arrange(self, saved: SavedView, *, keys: Iterable[str] | None = None) -> None:
        """Arrange the table as a saved view says, only some projects where `keys` are given."""
        self._keys = None if keys is None else frozenset(keys)
        self.show_columns(saved.columns)
        self.filters.set_typed(saved.filters)
        self.bar.set_search(saved.search)
        self.bar.set_group(saved.group)
        self.bar.set_subset(saved.name if self._keys is not None else "")
        section = next((at for at, column in enumerate(self.model.columns) if column.key == saved.sorted_by), -1)
        order = Qt.SortOrder.DescendingOrder if saved.descending else Qt.SortOrder.AscendingOrder
        self.table.horizontalHeader().setSortIndicator(section, order)
        self._ask_anew()

    def arrangement(self, name: str) -> SavedView:
        """Return how the table is arranged, under a name."""
        wanted = self.model.arrangement
        return SavedView(
            name=name,
            columns=tuple(self.model.columns[section].key for section in self.table.shown_sections()),
            group=wanted.group,
            sorted_by=wanted.sorted_by,
            descending=wanted.descending,
            filters=self.filters.typed,
            search=self.bar.search.text(),
        )

    def show_columns(self, keys: Sequence[str]) -> None:
        """Show some columns, in this order; the name always."""
        header = self.table.horizontalHeader()
        wanted = [key for key in keys if key not in {"flag", "name"}]
        for section, column in enumerate(self.model.columns):
            hidden = column.key not in wanted and column.key != "name" and not (column.key == "flag" and "flag" in keys)
            for view in (self.table, self.sums):
                view.setColumnHidden(section, hidden)
        for place, key in enumerate(wanted, start=_HELD):
            section = next(at for at, column in enumerate(self.model.columns) if column.key == key)
            header.moveSection(header.visualIndex(section), place)
        self.bar.set_columns(keys)
        self.filters.setVisible(True)

    def neighbour(self, key: str, step: int) -> str:
        """Return the project before or after one as they are shown; the same where there is none."""
        keys = self.model.keys()
        if key not in keys:
            return key
        return keys[min(max(keys.index(key) + step, 0), len(keys) - 1)]

    def copy(self, *, with_headings: bool = False) -> None:
        """Copy what is selected, in the sums if that is where the cursor is."""
        view = self.sums if self.sums.hasFocus() else self.table
        view.copy_selection(with_headings=with_headings)

    def pasted(self, text: str) -> list[Entry]:
        """Return what a block of text would fill in, from the cell with the cursor on. Raises Refusal."""
        return pasted_into(self.table, text)

    def filled_down(self) -> list[Entry]:
        """Return what filling down would fill in. Raises Refusal."""
        return filled_down_in(self.table, self._editing.written)

    def asked_figure(self) -> AskedFigure | None:
        """Return whose figure the cursor is on, in the table or in the sums beneath; None where it is on none."""
        if not self.sums.hasFocus():
            return asked_in_table(self.table)
        figures = None if self._view is None else self._view.figures
        return None if figures is None else asked_in_sums(self.sums, self.model, figures)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802  Qt's name
        """Hand a new palette on, which the tables do not get by themselves."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            for view in (self.table, self.sums):
                view.set_colours(self.palette())

    def _offered(self, field: str) -> list[str]:
        if field == "phase":
            return [self._say(title) for title in PHASES.values()]
        if field in AMOUNTS or field == "code" or self._view is None or self._view.figures is None:
            return []
        written = {self._editing.written(entry.project.id, field) for entry in self._view.figures.projects}
        return sorted(written - {""})

    def _widths(self) -> list[int]:
        """Return how wide each column has to be, by a sample of its rows; names have a width of their own."""
        columns = self.model.columns
        sampled = range(min(self.model.rowCount(), _SAMPLE))
        widths = []
        for section, column in enumerate(columns):
            texts = [column.title, *(self.model.cell(row, section).text for row in sampled)]
            texts += [self.sums_model.cell(row, section).text for row in range(self.sums_model.rowCount())]
            longest = "n" * _WIDTHS[column.key] if column.key in _WIDTHS else max(texts, key=len)
            icon = icon_size(self.table.fontMetrics()) + GRID // 2 if column.key in MARKED else 0
            widths.append(self.table.width_of(longest) + int(icon))
        return widths

    def _ask_anew(self) -> None:
        """Arrange the rows as the search, the filters and the grouping say."""
        tests: dict[str, Test] = {}
        refused: list[Message] = []
        for key, typed in self.filters.typed.items():
            try:
                test = amount_filter(typed) if key in AMOUNTS else text_filter(typed)
            except Refusal as refusal:
                refused.append(refusal.reason)
                continue
            if test is not None:
                tests[key] = test
        self.notice.setText(" ".join(map(self._say, refused)))
        self.notice.setVisible(bool(refused))
        words = words_of(self.bar.search.text())
        keys, current = self.table.chosen_keys(), self.table.current_key()
        self.model.arrange(
            replace(self.model.arrangement, words=words, tests=tests, keys=self._keys, group=self.bar.group_key)
        )
        self._mark_hits()
        self.table.select_keys(keys, current)
        self._show_sums()
        self.arranged.emit()

    def _show_sums(self) -> None:
        """Add up what is shown, what is listed, and all; and say how many are shown."""
        self.bar.set_counts(self.model.shown, self.model.given)
        if self._view is None or self._view.figures is None or self._rows is None:
            return
        some = self.model.shown < self.model.given
        shown = self._rows.sums(self.model.shown_keys()) if some else None
        sums = SumRows(self._view.figures, say=self._say, shown=shown)
        self.sums_model.set_rows(sums)
        self.sums.setFixedHeight(len(sums) * self.sums.verticalHeader().defaultSectionSize())

    def _mark_hits(self) -> None:
        words = self.model.arrangement.words
        for key in ("name", "code", "responsible", "text"):
            section = next(at for at, column in enumerate(self.model.columns) if column.key == key)
            usual = self._cell_editor if self.model.columns[section].field else self._plain
            self.table.set_delegate(section, HitDelegate(words, self.table) if words.words else usual)

    def _lay_out(self) -> None:
        self.table.setAccessibleName(self._say(message("Prosjekter")))
        self.sums.setAccessibleName(self._say(message("Summer")))
        for view in (self.table, self.sums):
            view.setAccessibleDescription(self._say(message("Beløp i 1000 kr")))
        self._cell_editor = CellEditor(self.model, self._editing.fill_in, self._offered, self.table)
        self._plain = self.table.itemDelegate()
        for section, column in enumerate(self.model.columns):
            if column.field:
                self.table.set_delegate(section, self._cell_editor)
        pills = MarkDelegate(self.table)
        for section, column in enumerate(self.model.columns):
            if column.key in MARKED:
                self.table.set_delegate(section, pills)
        self.table.make_sortable()
        self.sums.horizontalHeader().hide()
        self.sums.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.sums.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.sums.setFont(sized(self.sums.font(), Step.BODY, bold=True))
        self._beneath = QHBoxLayout()
        self._beneath.setContentsMargins(0, 0, 0, 0)
        self._beneath.addWidget(self.sums)
        self.notice.hide()
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(0)
        lines.addWidget(self.bar)
        lines.addWidget(self.notice)
        lines.addWidget(self.filters)
        lines.addWidget(self.table, 1)
        lines.addWidget(_rule())
        lines.addLayout(self._beneath)

    def begin(self) -> None:
        """Put the cursor where work begins."""
        self.table.setFocus()

    def _connect(self) -> None:
        self.table.opened.connect(self.opened)
        offer_trace(
            self.table,
            self._say,
            trace=self.trace_asked.emit,
            opens=lambda: self.opened.emit(self.table.current_key()),
        )
        offer_trace(self.sums, self._say, trace=self.trace_asked.emit, opens=None)
        self.filters.changed.connect(self._ask_anew)
        self.bar.asked.connect(self._ask_anew)
        self.bar.subset_left.connect(self._on_bar_subset_left)
        self.bar.columns_chosen.connect(self.show_columns)
        self.bar.view_chosen.connect(self.arrange)
        header = self.table.horizontalHeader()
        header.sectionResized.connect(self._on_header_section_resized)
        header.sectionMoved.connect(self._on_header_section_moved)
        self.table.horizontalScrollBar().valueChanged.connect(self.sums.horizontalScrollBar().setValue)
        self.sums.horizontalScrollBar().valueChanged.connect(self.table.horizontalScrollBar().setValue)
        self.table.verticalScrollBar().rangeChanged.connect(self._on_scroll_bar_range_changed)

    def _on_bar_subset_left(self) -> None:
        self._keys = None
        self._ask_anew()

    def _on_header_section_resized(self, section: int, _before: int, width: int) -> None:
        if width and section < len(self.model.columns) - 1:
            self.sums.setColumnWidth(section, width)

    def _on_header_section_moved(self, section: int, _before: int, _after: int) -> None:
        above, beneath = self.table.horizontalHeader(), self.sums.horizontalHeader()
        beneath.moveSection(beneath.visualIndex(section), above.visualIndex(section))

    def _on_scroll_bar_range_changed(self, _lowest: int, highest: int) -> None:
        """Keep the sums as wide as what is above them, so that they scroll together."""
        room = self.table.verticalScrollBar().sizeHint().width() if highest else 0
        self._beneath.setContentsMargins(0, 0, room, 0)


def _rule() -> QFrame:
    rule = QFrame()
    rule.setFrameShape(QFrame.Shape.HLine)
    rule.setFrameShadow(QFrame.Shadow.Plain)
    rule.setForegroundRole(QPalette.ColorRole.Mid)
    return rule
