"""What the Excel form promises: what was filled in comes back, whatever was done to the workbook, or why not."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import zipfile
from base64 import b64encode
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from db.form.read import read_form
from db.form.send import write_forms
from db.journal import Signature
from db.store import new_store
from tests.forms import HELD, NEXT, SAY, Hands, kari, made, marks_of, project, read_as, sending, sorted_by, told
from tracker.edits import added
from tracker.kinds import Phase
from tracker.messages import Refusal, message
from tracker.model import FIELD_OF, DeviationSplit
from tracker.quarters import Quarter
from ui.launch import main

BOTH = pytest.mark.parametrize("is_list", [False, True], ids=["ark", "liste"])
SCHOOL, BRIDGE, ZOO, ROADS = "Skole på Åsen", "Øvre bru", "Zoologisk hage", "Rehab. av veier"
FIRST = "00000000-0000-4000-8000-000000000001"
NEW_TEXT = "Grunnarbeidet er ferdig.\n\nRåbygget reises til høsten – «som planlagt»."


@pytest.fixture
def hands(tmp_path: Path) -> Hands:
    return Hands(kari(tmp_path))


@pytest.fixture
def listed(tmp_path: Path) -> Hands:
    return Hands(kari(tmp_path, is_list=True))


@BOTH
def test_a_form_that_nobody_filled_in_changes_nothing(tmp_path: Path, *, is_list: bool) -> None:
    known = b64encode(os.urandom(300_000)).decode()
    path = kari(tmp_path, is_list=is_list, known=known)
    back = read_form(path)
    assert (back.entries, back.problems) == ((), ())
    header = back.header
    assert (header.period, header.made_for, header.made_by, header.portfolio) == (
        NEXT,
        "Kari Nordmann",
        "Ida Controller",
        "foerste-linje",
    )
    assert header.known == known
    assert all(len(str(cell.value)) <= 30_000 for sheet in load_workbook(path) for row in sheet.rows for cell in row)


@BOTH
def test_the_same_form_is_the_same_file_to_the_byte(tmp_path: Path, *, is_list: bool) -> None:
    written = [
        write_forms(made(), sending(is_list=is_list), tmp_path / name, say=SAY)[0].path.read_bytes() for name in "ab"
    ]
    assert written[0] == written[1]


@BOTH
def test_what_is_filled_in_comes_back_as_values_and_nothing_else_does(tmp_path: Path, *, is_list: bool) -> None:
    hands = Hands(kari(tmp_path, is_list=is_list))
    hands.fill(SCHOOL, "text", NEW_TEXT)
    hands.fill(SCHOOL, "completion", "3K-2026")
    hands.fill(BRIDGE, "phase", "Utførelse")
    hands.fill(BRIDGE, "year_end_forecast", 4_500)
    hands.fill(ZOO, "text", None)
    hands.fill(ROADS, "year_end_forecast", "1,2 mill")
    back = hands.back()
    assert read_as(back) == {
        (SCHOOL, "text"): NEW_TEXT,
        (SCHOOL, "completion"): Quarter(2026, 3),
        (BRIDGE, "phase"): Phase.CONSTRUCTION,
        (BRIDGE, "year_end_forecast"): 4_500_000,
        (ZOO, "text"): "",
        (ROADS, "year_end_forecast"): 1_200_000,
    }
    assert told(back) == []
    before = {(entry.project, entry.field): entry.base for entry in back.entries}
    assert before[hands.ids[BRIDGE], "year_end_forecast"] == "1\u00a0234\u00a0567\u00a0kr"
    assert before[hands.ids[ZOO], "text"] == HELD


def test_a_deviation_by_cause_is_one_value_of_its_parts(hands: Hands) -> None:
    hands.fill(BRIDGE, "split.cost", None)
    hands.fill(BRIDGE, "split.scope", "1 250")
    (entry,) = hands.back().entries
    assert (entry.base, entry.typed) == ("Periodisering 500; Kostnad \u2212300", "Periodisering 500; Omfang 1 250")
    assert (entry.field, entry.value) == ("split", DeviationSplit(timing=500_000, scope=1_250_000))


def test_a_formula_with_its_answer_is_its_answer(hands: Hands) -> None:
    hands.fill(SCHOOL, "year_end_forecast", "=4000+500")
    path = hands.save()
    rewritten(path, r"(<f>4000\+500</f>)<v ?/>|(<f>4000\+500</f>)<v></v>", r"<f>4000+500</f><v>4500</v>")
    assert read_as(read_form(path)) == {(SCHOOL, "year_end_forecast"): 4_500_000}
    rewritten(path, r"<c ([^>]*)><f>4000\+500</f><v>4500</v>", r'<c \1 t="e"><f>4000+500</f><v>#REF!</v>')
    back = read_form(path)
    assert read_as(back) == {}
    assert "en formel uten svar" in told(back)[0]


def rewritten(path: Path, before: str, after: str) -> None:
    """Change the sheets as XML: what openpyxl can't write."""
    with zipfile.ZipFile(path) as archive:
        held = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in held.items():
            is_sheet = name.startswith("xl/worksheets/sheet")
            archive.writestr(name, re.sub(before, after, content.decode()) if is_sheet else content)


def test_a_list_that_is_sorted_and_thinned_out_gives_each_project_its_own(listed: Hands) -> None:
    listed.fill(SCHOOL, "text", NEW_TEXT)
    listed.fill(ROADS, "text", "Rammen er brukt opp til grøfting.")
    sheet = listed.sheet("Prosjekter")
    sheet.protection.sheet = False
    sorted_by(sheet, 7, 4, columns=range(1, sheet.max_column + 1), key=lambda row: str(row[1]))
    row = next(cell.row for cell in sheet["B"] if cell.value == ZOO)
    sheet.delete_rows(row)
    sheet.insert_rows(3, 2)
    sheet.insert_cols(2)
    sheet.title = "Mine prosjekter"
    back = listed.back()
    assert read_as(back) == {(SCHOOL, "text"): NEW_TEXT, (ROADS, "text"): "Rammen er brukt opp til grøfting."}
    assert told(back) == [f"{listed.path.name}: «{ZOO}» er tatt ut av skjemaet, så ingenting er lest for det."]


def test_sheets_can_be_renamed_moved_unprotected_and_stretched(hands: Hands) -> None:
    hands.fill(SCHOOL, "text", NEW_TEXT)
    sheet = hands.sheet(SCHOOL)
    sheet.title, sheet.protection.sheet = "Åsen (ferdig!)", False
    hands.book.move_sheet(sheet, 3)
    # openpyxl leaves merged cells where they were.
    for merged in list(sheet.merged_cells.ranges):
        sheet.unmerge_cells(str(merged))
    sheet.insert_rows(2)
    sheet.insert_rows(16)
    sheet.insert_cols(3)
    hands.book.remove(hands.sheet("Oversikt"))
    back = hands.back()
    assert (read_as(back), told(back)) == ({(SCHOOL, "text"): NEW_TEXT}, [])


def test_a_sheet_that_was_copied_and_filled_in_differently_is_a_problem_that_names_both(hands: Hands) -> None:
    copy = hands.book.copy_worksheet(hands.sheet(SCHOOL))
    hands.fill(BRIDGE, "text", NEW_TEXT)
    assert read_as(hands.back()) == {(BRIDGE, "text"): NEW_TEXT}
    place = next(hands.cells(SCHOOL, "text")).coordinate
    copy[place].value = "Bare i kopien."
    back = hands.back()
    assert read_as(back) == {(BRIDGE, "text"): NEW_TEXT}
    (problem,) = told(back)
    assert f"«{copy.title}»" in problem
    assert f"ark «{SCHOOL}», celle {place}" in problem


def test_cells_that_were_made_one_are_not_read_as_emptied(listed: Hands) -> None:
    sheet = listed.sheet("Prosjekter")
    upper, lower = (next(listed.cells(name, "completion")) for name in (SCHOOL, BRIDGE))
    sheet.merge_cells(f"{upper.coordinate}:{lower.coordinate}")
    back = listed.back()
    assert read_as(back) == {}
    assert all("slått sammen" in one for one in told(back))
    assert len(told(back)) == 2


def test_what_is_written_beside_the_fields_is_told_and_not_read(hands: Hands) -> None:
    hands.sheet(SCHOOL)["F3"].value = "Ring meg om dette!"
    beside = next(hands.cells(SCHOOL, "text"))
    hands.sheet(SCHOOL).cell(beside.row, beside.column + 1).value = NEW_TEXT
    notes = hands.book.create_sheet("Notater")
    for row in range(1, 41):
        notes.cell(row, 1).value = row * 17
    back = hands.back()
    assert read_as(back) == {}
    problems = told(back)
    assert f"Ark «{SCHOOL}», celle F3: «Ring meg om dette!» står utenfor feltene, så det er ikke lest." in problems
    assert any(problem.startswith(f"Ark «{SCHOOL}», celle D{beside.row}: «Grunnarbeidet") for problem in problems)
    assert "Ark «Notater»: 35 celler til utenfor feltene er heller ikke lest." in problems


def renumbered(book: Workbook, before: str, after: str) -> None:
    cell = book["_tertial"]["A2"]
    cell.value = str(cell.value).replace(before, after)


def add_foreign(book: Workbook) -> None:
    cell = book["_tertial"]["A2"]
    book["_tertial"]["A3"].value = str(cell.value).replace("_tertial:1:0", "_tertial:1:f")


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        (lambda book: book.remove(book["_tertial"]), "Det skjulte arket som hører til skjemaet, er borte"),
        (lambda book: book["_tertial"].delete_rows(2), "Det skjulte arket som hører til skjemaet, er borte"),
        (lambda book: renumbered(book, "A", "B"), "er endret"),
        (lambda book: renumbered(book, "_tertial:1:", "_tertial:2:"), "nyere utgave av Tertial"),
        (add_foreign, "satt sammen av flere skjemaer"),
    ],
    ids=["uten skjult ark", "tømt", "endret", "nyere", "to skjemaer"],
)
def test_a_form_that_can_not_be_read_with_certainty_is_refused_with_the_reason(
    hands: Hands, harm: Callable[[Workbook], object], said: str
) -> None:
    harm(hands.book)
    with pytest.raises(Refusal) as refused:
        hands.back()
    assert said in SAY(refused.value.reason)


def test_a_workbook_that_is_no_form_is_said_to_be_none(tmp_path: Path) -> None:
    book = Workbook()
    book.worksheets[0]["A1"] = "Prosjekt"
    book.save(tmp_path / "regnskap.xlsx")
    (tmp_path / "bilde.xlsx").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(500))
    (tmp_path / "skjema.csv").write_text("a;b", encoding="utf-8")
    for name, said in (
        ("regnskap.xlsx", "er ikke et skjema fra Tertial"),
        ("bilde.xlsx", "regneark"),
        ("skjema.csv", "er lagret som tekst"),
    ):
        with pytest.raises(Refusal) as refused:
            read_form(tmp_path / name)
        assert said in SAY(refused.value.reason)


def test_a_sheet_that_says_that_it_is_enormous_takes_only_its_reader_down(hands: Hands) -> None:
    hands.sheet("Oversikt")["XFD1048576"].value = "x"
    with pytest.raises(Refusal) as refused:
        hands.back()
    assert "kan ikke leses" in SAY(refused.value.reason)


@pytest.fixture(scope="module")
def profile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("profil")


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Return a form of each layout that somebody has filled in, written once."""
    folder, made = tmp_path_factory.mktemp("utfylt"), []
    for is_list in (False, True):
        hands = Hands(kari(folder / str(is_list), is_list=is_list, known=b64encode(os.urandom(60_000)).decode()))
        hands.fill(SCHOOL, "text", NEW_TEXT)
        hands.fill(SCHOOL, "year_end_forecast", "=4000+500")
        hands.fill(BRIDGE, "completion", "2K-2027")
        hands.fill(ROADS, "text", "=ikke en formel")
        next(hands.cells(ROADS, "text")).data_type = "s"
        hands.path = folder / f"{'liste' if is_list else 'ark'}.xlsx"
        made.append(hands.save())
    return made


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed here")
@pytest.mark.timeout(180)
@pytest.mark.parametrize("kind", ["xlsx", "ods", "xls"])
def test_a_form_that_libreoffice_saved_comes_back_right(
    tmp_path: Path, profile: Path, sent: list[Path], kind: str
) -> None:
    expected = {
        (SCHOOL, "text"): NEW_TEXT,
        (SCHOOL, "year_end_forecast"): 4_500_000,
        (BRIDGE, "completion"): Quarter(2027, 2),
        (ROADS, "text"): "=ikke en formel",
    }
    home = f"-env:UserInstallation={profile.as_uri()}"
    command = [
        "soffice",
        home,
        "--headless",
        "--convert-to",
        kind,
        "--outdir",
        str(tmp_path / "lagret"),
        *map(str, sent),
    ]
    subprocess.run(command, check=True, capture_output=True)
    for path in sent:
        saved = tmp_path / "lagret" / f"{path.stem}.{kind}"
        back = read_form(saved)
        assert (read_as(back), told(back)) == (expected, [])


def test_only_the_fields_can_be_written_in_and_they_are_known_without_colours(hands: Hands) -> None:
    for sheet in hands.book.worksheets:
        assert sheet.protection.sheet
        assert sheet.protection.password is None
    sheet = hands.sheet(SCHOOL)
    rows, _ = marks_of(sheet)
    open_cells = {cell.coordinate for row in sheet.iter_rows() for cell in row if not cell.protection.locked}
    assert open_cells == {f"C{row}" for row, _ in rows}
    for row, _ in rows:
        assert str(sheet.cell(row, 2).value).startswith("►")
        assert sheet.cell(row, 3).border.left.style == "thin"
    assert hands.book["_tertial"].sheet_state == "veryHidden"
    lists = {validation.formula1 for validation in sheet.data_validations.dataValidation}
    assert any("4K-2025" in choices and "LØPENDE" in choices for choices in lists)
    assert any("Utførelse" in choices for choices in lists)


def test_it_is_said_what_to_do_by_when_and_whom_to_send_it_to(hands: Hands) -> None:
    said = " ".join(str(cell.value) for row in hands.sheet(SCHOOL).iter_rows() for cell in row if cell.value)
    assert "Lagre filen og send den til ida@kommunen.example innen 20.05.2024." in said
    assert "Skolen reises. Økonomien er under kontroll." in said
    assert "Bekreft eller endre: ferdigstillelse 4K-2025." in said


def test_what_was_reported_last_is_cut_where_a_row_cannot_show_it_and_that_is_seen(tmp_path: Path) -> None:
    long = "Grunnarbeidet er ferdig, og råbygget reises til høsten. " * 200
    reported = {
        key: replace(one, text=long) if one.project == project(made(), SCHOOL) and one.period != NEXT else one
        for key, one in made().statuses.items()
    }
    portfolio = replace(made(), statuses=reported)
    sent = write_forms(portfolio, sending(), tmp_path, responsible=["Kari Nordmann"], say=SAY)
    shown = [
        str(cell.value) for row in load_workbook(sent[0].path)[SCHOOL].iter_rows() for cell in row if cell.column == 4
    ]
    (cut,) = [one for one in shown if one.startswith("Grunnarbeidet er ferdig")]
    assert cut.endswith(" […]")
    assert long.startswith(cut.removesuffix(" […]"))
    assert len(cut) > 500


def test_each_responsible_has_a_form_and_none_is_written_over_one_that_may_be_filled_in(tmp_path: Path) -> None:
    sent = write_forms(made(), sending(), tmp_path, say=SAY)
    assert [one.path.name for one in sent] == [
        "Statusskjema 2024-T1 Kari Nordmann.xlsx",
        "Statusskjema 2024-T1 Ola Berg 1.xlsx",
    ]
    assert project(made(), "Østre bad") in {one.project.id for one in sent[1].form.projects}
    with pytest.raises(Refusal) as refused:
        write_forms(made(), sending(), tmp_path, say=SAY)
    assert "finnes fra før" in SAY(refused.value.reason)
    with pytest.raises(Refusal) as refused:
        write_forms(made(), sending(), tmp_path / "ny", responsible=["Nils"], say=SAY)
    assert "Nils har ingen statuser igjen" in SAY(refused.value.reason)
    assert not (tmp_path / "ny").exists()


def test_the_command_writes_the_forms_of_a_period_and_says_where(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "portefølje.tertial"
    with new_store(file) as store:
        edit = added(message("Porteføljen"), [one for kind in FIELD_OF for one in made().records(kind).values()])
        store.commit(edit, Signature(who="Ida", at="2024-05-02T08:00:00+00:00", way="test", entry_id=FIRST))
    told_to = ["form", "out", str(file), "--period", "2024-T1", "--to", str(tmp_path / "ut"), "--list"]
    assert main([*told_to, "--responsible", "Kari Nordmann", "--return-to", "ida@kommunen.example"]) == 0
    (written,) = capsys.readouterr().out.splitlines()
    back = read_form(Path(written))
    assert (back.header.portfolio, back.header.made_for, back.entries) == (FIRST, "Kari Nordmann", ())
    assert main([*told_to, "--responsible", "Nils"]) == 2
    assert "Nils har ingen statuser igjen å fylle ut for 1. tertialrapport 2024" in capsys.readouterr().err
