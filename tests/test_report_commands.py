"""The report and its template from the command line: several files at once, and what is settled stays settled."""

from __future__ import annotations

import json
from pathlib import Path

import docx
import openpyxl
import pytest

from tests.test_commands import Run, demo, tertial  # noqa: F401  fixtures
from tests.test_pdf import SVG, pages_of


def test_several_files_are_written_at_once_by_their_endings(tertial: Run, demo: Path, tmp_path: Path) -> None:  # noqa: F811
    book, paper, text = tmp_path / "r.xlsx", tmp_path / "r.PDF", tmp_path / "r.docx"
    said = tertial("report", demo, "--period", "2023-Y", "--parts", "status, summary", book, paper, text)
    assert (said.code, said.out) == (0, "")
    assert [name in said.err for name in ("r.xlsx", "r.PDF", "r.docx")] == [True, True, True]
    chapters = [one.text for one in docx.Document(str(text)).paragraphs if str(one.style.name) == "Heading 1"]
    assert chapters == ["Status", "Sammendrag"]
    assert openpyxl.load_workbook(book).sheetnames == ["Status", "Sammendrag", "Data", "Kilder"]
    assert "Sammendrag ." in pages_of(paper)[0]


def test_no_file_is_written_when_one_of_the_names_is_no_reports(tertial: Run, demo: Path, tmp_path: Path) -> None:  # noqa: F811
    said = tertial("report", demo, "--period", "2023-Y", tmp_path / "r.xlsx", tmp_path / "r.odt")
    assert said.code == 2
    assert "r.odt" in said.err
    assert list(tmp_path.glob("r.*")) == []


def test_what_is_settled_is_shown_and_followed_by_the_next_report(
    tertial: Run,  # noqa: F811
    demo: Path,  # noqa: F811
    tmp_path: Path,
) -> None:
    logo = tmp_path / "vapen.svg"
    logo.write_bytes(SVG)
    assert tertial("template", "logo", demo, logo).code == 0
    settle = ("template", "set", demo, "--name", "Ås kommune", "--accent", "#7A1F5C", "--typeface", "serif", "--short")
    assert tertial(*settle, "--parts", "status,control", "--text", "front", "Til rådet.", "--language", "en").code == 0
    told = json.loads(tertial("template", "show", demo, "--json").out)
    assert told == {
        "name": "Ås kommune",
        "accent": "#7A1F5C",
        "typeface": "serif",
        "logo": "svg",
        "language": "en",
        "in_full": False,
        "parts": ["status", "control"],
        "texts": {"front": "Til rådet."},
    }
    assert "parts: status,control" in tertial("template", "show", demo).out
    assert tertial("report", demo, "--period", "2023-Y", tmp_path / "r.xlsx").code == 0
    sheets = [sheet for sheet in openpyxl.load_workbook(tmp_path / "r.xlsx") if not sheet.tables]
    assert len(sheets) == 3
    assert tertial("template", "logo", demo).code == 0
    assert json.loads(tertial("template", "show", demo, "--json").out)["logo"] is None
    assert "som før" in tertial("template", "logo", demo).err
    assert tertial("verify", demo).code == 0


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("set", "--accent", "#FFC000"), "for lys til å leses"),
        (("set", "--language", "xx"), "Språket"),
        (("set", "--text", "tull", "Hei"), "ingen del «tull»"),
        (("set", "--name", "Ås", "--parts", ""), "minst én del"),
    ],
)
def test_what_cannot_be_settled_changes_nothing(
    tertial: Run,  # noqa: F811
    demo: Path,  # noqa: F811
    arguments: tuple[str, ...],
    sentence: str,
) -> None:
    before = demo.read_bytes()
    action, *rest = arguments
    said = tertial("template", action, demo, *rest)
    assert (said.code, sentence in said.err) == (2, True), said.err
    assert demo.read_bytes() == before


def test_a_logo_that_is_no_picture_is_refused(tertial: Run, demo: Path, tmp_path: Path) -> None:  # noqa: F811
    for content in (b"<svg", b"\x89PNG\r\n\x1a\nikke", b"tekst"):
        (tmp_path / "logo").write_bytes(content)
        said = tertial("template", "logo", demo, tmp_path / "logo")
        assert (said.code, "Logoen kan ikke leses" in said.err) == (2, True)
    assert tertial("template", "logo", demo, tmp_path / "borte.png").code == 2
