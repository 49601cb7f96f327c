"""What the columns of a § 5-5 hold, by the words over them: in cells, and in a text that has none."""

from __future__ import annotations

from collections import Counter

import pytest

from tests import statements as s
from tracker.ledger.mapping import Cell
from tracker.statement_check.checking import check_statement
from tracker.statement_check.headings import columns_of, headings_of_words, is_column_words, paragraph_of
from tracker.statement_check.reading import read_tables
from tracker.statement_check.tables import ColumnOf
from tracker.statement_check.texts import rows_of_text
from ui.words import words_in

ACTUAL, BEFORE, REVISED = ColumnOf.ACTUAL, ColumnOf.PREVIOUS_ACTUAL, ColumnOf.REVISED
ORIGINAL, DEVIATION, OTHER = ColumnOf.ORIGINAL, ColumnOf.DEVIATION, ColumnOf.OTHER


@pytest.mark.parametrize(
    ("of", "headings"),
    [
        (ACTUAL, ("Regnskap", "Regnskap 2023", "Rekneskap", "Regnsk. 2023", "Rekn. 2023")),
        (BEFORE, ("Regnskap i fjor", "Regnskap året før", "Rekneskap førre år", "Regnskap forrige år")),
        (BEFORE, ("Fjorårets regnskap",)),
        (REVISED, ("Rev. bud.", "Revidert budsjett", "Reg. bud 2023", "Regulert budsjett", "Justert budsjett")),
        (REVISED, ("Budsjett 2023", "Årsbudsjett")),
        (ORIGINAL, ("Oppr. bud", "Opprinnelig budsjett", "Opphavleg budsjett", "Vedtatt budsjett")),
        (DEVIATION, ("Avvik", "Differanse", "Avvik rev. bud. og regnskap")),
        (OTHER, ("Prognose", "Prognose 2023")),
        (None, ("", "%", "Avvik i %", "Prosent", "Note", "Linje", "Nr", "Kommentar", "Forklaring", "Post")),
    ],
)
def test_a_heading_in_either_language_says_what_its_column_holds(
    of: ColumnOf | None, headings: tuple[str, ...]
) -> None:
    found = {heading: column and column.of for heading in headings for column in columns_of([heading])}
    assert found == dict.fromkeys(headings, of)


@pytest.mark.parametrize(
    ("headings", "of"),
    [
        (("Regnskap 2023", "Regnskap 2022"), (ACTUAL, BEFORE)),
        (("Regnskap 2022", "Regnskap 2023"), (BEFORE, ACTUAL)),
        (("Regnskap", "Regnskap", "Budsjett"), (BEFORE, ACTUAL, REVISED)),
        (("Regnskap", "Budsjett", "Regnskap"), (ACTUAL, REVISED, BEFORE)),
        (("Regnskap 2023", "Budsjett 2023", "Regnskap 2022"), (ACTUAL, REVISED, BEFORE)),
        (("Regnskap i fjor", "Regnskap"), (BEFORE, ACTUAL)),
        (("Regnskap", "Regnskap i fjor"), (ACTUAL, BEFORE)),
        (("Avvik", "Avvik", "Prognose", "Prognose"), (DEVIATION, OTHER, OTHER, OTHER)),
        (("Post", "Regnskap", "Avvik"), (None, ACTUAL, DEVIATION)),
    ],
)
def test_last_years_accounts_are_told_from_this_years_by_the_year_and_else_by_their_place(
    headings: tuple[str, ...], of: tuple[ColumnOf | None, ...]
) -> None:
    assert tuple(column and column.of for column in columns_of(headings)) == of


def test_a_column_keeps_its_heading_on_one_line_and_its_last_year() -> None:
    (column,) = columns_of(["Regnskap\n 2022  mot 2023"])
    assert column is not None
    assert (column.heading, column.year) == ("Regnskap 2022 mot 2023", 2023)
    (yearless,) = columns_of(["Regnskap"])
    assert yearless is not None
    assert yearless.year is None


@pytest.mark.parametrize(
    ("words", "headings"),
    [
        ("Regnskap Rev. budsjett Oppr. budsjett Avvik", ["Regnskap", "Rev. budsjett", "Oppr. budsjett", "Avvik"]),
        ("Budsjett Regnskap Avvik", ["Budsjett", "Regnskap", "Avvik"]),
        ("Justert årsbudsjett Regnskap", ["Justert årsbudsjett", "Regnskap"]),
        ("Rekneskap Revidert Opphavleg Avvik", ["Rekneskap", "Revidert", "Opphavleg", "Avvik"]),
        ("Regnskap i fjor Regnskap Budsjett", ["Regnskap i fjor", "Regnskap", "Budsjett"]),
        ("Avvik Rev-Regn Budsjett", ["Avvik", "Budsjett"]),
        ("Avvik Rev- Regn Budsjett", ["Avvik", "Budsjett"]),
        ("Avvik Rev– Regn Budsjett", ["Avvik", "Budsjett"]),
        ("Avvik (rev. - rekn.)", ["Avvik"]),
        ("Regnskap Avvik 2031 2032", ["Regnskap 2031", "Avvik 2032"]),
        ("Regnskap 2030 Regnskap 2031 Rev. bud 2031", ["Regnskap 2030", "Regnskap 2031", "Rev. bud 2031"]),
        ("Regnskap Rev. bud Avvik 2031", ["Regnskap 2031", "Rev. bud", "Avvik"]),
        ("Hele tusen", []),
        ("", []),
    ],
)
def test_the_words_over_a_texts_columns_are_parted_into_one_heading_a_column(words: str, headings: list[str]) -> None:
    assert headings_of_words(words.split()) == headings


@pytest.mark.parametrize(
    ("line", "is_titles"),
    [
        ("Regnskap Revidert budsjett Avvik", True),
        ("Rekneskap Opphavleg årsbudsjett", True),
        ("Hele tusen kroner", True),
        ("Heile tusen kr.", True),
        ("Beløp i 1000 kr", True),
        ("(Rev.-regn.) 2031 i fjor", True),
        ("Post Tekst Linje", True),
        ("Regnskap for Nordli", False),
        ("Oppvekst 100 200", False),
        ("", False),
    ],
)
def test_a_line_of_titles_has_no_other_words(line: str, *, is_titles: bool) -> None:
    assert is_column_words(line) is is_titles


@pytest.mark.parametrize(
    ("heading", "paragraph"),
    [
        ("Bevilgningsoversikt investering § 5-5, første ledd", 1),
        ("Bevilgningsoversikt 1. ledd", 1),
        ("Løyvingsoversikt investering fyrste ledd", 1),
        ("§ 5-5 2. ledd", 2),
        ("§5 - 5 annet ledd", 2),
        ("Løyvingsoversikt andre ledd", 2),
        ("§ 5-4 første ledd", None),
        ("§ 5-5", None),
        ("første ledd", None),
    ],
)
def test_a_part_begins_where_its_heading_names_the_statement_and_the_part(heading: str, paragraph: int | None) -> None:
    assert paragraph_of(heading) == paragraph


@pytest.mark.parametrize("sign", [1, -1])
def test_a_text_is_parted_into_the_same_figures_whichever_sign_its_deviations_have(sign: int) -> None:
    lines = [
        " ".join([label, *(f"{amount:,}".replace(",", " ") for amount in (own, revised, sign * (revised - own)))])
        for label, (own, revised) in s.FIRST.items()
    ]
    found = read_tables(rows_of_text([s.FIRST_HEADING, "Hele tusen kroner", "Regnskap Rev. budsjett Avvik", *lines]))
    read = {line.label: tuple(amount and amount // 1000 for amount in line.amounts) for line in found.tables[0].lines}
    assert read == {label: (own, revised, sign * (revised - own)) for label, (own, revised) in s.FIRST.items()}


def compared(*parts: list[list[Cell]]) -> Counter[str]:
    """Count how often each column of the two parts is held against the other's."""
    say = words_in()
    rows = [row for part in parts for row in part]
    found = check_statement(read_tables(enumerate(rows, start=1)))
    return Counter(say(check.column) for check in found.checks if check.id == "parts" and check.column is not None)


def test_an_empty_cell_and_a_column_of_no_known_kind_are_not_held_against_the_other_part() -> None:
    first, second = s.cells(s.FIRST), s.cells(s.SECOND, heading=s.SECOND_HEADING)
    for rows in (first, second):
        rows[2].append("Prognose")
        for row in rows[3:]:
            row.append(row[1] if rows is first else 7)
    assert compared(first, second) == {"Avvik": 3, "Regnskap 2031": 3, "Revidert budsjett 2031": 3}
    at = next(at for at, row in enumerate(second) if row[0] == s.ASSETS)
    second[at][2] = None
    assert compared(first, second) == {"Avvik": 3, "Regnskap 2031": 3, "Revidert budsjett 2031": 2}
