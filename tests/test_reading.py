"""What a person means by an amount or a time in a sentence is what the reader makes of it."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.reading.abouts import About, about
from tracker.reading.amounts import find_amounts
from tracker.reading.read import read
from tracker.reading.sentences import sentences_of
from tracker.reading.times import Bound, find_times

TODAY = date(2023, 12, 31)
MILLION = 1_000_000


@pytest.mark.parametrize(
    ("written", "kroner"),
    [
        ("56 mill.", 56 * MILLION),
        ("ca 56 mill. kroner", 56 * MILLION),
        ("kr 12 500 000,-", 12_500_000),
        ("kr. 1.234.567", 1_234_567),
        ("345.000,-", 345_000),
        ("0,110 mill. kroner", 110_000),
        ("1,214 milliarder kroner", 1_214 * MILLION),
        ("1,2 mrd.", 1_200 * MILLION),
        ("12,5 MNOK", 12_500_000),
        ("mnok 12,5", 12_500_000),
        ("tkr 2 421", 2_421_000),
        ("2 975 tkr", 2_975_000),
        ("15 millionar", 15 * MILLION),
        ("dei 82 mill. kronene", 82 * MILLION),
        ("1.9 millioner", 1_900_000),
        ("212 000 000 kroner", 212 * MILLION),
        ("2,6 mill. kr", 2_600_000),
        ("800 tusen kroner", 800_000),
        ("en halv million kroner", 500_000),
        ("to millionar", 2 * MILLION),
        ("halvannen million", 1_500_000),
        ("37,6 av 62 mill.", 37_600_000),
    ],
)
def test_an_amount_is_read_as_people_write_it(written: str, kroner: int) -> None:
    assert find_amounts(written)[0].value == kroner


@pytest.mark.parametrize(
    ("written", "agrees", "differs"),
    [
        ("53 mill.", 52_600_000, 55 * MILLION),
        ("53,0 mill.", 52_950_000, 53_300_000),
        ("ca. 50 mill.", 54 * MILLION, 58 * MILLION),
        ("i underkant av 0,8 mill. kroner", 763_000, 900_000),
        ("oppimot 10 mill.", 9_200_000, 12 * MILLION),
        ("opptil 2 mill.", 400_000, 4 * MILLION),
        ("over 40 mill.", 70 * MILLION, 30 * MILLION),
        ("mellom 7 og 8 mill.", 7_400_000, 10 * MILLION),
        ("7-8 mill.", 7_400_000, 10 * MILLION),
        ("vel 60 mill.", 61 * MILLION, 80 * MILLION),
    ],
)
def test_an_amount_is_as_wide_as_its_words(written: str, agrees: int, differs: int) -> None:
    (amount,) = find_amounts(written)
    assert amount.agrees(agrees)
    assert not amount.agrees(differs)


@pytest.mark.parametrize("written", ["135 pumpestasjoner", "600 m3", "uke 47", "Fylkesvei 115", "i 2023", "15 boliger"])
def test_a_number_that_is_no_amount_is_left_alone(written: str) -> None:
    assert find_amounts(written) == []


def test_numbers_without_a_unit_are_thousands_where_the_text_says_so() -> None:
    clauses = read("Rev. bud. 4 316, regnskap 2 421 (beløp i 1000).", TODAY).clauses
    assert [amount.value for clause in clauses for amount in clause.amounts] == [4_316_000, 2_421_000]


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("3. kvartal 2027", date(2027, 7, 1), date(2027, 9, 30)),
        ("Q1 2024", date(2024, 1, 1), date(2024, 3, 31)),
        ("3K-2025", date(2025, 7, 1), date(2025, 9, 30)),
        ("fjerde kvartal 2025", date(2025, 10, 1), date(2025, 12, 31)),
        ("medio februar", date(2024, 2, 1), date(2024, 2, 29)),
        ("oktober 2024", date(2024, 10, 1), date(2024, 10, 31)),
        ("mai–juni 2024", date(2024, 5, 1), date(2024, 6, 30)),
        ("årsskiftet 2024/25", date(2024, 12, 1), date(2025, 1, 31)),
        ("skolestart 2025", date(2025, 8, 1), date(2025, 9, 30)),
        ("skolestart høsten 2023", date(2023, 8, 1), date(2023, 9, 30)),
        ("høsten 2024", date(2024, 8, 1), date(2024, 11, 30)),
        ("våren 2025", date(2025, 3, 1), date(2025, 6, 30)),
        ("sommarferien 2024", date(2024, 6, 1), date(2024, 8, 31)),
        ("første halvår 2024", date(2024, 1, 1), date(2024, 6, 30)),
        ("andre halvdel av 2025", date(2025, 7, 1), date(2025, 12, 31)),
        ("31.12.2023", date(2023, 12, 31), date(2023, 12, 31)),
        ("31/12-28", date(2028, 12, 31), date(2028, 12, 31)),
        ("12. mars 2024", date(2024, 3, 12), date(2024, 3, 12)),
        ("utgangen av 2026", date(2026, 10, 1), date(2026, 12, 31)),
        ("skoleåret 2025/2026", date(2025, 8, 1), date(2026, 6, 30)),
        ("2024-2027", date(2024, 1, 1), date(2027, 12, 31)),
    ],
)
def test_a_time_spans_the_days_that_people_mean(written: str, first: date, last: date) -> None:
    (time,) = find_times(f"Ferdig i {written}.", TODAY)
    assert (time.first, time.last) == (first, last)


@pytest.mark.parametrize(
    ("written", "bound"),
    [("innen oktober 2024", Bound.BY), ("tidligst i 2028", Bound.AFTER), ("i juni 2024", Bound.IN)],
)
def test_a_time_may_be_the_latest_or_the_earliest(written: str, bound: Bound) -> None:
    assert [time.bound for time in find_times(written, TODAY)] == [bound]


@pytest.mark.parametrize(
    ("written", "what"),
    [
        ("Totalrammen er 393 mill.", [About.TOTAL_BUDGET]),
        ("Rammen er økt til 53,0 mill. kroner i økonomiplan 2024-2027.", [About.TOTAL_BUDGET]),
        ("Årets budsjett er 12 mill. kroner.", [About.YEAR_BUDGET]),
        ("I 2023 er det brukt 12 mill. kroner.", [About.YEAR_ACTUAL]),
        ("Det ble kjøpt 13 boliger for ca. 56 mill. kroner i 2023.", [About.BOUGHT]),
        ("Til sammen er det påløpt 12 mill. kroner.", [About.TOTAL_SPENT]),
        ("Mindreforbruket er på opptil 2 mill. kroner.", [About.UNDERSPEND]),
        ("Av rammen på 320 mill. er 145 mill. brukt.", [About.TOTAL_BUDGET, About.SPENT]),
        ("I 2022 ble det brukt 38 mill. kroner.", [None]),
        ("Kontrakten er på 38 mill. kroner.", [None]),
        ("Fylkeskommunen dekker 5 mill. av budsjettet.", [None]),
    ],
)
def test_who_or_what_an_amount_is_about_is_understood(written: str, what: list[About | None]) -> None:
    found = [about(clause, amount, 2023) for clause in read(written, TODAY).clauses for amount in clause.amounts]
    told = [None if one is None else one[0] for one in found]
    assert told == what or (what == [None] and told == [])


def test_a_sentence_ends_at_its_full_stop_and_not_at_an_abbreviation() -> None:
    text = (
        "Det er brukt ca. 3,4 mill. kroner pr. 31. desember 2023, jf. sak 12/23. Anlegget er overtatt.Skilt gjenstår."
    )
    assert [sentence for _, sentence in sentences_of(text)] == [
        "Det er brukt ca. 3,4 mill. kroner pr. 31. desember 2023, jf. sak 12/23.",
        "Anlegget er overtatt.",
        "Skilt gjenstår.",
    ]


@given(st.text(max_size=400))
def test_every_sentence_stands_where_it_says(text: str) -> None:
    for start, sentence in sentences_of(text):
        assert len(sentence) > 0
        if "<" not in text and "&" not in text:
            assert text[start : start + len(sentence)] == sentence


@given(
    st.lists(
        st.sampled_from(
            [
                "Rammen",
                "er",
                "økt til",
                "12 mill.",
                "i",
                "2. kvartal 2024",
                ",",
                ".",
                "ikke",
                "brukt",
                "\n",
                ":",
                "<p>",
                "I41042",
            ]
        ),
        max_size=30,
    )
)
def test_any_words_in_any_order_can_be_read(words: list[str]) -> None:
    text = " ".join(words)
    for clause in read(text, TODAY).clauses:
        for amount in clause.amounts:
            assert 0 <= amount.start < amount.end <= len(clause.sentence)
            about(clause, amount, 2023)
