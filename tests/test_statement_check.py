"""What a check of somebody's § 5-5 promises: what is right passes, and what is wrong is named with its reason."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.published.statement_file import read_statement_file
from tests import statements as s
from tests.golden_files import hold
from tracker.ledger.mapping import Cell
from tracker.messages import Message, Refusal
from tracker.statement_check.checking import check_statement
from tracker.statement_check.reading import read_tables
from tracker.statement_check.recognising import recognise_signs, with_inside_signs
from tracker.statement_check.signs import DeviationSign
from tracker.statement_check.tables import ReadStatement, StatementTable
from tracker.statement_check.texts import rows_of_text
from tracker.statement_check.verdict import Behind, Check, Outcome, Verdict
from ui.words import words_in

SHARED = Path(__file__).parents[2] / "shared" / "data" / "arsmelding-2023-investeringsregnskap.txt"
BOTH = s.cells(s.FIRST) + s.cells(s.SECOND, heading=s.SECOND_HEADING)


def say(message: Message) -> str:
    """Put a message into words, its no-break spaces as the test writes them."""
    return words_in()(message).replace("\u00a0", " ")


def read(rows: Sequence[Sequence[Cell]]) -> ReadStatement:
    return read_tables(enumerate(rows, start=1))


def verdict(rows: s.Rows) -> Verdict:
    return check_statement(read(s.cells(rows)))


def first(rows: s.Rows) -> StatementTable:
    part = read(s.cells(rows)).part(1)
    assert part is not None
    return part


def failing(found: Verdict) -> list[Check]:
    return [check for check in found.checks if check.outcome is Outcome.FAILS]


def reason(rows: s.Rows) -> str:
    """Return why the first thing that fails does."""
    check = failing(verdict(rows))[0]
    assert check.reason is not None
    return say(check.reason)


def test_what_is_right_passes_in_every_column() -> None:
    found = check_statement(read(BOTH))
    assert found.findings == ()
    assert {check.id for check in found.checks} == {"sum", "balance", "deviation", "parts"}
    assert all(check.outcome is Outcome.HOLDS for check in found.checks)
    assert all(check.reason is None for check in found.checks)


def test_mixed_signs_behind_what_is_carried_forward_are_caught_and_explained() -> None:
    """The raw rows come to 0, and yet 20,9 mill. is carried forward: lending was taken with the wrong sign."""
    rows = s.spoiled(carried=-20_900)
    raw = sum(rows[label][0] for label in (s.SPENT, s.EARNED, s.LENDING, s.TRANSFERS))
    assert raw == 0
    check = failing(verdict(rows))[0]
    assert (check.id, check.printed, check.computed) == ("balance", -20_900_000, 0)
    told = say(check.words)
    assert "overføringer går opp i 0, men −20,9 mill. kroner er ført som udekket" in told
    assert f"«{s.LENDING}» er regnet med motsatt fortegn" in told


def test_a_section_in_other_signs_than_the_rest_is_caught_where_it_hides_what_is_uncovered() -> None:
    """Transfers stand without a minus, so that the rows as printed come to 0; as they are meant they don't."""
    rows = s.spoiled(
        moved=10_450, bound=0, unbound=0, transfers=10_450, loan=-323_550, earned=-417_000, carried=-20_900
    )
    rows = {label: (own, own) for label, (own, _) in rows.items()}
    assert sum(rows[label][0] for label in (s.SPENT, s.EARNED, s.LENDING, s.TRANSFERS)) == 0
    found = verdict(rows)
    mixed = [check for check in failing(found) if check.id == "signs"]
    assert all("fortegnene er blandet" in say(check.words) for check in mixed)
    assert [(say(check.title), check.printed, check.computed) for check in mixed] == [
        (f"«{s.CARRIED}», første ledd", -20_900_000, 0)
    ] * 2


def test_a_section_in_other_signs_is_no_fault_where_all_comes_out_right() -> None:
    turned = {s.MOVED, s.BOUND, s.UNBOUND, s.TRANSFERS}
    rows = {label: (-a, -b) if label in turned else (a, b) for label, (a, b) in s.FIRST.items()}
    found = verdict(rows)
    assert found.findings == ()
    assert found.signs.turned == {"operations", "bound-fund", "unbound-fund", "sum-transfers"}


def test_income_without_a_minus_is_recognised_and_holds() -> None:
    rows = {label: (abs(a), abs(b)) for label, (a, b) in s.FIRST.items()}
    rows[s.LENDING] = s.FIRST[s.LENDING]
    found = verdict(rows)
    assert not found.signs.income_negative
    assert found.findings == ()


@pytest.mark.parametrize("sign", [DeviationSign.ACTUAL_MINUS_BUDGET, DeviationSign.FAVOURABLE])
def test_the_deviations_own_sign_is_recognised(sign: DeviationSign) -> None:
    rows = s.cells({label: (abs(a), abs(b)) for label, (a, b) in s.FIRST.items() if label != s.LENDING})
    for row in rows[3:]:
        is_turned = sign is DeviationSign.ACTUAL_MINUS_BUDGET or row[0] in {*s.INCOMES, s.MOVED, s.BOUND, s.UNBOUND}
        is_turned = is_turned or row[0] in {s.BORROWED, s.REPAID, s.TRANSFERS}
        row[3] = -row[3] if is_turned else row[3]  # type: ignore[operator]
    found = check_statement(read(rows))
    assert found.signs.deviation is sign
    assert not [check for check in found.findings if check.id == "deviation"]


def test_inside_there_is_one_convention_whatever_was_printed() -> None:
    printed = {label: (abs(a), abs(b)) for label, (a, b) in s.FIRST.items()}
    printed[s.LENDING] = s.FIRST[s.LENDING]
    inside = [with_inside_signs(table, recognise_signs(table)) for table in (first(printed), first(s.FIRST))]
    assert [line.amounts for line in inside[0].lines] == [line.amounts for line in inside[1].lines]


def test_two_digits_that_were_swapped_are_named() -> None:
    told = reason(s.spoiled(given=21_000))
    assert "to sifre kan være byttet om" in told
    assert s.GIVEN in told
    assert "12 000 000 kr der det står 21 000 000 kr" in told


def test_a_figure_that_its_own_deviation_gives_away_is_put_right() -> None:
    rows = s.cells(s.spoiled(given=13_400))
    line = next(row for row in rows if row[0] == s.GIVEN)
    line[3] = 0
    total = next(row for row in rows if row[0] == s.SPENT)
    check = next(check for check in failing(check_statement(read(rows))) if check.id == "sum")
    assert total[1] == 417_000
    assert check.reason is not None
    assert "12 000 000 kr der det står 13 400 000 kr gir både summen og avviket" in say(check.reason).replace(
        "\u00a0", " "
    )


def test_a_line_counted_with_the_wrong_sign_is_named_and_so_is_the_line_itself() -> None:
    found = verdict(s.spoiled(sale=8_000))
    assert f"«{s.SALE}» er regnet med motsatt fortegn" in say(failing(found)[0].words)
    assert [check.outcome for check in found.checks if check.id == "signs"] == [Outcome.DOUBT]


def test_a_line_in_kroner_among_thousands_is_named() -> None:
    assert reason(s.spoiled(shares=5_000_000)) == f"«{s.SHARES}» står i kroner der resten står i tusen"


def test_a_line_that_the_sum_leaves_out_is_named() -> None:
    assert reason(s.spoiled(spent=412_000)) == f"«{s.SHARES}» er ikke regnet med i summen"


def test_a_line_that_is_missing_is_looked_for_in_the_other_part() -> None:
    rows = {label: amounts for label, amounts in s.FIRST.items() if label != s.GIVEN}
    found = check_statement(read(s.cells(rows) + s.cells(s.SECOND, heading=s.SECOND_HEADING)))
    assert f"linjen «{s.GIVEN}» mangler her, men står i den andre delen" in say(failing(found)[0].words)
    alone = failing(check_statement(read(s.cells(rows))))[0]
    assert f"en linje kan mangle; forskriften har også «{s.GIVEN}»" in say(alone.words)


def test_a_sum_that_is_missing_is_told() -> None:
    rows = {label: amounts for label, amounts in s.FIRST.items() if label != s.EARNED}
    found = failing(verdict(rows))
    assert [check.id for check in found] == ["missing-line"]
    assert s.EARNED in say(found[0].words)


def test_the_two_parts_are_held_against_each_other() -> None:
    second = s.spoiled(s.SECOND, assets=401_000)
    second["Helse"] = (101_000, 110_000)
    second["Sum brutto investeringer"] = (418_000, 467_000)
    found = failing(check_statement(read(s.cells(s.FIRST) + s.cells(second, heading=s.SECOND_HEADING))))
    assert {check.id for check in found} == {"parts"}
    assert [check.difference for check in found] == [1_000_000, -1_000_000, 1_000_000, -1_000_000]


def test_a_deviation_that_is_not_the_difference_is_told() -> None:
    rows = s.cells(s.FIRST)
    next(row for row in rows if row[0] == s.VAT)[3] = 10_000
    found = failing(check_statement(read(rows)))
    assert [check.id for check in found] == ["sum", "deviation"]
    assert found[1].reason is not None
    assert say(found[1].reason) == "avviket har motsatt fortegn av de andre linjenes"


def test_a_deviation_with_the_wrong_sign_is_named_where_it_spoils_its_sum() -> None:
    rows = s.cells(s.FIRST)
    next(row for row in rows if row[0] == s.VAT)[3] = 10_000
    check = failing(check_statement(read(rows)))[0]
    assert check.reason is not None
    assert say(check.reason) == f"fortegnet i «{s.VAT}» er feil: det motsatte gir både summen og avviket på linjen"


def test_lending_that_is_left_out_is_told_as_what_may_be_missing() -> None:
    lending = {s.LENT, s.BORROWED, s.REPAYING, s.REPAID, s.LENDING}
    found = failing(verdict({label: own for label, own in s.FIRST.items() if label not in lending}))
    assert "bevilgningsoversikten har ingen linjer for videreutlån" in say(found[0].words)


WRONG: dict[str, Callable[[int], int]] = {
    "1 500 for lite": lambda amount: amount - 1_500,
    "med to sifre byttet": lambda amount: int(re.sub(r"(\d)(\d)", r"\2\1", str(amount), count=1)),
    "med motsatt fortegn": lambda amount: -amount,
    "avvik 1 for mye": lambda amount: amount + 1,
}


def wrongs(rows: s.Rows, heading: str) -> Iterator[tuple[str, list[list[Cell]]]]:
    """Yield a statement with one thing wrong, each way in each line, and what is wrong in words."""
    for label in rows:
        for told, wrong in WRONG.items():
            made = s.cells(rows, heading=heading)
            line = next(row for row in made if row[0] == label)
            column = 3 if told.startswith("avvik") else 1
            line[column] = wrong(int(line[column]))  # type: ignore[arg-type]
            yield f"{label} {told}", made
        yield f"{label} mangler", [row for row in s.cells(rows, heading=heading) if row[0] != label]


def _named(one: Behind) -> str:
    return one.name if isinstance(one.name, str) else say(one.name)


def told_of(found: Verdict) -> Iterator[str]:
    """Yield every check that doesn't simply hold: how it came out, from which figures, and why it may have."""
    yield f"  {found.signs.income_negative} {found.signs.deviation.value} {sorted(found.signs.turned)}"
    for check in found.checks:
        if check.outcome is not Outcome.HOLDS:
            yield f"  {check.id} {check.outcome.value} {check.printed} {check.computed} ±{check.allowance}"
            yield f"    {say(check.words)}"
            behind = "; ".join(f"{_named(one)} {one.amount}" for one in check.behind)
            yield f"    {check.paragraph} {check.place} {check.at}: {behind}"


def test_what_is_told_of_each_wrong_figure_is_what_was_told_before(*, renew_golden: bool) -> None:
    """Somebody who changes how a fault is found or explained sees here what becomes of the others."""
    spoiled = [*wrongs(s.FIRST, s.FIRST_HEADING), *list(wrongs(s.SECOND, s.SECOND_HEADING))[::2]]
    told = (line for name, rows in spoiled for line in (name, *told_of(check_statement(read(rows)))))
    hold("statement.txt", told, renew=renew_golden)


@given(
    label=st.sampled_from(list(s.FIRST)),
    column=st.sampled_from([1, 2]),
    thousands=st.integers(3, 10**6),
    is_less=st.booleans(),
)
def test_no_wrong_figure_goes_unseen(label: str, column: int, thousands: int, *, is_less: bool) -> None:
    """A figure that is off by three thousand or more, in any line and column, is caught."""
    rows = s.cells(s.FIRST)
    line = next(row for row in rows if row[0] == label)
    line[column] += -thousands if is_less else thousands  # type: ignore[operator]
    assert failing(check_statement(read(rows)))


@given(off=st.integers(-2, 2), label=st.sampled_from(list(s.FIRST)))
def test_rounding_is_no_fault_and_is_told_with_its_allowance(off: int, label: str) -> None:
    """One off in a line of thousands is rounding; two may be, in a sum of five."""
    rows = dict(s.FIRST)
    rows[label] = (rows[label][0] + off, rows[label][1] + off)
    found = [check for check in verdict(rows).checks if check.difference]
    assert all(abs(check.difference or 0) > check.allowance or check.outcome is Outcome.ROUNDING for check in found)
    if abs(off) <= 1:
        assert all(check.outcome is Outcome.ROUNDING for check in found if check.id in {"sum", "balance"})


def test_kroner_and_thousands_are_told_apart_also_where_nothing_says_it() -> None:
    for unit, times in (("Hele kroner", 1000), ("", 1000), ("", 1), ("Tall i hele tusen", 1)):
        found = read(s.cells(s.FIRST, unit=unit, times=times))
        assert [line.amounts[0] for line in found.tables[0].lines][:2] == [400_000_000, 12_000_000]
        assert found.unit_is_said == bool(unit)


def test_text_with_one_space_everywhere_is_read_as_the_sheet_is(tmp_path: Path) -> None:
    (tmp_path / "tekst.txt").write_text(s.text(s.FIRST) + s.text(s.SECOND, heading=s.SECOND_HEADING), encoding="utf-8")
    written = read_statement_file(tmp_path / "tekst.txt")
    book = read_statement_file(
        s.write_book(
            tmp_path / "bok.xlsx",
            {"Første": s.cells(s.FIRST), "Andre": s.cells(s.SECOND, heading=s.SECOND_HEADING)},
        )
    )
    as_csv = "\n".join(";".join(map(str, row)) for row in BOTH)
    (tmp_path / "fil.csv").write_text(as_csv, encoding="cp1252")
    for other in (written, book, read_statement_file(tmp_path / "fil.csv")):
        assert [[(line.label, line.amounts) for line in table.lines] for table in other.tables] == [
            [(line.label, line.amounts) for line in table.lines] for table in read(BOTH).tables
        ]


def test_text_without_any_column_titles_is_read_by_what_all_its_lines_can_be() -> None:
    for columns in (1, 2, 3):
        lines = [
            " ".join([label, *(f"{amount:,}".replace(",", " ") for amount in (own, revised, revised - own)[:columns])])
            for label, (own, revised) in s.FIRST.items()
        ]
        found = read_tables(rows_of_text(lines))
        assert [line.amounts[0] for line in found.tables[0].lines] == [own * 1000 for own, _ in s.FIRST.values()]
        assert check_statement(found).findings == ()


@pytest.mark.parametrize("mark", [";", "\t", " | "])
def test_text_with_marks_between_its_cells_has_its_columns_by_their_titles(mark: str) -> None:
    rows = [
        ["Post", "Regnskap 2031", "Rev. budsjett 2031"],
        *([label, *map(str, own)] for label, own in s.FIRST.items()),
    ]
    found = read_tables(rows_of_text([mark.join(row) for row in rows]))
    assert [column.year for column in found.tables[0].columns] == [2031, 2031]
    assert check_statement(found).findings == ()


@pytest.mark.parametrize("label", [s.GIVEN, s.SPENT, s.GRANTS, s.LOAN, s.EARNED, s.TRANSFERS])
def test_two_swapped_digits_in_a_text_where_nothing_parts_the_columns_are_still_named(label: str) -> None:
    right, revised = s.FIRST[label]
    digits = str(abs(right))
    at = next(at for at in range(len(digits) - 1) if digits[at] != digits[at + 1])
    wrong = int(digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :]) * (1 if right > 0 else -1)
    before, after = (f"{label} {amount:,} ".replace(",", " ") for amount in (right, wrong))
    found = check_statement(read_tables(rows_of_text(s.text(s.FIRST).replace(before, after).splitlines())))
    reasons = [say(check.reason) for check in failing(found) if check.id == "sum" and check.reason is not None]
    assert revised
    assert any("to sifre er byttet om" in told and f"«{label}»" in told for told in reasons)


def test_a_wrong_figure_in_a_text_is_read_as_it_stands() -> None:
    found = read_tables(rows_of_text(s.text(s.spoiled(given=13_400)).splitlines()))
    assert [line.amounts[0] for line in found.tables[0].lines if line.label == s.GIVEN] == [13_400_000]
    assert failing(check_statement(found))


def test_a_file_without_the_regulations_lines_is_refused_in_a_sentence() -> None:
    with pytest.raises(Refusal) as refused:
        read([["Prosjekt", "Regnskap 2031"], ["Skole", 12]])
    assert "Fant ingen linjer fra bevilgningsoversikten § 5-5" in say(refused.value.reason)


@pytest.mark.skipif(not SHARED.exists(), reason="the published chapter is not here")
def test_the_published_statement_of_2023_holds_with_its_rounding_told() -> None:
    found = check_statement(read_statement_file(SHARED))
    assert found.findings == ()
    assert len(found.checks) > 100
    assert {check.difference for check in found.checks if check.outcome is Outcome.ROUNDING} <= {-1000, 1000, 2000}
