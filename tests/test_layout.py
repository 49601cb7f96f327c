"""How a page's width is shared out, and how much of a report is drawn to be looked at: nothing is left outside."""

from __future__ import annotations

from dataclasses import replace

import pytest

from db.pdf import preview
from db.pdf.columns import LYING, Column, Measure
from db.pdf.preview import preview_of
from db.pdf.typesetting import drawn_pages
from db.word.column_widths import Need, shared
from tests.test_report import YEAR, made_of
from tracker.messages import message
from tracker.report import build_report
from tracker.report.content import Column as Shown
from tracker.report.content import ColumnKind, Report, Row, Table
from ui.words import words_in

SAY = words_in()


def columns_of(names: int, figures: int, *, texts: int = 0) -> list[Column]:
    name = Column(ColumnKind.TEXT, "Prosjekt", ["Rehabilitering av barnehagen på Vestre Åsenhagen"])
    figure = Column(ColumnKind.THOUSANDS, "Rev. budsjett", ["1 234 567"])
    text = Column(ColumnKind.LONG_TEXT, "Kommentar", ["Grunnarbeidet er ferdig, og råbygget reises til høsten. " * 9])
    return [name] * names + [figure] * figures + [text] * texts


@pytest.mark.parametrize(
    ("names", "figures", "texts"), [(1, 3, 0), (1, 6, 1), (0, 4, 0), (9, 0, 0), (6, 12, 0), (0, 30, 0), (40, 0, 2)]
)
def test_columns_are_as_wide_as_the_page_together_however_many(names: int, figures: int, texts: int) -> None:
    columns = columns_of(names, figures, texts=texts)
    widths = Measure().widths([columns], LYING)
    assert sum(widths) == pytest.approx(LYING)
    assert min(widths) > 0


def test_names_give_way_before_figures_are_cut() -> None:
    few, many = (Measure().widths([columns_of(names, 8)], LYING) for names in (1, 6))
    assert many[0] < few[0]
    assert min(many[-8:]) == pytest.approx(min(Measure().widths([columns_of(5, 8)], LYING)[-8:]), rel=0.2)


def test_a_document_shares_out_what_there_is_where_a_table_needs_more() -> None:
    needs = [Need(least=200, wish=300), Need(least=100, wish=100)]
    assert shared(needs, 150) == pytest.approx([100, 50])
    assert shared(needs, 350) == pytest.approx([250, 100])
    assert sum(shared(needs, 900)) == pytest.approx(900)


def report_of(rows: int) -> Report:
    table = Table(
        id="liste",
        columns=(Shown(key="name", title=message("Prosjekt"), kind=ColumnKind.TEXT),),
        rows=tuple(Row(cells=(f"Prosjekt {number}",)) for number in range(rows)),
        empty=message("Ingen"),
    )
    report = build_report(made_of(), YEAR)
    return replace(report, parts=(replace(report.parts[0], tables=(table,), charts=(), key_figures=()),))


def test_of_a_very_long_table_the_beginning_is_shown_and_that_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(preview, "MOST_ROWS", 3)
    whole, cut = preview_of(report_of(3), say=SAY), preview_of(report_of(4), say=SAY)
    assert (whole.is_cut, cut.is_cut) == (False, True)
    assert [cut.page(at) for at in range(len(cut.packed))] == drawn_pages(report_of(3), say=SAY)
    assert cut.packed == whole.packed
