"""What the rules that read texts find in ways of saying it, of a project in each state: as it was before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from tests.golden_files import hold
from tests.test_proofing import SCHOOL
from tracker.flags import Place
from tracker.kinds import Phase, ProjectKind
from tracker.model import Project, ProjectId
from tracker.periods import Part, Period
from tracker.proofing import Facts, proof_read
from tracker.proofing.between import ProjectText
from tracker.proofing.examples import EXAMPLES
from tracker.proofing.flagging import flags_in_texts
from tracker.quarters import Quarter, State

SAYINGS = (Path(__file__).parent / "texts" / "sayings.txt").read_text(encoding="utf-8").splitlines()
TURNS = ("{}", "Kanskje {}", "Det foreslås at {}", "{} Det er {}", "I 2022: {}", "Taket: {}")
"""Ways to say it of something else: unsure, proposed, twice, of another year, of a part."""


def states(facts: Facts) -> Mapping[str, Facts]:
    """Return a project's facts as they are, and as they would be in the states that the rules ask about."""
    tertial = replace(facts, period=Period(facts.period.year, Part.T1))
    finished = replace(facts, completion=State.FINISHED, phase=Phase.TAKEN_OVER)
    return {
        "som er": facts,
        "tertial": tertial,
        "prognose": replace(tertial, year_end_forecast=135_000_000, final_cost_forecast=330_000_000),
        "ferdig": finished,
        "løpende": replace(facts, completion=State.RUNNING, kind=ProjectKind.PROGRAMME, total_budget=None, phase=None),
        "stanset": replace(facts, phase=Phase.ON_HOLD, completion_before=Quarter(2024, 1)),
        "uten budsjett": replace(facts, total_budget=None, total_spent=None, revised_budget=0, phase=None),
        "over": replace(finished, total_spent=330_000_000, actual=135_000_000),
    }


def found_in(text: str, facts: Facts) -> str:
    """Return what is found in a text: each rule with its words and figures."""
    told = []
    for rule, found in proof_read(text, facts):
        figures = ",".join(f"{name}={value}" for name, value in found.figures.items())
        told.append(f"{rule.id}:{found.severity.value} «{text[found.start : found.end]}» {figures}")
    return "; ".join(told)


def told_of(text: str, facts: Facts) -> Iterator[str]:
    """Yield a text, and what is found in it in each state that differs from the one before."""
    yield text
    before = ""
    for state, seen in states(facts).items():
        found = found_in(text, seen)
        if found != before:
            yield f"    {state}: {found or '-'}"
        before = found


def test_what_is_found_in_each_way_of_saying_it_is_what_was_found(*, renew_golden: bool) -> None:
    """Somebody who changes a rule or its words sees here in which sentences, and of which projects, it tells."""
    told = [line for text in SAYINGS for line in told_of(text, SCHOOL)]
    for examples in EXAMPLES.values():
        for text in (*examples.found, *examples.left_alone):
            for turn in TURNS:
                told += told_of(turn.format(*[text] * turn.count("{}")), examples.facts)
    hold("sayings.txt", told, renew=renew_golden)


def test_a_flag_is_shown_in_its_whole_sentence_from_the_first_letter_to_the_full_stop() -> None:
    first, last = "Årets budsjett er 135 mill. kroner.", "Totalrammen er 393 mill. kroner."
    text = f"{first} Taket er på plass.\n{last}"
    project = Project(id=ProjectId("1"), name=SCHOOL.name)
    (flags,) = flags_in_texts([ProjectText(project=project, text=text, facts=SCHOOL)]).values()
    places = [flag.place for flag in flags if flag.place is not None]
    assert [place.sentence for place in places] == [first, last]
    assert places[0] == Place(start=text.index("135"), end=text.index("135") + len("135 mill. kroner."), sentence=first)
