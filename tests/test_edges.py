"""What each rule on texts finds and leaves alone at its edge: a word more or less, a day or a krone past it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.test_texts_told import states
from tracker.kinds import Phase
from tracker.periods import Part, Period
from tracker.proofing import TEXT_RULES, Facts, proof_read
from tracker.proofing.examples import EXAMPLES
from tracker.proofing.names import OtherNames
from tracker.quarters import Quarter, State
from tracker.reading.read import read

RULES = {rule.id: rule for rule in TEXT_RULES}
LINES = (Path(__file__).parent / "texts" / "edges.txt").read_text(encoding="utf-8").splitlines()


def sets() -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Yield each heading, and its sentences with their marks."""
    for part in "\n".join(LINES).split("\n## ")[1:]:
        heading, *lines = part.splitlines()
        yield heading, [(line[0], line[2:]) for line in lines if line[:2] in {"+ ", "- "}]


EDGES = dict(sets())


def facts_of(heading: str) -> tuple[str, Facts]:
    rule, _, state = heading.partition(", ")
    facts = EXAMPLES[rule].facts
    return rule, states(facts)[state] if state else facts


@pytest.mark.parametrize("heading", EDGES)
def test_a_rule_finds_what_it_promises_and_leaves_what_comes_near_alone(heading: str) -> None:
    rule, facts = facts_of(heading)
    seen = {
        said: "+" if any(RULES[rule].look(read(said, facts.period.ends), facts)) else "-" for _, said in EDGES[heading]
    }
    assert seen == {said: mark for mark, said in EDGES[heading]}


SCHOOL, PROGRAMME = EXAMPLES["text-total-budget"].facts, EXAMPLES["text-parts"].facts
T1 = Period(2023, Part.T1)
OVER, UNDER, WITHIN = "Prosjektet har merforbruk.", "Prosjektet har mindreforbruk.", "Prosjektet er innenfor budsjett."
DONE, SLIPS, LATE = "Skolen er ferdig.", "Prosjektet er i rute.", "Prosjektet er forsinket."
PERCENT, STOPPED = "Det er brukt 84 prosent av årets budsjett.", "Prosjektet er stanset."

#  rule | text | the facts that differ | whether it is found
AT_THE_EDGE: list[tuple[str, str, Facts, bool]] = [
    ("text-overspend", OVER, replace(PROGRAMME, actual=120_000_999), True),
    ("text-overspend", OVER, replace(PROGRAMME, actual=120_001_000), False),
    ("text-underspend", UNDER, replace(PROGRAMME, actual=119_999_001), True),
    ("text-underspend", UNDER, replace(PROGRAMME, actual=119_999_000), False),
    ("text-within-budget", WITHIN, replace(PROGRAMME, actual=120_600_000), False),
    ("text-within-budget", WITHIN, replace(PROGRAMME, actual=120_600_001), True),
    ("text-within-budget", WITHIN, replace(PROGRAMME, revised_budget=100_000, actual=101_000), False),
    ("text-within-budget", WITHIN, replace(PROGRAMME, revised_budget=100_000, actual=101_001), True),
    ("text-within-budget", WITHIN, replace(PROGRAMME, revised_budget=-100_000, actual=-99_000), False),
    ("text-within-budget", WITHIN, replace(PROGRAMME, revised_budget=-100_000, actual=-98_999), True),
    ("text-overspend", OVER, replace(SCHOOL, period=T1, total_spent=320_000_000), False),
    ("text-deviation", "Mindreforbruket er 8,2 mill. kroner.", replace(PROGRAMME, actual=120_000_000), False),
    ("text-deviation", "Mindreforbruket er 8,2 mill. kroner.", replace(PROGRAMME, actual=119_999_999), True),
    ("text-deviation", "Merforbruket er 8,2 mill. kroner.", replace(PROGRAMME, actual=120_000_000), False),
    ("text-deviation", "Merforbruket er 8,2 mill. kroner.", replace(PROGRAMME, actual=120_000_001), True),
    ("text-deviation", "Avviket er 8,2 mill. kroner.", replace(PROGRAMME, actual=120_000_000), True),
    ("text-percent", PERCENT, replace(SCHOOL, revised_budget=1_000_000, actual=825_000), False),
    ("text-percent", PERCENT, replace(SCHOOL, revised_budget=1_000_000, actual=824_999), True),
    ("text-percent", PERCENT, replace(SCHOOL, revised_budget=1_000_000, actual=855_000), False),
    ("text-percent", PERCENT, replace(SCHOOL, revised_budget=1_000_000, actual=855_001), True),
    ("text-percent", PERCENT, replace(SCHOOL, revised_budget=0), False),
    ("text-percent", PERCENT, replace(SCHOOL, revised_budget=1), True),
    ("text-percent", PERCENT.replace("årets budsjett", "rammen"), replace(SCHOOL, total_budget=0), False),
    ("text-percent", PERCENT.replace("årets budsjett", "rammen"), replace(SCHOOL, total_spent=None), False),
    ("text-finished", DONE, replace(SCHOOL, completion=Quarter(2023, 4)), False),
    ("text-finished", DONE, replace(SCHOOL, completion=Quarter(2024, 1)), True),
    ("text-finished", DONE, replace(SCHOOL, completion=State.NOT_SET, phase=None), True),
    ("text-finished", DONE, replace(SCHOOL, completion=State.NOT_SET, phase=Phase.CONSTRUCTION), True),
    ("text-finished", DONE, replace(SCHOOL, completion=State.NOT_SET, phase=Phase.SETTLEMENT), False),
    ("text-finished", DONE, replace(SCHOOL, completion=State.RUNNING, phase=None), False),
    ("text-on-schedule", SLIPS, replace(SCHOOL, completion_before=Quarter(2025, 2)), True),
    ("text-on-schedule", SLIPS, replace(SCHOOL, completion_before=Quarter(2025, 3)), False),
    ("text-on-schedule", SLIPS, replace(SCHOOL, completion_before=Quarter(2025, 4)), False),
    ("text-on-schedule", SLIPS, replace(SCHOOL, completion_before=None), False),
    ("text-delayed", LATE, replace(SCHOOL, completion_before=Quarter(2025, 3)), True),
    ("text-delayed", LATE, replace(SCHOOL, completion_before=Quarter(2025, 2)), False),
    ("text-delayed", LATE, replace(SCHOOL, completion_before=Quarter(2025, 4)), False),
    ("text-delayed", LATE, replace(SCHOOL, completion_before=None), False),
    ("text-stopped", STOPPED, replace(SCHOOL, phase=None), False),
    ("text-stopped", STOPPED, replace(SCHOOL, phase=None, completion=State.FINISHED), True),
    ("text-stopped", STOPPED, replace(SCHOOL, phase=Phase.CANCELLED), False),
    ("text-total-budget", "Rammen er 393 mill. kroner.", replace(SCHOOL, total_budget=None), False),
    ("text-total-spent", "Det er påløpt 393 mill. kroner totalt.", replace(SCHOOL, total_spent=None), False),
    (
        "text-parts",
        "Det er brukt 99 mill. kroner på vei. I tillegg er det brukt 44 mill. kroner på lys.",
        SCHOOL,
        False,
    ),
    ("text-parts", "Det er brukt 99 mill. kroner på vei. I tillegg er det brukt 49 mill. kroner på lys.", SCHOOL, True),
]


@pytest.mark.parametrize(("rule", "text", "facts", "found"), AT_THE_EDGE)
def test_a_text_is_held_against_the_figures_to_the_krone_and_the_quarter(
    rule: str, text: str, facts: Facts, *, found: bool
) -> None:
    assert any(RULES[rule].look(read(text, facts.period.ends), facts)) is found


OWN_HEADINGS = (
    *("Økonomi", "Framdrift", "Fremdrift", "Status", "Prosjektet", "Hovedprosjektet", "Hovudprosjektet", "Tiltak"),
    *("Avvik", "Kommentar", "Forklaring", "Budsjett", "Videre arbeid", "Vidare arbeid", "Risiko", "Oppsummering"),
    *("Kort om saken", "Aktivitet", "Rekneskap", "Regnskap", "Prognose", "Totalt", "Forbruk", "Påløpt", "Årets tall"),
    *("Merk", "Ferdig", "Estimert ferdig", "Est. ferdig", "Neste steg", "Generelt", "I år", "Om prosjektet", "Beløp"),
    *("Rev. budsjett", "Revidert budsjett", "Mindreforbruk", "Merforbruk", "Meirforbruk", "Utfordringer", "Tidsplan"),
    *("Milepæler", "Ramme", "Sluttprognose", "Årsprognose", "Konklusjon", "Plan", "Pengebruk", "Pengar", "Penger"),
    *("Tid", "Kva har skjedd", "Hva har skjedd", "«Økonomi»", "1. Økonomi", "(Økonomi)"),
    *("Nordli skole", "Skolen", "Nordli skule", "I10231 Nordli", "Prosjekt I10231"),
)
OTHER_HEADINGS = (
    *("Sagstien", "I41042 Sagstien", "Prosjekt I41042", "Elvebakken vannverk", "Takarbeid"),
    *("Nordli skole etappe 1", "Nordli skole delprosjekt tak", "Nordli skole underprosjekt tak", "Nordli skole fase 2"),
    *("Nordli skole trinn 2", "Nordli skole byggetrinn 2", "Nordli skole byggesteg 2", "Nordli skule byggjesteg 2"),
)


@pytest.mark.parametrize(("headings", "is_own"), [(OWN_HEADINGS, True), (OTHER_HEADINGS, False)])
def test_what_stands_under_a_heading_of_the_whole_is_of_it_and_under_another_it_is_not(
    headings: tuple[str, ...], *, is_own: bool
) -> None:
    texts = {heading: f"{heading}: Totalrammen er 393 mill. kroner." for heading in headings}
    found = {
        heading
        for heading, text in texts.items()
        if any(rule.id == "text-total-budget" for rule, _ in proof_read(text, SCHOOL))
    }
    assert found == (set(headings) if is_own else set())


NAMES = OtherNames(
    (
        "Nordli skole",
        "Nordli skolen",
        "Elvebakken vannverk - ny brønn",
        "Utbedring av trafikkfarlige kryss og overganger ved barneskolene",
        "Bru Skog",
        "Park Skog",
    )
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Elvebakken vannverk er bygd.", "Elvebakken vannverk - ny brønn"),
        ("Vannverket på Elvebakken er bygd.", "Elvebakken vannverk - ny brønn"),
        ("Elvebakken er bygd.", None),
        ("På tomta ved Elvebakken vannverk er det bygd.", None),
        (
            "Utbedring av trafikkfarlige kryss og overganger ved barneskolene er i gang.",
            "Utbedring av trafikkfarlige kryss og overganger ved barneskolene",
        ),
        ("Nordli skole er bygd.", None),
        ("Nordli skoler er bygd.", None),
        ("Bru Skog er bygd.", None),
        ("Park Skog er bygd.", "Park Skog"),
    ],
)
def test_another_projects_name_is_known_in_any_form_and_order_and_the_own_is_no_others(
    text: str, found: str | None
) -> None:
    assert NAMES.first_in(text, own="Nordli skole") == found


def test_every_rule_has_sentences_on_both_sides_of_its_edge() -> None:
    marks = {(facts_of(heading)[0], mark) for heading, lines in EDGES.items() for mark, _ in lines}
    assert marks == {(rule, mark) for rule in RULES for mark in "+-" if rule != "text-repeated"}
