"""What the texts of a period say beside each other: the same paragraph in several, a delay that none mentions.

And the facts that they are held against.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.portfolios import project_in
from tests.test_proofing import SCHOOL
from tracker.flags import Case, Flag, Limits, Severity
from tracker.kinds import Phase, ProjectKind
from tracker.model import Project, ProjectId
from tracker.periods import Part, Period
from tracker.proofing import Facts
from tracker.proofing.between import ProjectText
from tracker.proofing.flagging import flags_in_texts
from tracker.proofing.rule import facts_of
from tracker.quarters import Quarter, State
from ui.words import words_in

PARAGRAPH = (
    "Det er gravd ned nye rør langs hele veien, og de gamle er tatt ut av bruk. "
    "Gaten er asfaltert på nytt, og alle lysene er tent igjen"
)
NAMES = ("Asfalt", "Bru", "Gate", "Hall", "Park", "Vei")


def told(*texts: str, facts: Facts = SCHOOL) -> list[list[Flag]]:
    """Return what is told of each project's text."""
    held = [
        ProjectText(project=Project(id=ProjectId(name), name=name), text=text, facts=replace(facts, name=name))
        for name, text in zip(NAMES, texts, strict=False)
    ]
    found = flags_in_texts(held)
    return [list(found.get(one.project.id, [])) for one in held]


def said(flags: list[Flag]) -> list[str]:
    say = words_in()
    return [say(flag.finding.message) for flag in flags]


@pytest.mark.parametrize(
    ("projects", "sentence"),
    [
        (2, "Det samme avsnittet står i teksten til «Bru»."),
        (4, "Det samme avsnittet står i teksten til «Bru», «Gate», «Hall»."),
        (5, "Det samme avsnittet står i teksten til «Bru», «Gate», «Hall» og 1 til."),
        (6, "Det samme avsnittet står i teksten til «Bru», «Gate», «Hall» og 2 til."),
    ],
)
def test_a_paragraph_that_stands_elsewhere_names_three_of_the_others_and_counts_the_rest(
    projects: int, sentence: str
) -> None:
    first = told(*[f"{PARAGRAPH}."] * projects)[0]
    assert said(first) == [sentence]
    (flag,) = first
    named = ", ".join(f"«{name}»" for name in NAMES[1 : min(projects, 4)])
    assert flag.finding.figures == {"also_in": named, "other_projects": projects - 1}
    assert flag.severity is Severity.NOTE
    assert flag.quote == f"{PARAGRAPH}."


@pytest.mark.parametrize(("letters", "is_shared"), [(119, False), (120, True)])
def test_a_paragraph_is_shared_from_120_letters_since_shorter_ones_are_alike_by_chance(
    letters: int, *, is_shared: bool
) -> None:
    words = " ".join(["grav"] * 30)[:letters].rstrip()
    text = words + "v" * (letters - len(words))
    assert len(text) == letters
    assert [bool(flags) for flags in told(text, text)] == [is_shared, is_shared]
    # What is no word counts for nothing: neither case, nor stops, nor a longer text around it.
    assert [bool(flags) for flags in told(f"Vi maler.\n{text.upper()}!!!", f"{text}.\nVi maler.")] == [is_shared] * 2


def test_a_paragraph_that_stands_twice_in_one_text_is_no_other_projects() -> None:
    twice = f"{PARAGRAPH} i dag.\nVi maler.\n{PARAGRAPH} i dag."
    assert [
        flag for flags in told(twice, "Vi maler.") for flag in flags if flag.rule.id == "text-repeated-elsewhere"
    ] == []


@pytest.mark.parametrize(
    ("before", "now", "fires"),
    [
        (Quarter(2025, 3), Quarter(2025, 4), True),
        (Quarter(2025, 3), Quarter(2025, 3), False),
        (Quarter(2025, 3), Quarter(2025, 2), False),
        (State.NOT_SET, Quarter(2025, 3), False),
    ],
)
def test_a_delay_that_the_text_is_silent_about_is_told_of_all_of_it(
    before: Quarter | State, now: Quarter, *, fires: bool
) -> None:
    facts = replace(SCHOOL, completion_before=before, completion=now)
    (flags,) = told("Veggene males.", facts=facts)
    assert bool(flags) is fires
    for flag in flags:
        sentence = (
            "Estimert ferdig er flyttet fra 3K-2025 til 4K-2025, men teksten nevner verken forsinkelse eller tidspunkt."
        )
        assert said([flag]) == [sentence]
        assert flag.finding.figures == {
            "estimated_completion": "4K-2025",
            "estimated_completion_before": "3K-2025",
            "quarters": 1,
        }
        assert (flag.quote, flag.severity) == ("", Severity.NOTE)
        assert flag.place is not None
        assert (flag.place.start, flag.place.end, flag.place.sentence) == (0, 0, "Veggene males.")


@pytest.mark.parametrize(
    ("text", "fires"),
    [
        ("  \n", False),
        ("Taket ble montert i november 2023.", True),
        ("Taket monteres i januar 2024.", False),
        ("Taket monteres innen 31. desember 2023.", True),
        ("Prosjektet er forsinket.", False),
        ("Prosjektet er satt på vent.", False),
        ("Prosjektet er i rute.", False),
    ],
)
def test_a_text_that_tells_of_time_to_come_is_not_silent_about_a_delay(text: str, *, fires: bool) -> None:
    facts = replace(SCHOOL, completion_before=Quarter(2025, 3), completion=Quarter(2025, 4))
    quiet, _, last = told("Veggene males.", text, "Veggene males.", facts=facts)
    assert len(quiet) == len(last) == 1
    one = told("", text, facts=facts)[1]
    assert any(flag.rule.id == "text-delay-not-mentioned" for flag in one) is fires


def test_what_several_say_stands_among_what_one_says_in_the_order_of_the_text() -> None:
    wrong = "Totalrammen er 393 mill. kroner."
    first, second = told(f"{wrong}\n{PARAGRAPH}.\nÅrets budsjett er 135 mill. kroner.", f"Vi maler.\n{PARAGRAPH}.")
    assert [flag.rule.id for flag in first] == ["text-total-budget", "text-repeated-elsewhere", "text-year-budget"]
    assert [flag.quote for flag in second] == [f"{PARAGRAPH}."]


def test_a_text_is_held_against_the_figures_of_its_own_project_and_period() -> None:
    figures = project_in("Skole | 90 000 | 40 000 | 4K-2025 | 5 000 | 4 000 | Vi maler.")
    assert figures.status is not None
    status = replace(figures.status, phase=Phase.TENDER, year_end_forecast=5_500_000, final_cost_forecast=91_000_000)
    seen = Case(figures=replace(figures, status=status), period=Period(2023, Part.T2), limits=Limits())
    facts = Facts(
        name="Skole",
        period=Period(2023, Part.T2),
        phase=Phase.TENDER,
        total_budget=90_000_000,
        total_spent=40_000_000,
        revised_budget=5_000_000,
        actual=4_000_000,
        year_end_forecast=5_500_000,
        final_cost_forecast=91_000_000,
        completion=Quarter(2025, 4),
    )
    assert facts_of(seen) == facts
    before = replace(figures, status=replace(status, completion=Quarter(2025, 1)))
    assert facts_of(replace(seen, before=before)) == replace(facts, completion_before=Quarter(2025, 1))
    silent = facts_of(replace(seen, figures=replace(figures, status=None)))
    assert (silent.phase, silent.year_end_forecast, silent.final_cost_forecast) == (None, None, None)
    coded = replace(figures, project=replace(figures.project, code="I10231", kind=ProjectKind.PROGRAMME))
    assert (facts_of(replace(seen, figures=coded)).code, facts_of(replace(seen, figures=coded)).is_programme) == (
        "I10231",
        True,
    )


@pytest.mark.parametrize(
    ("part", "forecast", "deviation", "left"),
    [
        (Part.YEAR, 5_500_000, 1_000_000, 1_000_000),
        (Part.T2, 5_500_000, -500_000, 1_000_000),
        (Part.T2, None, None, 1_000_000),
    ],
)
def test_the_years_deviation_is_what_came_and_in_a_tertial_what_is_expected(
    part: Part, forecast: int | None, deviation: int | None, left: int
) -> None:
    facts = Facts(
        name="Skole",
        period=Period(2023, part),
        revised_budget=5_000_000,
        actual=4_000_000,
        year_end_forecast=forecast,
        total_budget=90_000_000,
        total_spent=40_000_000,
        final_cost_forecast=91_000_000,
    )
    assert (facts.year_deviation, facts.left_of_year) == (deviation, left)
    assert (facts.left_of_total, facts.final_deviation) == (50_000_000, -1_000_000)
    unknown = replace(facts, total_budget=None)
    assert (unknown.left_of_total, unknown.final_deviation) == (None, None)
    assert replace(facts, total_spent=None).left_of_total is None
    assert replace(facts, final_cost_forecast=None).final_deviation is None
