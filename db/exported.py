"""An export read back: the rows of every table, each looked at for what no portfolio can hold.

Must not know what the values mean, nor write anything. What is wrong is told with its place: the table, the row
(counted from 1) and the column.
"""

from __future__ import annotations

import base64
import binascii
import csv
import json
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any

from db.csv_text import unguarded
from db.export import CSV_OF_TABLE, FORMAT, PORTFOLIO_JSON, VERSION
from db.plain_file import read_at_most, refuse_no_file
from db.tables import KEYS, Shape, Tables, Value
from db.trouble import known_trouble
from tracker.messages import Message, Refusal, message

_SMALLEST, _LARGEST = -(1 << 63), (1 << 63) - 1
_LONGEST_CELL = 1 << 30
_LARGEST_JSON = 500_000_000
_MOST_TOLD = 20
_Shapes = Mapping[str, tuple[Shape, ...]]
_Raw = Mapping[str, list[Any]]


def read_export(source: Path, shapes: _Shapes) -> Tables:
    """Read an export: its folder, or its JSON alone. In a folder without the JSON the tables' CSV are read.

    Raises Refusal with what is wrong and where, Trouble when the files can't be read.
    """
    with known_trouble(source):
        path = source / PORTFOLIO_JSON if source.is_dir() else source
        from_csv = source.is_dir() and not path.exists()
        raw = _csv_tables(source, shapes) if from_csv else _json_tables(path)
    return _checked(raw, shapes, source.name, is_text=from_csv)


def _json_tables(path: Path) -> _Raw:
    name = path.name
    try:
        content = read_at_most(path, _LARGEST_JSON).decode("utf-8-sig")
        everything = json.loads(content, object_pairs_hook=_each_once)
    except json.JSONDecodeError as error:
        raise Refusal(
            message(
                "{file} er ikke gyldig JSON (linje {line:id}, tegn {column:id}): eksporter porteføljen på nytt.",
                file=name,
                line=error.lineno,
                column=error.colno,
            )
        ) from None
    except UnicodeDecodeError as error:
        raise Refusal(
            message(
                "{file} er ikke UTF-8 (byte {place:id}): eksporter porteføljen på nytt.", file=name, place=error.start
            )
        ) from None
    except _TwiceError as twice:
        raise Refusal(message("{file} har «{name}» to ganger på samme sted.", file=name, name=twice.name)) from None
    except (ValueError, RecursionError):
        raise Refusal(message("{file} er ikke gyldig JSON: eksporter porteføljen på nytt.", file=name)) from None
    return _of_our_format(everything, name)


def _of_our_format(everything: object, file: str) -> _Raw:
    if not isinstance(everything, dict) or everything.get("format") != FORMAT:
        raise Refusal(
            message("{file} er ikke en eksportert portefølje: velg {expected}.", file=file, expected=PORTFOLIO_JSON)
        )
    version, tables = everything.get("version"), everything.get("tables")
    if isinstance(version, int) and not isinstance(version, bool) and version > VERSION:
        raise Refusal(
            message(
                "{file} er eksportert av en nyere versjon av Tertial (format {version:id}, her leses {known:id}): "
                "oppdater programmet.",
                file=file,
                version=version,
                known=VERSION,
            )
        )
    if not isinstance(version, int) or isinstance(version, bool) or version < 1 or not isinstance(tables, dict):
        raise Refusal(message("{file} mangler format eller tabeller: eksporter porteføljen på nytt.", file=file))
    for table, rows in tables.items():
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise Refusal(message("{file}: tabellen {table} er ikke en liste av rader.", file=file, table=table))
    return tables


class _TwiceError(ValueError):
    """A name that stands twice in one object, so that nobody knows which was meant."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        raise _TwiceError(next(name for name in names if names.count(name) > 1))
    return found


def _csv_tables(folder: Path, shapes: _Shapes) -> _Raw:
    found = {table: folder / CSV_OF_TABLE.format(table=table) for table in shapes}
    if not any(path.exists() for path in found.values()):
        raise Refusal(
            message(
                "Mappen {folder} har ingen {file}: velg mappen eksporten skrev til.",
                folder=folder.name,
                file=PORTFOLIO_JSON,
            )
        )
    csv.field_size_limit(_LONGEST_CELL)
    tables = {}
    for table, path in found.items():
        if path.exists():
            tables[table] = _csv_rows(path)
    return tables


def _csv_rows(path: Path) -> list[dict[str, str]]:
    refuse_no_file(path)
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file, strict=True)
            columns = next(reader, [])
            rows = []
            for cells in reader:
                if len(cells) != len(columns):
                    raise Refusal(
                        message(
                            "{file}, linje {line:id}: {found} verdier, men {expected} kolonner.",
                            file=path.name,
                            line=reader.line_num,
                            found=len(cells),
                            expected=len(columns),
                        )
                    )
                rows.append(dict(zip(columns, cells, strict=True)))
            return rows
    except (csv.Error, UnicodeDecodeError):
        raise Refusal(
            message("{file} er ikke gyldig CSV i UTF-8: eksporter porteføljen på nytt.", file=path.name)
        ) from None


def _checked(raw: _Raw, shapes: _Shapes, file: str, *, is_text: bool) -> Tables:
    unknown = [table for table in raw if table not in shapes]
    if unknown:
        raise Refusal(message("{file} har en tabell som Tertial ikke kjenner: {table}.", file=file, table=unknown[0]))
    problems: list[Message] = []
    tables = {
        table: [_row(row, columns, table, number, problems, is_text=is_text) for number, row in _numbered(raw, table)]
        for table, columns in shapes.items()
    }
    found = list(islice((*problems, *_twice(tables), *_pointing_nowhere(tables, shapes)), _MOST_TOLD))
    if found:
        raise Refusal(message("{file} kan ikke hentes inn. {problem}", file=file, problem=found[0]), *found[1:])
    return tables


def _numbered(raw: _Raw, table: str) -> Iterable[tuple[int, Mapping[str, Any]]]:
    return enumerate(raw.get(table, ()), start=1)


def _row(  # noqa: PLR0913  a row, what it must be, where it stands, and where what is wrong goes
    row: Mapping[str, Any],
    columns: tuple[Shape, ...],
    table: str,
    number: int,
    problems: list[Message],
    *,
    is_text: bool,
) -> dict[str, Value]:
    names = {shape.name for shape in columns}
    problems += [
        message("{table}, rad {row:id}: kolonnen {column} er ukjent.", table=table, row=number, column=name)
        for name in row
        if name not in names
    ]
    made: dict[str, Value] = {}
    for shape in columns:
        if shape.name not in row and not shape.has_default:
            problems.append(
                message("{table}, rad {row:id}: kolonnen {column} mangler.", table=table, row=number, column=shape.name)
            )
            continue
        given = row.get(shape.name, shape.default)
        try:
            made[shape.name] = _read_text(given, shape) if is_text and isinstance(given, str) else _read(given, shape)
        except ValueError:
            problems.append(
                message(
                    "{table}, rad {row:id}: {column} kan ikke være {value}.",
                    table=table,
                    row=number,
                    column=shape.name,
                    value=json.dumps(given, ensure_ascii=True)[:60],
                )
            )
    return made


def _read(given: object, shape: Shape) -> Value:
    if given is None and shape.can_be_empty:
        return None
    if shape.holds == "INTEGER" and isinstance(given, int) and not isinstance(given, bool):
        if not _SMALLEST <= given <= _LARGEST:
            raise ValueError(given)
        return given
    if shape.holds == "TEXT" and isinstance(given, str):
        given.encode()
        return given
    if shape.holds == "BLOB" and isinstance(given, str):
        try:
            return base64.b64decode(given, validate=True)
        except binascii.Error as error:
            raise ValueError(given) from error
    raise ValueError(given)


def _read_text(given: str, shape: Shape) -> Value:
    if not given and shape.can_be_empty:
        return None
    return _read(int(given), shape) if shape.holds == "INTEGER" else _read(unguarded(given), shape)


def _twice(tables: Tables) -> Iterator[Message]:
    for table, rows in tables.items():
        seen: dict[tuple[Value, ...], int] = {}
        for number, row in enumerate(rows, start=1):
            key = tuple(row.get(name) for name in KEYS.get(table, ("id",)))
            if key in seen:
                yield message(
                    "{table}: id {id} står både i rad {first:id} og rad {second:id}.",
                    table=table,
                    id=" / ".join(map(str, key)),
                    first=seen[key],
                    second=number,
                )
            seen.setdefault(key, number)


def _pointing_nowhere(tables: Tables, shapes: _Shapes) -> Iterator[Message]:
    ids = {table: {row.get("id") for row in rows} for table, rows in tables.items()}
    for table, columns in shapes.items():
        pointing = [shape for shape in columns if shape.refers_to]
        for number, row in enumerate(tables[table], start=1):
            for shape in pointing:
                if row.get(shape.name) is not None and row[shape.name] not in ids[shape.refers_to]:
                    yield message(
                        "{table}, rad {row:id}: {column} viser til {id}, som ikke finnes i {other}.",
                        table=table,
                        row=number,
                        column=shape.name,
                        id=str(row[shape.name]),
                        other=shape.refers_to,
                    )
