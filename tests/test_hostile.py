"""A hostile or broken file gets a sentence on every way in, changes nothing and takes no more memory than it may.

All of them on every way, and the slowest too: `python -m tests.hostile.ways_in --slow`.
"""

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from db import csv_text
from db.journal import label_of
from db.schema import VERSION
from db.shape import _SHAPES
from db.store import open_store
from db.trouble import Trouble
from tests.hostile.databases import DATABASES
from tests.hostile.packages import PACKAGES, TAKEN
from tests.hostile.pdfs import PDFS
from tests.hostile.sheets import BOOKS, EXPORTS, FORMULA, PICTURES, PLACES, TEXTS
from tests.hostile.ways_in import SLOW, ways_of
from tests.meddling import unguarded
from tests.windows import Script, made_id
from ui.main_window import MainWindow
from ui.words import words_in

ROOT = Path(__file__).parents[1]
MOST_MEGABYTES = 500
READ = {"long-text.csv", "control.csv", *(f"{name}.pakke.tertial" for name in TAKEN)}
"""Files that are nothing but odd: they are read. Of packages everything is taken, and no guard gives way."""
# Some of each kind; `python -m tests.hostile.ways_in` takes all of them to every way in.
GROUPS = {
    "sheets": [
        *[*BOOKS, *TEXTS][::4],
        *(f"{name}.pakke.tertial" for at, name in enumerate(PACKAGES) if name in TAKEN or at % 16 == 0),
    ],
    "others": [
        *[*EXPORTS, *PICTURES, *PLACES][::3],
        *(f"{name}.tertial" for name in DATABASES),
        *(f"{name}.pdf" for name in PDFS),
    ],
}


@pytest.mark.parametrize("group", GROUPS)
def test_a_hostile_file_gets_a_sentence_and_changes_nothing(group: str) -> None:
    cases = [case for case in GROUPS[group] if case not in SLOW]
    command = [sys.executable, "-m", "tests.hostile.ways_in", "--first", *cases]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    *told, peak = map(json.loads, ran.stdout.splitlines())
    assert [tuple(one[:2]) for one in told] == [(case, *ways_of(case, only_first=True)) for case in cases]
    assert [one for one in told if one[2].startswith("BUG")] == []
    assert {one[0] for one in told if one[2] == "read"} == READ.intersection(cases)
    assert int(peak[2]) < MOST_MEGABYTES


def test_a_hostile_file_dropped_on_the_window_is_told_and_the_open_one_stays(
    opened: MainWindow, ask: Script, path: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    before = path.read_bytes()
    dropped = [
        *((DATABASES[name], f"{name}.tertial") for name in ("trigger", "guard-gone", "view-for-table", "newer")),
        *((PLACES[name], name) for name in ("pipe.tertial", "round.tertial")),
        (BOOKS["picture.xlsx"], "bilde.tertial"),
    ]

    def heard() -> list[str]:
        """Return what was told, or asked with a way back."""
        return [*ask.told, *(one.trouble for one in ask.ways)]

    for number, (make, name) in enumerate(dropped, start=1):
        make(tmp_path / name)
        opened.dropped.emit([tmp_path / name])
        qtbot.waitUntil(lambda count=number: len(heard()) == count)  # type: ignore[misc]
        assert any(name in one for one in heard())
    assert ask.bugs == []
    assert opened.desk.session.path == path
    assert path.read_bytes() == before


LABELS = ("{", "{borte}", "{0}", "{a.__class__}", "{a[0]}", "{a!r}", "{a:>9999999}", "{a:{b}}", "{a:kr}", "{a:x|y|z}")


@pytest.mark.parametrize("text", LABELS)
def test_a_label_from_somebodys_journal_is_said_or_shown_as_it_is(text: str) -> None:
    label = label_of(json.dumps({"text": text, "values": {"a": "x", "b": 1}}))
    assert words_in()(label) == text


def test_an_entry_that_nobody_here_wrote_is_told_as_damage(path: Path) -> None:
    with unguarded(path) as stranger:
        stranger.execute(
            "UPDATE journal SET label = ?, changes = ?", ('{"text": 1}', f'[["project", "{made_id(0)}", 1, 1]]')
        )
    with closing(open_store(path, read_only=True)) as store:
        portfolio = store.load_unchecked()
        for asked in (store.steps, lambda: store.edit_at(1, portfolio), lambda: store.history(portfolio.projects)):
            with pytest.raises(Trouble, match="skadet"):
                asked()
        assert store.verify()


def test_every_version_of_the_schema_is_known_by_what_it_comes_to() -> None:
    assert list(_SHAPES) == list(range(1, VERSION + 1))
    assert all(_SHAPES.values())


TEXTS_IN_CSV = (FORMULA, "+1", "- punkt", "@x", "\tx", "'=x", "''x", "'x", "'", "-", "", "x=1", "''=x")


@pytest.mark.parametrize("text", TEXTS_IN_CSV)
def test_a_text_in_csv_is_no_formula_and_comes_back(text: str) -> None:
    written = csv_text.guarded(text)
    assert written[:1] not in set("=+-@\t\r") or len(written) == 1
    assert csv_text.unguarded(written) == text
