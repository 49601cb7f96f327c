"""What reading the published table as text promises: it comes back equal, or is refused; never a wrong figure.

The long run changes the real table four times as often: `LONG=4 pytest tests/test_published_table.py`.
"""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from db.published import report as published_report
from db.published.report import read_published_table
from tests.published_pages import HEADER, Layout, all_rows, random_table, seeded, write_text
from tracker.messages import Message, Refusal
from tracker.published.content import PublishedRow, PublishedTable
from tracker.published.digits import Reading
from tracker.published.table_text import read_table
from tracker.published.table_trouble import write_cells

SHARED = Path(__file__).parents[2] / "shared" / "data" / "arsmelding-2023-investeringer.txt"
real_file = pytest.mark.skipif(not SHARED.exists(), reason="the real report is not here")
SEED = 20
LONG = int(os.environ.get("LONG", "1"))


def said(what: Message) -> str:
    return what.text.format_map(dict(what.values))


def refusal(text: str) -> Refusal:
    with pytest.raises(Refusal) as caught:
        read_table(text.split("\n"))
    return caught.value


def sentence(text: str) -> str:
    return said(refusal(text).reason)


def outcome(text: str) -> PublishedTable | Refusal:
    """Read, and return the refusal where there is one."""
    try:
        return replace(read_table(text.split("\n")), leftovers=())
    except Refusal as caught:
        return caught


def bare(table: PublishedTable) -> PublishedTable:
    return replace(table, leftovers=())


def row(name: str, *cells: int | str | None, comment: str = "Tekst.") -> PublishedRow:
    total_budget, total_spent, completion, revised, actual, deviation = cells
    return PublishedRow(
        name=name,
        total_budget=total_budget,  # type: ignore[arg-type]
        total_spent=total_spent,  # type: ignore[arg-type]
        completion=str(completion),
        revised_budget=revised,  # type: ignore[arg-type]
        actual=actual,  # type: ignore[arg-type]
        deviation=deviation,  # type: ignore[arg-type]
        comment=comment,
    )


def table(*rows: PublishedRow) -> PublishedTable:
    columns = ("total_budget", "total_spent", "revised_budget", "actual", "deviation")
    sums = [sum(getattr(one, column) or 0 for one in rows) for column in columns]
    total = row("Sum", sums[0], sums[1], "", *sums[2:], comment="")
    return PublishedTable(rows=rows, other=None, total=total)


def names_candidate(caught: Refusal, rows: list[PublishedRow]) -> bool:
    """Whether some refused row's true reading stands among the details."""
    listed = {said(detail) for detail in caught.details}
    return any(f"«{one.name}»: {_cells(one)}" in listed for one in rows)


def _cells(one: PublishedRow) -> str:
    cells = (one.total_budget, one.total_spent, one.completion, one.revised_budget, one.actual, one.deviation)
    return write_cells(Reading(cells=cells, name_end=0, comment_start=0))


layouts = st.builds(
    Layout,
    lines_a_page=st.integers(5, 50),
    page_headers=st.booleans(),
    trailing_spaces=st.booleans(),
)


@settings(max_examples=60, deadline=None)
@given(
    seed=st.integers(0, 2**32),
    rows=st.integers(1, 40),
    other=st.booleans(),
    numbered=st.booleans(),
    layout=layouts,
)
def test_what_is_written_is_read_back_or_refused_with_the_truth_among_the_candidates(
    *, seed: int, rows: int, other: bool, numbered: bool, layout: Layout
) -> None:
    written = random_table(seeded(seed), rows=rows, other=other, numbered=numbered)
    read = outcome(write_text(written, layout))
    event("refused" if isinstance(read, Refusal) else "read")
    if not isinstance(read, Refusal):
        assert read == written
    elif "byttet plass" in read.reason.text:
        # A number at the end of a name may be read as the total, which then is small: that row counts too.
        assert numbered or sum((one.total_spent or 0) > (one.total_budget or 0) for one in written.rows) >= 3
    else:
        assert "flere måter" in read.reason.text or "skillet mellom navn og tall" in read.reason.text
        assert names_candidate(read, all_rows(written))


def test_refusals_are_rare() -> None:
    written = [random_table(seeded(seed), rows=30) for seed in range(40)]
    read = [outcome(write_text(one)) for one in written]
    refused = [one for one in read if isinstance(one, Refusal)]
    assert len(refused) <= 5
    assert [one for one in read if one not in written] == refused


@pytest.fixture(scope="module")
def own() -> tuple[PublishedTable, str]:
    written = random_table(seeded(SEED), rows=40)
    text = write_text(written, Layout(lines_a_page=35))
    assert bare(read_table(text.split("\n"))) == written
    return written, text


def test_a_text_cut_anywhere_never_gives_a_wrong_row(own: tuple[PublishedTable, str]) -> None:
    _cut_anywhere(*own)


@real_file
def test_the_real_text_cut_anywhere_never_gives_a_wrong_row() -> None:
    _cut_anywhere(bare(read_published_table(SHARED)), SHARED.read_text("utf-8"), every=max(1, 5 // LONG))


def _cut_anywhere(whole: PublishedTable, text: str, *, every: int = 1) -> None:
    rng = seeded(SEED)
    last_row = text.rindex("\nSum ")
    places = [*(rng.randrange(len(text)) for _ in range(15)), *range(last_row, len(text.rstrip()) + 1)][::every]
    refused = 0
    for place in places:
        read = outcome(text[:place])
        assert isinstance(read, Refusal) or read == whole
        refused += isinstance(read, Refusal)
    assert refused >= 50 // every


def test_a_cut_text_names_the_last_project(own: tuple[PublishedTable, str]) -> None:
    written, text = own
    assert f"«{written.other.name if written.other else ''}»" not in sentence(text[: text.rindex("\nSum øvrige")])
    assert f"siste prosjekt som ble lest, er «{written.rows[-1].name}»" in sentence(text[: text.rindex("\nSum ")])


def test_a_changed_digit_is_read_as_printed_or_refused(own: tuple[PublishedTable, str]) -> None:
    _change_digits(own[0])


@real_file
def test_a_changed_digit_in_the_real_table_is_read_as_printed_or_refused() -> None:
    _change_digits(bare(read_published_table(SHARED)), times=12 * LONG)


TITLES = {"total_budget": "Vedtatt totalt", "total_spent": "Påløpt totalt"}


def _change_digits(whole: PublishedTable, *, times: int = 50) -> None:
    """Change one digit in one cell: the other cells stay, and a year that no longer adds up is refused with its row."""
    rng = seeded(SEED)
    equal = 0
    for _ in range(times):
        at = rng.randrange(len(whole.rows))
        column = rng.choice(("total_budget", "total_spent", "revised_budget", "actual", "deviation"))
        old = getattr(whole.rows[at], column)
        if not old:
            continue
        digits = list(str(abs(old)))
        place = rng.randrange(len(digits))
        digits[place] = rng.choice([digit for digit in "123456789" if digit != digits[place]])
        new = int("".join(digits)) * (1 if old > 0 else -1)
        changed_row = replace(whole.rows[at], **{column: new})
        changed = replace(whole, rows=(*whole.rows[:at], changed_row, *whole.rows[at + 1 :]))
        off = abs(changed_row.revised_budget - changed_row.actual - changed_row.deviation)
        read = outcome(write_text(changed))
        if off > 1:
            assert isinstance(read, Refusal)
            assert changed_row.name in said(read.reason)
        elif isinstance(read, Refusal):
            assert f"Kolonnen «{TITLES[column]}»" in said(read.reason) or "flere måter" in read.reason.text
        else:
            assert read == changed
            equal += 1
    assert equal >= times // 5


def test_a_wrong_digit_in_a_total_is_refused_with_its_column_where_a_row_could_be_read_to_hide_it() -> None:
    printed = table(*ROWS, row("Asak", 1329, 964, "4K-2032", 1329, 964, 365))
    wrong = replace(printed, rows=(replace(printed.rows[0], total_budget=10100), *printed.rows[1:]))
    caught = refusal(write_text(wrong))
    assert "Kolonnen «Vedtatt totalt» er 1\u00a0000 tusen kroner fra den trykte summen" in said(caught.reason)
    assert "«Asak»" in said(caught.reason)


def test_a_row_that_does_not_add_up_is_refused_with_its_figures_and_closest_reading() -> None:
    broken = row("Ny skole", 9000, 800, "Ferdig", 1900, 800, 100)
    caught = refusal(write_text(table(broken)))
    assert "«Ny skole»" in said(caught.reason)
    assert "9 000 800 Ferdig 1 900 800 100" in said(caught.reason)
    assert "9\u00a0000 | 800 | Ferdig | 1\u00a0900 | 800 | 100" in said(caught.details[0])
    assert "1\u00a0100" in said(caught.details[0])


ROWS = (
    row("Ny skole", 9100, 2800, "Ferdig", 1900, 800, 1100),
    row("Lia barnehage", 19000, 7400, "4K-2032", 5000, 5400, -400),
    row("Bru", 29400, 12600, "", 3000, 1000, 2000),
    row("Vei", None, None, "LØPENDE", 4000, 1500, 2500),
)


@pytest.mark.parametrize(
    ("one", "other", "first", "second"),
    [
        ("revised_budget", "actual", "Rev. bud.", "Regnskap"),
        ("revised_budget", "deviation", "Rev. bud.", "Avvik i kr"),
        ("total_budget", "total_spent", "Vedtatt totalt", "Påløpt totalt"),
    ],
)
def test_columns_that_changed_places_are_named(one: str, other: str, first: str, second: str) -> None:
    changed = [
        replace(each, **{one: getattr(each, other), other: getattr(each, one)}) for each in (*ROWS, table(*ROWS).total)
    ]
    text = write_text(PublishedTable(rows=tuple(changed[:-1]), other=None, total=changed[-1]))
    assert f"«{first}» og «{second}» ser ut til å ha byttet plass" in sentence(text)


def test_a_header_in_another_order_is_refused_with_both_orders() -> None:
    text = write_text(table(*ROWS)).replace("Rev. bud. Regnskap", "Regnskap Rev. bud.")
    assert "Fant: Vedtatt totalt, Påløpt totalt, Est. ferdig, Regnskap, Rev. bud., Avvik i kr, Kommentar" in sentence(
        text
    )
    assert "Ventet: Vedtatt totalt, Påløpt totalt, Est. ferdig, Rev. bud., Regnskap" in sentence(text)


def test_a_text_without_the_table_is_refused() -> None:
    assert "overskriften til prosjekttabellen" in sentence("Bare prosa.\n\nMer prosa om Regnskap og Avvik.")


def test_a_header_without_rows_is_refused() -> None:
    assert "ingen prosjekter" in sentence("\n".join(HEADER))


def test_leftovers_hold_the_prose_before_and_after_and_no_furniture() -> None:
    text = write_text(table(*ROWS), Layout(lines_a_page=3)) + "\n\nEtter tabellen \nkommer prosa. \n\nSide 9 av 9"
    assert read_table(text.split("\n")).leftovers == (
        "Status investeringsprosjekter",
        "Beløp i 1000",
        "Etter tabellen kommer prosa.",
    )


def test_a_single_title_beside_the_only_page_number_is_kept_as_leftover() -> None:
    text = write_text(table(*ROWS)).replace("Bru 29 400", "\n\nRapport 2031 \n\nSide 1 av 2 \n\nBru 29 400")
    read = read_table(text.split("\n"))
    assert "Rapport 2031" in read.leftovers
    assert read.rows[1].comment == "Tekst."


def test_a_blank_line_inside_a_comment_ends_nothing() -> None:
    text = write_text(table(replace(ROWS[0], comment="I41037 Bane"), *ROWS[1:])).replace(
        "Bane", "Bane \n\nLia: igangsatt"
    )
    assert read_table(text.split("\n")).rows[0].comment == "I41037 Bane Lia: igangsatt"


def test_figures_without_a_name_are_refused() -> None:
    text = write_text(table(*ROWS)).replace("Bru 29 400", "29 400")
    assert "prosjektnavnet" in sentence(text)


@pytest.mark.parametrize("figures", ["9 1OO 2 800", "9 100 2 80"])
def test_a_figure_that_is_none_is_refused_and_no_comment(figures: str) -> None:
    text = write_text(table(*ROWS[1:], ROWS[0])).replace("9 100 2 800", figures)
    assert "Ny skole" in sentence(text)


def test_a_year_with_a_letter_in_it_is_refused() -> None:
    text = write_text(table(*ROWS[1:], ROWS[0])).replace("1 900 800 1 100", "1 9OO 800 1 100")
    assert "«Ny skole 9 100 2 800 Ferdig 1 9OO 800 1 100 Tekst.»" in sentence(text)


def test_a_number_at_the_end_of_a_name_is_not_guessed() -> None:
    rows = (row("Kvartal 3", 120000, 5000, "4K-2030", 10, 5, 5), *ROWS[:3])
    caught = refusal(write_text(table(*rows)))
    assert "«Kvartal»" in said(caught.reason)
    assert names_candidate(caught, list(rows))
    parted = write_text(table(*rows)).replace("Kvartal 3 120", "Kvartal 3  120")
    assert bare(read_table(parted.split("\n"))).rows == rows


def test_a_row_whose_earlier_years_had_an_income_is_read_by_both_sums() -> None:
    # 2 | 828 299 spends no less than this year, 2 828 | 299 does; both sums say the second.
    rows = (row("Torg", 2828, 299, "Ferdig", 400, 400, 0), *ROWS[:3])
    assert bare(read_table(write_text(table(*rows)).split("\n"))).rows == rows


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "rapport.txt"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_encodings_and_line_ends(file: Path, encoding: str, newline: str) -> None:
    file.write_bytes(write_text(table(*ROWS)).replace("\n", newline).encode(encoding))
    assert bare(read_published_table(file)) == table(*ROWS)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", "er tom"),
        (b" \n\n ", "er tom"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "verken en PDF eller en tekstfil"),
        (b"Tekst\x00", "verken en PDF eller en tekstfil"),
        (b"\xff\xfe\x00", "verken en PDF eller en tekstfil"),
        (b"\x8d\x81 \x90", "verken en PDF eller en tekstfil"),
    ],
)
def test_what_is_no_text_is_refused_in_one_sentence(file: Path, content: bytes, expected: str) -> None:
    file.write_bytes(content)
    with pytest.raises(Refusal) as caught:
        read_published_table(file)
    assert said(caught.value.reason).startswith("«rapport.txt»")
    assert expected in said(caught.value.reason)


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    for path, expected in ((tmp_path / "nei.txt", "Fant ikke «nei.txt»"), (tmp_path, "er en mappe")):
        with pytest.raises(Refusal) as caught:
            read_published_table(path)
        assert expected in said(caught.value.reason)


def test_a_file_too_large_is_refused_before_it_is_read(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file.write_bytes(b"x" * 3)
    monkeypatch.setattr(published_report, "_MEGABYTE", 0.05)
    monkeypatch.setattr(Path, "read_bytes", lambda _: pytest.fail("it was read"))
    with pytest.raises(Refusal) as caught:
        read_published_table(file)
    assert "grensen er 50 MB" in said(caught.value.reason)


@real_file
def test_the_real_report() -> None:
    read = read_published_table(SHARED)
    columns = ("total_budget", "total_spent", "revised_budget", "actual", "deviation")
    sums = [sum(getattr(one, column) or 0 for one in read.rows) for column in columns]
    assert len(read.rows) == 88
    assert sums == [5940360, 2300283, 1088360, 879015, 209346]
    assert [getattr(read.total, column) for column in columns] == [7210013, 2652887, 1133759, 935807, 197952]
    assert read.other is not None
    assert [getattr(read.other, column) for column in columns] == [1269656, 352605, 45399, 56794, -11395]
    assert sum(one.completion == "" for one in read.rows) == 3
    assert sum(one.completion == "LØPENDE" for one in read.rows) == 15
    assert [one.name for one in read.rows if not one.comment] == [read.rows[29 - 2].name]
    assert max(len(one.comment) for one in read.rows) > 4500
    assert len({one.name for one in read.rows}) == 88


@real_file
def test_the_real_report_without_trailing_spaces_reads_the_same() -> None:
    whole = SHARED.read_text("utf-8").split("\n")
    assert bare(read_table([line.rstrip() for line in whole])) == bare(read_table(whole))


@pytest.mark.parametrize("unit", ["Beløp i kroner", "Beløp i mill. kr", "(Alle tall i hele kroner)", "Tall i NOK."])
def test_amounts_in_another_unit_are_refused(file: Path, unit: str) -> None:
    text = write_text(table(*ROWS)).replace("Beløp i 1000", "")
    file.write_text(text.replace("\n", f"\n{unit}\n", 1), encoding="utf-8")
    with pytest.raises(Refusal, match="bare tabeller i 1000 kroner kan leses"):
        read_published_table(file)


def test_letters_written_in_two_parts_are_the_same_letters(file: Path) -> None:
    from unicodedata import normalize

    rows = (row("Ås skole på Lørenskog", 9100, 2800, "Ferdig", 1900, 800, 1100), *ROWS)
    file.write_text(normalize("NFD", write_text(table(*rows))), encoding="utf-8")
    assert read_published_table(file).rows == rows
