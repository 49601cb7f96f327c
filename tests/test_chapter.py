"""What the accounts chapter says of single projects: found by their names, taken in, held against the figures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from db.published.report import read_published_statement, read_published_table
from tests.portfolios import SOURCE, YEAR, circumstances, sum_row, table_of
from tracker.chapter.findings import Spoken, disagreements, passage_findings, passages_of
from tracker.chapter.passages import Chapter, read_chapter
from tracker.checking import check
from tracker.dismissing import dismiss
from tracker.edits import apply
from tracker.figures import figures_of
from tracker.flags import Place
from tracker.importing import ImportPlan, Source, plan_report_import
from tracker.model import Portfolio, Project
from tracker.published.content import PublishedStatement, PublishedStatementLine

SHARED = Path(__file__).parents[2] / "shared" / "data"
TABLE = """
Åsen skole - nybygg                   | 540 000 | 525 000 | Ferdig  | 57 000 | 57 200 | Påløpt 525 mill. kroner.
Bruvik sykehjem - ombygging til bolig | 102 000 |  72 200 | Ferdig  | 73 800 | 47 000 | I rute.
E-skatt - Tårnhuset                   |  74 000 |  70 700 | Ferdig  | 50 400 | 48 600 |
E-skatt - Bru over elva               |   9 000 |   1 000 | 4K-2026 |  1 000 |  1 000 |
Oppgradering barnehager - Byggherre   |  11 300 |  14 000 | 4K-2032 |    100 |    100 |
Oppgradering barnehager - Drift       |   9 300 |   4 000 | 4K-2032 |    100 |    100 |
Nytt beredskapsanlegg Granmoen        |  30 000 |   1 000 | 4K-2032 |    100 |    100 |
Samferdsel - hovedplaner              |       - |       - | LØPENDE |  9 000 |  8 000 |
"""
AT = datetime(2024, 1, 20, 12, tzinfo=UTC)
ACCOUNTS = Source(name="regnskap.txt", sha256="1" * 64)


def chapter(*paragraphs: str) -> Chapter:
    projects = apply(Portfolio(), plan().edit).projects.values()
    return read_chapter(paragraphs, projects)


def plan(*paragraphs: str) -> ImportPlan:
    table = table_of(TABLE, total=sum_row(*table_of(TABLE).rows))
    total = table.total
    lines = [
        PublishedStatementLine(
            paragraph=paragraph,
            label=label,
            previous_actual=0,
            actual=total.actual,
            revised_budget=total.revised_budget,
            original_budget=0,
            deviation=total.deviation,
            is_sum=True,
        )
        for paragraph, label in ((1, "Sum investeringsutgifter"), (2, "Sum brutto investeringer"))
    ]
    return plan_report_import(
        Portfolio(),
        table,
        statement=PublishedStatement(lines=tuple(lines), leftovers=paragraphs),
        period=YEAR,
        source=SOURCE,
        circumstances=circumstances(1),
        accounts=ACCOUNTS,
    )


def said(*paragraphs: str) -> list[tuple[str, str]]:
    portfolio = apply(Portfolio(), plan(*paragraphs).edit)
    return [(portfolio.projects[one.project].name, one.text) for one in passages_of(portfolio, YEAR)]


@pytest.mark.parametrize(
    ("paragraph", "project", "text"),
    [
        ("• Åsen skole: Totalbudsjettet er 1 mill.", "Åsen skole - nybygg", "Totalbudsjettet er 1 mill."),
        ("Åsen skole Skolen er tatt i bruk.", "Åsen skole - nybygg", "Skolen er tatt i bruk."),
        ("- Åsen skole – nybygg: Ferdig.", "Åsen skole - nybygg", "Ferdig."),
        ("• Åsen skole – et helt annet tiltak: Ferdig.", "Åsen skole - nybygg", "Ferdig."),
        ("Tårnhuset Prøvedrift pågår.", "E-skatt - Tårnhuset", "Prøvedrift pågår."),
        ("• Oppgradering av barnehager – byggherre: Brukt.", "Oppgradering barnehager - Byggherre", "Brukt."),
        ("Ved Åsen skoles bygg er det avvik.", "Åsen skole - nybygg", None),
        ("Det største er Nytt beredskapsanlegg som ble skrinlagt.", "Nytt beredskapsanlegg Granmoen", None),
        ("Avviket er på ombygging av Bruvik sykehjem.", "Bruvik sykehjem - ombygging til bolig", None),
    ],
)
def test_a_project_is_known_by_the_names_that_a_chapter_gives_it(
    paragraph: str, project: str, text: str | None
) -> None:
    """Under a heading its text is said of the project; a sentence that names it is said whole."""
    assert said(paragraph) == [(project, text or paragraph)]


def test_headings_without_a_blank_line_between_them_part_the_text() -> None:
    """Text taken from a PDF runs a heading into the paragraph before it."""
    paragraph = (
        "Tårnhuset Totalbudsjettet er på 74 mill. kroner. Prøvedrift pågår. Åsen skole Totalbudsjettet er 540 mill. "
        "kroner, og det er påløpt 525 mill. kroner."
    )
    assert said(paragraph) == [
        ("E-skatt - Tårnhuset", "Totalbudsjettet er på 74 mill. kroner. Prøvedrift pågår."),
        ("Åsen skole - nybygg", "Totalbudsjettet er 540 mill. kroner, og det er påløpt 525 mill. kroner."),
    ]


def test_a_bare_name_in_a_list_says_what_its_title_says() -> None:
    assert said("Rammen er brukt. Sluttførte investeringer i 2023", "• Tårnhuset", "• Åsen skole er tatt i bruk") == [
        ("E-skatt - Tårnhuset", "Sluttførte investeringer i 2023."),
        ("Åsen skole - nybygg", "Åsen skole er tatt i bruk"),
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "Avviket på Åsen skole og Tårnhuset utgjør tilsammen 41,5 mill. kroner.",
        "Avviket er på kjøp av eiendom, på Tårnhuset og på hovedplaner.",
        "Oppgradering barnehager har avvik på 2 mill. kroner.",
    ],
)
def test_what_names_several_is_nobodys_and_is_told(sentence: str) -> None:
    found = plan(sentence)
    assert found.passages == 0
    assert found.unclear == (sentence,)


@pytest.mark.parametrize(
    "sentence",
    [
        "Investeringene er 1 400 mill. kroner, og innen samferdsel er det lite avvik.",
        "Det er solgt eiendommer for 29,7 mill. kroner.",
        "Skolen ligger i åsen ved skogen.",
    ],
)
def test_what_names_no_project_is_no_passage(sentence: str) -> None:
    found = chapter(sentence)
    assert found.said == ()
    assert found.unclear == ()


def test_passages_come_with_the_report_and_go_with_it() -> None:
    found = plan("Åsen skole Skolen er tatt i bruk.", "Åsen skole: Det er avvik.")
    portfolio = apply(Portfolio(), found.edit)
    assert found.passages == 2
    assert [(one.source, one.position, one.period) for one in passages_of(portfolio, YEAR)] == [
        ("regnskap.txt", 0, YEAR),
        ("regnskap.txt", 1, YEAR),
    ]
    assert apply(portfolio, found.edit.inverse()) == Portfolio()


@dataclass(frozen=True)
class Found:
    """Words that disagree with a figure."""

    start: int
    end: int


_SPENT = re.compile(r"påløpt (?P<mill>\d+) mill\. kroner", re.IGNORECASE)


def test_a_passage_is_held_against_its_project_and_quoted() -> None:
    portfolio = apply(Portfolio(), plan("Åsen skole Det er påløpt 540 mill. kroner.", "Tårnhuset Alt er vel.").edit)
    spent = {one.project.id: one.total_spent for one in figures_of(portfolio, YEAR).projects}

    def read(text: str, project: Project) -> Iterator[tuple[str, Found]]:
        for words in _SPENT.finditer(text):
            if int(words["mill"]) * 1_000_000 != spent[project.id]:
                yield "spent", Found(words.start(), words.end())

    (found,) = passage_findings(portfolio, YEAR, proof_read=read)
    assert (found.project.name, found.rule, found.quote) == (
        "Åsen skole - nybygg",
        "spent",
        "påløpt 540 mill. kroner",
    )
    assert found.passage.source == "regnskap.txt"


def spoken(text: str, _project: Project) -> Iterator[Spoken]:
    for words in _SPENT.finditer(text):
        amount = int(words["mill"]) * 1_000_000.0
        yield Spoken(about="spent", low=amount, high=amount, start=words.start(), end=words.end())


@pytest.mark.parametrize(
    ("text", "disagrees"),
    [
        ("Det er påløpt 540 mill. kroner.", True),
        ("Det er påløpt 525 mill. kroner.", False),
        ("Det er påløpt 540 mill. kroner. I tillegg er det påløpt 3 mill. kroner.", False),
    ],
)
def test_a_passage_is_held_against_the_status_text(text: str, *, disagrees: bool) -> None:
    """Two amounts of the same thing in one text may be of different things, and are left in peace."""
    portfolio = apply(Portfolio(), plan(f"Åsen skole {text}").edit)
    found = disagreements(portfolio, YEAR, spoken=spoken)
    assert [(one.quote, one.other_quote) for one in found] == (
        [("påløpt 540 mill. kroner", "Påløpt 525 mill. kroner")] if disagrees else []
    )


@pytest.mark.skipif(not SHARED.exists(), reason="the published chapter is not here")
def test_the_published_chapter_of_2023_speaks_of_nineteen_projects() -> None:
    table = read_published_table(SHARED / "arsmelding-2023-investeringer.txt")
    statement = read_published_statement(SHARED / "arsmelding-2023-investeringsregnskap.txt")
    found = plan_report_import(
        Portfolio(), table, statement=statement, period=YEAR, source=SOURCE, circumstances=circumstances(1)
    )
    portfolio = apply(Portfolio(), found.edit)
    passages = passages_of(portfolio, YEAR)
    assert len(passages) == found.passages == 26
    assert len({one.project for one in passages}) == 18
    assert len(found.unclear) == 2


def test_the_check_tells_what_a_chapter_says_against_figures_and_against_the_status_text() -> None:
    """It is no mark in the status text, and can be put aside like one."""
    paragraph = "Åsen skole Totalbudsjettet ble økt fra 500 til 540 mill. kroner, det er påløpt 539 mill. kroner."
    portfolio = apply(Portfolio(), plan(paragraph).edit)
    flags = [flag for flag in check(portfolio, YEAR) if flag.rule.id.startswith("chapter-")]
    assert [(flag.rule.id, flag.project.name, flag.quote) for flag in flags] == [
        ("chapter-against-figures", "Åsen skole - nybygg", "539 mill. kroner."),
        ("chapter-against-text", "Åsen skole - nybygg", "539 mill. kroner."),
    ]
    assert all(flag.finding.message.values["source"] == "regnskap.txt" for flag in flags)
    assert all(flag.place == Place(start=0, end=0, sentence=passages_of(portfolio, YEAR)[0].text) for flag in flags)
    ids = iter(range(2))
    edit = dismiss(portfolio, YEAR, flags, reason="Avklart", who="Kari", at=AT, new_id=lambda: f"d{next(ids)}")
    left = [flag for flag in check(apply(portfolio, edit), YEAR) if flag.rule.id.startswith("chapter-")]
    assert left == []


def test_what_a_chapter_says_in_agreement_is_no_finding() -> None:
    paragraph = (
        "Åsen skole Totalbudsjettet ble i 2023 økt fra 500 til 540 mill. kroner, det er påløpt 525 mill. kroner."
    )
    portfolio = apply(Portfolio(), plan(paragraph).edit)
    assert [flag for flag in check(portfolio, YEAR) if flag.rule.id.startswith("chapter-")] == []
