"""Spell-checking of texts where the system has a Norwegian dictionary: words underlined, suggestions in the menu.

Must not know what is written. Without a dictionary, or the optional library, nothing is marked.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Collection
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QSyntaxHighlighter, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QMenu, QPlainTextEdit

from tracker.flags import Severity
from tracker.messages import message
from ui.theme import theme_of
from ui.words import Say

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_LANGUAGES = {"nb": ("nb_NO",), "nn": ("nn_NO", "nb_NO"), "en": ("nb_NO",)}
_FOLDERS = (
    Path("/usr/share/hunspell"),
    Path("/usr/share/myspell/dicts"),
    Path("/Library/Spelling"),
    Path.home() / "Library/Spelling",
    Path(sys.prefix) / "share/hunspell",
)
_MOST_SUGGESTIONS = 6


class Speller(Protocol):
    """What knows how words are spelt."""

    def spell(self, word: str) -> bool:
        """Whether a word is known."""

    def suggest(self, word: str) -> tuple[str, ...]:
        """Return words that may have been meant, the likeliest first."""


@dataclass(frozen=True, slots=True)
class OwnWords:
    """Words that are right whatever a dictionary says, asked for each time, and what takes one more among them."""

    known: Callable[[], Collection[str]]
    add: Callable[[str], None]

    def has(self, word: str) -> bool:
        """Whether a word is one of them, also with another case."""
        return word.casefold() in {one.casefold() for one in self.known()}


_NO_WORDS = OwnWords(tuple, lambda _: None)


def find_speller(language: str, folder: str = "") -> Speller | None:
    """Return a speller for a language, None where neither the folder nor the system has one."""
    with suppress(ImportError):
        from hunspell import Hunspell

        for name in _LANGUAGES.get(language, ()):
            for place in (*([Path(folder)] if folder else ()), *_FOLDERS):
                if (place / f"{name}.dic").exists():
                    speller: Speller = Hunspell(name, hunspell_data_dir=str(place))
                    return speller
    return None


def is_known(speller: Speller, word: str) -> bool:
    """Whether a word is known; so are abbreviations, names in the middle of nothing, and parts joined by a hyphen."""
    if len(word) < 3 or word.isupper() or not word[1:].islower():  # noqa: PLR2004  too short to be misspelt
        return True
    return speller.spell(word) or all(speller.spell(part) for part in word.split("-")) or speller.spell(word.lower())


class SpellMarks(QSyntaxHighlighter):
    """Underlines what is misspelt: with a wave, which nothing else has."""

    def __init__(self, text: QPlainTextEdit, speller: Speller, own: OwnWords = _NO_WORDS) -> None:
        super().__init__(text.document())
        self._text, self._speller, self._own = text, speller, own
        self._known: dict[str, bool] = {}

    def highlightBlock(self, line: str) -> None:  # noqa: N802  Qt's name
        """Mark the words of a line."""
        look = QTextCharFormat()
        look.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SpellCheckUnderline)
        look.setUnderlineColor(QColor(theme_of(self._text.palette()).marks[Severity.CRITICAL].text))
        for found in _WORD.finditer(line):
            if not self.knows(found[0]):
                self.setFormat(found.start(), found.end() - found.start(), look)

    def knows(self, word: str) -> bool:
        """Whether a word is known: the dictionary is asked once."""
        known = self._known.get(word)
        if known is None:
            known = self._known[word] = is_known(self._speller, word)
        return known or self._own.has(word)

    def learn(self, word: str) -> None:
        """Take a word among the user's own."""
        self._own.add(word)
        self.rehighlight()


def watch_spelling(text: QPlainTextEdit, speller: Speller, say: Say, own: OwnWords = _NO_WORDS) -> SpellMarks:
    """Mark what is misspelt in a field, and offer better words in its menu."""
    marks = SpellMarks(text, speller, own)
    text.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)

    def show_menu(place: QPoint) -> None:
        cursor = text.cursorForPosition(place)
        menu = text.createStandardContextMenu()
        offer_words(menu, cursor, marks, speller, say)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(text.viewport().mapToGlobal(place))

    text.customContextMenuRequested.connect(show_menu)
    return marks


def offer_words(menu: QMenu, cursor: QTextCursor, marks: SpellMarks, speller: Speller, say: Say) -> None:
    """Put better words first in a menu, where the cursor is in one that is misspelt."""
    cursor.select(QTextCursor.SelectionType.WordUnderCursor)
    word = cursor.selectedText()
    if not word or marks.knows(word):
        return
    first = next(iter(menu.actions()), None)
    suggested = speller.suggest(word)[:_MOST_SUGGESTIONS]
    for better in suggested:
        action = menu.addAction(better)
        action.triggered.connect(lambda _checked=False, better=better: cursor.insertText(better))
        menu.insertAction(first, action)  # type: ignore[arg-type]
    if not suggested:
        none = menu.addAction(say(message("Ingen forslag")))
        none.setEnabled(False)
        menu.insertAction(first, none)  # type: ignore[arg-type]
    learn = menu.addAction(say(message("Legg «{word}» til i ordlisten min", word=word)))
    learn.triggered.connect(lambda _checked=False: marks.learn(word))
    menu.insertAction(first, learn)  # type: ignore[arg-type]
    menu.insertSeparator(first)  # type: ignore[arg-type]
