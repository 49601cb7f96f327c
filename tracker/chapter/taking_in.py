"""The accounts chapter as records: the statement's lines with the signs inside, and what is said of single projects.

Must not read a file, nor hold anything against a figure.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from tracker.chapter.passages import Chapter, read_chapter
from tracker.model import Passage, Portfolio, Project, Record, RecordId, StatementLine
from tracker.money import THOUSAND
from tracker.periods import Period
from tracker.published.content import PublishedStatement
from tracker.statement_check.published import inside_of
from tracker.statement_check.signs import SIGNS_SETTING, signs_of, signs_setting

NO_CHAPTER = Chapter(said=(), unclear=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What a chapter brings: its records, and its passages as they were found."""

    records: tuple[Record, ...] = ()
    chapter: Chapter = NO_CHAPTER


def take_in_chapter(  # noqa: PLR0913  what is read, for which projects and period, from where, and a source of ids
    statement: PublishedStatement,
    projects: Iterable[Project],
    *,
    portfolio: Portfolio,
    period: Period,
    source: str,
    new_id: Callable[[], str],
) -> Taken:
    """Make the records of a chapter; the signs that it prints are kept too, if none are set yet."""
    chapter = read_chapter(statement.leftovers, projects)
    passages = (
        Passage(
            id=RecordId(new_id()), project=said.project, period=period, position=position, source=source, text=said.text
        )
        for position, said in enumerate(chapter.said)
    )
    return Taken(records=(*_lines(statement, portfolio, period, new_id), *passages), chapter=chapter)


def _lines(
    statement: PublishedStatement, portfolio: Portfolio, period: Period, new_id: Callable[[], str]
) -> Iterator[Record]:
    lines, signs = inside_of(statement)
    if signs != signs_of(portfolio) and SIGNS_SETTING not in portfolio.settings:
        yield signs_setting(signs)
    for position, line in enumerate(lines):
        yield StatementLine(
            id=RecordId(new_id()),
            period=period,
            paragraph=line.paragraph,
            position=position,
            label=line.label,
            previous_actual=line.previous_actual * THOUSAND,
            actual=line.actual * THOUSAND,
            revised_budget=line.revised_budget * THOUSAND,
            original_budget=line.original_budget * THOUSAND,
            deviation=line.deviation * THOUSAND,
            is_sum=line.is_sum,
        )
