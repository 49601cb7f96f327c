"""What each rule on texts finds and leaves alone at its edge: a word more or less, a day or a krone past it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.test_texts_told import states
from tracker.proofing import TEXT_RULES, Facts
from tracker.proofing.examples import EXAMPLES
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


def test_every_rule_has_sentences_on_both_sides_of_its_edge() -> None:
    marks = {(facts_of(heading)[0], mark) for heading, lines in EDGES.items() for mark, _ in lines}
    assert marks == {(rule, mark) for rule in RULES for mark in "+-" if rule != "text-repeated"}
