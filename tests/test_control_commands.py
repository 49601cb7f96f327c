"""The control from the command line: findings in texts with their words, put aside with a reason and taken back."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from tests.portfolios import stored
from tests.test_commands import Run, tertial
from tests.windows import PERIOD, portfolio_records, write
from tracker.model import Status

__all__ = ["tertial"]
SCHOOL, BRIDGE = "Åsveien skole", "Aasen bru"
TEXT = "Bygget reises. Prosjektet har en totalramme på 80 mill. kroner. <p>Tak gjenstår.</p>"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    records = list(portfolio_records())
    first = next(at for at, one in enumerate(records) if isinstance(one, Status))
    records[first] = replace(records[first], text=TEXT)  # type: ignore[type-var]  # a status
    return write(tmp_path / "Prøve.tertial", records)


def found(tertial: Run, file: Path, *more: str) -> list[dict[str, object]]:
    listed: list[dict[str, object]] = json.loads(tertial("check", file, "--texts", "--json", *more).out)
    return [one for one in listed if one["project"] == SCHOOL]


def test_findings_in_texts_come_with_their_words_and_where_they_stand(tertial: Run, file: Path) -> None:
    frame = next(one for one in found(tertial, file) if one["rule"] == "text-total-budget")
    start, end = frame["start"], frame["end"]
    assert isinstance(start, int)
    assert isinstance(end, int)
    assert frame["quote"] == TEXT[start:end]
    everything = json.loads(tertial("check", file, "--json").out)
    assert [one for one in everything if one["quote"] is None]
    assert f"«{frame['quote']}»" in tertial("check", file, "--texts").out


def test_a_finding_is_put_aside_and_taken_back(tertial: Run, file: Path) -> None:
    before = found(tertial, file)
    given = ("--project", SCHOOL, "--rule", "text-total-budget")
    assert tertial("dismiss", file, *given, "--reason", "Rammen er økt i juni").code == 0
    after = found(tertial, file)
    assert [one for one in before if one not in after] == [one for one in before if one["rule"] == "text-total-budget"]
    (aside,) = found(tertial, file, "--dismissed")
    assert (aside["rule"], aside["reason"]) == ("text-total-budget", "Rammen er økt i juni")
    assert aside["by"]
    assert "Rammen er økt i juni" in tertial("check", file, "--dismissed").out
    assert tertial("dismiss", file, *given, "--take-back").code == 0
    assert found(tertial, file) == before
    assert stored(file).dismissals == {}


def test_nothing_is_put_aside_without_a_reason_or_where_there_is_no_such_finding(tertial: Run, file: Path) -> None:
    before = found(tertial, file)
    without = tertial("dismiss", file, "--project", SCHOOL, "--rule", "text-total-budget")
    assert (without.code, "hvorfor" in without.err) == (2, True)
    other = tertial("dismiss", file, "--project", BRIDGE, "--rule", "text-code", "--reason", "Nei")
    assert (other.code, BRIDGE in other.err) == (2, True)
    figures = tertial("dismiss", file, "--project", BRIDGE, "--rule", "year-overspend", "--reason", "Nei")
    assert (figures.code, "tall" in figures.err) == (2, True)
    elsewhere = ("--rule", "text-total-budget", "--reason", "Nei", "--quote", "90 mill")
    assert tertial("dismiss", file, "--project", SCHOOL, *elsewhere).code == 2
    assert found(tertial, file) == before


def test_in_a_locked_period_nothing_is_put_aside_and_what_was_is_listed(tertial: Run, file: Path) -> None:
    given = ("--project", SCHOOL, "--rule", "text-total-budget")
    assert tertial("dismiss", file, *given, "--reason", "Rammen er økt i juni").code == 0
    assert tertial("period", "lock", file, "--period", PERIOD, "--accept-unapproved").code == 0
    refused = tertial("dismiss", file, *given, "--take-back")
    assert (refused.code, "låst" in refused.err) == (2, True)
    (aside,) = found(tertial, file, "--dismissed")
    assert ("80 mill" in str(aside["quote"]), aside["severity"]) == (True, None)
    assert [one["quote"] for one in found(tertial, file)]
