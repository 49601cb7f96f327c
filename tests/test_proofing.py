"""A text that contradicts its project's figures is found, and one that doesn't is left alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.golden_files import hold
from tests.texts.score import ASIDE, Outcome, outcome_of, read_folder, read_open, score_of
from tracker.kinds import ProjectKind
from tracker.proofing import TEXT_RULES, Facts, TextRule, proof_read
from tracker.proofing.examples import EXAMPLES
from tracker.quarters import Quarter, State
from tracker.reading.read import read
from ui.words import words_in

RULES = {rule.id: rule for rule in TEXT_RULES}
FOUND = [(rule, text) for rule, examples in EXAMPLES.items() for text in examples.found]
LEFT_ALONE = [(rule, text) for rule, examples in EXAMPLES.items() for text in examples.left_alone]
SCHOOL = EXAMPLES["text-total-budget"].facts


def rules_of(text: str, facts: Facts = SCHOOL) -> list[str]:
    return [rule.id for rule, _ in proof_read(text, facts)]


def found_by(rule: TextRule, text: str, facts: Facts) -> bool:
    return any(rule.look(read(text, facts.period.ends), facts))


def test_every_rule_has_examples_of_both_kinds() -> None:
    assert set(EXAMPLES) == set(RULES)
    assert all(examples.found and examples.left_alone for examples in EXAMPLES.values())


def test_the_documentation_shows_each_rule_with_what_it_finds_and_what_it_leaves_alone() -> None:
    shown = (Path(__file__).parents[1] / "docs" / "control.md").read_text(encoding="utf-8").splitlines()
    for rule, examples in EXAMPLES.items():
        (row,) = (line for line in shown if line.startswith("|") and f"`{rule}`" in line)
        assert all(text in row for text in (RULES[rule].title.text, examples.found[0], examples.left_alone[0]))


@pytest.mark.parametrize(("rule", "text"), FOUND, ids=[f"{rule}: {text[:40]}" for rule, text in FOUND])
def test_a_rule_finds_its_examples(rule: str, text: str) -> None:
    assert found_by(RULES[rule], text, EXAMPLES[rule].facts)


@pytest.mark.parametrize(("rule", "text"), LEFT_ALONE, ids=[f"{rule}: {text[:40]}" for rule, text in LEFT_ALONE])
def test_a_rule_leaves_what_only_comes_near_alone(rule: str, text: str) -> None:
    assert not found_by(RULES[rule], text, EXAMPLES[rule].facts)


@pytest.mark.parametrize(
    ("rule", "text", "found"),
    [
        ("text-underspend", "Ikke alle midlene er brukt i år.", True),
        ("text-underspend", "Ikkje alle midlane er brukte i år.", True),
        ("text-underspend", "Ikkje alle midla vart brukte.", True),
        ("text-underspend", "Det står midler til gode.", True),
        ("text-underspend", "Det er midler til overs.", True),
        ("text-underspend", "Det er 2 mill. kroner til rest.", True),
        ("text-overspend", "Prosjektet har merforbruk på grunn av økte priser.", True),
        ("text-overspend", "Prosjektet har merforbruk på inventar.", False),
        ("text-overspend", "Prosjektet har et merforbruk på riving.", False),
        ("text-overspend", "Det kan bli dyrere, og prosjektet får merforbruk.", False),
        ("text-overspend", "Det er usikkert om det blir dyrere, men prosjektet har merforbruk.", False),
        ("text-total-spent", "Det er totalt brukt 12 mill. kroner på denne skolen.", True),
        ("text-delayed", "Ferdigstillelsen er forlenget.", True),
        ("text-delayed", "Ferdigstillinga er forlenga til hausten.", True),
        ("text-delayed", "Ferdigstillelsen er endret til 2026.", True),
        ("text-delayed", "Ferdigstillelsen flyttes til 2026.", True),
        ("text-percent", "Det er brukt 40 prosent av budsjettet.", True),
        ("text-percent", "Det er brukt 40 prosent mindre enn budsjettet.", False),
        ("text-percent", "Det er brukt 40 prosent høgare enn budsjettet.", False),
        ("text-within-budget", "Prosjektet er innenfor rammen.", True),
        ("text-within-budget", "Det er fare for at prosjektet ikke holder seg innenfor rammen.", False),
        ("text-not-finished", "Skolen er ikke ferdig.", True),
        ("text-not-finished", "Skolen er ikkje ferdig.", True),
        ("text-not-finished", "Arbeidet er ikke ferdig.", True),
        ("text-not-finished", "Taket er ikke ferdig.", False),
    ],
)
def test_each_way_of_saying_it_is_known_in_both_languages(rule: str, text: str, *, found: bool) -> None:
    assert found_by(RULES[rule], text, EXAMPLES[rule].facts) is found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Strekningen Moan - Lauvås ble ferdigstilt i august 2022.", ["text-finished"]),
        ("Strekningen Hammeren ble ferdigstilt i august 2022.", []),
    ],
)
def test_a_stretch_that_the_project_is_named_after_is_all_of_it(text: str, found: list[str]) -> None:
    assert rules_of(text, replace(SCHOOL, name="Moan - Lauvås")) == found


def test_a_long_stretch_is_quoted_by_its_first_words() -> None:
    said = "Bygget reises av mange dyktige håndverkere gjennom en lang og krevende vinter med mye snø på Nordli."
    ((_, finding),) = proof_read(f"{said} {said}", SCHOOL)
    quote = "Bygget reises av mange dyktige håndverkere gjennom en lang og krevende vinter …"
    assert finding.message.values["quote"] == quote


def test_what_is_left_alone_hides_nothing_that_is_said_after_it() -> None:
    hiding = {
        text
        for rule, text in LEFT_ALONE
        if not found_by(RULES[rule], f"{text} {EXAMPLES[rule].found[0]}", EXAMPLES[rule].facts)
    }
    # These two are read together with what comes after them.
    assert hiding == {
        "Det går raskere enn budsjettert: 100,5 mill. kr er brukt i år.",
        "Skolen står klar til skolestart 2025.",
    }


def test_a_finding_quotes_the_words_and_the_figure() -> None:
    text = "Bygget reises. Totalrammen er 393 mill. kroner, og taket er på plass."
    ((rule, finding),) = proof_read(text, SCHOOL)
    assert rule.id == "text-total-budget"
    assert text[finding.start : finding.end] == "393 mill. kroner"
    assert finding.figures == {"total_budget": 320_000_000, "said": 393_000_000}


def test_nothing_contradicts_what_is_not_known() -> None:
    unknown = Facts(name="Nordli skole", period=SCHOOL.period)
    assert rules_of("Totalrammen er 393 mill. kroner, og det er påløpt 12 mill. kroner totalt.", unknown) == []


def test_a_running_programme_has_no_total_to_contradict() -> None:
    programme = replace(
        SCHOOL, kind=ProjectKind.PROGRAMME, total_budget=None, total_spent=None, completion=State.RUNNING
    )
    assert rules_of("Rammen er på 120 mill. kroner.", programme) == []
    assert rules_of("Årets ramme er på 90 mill. kroner.", programme) == ["text-year-budget"]


def test_what_stands_under_a_subprojects_heading_is_its_own() -> None:
    assert rules_of("I41042 Sagstien: Prosjektet er ferdigstilt. Totalrammen er 3 mill. kroner.") == []
    assert rules_of("Økonomi: Totalrammen er 3 mill. kroner.") == ["text-total-budget"]


def test_of_several_projects_in_one_none_is_the_whole() -> None:
    text = "Består av prosjektene kjøkken og nødstrøm. Prosjektet er ferdigstilt."
    assert rules_of(text) == []


def test_words_that_two_rules_disagree_with_are_told_once() -> None:
    told = proof_read("Skolen ble ferdigstilt i 4. kvartal 2023.", replace(SCHOOL, completion=Quarter(2025, 3)))
    assert len(told) == 1


OPEN = read_open()


@cache
def outcomes(name: str) -> list[Outcome]:
    return [outcome_of(one) for one in OPEN[name]]


@pytest.mark.parametrize("name", sorted(OPEN))
def test_the_labelled_texts_are_judged_as_a_careful_reader_does(name: str) -> None:
    score = score_of(outcomes(name))
    assert score.precision >= 0.95
    assert score.recall >= 0.75


def told_of(outcome: Outcome) -> Iterator[str]:
    """Yield what is told of a text: by which rule, of which words, from which figures."""
    say, one = words_in(), outcome.one
    for rule, finding in sorted((*outcome.right, *outcome.wrong), key=lambda pair: pair[1].start):
        figures = " ".join(f"{name}={value}" for name, value in finding.figures.items())
        yield f"{one.id} {rule.id} {finding.severity.value} «{one.text[finding.start : finding.end]}» {figures}"
        yield f"    {say(finding.message)}"


def test_what_is_told_of_each_labelled_text_is_what_was_told_before(*, renew_golden: bool) -> None:
    """Somebody who changes a rule sees here what it tells otherwise: `git diff` after `--renew-golden`."""
    told = (line for name in sorted(OPEN) for outcome in outcomes(name) for line in told_of(outcome))
    hold("findings.txt", told, renew=renew_golden)


def test_texts_that_nobody_looked_at_are_judged_nearly_as_well() -> None:
    labelled = read_folder(ASIDE)
    score = score_of(map(outcome_of, labelled))
    assert len(labelled) == 190
    assert score.precision >= 0.90
    assert score.recall >= 0.75


def test_there_are_enough_labelled_texts_of_each_kind() -> None:
    labelled = OPEN["before"] + read_folder(ASIDE)
    assert len(labelled) >= 300
    assert sum(one.language == "nn" for one in labelled) >= 60
    assert sum(one.is_fine for one in labelled) >= 120


TEXTS = [one.text for labelled in OPEN.values() for one in labelled]


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_any_text_can_be_proof_read_and_every_finding_stands_in_it(data: st.DataObject) -> None:
    pieces = data.draw(st.lists(st.sampled_from(TEXTS), min_size=1, max_size=3))
    cut = data.draw(st.integers(0, 200))
    text = data.draw(st.sampled_from([" ", "\n", ""])).join(pieces)[cut:]
    for _, finding in proof_read(text, SCHOOL):
        assert 0 <= finding.start < finding.end <= len(text)
        assert text[finding.start : finding.end].strip()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Biblioteket ble ferdigstilt i august 2022.", []),
        ("Bibliotek og kulturskole ble ferdigstilt i august 2022.", ["text-finished"]),
        ("Prosjektet ble ferdigstilt i august 2022.", ["text-finished"]),
    ],
)
def test_one_of_two_that_a_name_joins_is_not_all_of_the_project(text: str, found: list[str]) -> None:
    assert rules_of(text, replace(SCHOOL, name="Kvartal 1 - Bibliotek og kulturskole")) == found


def test_a_measure_in_a_programme_is_a_part_of_it() -> None:
    programme = replace(
        SCHOOL, kind=ProjectKind.PROGRAMME, total_budget=None, total_spent=None, completion=State.RUNNING
    )
    assert rules_of("Programmet har 0,9 mill. kr ubrukt.", programme) == ["text-deviation"]
    assert rules_of("Tiltaket har 0,9 mill. kr ubrukt.", programme) == []
