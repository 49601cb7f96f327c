"""How messages become Norwegian sentences."""

from __future__ import annotations

import gettext
import re
from datetime import date
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest
from PySide6.QtCore import QCoreApplication, QTranslator
from PySide6.QtWidgets import QFileDialog, QToolButton
from pytestqt.qtbot import QtBot

from tracker.messages import Refusal, message
from tracker.periods import Part, Period
from tracker.quarters import Quarter, State
from ui.words import period_title, words_in

ROOT = Path(__file__).parents[1]

NBSP = "\u00a0"


@pytest.mark.parametrize(
    ("place", "value", "written"),
    [
        ("{x:kr}", 1_234_567, f"1{NBSP}234{NBSP}567{NBSP}kr"),
        ("{x:kr}", -12, f"\u221212{NBSP}kr"),
        ("{x:tkr}", 97_400, f"97{NBSP}000{NBSP}kr"),
        ("{x:tkr}", -97_500, f"\u221298{NBSP}000{NBSP}kr"),
        ("{x:tkr}", 400, f"400{NBSP}kr"),
        ("{x:tkr}", 0, f"0{NBSP}kr"),
        ("{x:mill}", 1_450_000, f"1,5{NBSP}mill. kroner"),
        ("{x:mill}", -1_440_000, f"\u22121,4{NBSP}mill. kroner"),
        ("{x:mill}", 1_133_759_000, f"1{NBSP}133,8{NBSP}mill. kroner"),
        ("{x:pct}", 0.8254, f"82,5{NBSP}prosent"),
        ("{x:kr}", None, "-"),
        ("{x}", 12345, f"12{NBSP}345"),
        ("{x}", date(2023, 12, 31), "31.12.2023"),
        ("{x}", Quarter(2025, 4), "4K-2025"),
        ("{x}", State.NOT_SET, "-"),
        ("{x}", Period(2023, Part.T2), "2. tertialrapport 2023"),
        ("{x}", message("i {y}", y=Period(2023, Part.YEAR)), "i Årsmelding 2023"),
        ("{x}", "{y} % $", "{y} % $"),
        ("{x} {x:linje|linjer}", 1, "1 linje"),
        ("{x} {x:linje|linjer}", 0, "0 linjer"),
        ("{x} {x:linje er|linjer er}", 2, "2 linjer er"),
    ],
)
def test_values_are_written_the_norwegian_way(place: str, value: object, written: str) -> None:
    assert words_in("nb")(message(place, x=value)) == written  # type: ignore[arg-type]


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(Refusal):
        words_in("xx")


CATALOGUES = ROOT / "resources" / "translations"


def catalogue_tool() -> ModuleType:
    spec = spec_from_file_location("catalogue", ROOT / "packaging" / "catalogue.py")
    assert spec is not None
    assert spec.loader is not None
    made = module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


def places(text: str) -> list[str]:
    """Return the places of a text; each language has its own words for one and for several."""
    return sorted(re.sub(r":[^}]*\|[^}]*", ":|", place) for place in re.findall(r"\{[^}]*\}", text))


@pytest.mark.parametrize("language", ["nn", "en"])
def test_every_source_string_is_translated_with_its_places_and_mnemonic(language: str) -> None:
    tool = catalogue_tool()
    translated = {str(one.id): str(one.string) for one in tool.read(language) if one.id}
    sources = {str(one.id) for one in tool.gathered() if one.id}
    assert sources - translated.keys() == set(), "python packaging/catalogue.py"
    assert translated.keys() - sources == set(), "python packaging/catalogue.py"
    for text, said in translated.items():
        assert said, text
        assert places(said) == places(text)
        assert said.count("&") == text.count("&"), text
    compiled = gettext.translation("tertial", CATALOGUES, [language])
    assert {text: compiled.gettext(text) for text in translated} == translated


@pytest.mark.parametrize("language", ["nb", "nn"])
def test_qts_own_words_are_all_translated(language: str) -> None:
    written = (CATALOGUES / f"qt_{language}.ts").read_text(encoding="utf-8")
    assert "unfinished" not in written
    assert written.count("<translation>") == written.count("<source>") >= 100
    translator = QTranslator()
    assert translator.load(str(CATALOGUES / f"qt_{language}.qm"))
    assert translator.translate("QPlatformTheme", "Cancel") == "Avbryt"


@pytest.mark.parametrize("language", ["nb", "nn"])
def test_qts_own_file_dialog_has_no_english_left(qtbot: QtBot, language: str) -> None:
    translator = QTranslator()
    assert translator.load(str(CATALOGUES / f"qt_{language}.qm"))
    QCoreApplication.installTranslator(translator)
    try:
        dialog = QFileDialog()
        qtbot.addWidget(dialog)
        dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
        told = {dialog.labelText(label) for label in QFileDialog.DialogLabel}
        told |= {tip for button in dialog.findChildren(QToolButton) if (tip := button.accessibleDescription())}
        assert "Fil&type:" in told
        assert not [one for one in told if re.search(r"\b(the|to|in|of|Go|Change|Create)\b", one.replace("&", ""))]
    finally:
        QCoreApplication.removeTranslator(translator)


def test_a_message_is_said_in_the_language_that_is_chosen() -> None:
    spent = message("{share:pct} brukt", share=0.5)
    assert words_in("en")(spent) == "50,0\u00a0percent spent"
    assert words_in("nn")(message("Påløpt totalt {spent:tkr}", spent=1)).startswith("Påløpt")
    assert words_in("nn")(message("Regnskap")) == "Rekneskap"
    assert words_in("en")(period_title(Period(2023, Part.T1))) == "1st tertial report 2023"
