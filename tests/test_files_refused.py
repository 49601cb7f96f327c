"""What is said of files and folders that can't be used: a sentence that names them, and nothing half done."""

from __future__ import annotations

import errno
import os
import struct
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from db.export import export_portfolio
from db.exported import read_export
from db.form.read import read_form
from db.form.send import write_forms
from db.json_file import text_of
from db.logo import read_picture
from db.own_settings import OwnSettings
from db.persons.copies import delete_copies
from db.restoring import restore
from db.sheets.sheet import MOST_ROWS, read_sheet
from db.store import open_store
from db.trouble import Trouble, known_trouble
from db.whole_file import write_whole
from tests.forms import SAY, made, sending
from tests.hostile.sheets import book, cell
from tests.open_document import cell_of, write_open_document
from tests.test_store import sign
from tests.windows import PERIOD
from tracker.messages import Refusal


def refusal(act: Callable[[], object]) -> str:
    with pytest.raises((Refusal, Trouble)) as caught:
        act()
    return SAY(caught.value.reason)


@pytest.fixture
def under_a_file(tmp_path: Path) -> Path:
    """Return a folder that can't be made: what it would lie in is a file."""
    (tmp_path / "fil").write_text("x", encoding="utf-8")
    return tmp_path / "fil" / "mappe"


def swollen(path: Path, megabytes: int, *, stored: int = 0) -> Path:
    """Write a workbook one of whose parts says that it is so large when it is unpacked."""
    book(cell("A1", "x"), others={"xl/media/stor.bin": b" " * 1_234_567, "xl/media/hel.bin": os.urandom(stored)})(path)
    content = bytearray(path.read_bytes())
    at = content.rindex(struct.pack("<L", 1_234_567))
    content[at : at + 4] = struct.pack("<L", megabytes << 20)
    path.write_bytes(content)
    with zipfile.ZipFile(path) as archive:
        assert max(part.file_size for part in archive.infolist()) == megabytes << 20
    return path


@pytest.mark.parametrize(
    ("megabytes", "said"),
    [
        (701, "er for stor til å leses: del den opp, eller ta ut CSV."),
        (400, "er ikke en vanlig arbeidsbok, så den leses ikke."),
    ],
)
def test_a_workbook_that_swells_is_refused_before_it_is_unpacked(tmp_path: Path, megabytes: int, said: str) -> None:
    path = swollen(tmp_path / "bok.xlsx", megabytes)
    assert refusal(lambda: read_sheet(path)) == f"bok.xlsx {said}"
    assert refusal(lambda: read_form(path)) == f"bok.xlsx {said}"


def test_a_list_of_more_rows_than_anybody_reads_whole_is_refused_and_its_beginning_can_be_read(tmp_path: Path) -> None:
    path = tmp_path / "liste.csv"
    path.write_text("rad;1\n" * (MOST_ROWS + 1), encoding="utf-8")
    assert refusal(lambda: read_sheet(path)) == (
        "liste.csv har mer enn 200 000 rader: ta ut bare det som skal leses.".replace("200 000", "200\u00a0000")
    )
    assert read_sheet(path, most=3) == [["rad", "1"]] * 3


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("skjema.png", "skjema.png er ikke et regneark: velg skjemaet som kom tilbake."),
        ("skjema.csv", "skjema.csv er lagret som tekst, og da følger ikke skjemaet med: lagre det som Excel."),
        ("borte.xlsx", "Finner ikke borte.xlsx: kontroller navnet og mappen."),
    ],
)
def test_what_is_no_form_is_told_by_its_kind(tmp_path: Path, name: str, said: str) -> None:
    if not name.startswith("borte"):
        (tmp_path / name).write_bytes(b"x")
    assert refusal(lambda: read_form(tmp_path / name)) == said


def test_what_is_no_sheet_at_all_is_told_with_what_to_choose(tmp_path: Path) -> None:
    (tmp_path / "brev.docx").write_bytes(b"x")
    assert refusal(lambda: read_sheet(tmp_path / "brev.docx")) == (
        "brev.docx er ikke et regneark: velg en Excel-, OpenDocument-, CSV- eller SAF-T-fil."
    )
    assert refusal(lambda: read_sheet(tmp_path)).endswith("er en mappe: skriv navnet på en fil.")


def test_a_text_whose_line_has_no_end_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "uttrekk.csv"
    path.write_text("Prosjekt;Beløp\n" + "a;" * 3_000_000, encoding="utf-8")
    assert refusal(lambda: read_sheet(path)) == (
        "uttrekk.csv kan ikke leses som CSV: lagre den på nytt fra økonomisystemet."
    )


def test_a_form_with_cells_without_end_is_not_read(tmp_path: Path) -> None:
    """A few letters say that one cell comes again a thousand times in each of hundreds of rows."""
    alike = cell_of("x", 'table:number-columns-repeated="1000"')
    rows = f'<table:table-row table:number-rows-repeated="401">{alike}</table:table-row>'
    path = write_open_document(tmp_path / "skjema.ods", Ark=rows)
    assert refusal(lambda: read_form(path)) == ("skjema.ods har langt flere celler enn et skjema, så den leses ikke.")


@pytest.mark.parametrize(
    ("read", "name"),
    [
        (lambda path: text_of(path, most=100), "oppsett.json"),
        (read_picture, "logo.png"),
        (lambda path: read_export(path, {}), "portfolio.json"),
    ],
)
def test_a_file_that_is_gone_is_told_by_name(tmp_path: Path, read: Callable[[Path], object], name: str) -> None:
    assert refusal(lambda: read(tmp_path / name)) == f"Finner ikke {name}: kontroller navnet og mappen."


def test_a_file_of_settings_that_is_no_text_or_far_too_large_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "oppsett.json"
    path.write_bytes(b"\xff\xfe\x00")
    assert refusal(lambda: text_of(path, most=100)) == "oppsett.json er ikke en tekstfil: velg en annen."
    assert "er større enn 1 MB" in refusal(lambda: text_of(path, most=2))


def test_a_link_to_itself_and_a_pipe_are_no_files(tmp_path: Path) -> None:
    link, pipe = tmp_path / "lenke.csv", tmp_path / "roer.csv"
    link.symlink_to(link)
    os.mkfifo(pipe)
    assert refusal(lambda: read_sheet(link)) == "lenke.csv er en lenke som peker på seg selv: velg en annen fil."
    assert refusal(lambda: read_sheet(pipe)) == "roer.csv er ingen vanlig fil: velg en annen."


def test_a_folder_that_can_not_be_made_is_told_and_nothing_is_left(path: Path, under_a_file: Path) -> None:
    said = "Mappen til mappe finnes ikke: kontroller navnet."
    with closing(open_store(path)) as store:
        portfolio = store.load()
        assert refusal(lambda: export_portfolio(store, portfolio, PERIOD, folder=under_a_file)) == said
    assert refusal(lambda: write_forms(made(), sending(), under_a_file, say=SAY)) == said
    assert under_a_file.parent.is_file()


def test_an_export_that_can_not_be_written_leaves_what_was_in_the_folder(path: Path, tmp_path: Path) -> None:
    folder = tmp_path / "eksport"
    (folder / "projects.csv").mkdir(parents=True)
    (folder / "notat.txt").write_text("mitt", encoding="utf-8")
    with closing(open_store(path)) as store:
        portfolio = store.load()
        assert "eksport" in refusal(lambda: export_portfolio(store, portfolio, PERIOD, folder=folder))
    assert sorted(one.name for one in folder.iterdir()) == ["notat.txt", "projects.csv"]


def test_an_export_comes_back_from_its_tables_alone_also_without_its_journal(path: Path, tmp_path: Path) -> None:
    folder = tmp_path / "eksport"
    with closing(open_store(path)) as store:
        portfolio = store.load()
        export_portfolio(store, portfolio, PERIOD, folder=folder)
    (folder / "portfolio.json").unlink()
    (folder / "table-journal.csv").unlink()
    assert restore(folder, tmp_path / "ny.tertial", sign()) == portfolio
    with closing(open_store(tmp_path / "ny.tertial")) as store:
        assert (store.verify(), len(list(store.journal()))) == ([], 1)


def test_a_backup_that_can_not_be_deleted_is_told_and_the_one_before_it_is_gone(tmp_path: Path) -> None:
    first, second = tmp_path / "1.tertial", tmp_path / "2.tertial"
    first.write_bytes(b"x")
    (second / "fil").mkdir(parents=True)
    assert "2.tertial" in refusal(lambda: delete_copies([first, second]))
    assert (first.exists(), second.exists()) == (False, True)


def test_settings_of_ones_own_that_are_a_folder_are_told_with_where_to_look(tmp_path: Path) -> None:
    """What is a file is put aside, so that the next start is as usual; a folder is somebody's."""
    path = tmp_path / "settings.json"
    path.mkdir()
    own = OwnSettings(path)
    assert own.trouble is not None
    assert SAY(own.trouble) == (f"Innstillingene dine kunne ikke leses, så standardene gjelder: kontroller {path}.")
    assert path.is_dir()


def test_what_nobody_knows_is_no_trouble_but_a_bug(tmp_path: Path) -> None:
    """It is told with its details and not as if the user had done something."""
    unknown = OSError(errno.EPROTO, "Protocol error")
    with pytest.raises(OSError, match="Protocol error") as caught, known_trouble(tmp_path / "fil"):
        raise unknown
    assert caught.value is unknown

    def write(_: Path) -> None:
        raise unknown

    with pytest.raises(OSError, match="Protocol error"):
        write_whole(tmp_path / "rapport.pdf", write)
    assert list(tmp_path.iterdir()) == []
