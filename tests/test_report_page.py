"""The page of the report: what is settled is kept, undone and seen at once; the report is written as it is seen."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.test_pdf import SVG, pages_of
from tests.windows import Open, Script, write
from tracker.model import Portfolio
from tracker.report.build import PARTS
from tracker.report.template import template_of
from ui.main_window import MainWindow
from ui.pages.report import ReportPage

SUGGESTED = "Rapport 2023-Y"


def report(window: MainWindow) -> ReportPage:
    window.show_page("report")
    page = window.more("report")
    assert isinstance(page, ReportPage)
    return page


@pytest.fixture
def page(qtbot: QtBot, opened: MainWindow) -> ReportPage:
    made = report(opened)
    qtbot.waitUntil(lambda: bool(made.pages.place.text()), timeout=20_000)
    return made


def kept(page: ReportPage) -> Portfolio:
    return page._desk.session.portfolio  # noqa: SLF001


def redrawn(qtbot: QtBot, page: ReportPage, act: Callable[[], object]) -> bytes:
    """Do something, and return the first page as it is drawn after it."""
    shown: list[object] = []
    show = page.pages.show_pages
    page.pages.show_pages = lambda *given: (shown.append(given), show(*given))  # type: ignore[method-assign]
    act()
    qtbot.waitUntil(lambda: bool(shown), timeout=20_000)
    page.pages.show_pages = show  # type: ignore[method-assign]
    return page.pages._page(0)  # noqa: SLF001


def choose(box, value: str) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
    """Choose in a box as a person does."""
    box.setCurrentIndex(box.findData(value))
    box.activated.emit(box.currentIndex())


def test_the_pages_that_are_seen_are_those_that_are_written(
    page: ReportPage, qtbot: QtBot, ask: Script, tmp_path: Path
) -> None:
    ask.into = tmp_path / "r.pdf"
    with qtbot.waitSignal(page.told, timeout=20_000):
        qtbot.mouseClick(page.writers[".pdf"], Qt.MouseButton.LeftButton)
    written = len(pages_of(tmp_path / "r.pdf"))
    assert page.pages.place.text() == f"Side 1 av {written}"
    assert not page.pages.back.isEnabled()
    qtbot.mouseClick(page.pages.onward, Qt.MouseButton.LeftButton)
    assert page.pages.place.text() == f"Side 2 av {written}"
    qtbot.keyClick(page.pages.sheet, Qt.Key.Key_End)
    assert page.pages.place.text() == f"Side {written} av {written}"
    assert page.pages.sheet.accessibleDescription() == page.pages.place.text()
    qtbot.keyClick(page.pages.sheet, Qt.Key.Key_Home)
    qtbot.keyClick(page.pages.sheet, Qt.Key.Key_PageUp)
    assert page.pages.place.text() == f"Side 1 av {written}"
    page.pages.wide.click()
    assert page.pages.sheet.minimumHeight() > page.pages.sheet.width()


def test_what_is_settled_is_kept_seen_and_undone(page: ReportPage, qtbot: QtBot, opened: MainWindow) -> None:
    before, first = kept(page), page.pages._page(0)  # noqa: SLF001
    second = redrawn(qtbot, page, lambda: choose(page.form.colour.box, "7A1F3D"))
    assert (b"#7a1f3d" in second, b"#7a1f3d" in first) == (True, False)
    assert page.form.accent.line.text() == "#7A1F3D"
    choose(page.form.typeface.box, "serif")
    choose(page.form.language.box, "en")
    page.form.in_full.click()
    template = template_of(kept(page))
    assert (template.look.accent, template.look.typeface.value) == ("7A1F3D", "serif")
    assert (template.language, template.in_full) == ("en", False)
    for _ in range(4):
        opened.deeds["undo"].trigger()
    assert kept(page) == before
    assert page.form.in_full.isChecked()
    assert page.form.accent.line.text() == "#1B4F72"


def test_a_colour_that_cannot_be_read_is_told_at_the_field_and_not_kept(page: ReportPage, qtbot: QtBot) -> None:
    before = kept(page)
    page.form.accent.line.clear()
    qtbot.keyClicks(page.form.accent.line, "#FFC000")
    qtbot.keyClick(page.form.accent.line, Qt.Key.Key_Return)
    assert "for lys til å leses på hvitt" in page.form.accent.refusal.text()
    assert kept(page) is before


def test_parts_are_ticked_off_and_moved_with_the_keys(page: ReportPage, qtbot: QtBot) -> None:
    parts = page.form.parts
    usual = [part.id for part in PARTS]
    parts.setFocus()
    parts.setCurrentRow(1)
    qtbot.keyClick(parts, Qt.Key.Key_Up, Qt.KeyboardModifier.ControlModifier)
    assert template_of(kept(page)).order == (usual[1], usual[0], *usual[2:])
    assert parts.current == usual[1]
    qtbot.keyClick(parts, Qt.Key.Key_Space)
    assert template_of(kept(page)).order == (usual[0], *usual[2:])
    assert parts.chosen == [usual[0], *usual[2:]]
    qtbot.mouseClick(page.form.down, Qt.MouseButton.LeftButton)
    assert parts.count() == len(usual)


def test_a_report_keeps_its_last_part(page: ReportPage) -> None:
    parts = page.form.parts
    for _ in range(parts.count()):
        ticked = next(
            parts.item(row) for row in range(parts.count()) if parts.item(row).checkState() is Qt.CheckState.Checked
        )
        ticked.setCheckState(Qt.CheckState.Unchecked)
    assert "minst én del" in page.form.parts_titled.refusal.text()
    assert len(parts.chosen) == 1
    assert parts.chosen == list(template_of(kept(page)).order)


def test_own_words_are_saved_where_they_were_written(page: ReportPage, qtbot: QtBot) -> None:
    qtbot.keyClicks(page.form.text.text, "Til kommunestyret")
    choose(page.form.place.box, "status")
    assert page.form.text.typed == ""
    qtbot.keyClicks(page.form.text.text, "Les slik")
    page.finish()
    assert template_of(kept(page)).texts == {"front": "Til kommunestyret", "status": "Les slik"}
    choose(page.form.place.box, "front")
    assert page.form.text.typed == "Til kommunestyret"


def test_a_logo_is_chosen_seen_and_removed(page: ReportPage, qtbot: QtBot, ask: Script, tmp_path: Path) -> None:
    ask.file = logo_file = tmp_path / "logo.svg"
    logo_file.write_bytes(b"<svg")
    qtbot.mouseClick(page.form.choose_logo, Qt.MouseButton.LeftButton)
    assert "Logoen kan ikke leses" in ask.told[-1]
    logo_file.write_bytes(SVG)
    qtbot.mouseClick(page.form.choose_logo, Qt.MouseButton.LeftButton)
    logo = template_of(kept(page)).look.logo
    assert logo is not None
    assert logo.content == SVG
    assert page.form.logo.text() == "Logo: SVG, 1 kB"
    qtbot.mouseClick(page.form.remove_logo, Qt.MouseButton.LeftButton)
    assert template_of(kept(page)).look.logo is None
    assert not page.form.remove_logo.isEnabled()


def test_all_kinds_are_written_beside_each_other_and_nothing_is_written_over_unasked(
    page: ReportPage, qtbot: QtBot, ask: Script, tmp_path: Path
) -> None:
    folder = tmp_path / "ut"
    folder.mkdir()
    ask.into = folder
    with qtbot.waitSignal(page.told, timeout=20_000) as told:
        qtbot.mouseClick(page.write_all, Qt.MouseButton.LeftButton)
    names = sorted(path.name for path in folder.iterdir())
    assert names == sorted(f"{SUGGESTED}{ending}" for ending in page.writers)
    assert all(name in told.args[0] for name in names)
    old = {path.name: path.stat().st_mtime_ns for path in folder.iterdir()}
    ask.agrees = False
    qtbot.mouseClick(page.write_all, Qt.MouseButton.LeftButton)
    assert {path.name: path.stat().st_mtime_ns for path in folder.iterdir()} == old


def test_a_setting_that_cannot_be_used_is_told_where_the_pages_would_be(
    qtbot: QtBot, open_window: Open, tmp_path: Path
) -> None:
    from tests.windows import portfolio_records
    from tracker.model import RecordId, Setting

    broken = Setting(id=RecordId("report.accent"), value="gul")
    page = report(open_window(write(tmp_path / "p.tertial", [*portfolio_records(), broken])))
    qtbot.waitUntil(lambda: "«gul» er ikke en farge" in page.pages.told.text(), timeout=20_000)
    assert page.pages.place.text() == ""
