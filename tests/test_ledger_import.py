"""Actuals from ledgers of every shape: what each project's spending becomes is right to the krone, or it is refused."""

from __future__ import annotations

import csv
import random
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from itertools import count
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db.journal import Signature
from db.store import Store, new_store, open_store
from tests.ledgers import CODES, LOAN, PROJECTS, SHAPES, VAT, Posting, kroner, postings, spent, write_signed
from tracker.edits import added, apply
from tracker.figures import live_figures_of
from tracker.kinds import FundingSource, LedgerContent, VatConvention
from tracker.ledger.accounts import KOSTRA, AccountRules
from tracker.ledger.mapping import Mapping, Use, fitting_profile, profile_setting
from tracker.ledger.matching import match_codes, orphans_of
from tracker.ledger.planning import Export, LedgerPlan
from tracker.ledger.rounding import in_kroner, rounded_in_order
from tracker.messages import Refusal, message
from tracker.model import PeriodState, Portfolio, Project, ProjectId, RecordId
from tracker.money import Unit
from tracker.periods import Part, Period
from tracker.taking_back import taken_back
from ui.taking_ledger import ReadExport, Wanted, look_at, plan_of, read_export, vouchers_in

YEAR = Period(2023, Part.YEAR)
IDS = {code: ProjectId(str(UUID(int=int(code)))) for code in PROJECTS}


def municipality() -> Portfolio:
    projects = [Project(id=IDS[code], name=name, code=code) for code, name in PROJECTS.items()]
    return apply(Portfolio(), added(message("x"), [PeriodState(id=RecordId(str(UUID(int=7))), period=YEAR), *projects]))


def planned(
    path: Path, portfolio: Portfolio, *, mapping: Mapping | None = None, control_total: int | None = None
) -> tuple[LedgerPlan, ReadExport]:
    look = look_at(path, portfolio)
    layout = mapping or look.proposal.mapping
    read = read_export(Wanted(path=path, header_row=look.proposal.header_row, sheet=look.sheet), layout)
    export = Export(source=read.source, layout=layout, control_total=control_total)
    return plan_of(portfolio, read, export, new_id=lambda: str(uuid4())), read


def written(tmp_path: Path, shape: str, lines: Sequence[Posting]) -> Path:
    path = tmp_path / shape
    SHAPES[shape](path, lines)
    return path


def actuals(portfolio: Portfolio) -> dict[str, int]:
    figures = live_figures_of(portfolio, YEAR, with_idle=True).projects
    return {one.project.code or "": one.actual for one in figures}


@pytest.mark.parametrize("shape", SHAPES)
def test_every_shape_gives_the_same_spending_to_the_krone(tmp_path: Path, shape: str) -> None:
    lines = postings()
    plan, _ = planned(written(tmp_path, shape, lines), municipality())
    exact = spent(lines)
    after = actuals(apply(municipality(), plan.edit))
    assert after == {code: kroner(exact[code]) for code in PROJECTS}
    assert {one.name: one.after for one in plan.projects} == {
        name: kroner(exact[code]) for code, name in PROJECTS.items() if exact[code]
    }
    (orphan,) = plan.orphans
    assert (orphan.code, orphan.amount) == ("41999", kroner(exact["41999"]))
    assert not plan.control_difference
    assert (plan.batch.year, plan.batch.first_month, plan.batch.last_month) == (2023, 1, 12)


@pytest.mark.parametrize("shape", [name for name in SHAPES if name != "balances.xlsx"])
def test_money_that_came_in_is_funding_and_no_spending(tmp_path: Path, shape: str) -> None:
    lines = postings()
    plan, _ = planned(written(tmp_path, shape, lines), municipality())
    compensation = sum(one.amount for one in lines if one.account == VAT and one.code in PROJECTS)
    funded = sum(
        entry.amount
        for entry in plan.batch.sums
        if entry.funding is FundingSource.VAT_COMPENSATION and entry.project is not None
    )
    assert abs(funded - kroner(compensation)) <= len(PROJECTS)


def test_each_month_is_what_the_lines_up_to_it_come_to(tmp_path: Path) -> None:
    lines = postings()
    plan, _ = planned(written(tmp_path, "signed.txt", lines), municipality())
    portfolio = apply(municipality(), plan.edit)
    for part in Part:
        period = Period(2023, part)
        exact = spent(one for one in lines if one.on.month <= part.last_month)
        found = {one.project.code: one.actual for one in live_figures_of(portfolio, period, with_idle=True).projects}
        assert found == {code: kroner(exact.get(code, 0)) for code in PROJECTS}


@given(st.lists(st.integers(-(10**12), 10**12)))
def test_rounded_amounts_add_up_to_the_exact_sum_rounded_from_the_first_to_any(ores: list[int]) -> None:
    rounded = list(rounded_in_order(ores))
    for at in range(len(ores) + 1):
        assert sum(rounded[:at]) == in_kroner(sum(ores[:at]))
    assert all(abs(amount * 100 - exact) <= 100 for amount, exact in zip(rounded, ores, strict=True))


@pytest.fixture
def store(tmp_path: Path) -> Store:
    path = tmp_path / "p.tertial"
    with new_store(path) as made:
        made.commit(
            added(message("x"), [*municipality().projects.values(), *municipality().period_states.values()]), sign()
        )
    return open_store(path)


def sign() -> Signature:
    return Signature(who="Kari", at="2024-02-01T10:00:00+00:00", way="import", entry_id=str(uuid4()))


def take_in(store: Store, path: Path, *, mapping: Mapping | None = None) -> LedgerPlan:
    portfolio = store.load()
    look = look_at(path, portfolio)
    layout = mapping or look.proposal.mapping
    known = vouchers_in(store, portfolio, "regnskap") if layout.is_keyed else frozenset()
    read = read_export(Wanted(path=path, header_row=look.proposal.header_row), layout, known=known)
    plan = plan_of(portfolio, read, Export(source=read.source, layout=layout), new_id=lambda: str(uuid4()))
    store.commit(plan.edit, sign(), lines={plan.batch.id: read.stretches})
    return plan


def test_the_lines_are_kept_as_they_were_and_can_be_followed(store: Store, tmp_path: Path) -> None:
    lines = postings()
    plan = take_in(store, written(tmp_path, "debit-credit.csv", lines))
    with closing(store):
        kept = list(store.ledger_lines(plan.batch.id))
        assert [(one.code, one.account, one.month, one.amount, one.voucher, one.text) for one in kept] == [
            (one.code, one.account, one.on.month, one.amount, f"{one.voucher}-{one.line}", one.text) for one in lines
        ]
        assert [one.row for one in kept[:2]] == [4, 5]
        assert store.verify() == []
        assert store.load() == apply(municipality(), plan.edit)


def test_a_longer_export_of_the_same_ledger_replaces_the_shorter_and_never_counts_twice(
    store: Store, tmp_path: Path
) -> None:
    with closing(store):
        take_in(store, written(tmp_path, "debit-credit.csv", postings(until=4)))
        plan = take_in(store, written(tmp_path, "signed.txt", postings(until=8)))
        assert [one.last_month for one in plan.replaced] == [4]
        exact = spent(postings(until=8))
        assert actuals(store.load()) == {code: kroner(exact.get(code, 0)) for code in PROJECTS}


def test_with_vouchers_only_new_lines_enter(store: Store, tmp_path: Path) -> None:
    path = written(tmp_path, "debit-credit.csv", postings(until=4))
    with closing(store):
        keyed = replace(look_at(path, Portfolio()).proposal.mapping, is_keyed=True)
        take_in(store, path, mapping=keyed)
        plan = take_in(store, written(tmp_path, "debit-credit.csv", postings(until=8)), mapping=keyed)
        assert plan.replaced == ()
        assert plan.reading.known_count == len(postings(until=4))
        assert plan.reading.line_count == len(postings(until=8)) - len(postings(until=4))
        exact = spent(postings(until=8))
        for code, amount in actuals(store.load()).items():
            assert abs(amount - kroner(exact[code])) <= 1
        with pytest.raises(Refusal, match="ingen nye linjer"):
            take_in(store, path, mapping=keyed)


def test_the_same_file_again_is_noticed_and_counts_once(store: Store, tmp_path: Path) -> None:
    path = written(tmp_path, "signed.txt", postings())
    with closing(store):
        take_in(store, path)
        before = actuals(store.load())
        again = take_in(store, path)
        assert again.is_known
        assert again.projects == ()
        assert actuals(store.load()) == before


def test_one_undo_takes_an_import_back_and_one_redo_makes_it_again(store: Store, tmp_path: Path) -> None:
    with closing(store):
        before = actuals(store.load())
        take_in(store, written(tmp_path, "signed.txt", postings()))
        after = actuals(store.load())
        step = store.steps().undoable[-1]
        undone = taken_back(store.load(), store.edit_at(step.seq, store.load()))
        store.commit(undone, replace(sign(), way="undo"))
        assert actuals(store.load()) == before
        step = store.steps().redoable[-1]
        redone = taken_back(store.load(), store.edit_at(step.seq, store.load()))
        store.commit(redone, replace(sign(), way="redo"))
        assert actuals(store.load()) == after
        assert store.verify() == []


def test_a_code_that_is_matched_counts_also_what_was_imported_before(store: Store, tmp_path: Path) -> None:
    lines = postings()
    with closing(store):
        take_in(store, written(tmp_path, "signed.txt", lines))
        portfolio = store.load()
        assert list(orphans_of(portfolio)) == ["41999"]
        edit = match_codes(portfolio, {"41999": (IDS["41001"], None)}, new_id=lambda: str(uuid4()))
        after = apply(portfolio, edit)
        exact = spent(lines)
        assert actuals(after)["41001"] == kroner(exact["41001"]) + kroner(exact["41999"])
        assert orphans_of(after) == {}
        nobody = match_codes(portfolio, {"41999": None}, new_id=lambda: str(uuid4()))
        assert orphans_of(apply(portfolio, nobody)) == {}
        assert actuals(apply(portfolio, nobody)) == actuals(portfolio)


def test_amounts_with_and_without_vat_are_never_added(store: Store, tmp_path: Path) -> None:
    path = written(tmp_path, "signed.txt", postings(until=4))
    layout = look_at(path, Portfolio()).proposal.mapping
    with closing(store):
        take_in(store, path, mapping=replace(layout, vat=VatConvention.GROSS))
        later = written(tmp_path, "signed.txt", [one for one in postings(until=8) if one.on.month > 4])
        with pytest.raises(Refusal, match="kan ikke legges sammen") as refused:
            planned(later, store.load(), mapping=replace(layout, vat=VatConvention.NET))
        assert refused.value.reason.values["year"] == 2023
        whole = written(tmp_path, "signed.txt", postings(until=8))
        plan, _ = planned(whole, store.load(), mapping=replace(layout, vat=VatConvention.NET))
        assert len(plan.replaced) == 1


def test_rows_that_cannot_be_read_stop_the_import_and_are_all_named(tmp_path: Path) -> None:
    path = tmp_path / "feil.csv"
    path.write_text(
        "Prosjekt;Periode;Beløp\n41001;202301;100,00\n41001;202313;5,00\n41001;juni;5,00\n41001;202302;mye\n41001;202303;1,234\n",
        encoding="utf-8",
    )
    with pytest.raises(Refusal, match="kan ikke leses") as refused:
        planned(path, municipality())
    assert [detail.values["row"] for detail in refused.value.details] == [4, 5, 6] or sorted(
        detail.values["row"] for detail in refused.value.details
    ) == [4, 5, 6]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "ingen rader"),
        ("Dato;Tekst\n1;2\n", "kolonnen som har prosjektnummeret"),
        ("1;2\n3;4\n", "Fant ingen overskrifter"),
        ("Prosjekt;Periode;Beløp\n", "Fant ingen linjer"),
        ("Prosjekt;Periode;Beløp\n41001;202301;1,00\n41001;202401;1,00\n", "ett år om gangen"),
        ("Prosjekt;Beløp\n41001;1,00\n", "periode eller dato"),
    ],
)
def test_what_is_no_ledger_is_refused_in_a_sentence(tmp_path: Path, text: str, sentence: str) -> None:
    path = tmp_path / "x.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(Refusal, match=sentence):
        planned(path, municipality())


def test_the_control_total_is_held_against_all_the_lines(tmp_path: Path) -> None:
    lines = postings()
    path = written(tmp_path, "signed.txt", lines)
    whole = kroner(sum(one.amount for one in lines))
    assert planned(path, municipality(), control_total=whole)[0].control_difference == 0
    assert planned(path, municipality(), control_total=whole - 7)[0].control_difference == 7


def test_a_profile_is_kept_and_proposed_for_the_same_headings(tmp_path: Path) -> None:
    path = written(tmp_path, "balances.xlsx", postings())
    look = look_at(path, Portfolio())
    mapping = replace(look.proposal.mapping, is_negated=True, vat=VatConvention.NET)
    portfolio = apply(Portfolio(), added(message("x"), [profile_setting("Månedsliste", mapping)]))
    assert fitting_profile(portfolio, look.proposal.header) == ("Månedsliste", mapping)
    again = look_at(path, portfolio)
    assert (again.profile, again.proposal.mapping, again.proposal.header_row) == ("Månedsliste", mapping, 3)
    assert look_at(written(tmp_path, "signed.txt", postings()), portfolio).profile == ""


def test_what_is_proposed_is_what_a_controller_would_choose(tmp_path: Path) -> None:
    proposed = {shape: look_at(written(tmp_path, shape, postings()), Portfolio()).proposal.mapping for shape in SHAPES}
    assert proposed["balances.xlsx"].unit is Unit.THOUSANDS
    assert proposed["balances.xlsx"].content is LedgerContent.BALANCES
    assert proposed["negative.csv"].is_negated
    assert proposed["grouped.xlsx"].repeats_code
    assert {Use.DEBIT, Use.CREDIT} <= proposed["debit-credit.csv"].columns.keys()
    assert not any(proposed[shape].is_negated for shape in SHAPES if shape != "negative.csv")


@pytest.mark.parametrize(
    ("account", "funding", "is_left_out"),
    [
        ("02300", None, False),
        ("04290", None, False),
        (VAT, FundingSource.VAT_COMPENSATION, False),
        ("07000", FundingSource.GRANT, False),
        ("06700", FundingSource.SALE, False),
        (LOAN, FundingSource.LOAN, False),
        ("09700", FundingSource.OPERATIONS, False),
        ("05100", None, True),
        ("09300", None, True),
        ("", None, False),
    ],
)
def test_accounts_are_what_kostra_says(account: str, funding: FundingSource | None, *, is_left_out: bool) -> None:
    assert KOSTRA.funding_of(account) is funding
    assert KOSTRA.is_left_out(account) is is_left_out


def test_the_art_stands_where_the_municipality_writes_it() -> None:
    assert AccountRules(places=(0, 3)).funding_of("729") is FundingSource.VAT_COMPENSATION
    assert AccountRules(places=(0, 3)).funding_of("72900") is FundingSource.VAT_COMPENSATION


FUZZED_HEAD = [("Prosjekt", "Periode", "Beløp"), ("41001", "202301", "1,00")]
AMOUNTS = st.one_of(
    st.integers(-(10**9), 10**9).map(lambda ore: f"{ore / 100:.2f}".replace(".", ",")),
    st.sampled_from(["", "-", "1.234", "1,234", "12-", "(5)", "1 000", "mye", "1.234,50", "=1+1", "1e5"]),
)
CELLS = st.sampled_from(["41001", "41002", "41999", "", "Sum", "Sum 41001", " 41001 ", "Totalentreprise"])
PERIODS = st.sampled_from(["202301", "2023-02", "03.2023", "15.04.2023", "", "x", "202399", "202313"])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
@given(st.lists(st.tuples(CELLS, PERIODS, AMOUNTS), max_size=12))
def test_whatever_the_rows_hold_the_sums_are_right_or_it_is_refused(
    tmp_path: Path, rows: list[tuple[str, str, str]]
) -> None:
    """Sums that come through are held against the plainest reading there is, of rows that nobody could misread."""
    path = tmp_path / "fuzz.csv"
    first = [("Prosjekt", "Periode", "Beløp"), ("41001", "202301", "1,00")]
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=";").writerows([*first, *rows])
    try:
        mapping = replace(look_at(path, Portfolio()).proposal.mapping, repeats_code=False, is_negated=False)
        plan, read = planned(path, municipality(), mapping=mapping)
    except Refusal:
        return
    exact = 100
    for code, _, amount in rows:
        if code.strip() and not code.startswith("Sum") and amount not in {"", "-"}:
            exact += {"12-": -1200, "(5)": -500, "1 000": 100_000, "1.234,50": 123_450, "1.234": 123_400}.get(
                amount
            ) or round(float(amount.replace(",", ".")) * 100)
    assert read.reading.total == exact
    assert sum(entry.amount for entry in plan.batch.sums) - kroner(exact) in range(-4, 5)


def test_columns_are_found_by_their_headings_whatever_their_order(tmp_path: Path) -> None:
    rng = random.Random(4)  # noqa: S311  the same each time
    lines = postings()
    path = tmp_path / "rekkefølge.txt"
    write_signed(path, lines)
    head, *body = [row.split("\t") for row in path.read_text(encoding="utf-8-sig").splitlines()]
    order = rng.sample(range(len(head)), len(head))
    path.write_text("\n".join("\t".join(row[at] for at in order) for row in (head, *body)), encoding="utf-8")
    plan, _ = planned(path, municipality())
    exact = spent(lines)
    assert actuals(apply(municipality(), plan.edit)) == {code: kroner(exact[code]) for code in PROJECTS}
    assert set(CODES) - PROJECTS.keys() == {one.code for one in plan.orphans}


def test_ids_are_never_used_twice(tmp_path: Path) -> None:
    ids = count(1)
    path = written(tmp_path, "signed.txt", postings())
    look = look_at(path, municipality())
    read = read_export(Wanted(path=path, header_row=look.proposal.header_row), look.proposal.mapping)
    export = Export(source=read.source, layout=look.proposal.mapping)
    first, second = (plan_of(municipality(), read, export, new_id=lambda: str(UUID(int=next(ids)))) for _ in range(2))
    assert first.batch.id != second.batch.id
