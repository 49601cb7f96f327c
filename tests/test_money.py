"""Amounts as people and ledgers write them: read exactly, or refused."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.golden_files import hold
from tracker.money import (
    Unit,
    UnreadableAmountError,
    in_thousands,
    parse_amount,
    parse_kroner,
    unit_said,
    write_number,
)

SPELLINGS = {
    "0": "0",
    "12345": "12345",
    "1 234 567": "1234567",
    "1\u00a0234\u00a0567": "1234567",
    "1\u202f234\u202f567": "1234567",
    "1\u2009234": "1234",
    "1\t234": "1234",
    "  1 234  ": "1234",
    "1.234.567": "1234567",
    "123.456.789": "123456789",
    "123,456,789.50": "123456789.50",
    "1.234": "1234",
    "1,234,567": "1234567",
    "1'234'567": "1234567",
    "1.234,50": "1234.50",
    "1,234.50": "1234.50",
    "1 234,50": "1234.50",
    "1 234 567,8": "1234567.8",
    "1.234.567,89": "1234567.89",
    "12,50": "12.50",
    "12.5": "12.5",
    "12,5": "12.5",
    "0,75": "0.75",
    "0,750": "0.750",
    "0.125": "0.125",
    "1234,567": "1234.567",
    "-12": "-12",
    "- 12": "-12",
    "\u221212": "-12",
    "\u201312": "-12",
    "12-": "-12",
    "12 -": "-12",
    "(12)": "-12",
    "(1 234,50)": "-1234.50",
    "+12": "12",
    "kr 345.000,-": "345000",
    "345.000,-": "345000",
    "345 000.-": "345000",
    "345 000,00": "345000",
    "kr 12": "12",
    "kr. 12": "12",
    "kr -12": "-12",
    "-kr 12": "-12",
    "NOK 1 000": "1000",
    "NOK -12": "-12",
    "12 kr": "12",
    "12 kr.": "12",
    "12 kroner": "12",
    "12,3 mill": "12300000",
    "12,3 mill.": "12300000",
    "12,3 mill. kroner": "12300000",
    "12,3 MILL. KR": "12300000",
    "1,234 mill. kroner": "1234000",
    "-0,5 mill.": "-500000",
    "MNOK 3,5": "3500000",
    "3,5 MNOK": "3500000",
    "tkr 12": "12000",
    "12 tkr": "12000",
    "TNOK 12": "12000",
    "12 000 tkr": "12000000",
    "1,214 milliarder kroner": "1214000000",
    "0,5 mrd.": "500000000",
}
NO_AMOUNT = [
    "", " ", "-", "--12", "abc", "12a", "a12", "12 %", "1 2 3", "12 34", "1234 567", "1 234 5", "1.2.3", "1.234.56",
    "1,23,456", "12..5", "12,", ",50", "1e5", "٣", "²", "0x10", "12 13", "12;5", "kr", "mill", "12 dollar", "(12",
    "12)", "1 234.567,8 9", "9" * 16, "inf", "nan", "=1+1", "12 mill 13", "-(12)", "(-12)", "-12-",
]  # fmt: skip


@pytest.mark.parametrize(("text", "kroner"), SPELLINGS.items())
def test_every_spelling_is_read_exactly(text: str, kroner: str) -> None:
    assert parse_amount(text) == Decimal(kroner)


@pytest.mark.parametrize("text", NO_AMOUNT)
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(UnreadableAmountError):
        parse_amount(text)


@pytest.mark.parametrize(
    ("text", "unit", "readings"),
    [
        ("1,234", Unit.KRONER, {"1.234", "1234"}),
        ("1.234", Unit.THOUSANDS, {"1.234", "1234"}),
        ("12.345", Unit.MILLIONS, {"12.345", "12345"}),
        ("999,999", Unit.KRONER, {"999.999", "999999"}),
    ],
)
def test_what_can_be_read_in_two_ways_is_refused_with_both(text: str, unit: Unit, readings: set[str]) -> None:
    with pytest.raises(UnreadableAmountError) as refused:
        parse_amount(text, unit=unit)
    assert set(refused.value.readings) == {Decimal(reading) * unit.value for reading in readings}


def test_a_unit_in_the_text_wins_over_the_columns() -> None:
    assert parse_amount("12", unit=Unit.THOUSANDS) == 12_000
    assert parse_amount("12 kr", unit=Unit.THOUSANDS) == 12
    assert parse_amount("1,5 mill.", unit=Unit.THOUSANDS) == 1_500_000


@pytest.mark.parametrize(("text", "kroner"), [("0,50", 1), ("-0,50", -1), ("1,49", 1), ("-1 234,50", -1235)])
def test_half_a_krone_is_rounded_away_from_zero(text: str, kroner: int) -> None:
    assert parse_kroner(text) == kroner


@given(st.integers(-(10**15) + 1, 10**15 - 1))
def test_what_is_written_is_read_back(number: int) -> None:
    assert parse_kroner(write_number(number)) == number


@given(
    st.integers(0, 10**12),
    st.sampled_from([" ", "\u00a0", "\u202f", ".", "'"]),
    st.sampled_from(["{}", "-{}", "({})", "{}-", "\u2212{}", "kr {}"]),
)
def test_any_separator_and_sign_is_read_rightly(number: int, separator: str, sign: str) -> None:
    written = sign.format(f"{number:,}".replace(",", separator))
    assert parse_amount(written) == (number if sign in {"{}", "kr {}"} else -number)


@given(st.text(alphabet="0123456789 .,'-()kr\u00a0", max_size=12))
def test_nothing_is_read_as_a_number_whose_digits_it_does_not_have(text: str) -> None:
    try:
        amount = parse_amount(text)
    except UnreadableAmountError:
        return
    digits = "".join(filter(str.isdigit, text))
    assert f"{abs(amount):f}".replace(".", "").lstrip("0") == digits.lstrip("0")


@given(st.integers(-(10**14), 10**14))
def test_thousands_are_rounded_alike_on_both_sides_of_zero(kroner: int) -> None:
    assert in_thousands(-kroner) == -in_thousands(kroner)
    assert abs(in_thousands(kroner) * 1000 - kroner) <= 500
    assert in_thousands(in_thousands(kroner) * 1000) == in_thousands(kroner)


def test_half_a_thousand_goes_away_from_zero() -> None:
    assert [in_thousands(kroner) for kroner in (499, 500, 1499, 1500, -499, -500)] == [0, 1, 1, 2, 0, -1]


# --- what was read before -----------------------------------------------------------------------------------------

NUMBERS = [
    "0", "00", "7", "12", "123", "1234", "0,5", "0,50", ",5", "5,", "0,234", "0.234", "00,234", "1,234", "1.234",
    "12,345", "12.345", "123,456", "123.456", "1234,567", "1234.567", "1.2", "1,23", "1.2345", "1,2345", "12,x", "1.x",
    "1.234,5", "1,234.5", "1.234,50", "1.234,567", "12.34,5", "1.234,5,6", "1.234.567", "1,234,567", "123.456.78",
    "1234.567.890", "1.23.456", "1..234", "1.234.56x", ".123.456", "1,234.567,8", "1.,5", "1.234,", "1 234",
    "12 345 678", "1 23", "1234 567", "1 234 5", "1 234,5", "1 234.567", "1 234,567", "0 ,234", "1 ,234", "1'234",
    "1'234,5", "1 234.567,8", "1,234 5", "1,2 3", "123456789012345", "1234567890123456", "12345678901234,56",
]  # fmt: skip
SIGNED = [
    "-{}", "- {}", "\u2212{}", "\u2012{}", "\u2013{}", "\u2014{}", "({})", "( {} )", "({}", "{})", "+{}", "+ {}", "{}-",
    "{} -", "{},-", "{}.-", "-{},-", "{}--", "+-{}", "kr -{}", "kr. -{}", "nok -{}", "nok - {}", "tkr -{}", "-kr {}",
]  # fmt: skip
WITH_UNIT = [
    "kr {}", "kr. {}", "KR{}", "nok {}", "tkr {}", "mnok {}", "tnok {}", "mill {}", "mkr {}", "kroner {}", "t {}",
    "kr nok {}", "euro {}", "{} kr", "{}kr", "{} kr.", "{} kroner", "{} nok", "{} tkr", "{} t", "{} t.", "{} tusen",
    "{} tusen kroner", "{} tusen kr", "{} tnok", "{} mill", "{} mill.", "{} mill. kr", "{} mill kroner", "{} million",
    "{} millioner", "{} millioner kroner", "{} mnok", "{} mkr", "{} mrd", "{} mrd. kr", "{} mrd kroner", "{} milliard",
    "{} milliarder", "{} milliarder kroner", "{} euro", "{} kr kr kr", "kr {} mill", "kr {},- mill.", "tkr {} mill.",
    "mnok {} tkr", "kr {} euro", "euro {} kr", "kr\u00a0{}", "{}\u202fmill.",
]  # fmt: skip
HEADINGS = [
    "", "Beløp", "Tall i kroner", "i 1000", "i 1 000 kr", "Beløp i 1.000", "hele 1000", "hele tusen", "Tusen kr",
    "1000 kr", "1 000\u00a0kroner", "(1000)", "(1 000)", "tkr", "TNOK", "kr 1000", "ansvar 1000-9999", "i 1000-2000",
    "2031000 kr", "i mill.", "hele millioner", "(mill. kr)", "mill kr", "mill. nok", "MNOK", "mkr", "beløp mill",
    "familien", "mill", "i 1000 kr, ikke i mill. kr", "art 1000 Lønn", "i 10000",
]  # fmt: skip


def _read(text: str, unit: Unit) -> str:
    try:
        return str(parse_amount(text, unit=unit))
    except UnreadableAmountError as refused:
        return " ".join(["?", *map(str, refused.readings)])


def _amounts() -> Iterator[str]:
    written = [
        *NUMBERS,
        *(shape.format(number) for number in ("1 234", "1,234", "7x") for shape in (*SIGNED, *WITH_UNIT)),
    ]
    for text in written:
        yield " | ".join([text, *(_read(text, unit) for unit in Unit)])
    for text in HEADINGS:
        yield f"{text}: {unit_said(text).name}"
    for kroner in (-1_499_501, -1_500, -1_499, -500, -499, -1, 0, 1, 499, 500, 999, 1_499, 1_500, 12_345_678):
        yield f"{kroner}: {in_thousands(kroner)} {write_number(kroner)}"


def test_what_each_way_of_writing_an_amount_is_read_as_is_what_it_was(*, renew_golden: bool) -> None:
    """Bare, as thousands and as millions; a question mark where it is refused, with what it could have been."""
    hold("amounts.txt", _amounts(), renew=renew_golden)
