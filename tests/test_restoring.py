"""What an export promises: everything comes back from it, the same to the byte, or nothing does."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db.export import PORTFOLIO_JSON, export_portfolio
from db.journal import Signature, records_hash
from db.restoring import restore
from db.store import Store, new_store, open_store
from db.tables import shapes_of
from db.trouble import Trouble
from tests.ledgers import PROJECTS, SHAPES, postings
from tests.portfolios import YEAR, batch_of, edit_of
from tests.test_commands import Run, tertial
from tests.test_period_machine import PeriodLife
from tests.test_store import LABEL, WORDS, edits, everything, sign
from tests.test_taking_in_commands import sheet_of
from tracker.edits import Edit, added, apply
from tracker.ledger.lines import Columns, Stretch, framed, hash_of, pack
from tracker.messages import Refusal
from tracker.model import FIELD_OF, LedgerSum, Portfolio, ProjectId
from tracker.periods import Period

__all__ = ["tertial"]
TABLE = """
Skole på Åsen     |  2 000 | 2 097 | 4K-2024 |   986 | 1 083 | Tekst med "anførsel", komma og ; semikolon
Vei og lys        |      - |     - | LØPENDE |   500 |   400 | =SUM(A1)
Uten noe          |      0 |    35 |         |     0 |    35 |
"""
SIGNATURE = Signature(who="Per", at="2024-03-01T10:00:00+00:00", way="begun", entry_id=str(uuid4()))


def exported(store: Store, folder: Path, period: Period = YEAR) -> bytes:
    """Export a portfolio. Returns the JSON."""
    export_portfolio(store, store.load(), period, folder=folder)
    return (folder / PORTFOLIO_JSON).read_bytes()


def exported_file(path: Path, folder: Path) -> bytes:
    with closing(open_store(path, read_only=True)) as store:
        return exported(store, folder)


def assert_comes_back(store: Store, folder: Path, *, csv_too: bool = True) -> None:
    """Export, take in, export again: the same bytes, the same portfolio in the same order, the same history."""
    written = exported(store, folder / "ut")
    for source in (folder / "ut", *([only_csv(folder / "ut", folder / "csv")] if csv_too else ())):
        back = folder / f"tilbake fra {source.name}.tertial"
        restore(source, back, SIGNATURE)
        with closing(open_store(back)) as opened:
            assert exported(opened, folder / "igjen") == written
            held, found = store.load(), opened.load()
            assert found == held
            assert all(list(found.records(kind)) == list(held.records(kind)) for kind in FIELD_OF)
            assert records_hash(found) == records_hash(held)
            assert list(opened.journal()) == list(store.journal())
            assert opened.steps() == store.steps()
            assert opened.verify() == []


def only_csv(folder: Path, into: Path) -> Path:
    shutil.copytree(folder, into, ignore=shutil.ignore_patterns("*.json"), dirs_exist_ok=True)
    return into


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "p.tertial"
    with new_store(path) as store:
        edit_of(TABLE, commit_to=store)
    return path


def with_lines(count: int, text: str) -> tuple[Edit, dict[str, list[Stretch]]]:
    """Return an edit that takes some ledger lines in, and the lines."""
    columns = Columns(
        rows=range(1, count + 1),
        codes=["I10001"] * count,
        accounts=["0230"] * count,
        times=[202301] * count,
        amounts=[-(10**15), *range(1, count)],
        vouchers=["b"] * count,
        texts=[text] * count,
    )
    stretches = [pack([framed(columns), framed(columns)], 2 * count), pack([framed(columns)], count)]
    sums = [LedgerSum(project=None, code="I10001", year=2023, month=1, amount=-(10**13))]
    batch = replace(batch_of(sums, str(uuid4())), lines_hash=hash_of(stretches), line_count=3 * count)
    return added(LABEL, [batch]), {batch.id: stretches}


@given(data=st.data())
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_random_portfolios_come_back_as_they_were(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("utveksling")
    portfolio = Portfolio()
    with new_store(folder / "p.tertial") as store:
        if data.draw(st.booleans()):
            edit = added(LABEL, everything(ProjectId(str(uuid4()))))
            store.commit(edit, sign())
            portfolio = apply(portfolio, edit)
        for _ in range(data.draw(st.integers(0, 4))):
            edit = data.draw(edits(portfolio))
            store.commit(edit, sign())
            portfolio = apply(portfolio, edit)
        if data.draw(st.booleans()):
            edit, lines = with_lines(data.draw(st.integers(1, 40)), data.draw(WORDS))
            store.commit(edit, sign(), lines=lines)
        # Texts of random letters may be empty where nothing could stand as well, which CSV can't tell apart.
        assert_comes_back(store, folder, csv_too=False)


class ExchangedLife(PeriodLife):
    """The same life of two periods, and in the end everything of it goes out and comes back."""

    def teardown(self) -> None:
        """Send it round before the file is closed."""
        if self.portfolio.periods():
            assert_comes_back(self.store, Path(self._folder.name))
        super().teardown()


ExchangedLife.TestCase.settings = settings(max_examples=8, stateful_step_count=15, deadline=None)
TestPeriodsLockedAndOpenedAgainComeBack = ExchangedLife.TestCase


def test_the_example_with_its_locked_periods_comes_back_from_json_and_from_csv(
    example_file: Path, tmp_path: Path
) -> None:
    with closing(open_store(example_file, read_only=True)) as store:
        assert_comes_back(store, tmp_path)


def test_the_lines_of_a_ledger_come_back_to_the_ore(tertial: Run, tmp_path: Path) -> None:
    path, ledger = tmp_path / "kommune.tertial", tmp_path / "bilag.xlsx"
    sheet = sheet_of(tmp_path / "budsjett.xlsx", *([code, name, 5_000_000, None] for code, name in PROJECTS.items()))
    assert tertial("import-projects", sheet, path, "--year", 2023).code == 0
    assert tertial("period", "open", path, "--period", "2023-Y").code == 0
    SHAPES["signed.txt"](ledger.with_suffix(".txt"), postings())
    assert tertial("import-ledger", ledger.with_suffix(".txt"), path).code in {0, 1}
    assert tertial("export", path, tmp_path / "ut").code == 0
    assert tertial("import-portfolio", tmp_path / "ut", tmp_path / "ny.tertial").code == 0
    with closing(open_store(path)) as one, closing(open_store(tmp_path / "ny.tertial")) as other:
        (batch,) = one.load().ledger_batches
        assert list(one.ledger_lines(batch)) == list(other.ledger_lines(batch)) != []
    assert_comes_back(open_store(path), tmp_path)


def test_an_export_without_a_journal_begins_one_that_says_where_it_came_from(file: Path, tmp_path: Path) -> None:
    exported_file(file, tmp_path / "ut")
    source = changed(tmp_path / "ut", lambda everything: everything["tables"].pop("journal"))
    held = restore(source, tmp_path / "ny.tertial", SIGNATURE)
    with closing(open_store(tmp_path / "ny.tertial")) as store, closing(open_store(file)) as before:
        assert store.load() == before.load() == held
        (entry,) = store.journal()
        assert (entry.who, entry.seq) == ("Per", 1)
        assert store.verify() == []


def changed(folder: Path, change: Callable[[dict[str, Any]], object]) -> Path:
    path = folder / PORTFOLIO_JSON
    everything = json.loads(path.read_text(encoding="utf-8"))
    change(everything)
    path.write_text(json.dumps(everything), encoding="utf-8")
    return path


def row(everything: dict[str, Any], table: str, at: int = 0) -> dict[str, Any]:
    found: dict[str, Any] = everything["tables"][table][at]
    return found


WRONG: dict[str, tuple[Callable[[dict[str, Any]], object], str]] = {
    "another format": (lambda all_: all_.update(format="noe annet"), "ikke en eksportert portefølje"),
    "a newer version": (lambda all_: all_.update(version=3), "nyere versjon av Tertial"),
    "no version": (lambda all_: all_.pop("version"), "mangler format"),
    "a truth for a version": (lambda all_: all_.update(version=True), "mangler format"),
    "no tables": (lambda all_: all_.update(tables=[]), "mangler format"),
    "an unknown table": (lambda all_: all_["tables"].update(skatt=[]), "skatt"),
    "a table that is none": (lambda all_: all_["tables"].update(status={}), "status"),
    "a row that is none": (lambda all_: all_["tables"]["status"].append(7), "status"),
    "an unknown column": (lambda all_: row(all_, "project").update(farge="rød"), "project, rad 1: kolonnen farge"),
    "no id": (lambda all_: row(all_, "project", 1).pop("id"), "project, rad 2: kolonnen id mangler"),
    "a text for a number": (lambda all_: row(all_, "project", 2).update(position="tre"), "project, rad 3: position"),
    "a broken number": (
        lambda all_: row(all_, "budget_line").update(year_amount=1.5),
        "budget_line, rad 1: year_amount",
    ),
    "a truth for a number": (lambda all_: row(all_, "project").update(position=True), "project, rad 1: position"),
    "a number too large": (lambda all_: row(all_, "budget_line").update(year_amount=2**63), "year_amount"),
    "half a letter": (lambda all_: row(all_, "project").update(name="\ud800"), "project, rad 1: name"),
    "nothing for a name": (lambda all_: row(all_, "project").update(name=None), "project, rad 1: name"),
    "a list": (lambda all_: row(all_, "project").update(code=["a"]), "project, rad 1: code"),
    "the same id twice": (
        lambda all_: row(all_, "project", 2).update(id=row(all_, "project")["id"]),
        "står både i rad 1 og rad 3",
    ),
    "a project that isn't there": (
        lambda all_: row(all_, "budget_line", 1).update(project=str(uuid4())),
        "budget_line, rad 2: project viser til",
    ),
    "an empty name": (lambda all_: row(all_, "project", 1).update(name=""), "project, rad 2: raden bryter"),
    "a kind that isn't one": (
        lambda all_: row(all_, "budget_line").update(kind="gave"),
        "budget_line, rad 1: raden bryter",
    ),
    "an amount that was changed": (
        lambda all_: row(all_, "budget_line").update(year_amount=1),
        "endret etter eksporten",
    ),
    "a sum that was changed": (lambda all_: row(all_, "ledger_sum").update(amount=1), "endret etter eksporten"),
    "a record that was taken away": (lambda all_: all_["tables"]["status"].pop(), "endret etter eksporten"),
    "a date that is none": (lambda all_: row(all_, "budget_line").update(takes_effect="2023-99-99"), "skadet"),
    "a journal that was changed": (lambda all_: row(all_, "journal").update(who="Ola"), "endret etter eksporten"),
    "a journal of nonsense": (lambda all_: row(all_, "journal").update(changes="[[1]]"), "journal, rad 1"),
    "a journal too deep": (lambda all_: row(all_, "journal").update(changes="[" * 10**5), "journal, rad 1"),
    "a locked period that nobody locked": (
        lambda all_: row(all_, "period_state").update(stage="locked", revision=1),
        "period_state, rad 1: raden bryter",
    ),
    "lines that nobody packed": (
        lambda all_: all_["tables"]["ledger_stretch"].append(
            {"batch": row(all_, "ledger_batch")["id"], "stretch": 0, "line_count": 1, "packed": "AAAA"}
        ),
        "ledger_stretch, rad 1: regnskapslinjene",
    ),
    "lines that aren't base64": (
        lambda all_: all_["tables"]["ledger_stretch"].append(
            {"batch": row(all_, "ledger_batch")["id"], "stretch": 0, "line_count": 1, "packed": "å"}
        ),
        "ledger_stretch, rad 1: packed",
    ),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_no_portfolio_can_hold_is_refused_with_its_place_and_nothing_is_written(
    tertial: Run,
    file: Path,
    tmp_path: Path,
    case: str,
) -> None:
    exported_file(file, tmp_path / "ut")
    change, told = WRONG[case]
    source = changed(tmp_path / "ut", change)
    (tmp_path / "inn").mkdir()
    outcome = tertial("import-portfolio", source, tmp_path / "inn" / "ny.tertial")
    assert outcome.code == 2
    assert told in outcome.err
    assert "feil i programmet" not in outcome.err
    assert list((tmp_path / "inn").iterdir()) == []


BROKEN = {
    "nothing": b"",
    "half of it": b'{"format": "tertial-portfolio", "version": 2, "tables": {"project": [{',
    "no UTF-8": b'{"format": "\xff"}',
    "the same table twice": b'{"format": "tertial-portfolio", "version": 2, "tables": {"status": [], "status": []}}',
    "very deep": b"[" * 200_000,
    "a number without end": b"9" * 10_000,
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_file_that_is_no_json_is_refused_in_a_sentence(tmp_path: Path, case: str) -> None:
    path = tmp_path / PORTFOLIO_JSON
    path.write_bytes(BROKEN[case])
    with pytest.raises(Refusal) as refused:
        restore(path, tmp_path / "ny.tertial", SIGNATURE)
    assert refused.value.reason.values["file"] == PORTFOLIO_JSON
    assert [found.name for found in tmp_path.iterdir()] == [PORTFOLIO_JSON]


def test_csv_with_a_line_too_short_is_refused_with_its_line(file: Path, tmp_path: Path) -> None:
    exported_file(file, tmp_path / "ut")
    folder = only_csv(tmp_path / "ut", tmp_path / "csv")
    with (folder / "table-setting.csv").open("a", encoding="utf-8") as lines:
        lines.write("municipality\n")
    with pytest.raises(Refusal) as refused:
        restore(folder, tmp_path / "ny.tertial", SIGNATURE)
    assert (refused.value.reason.values["file"], refused.value.reason.values["line"]) == ("table-setting.csv", 2)


def test_an_empty_folder_and_a_file_that_is_not_there_are_told(tmp_path: Path) -> None:
    (tmp_path / "tom").mkdir()
    with pytest.raises(Refusal):
        restore(tmp_path / "tom", tmp_path / "ny.tertial", SIGNATURE)
    with pytest.raises(Trouble):
        restore(tmp_path / "borte.json", tmp_path / "ny.tertial", SIGNATURE)


def test_a_portfolio_that_is_there_is_left_alone(file: Path, tmp_path: Path) -> None:
    exported_file(file, tmp_path / "ut")
    before = file.read_bytes()
    with pytest.raises(Trouble):
        restore(tmp_path / "ut", file, SIGNATURE)
    assert file.read_bytes() == before


def test_an_export_of_the_first_format_without_ledger_lines_still_comes_back(file: Path, tmp_path: Path) -> None:
    exported_file(file, tmp_path / "ut")

    def as_first(everything: dict[str, Any]) -> None:
        everything["version"] = 1
        del everything["tables"]["ledger_stretch"]

    restore(changed(tmp_path / "ut", as_first), tmp_path / "ny.tertial", SIGNATURE)
    assert exported_file(tmp_path / "ny.tertial", tmp_path / "ny") == exported_file(file, tmp_path / "ut")


def test_what_is_undone_after_coming_back_is_undone(file: Path, tmp_path: Path) -> None:
    exported_file(file, tmp_path / "ut")
    restore(tmp_path / "ut", tmp_path / "ny.tertial", SIGNATURE)
    with closing(open_store(tmp_path / "ny.tertial")) as store:
        entries = list(store.journal())
        assert all(one.hash == other.previous for one, other in pairwise(entries))
        edit = store.edit_at(entries[-1].seq, store.load())
        store.commit(edit.inverse(), sign())
        assert store.load() == Portfolio()


def test_every_column_of_every_table_is_documented(tmp_path: Path) -> None:
    documented = (Path(__file__).parents[1] / "docs" / "formats.md").read_text(encoding="utf-8")
    tables = documented.partition("### The tables")[2].partition("\n## ")[0]
    lines = {line.split("`")[1]: line for line in tables.splitlines() if line.startswith("| `")}
    with new_store(tmp_path / "p.tertial") as store, store.lent() as connection:
        for table, columns in shapes_of(connection).items():
            for column in columns:
                written = f"{column.name}?" if column.can_be_empty else column.name
                assert f"`{written}`" in lines[table], (table, written)
