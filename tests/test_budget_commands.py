"""The budget ledger from the command line: entered, decided, listed and explained."""

from __future__ import annotations

import json
from contextlib import closing
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import pytest

from db.journal import Signature
from db.store import open_store
from tests.test_commands import Run, tertial
from tests.windows import PERIOD, PROJECTS, made_id, portfolio_records, write
from tracker.closing import lock
from tracker.steps import SETTLED

__all__ = ["tertial"]
SCHOOL, PARK, BRIDGE = (PROJECTS[at][0] for at in range(3))
DECIDED = ("--decision", "KS-sak 109/23", "--date", "14.06.2023")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return write(tmp_path / "Prøve.tertial", list(portfolio_records()))


def listed(tertial: Run, file: Path, *filters: object) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads(tertial("budget", "list", file, "--json", *filters).out)
    return found


def why(tertial: Run, file: Path, project: str, figure: str) -> int | None:
    said = tertial("budget", "why", file, "--project", project, "--figure", figure, "--json")
    value: int | None = json.loads(said.out)["value"]
    return value


def test_a_grant_moves_the_year_and_the_total(tertial: Run, file: Path) -> None:
    given = ("--project", SCHOOL.casefold(), "--kind", "grant", "--year", 2023, "--amount", "12,3 mill")
    said = tertial("budget", "add", file, *given, "--total", "20 mill", "--funding", "loan", *DECIDED)
    assert (said.code, said.out) == (0, "")
    assert SCHOOL in said.err
    assert why(tertial, file, SCHOOL, "revised") == 9_000_000 + 12_300_000
    assert why(tertial, file, SCHOOL, "total") == 90_000_000 + 20_000_000
    again = tertial("budget", "add", file, *given, "--total", "20 mill", "--funding", "loan", *DECIDED)
    assert again.code == 0
    assert "samme beløpene før" in again.err


def test_a_cut_is_how_much_is_cut_with_or_without_its_minus(tertial: Run, file: Path) -> None:
    for amount in ("500000", "-500000"):
        given = ("--project", SCHOOL, "--kind", "cut", "--year", 2023, f"--amount={amount}", "--funding", "loan")
        assert tertial("budget", "add", file, *given, *DECIDED).code == 0
    assert [(row["year_amount"], row["total_amount"]) for row in listed(tertial, file, "--kind", "cut")] == [
        (-500_000, -500_000)
    ] * 2


def test_a_move_between_years_leaves_the_total(tertial: Run, file: Path) -> None:
    given = ("--project", SCHOOL, "--amount", "2 mill", "--from-year", 2023, "--to-year", 2024)
    assert tertial("budget", "move", file, *given, *DECIDED).code == 0
    assert why(tertial, file, SCHOOL, "revised") == 7_000_000
    assert why(tertial, file, SCHOOL, "total") == 90_000_000


def test_a_reallocation_is_refused_with_what_is_left_to_place(tertial: Run, file: Path) -> None:
    shares = ("--share", f"{SCHOOL}=-500000", "--share", "=Bruen 10=400000")
    said = tertial("budget", "reallocate", file, "--year", 2023, *shares, *DECIDED)
    assert said.code == 2
    assert "100\u00a0000\u00a0kr" in said.err
    assert listed(tertial, file, "--kind", "reallocation") == []
    said = tertial("budget", "reallocate", file, "--year", 2023, *shares, "--share", f"{PARK}=100000", *DECIDED)
    assert said.code == 0
    assert sum(int(str(row["year_amount"])) for row in listed(tertial, file, "--kind", "reallocation")) == 0


def test_proposals_count_when_they_are_decided_all_with_one_decision(tertial: Run, file: Path) -> None:
    for project in (SCHOOL, PARK):
        given = ("--project", project, "--kind", "carry-over", "--year", 2023, "--amount", "1 mill", "--proposed")
        assert tertial("budget", "add", file, *given).code == 0
    assert why(tertial, file, SCHOOL, "revised") == 9_000_000
    assert why(tertial, file, SCHOOL, "proposed") == 1_000_000
    assert tertial("budget", "decide", file, "--all", "--kind", "carry-over", *DECIDED).code == 0
    assert why(tertial, file, SCHOOL, "revised") == 10_000_000
    assert {row["decision"] for row in listed(tertial, file, "--kind", "carry-over")} == {"KS-sak 109/23"}
    said = tertial("budget", "decide", file, "--all", "--kind", "carry-over", *DECIDED)
    assert said.code == 2
    assert "Ingen forslag" in said.err


def test_a_proposal_is_withdrawn_and_a_decided_change_is_taken_back(tertial: Run, file: Path) -> None:
    given = ("--project", SCHOOL, "--kind", "price", "--year", 2023, "--amount", "1 mill")
    tertial("budget", "add", file, *given, "--proposed")
    (proposed,) = listed(tertial, file, "--status", "proposed")
    assert tertial("budget", "take-back", file, "--line", proposed["id"], "--because", "Feil").code == 2
    assert tertial("budget", "withdraw", file, "--line", str(proposed["id"])[:8]).code == 0
    assert listed(tertial, file, "--kind", "price") == []
    tertial("budget", "add", file, *given, *DECIDED)
    (decided,) = listed(tertial, file, "--kind", "price")
    assert tertial("budget", "withdraw", file, "--line", decided["id"]).code == 2
    assert tertial("budget", "take-back", file, "--line", decided["id"], "--because", "Feil prosjekt").code == 0
    assert why(tertial, file, SCHOOL, "revised") == 9_000_000
    assert len(listed(tertial, file, "--kind", "price")) == 2


def test_a_decision_from_a_locked_period_is_entered_and_leaves_what_was_reported(tertial: Run, file: Path) -> None:
    with closing(open_store(file)) as store:
        held, ids = store.load(), count(70_000)
        edit = lock(held, PERIOD, who="Kari", at=datetime(2024, 2, 1, tzinfo=UTC), new_id=lambda: made_id(next(ids)))
        store.commit(edit, Signature(who="Kari", at="2024-02-01T00:00:00+00:00", way=SETTLED, entry_id=made_id(2)))
    given = ("--project", SCHOOL, "--kind", "price", "--year", 2023, "--amount", "1 mill")
    assert tertial("budget", "add", file, *given, *DECIDED).code == 0
    told = json.loads(tertial("budget", "why", file, "--project", SCHOOL, "--json").out)
    assert (told["value"], told["reported"]) == (10_000_000, 9_000_000)
    assert "Rapportert da perioden ble låst" in tertial("budget", "why", file, "--project", SCHOOL).out
    assert tertial("verify", file).code == 0


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("--project", "Åsveien", "--kind", "grant", "--year", 2023, "--amount", 5), "mente du «Åsveien skole»"),
        (("--project", SCHOOL, "--kind", "gave", "--year", 2023, "--amount", 5), "velg blant grant, cut"),
        (("--project", SCHOOL, "--kind", "grant", "--year", 23, "--amount", 5, "--funding", "loan"), "budsjettår"),
        (("--project", SCHOOL, "--kind", "grant", "--year", 2023, "--amount", "mye", "--funding", "loan"), "beløp"),
        (("--project", SCHOOL, "--kind", "grant", "--year", 2023, "--amount", 5), "finansierer"),
        (("--project", SCHOOL, "--kind", "original", "--year", 2023, "--amount", 5), "totalen er vedtatt"),
        (("--project", SCHOOL, "--kind", "price", "--year", 2023, "--amount", 5), "må ha et vedtak"),
        (("--project", SCHOOL, "--kind", "price", "--year", 2023, "--amount", 5, "--date", "14.06.2023"), "saken"),
    ],
)
def test_what_cannot_be_entered_is_refused_in_a_sentence(
    tertial: Run, file: Path, given: tuple[object, ...], said: str
) -> None:
    before = file.read_bytes()
    refused = tertial("budget", "add", file, *given)
    assert refused.code == 2
    assert said in refused.err
    assert file.read_bytes() == before


def test_the_chain_is_written_line_by_line_to_the_figure(tertial: Run, file: Path) -> None:
    given = ("--project", SCHOOL, "--kind", "price", "--year", 2023, "--amount", "1 mill")
    tertial("budget", "add", file, *given, *DECIDED)
    tertial("budget", "add", file, *given, "--proposed")
    said = tertial("budget", "why", file, "--project", SCHOOL).out.splitlines()
    assert len(said) == 4
    assert "Forslag, ikke vedtatt" in said[2]
    assert said[-1] == "Revidert budsjett: 10\u00a0000\u00a0000\u00a0kr"
    assert made_id(1000)[:8] in tertial("budget", "list", file, "--project", SCHOOL).out
