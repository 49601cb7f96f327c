"""What the texts of a period say beside each other: the same paragraph in several, a delay that none mentions."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.test_proofing import SCHOOL
from tracker.flags import Flag, Severity
from tracker.model import Project, ProjectId
from tracker.proofing import Facts
from tracker.proofing.between import ProjectText
from tracker.proofing.flagging import flags_in_texts
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
