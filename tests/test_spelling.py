"""That misspelt words are marked and better ones offered, where there is a dictionary."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QMenu, QPlainTextEdit
from pytestqt.qtbot import QtBot

from ui.spelling import OwnWords, Speller, find_speller, is_known, offer_words, watch_spelling
from ui.words import words_in


class FourWords:
    """A dictionary of four words."""

    def spell(self, word: str) -> bool:
        """Know four words."""
        return word.lower() in {"skolen", "ble", "forsinket", "mill"}

    def suggest(self, word: str) -> tuple[str, ...]:
        """Suggest one."""
        return ("forsinket",) if word.startswith("for") else ()


def marked(text: QPlainTextEdit) -> list[str]:
    wave = QTextCharFormat.UnderlineStyle.SpellCheckUnderline
    block = text.document().firstBlock()
    spots = [spot for spot in block.layout().formats() if spot.format.underlineStyle() is wave]
    return [block.text()[spot.start : spot.start + spot.length] for spot in spots]


@pytest.fixture
def text(qtbot: QtBot) -> QPlainTextEdit:
    made = QPlainTextEdit()
    qtbot.addWidget(made)
    return made


def test_a_misspelt_word_is_marked_and_a_better_one_put_in_its_place(text: QPlainTextEdit) -> None:
    speller = FourWords()
    marks = watch_spelling(text, speller, words_in())
    text.setPlainText("Skolen ble forsinkett, ENØK 4K-2025")
    assert marked(text) == ["forsinkett"]
    cursor = QTextCursor(text.document())
    cursor.setPosition(14)
    menu = QMenu()
    menu.addAction("Kopier")
    offer_words(menu, cursor, marks, speller, words_in())
    assert [action.text() for action in menu.actions() if action.text()] == [
        "forsinket",
        "Legg «forsinkett» til i ordlisten min",
        "Kopier",
    ]
    menu.actions()[0].trigger()
    assert text.toPlainText() == "Skolen ble forsinket, ENØK 4K-2025"
    assert marked(text) == []


def test_a_word_of_ones_own_or_the_municipalitys_is_no_misspelling(text: QPlainTextEdit) -> None:
    municipal, mine = ["Bårlitunet"], list[str]()
    own = OwnWords(lambda: [*municipal, *mine], mine.append)
    marks = watch_spelling(text, FourWords(), words_in(), own)
    text.setPlainText("Bårlitunet ble spuntet")
    assert marked(text) == ["spuntet"]
    cursor = QTextCursor(text.document())
    cursor.setPosition(17)
    menu = QMenu()
    offer_words(menu, cursor, marks, FourWords(), words_in())
    next(action for action in menu.actions() if action.text().startswith("Legg «spuntet»")).trigger()
    assert mine == ["spuntet"]
    assert marked(text) == []


@pytest.mark.parametrize("language", ["nb", "nn"])
def test_the_systems_dictionary_knows_norwegian(language: str) -> None:
    speller: Speller | None = find_speller(language)
    if speller is None:
        pytest.skip("no dictionary here")
    assert is_known(speller, "skole")
    assert not is_known(speller, "skkole")


def test_without_a_dictionary_nothing_is_marked() -> None:
    assert find_speller("de") is None
