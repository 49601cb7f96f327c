"""The rules of the house that no linter knows."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from db.records import TABLES
from db.schema import APPLICATION_ID, VERSION
from db.store import new_store
from tracker.flags import RULES
from tracker.messages import Message
from tracker.model import FIELD_OF
from tracker.plain import codec

ROOT = Path(__file__).parents[1]
SOURCES = [path for room in ("tracker", "db", "ui") for path in sorted((ROOT / room).rglob("*.py"))]
LONGEST_FILE = 400


def calls(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func)


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_the_domain_has_no_clock_and_no_dialog_opens_outside_ask(path: Path) -> None:
    called = set(calls(path))
    if path.is_relative_to(ROOT / "tracker"):
        assert not called & {"datetime.now", "date.today", "datetime.utcnow", "uuid4", "open", "print"}
    if path.name != "ask.py":
        assert not {call for call in called if call.endswith(".exec")} or path.name == "app.py"


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_module_says_what_it_is_for_and_stays_short(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert ast.get_docstring(ast.parse(text))
    assert text.count("\n") <= LONGEST_FILE


def test_nothing_of_this_municipality_stands_in_the_code() -> None:
    names = [line.split(",")[0] for line in (ROOT / "resources/example/projects.csv").read_text("utf-8").splitlines()]
    long_names = [name.strip('"') for name in names[1:] if len(name) > 14 and not name.startswith("Sum")]
    code = "\n".join(path.read_text(encoding="utf-8") for path in SOURCES)
    assert long_names
    assert [name for name in long_names if name in code] == []


def test_the_schema_is_the_golden_one(tmp_path: Path, *, renew_golden: bool) -> None:
    """A migration that would change old files' tables in passing shows here; `git diff` after `--renew-golden`."""
    golden = ROOT / "tests" / "golden" / "schema.sql"
    with new_store(tmp_path / "p.tertial") as store:
        rows = store._connection.execute(  # noqa: SLF001
            "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE '%migrations%' ORDER BY type, name"
        ).fetchall()
        version = store._connection.execute("PRAGMA user_version").fetchone()  # noqa: SLF001
        application = store._connection.execute("PRAGMA application_id").fetchone()  # noqa: SLF001
    made = "\n\n".join(sql for (sql,) in rows) + "\n"
    if renew_golden:
        golden.write_text(made, encoding="utf-8")
    assert made == golden.read_text(encoding="utf-8")
    assert (version, application) == ((VERSION,), (APPLICATION_ID,))


def test_every_kind_of_record_has_a_table_of_its_fields(tmp_path: Path) -> None:
    with new_store(tmp_path / "p.tertial") as store:
        for kind in FIELD_OF:
            found = codec(kind)
            columns = {
                row[1]
                for row in store._connection.execute(f"PRAGMA table_info({TABLES[kind]})")  # noqa: SLF001
            }
            assert columns == set(found.columns)


def test_every_rule_has_an_id_of_its_own_and_words() -> None:
    assert len({rule.id for rule in RULES}) == len(RULES)
    documented = (ROOT / "docs" / "formats.md").read_text(encoding="utf-8")
    for rule in RULES:
        assert isinstance(rule.title, Message)
        assert rule.remedy.text.endswith(".")
        assert f"`{rule.id}`" in documented
