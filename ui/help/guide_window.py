"""The guide's window: the contents, a field that searches as one types, and the page, back and forward as in a book.

Must not know the program that it is about.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QPalette, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QListView,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from tracker.guide import Guide, Hit, Searcher, Topic
from tracker.messages import message
from tracker.search import words_of
from ui.fitting import fitted
from ui.help.guide_browser import GuideBrowser
from ui.plain import Label, as_it_is
from ui.theme import FRAMED, GRID, Step, restyle, sized
from ui.words import Say

_SIZE = QSize(1080, 800)
_LIST_LETTERS = 34
_DATA = Qt.ItemDataRole.UserRole
_MOVING = {Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}
_LIST = f"QListWidget {{ border: none; }} QListWidget::item {{ padding: {GRID // 2}px {GRID}px; }}"


class GuideWindow(QWidget):
    """A window of its own, beside the one that one works in."""

    pdf_asked = Signal(str)

    def __init__(self, guide: Guide, say: Say, *, is_foreign: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self._guide, self._say, self._searcher = guide, say, Searcher(guide)
        self._topic: Topic | None = None
        self._behind: list[Topic] = []
        self._ahead: list[Topic] = []
        self.setWindowTitle(say(message("Veiledning")))
        self.back = self._button(say(message("Tilbake")), self.go_back, tip="Alt+←")
        self.forward = self._button(say(message("Fram")), self.go_forward, tip="Alt+→")
        self.pdf = self._button(say(message("Lagre siden som PDF …")), self._on_pdf_clicked)
        self.search = QLineEdit()
        self.contents = QListWidget()
        self.page = GuideBrowser()
        self._lay_out(say(message("Veiledningen finnes bare på bokmål.")) if is_foreign else "")
        self._add_keys()
        self.search.textChanged.connect(self._find)
        self.search.installEventFilter(self)
        self.contents.currentItemChanged.connect(lambda item, _before: self._on_item_chosen(item))
        self.page.topic_asked.connect(self.show_topic)
        self._find("")

    @property
    def topic(self) -> str:
        """The name of the page that is shown."""
        return "" if self._topic is None else self._topic.name

    def show_topic(self, name: str) -> None:
        """Turn to a page, and remember where one was."""
        topic = self._guide.topic(name)
        if topic is None or topic is self._topic:
            return
        if self._topic is not None:
            self._behind.append(self._topic)
        self._ahead.clear()
        self._turn_to(topic)

    def go_back(self) -> None:
        """Turn to the page that one came from."""
        self._step(self._behind, self._ahead)

    def go_forward(self) -> None:
        """Turn to the page that one went back from."""
        self._step(self._ahead, self._behind)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  Qt's name
        """Move in the list while typing; Enter goes to the page that it shows."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            if event.key() in _MOVING:
                self.contents.keyPressEvent(event)
                return True
            if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
                self.page.setFocus()
                return True
        return super().eventFilter(watched, event)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802  Qt's name
        """Follow when the look changes."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange and "contents" in self.__dict__:
            restyle(self)
            for item in map(self.contents.item, range(self.contents.count())):
                if item.flags() == Qt.ItemFlag.NoItemFlags:
                    self._mute(item)

    def _step(self, taken: list[Topic], left: list[Topic]) -> None:
        if taken and self._topic is not None:
            left.append(self._topic)
            self._turn_to(taken.pop())

    def _turn_to(self, topic: Topic) -> None:
        self._topic = topic
        self.page.show_topic(topic)
        self.setWindowTitle(f"{topic.title} – {self._say(message('Veiledning'))}")
        self.back.setEnabled(bool(self._behind))
        self.forward.setEnabled(bool(self._ahead))
        if not self.search.text():
            self._choose(topic)

    def _find(self, typed: str) -> None:
        """List the contents, or what is found of what is typed."""
        self.contents.blockSignals(True)  # noqa: FBT003  Qt's own
        self.contents.clear()
        hits = self._searcher.find(typed)
        if typed.strip():
            self.contents.setAccessibleName(self._say(message("Treff")))
            for topic, found in groupby(hits, key=lambda hit: hit.topic):
                self._add_words(topic.title)
                for hit in found:
                    self._add(hit.sentence, hit)
            if not hits:
                self._add_words(self._say(message("Ingen treff: prøv et annet ord.")))
        else:
            self.contents.setAccessibleName(self._say(message("Innhold")))
            for chapter, topics in self._guide.chapters().items():
                self._add_words(chapter)
                for topic in topics:
                    self._add(topic.title, Hit(topic=topic, sentence=""))
        self.contents.blockSignals(False)  # noqa: FBT003
        if hits:
            self.contents.setCurrentRow(1)
        elif self._topic is not None and not typed.strip():
            self.page.mark(words_of(""), "")
            self._choose(self._topic)

    def _add(self, said: str, hit: Hit) -> None:
        item = QListWidgetItem(said)
        item.setData(_DATA, hit)
        self.contents.addItem(item)

    def _add_words(self, said: str) -> None:
        """Add a line that only parts the others."""
        item = QListWidgetItem(said)
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        item.setFont(sized(self.font(), Step.SMALL, bold=True))
        self._mute(item)
        self.contents.addItem(item)

    def _mute(self, item: QListWidgetItem) -> None:
        item.setForeground(self.palette().color(QPalette.ColorRole.PlaceholderText))

    def _choose(self, topic: Topic) -> None:
        self.contents.blockSignals(True)  # noqa: FBT003
        for row in range(self.contents.count()):
            hit = self.contents.item(row).data(_DATA)
            if isinstance(hit, Hit) and hit.topic is topic:
                self.contents.setCurrentRow(row)
        self.contents.blockSignals(False)  # noqa: FBT003

    def _on_item_chosen(self, item: QListWidgetItem | None) -> None:
        hit = None if item is None else item.data(_DATA)
        if isinstance(hit, Hit):
            self.show_topic(hit.topic.name)
            self.page.mark(words_of(self.search.text()), hit.sentence)

    def _on_pdf_clicked(self) -> None:
        self.pdf_asked.emit(self.topic)

    def _button(self, name: str, act: Callable[[], None], *, tip: str = "") -> QPushButton:
        button = QPushButton(name)
        button.setToolTip(as_it_is(tip))
        button.clicked.connect(lambda _checked=False: act())
        return button

    def _add_keys(self) -> None:
        keys: tuple[tuple[str, Callable[[], object]], ...] = (
            ("Alt+Left", self.go_back),
            ("Alt+Right", self.go_forward),
            ("Ctrl+F", self._begin_search),
            ("Esc", self._leave),
            ("Ctrl+W", self.close),
        )
        for name, act in keys:
            QShortcut(QKeySequence(name), self).activated.connect(act)

    def _begin_search(self) -> None:
        self.search.setFocus()
        self.search.selectAll()

    def _leave(self) -> None:
        """Leave the search first, then the window."""
        if self.search.text():
            self.search.clear()
        else:
            self.close()

    def _lay_out(self, foreign: str) -> None:
        self.search.setPlaceholderText(self._say(message("Søk i veiledningen")))
        self.search.setAccessibleName(self.search.placeholderText())
        self.search.setClearButtonEnabled(True)
        self.contents.setWordWrap(True)
        self.contents.setStyleSheet(_LIST)
        self.contents.setResizeMode(QListView.ResizeMode.Adjust)
        self.contents.setTextElideMode(Qt.TextElideMode.ElideNone)
        # Lines are measured without a bar that comes later, and would be cut.
        self.contents.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.contents.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setStyleSheet(FRAMED.replace("QTextBrowser", "QDateEdit"))
        bar = QHBoxLayout()
        bar.setContentsMargins(GRID, GRID, GRID, GRID)
        bar.setSpacing(GRID)
        for widget, stretch in ((self.back, 0), (self.forward, 0), (self.search, 1), (self.pdf, 0)):
            bar.addWidget(widget, stretch)
        parts = QSplitter(Qt.Orientation.Horizontal)
        parts.setChildrenCollapsible(False)
        parts.setHandleWidth(1)
        parts.addWidget(self.contents)
        parts.addWidget(self.page)
        parts.setStretchFactor(1, 1)
        letters = self.fontMetrics().averageCharWidth()
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(0)
        lines.addLayout(bar)
        if foreign:
            told = Label(foreign)
            told.setWordWrap(True)
            told.setForegroundRole(QPalette.ColorRole.PlaceholderText)
            told.setContentsMargins(GRID, 0, GRID, GRID)
            lines.addWidget(told)
        lines.addWidget(parts, 1)
        self.resize(fitted(self, _SIZE))
        listed = min(_LIST_LETTERS * letters, self.width() // 3)
        parts.setSizes([listed, self.width() - listed])
