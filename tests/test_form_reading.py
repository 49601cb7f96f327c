"""How a form that came back is read: each answer to its own project, or a problem with its place."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest

from tests.form_games import play, shuffled, width
from tests.forms import HELD, Grid, read_as, told
from tracker.forms.cells import Raw, cell_name
from tracker.quarters import Quarter, State

SCHOOL, BRIDGE, ZOO, ROADS = PROJECTS = "Skole på Åsen", "Øvre bru", "Zoologisk hage", "Rehab. av veier"
NEW_TEXT = "Grunnarbeidet er ferdig.\n\nRåbygget reises til høsten – «som planlagt»."


@pytest.mark.parametrize(
    ("question", "cell", "said"),
    [
        ("completion", "i fjor", "«i fjor» er ikke et kvartal: skriv for eksempel 4K-2025, Ferdig eller LØPENDE."),
        ("completion", date(2025, 1, 1), "Regnearket har gjort svaret om til datoen 01.01.2025: skriv kvartalet med K"),
        ("phase", "nesten ferdig", "«nesten ferdig» er ikke en fase"),
        ("year_end_forecast", "mye", "«mye» er ikke et beløp"),
        ("year_end_forecast", date(2024, 5, 1), "om til datoen 01.05.2024"),
        ("year_end_forecast", time(8, 30), "om til et klokkeslett"),
        ("year_end_forecast", True, "«SANN» er ikke et beløp"),
        ("year_end_forecast", 1e15, "Tallet er for stort"),
        ("text", "#NAME?", "Formelen gir feilen #NAME?"),
        ("final_cost_forecast", 90_000_000, "90\u00a0000,0\u00a0mill. kroner, mye mer enn prosjektets ramme"),
        ("text", HELD, "Teksten er den som sto for «Zoologisk hage»"),
    ],
)
def test_a_cell_that_can_not_be_read_is_told_with_its_place_and_the_rest_comes_in(
    question: str, cell: Raw, said: str
) -> None:
    grid = Grid()
    grid.fill(SCHOOL, question, cell)
    grid.fill(BRIDGE, "text", NEW_TEXT)
    back = grid.back()
    assert read_as(back) == {(BRIDGE, "text"): NEW_TEXT}
    (problem,) = told(back)
    place = cell_name(next(grid.cells(SCHOOL, question))[1])
    assert problem.startswith(f"Ark «{SCHOOL}», celle {place}: ")
    assert said in problem


@pytest.mark.parametrize(
    ("question", "cell", "value"),
    [
        ("year_end_forecast", "1 234", 1_234_000),
        ("year_end_forecast", "1\u00a0234\u202f567", 1_234_567_000),
        ("year_end_forecast", 1_234.567, 1_234_567),
        ("year_end_forecast", 0.1 + 0.2, 300),
        ("year_end_forecast", "−12,5 mill.", -12_500_000),
        ("completion", "  4. kvartal\u00a02026 ", Quarter(2026, 4)),
        ("completion", "ferdig", State.FINISHED),
        ("text", " \u00a0Innrykk\ttabulator\r\n«linje» _x000D_\n\n", " \u00a0Innrykk\ttabulator\n«linje»"),
        ("text", 2024, "2024"),
        ("text", date(2024, 12, 3), "03.12.2024"),
        ("explanation", "'- strek først", "'- strek først"),
    ],
)
def test_what_a_spreadsheet_makes_of_what_was_typed_is_read_as_it_was_meant(
    question: str, cell: Raw, value: object
) -> None:
    grid = Grid()
    grid.fill(SCHOOL, question, cell)
    back = grid.back()
    assert (read_as(back), told(back)) == ({(SCHOOL, question): value}, [])


def test_spaces_that_another_program_swapped_are_no_change() -> None:
    grid = Grid()
    grid.fill(ZOO, "text", HELD.replace(" ", "\u00a0").replace(".", ".\r\n").rstrip("\r\n") + "   \n")
    back = grid.back()
    assert (back.entries, back.problems) == ((), ())


def test_a_formula_without_an_answer_and_cells_made_one_are_not_read_as_emptied() -> None:
    grid = Grid(is_list=True)
    (_, upper), (_, lower) = (next(grid.cells(name, "completion")) for name in (SCHOOL, BRIDGE))
    (_, formula) = next(grid.cells(ZOO, "text"))
    grid.put((0, lower), None)
    grid.put((0, formula), None)
    grid.sheets[0] = replace(grid.sheets[0], merged=((*upper, *lower),), unsolved=frozenset({formula}))
    back = grid.back()
    assert back.entries == ()
    assert [one.partition(": ")[2].split(",")[0] for one in told(back)] == [
        f"Cellen er slått sammen med {cell_name(lower)}",
        f"Cellen er slått sammen med {cell_name(upper)}",
        "Cellen har en formel uten svar: åpne skjemaet i Excel og lagre det",
    ]


def test_an_answer_that_is_gone_from_an_old_format_is_asked_for_again() -> None:
    """A formula that fails is an empty cell there, so nobody can know that the text was meant to go."""
    grid = Grid()
    grid.fill(ZOO, "text", None)
    grid.fill(SCHOOL, "text", NEW_TEXT)
    grid.sheets = [replace(sheet, is_exact=False) for sheet in grid.sheets]
    back = grid.back()
    assert read_as(back) == {(SCHOOL, "text"): NEW_TEXT}
    assert "lagre skjemaet som xlsx" in told(back)[0]


@pytest.mark.parametrize("first", ["det skjulte merket", "navnet"])
@pytest.mark.parametrize("last", ["teksten", "det skjulte merket"])
def test_a_list_of_which_only_a_part_was_sorted_is_not_read_into_the_wrong_projects(first: str, last: str) -> None:
    grid = Grid(is_list=True)
    for name in PROJECTS:
        grid.fill(name, "text", f"Ny tekst for {name}.")
    text = next(grid.cells(SCHOOL, "text"))[1][1]
    sheet = grid.sheets[0]
    ends = range(0 if first == "det skjulte merket" else 1, text + 1 if last == "teksten" else 1 + width(sheet))
    grid.sheets[0] = shuffled(sheet, [3, 0, 1, 2], ends)
    back = grid.back()
    taken = {project: value for (project, _), value in read_as(back).items()}
    if len(ends) == width(sheet) + 1:
        assert taken == {name: f"Ny tekst for {name}." for name in PROJECTS}
        assert told(back) == []
    else:
        assert taken == {}
        assert len(told(back)) >= len(PROJECTS)
        assert all("ikke lest" in one for one in told(back))


def test_a_row_that_was_copied_must_say_the_same_as_the_first() -> None:
    grid = Grid(is_list=True)
    (_, (row, column)) = next(grid.cells(SCHOOL, "text"))
    grid.put((0, (row, column)), NEW_TEXT)
    copy = {(row + 20, at[1]): raw for at, raw in grid.sheets[0].cells.items() if at[0] == row}
    grid.sheets[0] = replace(grid.sheets[0], cells={**grid.sheets[0].cells, **copy})
    assert read_as(grid.back()) == {(SCHOOL, "text"): NEW_TEXT}
    grid.put((0, (row + 20, column)), "Noe annet.")
    back = grid.back()
    assert read_as(back) == {}
    first, second = cell_name((row, column)), cell_name((row + 20, column))
    (problem,) = told(back)
    assert problem == (
        f"Ark «Prosjekter», celle {second}: «{SCHOOL}» står to ganger, med ulikt svar i «Statustekst»: det andre er i "
        f"ark «Prosjekter», celle {first}. Ingen av dem er lest."
    )


def test_rows_of_another_form_are_not_read_into_this_one() -> None:
    grid, other = Grid(is_list=True), Grid(is_list=True)
    other.fill(SCHOOL, "text", NEW_TEXT)
    (_, (row, _)) = next(other.cells(SCHOOL, "text"))
    pasted = {
        (row + 20, at[1]): raw.replace(":1:0", ":1:f") if isinstance(raw, str) else raw
        for at, raw in other.sheets[0].cells.items()
        if at[0] == row
    }
    grid.sheets[0] = replace(grid.sheets[0], cells={**grid.sheets[0].cells, **pasted})
    back = grid.back()
    assert back.entries == ()
    assert told(back) == [
        "Ark «Prosjekter»: Noe her hører til et annet skjema, så det er ikke lest: hent inn det skjemaet for seg."
    ]


def test_whatever_is_done_to_a_form_no_value_comes_in_for_the_wrong_project() -> None:
    """Thousands more: `python -m tests.form_games 5000`."""
    played = [play(seed) for seed in range(100)]
    assert sum(game.came for game in played) > 150
    assert sum(game.told for game in played) > 50
