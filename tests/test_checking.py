"""The check reads texts too: flags with their words and place, findings put aside with a reason, texts side by side."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.portfolios import planned, portfolio_of, table_of
from tracker.chapter.flagging import CHAPTER_RULES
from tracker.checking import Control, check, control_of
from tracker.closing import lock, reopen
from tracker.dismissing import dismiss, take_back
from tracker.edits import NOTHING, apply
from tracker.figures import figures_of
from tracker.flags import Flag, limits_of
from tracker.guarding import refuse_guarded
from tracker.messages import Refusal, message
from tracker.model import Portfolio, ReportedProject
from tracker.periods import Part, Period
from tracker.proofing.between import BETWEEN_RULES
from tracker.proofing.check import TEXT_RULES
from tracker.reported import Details, ReportedFlag, freeze, thaw
from tracker.verifying import verify_period

YEAR = Period(2023, Part.YEAR)
NEXT = Period(2024, Part.T1)
AT = datetime(2024, 1, 20, 12, tzinfo=UTC)
TEXT = "Bygget reises etter planen. Prosjektet har en totalramme på 80 mill. kroner. Taket legges til våren."
WRONG = "Prosjektet har en totalramme på 80 mill. kroner."
ROW = f"Skole | 90 000 | 40 000 | 4K-2025 | 9 000 | 8 900 | {TEXT}"
LONG = (
    "Kommunen har inngått en rammeavtale med tre entreprenører, og avropene gjøres etter hvert som de enkelte "
    "anleggene er ferdig prosjektert og klare til bygging."
)


@pytest.fixture
def ids() -> Iterator[int]:
    return count(1)


def new_ids(ids: Iterator[int]) -> str:
    return f"{next(ids):08d}-0000-4000-8000-000000000000"


def control(portfolio: Portfolio, period: Period = YEAR) -> Control:
    return control_of(portfolio, figures_of(portfolio, period), limits_of(portfolio))


def in_texts(portfolio: Portfolio, period: Period = YEAR) -> list[Flag]:
    return [flag for flag in check(portfolio, period) if flag.place is not None]


def written(portfolio: Portfolio, *texts: str, period: Period = YEAR) -> Portfolio:
    """Return the portfolio with other texts in the order of its projects."""
    statuses = dict(portfolio.statuses)
    order = {project.id: at for at, project in enumerate(portfolio.listed_projects())}
    for one in portfolio.statuses.values():
        if one.period == period and order[one.project] < len(texts):
            statuses[one.id] = replace(one, text=texts[order[one.project]])
    return replace(portfolio, statuses=statuses)


def put_aside(
    portfolio: Portfolio, *flags: Flag, ids: Iterator[int], reason: str = "Rammen er økt i juni"
) -> Portfolio:
    edit = dismiss(
        portfolio, YEAR, flags or in_texts(portfolio), reason=reason, who="Kari", at=AT, new_id=lambda: new_ids(ids)
    )
    return apply(portfolio, edit)


def test_a_finding_in_a_text_is_a_flag_with_its_words_and_where_they_stand() -> None:
    (flag,) = in_texts(portfolio_of(ROW))
    assert flag.quote is not None
    assert flag.place is not None
    assert "80 mill" in flag.quote
    assert " ".join(TEXT[flag.place.start : flag.place.end].split()) == flag.quote
    assert flag.place.sentence == WRONG
    assert 90_000_000 in flag.finding.figures.values()


def test_a_finding_put_aside_is_no_flag_but_is_listed_with_reason_who_and_when(ids: Iterator[int]) -> None:
    before = portfolio_of(ROW)
    after = put_aside(before, ids=ids)
    assert in_texts(after) == []
    (aside,) = control(after).put_aside
    assert (aside.dismissal.reason, aside.dismissal.by, aside.dismissal.at) == ("Rammen er økt i juni", "Kari", AT)
    assert aside.flag == in_texts(before)[0]
    assert apply(after, take_back(after, [aside.dismissal])) == before


def test_without_a_reason_nothing_is_put_aside_and_figures_never_are(ids: Iterator[int]) -> None:
    portfolio = portfolio_of("Skole | 9 000 | 9 900 | 4K-2025 | 9 000 | 8 900 | x")
    over = [flag for flag in check(portfolio, YEAR) if flag.place is None]
    assert over
    with pytest.raises(Refusal, match="tall"):
        put_aside(portfolio, *over, ids=ids)
    with pytest.raises(Refusal, match="hvorfor"):
        put_aside(portfolio_of(ROW), ids=ids, reason="  ")


def test_what_is_put_aside_twice_is_put_aside_once(ids: Iterator[int]) -> None:
    before = portfolio_of(ROW)
    flags = in_texts(before)
    after = put_aside(before, *flags, ids=ids)
    edit = dismiss(after, YEAR, flags, reason="Igjen", who="Per", at=AT, new_id=lambda: new_ids(ids))
    assert edit == NOTHING
    assert len(put_aside(before, *flags, *flags, ids=ids).dismissals) == len(flags)


@pytest.mark.parametrize(
    ("text", "is_back"),
    [
        (f"Ny innledning. {TEXT}", False),
        (TEXT.replace("Taket legges til våren", "Taket er lagt"), False),
        (TEXT.replace(" har en ", "  har  en "), False),
        (TEXT.replace("har en totalramme", "har nå en totalramme"), True),
        (TEXT.replace("80 mill", "70 mill"), True),
        ("Taket legges til våren.", None),
    ],
)
def test_it_is_back_when_its_own_sentence_is_written_anew(
    text: str, *, is_back: bool | None, ids: Iterator[int]
) -> None:
    """`is_back` is None where the finding is gone altogether."""
    portfolio = written(put_aside(portfolio_of(ROW), ids=ids), text)
    assert bool(in_texts(portfolio)) is bool(is_back)
    assert len(control(portfolio).put_aside) == (0 if is_back is None or is_back else 1)


def test_it_is_back_when_the_figure_changes(ids: Iterator[int]) -> None:
    portfolio = put_aside(portfolio_of(ROW), ids=ids)
    (opening,) = (one for one in portfolio.budget_lines.values() if one.total_amount == 90_000_000)
    changed = replace(
        portfolio, budget_lines={**portfolio.budget_lines, opening.id: replace(opening, total_amount=95_000_000)}
    )
    assert len(in_texts(changed)) == 1
    assert control(changed).put_aside == ()


@given(st.lists(st.sampled_from(["Vi bygger.", WRONG, "Alt er 10 mill. kroner.", "<b>Taket</b> legges."]), max_size=5))
def test_putting_aside_and_back_is_nothing_done_whatever_the_text(sentences: list[str]) -> None:
    ids = count(1)
    before = written(portfolio_of(ROW), " ".join(sentences))
    edit = dismiss(before, YEAR, in_texts(before), reason="Slik er det", who="Kari", at=AT, new_id=lambda: new_ids(ids))
    after = apply(before, edit)
    assert in_texts(after) == []
    assert len(control(after).flags) + len(in_texts(before)) == len(control(before).flags)
    assert apply(after, edit.inverse()) == before
    assert apply(after, take_back(after, after.dismissals.values())) == before


def test_a_locked_period_keeps_words_and_place_and_what_was_put_aside(ids: Iterator[int]) -> None:
    both = f"{ROW} Prosjektet har brukt 15 mill. kroner totalt."
    before = portfolio_of(both)
    first, second = in_texts(before)
    portfolio = put_aside(before, first, ids=ids)
    locked = apply(portfolio, lock(portfolio, YEAR, who="Kari", at=AT, new_id=lambda: new_ids(ids)))
    (kept,) = in_texts(locked)
    assert (kept.rule, kept.quote, kept.finding) == (second.rule, second.quote, second.finding)
    assert kept.place is not None
    assert second.place is not None
    assert (kept.place.start, kept.place.end) == (second.place.start, second.place.end)
    (aside,) = control(locked).put_aside
    assert (aside.dismissal.quote, aside.flag) == (first.quote, None)
    assert verify_period(locked, YEAR, journalled=locked).is_equal
    with pytest.raises(Refusal, match="låst"):
        refuse_guarded(locked, take_back(locked, [aside.dismissal]))
    opened = apply(locked, reopen(locked, YEAR, reason="Feil"))
    assert [flag.quote for flag in in_texts(opened)] == [second.quote]


def test_what_was_locked_before_texts_were_read_has_the_hash_that_it_had() -> None:
    """A flag without words is written as it always was: `quote` is no part of it."""
    (project,) = portfolio_of(ROW).projects.values()
    old = ReportedFlag(rule="no-text", severity="note", message=message("Mangler"), figures={})
    details = freeze(Details(project=project, flags=(old,)))
    assert "quote" not in details
    assert "start" not in details
    row = ReportedProject(
        id="x", period=YEAR, revision=1, project=project.id, position=0, total_budget=None, total_spent=None,
        original_budget=None, revised_budget=0, actual=0, details=details,
    )  # fmt: skip
    assert thaw(row).flags == (old,)


def test_the_same_paragraph_in_two_projects_is_noted_on_both_with_the_other_named() -> None:
    portfolio = written(
        portfolio_of(
            "Skole | 9 | 1 | 4K-2025 | 1 | 1 | x\nBro | 9 | 1 | 4K-2025 | 1 | 1 | x\nVei | 9 | 1 | 4K-2025 | 1 | 1 | x"
        ),
        f"Vi maler.\n{LONG}",
        f"{LONG.upper()}\nBroen er klar.",
        f"{LONG[:100]} og mer står det ikke om det her, men avsnittet er like langt.",
    )
    flags = {flag.project.name: flag for flag in in_texts(portfolio) if flag.rule.id == "text-repeated-elsewhere"}
    assert {name: flag.finding.figures["also_in"] for name, flag in flags.items()} == {
        "Skole": "«Bro»",
        "Bro": "«Skole»",
    }
    assert flags["Skole"].quote == LONG


@pytest.mark.parametrize(
    ("text", "completion", "fires"),
    [
        ("Grunnarbeidene er utført, og betongen støpes.", "1K-2026", True),
        ("Grunnarbeidene er utført, og betongen støpes.", "4K-2025", False),
        ("Prosjektet er forsinket på grunn av vannlekkasje.", "1K-2026", False),
        ("Bygget tas i bruk 1. kvartal 2026.", "1K-2026", False),
        ("Prosjektet er satt på vent.", "1K-2026", False),
        ("", "1K-2026", False),
    ],
)
def test_a_delay_that_the_text_does_not_mention_is_noted(text: str, completion: str, *, fires: bool) -> None:
    before = portfolio_of("Skole | 9 000 | 1 000 | 4K-2025 | 1 000 | 900 | Vi graver.")
    row = table_of(f"Skole | 9 000 | 1 500 | {completion} | 1 000 | 500 | {text}")
    both = apply(before, planned(row, into=before, period=Period(2024, Part.YEAR)).edit)
    found = [flag for flag in check(both, Period(2024, Part.YEAR)) if flag.rule.id == "text-delay-not-mentioned"]
    assert bool(found) is fires
    if fires:
        assert (found[0].quote, found[0].finding.figures["quarters"]) == ("", 1)


def test_a_text_that_tells_of_another_project_is_flagged_until_that_has_another_name() -> None:
    table = "Søndre skole | 9 | 1 | 4K-2025 | 1 | 1 | x\nNordre bru | 9 | 1 | 4K-2025 | 1 | 1 | x"
    portfolio = written(portfolio_of(table), "Nordre bru er åpnet for trafikk.")
    (found,) = [flag for flag in in_texts(portfolio) if flag.rule.id == "text-other-project"]
    assert (found.project.name, found.finding.figures["other_project"]) == ("Søndre skole", "Nordre bru")
    (bridge,) = (one for one in portfolio.projects.values() if one.name == "Nordre bru")
    renamed = replace(portfolio, projects={**portfolio.projects, bridge.id: replace(bridge, name="Bro i sør")})
    assert [flag for flag in in_texts(renamed) if flag.rule.id == "text-other-project"] == []


def test_every_rule_on_texts_is_documented_and_has_an_id_of_its_own() -> None:
    ids = [rule.id for rule in (*TEXT_RULES, *BETWEEN_RULES, *CHAPTER_RULES)]
    assert len(set(ids)) == len(ids)
    formats = (Path(__file__).parents[1] / "docs" / "formats.md").read_text(encoding="utf-8")
    assert [one for one in ids if f"`{one}`" not in formats] == []
