"""Portfolio files that somebody else's program made: ours in their first bytes, and something more inside.

Must not know how they are opened.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from db.migrations import first
from db.schema import APPLICATION_ID, VERSION, _statements
from tests.windows import portfolio_records, write

_PAGE_SIZE_AT, _CHANGES_AT, _PAGES_AT, _VALID_AT = 16, 24, 28, 92
_INTERIOR = 5


def whole(path: Path) -> None:
    """Write a portfolio that nothing is wrong with."""
    write(path, list(portfolio_records()))


def with_statements(*statements: str) -> Callable[[Path], None]:
    """Return what writes a portfolio and changes its schema."""

    def make(path: Path) -> None:
        whole(path)
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            for statement in statements:
                connection.execute(statement)

    return make


def with_byte(at: int, *values: int) -> Callable[[Path], None]:
    """Return what writes a portfolio with other bytes somewhere."""

    def make(path: Path) -> None:
        whole(path)
        content = bytearray(path.read_bytes())
        content[at : at + len(values)] = bytes(values)
        path.write_bytes(content)

    return make


def with_schema_text(old: str, new: str) -> Callable[[Path], None]:
    """Return what writes a portfolio whose tables say that they are others."""
    return with_statements(
        "PRAGMA writable_schema = ON",
        f"UPDATE sqlite_master SET sql = replace(sql, '{old}', '{new}') WHERE sql LIKE '%{old}%'",
    )


def of_an_older_version_that_is_done(path: Path) -> None:
    """Write a file that says it is of the first version and that all migrations were made."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for statement in _statements(first.SCRIPT):
            connection.execute(statement)
        connection.execute("CREATE TABLE _sqlite_migrations (id INTEGER PRIMARY KEY, migration_set, name, applied_at)")
        for number, name in enumerate(("first", "second"), start=1):
            connection.execute("INSERT INTO _sqlite_migrations VALUES (?, 'tracker', ?, '')", (number, name))
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute("PRAGMA user_version = 1")


def with_rows_without_end(path: Path) -> None:
    """Write a table whose pages lead to each other: a few kilobytes, and more rows than there are atoms."""
    whole(path)
    with closing(sqlite3.connect(path)) as connection:
        (root,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'setting'").fetchone()
    content = bytearray(path.read_bytes())
    size = int.from_bytes(content[_PAGE_SIZE_AT : _PAGE_SIZE_AT + 2])
    begins = (root - 1) * size
    leaf = bytes(content[begins : begins + size])
    pages = len(content) // size
    levels = 8
    content[begins : begins + size] = _leading_to(pages + 1, size)
    for level in range(levels):
        content += _leading_to(pages + level + 2, size)
    content += leaf
    content[_PAGES_AT : _PAGES_AT + 4] = (pages + levels + 1).to_bytes(4)
    content[_VALID_AT : _VALID_AT + 4] = content[_CHANGES_AT : _CHANGES_AT + 4]
    path.write_bytes(content)


def _leading_to(page: int, size: int) -> bytes:
    """Write a page of a tree all of whose branches are the same page."""
    made = bytearray(size)
    count = (size - 12) // 7
    cells = b"".join(page.to_bytes(4) + bytes([at % 127]) for at in range(count))
    begins = size - len(cells)
    made[0:12] = bytes([_INTERIOR, 0, 0]) + count.to_bytes(2) + begins.to_bytes(2) + b"\0" + page.to_bytes(4)
    for at in range(count):
        made[12 + 2 * at : 14 + 2 * at] = (begins + 5 * at).to_bytes(2)
    made[begins:] = cells
    return bytes(made)


_LOGGING = "CREATE TRIGGER mine AFTER INSERT ON journal BEGIN UPDATE setting SET value = 'mitt'; END"

DATABASES: dict[str, Callable[[Path], None]] = {
    "trigger": with_statements(_LOGGING),
    "view": with_statements("CREATE VIEW project_view AS SELECT * FROM project"),
    "table": with_statements("CREATE TABLE mine (x)"),
    "index": with_statements("CREATE INDEX mine ON project (name) WHERE length(name) > 3"),
    "generated": with_statements("ALTER TABLE project ADD COLUMN x TEXT AS (hex(zeroblob(1000000)))"),
    "virtual": with_statements("CREATE VIRTUAL TABLE mine USING fts5(x)"),
    "guard-gone": with_statements("DROP TRIGGER journal_is_never_changed"),
    "table-gone": with_statements("DROP TABLE dismissal"),
    "view-for-table": with_statements(
        "ALTER TABLE setting RENAME TO hidden", "CREATE VIEW setting AS SELECT * FROM hidden"
    ),
    "check-calls": with_schema_text("trim(reason) <> ''", "load_extension(reason)"),
    "not-sql": with_schema_text("CREATE TABLE dismissal", "CREATE TABEL dismissal"),
    "many-tables": with_statements(*(f"CREATE TABLE t{number} (x)" for number in range(500))),
    "many-columns": with_statements(f"CREATE TABLE mine ({', '.join(f'c{at}' for at in range(1999))})"),
    "newer": with_byte(60, 0, 0, 0, VERSION + 1),
    "newest": with_byte(60, 255, 255, 255, 255),
    "no-version": with_byte(60, 0, 0, 0, 0),
    "another-program": with_byte(68, 0, 0, 0, 1),
    "older-and-done": of_an_older_version_that_is_done,
    "rows-without-end": with_rows_without_end,
    "page-size-0": with_byte(16, 0, 0),
    "odd-encoding": with_byte(56, 0, 0, 0, 3),
    "first-page-broken": with_byte(100, *b"\xff" * 60),
}
"""Files that are refused, by what is wrong with them."""
