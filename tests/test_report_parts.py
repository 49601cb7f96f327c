"""What a municipality can settle about its report: which parts, in which order, and words of its own before them."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from db.workbook.write import write_workbook
from tests.test_report import YEAR, made_of
from tracker.messages import Message, message
from tracker.report import Report, build_report
from tracker.report.build import FRONT, PARTS
from tracker.report.content import Column, Part, Row, Table
from ui.words import words_in

EXCEL_MAX_HEIGHT = 409


def test_parts_are_known_by_ids_of_their_own_and_stand_in_the_order_in_which_they_are_told() -> None:
    ids = [name.id for name in PARTS]
    assert len(set(ids)) == len(ids)
    built = build_report(made_of(), YEAR).parts
    assert [part.id for part in built] == [part_id for part_id in ids if part_id in {part.id for part in built}]
    assert all((part.id, part.title) in PARTS for part in built)


def test_chosen_parts_stand_alone_and_in_the_order_in_which_they_were_chosen() -> None:
    report = build_report(made_of(), YEAR, chosen=["status", "summary", "risks", "status", "no such part"])
    assert [part.id for part in report.parts] == ["status", "summary"]  # nobody has told of a risk


def test_each_part_is_the_same_whether_it_is_chosen_or_stands_among_all() -> None:
    alone = [part for name in PARTS for part in build_report(made_of(), YEAR, chosen=[name.id]).parts]
    assert list(build_report(made_of(), YEAR).parts) == alone


def test_own_words_stand_at_the_start_of_their_part_and_before_the_first() -> None:
    texts = {"front": "Rapporten legges fram for kommunestyret.\n\n  Tallene er foreløpige. \n", "status": "Les slik."}
    front, summary, status = build_report(made_of(), YEAR, chosen=["summary", "status"], texts=texts).parts
    assert (front.id, front.title) == ("front", Message("Innledning"))
    assert front.preface == ("Rapporten legges fram for kommunestyret.", "Tallene er foreløpige.")
    assert (summary.preface, status.preface) == ((), ("Les slik.",))


def test_own_words_are_written_before_the_programs_in_the_workbook_whole_however_long(tmp_path: Path) -> None:
    long = "Kommunen følger prosjektene opp gjennom året. " * 250
    texts = {"front": "=1+1", "summary": long, "risks": "Ingen risiko er meldt."}
    write_workbook(build_report(made_of(), YEAR, texts=texts), tmp_path / "r.xlsx", say=words_in())
    book = load_workbook(tmp_path / "r.xlsx")
    front, summary = book["Innledning"], book["Sammendrag"]
    assert front["A1"].value == "Investeringsprosjekter – Årsmelding 2023"
    own = next(cell for (cell, *_) in front.iter_rows(min_row=3) if cell.value)
    assert (own.value, own.data_type) == ("=1+1", "s")
    texts_down = [cell.value for (cell, *_) in summary.iter_rows(min_row=3) if cell.value]
    assert texts_down[0] == long.strip()
    (merged,) = [area for area in summary.merged_cells.ranges if area.start_cell.value == long.strip()]
    heights = [summary.row_dimensions[number].height for number in range(merged.min_row, merged.max_row + 1)]
    assert max(heights) <= EXCEL_MAX_HEIGHT < sum(heights)
    assert "Risiko" not in book.sheetnames


def table(table_id: str, *columns: str, rows: int) -> Table:
    return Table(
        id=table_id,
        title=message("Tabell"),
        columns=tuple(Column(key=name, title=message("{name}", name=name)) for name in columns),
        rows=(Row(cells=("x",) * len(columns)),) * rows,
        empty=message("Ingen"),
    )


@pytest.mark.parametrize(
    ("tables", "headings", "repeated"),
    [
        # The first has nothing in it: the second has its heading all the same.
        ([table("1", "A", "B", rows=0), table("2", "A", "B", rows=2)], ["A"], "A"),
        # Tables that share their heading share it on every page, also behind one that has another.
        (
            [table("1", "C", rows=1), table("2", "A", "B", rows=90), table("3", "A", "B", rows=1)],
            ["C", "A"],
            "A",
        ),
        ([table("1", "A", "B", rows=1), table("2", "C", rows=1), table("3", "A", "B", rows=1)], ["A", "C", "A"], "A"),
    ],
)
def test_one_heading_serves_tables_alike_and_is_repeated_on_paper(
    tables: list[Table], headings: list[str], repeated: str, tmp_path: Path
) -> None:
    part = Part(id="prøve", title=message("Prøve"), tables=tuple(tables))
    report = Report(title=message("Prøve"), period=YEAR, parts=(part,))
    write_workbook(report, tmp_path / "r.xlsx", say=words_in())
    sheet = load_workbook(tmp_path / "r.xlsx")["Prøve"]
    first = {number: cell.value for number, (cell, *_) in enumerate(sheet.iter_rows(), start=1)}
    assert [value for value in first.values() if value in {"A", "C"}] == headings
    assert first[int(str(sheet.print_title_rows).split("$")[-1])] == repeated


def test_every_part_is_told_of_where_templates_are_written() -> None:
    documented = (Path(__file__).parents[1] / "docs" / "formats.md").read_text(encoding="utf-8")
    assert [name.id for name in (FRONT, *PARTS) if f"`{name.id}`" not in documented] == []
