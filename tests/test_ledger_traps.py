"""Exports that look like one thing and are another: read right or refused, never taken in wrong without a word."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest
from openpyxl import Workbook

from tests.ledgers import SHAPES, Posting
from tests.portfolios import portfolio_of
from tests.test_ledger_import import actuals, municipality, planned
from tracker.edits import apply
from tracker.kinds import VatConvention
from tracker.ledger.cells import month_alone, month_of
from tracker.ledger.planning import USUAL_LEDGER, Export, LedgerPlan
from tracker.ledger.preview import preview
from tracker.ledger.remarks import doubts_of, orphans_in, remarks_on
from tracker.messages import Message, Refusal
from tracker.model import Portfolio
from tracker.money import Unit, unit_said
from ui.taking_ledger import Wanted, look_at, plan_of, read_export
from ui.words import words_in

HEADINGS = "Prosjekt;Konto;Periode;Bilag;Tekst;Beløp\n"


def spent_of(tmp_path: Path, text: str, name: str = "uttrekk.csv") -> dict[str, int]:
    """Take in an export; return what each project that has spending has spent."""
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    plan, _ = planned(path, municipality())
    return {code: amount for code, amount in actuals(apply(municipality(), plan.edit)).items() if amount}


@pytest.mark.parametrize(
    ("title", "is_thousands"),
    [
        ("Beløp i 1000 kr", True),
        ("Tall i hele 1 000", True),
        ("Regnskap 2023 (1000 kr)", True),
        ("(1.000)", True),
        ("Beløp i tkr", True),
        ("i tusen kroner", True),
        ("Hovedbok, ansvar 1000-9999", False),
        ("Konto fra 1000 til 9999", False),
        ("Ansvar 1000 Rådmannen", False),
        ("Prosjekter i 1000-1999", False),
        ("Ramme 21.000 kr", False),
        ("Totalt kr 1 000 000", False),
    ],
)
def test_only_words_about_money_say_that_amounts_are_in_thousands(title: str, is_thousands: bool) -> None:  # noqa: FBT001
    assert (unit_said(title) is Unit.THOUSANDS) is is_thousands


def test_a_range_of_accounts_above_the_headings_is_no_unit(tmp_path: Path) -> None:
    text = "Hovedbok, ansvar 1000-9999\n" + HEADINGS + "41001;02300;202304;1;x;100,00\n"
    assert spent_of(tmp_path, text) == {"41001": 100}


@pytest.mark.parametrize(
    "lines",
    [
        '41001;02300;202304;1;"2 tommer rør;100,00\n41002;02300;202304;2;y;50,00\n',
        '41001;02300;202304;1;"2 tommer rør;100,00\n41002;02300;202304;2;"y;50,00\n41002;02300;202304;2;z;7,00\n',
    ],
)
def test_a_quote_that_is_not_ended_never_swallows_lines(tmp_path: Path, lines: str) -> None:
    with pytest.raises(Refusal, match="anførselstegn som ikke er lukket"):
        spent_of(tmp_path, HEADINGS + lines)


def test_quotes_inside_a_text_and_line_breaks_in_quotes_are_read(tmp_path: Path) -> None:
    lines = '41001;02300;202304;1;rør 2" kobber;100,00\n41002;02300;202304;2;"to\nlinjer";50,00\n'
    assert spent_of(tmp_path, HEADINGS + lines) == {"41001": 100, "41002": 50}


@pytest.mark.parametrize("other", ["Valutabeløp", "Mva-beløp", "Budsjettbeløp", "Beløp eks. rabatt", "Beløp i valuta"])
def test_the_amount_is_the_column_that_is_called_so_wherever_it_stands(tmp_path: Path, other: str) -> None:
    assert spent_of(tmp_path, f"Prosjekt;Periode;{other};Beløp\n41001;202304;250,00;1000,00\n") == {"41001": 1000}


def test_small_corrections_never_turn_a_large_invoice(tmp_path: Path) -> None:
    amounts = enumerate(("1000,00", "-1,00", "-2,00"))
    lines = "".join(f"41001;02300;202304;{row};x;{amount}\n" for row, amount in amounts)
    assert spent_of(tmp_path, HEADINGS + lines) == {"41001": 997}


def test_last_years_accounts_beside_this_years_are_not_chosen_between(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="Velg kolonnen som har beløpet"):
        spent_of(tmp_path, "Prosjekt;Periode;Regnskap 2022;Regnskap 2023\n41001;202304;250,00;1000,00\n")


def test_months_that_a_later_export_lacks_are_told_before_they_fall_away(tmp_path: Path) -> None:
    def months(first: int, last: int) -> Path:
        path = tmp_path / f"{first}-{last}.csv"
        rows = (f"41001;02300;2023{month:02};{month};x;100,00\n" for month in range(first, last + 1))
        path.write_text(HEADINGS + "".join(rows), encoding="utf-8")
        return path

    held = apply(municipality(), planned(months(1, 4), municipality())[0].edit)
    assert planned(months(3, 8), held)[0].lost_months == (1, 2)
    assert planned(months(1, 3), held)[0].lost_months == (4,)
    assert planned(months(1, 8), held)[0].lost_months == ()
    assert planned(months(5, 8), held)[0].lost_months == ()


@pytest.mark.parametrize(("usual", "reversal"), [("300,00", "-300,00"), ("-300,00", "300,00")])
def test_a_credit_that_is_reversed_is_taken_back(tmp_path: Path, usual: str, reversal: str) -> None:
    lines = ["41001;202304;1000,00;", f"41001;202304;;{usual}", f"41001;202304;;{reversal}", f"41001;202304;;{usual}"]
    assert spent_of(tmp_path, "Prosjekt;Periode;Debet;Kredit\n" + "\n".join(lines) + "\n") == {"41001": 700}


@pytest.mark.parametrize(("written", "kroner"), [("500.000", 500), ("500.5", 501), ("500.125", 500), ("500", 500)])
def test_the_point_of_a_saft_amount_is_a_decimal_one(tmp_path: Path, written: str, kroner: int) -> None:
    path = tmp_path / "saft.xml"
    line = Posting(voucher="1", line=1, on=date(2023, 4, 1), code="41001", account="02300", amount=50_000, text="x")
    SHAPES["saft.xml"](path, [line])
    text = path.read_text(encoding="utf-8")
    assert "500.00<" in text
    assert spent_of(tmp_path, text.replace("500.00<", f"{written}<"), "tre.xml") == {"41001": kroner}


@pytest.mark.parametrize(("written", "month"), [("januar 2023", 1), ("Des. 2023", 12), ("mai-2023", 5)])
def test_a_month_by_name_has_its_own_year(written: str, month: int) -> None:
    assert month_of(written) == (2023, month)
    assert month_alone(written) is None
    assert month_alone(written[:3]) == month


@pytest.mark.parametrize("written", ["02/13/2023", "2023-13-01", "mai-23", "1. kvartal 2023"])
def test_what_is_no_month_is_never_one(written: str) -> None:
    assert month_of(written) is None
    assert month_alone(written) is None


def test_a_sum_without_a_word_is_no_project_s(tmp_path: Path) -> None:
    lines = "41001;02300;1;100,00\n;02400;1;50,00\n41002;02300;1;30,00\n;02400;1;20,00\n;;;200,00\n"
    assert spent_of(tmp_path, "Prosjekt;Konto;Periode;Beløp\n" + lines.replace(";1;", ";202301;")) == {
        "41001": 150,
        "41002": 50,
    }


def test_formulas_that_were_never_worked_out_are_told_and_alone_they_are_refused(tmp_path: Path) -> None:
    def book(*amounts: object) -> Path:
        made = Workbook()
        sheet = made.active
        assert sheet is not None
        sheet.append(["Prosjekt", "Periode", "Beløp"])
        for amount in amounts:
            sheet.append([41001, 202304, amount])
        path = tmp_path / f"{len(amounts)}.xlsx"
        made.save(path)
        return path

    with pytest.raises(Refusal, match="Ingen av linjene"):
        planned(book("=1+1"), municipality())
    assert planned(book("=1+1", 500, 0), municipality())[0].reading.empty_count == 1
    text = "Prosjekt;Periode;Debet;Kredit\n41001;202304;;\n41001;202304;0,00;\n41001;202304;;5,00\n"
    (tmp_path / "dk.csv").write_text(text, encoding="utf-8")
    assert planned(tmp_path / "dk.csv", municipality())[0].reading.empty_count == 1


def test_before_anything_is_taken_in_each_row_says_what_becomes_of_it(tmp_path: Path) -> None:
    path = tmp_path / "uttrekk.csv"
    rows = (
        "41001;02300;202301;1;x;100,00",
        "41001;09100;202301;1;x;-70,00",
        "41001;05100;202301;1;x;3,00",
        "41999;02300;202302;2;x;5,00",
        ";02300;202302;2;x;7,50",
        "41001;02300;202301;3;x;fem",
        ";;;;;",
        "Sum;;;;;45,50",
    )
    path.write_text(HEADINGS + "\n".join(rows) + "\n", encoding="utf-8")
    look = look_at(path, municipality())
    shown = preview(municipality(), look.rows, look.proposal.mapping, header_row=0)
    assert [(one.number, one.project, one.amount, one.remark and words_in()(one.remark)) for one in shown] == [
        (2, "Åsen skole", 10_000, None),
        (3, "Åsen skole", -7_000, "Finansiering"),
        (4, "Åsen skole", 300, "Finansposter: hoppes over"),
        (5, "", 500, "Koden er ikke koblet til noe prosjekt"),
        (6, "", 750, "Uten prosjekt: hoppes over"),
        (7, "", None, "Beløp: «fem» er ikke et beløp."),
        (9, "", None, "Sum: hoppes over"),
    ]
    assert [one.number for one in shown if one.is_trouble] == [7]
    assert len(preview(municipality(), look.rows, look.proposal.mapping, header_row=0, most=2)) == 2


def test_what_is_skipped_or_replaced_is_told_before_it_is(tmp_path: Path) -> None:
    lines = ";02300;202302;2;x;7,50\n41001;02300;202301;1;x;100,00\n41002;02300;202302;3;x;\n"
    (tmp_path / "uttrekk.csv").write_text(HEADINGS + lines, encoding="utf-8")
    plan, _ = planned(tmp_path / "uttrekk.csv", municipality())
    (tmp_path / "nytt.csv").write_text(HEADINGS + lines.replace("100,00", "90,00"), encoding="utf-8")
    again, _ = planned(tmp_path / "nytt.csv", apply(municipality(), plan.edit))
    told = [words_in()(one) for one in remarks_on(again)]
    assert told[0] == "Erstatter 2 linjer for måned 1–2, som er importert før."
    assert "1 linje har ikke prosjekt og hoppes over." in told
    assert any(one.startswith("1 linje har ikke beløp og teller som null.") for one in told)


def test_a_hidden_sheet_is_read_only_when_it_is_asked_for(tmp_path: Path) -> None:
    book = Workbook()
    hidden = book.active
    assert hidden is not None
    hidden.sheet_state = "hidden"
    for sheet, amount in ((hidden, 9), (book.create_sheet("Synlig"), 7)):
        sheet.append(["Prosjekt", "Periode", "Beløp"])
        sheet.append([41001, 202304, amount])
    book.active = 1
    path = tmp_path / "to ark.xlsx"
    book.save(path)
    plan, _ = planned(path, municipality())
    assert plan.batch.total == 7
    assert look_at(path, municipality(), sheet=hidden.title).rows[1][2] == 9


def plan_for(tmp_path: Path, text: str, portfolio: Portfolio, ledger: str = USUAL_LEDGER) -> LedgerPlan:
    """Plan an export as a ledger of some name."""
    path = tmp_path / "uttrekk.csv"
    path.write_text(text, encoding="utf-8")
    look = look_at(path, portfolio)
    read = read_export(Wanted(path=path, header_row=look.proposal.header_row), look.proposal.mapping)
    export = Export(source=read.source, layout=look.proposal.mapping, ledger=ledger)
    return plan_of(portfolio, read, export, new_id=lambda: str(uuid4()))


def test_the_same_months_by_another_ledgers_name_are_doubted_until_both_are_known(tmp_path: Path) -> None:
    text = HEADINGS + "41001;02300;202304;1;x;100,00\n"
    held = apply(municipality(), plan_for(tmp_path, text, municipality(), "Visma").edit)
    doubted = plan_for(tmp_path, text, held)
    assert doubted.beside == ("Visma",)
    assert [doubt.values for doubt in doubts_of(doubted) if "ledgers" in doubt.values] == [{"ledgers": "Visma"}]
    both = apply(held, doubted.edit)
    assert plan_for(tmp_path, HEADINGS + "41001;02300;202305;2;y;50,00\n", both).beside == ()
    assert plan_for(tmp_path, HEADINGS + "41001;02300;202305;2;y;50,00\n", held).beside == ()


def test_a_list_of_one_month_that_comes_to_less_than_before_is_doubted(tmp_path: Path) -> None:
    april = plan_for(tmp_path, "Prosjekt;Periode;Beløp\n41001;202304;100,00\n", municipality())
    held = apply(municipality(), april.edit)
    less = plan_for(tmp_path, "Prosjekt;Periode;Beløp\n41001;202305;70,00\n", held)
    assert (less.falls_by, len(doubts_of(less))) == (30, 1)
    assert doubts_of(plan_for(tmp_path, "Prosjekt;Periode;Beløp\n41001;202305;170,00\n", held)) == []


def test_an_account_of_four_digits_is_a_class_and_an_art(tmp_path: Path) -> None:
    text = "Prosjekt;Konto;Periode;Beløp\n41001;0230;202304;1000,00\n41001;0910;202304;-800,00\n"
    plan = plan_for(tmp_path, text, municipality())
    assert (plan.batch.total, plan.funding) == (1000, -800)


@pytest.mark.parametrize("title", ["Beløp (mill. kr)", "Beløp i mill.", "Beløp (MNOK)"])
def test_millions_are_read_as_millions(tmp_path: Path, title: str) -> None:
    assert spent_of(tmp_path, f"Prosjekt;Periode;{title}\n41001;202304;12,5\n") == {"41001": 12_500_000}


def test_two_columns_of_one_name_are_not_chosen_between(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="flere kolonner som heter"):
        spent_of(tmp_path, "Prosjekt;Periode;Beløp;Beløp\n41001;202304;1,00;2,00\n")


def test_a_list_up_to_a_month_has_no_later_lines(tmp_path: Path) -> None:
    path = tmp_path / "uttrekk.csv"
    path.write_text(HEADINGS + "41001;02300;202308;1;x;100,00\n", encoding="utf-8")
    mapping = replace(look_at(path, municipality()).proposal.mapping, month=4)
    with pytest.raises(Refusal, match="går til måned"):
        planned(path, municipality(), mapping=mapping)


@pytest.mark.parametrize(
    ("cells", "sentence"),
    [
        ("202304;9 999 999 999 999,00", "er ikke et beløp"),
        ("202304;1234.500", "er ikke et beløp"),
        ("00.2023;1,00", "er ingen måned"),
        (";1,00", "Raden har ingen måned"),
    ],
)
def test_a_row_that_cannot_be_right_says_what_stands_there(tmp_path: Path, cells: str, sentence: str) -> None:
    with pytest.raises(Refusal, match="kan ikke leses") as refused:
        spent_of(tmp_path, f"Prosjekt;Periode;Beløp\n41001;202304;1,00\n41001;{cells}\n")
    (detail,) = refused.value.details
    reason = detail.values["reason"]
    assert isinstance(reason, Message)
    assert sentence in reason.text


@pytest.mark.parametrize("amount", [10**14, 9e13, float(10**20)])
def test_an_amount_that_no_municipality_has_is_no_amount(tmp_path: Path, amount: float) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["Prosjekt", "Periode", "Beløp i 1000 kr"], [41001, 202304, 5], [41001, 202304, amount]):
        sheet.append(row)
    path = tmp_path / "stor.xlsx"
    book.save(path)
    with pytest.raises(Refusal, match="kan ikke leses"):
        planned(path, municipality())


def test_a_ledger_in_a_hidden_sheet_is_found_where_no_other_is_one(tmp_path: Path) -> None:
    book = Workbook()
    hidden = book.active
    assert hidden is not None
    hidden.sheet_state = "hidden"
    hidden.append(["Prosjekt", "Periode", "Beløp"])
    hidden.append([41001, 202304, 9])
    book.create_sheet("Forside").append(["Bestilt av", "Økonomi"])
    book.active = 1
    path = tmp_path / "skjult.xlsx"
    book.save(path)
    assert look_at(path, municipality()).sheet == hidden.title


def test_a_sum_under_a_project_that_repeats_its_code_is_counted_once(tmp_path: Path) -> None:
    lines = "41001;Rør;2,00\n41001;Total renovering;3,00\n41001;Sum Skole;5,00\n41002;Vei;4,00\n41002;Sum Vei;4,00\n"
    path = tmp_path / "uttrekk.csv"
    path.write_text("Prosjekt;Tekst;Beløp\n" + lines, encoding="utf-8")
    mapping = replace(look_at(path, municipality()).proposal.mapping, year=2023, month=4)
    plan, _ = planned(path, municipality(), mapping=mapping)
    assert {code: amount for code, amount in actuals(apply(municipality(), plan.edit)).items() if amount} == {
        "41001": 5,
        "41002": 4,
    }


def test_empty_rows_are_no_lines(tmp_path: Path) -> None:
    plan = plan_for(
        tmp_path, HEADINGS + "41001;02300;202304;1;x;100,00\n;;;;;\n\n;02300;202304;2;y;5,00\n", municipality()
    )
    assert (plan.reading.line_count, plan.reading.left_out_count, plan.reading.left_out_sum) == (1, 1, 500)


@pytest.mark.parametrize(
    ("title", "vat"),
    [
        ("Beløp eks. mva", VatConvention.NET),
        ("Beløp (1000 kr, ekskl. mva.)", VatConvention.NET),
        ("Beløp uten mva.", VatConvention.NET),
        ("Netto beløp", VatConvention.NET),
        ("Beløp inkl. mva", VatConvention.GROSS),
        ("Brutto beløp", VatConvention.GROSS),
        ("Beløp", None),
    ],
)
def test_what_a_heading_says_of_vat_is_remembered(tmp_path: Path, title: str, vat: VatConvention | None) -> None:
    plan = plan_for(tmp_path, f"Prosjekt;Periode;{title}\n41001;202304;1,00\n", municipality())
    assert plan.batch.vat is vat


def test_a_year_that_a_report_brought_in_is_not_taken_in_again_from_the_ledger(tmp_path: Path) -> None:
    held = portfolio_of("Åsen skole | 2000 | 1000 | 4K-2025 | 900 | 800 | Tekst")
    with pytest.raises(Refusal, match="telt dobbelt") as refused:
        plan_for(tmp_path, HEADINGS + "41001;02300;202304;1;x;100,00\n", held)
    assert refused.value.reason.values["year"] == 2023
    assert plan_for(tmp_path, HEADINGS + "41001;02300;202404;1;x;100,00\n", held).batch.year == 2024


def test_lines_of_two_years_are_refused_with_both_named(tmp_path: Path) -> None:
    lines = "41001;02300;202304;1;x;1,00\n41001;02300;202204;1;x;1,00\n41001;02300;202401;1;x;1,00\n"
    with pytest.raises(Refusal, match="ett år om gangen") as refused:
        plan_for(tmp_path, HEADINGS + lines, municipality())
    assert (refused.value.reason.values["first"], refused.value.reason.values["last"]) == (2022, 2024)


def test_the_projects_that_change_most_are_shown_first(tmp_path: Path) -> None:
    lines = "41001;02300;202304;1;x;5,00\n41002;02300;202304;1;x;-50,00\n41003;02300;202304;1;x;20,00\n"
    plan = plan_for(tmp_path, HEADINGS + lines, municipality())
    assert [one.after for one in plan.projects] == [-50, 20, 5]


def test_a_line_with_its_own_month_is_no_sum_whatever_the_project_is_called(tmp_path: Path) -> None:
    lines = "Total renovering;41001;2023;3;5,00\nSum vei;41002;2023;4;7,00\nSum;;;;12,00\n"
    plan = plan_for(tmp_path, "Prosjektnavn;Prosjekt;År;Måned;Beløp\n" + lines, municipality())
    assert (plan.batch.total, plan.control_difference) == (12, 0)


def test_vouchers_that_a_workbook_holds_as_numbers_are_known_again(tmp_path: Path) -> None:
    def book(*vouchers: float) -> Path:
        made = Workbook()
        sheet = made.active
        assert sheet is not None
        sheet.append(["Prosjekt", "Periode", "Bilag", "Beløp"])
        for voucher in vouchers:
            sheet.append([41001, 202304, voucher, 10])
        path = tmp_path / f"{len(vouchers)}.xlsx"
        made.save(path)
        return path

    look = look_at(book(7.0, 8.0), municipality())
    mapping = replace(look.proposal.mapping, is_keyed=True)
    wanted = Wanted(path=tmp_path / "2.xlsx", header_row=0)
    assert read_export(wanted, mapping, known={"7"}).reading.known_count == 1


def test_only_the_first_of_many_codes_without_a_project_are_named(tmp_path: Path) -> None:
    def named(count: int) -> object:
        lines = "".join(f"5{at:04};02300;202304;1;x;1,00\n" for at in range(count))
        (told,) = orphans_in(plan_for(tmp_path, HEADINGS + lines, municipality()))
        return told.values["codes"]

    assert named(8) == ", ".join(f"5{at:04}" for at in range(8))
    assert str(named(9)).endswith(" …")
