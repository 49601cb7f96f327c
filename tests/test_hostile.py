"""A hostile or broken file gets a sentence on every way in, changes nothing and takes no more memory than it may.

All of them on every way, and the slowest too: `python -m tests.hostile.ways_in --slow`.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from db.csv_text import guarded, unguarded
from db.schema import VERSION
from db.shape import _SHAPES
from tests.hostile.databases import DATABASES
from tests.hostile.pdfs import PDFS
from tests.hostile.sheets import BOOKS, EXPORTS, FORMULA, PICTURES, PLACES, TEXTS
from tests.hostile.ways_in import SLOW, ways_of

ROOT = Path(__file__).parents[1]
MOST_MEGABYTES = 500
READ = {"long-text.csv", "control.csv"}
"""Files that are nothing but odd: they are read."""
GROUPS = {
    "sheets": [*BOOKS, *TEXTS],
    "others": [
        *(*EXPORTS, *PICTURES, *PLACES),
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
    assert {one[0] for one in told if one[2] == "read"} <= READ
    assert int(peak[2]) < MOST_MEGABYTES


def test_every_version_of_the_schema_is_known_by_what_it_comes_to() -> None:
    assert list(_SHAPES) == list(range(1, VERSION + 1))
    assert all(_SHAPES.values())


TEXTS_IN_CSV = (FORMULA, "+1", "- punkt", "@x", "\tx", "'=x", "''x", "'x", "'", "-", "", "x=1", "''=x")


@pytest.mark.parametrize("text", TEXTS_IN_CSV)
def test_a_text_in_csv_is_no_formula_and_comes_back(text: str) -> None:
    written = guarded(text)
    assert written[:1] not in set("=+-@\t\r") or len(written) == 1
    assert unguarded(written) == text
