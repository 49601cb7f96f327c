"""What the search field and the filters above the columns find."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.messages import Refusal
from tracker.search import amount_filter, folded, text_filter, words_of


@pytest.mark.parametrize(
    ("typed", "text", "found"),
    [
        ("skole", "Volla skole - rehabilitering", True),
        ("SKO", "Volla skole", True),
        ("kole", "Volla skole", False),
        ("volla sko", "Skole på Volla", True),
        ("volla bru", "Volla skole", False),
        ("as", "Åsenhagen skole", False),
        ("ås", "Åsenhagen skole", True),
        ("enok", "ENØK", False),
        ("p-10", "P-1040 Skole", True),
        ("", "Alt", True),
        ("4k-2026", "ferdig 4K-2026", True),
    ],
)
def test_each_word_begins_a_word(typed: str, text: str, *, found: bool) -> None:
    assert words_of(typed).finds(folded(text)) is found


def test_the_hits_are_told_by_place() -> None:
    text = "Volla skole ved Skoleveien"
    assert [text[start:end] for start, end in words_of("sko vo").places(text)] == ["Vo", "sko", "Sko"]


@given(st.text(), st.text())
def test_hits_are_found_where_the_search_finds(typed: str, text: str) -> None:
    words = words_of(typed)
    for start, end in words.places(text):
        assert 0 <= start < end <= len(text)
        assert folded(text[start:end]) in words.words


@pytest.mark.parametrize(
    ("typed", "kroner", "kept"),
    [
        (">1000", 1_000_001, True),
        (">1000", 1_000_000, False),
        ("<0", -1, True),
        ("<= 5 mill", 5_000_000, True),
        ("<=5 mill", 5_000_001, False),
        ("100..200", 150_000, True),
        ("200 til 100", 100_000, True),
        ("100..200", 200_001, False),
        ("-500..0", -400_000, True),
        ("=1021", 1_021_345, True),
        ("<>0", 0, False),
        ("1 000", 1_500_000, True),
        ("1 000", 999_999, False),
        ("-1 000", -2_000_000, True),
        ("-1 000", 2_000_000, False),
        (">0", None, False),
        ("-", None, True),
        ("-", 0, False),
    ],
)
def test_amounts_are_asked_for_in_thousands(typed: str, kroner: int | None, *, kept: bool) -> None:
    test = amount_filter(typed)
    assert test is not None
    assert test(kroner) is kept


@pytest.mark.parametrize("typed", [">", "mye", "1..x", "12 34"])
def test_a_filter_that_cannot_be_read_is_refused(typed: str) -> None:
    with pytest.raises(Refusal):
        amount_filter(typed)


@pytest.mark.parametrize(
    ("typed", "value", "kept"),
    [
        ("oppv", "oppvekst", True),
        ("=oppvekst", "oppvekst", True),
        ("=opp", "oppvekst", False),
        ("<>oppvekst", "oppvekst", False),
        ("<>oppvekst", "kultur", True),
        ("-", "", True),
        ("-", "kultur", False),
    ],
)
def test_texts_are_asked_for_by_part(typed: str, value: str, *, kept: bool) -> None:
    test = text_filter(typed)
    assert test is not None
    assert test(value) is kept


@pytest.mark.parametrize("typed", ["", "  "])
def test_an_empty_filter_asks_for_nothing(typed: str) -> None:
    assert text_filter(typed) is None
    assert amount_filter(typed) is None
