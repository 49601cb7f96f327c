"""Files and choices of columns that nobody would make: a sentence or a right import, never a wrong figure.

The long run, fifty times as many: `LONG=50 pytest tests/test_ledger_fuzz.py --timeout=3600`.
"""

from __future__ import annotations

import os
from collections import defaultdict
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from db.trouble import Trouble
from tests.ledgers import SHAPES, postings
from tests.test_ledger_import import municipality, planned
from tracker.kinds import LedgerContent
from tracker.ledger.accounts import EVERYTHING
from tracker.ledger.mapping import Mapping, Use
from tracker.messages import Refusal
from tracker.money import Unit

LONG = int(os.environ.get("LONG", "1"))
HEADINGS = ("A", "B", "C", "D", "E", "F")
LINES = [
    ("41001", "202301", "02300", "1 000,00", "", "15.01.2023"),
    ("41002", "202302", "02500", "", "250,50", "28.02.2023"),
    ("41999", "202302", "02300", "-12,00", "", "01.02.2023"),
    ("41001", "202312", "41002", "7,25", "1,00", "31.12.2023"),
]


def mappings() -> st.SearchStrategy[Mapping]:
    """Make mappings of any columns to any uses."""
    return st.builds(
        Mapping,
        columns=st.dictionaries(st.sampled_from(list(Use)), st.sampled_from(HEADINGS), min_size=2),
        unit=st.sampled_from(list(Unit)),
        is_negated=st.booleans(),
        repeats_code=st.booleans(),
        is_keyed=st.booleans(),
        year=st.sampled_from([None, 2023]),
        month=st.sampled_from([None, 2, 12]),
        content=st.sampled_from([LedgerContent.TRANSACTIONS, LedgerContent.BALANCES]),
        accounts=st.just(EVERYTHING),
    )


def ore(text: str, unit: Unit) -> int:
    """Read an amount the plainest way."""
    plain = text.replace(" ", "").replace(",", ".")
    return int(Decimal(plain) * 100 * unit.value) if plain else 0


def exact(mapping: Mapping) -> dict[str, int]:
    """Add up the lines by code as a mapping says, one by one."""
    sums: dict[str, int] = defaultdict(int)
    last = ""
    for line in LINES:
        cells = dict(zip(HEADINGS, line, strict=True))
        held = {use: cells[title] for use, title in mapping.columns.items()}
        code = held[Use.CODE] or (last if mapping.repeats_code else "")
        last = code
        if Use.AMOUNT in held:
            amount = ore(held[Use.AMOUNT], mapping.unit)
        else:
            amount = ore(held[Use.DEBIT], mapping.unit) - ore(held[Use.CREDIT], mapping.unit)
        if code:
            sums[code] += -amount if mapping.is_negated else amount
    return sums


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=300 * LONG)
@given(mappings())
@example(Mapping(columns={Use.CODE: "A", Use.PERIOD: "B", Use.AMOUNT: "D"}, accounts=EVERYTHING))
@example(Mapping(columns={Use.CODE: "A", Use.DATE: "F", Use.DEBIT: "D", Use.CREDIT: "E"}, accounts=EVERYTHING))
@example(Mapping(columns={Use.CODE: "C", Use.PERIOD: "B", Use.AMOUNT: "A"}, accounts=EVERYTHING, is_negated=True))
def test_whatever_columns_are_chosen_the_sums_are_those_or_it_is_refused(tmp_path: Path, mapping: Mapping) -> None:
    path = tmp_path / "valg.csv"
    path.write_text("\n".join(map(";".join, (HEADINGS, *LINES))) + "\n", encoding="utf-8")
    try:
        _, read = planned(path, municipality(), mapping=mapping)
    except Refusal:
        return
    found: dict[str, int] = defaultdict(int)
    for (code, _, _), amount in read.reading.sums.items():
        found[code] += amount
    assert {code: amount for code, amount in found.items() if amount} == {
        code: amount for code, amount in exact(mapping).items() if amount
    }


TEXTS = ("debit-credit.csv", "signed.txt", "negative.csv", "saft.xml")
BOOKS = ("balances.xlsx", "dates.ods", "old.xls", "binary.xlsb")
DAMAGE = st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), max_size=4)


def damaged(whole: bytes, kept: float, strikes: list[tuple[float, int]]) -> bytes:
    """Cut a file short, and overwrite some of its bytes."""
    left = bytearray(whole[: int(len(whole) * kept)])
    for at, byte in strikes:
        if left:
            left[int(at * len(left))] = byte
    return bytes(left)


def read_damaged(folder: Path, shape: str, kept: float, strikes: list[tuple[float, int]]) -> None:
    """Read a damaged export: it is read, or refused in a sentence."""
    source, broken = folder / shape, folder / f"skadet-{shape}"
    if not source.exists():
        SHAPES[shape](source, postings(40))
    broken.write_bytes(damaged(source.read_bytes(), kept, strikes))
    try:
        planned(broken, municipality())
    except (Refusal, Trouble):
        return


@pytest.mark.parametrize("shape", TEXTS)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60 * LONG, deadline=None)
@given(kept=st.floats(0, 1), strikes=DAMAGE)
def test_a_damaged_text_is_read_or_refused_in_a_sentence(
    tmp_path: Path, shape: str, kept: float, strikes: list[tuple[float, int]]
) -> None:
    read_damaged(tmp_path, shape, kept, strikes)


@pytest.mark.parametrize("shape", BOOKS)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=10 * LONG, deadline=None)
@given(kept=st.floats(0, 1), strikes=DAMAGE)
def test_a_damaged_book_is_read_or_refused_in_a_sentence(
    tmp_path: Path, shape: str, kept: float, strikes: list[tuple[float, int]]
) -> None:
    read_damaged(tmp_path, shape, kept, strikes)
