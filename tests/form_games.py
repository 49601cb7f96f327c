"""Games of chance with a form: filled in at random, mangled at random, read. `python -m tests.form_games 5000`.

A game is lost when a value comes in that nobody filled in for that project, or one that was filled in does not and
nothing is said.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace

from tests.forms import Grid, read_as, told
from tracker.forms.cells import At, FormSheet, Raw
from tracker.quarters import Quarter, State

PROJECTS = "Skole på Åsen", "Øvre bru", "Zoologisk hage", "Rehab. av veier"
LETTERS = "abcæøåÅ ÉŁ«»–\u00a0\t\n.,=+-@'1234567890€😀"
MEANT: dict[Raw, object] = {
    "1K-2027": Quarter(2027, 1),
    "2. kvartal 2028": Quarter(2028, 2),
    "Ferdig": State.FINISHED,
    "tja": None,
    3_100: 3_100_000,
    "3 100": 3_100_000,
    "3,1 mill": 3_100_000,
    "vet ikke": None,
}
TYPED: dict[str, tuple[Raw, ...]] = {
    "completion": ("1K-2027", "2. kvartal 2028", "Ferdig", "tja"),
    "year_end_forecast": (3_100, "3 100", "3,1 mill", "vet ikke"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Played:
    """How a game went: values that came in, that were held back with a word, and problems that were told."""

    came: int
    held_back: int
    told: int


def play(seed: int) -> Played:
    """Fill in, mangle and read; raises AssertionError when the game is lost."""
    chance = random.Random(seed)  # noqa: S311  a game
    grid = Grid(is_list=chance.random() < 0.6)
    answers = {(name, question): answer for name in PROJECTS for question, answer in filled(chance)}
    for (name, question), answer in answers.items():
        grid.fill(name, question, answer)
    whole = read_as(grid.back())
    harms = [chance.choice(HARMS) for _ in range(chance.randint(0, 4))]
    # Two sortings of different columns can leave the answers alone moved, which nothing shows (and the protection
    # doesn't let anybody do).
    harms = [harm for at, harm in enumerate(harms) if harm is not sort_rows or sort_rows not in harms[:at]]
    for harm in harms:
        harm(grid, chance)
    back = grid.back()
    came, said = read_as(back), told(back)
    lost = f"seed {seed}: {[harm.__name__ for harm in harms]}"
    assert len(came) == len(back.entries), lost
    for (name, field), value in came.items():
        assert (name, field) in whole, lost
        answer = answers[name, field]
        assert value == (str(answer).rstrip() if field == "text" else MEANT[answer]), lost
    # What was filled in and did not come is told, with the name of its project.
    missing = whole.keys() - came.keys()
    assert [name for name, _ in missing if f"«{name}»" not in " ".join(said)] == [], (lost, said)
    return Played(came=len(came), held_back=len(missing), told=len(said))


def filled(chance: random.Random) -> list[tuple[str, Raw]]:
    """Return what somebody fills in for a project."""
    found: list[tuple[str, Raw]] = [(name, chance.choice(typed)) for name, typed in TYPED.items()]
    found.append(("text", "".join(chance.choices(LETTERS, k=chance.randint(1, 40)))))
    return [one for one in found if chance.random() < 0.6]


def width(sheet: FormSheet) -> int:
    return max(column for _, column in sheet.cells)


def list_rows(grid: Grid) -> list[int]:
    """Return the rows of the list's projects, or those of the first project's sheet."""
    return sorted({at[0] for name in PROJECTS for number, at in grid.cells(name, "text") if number == 0})


def shuffled(sheet: FormSheet, order: list[int], columns: range) -> FormSheet:
    """Return a list whose four rows stand in another order, as far as some columns go."""
    rows = {6 + old: 6 + new for new, old in enumerate(order)}
    return moved(sheet, lambda at: (rows.get(at[0], at[0]), at[1]) if at[1] in columns else at)


def moved(sheet: FormSheet, to: Callable[[At], At | None]) -> FormSheet:
    """Return a sheet whose cells stand elsewhere, or are gone."""
    return replace(sheet, cells={new: raw for at, raw in sheet.cells.items() if (new := to(at)) is not None})


def shown(grid: Grid) -> list[int]:
    """Return the sheets that somebody sees."""
    return [number for number, sheet in enumerate(grid.sheets) if sheet.name != "_tertial"]


def sort_rows(grid: Grid, chance: random.Random) -> None:
    rows = list_rows(grid)
    if len(rows) < 2:
        return
    order = rows[:]
    chance.shuffle(order)
    # All of the rows, or from the name to some column: what is sorted apart is not read.
    last = chance.choice([width(grid.sheets[0]), *range(2, width(grid.sheets[0]))])
    first = 0 if last == width(grid.sheets[0]) else chance.choice([0, 1])
    to = dict(zip(rows, order, strict=True))
    grid.sheets[0] = moved(grid.sheets[0], lambda at: (to.get(at[0], at[0]), at[1]) if first <= at[1] <= last else at)


def delete_row(grid: Grid, chance: random.Random) -> None:
    number = chance.choice(shown(grid))
    gone = chance.randint(1, 30)
    grid.sheets[number] = moved(
        grid.sheets[number], lambda at: None if at[0] == gone else (at[0] - (at[0] > gone), at[1])
    )


def insert_row(grid: Grid, chance: random.Random) -> None:
    number, new = chance.choice(shown(grid)), chance.randint(0, 30)
    grid.sheets[number] = moved(grid.sheets[number], lambda at: (at[0] + (at[0] >= new), at[1]))


def insert_column(grid: Grid, chance: random.Random) -> None:
    number, new = chance.choice(shown(grid)), chance.randint(0, 12)
    grid.sheets[number] = moved(grid.sheets[number], lambda at: (at[0], at[1] + (at[1] >= new)))


def delete_column(grid: Grid, chance: random.Random) -> None:
    number, gone = chance.choice(shown(grid)), chance.randint(1, 12)
    grid.sheets[number] = moved(
        grid.sheets[number], lambda at: None if at[1] == gone else (at[0], at[1] - (at[1] > gone))
    )


def rename_and_move_sheets(grid: Grid, chance: random.Random) -> None:
    chance.shuffle(grid.sheets)
    grid.sheets = [
        replace(sheet, name=f"Ark{number}") if sheet.name != "_tertial" else sheet
        for number, sheet in enumerate(grid.sheets)
    ]


def copy_sheet(grid: Grid, chance: random.Random) -> None:
    sheet = grid.sheets[chance.choice(shown(grid))]
    grid.sheets.append(replace(sheet, name=f"{sheet.name} (2)"))


HARMS = (sort_rows, delete_row, insert_row, insert_column, delete_column, rename_and_move_sheets, copy_sheet)


def main() -> None:
    """Play so many games, and say how they went."""
    games = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000
    played = [play(seed) for seed in range(games)]
    came, held, told_of = (sum(getattr(one, name) for one in played) for name in ("came", "held_back", "told"))
    sys.stdout.write(
        f"{games} games: {came} values came in right, {held} held back and named, {told_of} problems told\n"
    )


if __name__ == "__main__":
    main()
