"""What should not stand in a text at all, and from where to where it is marked."""

from __future__ import annotations

import pytest

from tests.test_proofing import SCHOOL
from tracker.flags import Severity
from tracker.proofing import TextFinding, proof_read

SENTENCE = "Det er gravd ned nye rør langs hele den lange veien, og mer."


def found(text: str) -> list[tuple[str, TextFinding]]:
    return [(rule.id, finding) for rule, finding in proof_read(text, SCHOOL)]


def marked(text: str) -> list[tuple[str, str]]:
    """Return each rule that finds something, with the words that it marks."""
    return [(rule, text[one.start : one.end]) for rule, one in found(text)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Bygget <b>reises</b> nå.", [("text-remnant", "<b>")]),
        ("Prosjekt I4105 kan legges ned, og I41O52 også.", [("text-code", "I4105"), ("text-code", "I41O52")]),
        ("Vi maler.Bygget reises.Taket kommer.", [("text-run-together", "maler.Bygget")]),
        ("Vi maler.Taket", [("text-run-together", "maler.Taket")]),
        ("maler.Taket kommer.", [("text-run-together", "maler.Taket")]),
        (f"{SENTENCE} Vi maler. {SENTENCE}", [("text-repeated", SENTENCE)]),
    ],
)
def test_the_mark_stands_on_the_words_and_no_others(text: str, words: list[tuple[str, str]]) -> None:
    assert marked(text) == words
    assert all(one.severity is Severity.NOTE for _, one in found(text))


def test_a_mark_of_many_counts_them() -> None:
    assert [one.figures for _, one in found("<b>Bygget</b> reises&nbsp;nå.")] == [{"count": 3}]
    assert [one.figures for _, one in found("Vi maler.Bygget reises.Taket kommer.")] == [{"count": 2}]


def test_a_sentence_is_told_twice_from_sixty_letters_and_its_second_place_is_marked() -> None:
    assert len(SENTENCE) == 60
    short = SENTENCE.replace("og mer", "mer").replace("veien,", "veien")
    assert marked(f"{short} Vi maler. {short}") == []
    one = found(f"{SENTENCE} Vi maler. {SENTENCE} {SENTENCE}")
    assert [(rule, finding.start) for rule, finding in one] == [("text-repeated", len(SENTENCE) + len(" Vi maler. "))]


def test_what_is_told_under_two_headings_is_not_told_twice() -> None:
    assert marked(f"Etappe 1: {SENTENCE}\nEtappe 2: {SENTENCE}") == []


@pytest.mark.parametrize(("letters", "is_whole"), [(80, True), (81, False)])
def test_a_quote_is_whole_up_to_eighty_letters_and_ends_with_a_whole_word_beyond(
    letters: int, *, is_whole: bool
) -> None:
    base = SENTENCE.rstrip(".")
    text = f"{base} {'v' * (letters - len(base) - 2)}."
    assert len(text) == letters
    ((_, finding),) = found(f"{text} Vi maler. {text}")
    assert finding.message.values["quote"] == (text if is_whole else f"{base} …")


def test_a_completion_is_not_told_of_a_text_that_says_it_is_finished() -> None:
    text = "Skolen er ferdig. Prosjektet ferdigstilles i 4. kvartal 2026."
    assert [rule for rule, _ in found(text)] == ["text-finished"]
    assert [rule for rule, _ in found(text.partition(". ")[2])] == ["text-completion"]


def test_what_is_found_is_told_in_the_order_of_the_text() -> None:
    text = "Prosjekt I4105 er nytt. Totalrammen er 393 mill. kroner. Årets budsjett er 135 mill. kroner."
    assert [rule for rule, _ in found(text)] == ["text-code", "text-total-budget", "text-year-budget"]


@pytest.mark.parametrize("text", ["", " \n\t "])
def test_an_empty_text_says_nothing(text: str) -> None:
    assert found(text) == []
