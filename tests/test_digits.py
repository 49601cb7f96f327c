"""What deciding digits promises: every well-formed reading is seen, arithmetic and sums choose, nothing is guessed."""

from __future__ import annotations

import time

import pytest

from tracker.published.column_sums import choose, tolerance
from tracker.published.content import Cells
from tracker.published.digits import Reading, numbers_at_end, preferred, readings
from tracker.published.line_join import join_lines


def cells(line: str, *, closed: bool = False) -> list[Cells]:
    return [reading.cells for reading in preferred(readings(line, closed=closed))]


def only(line: str) -> Reading:
    (reading,) = preferred(readings(line))
    return reading


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Skansen 15 000 344 4K-2028 1 000 344 656 Arbeidet", (15000, 344, "4K-2028", 1000, 344, 656)),
        ("Lys - - LØPENDE 8 400 5 426 2 974 Tekst", (None, None, "LØPENDE", 8400, 5426, 2974)),
        ("Veg – hovedplan – – LØPENDE 72 3 051 −2 978 Tekst", (None, None, "LØPENDE", 72, 3051, -2978)),
        ("Bru 11 300 14 021 4K-2032 -2 865 -144 -2 721 Tekst", (11300, 14021, "4K-2032", -2865, -144, -2721)),
        ("Kirke 74 730 16 762  3 296 2 083 1 213 Tekst", (74730, 16762, "", 3296, 2083, 1213)),
        ("Kirke 74 730 16 762 3 296 2 083 1 213 Tekst", (74730, 16762, "", 3296, 2083, 1213)),
        ("Null 0 0 Ferdig 0 0 0 5 boliger", (0, 0, "Ferdig", 0, 0, 0)),
        ("Skole 5 000 0 Ferdig 5 000 0 5 000 200 elever", (5000, 0, "Ferdig", 5000, 0, 5000)),
        ("Skole 9 000 800 4. kvartal 2025 1 000 800 200 Tekst", (9000, 800, "4. kvartal 2025", 1000, 800, 200)),
        ("Skole 9 000 800 Utsatt 1 000 800 200 Tekst", (9000, 800, "Utsatt", 1000, 800, 200)),
        ("Skole 9 000 800 2025 1 000 800 200 Tekst", (9000, 800, "2025", 1000, 800, 200)),
    ],
)
def test_a_row_is_read_in_the_one_way_that_adds_up(line: str, expected: Cells) -> None:
    assert cells(line) == [expected]


@pytest.mark.parametrize(
    ("deviation", "holds"), [("99", True), ("100", True), ("101", True), ("98", False), ("102", False)]
)
def test_rounding_may_make_one_and_no_more(deviation: str, holds: bool) -> None:  # noqa: FBT001
    found = readings(f"Skole 9 000 800 Ferdig 900 800 {deviation} Tekst")
    assert any(reading.holds for reading in found) is holds


def test_the_name_keeps_its_numbers_and_the_comment_its_own() -> None:
    line = "Kvartal 1 park på Sletta 12 - bygg 20 795 20 417 4K-2032 211 211 0 12 boliger"
    reading = only(line)
    assert line[: reading.name_end].strip() == "Kvartal 1 park på Sletta 12 - bygg"
    assert line[reading.comment_start :] == "12 boliger"


def test_spent_is_no_less_than_this_years_actual() -> None:
    # 357 | 729 629 and 357 729 | 629 both add up; with 5 000 this year only the first can be.
    assert cells("Skole 357 729 629 Ferdig 5 000 5 000 0 Tekst") == [(357, 729629, "Ferdig", 5000, 5000, 0)]
    assert len(cells("Skole 357 729 629 Ferdig 500 500 0 Tekst")) == 2
    # A sum counts the programmes in the year only.
    both = preferred(readings("Sum 357 729 629 Ferdig 5 000 5 000 0"), is_sum=True)
    assert len(both) == 2


def test_a_negative_year_says_nothing_of_what_was_spent() -> None:
    assert len(cells("Skole 2 828 299 Ferdig 0 -400 400 Tekst")) == 2


def test_a_wide_gap_parts_and_a_hard_space_binds() -> None:
    assert cells("Skole 357 729  629 Ferdig 500 500 0 Tekst") == [(357729, 629, "Ferdig", 500, 500, 0)]
    assert cells("Skole 357\u00a0729 629 Ferdig 500 500 0 Tekst") == [(357729, 629, "Ferdig", 500, 500, 0)]
    assert cells("Kvartal 3  120 000 5 000 Ferdig 1 1 0 Tekst") == [(120000, 5000, "Ferdig", 1, 1, 0)]
    # Hard spaces everywhere say nothing.
    assert len(cells("Skole 357 729 629 Ferdig 500 500 0".replace(" ", "\u00a0"))) == 2


def test_an_empty_completion_is_known_by_its_gap_and_a_comment_by_its_words() -> None:
    # 72 | 373 | 0 | 0 | 0 and a comment `0` add up as well.
    assert cells("Bru 72 373 0  0 0 0") == [(72373, 0, "", 0, 0, 0)]
    assert cells("Bru 72 373 0 0 0 0") == [(72373, 0, "", 0, 0, 0)]


def test_a_number_begins_with_no_zero_and_goes_on_in_threes() -> None:
    found = {amounts: against for amounts, _, against in numbers_at_end("Sum 1 000 44 5 678", 3)}
    assert found == {(1000, 44, 5678): 0, (44, 5, 678): 1}
    assert not list(numbers_at_end("Sum 1 2", 3))


def test_closed_leaves_no_digit_over() -> None:
    assert cells("Skole 9 000 800 Ferdig 900 800 100 200", closed=True) == []
    assert cells("Skole 9 000 800 Ferdig 900 800 100", closed=True) == [(9000, 800, "Ferdig", 900, 800, 100)]


@pytest.mark.parametrize("line", ["Prosjektet er ferdig 2024", "I 2023 ble 12 000 av 15 000 brukt", "1 380 000 kr", ""])
def test_prose_is_no_row(line: str) -> None:
    assert readings(line) == []


@pytest.mark.parametrize(
    ("lines", "kept", "expected"),
    [
        (["i 2023-", "2025 "], True, "i 2023-2025"),
        (["vann- ", "og avløp "], True, "vann- og avløp"),
        (["oppbevaring og -", "og annet "], True, "oppbevaring og -og annet"),
        (["Kjeller/", "Lia "], True, "Kjeller/Lia"),
        (["i 2023-", "2025"], False, "i 2023-2025"),
        (["vann-", "og avløp"], False, "vann- og avløp"),
        (["skole -", "ombygging"], False, "skole - ombygging"),
        (["oppbevaring og -", "produksjon"], False, "oppbevaring og -produksjon"),
        (["over\u00ad", "vann"], False, "overvann"),
        (["to  ord", "", "og\u00a0flere"], False, "to ord og flere"),
    ],
)
def test_lines_are_joined_where_the_word_goes_on(*, lines: list[str], kept: bool, expected: str) -> None:
    assert join_lines(lines, spaces_kept=kept) == expected


def test_the_sums_choose_among_what_is_open() -> None:
    rows = [[(1, 329), (1329, 9)], [(100, 50)], [(-1429, -59)]]
    assert choose(rows).picks == (1, 0, 0)


def test_one_wrong_column_leaves_the_rows_to_the_other() -> None:
    rows = [[(1, 329), (1329, 9)], [(100, 50)], [(-777, -59)]]
    choice = choose(rows)
    assert (choice.picks, choice.tied) == ((1, 0, 0), frozenset({1}))


def test_two_ways_that_tie_out_are_not_chosen_between() -> None:
    same = [(1, 329), (1329, 9)]
    choice = choose([same, same, [(100, 50)], [(-1430, -388)]])
    assert (choice.picks, choice.undecided) == (None, (0, 1))


def test_sums_that_contradict_each_other_decide_nothing() -> None:
    # The first column says one reading, the second the other.
    assert choose([[(1, 329), (1329, 9)], [(-1, -9)]]).picks is None


def test_nothing_open_is_nothing_checked() -> None:
    assert choose([[(5, 5)], [(-900, -900)]]).picks == (0, 0)


def test_the_allowance_is_half_a_thousand_a_line() -> None:
    assert tolerance(90) == 45
    near, far = [(1000, 0), (9000, 0)], [(-1001, 0)]
    assert choose([near, far]).picks == (0, 0)
    assert choose([near, [(-1002, 0)]]).picks is None


def test_forty_open_rows_are_decided_in_time() -> None:
    rows = [
        [(7919 * n % 9973 + n, 31 * n), (7919 * n % 9973 + n + 999 * n + 7, 31 * n + 1000 * n)] for n in range(1, 41)
    ]
    truth = tuple(n % 3 == 0 for n in range(40))
    sums = [-sum(row[pick][column] for row, pick in zip(rows, truth, strict=True)) for column in (0, 1)]
    began = time.perf_counter()
    choice = choose([*rows, [tuple(sums)]])
    assert time.perf_counter() - began < 10
    assert choice.picks in {None, (*truth, 0)}
