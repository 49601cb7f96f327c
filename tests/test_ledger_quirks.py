"""What exports do that would give a wrong figure: read as it was meant, or refused in a sentence, never guessed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from tests.test_ledger_import import municipality, planned
from tracker.edits import apply
from tracker.kinds import LedgerContent
from tracker.ledger.cells import month_alone, month_of
from tracker.ledger.mapping import Use
from tracker.ledger.planning import Export, LedgerPlan
from tracker.ledger.preview import preview
from tracker.ledger.remarks import doubts_of, remarks_on
from tracker.messages import Refusal
from tracker.model import Portfolio
from ui.taking_ledger import Wanted, look_at, plan_of, read_export
from ui.words import words_in

HEAD = "Prosjekt;Periode;Beløp\n"


def export(folder: Path, text: str, name: str = "regnskap.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def taken(
    folder: Path, text: str, *, control_total: int | None = None, portfolio: Portfolio | None = None
) -> LedgerPlan:
    return planned(export(folder, text), portfolio or municipality(), control_total=control_total)[0]


@pytest.mark.parametrize(
    ("cell", "month"),
    [
        ("15.04.2023", (2023, 4)),
        ("15.04.23", (2023, 4)),
        ("15/4/2023", (2023, 4)),
        ("20230415", (2023, 4)),
        ("2023-04-15T00:00:00", (2023, 4)),
        ("15.04.2023 08:30", (2023, 4)),
        ("202304", (2023, 4)),
        (202304.0, (2023, 4)),
        ("04-2023", (2023, 4)),
        ("202313", (2023, 12)),
        ("april 2023", (2023, 4)),
        ("Apr. 2023", (2023, 4)),
        (date(2023, 4, 15), (2023, 4)),
        ("05/13/2023", None),
        ("31.02.2023", None),
        ("23-04-15", None),
        ("2023-13-01", None),
        ("202300", None),
        ("desperat 2023", None),
        (45031.0, None),
    ],
)
def test_a_day_or_a_period_is_its_month_or_nothing(cell: str | float | date, month: tuple[int, int] | None) -> None:
    assert month_of(cell) == month


@pytest.mark.parametrize(
    ("cell", "month"), [("april", 4), ("apr.", 4), ("4", 4), ("april 2022", None), ("desperat", None), ("ma", None)]
)
def test_a_month_without_its_year_is_a_month_and_nothing_else(cell: str, month: int | None) -> None:
    assert month_alone(cell) == month


@pytest.mark.parametrize(
    ("credits_", "spent"),
    [
        (("100,00", "50,00", "25,00"), 825),
        (("-100,00", "-50,00", "-25,00"), 825),
        # One of many that is written the other way is reversed.
        (("100,00", "50,00", "25,00", "30,00", "-400,00"), 1195),
        (("-100,00", "-50,00", "-25,00", "-30,00", "400,00"), 1195),
    ],
)
def test_credit_is_taken_from_debit_however_it_is_written(
    tmp_path: Path, credits_: tuple[str, ...], spent: int
) -> None:
    lines = "".join(f"41001;202302;;{one}\n" for one in credits_)
    path = export(tmp_path, f"Prosjekt;Periode;Debet;Kredit\n41001;202301;1 000,00;\n{lines}")
    plan, _ = planned(path, municipality())
    assert plan.batch.total == spent
    look = look_at(path, municipality())
    shown = preview(municipality(), look.rows, look.proposal.mapping, header_row=0)
    assert sum(one.amount or 0 for one in shown) == spent * 100


def test_credits_written_both_ways_are_refused(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="både med og uten minus"):
        taken(tmp_path, "Prosjekt;Periode;Debet;Kredit\n41001;202301;;5,00\n41001;202301;;-5,00\n")
    later = "41001;202301;;5,00\n" * 2500 + "41001;202302;;-5,00\n" * 9000
    with pytest.raises(Refusal, match="både med og uten minus"):
        taken(tmp_path, "Prosjekt;Periode;Debet;Kredit\n" + later)


def test_what_has_come_since_january_is_never_added_month_by_month(tmp_path: Path) -> None:
    text = "Prosjekt;Periode;Regnskap hittil i år\n41001;202301;5,00\n41001;202302;9,00\n"
    with pytest.raises(Refusal, match="hittil i år") as refused:
        taken(tmp_path, text)
    assert refused.value.reason.values["heading"] == "Regnskap hittil i år"
    plan = taken(tmp_path, text.replace("41001;202301;5,00\n", ""))
    assert (plan.batch.content, plan.batch.total, plan.batch.first_month) == (LedgerContent.BALANCES, 9, 1)


@pytest.mark.parametrize(
    "text",
    [
        'Prosjekt;Periode;Tekst;Beløp\n41001;202301;"AS Bygg;100,00\n41001;202302;x;7,00\n41001;202303;y;9,00\n',
        'Prosjekt;Periode;Tekst;Beløp\n41001;202301;"AS Bygg;100,00\n41001;202302;"x;7,00\n41001;202303;y;9,00\n',
        'Prosjekt;Periode;Beløp;Tekst\n41001;202301;100,00;"AS Bygg\n41001;202302;7,00;x\n41001;202303;9,00;y\n',
    ],
)
def test_rows_are_not_swallowed_by_a_quotation_mark_that_is_never_closed(tmp_path: Path, text: str) -> None:
    with pytest.raises(Refusal, match="anførselstegn") as refused:
        taken(tmp_path, text)
    assert refused.value.reason.values["row"] == 2


def test_a_text_may_have_several_lines(tmp_path: Path) -> None:
    plan = taken(
        tmp_path, 'Prosjekt;Periode;Tekst;Beløp\n41001;202301;"Rør; grøft\nog kum";100,00\n41001;202302;x;7,00\n'
    )
    assert plan.batch.total == 107


def test_a_row_that_ends_before_its_amount_is_no_zero(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="kan ikke leses") as refused:
        taken(tmp_path, HEAD + "41001;202301;100,00\n41001;202302\n")
    (detail,) = refused.value.details
    assert detail.values["row"] == 3


@pytest.mark.parametrize(
    ("text", "difference"),
    [
        ("41001;202301;100,00\nSum 41001;;100,00\n41002;202301;50,00\nSum 41002;;50,00\n", None),
        ("41001;202301;100,00\nSum 41001;;100,00\n41002;202301;50,00\nSum 41002;;50,00\nSum;;150,00\n", 0),
        ("41001;202301;100,00\nSum 41001;;100,00\n41002;202301;50,00\nSum 41002;;50,00\nSum;;151,00\n", -1),
        ("41001;202301;100,00\nTotalt;;100,00\n", 0),
        ("41001;202301;100,00\nTotalt;;90,00\n", 10),
        ("Sum;;90,00\n41001;202301;100,00\n", None),
    ],
)
def test_only_a_sum_of_everything_at_the_end_is_a_control_total(
    tmp_path: Path, text: str, difference: int | None
) -> None:
    plan = taken(tmp_path, HEAD + text)
    assert plan.control_difference == difference
    assert plan.batch.total == (100 if "41002" not in text else 150)


def test_a_project_may_be_called_total_something(tmp_path: Path) -> None:
    text = "Prosjektnavn;Prosjekt;Regnskap\nTotal renovering;41001;100,00\n;;\nSum;;100,00\nÅsen;41002;5,00\n"
    path = export(tmp_path, text)
    mapping = look_at(path, municipality()).proposal.mapping
    plan, _ = planned(path, municipality(), mapping=replace(mapping, year=2023, month=8))
    assert {one.name: one.after for one in plan.projects} == {"Åsen skole": 100, "Brannstasjon, ny": 5}


def test_the_control_total_of_a_negative_list_may_be_typed_either_way(tmp_path: Path) -> None:
    text = HEAD + "41001;202301;-100,00\n41002;202301;-50,00\n"
    assert [taken(tmp_path, text, control_total=total).control_difference for total in (150, -150, 149)] == [0, 0, 1]


def test_the_control_total_of_a_longer_export_is_of_all_its_lines(tmp_path: Path) -> None:
    path = export(tmp_path, "Bilag;Prosjekt;Periode;Beløp\n1;41001;202301;100,00\n2;41001;202302;50,00\nSum;;;150,00\n")
    look = look_at(path, municipality())
    mapping = replace(look.proposal.mapping, is_keyed=True)
    read = read_export(Wanted(path=path, header_row=0), mapping, known=frozenset({"1"}))
    plan = plan_of(municipality(), read, Export(source=read.source, layout=mapping), new_id=lambda: str(uuid4()))
    assert (plan.reading.known_count, plan.batch.total, plan.control_difference) == (1, 50, 0)


def test_a_shorter_export_says_which_months_it_would_take_away(tmp_path: Path) -> None:
    whole = taken(tmp_path, HEAD + "41001;202301;1,00\n41001;202305;2,00\n41001;202308;4,00\n")
    held = apply(municipality(), whole.edit)
    later = taken(tmp_path, HEAD + "41001;202305;2,00\n41001;202308;4,00\n41001;202309;8,00\n", portfolio=held)
    assert later.lost_months == (1,)
    assert [doubt.values["months"] for doubt in doubts_of(later)] == ["1"]
    longer = taken(tmp_path, HEAD + "41001;202301;1,00\n41001;202309;8,00\n", portfolio=held)
    assert longer.lost_months == (5, 8)
    whole = taken(tmp_path, HEAD + "".join(f"41001;2023{month:02};1,00\n" for month in (1, 5, 8, 9)), portfolio=held)
    assert (whole.lost_months, doubts_of(whole)) == ((), [])


def test_what_is_no_spending_is_told_in_kroner(tmp_path: Path) -> None:
    text = (
        "Prosjekt;Konto;Periode;Beløp\n41001;02300;202301;100,00\n41001;09100;202301;-70,00\n41001;05100;202301;3,00\n"
    )
    plan = taken(tmp_path, text)
    assert (plan.batch.total, plan.funding, plan.outside) == (100, -70, 3)
    assert {remark.values["amount"] for remark in remarks_on(plan)} == {-70, 3}


def test_the_ledger_is_found_behind_a_cover_sheet(tmp_path: Path) -> None:
    path = tmp_path / "bok.xlsx"
    book = Workbook()
    book.create_sheet("Regnskap").append(["Prosjekt", "Periode", "Beløp"])
    book["Regnskap"].append(["41001", 202301, 12.5])
    book.create_sheet("Annet").append(["Prosjekt", "Periode", "Beløp"])
    book.save(path)
    look = look_at(path, municipality())
    assert (look.sheet, look.sheets) == ("Regnskap", ("Sheet", "Regnskap", "Annet"))
    assert look_at(path, municipality(), sheet="Annet").sheet == "Annet"
    with pytest.raises(Refusal, match="ingen rader"):
        look_at(path, municipality(), sheet="Sheet")


def test_headings_that_say_nothing_leave_the_columns_to_choose(tmp_path: Path) -> None:
    look = look_at(export(tmp_path, "Utskrift\nHva;Når;Hvor mye\n41001;202301;5,00\n"), municipality())
    assert look.proposal.header == ("Hva", "Når", "Hvor mye")
    assert look.proposal.mapping.columns == {}


def test_the_ledgers_own_amount_is_chosen_before_others_beside_it(tmp_path: Path) -> None:
    for heading in ("Beløp", "Beløp (NOK)", "Bokført beløp"):
        path = export(tmp_path, f"Prosjekt;Periode;Valutabeløp;MVA-beløp;Saldo;{heading}\n41001;202301;1;2;3;4\n")
        assert look_at(path, municipality()).proposal.mapping.columns[Use.AMOUNT] == heading


def saft(lines: str) -> str:
    return (
        '<AuditFile xmlns="urn:StandardAuditFile-Taxation-Financial:NO"><GeneralLedgerEntries><Journal><Transaction>'
        "<TransactionID>1</TransactionID><Period>4</Period><PeriodYear>2023</PeriodYear>"
        f"{lines}</Transaction></Journal></GeneralLedgerEntries></AuditFile>"
    )


def saft_line(side: str, amount: str, *shares: tuple[str, str]) -> str:
    analyses = "".join(
        f"<Analysis><AnalysisType>P</AnalysisType><AnalysisID>{code}</AnalysisID>"
        + (f"<AnalysisAmount><Amount>{share}</Amount></AnalysisAmount>" if share else "")
        + "</Analysis>"
        for code, share in shares
    )
    return (
        f"<Line><RecordID>1</RecordID><AccountID>02300</AccountID>{analyses}"
        f"<{side}><Amount>{amount}</Amount></{side}></Line>"
    )


def test_a_saft_line_of_several_projects_is_divided_as_it_says(tmp_path: Path) -> None:
    lines = saft_line("DebitAmount", "100.00", ("41001", "60.00"), ("41002", "40.00"))
    lines += saft_line("CreditAmount", "10.00", ("41001", "4.00"), ("41002", "6.00"))
    lines += saft_line("CreditAmount", "-1.00", ("41001", ""))
    plan, _ = planned(export(tmp_path, saft(lines), "saft.xml"), municipality())
    assert {one.name: one.after for one in plan.projects} == {"Åsen skole": 57, "Brannstasjon, ny": 34}


@pytest.mark.parametrize("shares", [(("41001", ""), ("41002", "")), (("41001", "60.00"), ("41002", "30.00"))])
def test_a_saft_line_that_does_not_say_how_it_is_divided_stops_the_import(
    tmp_path: Path, shares: tuple[tuple[str, str], ...]
) -> None:
    path = export(tmp_path, saft(saft_line("DebitAmount", "100.00", *shares)), "saft.xml")
    with pytest.raises(Refusal, match="kan ikke leses"):
        planned(path, municipality())


SIDES = st.tuples(st.sampled_from(["41001", "41002", "41999"]), st.integers(1, 12), st.integers(-(10**7), 10**7))
SHAPES = st.sampled_from(["signed", "negated", "debit-credit", "debit-minus-credit"])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=80)
@given(st.lists(SIDES, min_size=1, max_size=30), SHAPES, st.sampled_from([";", "\t"]), st.booleans())
def test_the_same_postings_come_to_the_same_in_every_way_of_writing_them(
    tmp_path: Path,
    postings: list[tuple[str, int, int]],
    shape: str,
    separator: str,
    is_dated: bool,  # noqa: FBT001  hypothesis gives it by place
) -> None:
    """Held against the plainest sum there is."""

    def money(ore: int) -> str:
        return f"{'-' if ore < 0 else ''}{abs(ore) // 100},{abs(ore) % 100:02}"

    rows = []
    for code, month, ore in postings:
        when = f"{month:02}.2023" if not is_dated else f"07.{month:02}.2023"
        minus = -1 if shape == "debit-minus-credit" else 1
        cells = {
            "signed": [money(ore)],
            "negated": [money(-ore)],
        }.get(shape) or ([money(ore), ""] if ore >= 0 else ["", money(-ore * minus)])
        rows.append([code, when, *cells])
    heads = ["Prosjekt", "Dato" if is_dated else "Periode"]
    heads += ["Beløp"] if shape in {"signed", "negated"} else ["Debet", "Kredit"]
    path = export(tmp_path, "\n".join(separator.join(row) for row in (heads, *rows)) + "\n")
    mapping = replace(look_at(path, municipality()).proposal.mapping, is_negated=shape == "negated", repeats_code=False)
    plan, read = planned(path, municipality(), mapping=mapping)
    exact: dict[tuple[str, int], int] = {}
    for code, month, ore in postings:
        exact[code, 202300 + month] = exact.get((code, 202300 + month), 0) + ore
    assert {(code, time): ore for (code, _, time), ore in read.reading.sums.items()} == exact
    assert plan.control_difference is None


def test_a_row_is_told_by_the_number_it_has_in_the_sheet_also_under_empty_ones(tmp_path: Path) -> None:
    book = Workbook()
    for row, cells in ((4, ("Prosjekt", "Periode", "Beløp")), (5, ("100", "202304", 5)), (8, ("100", "202304", "5x"))):
        for column, cell in enumerate(cells, start=2):
            book.active.cell(row, column, cell)  # type: ignore[union-attr]  # a new book has a sheet
    book.save(tmp_path / "regnskap.xlsx")
    with pytest.raises(Refusal) as refused:
        planned(tmp_path / "regnskap.xlsx", municipality())
    assert [words_in()(one) for one in refused.value.details] == ["Rad 8: Beløp: «5x» er ikke et beløp."]
