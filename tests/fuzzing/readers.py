"""The readers of the program as functions of bytes, with what each may raise and what must hold of what it read.

A new reader is a function here and its line in `READERS`.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime
from itertools import count
from pathlib import Path
from typing import Any
from uuid import UUID

from db import journal
from db.draft import Draft, Drafts
from db.exported import read_export
from db.lineage import read_lineage, write_lineage
from db.records import KINDS
from db.store import new_store
from db.tables import shapes_of
from db.trouble import UNREADABLE, Trouble
from tests.forms import Grid
from tests.fuzzing.merges import merged
from tests.fuzzing.seeds import SEEDS
from tracker.budgeting.typed import read_budget_year, read_kroner
from tracker.chapter.passages import read_chapter
from tracker.edits import apply
from tracker.fields import FIELD, FIELDS
from tracker.ledger.cells import amount_of, code_of, month_alone, month_of, year_alone
from tracker.ledger.lines import lines_of, unpack
from tracker.ledger.mapping import PROFILE, Cell, profiles_of
from tracker.merging.lineage import Author, Lineage, Written, knowledge_of
from tracker.merging.news import news_of
from tracker.messages import Refusal, message
from tracker.model import Portfolio, Project, ProjectId, RecordId, Setting
from tracker.money import Unit, UnreadableAmountError, parse_amount, parse_kroner, write_number
from tracker.periods import parse_period
from tracker.plain import codec
from tracker.proofing.check import proof_read
from tracker.proofing.rule import Facts
from tracker.published.statement_text import read_statement
from tracker.published.table_text import read_table
from tracker.published.unit import refuse_other_unit
from tracker.quarters import completion_order, parse_completion, write_completion
from tracker.reading.read import read
from tracker.registering.columns import propose_layout, unused_headings
from tracker.registering.plan import Adoption, plan_register
from tracker.registering.rows import read_rows
from tracker.report.template import read_accent, read_logo, read_typeface
from tracker.search import amount_filter, text_filter, words_of
from tracker.settings.carrying import plain_settings, plan_settings, read_plain
from tracker.statement_check.reading import read_tables
from tracker.statement_check.signs import SIGNS_SETTING, signs_of
from tracker.statement_check.texts import rows_of_text
from tracker.typed import read_amount, read_light, read_split, write_amount, write_light, write_split
from ui.words import words_in

YEAR = parse_period("2023-Y")
_TODAY = date(2024, 2, 1)
_SAY = words_in()


@dataclass(frozen=True, slots=True)
class Reader:
    """A reader: what it does with bytes, beginnings that it can read, and how long it is fuzzed in a long run."""

    read: Callable[[bytes], None]
    seeds: Sequence[bytes]
    minutes: int = 1


def text_in(data: bytes) -> str:
    """Return bytes as a text of any letters."""
    return data.decode("utf-8", "replace")


def rows_in(data: bytes) -> list[list[Cell]]:
    """Return bytes as rows of cells: a line a row, tabs between cells, and a first letter for what isn't text."""
    return [[_cell(part) for part in line.split("\t")] for line in text_in(data).split("\n")]


def _cell(part: str) -> Cell:
    kind, rest = part[:1], part[1:]
    with suppress(ValueError, OverflowError):
        if kind == "#":
            return int(rest)
        if kind == "~":
            return float(rest)
        if kind == "@":
            return date.fromisoformat(rest)
    return part or None


def read_amounts(data: bytes) -> None:
    """Read amounts: what is read and written again is the same amount."""
    text = text_in(data)
    for unit in Unit:
        with suppress(UnreadableAmountError):
            parse_amount(text, unit=unit)
        with suppress(UnreadableAmountError):
            kroner = parse_kroner(text, unit=unit)
            assert parse_kroner(write_number(kroner)) == kroner
    with suppress(Refusal):
        kroner_typed = read_amount(text)
        assert kroner_typed is None or read_amount(write_amount(kroner_typed)) == kroner_typed
    for asked in (read_kroner, read_budget_year):
        with suppress(Refusal):
            asked(text)
    with suppress(UnreadableAmountError, Refusal):
        amount_filter(text)


def read_times(data: bytes) -> None:
    """Read quarters and periods: what is read and written again is the same time."""
    text = text_in(data)
    completion = parse_completion(text)
    assert parse_completion(write_completion(completion)) == completion
    completion_order(completion)
    with suppress(ValueError):
        period = parse_period(text)
        assert parse_period(str(period)) == period
        assert period.ends.year == period.year


def read_typed(data: bytes) -> None:
    """Read what people type in fields and filters."""
    text = text_in(data)
    for field in FIELDS:
        with suppress(Refusal):
            value = field.read(text)
            assert field.read(field.write(value)) == value
    with suppress(Refusal):
        assert read_split(write_split(split := read_split(text))) == split
    with suppress(Refusal):
        assert read_light(write_light(light := read_light(text))) == light
    for read_setting in (read_accent, read_typeface):
        with suppress(Refusal):
            read_setting(text)
    words_of(text).places(text)
    wanted = text_filter(text)
    assert wanted is None or wanted("x") in {True, False}


def read_table_lines(data: bytes) -> None:
    """Read the published table's lines."""
    lines = text_in(data).split("\n")
    with suppress(Refusal):
        refuse_other_unit(lines)
        read_table(lines)


def read_statement_lines(data: bytes) -> None:
    """Read the statement's lines, as they are taken in and as they are checked."""
    lines = text_in(data).split("\n")
    with suppress(Refusal):
        read_statement(lines)
    with suppress(Refusal):
        read_tables(rows_of_text(lines))


def read_chapter_text(data: bytes) -> None:
    """Read the accounts chapter's paragraphs."""
    projects = [
        Project(id=ProjectId(str(UUID(int=at))), name=name)
        for at, name in enumerate(("Åsen skole", "Brannstasjon, ny", "Vann - hovedplan"))
    ]
    read_chapter(text_in(data).split("\n"), projects)


def read_status_text(data: bytes) -> None:
    """Read a status text: places are in the text, and every rule can read it."""
    text = text_in(data)
    reading = read(text, _TODAY)
    assert reading is not None
    facts = Facts(
        name="Åsen skole", period=YEAR, total_budget=10_000_000, total_spent=2_000_000, revised_budget=3_000_000
    )
    for _, found in proof_read(text, facts):
        assert 0 <= found.start <= found.end <= len(text)


def read_ledger(data: bytes, suffix: str = ".csv") -> None:
    """Read a ledger's export as a file of separated text."""
    from tests.test_ledger_import import municipality, planned

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"bok{suffix}"
        path.write_bytes(data)
        with suppress(Refusal, Trouble):
            planned(path, municipality())


def read_saft(data: bytes) -> None:
    """Read a SAF-T file, without the process that reads it in the program."""
    from db.sheets.saft_reader import analyses, refused, rows

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bok.xml"
        path.write_bytes(data)
        if refused(path):
            return
        with suppress(SyntaxError, LookupError, ValueError):
            for chosen in analyses(path):
                for stretch in rows(path, chosen):
                    assert all(len(row) == len(stretch[0]) for row in stretch)


def read_cells(data: bytes) -> None:
    """Read single cells of a ledger: each is what it says or refused."""
    for row in rows_in(data):
        for cell in row:
            for unit in Unit:
                with suppress(UnreadableAmountError, TypeError):
                    amount_of(cell, unit)
            for look in (month_of, month_alone, year_alone, code_of):
                look(cell)


def read_register(data: bytes) -> None:
    """Read rows of a sheet of projects, planned."""
    rows = rows_in(data)
    ids = count(1)
    with suppress(Refusal):
        layout = propose_layout(rows, year=2024)
        unused_headings(layout, rows[layout.header])
        plan_register(
            Portfolio(),
            read_rows(rows, layout),
            Adoption(year=2024, source="ark"),
            new_id=lambda: str(UUID(int=next(ids))),
        )


def read_settings(data: bytes) -> None:
    """Read what a portfolio from somebody else may have in its settings."""
    text = text_in(data)
    held = [
        Setting(id=RecordId(f"{PROFILE}x"), value=text),
        Setting(id=SIGNS_SETTING, value=text),
    ]
    portfolio = Portfolio(settings={one.id: one for one in held})
    profiles_of(portfolio)
    signs_of(portfolio)
    with suppress(Refusal):
        read_logo(data)


def read_settings_file(data: bytes) -> None:
    """Read a municipality's settings from somebody's file: what is taken in comes out the same."""
    text = text_in(data)
    with suppress(Refusal):
        portfolio = apply(Portfolio(), plan_settings(Portfolio(), read_plain(text)).edit)
        plain = plain_settings(portfolio)["settings"]
        assert isinstance(plain, dict)
        assert apply(Portfolio(), plan_settings(Portfolio(), plain).edit) == portfolio


def read_draft(data: bytes) -> None:
    """Read a draft's file: what can't be read is no draft, and all that is read is text."""
    with tempfile.TemporaryDirectory() as folder:
        drafts = Drafts(Path("x.tertial"), Path(folder))
        drafts.keep(Draft(project="", period="", field="", base="", text=""))
        (written,) = Path(folder).iterdir()
        written.write_bytes(data)
        for draft in drafts.read():
            assert all(isinstance(getattr(draft, one.name), str) for one in fields(draft))


def read_packed(data: bytes) -> None:
    """Read packed ledger lines."""
    with suppress(*UNREADABLE):
        for columns in unpack(data):
            list(lines_of(columns))


def read_journal(data: bytes) -> None:
    """Read the journal's plain values back to records: a record, or what the store takes for damage."""
    text = text_in(data)
    label = None
    with suppress(*UNREADABLE):
        label = journal.label_of(text)
    if label is not None:
        _SAY(label)
    with suppress(*UNREADABLE):
        changes = json.loads(text)
        for change in changes:
            journal.change_of(tuple(change))
    with suppress(*UNREADABLE):
        values = json.loads(text)
        for kind in KINDS.values():
            with suppress(*UNREADABLE):
                record = journal.record_of(kind, values)
                again = codec(kind).to_record(codec(kind).to_row(record))
                assert again == record


def read_lineage_text(data: bytes) -> None:
    """Read what an entry has from other files: what is read and written again is the same, and every edit is known."""
    try:
        lineage = read_lineage(text_in(data))
    except UNREADABLE:
        return
    assert not lineage or read_lineage(write_lineage(lineage)) == lineage
    known = knowledge_of([_of_lineage(lineage)])
    assert lineage.undid or all(known.has(one.author.edit) for one in lineage.edits)
    news_of([_of_lineage(lineage)], known)


def _of_lineage(lineage: Lineage) -> Written:
    author = Author(edit=str(UUID(int=1)), who="", at=datetime(2024, 1, 1, tzinfo=UTC), label=message("x"))
    return Written(author=author, lineage=lineage)


def read_package(data: bytes) -> None:
    """Read a journal that came with a package, and take all that it brings: no guard gives way, and nothing breaks."""
    try:
        told = json.loads(text_in(data))
    except UNREADABLE:
        return
    if isinstance(told, list):
        merged(told)


def read_form_cells(data: bytes) -> None:
    """Read a form on which somebody wrote anything anywhere: a line a cell, its sheet, row, column and what it is."""
    grid = Grid(is_list=data[:1] == b"l")
    for row in rows_in(data):
        match row:
            case [sheet, down, across, value] if all(isinstance(at, int) for at in (sheet, down, across)):
                place = int(str(sheet)) % len(grid.sheets), (int(str(down)) % 60, int(str(across)) % 30)
                grid.put(place, value if isinstance(value, str | int | float) else None)
    with suppress(Refusal):
        back = grid.back()
        for entry in back.entries:
            assert entry.project in grid.ids.values()
            assert FIELD[entry.field].read(FIELD[entry.field].write(entry.value)) == entry.value
        for problem in back.problems:
            _SAY(problem.told)


_SHAPES: dict[str, Any] = {}


def read_exported(data: bytes) -> None:
    """Read an export's JSON."""
    with tempfile.TemporaryDirectory() as folder:
        if not _SHAPES:
            with new_store(Path(folder) / "x.tertial") as store, store.lent() as connection:
                _SHAPES.update(shapes_of(connection))
        path = Path(folder) / "portfolio.json"
        path.write_bytes(data)
        with suppress(Refusal, Trouble):
            read_export(path, _SHAPES)


READERS: dict[str, Reader] = {
    "amounts": Reader(read_amounts, SEEDS["amounts"]),
    "times": Reader(read_times, SEEDS["times"]),
    "typed": Reader(read_typed, SEEDS["typed"]),
    "cells": Reader(read_cells, SEEDS["cells"]),
    "table": Reader(read_table_lines, SEEDS["table"], minutes=3),
    "statement": Reader(read_statement_lines, SEEDS["statement"], minutes=2),
    "chapter": Reader(read_chapter_text, SEEDS["chapter"], minutes=2),
    "status": Reader(read_status_text, SEEDS["status"], minutes=3),
    "ledger": Reader(read_ledger, SEEDS["ledger"], minutes=3),
    "saft": Reader(read_saft, SEEDS["saft"], minutes=2),
    "register": Reader(read_register, SEEDS["register"], minutes=2),
    "settings": Reader(read_settings, SEEDS["settings"]),
    "settings-file": Reader(read_settings_file, SEEDS["settings-file"]),
    "draft": Reader(read_draft, SEEDS["draft"]),
    "packed": Reader(read_packed, SEEDS["packed"]),
    "journal": Reader(read_journal, SEEDS["journal"], minutes=2),
    "lineage": Reader(read_lineage_text, SEEDS["lineage"], minutes=2),
    "package": Reader(read_package, SEEDS["package"], minutes=3),
    "form": Reader(read_form_cells, SEEDS["form"], minutes=2),
    "export": Reader(read_exported, SEEDS["export"], minutes=2),
}
