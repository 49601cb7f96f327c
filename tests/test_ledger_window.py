"""The ledger in the window: an export taken in, a code matched, all of it undone; and a sheet of projects."""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import Workbook
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.windows import Script, made_id, reasons_of_backups
from tracker.figures import live_figures_of
from tracker.ledger.mapping import Use
from tracker.ledger.preview import preview
from tracker.model import ProjectId
from ui.main_window import MainWindow
from ui.mapping_form import MappingAnswer, MappingForm, MappingQuestion
from ui.pages.ledger import LedgerPage
from ui.taking_ledger import look_at
from ui.words import words_in


def export(folder: Path, *rows: str) -> Path:
    path = folder / "regnskap.csv"
    path.write_text("\n".join(("Prosjekt;Konto;Periode;Beløp", *rows)) + "\n", encoding="utf-8")
    return path


def ledger_page(window: MainWindow) -> LedgerPage:
    window.show_page("ledger")
    page: QWidget = window.more("ledger")
    assert isinstance(page, LedgerPage)
    return page


def actual(window: MainWindow, project: ProjectId) -> int:
    session = window.desk.session
    assert session.period is not None
    figures = live_figures_of(session.portfolio, session.period, with_idle=True).projects
    return next(one.actual for one in figures if one.project.id == project)


def give_next_year(window: MainWindow, ask: Script) -> None:
    """Begin a period of a year without published spending, and give the first project a number."""
    ask.filled = {}
    window.deeds["new-period"].trigger()
    window.open_project(made_id(0))
    window.project.fields.lines["code"].line.setText("41001")
    window.finish()


def test_an_export_is_taken_in_its_code_matched_and_all_undone(
    qtbot: QtBot, opened: MainWindow, ask: Script, tmp_path: Path
) -> None:
    give_next_year(opened, ask)
    before = opened.desk.session.portfolio
    ask.file = export(tmp_path, "41001;02300;202401;1 000,50", "X9;02300;202402;500,00")
    page = ledger_page(opened)
    qtbot.mouseClick(page.take_in, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.orphans.rowCount() == 1, timeout=10_000)
    assert actual(opened, made_id(0)) == 1_001
    assert ask.tables[-1].rows == [["Åsveien skole", "0", "1\u00a0001", "1\u00a0001"]]
    assert "1 kode er ikke koblet til et prosjekt (500\u00a0kr): X9" in ask.tables[-1].trouble
    ask.filled = {"owner": made_id(1)}
    page.orphans.selectRow(0)
    qtbot.mouseClick(page.match, Qt.MouseButton.LeftButton)
    assert actual(opened, made_id(1)) == 500
    assert page.orphans.rowCount() == 0
    opened.deeds["undo"].trigger()
    opened.deeds["undo"].trigger()
    assert actual(opened, made_id(0)) == actual(opened, made_id(1)) == 0
    after = opened.desk.session.portfolio
    assert (after.projects, after.statuses, after.code_matches) == (before.projects, before.statuses, {})
    assert [one.withdrawn for one in after.ledger_batches.values()][-1]


def test_choosing_other_columns_shows_other_rows(qtbot: QtBot, opened: MainWindow, tmp_path: Path) -> None:
    path = tmp_path / "rar.csv"
    path.write_text("Prosjekt;Periode;Beløp;Annet\nA;202301;100,00;7,00\nB;202302;5;mye\n", encoding="utf-8")
    portfolio = opened.desk.session.portfolio
    look = look_at(path, portfolio)
    question = MappingQuestion(
        file=path.name,
        header=[str(cell) for cell in look.proposal.header],
        mapping=look.proposal.mapping,
        understand=lambda mapping: preview(portfolio, look.rows, mapping, header_row=look.proposal.header_row),
    )
    form = MappingForm(question, words_in(), None)
    qtbot.addWidget(form)
    form.show()
    assert [form.table.item(row, 5).text() for row in range(2)] == ["100", "5"]
    assert not form.trouble.isVisible()
    amounts = form.columns[Use.AMOUNT]
    amounts.setFocus()
    qtbot.keyClicks(amounts, "An")
    assert form.table.item(0, 5).text() == "7"
    assert "ikke et beløp" in form.table.item(1, 6).text()
    assert form.trouble.isVisible()
    assert form.mapping() == replace(
        look.proposal.mapping, columns={**look.proposal.mapping.columns, Use.AMOUNT: "Annet"}
    )
    qtbot.keyClicks(form.columns[Use.CODE], "(")
    assert form.trouble.text() == "Velg kolonnen som har prosjektnummeret."
    assert not form.agree.isEnabled()


def test_saying_no_takes_nothing_in(qtbot: QtBot, opened: MainWindow, ask: Script, tmp_path: Path) -> None:
    give_next_year(opened, ask)
    before = opened.desk.session.portfolio
    ask.file, ask.agrees = export(tmp_path, "41001;02300;202401;1 000,50"), False
    opened.deeds["take-in-ledger"].trigger()
    qtbot.waitUntil(lambda: bool(ask.tables), timeout=10_000)
    ask.mapped = None
    opened.deeds["take-in-ledger"].trigger()
    qtbot.waitUntil(lambda: len(ask.mappings) == 2, timeout=10_000)
    assert opened.desk.session.portfolio is before


@pytest.mark.parametrize("milliseconds", [0, 10, 30])
def test_breaking_off_a_long_reading_leaves_nothing(
    qtbot: QtBot, opened: MainWindow, ask: Script, tmp_path: Path, milliseconds: int
) -> None:
    give_next_year(opened, ask)
    session, jobs, broken = opened.desk.session, opened.desk.jobs, threading.Event()
    assert session.path is not None
    before, held = session.path.read_bytes(), session.portfolio
    ask.file = export(tmp_path, *["41001;02300;202401;1,00"] * 300_000)

    def break_off() -> None:
        jobs.cancel()
        broken.set()

    def answer(question: MappingQuestion) -> MappingAnswer:
        QTimer.singleShot(milliseconds, break_off)
        return MappingAnswer(mapping=question.mapping, profile="", control_total="")

    ask.mapped = answer
    opened.deeds["take-in-ledger"].trigger()
    qtbot.waitUntil(broken.is_set, timeout=10_000)
    jobs.wait()
    QApplication.processEvents()
    assert (ask.tables, ask.told) == ([], [])
    assert session.portfolio is held
    assert session.path.read_bytes() == before


def test_a_profile_is_kept_with_the_import_and_fits_the_next_export(
    qtbot: QtBot, opened: MainWindow, ask: Script, tmp_path: Path
) -> None:
    give_next_year(opened, ask)
    ask.mapped = lambda question: MappingAnswer(mapping=question.mapping, profile="Hovedbok", control_total="1000")
    ask.file = export(tmp_path, "41001;02300;202401;1 000,00")
    opened.deeds["take-in-ledger"].trigger()
    qtbot.waitUntil(lambda: actual(opened, made_id(0)) == 1000, timeout=10_000)
    ask.file = export(tmp_path, "41001;02300;202401;1 000,00", "41001;02300;202403;2 000,00")
    opened.deeds["take-in-ledger"].trigger()
    qtbot.waitUntil(lambda: actual(opened, made_id(0)) == 3000, timeout=10_000)
    assert ask.mappings[-1].profile == "Hovedbok"
    assert "avviker 2" in ask.tables[-1].trouble
    assert "Erstatter 1 linje for måned 1," in ask.tables[-1].trouble
    assert reasons_of_backups(opened).count("before-import") == 2


def test_a_sheet_of_projects_is_taken_in_after_it_was_shown(
    qtbot: QtBot, opened: MainWindow, ask: Script, tmp_path: Path
) -> None:
    path = tmp_path / "budsjett.xlsx"
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["Prosjektnr", "Prosjekt", "Budsjett 2024"], ["77", "Helt nytt bygg", 5_000_000]):
        sheet.append(row)
    book.save(path)
    ask.file, ask.filled = path, {"year": "2024", "case": "KS-sak 1/23", "day": "13.12.2023"}
    opened.deeds["take-in-projects"].trigger()
    qtbot.waitUntil(lambda: len(opened.desk.session.portfolio.projects) == 8, timeout=10_000)
    assert ask.tables[-1].rows[0][:3] == ["2", "Ny", "Helt nytt bygg"]
    assert "before-import" in reasons_of_backups(opened)
    opened.deeds["undo"].trigger()
    assert len(opened.desk.session.portfolio.projects) == 7
