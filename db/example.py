"""The example portfolio: the real projects and figures of 2023, with status texts and people of our own.

Must not know how a portfolio is written; it hands over what a reader of the published report would.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Mapping
from pathlib import Path

import resources
from tracker.constructed_plans import RiskText
from tracker.example_history import Place, Published
from tracker.importing import Source
from tracker.kinds import FundingTag
from tracker.published.content import PublishedRow, PublishedStatement, PublishedStatementLine, PublishedTable

YEAR = 2023
MUNICIPALITY = "Lillestrøm kommune"
_FOLDER = Path(resources.__file__).parent / "example"
_FIGURES = _FOLDER / "projects.csv"
_LAST_ROWS = 2


def example() -> Published:
    """Return what the example is built around."""
    return Published(
        municipality=MUNICIPALITY,
        year=YEAR,
        table=example_table(),
        statement=example_statement(),
        places=example_places(),
        source=example_source(),
        texts={(row["part"], row["stage"]): row["text"] for row in _rows(_FOLDER / "period-texts.csv")},
        people=tuple(row["name"] for row in _rows(_FOLDER / "people.csv")),
        risks=tuple(
            RiskText(
                title=row["title"],
                measure=row["measure"],
                likelihood=int(row["likelihood"]),
                permille=int(row["consequence_permille"]),
            )
            for row in _rows(_FOLDER / "risks.csv")
        ),
        explanations={row["cause"]: row["text"] for row in _rows(_FOLDER / "explanations.csv")},
    )


def example_source() -> Source:
    """Return where the example's figures come from."""
    return Source(name="eksempel", sha256=hashlib.sha256(_FIGURES.read_bytes()).hexdigest())


def example_table() -> PublishedTable:
    """Return the status table of the example: rows, other projects and sum, in thousands."""
    texts = {row["name"]: row["status_text"] for row in _rows(_FOLDER / "status-texts.csv")}
    *rows, other, total = [_published(row, texts.get(row["name"], "")) for row in _rows(_FIGURES)]
    return PublishedTable(rows=tuple(rows), other=other, total=total)


def example_statement() -> PublishedStatement:
    """Return the appropriation statement § 5-5 of the example, in thousands."""
    lines = [
        PublishedStatementLine(
            paragraph=int(row["paragraph"]),
            label=row["label"],
            previous_actual=int(row["previous_actual"]),
            actual=int(row["actual"]),
            revised_budget=int(row["revised_budget"]),
            original_budget=int(row["original_budget"]),
            deviation=int(row["deviation"]),
            is_sum=row["is_sum"] == "1",
        )
        for row in _rows(_FOLDER / "statement.csv")
    ]
    return PublishedStatement(lines=tuple(lines))


def example_places() -> Mapping[str, Place]:
    """Return our reading of which service area each project belongs to, and its money's kind."""
    return {
        row["name"]: Place(
            service_area=row["service_area"],
            department=row["department"] or None,
            funding_tags=frozenset(map(FundingTag, filter(None, row["funding_tags"].split(";")))),
        )
        for row in _rows(_FIGURES)[:-_LAST_ROWS]
    }


def _published(row: dict[str, str], comment: str) -> PublishedRow:
    return PublishedRow(
        name=row["name"],
        total_budget=_thousands(row["total_budget"]),
        total_spent=_thousands(row["total_spent"]),
        completion=row["completion"],
        revised_budget=int(row["revised_budget"]),
        actual=int(row["actual"]),
        deviation=int(row["deviation"]),
        comment=comment,
    )


def _thousands(text: str) -> int | None:
    return int(text) if text else None


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
