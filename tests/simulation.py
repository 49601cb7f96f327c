"""Three years of a municipality, made up from a seed: what really happened, apart from what Tertial makes of it.

The books here are plain lists of plain facts. They are added up by the simplest code there is, so that Tertial's sums
can be held against sums that share nothing with them. Must not import the domain.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

PARTS = (("T1", 4), ("T2", 8), ("Y", 12))
SUBPROJECTS = 50
PROGRAMME = "Vann og avløp, hovedplaner"
EXPENDITURE = ("02300", "02500", "02700", "02850", "04290")
FUNDING = {"07290": "vat_compensation", "07000": "grant", "09100": "loan"}


@dataclass(frozen=True, slots=True)
class Posting:
    """A line of the ledger; `known_in` is the part of the year whose export first has it: late ones come later."""

    voucher: str
    code: str
    account: str
    year: int
    month: int
    amount: int
    known_in: str


@dataclass(frozen=True, slots=True)
class BudgetFact:
    """What the council decided for a project: for which year, how much, how much of it in the total, and when."""

    kind: str
    project: str
    year: int
    amount: int
    total: int
    on: tuple[int, int, int]


@dataclass(slots=True)
class Books:
    """Everything that happened."""

    projects: dict[str, str] = field(default_factory=dict)
    programmes: set[str] = field(default_factory=set)
    subprojects: dict[str, str] = field(default_factory=dict)
    postings: list[Posting] = field(default_factory=list)
    budget: list[BudgetFact] = field(default_factory=list)
    cancelled: str = ""
    disputed: str = ""

    def owner(self, code: str) -> str:
        """Return the project that a code of the ledger stands for."""
        return self.subprojects.get(code, code)

    def exported(self, year: int, part: str) -> Iterator[Posting]:
        """Yield what the ledger's export of a year has at the end of a part of it."""
        names = [name for name, _ in PARTS]
        last_month = dict(PARTS)[part]
        for one in self.postings:
            if one.year == year and one.month <= last_month and names.index(one.known_in) <= names.index(part):
                yield one

    def spent(self, year: int, part: str) -> dict[str, int]:
        """Add up the year's spending by project, as the export of a part has it."""
        sums: dict[str, int] = defaultdict(int)
        for one in self.exported(year, part):
            if one.account not in FUNDING:
                sums[self.owner(one.code)] += one.amount
        return dict(sums)

    def booked(self, year: int, last_month: int) -> dict[str, int]:
        """Add up a year's spending by project up to a month, as is known when all has come."""
        sums: dict[str, int] = defaultdict(int)
        for one in self.postings:
            if one.year == year and one.month <= last_month and one.account not in FUNDING:
                sums[self.owner(one.code)] += one.amount
        return dict(sums)

    def spent_before(self, year: int) -> dict[str, int]:
        """Add up what was spent in the years before, in their last exports."""
        sums: dict[str, int] = defaultdict(int)
        for earlier in range(min(one.year for one in self.postings), year):
            for project, amount in self.spent(earlier, "Y").items():
                sums[project] += amount
        return dict(sums)

    def revised(self, year: int, until: tuple[int, int, int]) -> dict[str, int]:
        """Add up the year's budget by project, as decided by a date."""
        sums: dict[str, int] = defaultdict(int)
        for one in self.budget:
            if one.year == year and one.on <= until:
                sums[one.project] += one.amount
        return dict(sums)

    def totals(self, until: tuple[int, int, int]) -> dict[str, int]:
        """Add up the total budgets by project, as decided by a date."""
        sums: dict[str, int] = defaultdict(int)
        for one in self.budget:
            if one.on <= until:
                sums[one.project] += one.total
        return dict(sums)


def books_of(*, seed: int, first_year: int, years: int = 3, projects: int = 88, lines_a_year: int = 200_000) -> Books:
    """Make up what happens in some years."""
    rng = random.Random(seed)  # noqa: S311  the same each time
    books = Books()
    for number in range(projects):
        code = f"P{number:03}"
        books.projects[code] = PROGRAMME if number == 0 else f"Prosjekt {number:03} i {rng.choice(_PLACES)}"
    books.programmes.add("P000")
    books.subprojects = {f"I41{number:03}": "P000" for number in range(SUBPROJECTS)}
    books.cancelled, books.disputed = f"P{projects // 3:03}", f"P{projects // 2:03}"
    for year in range(first_year, first_year + years):
        _budget_year(books, rng, year, is_first=year == first_year)
        _post_year(books, rng, year, lines_a_year, is_cancelled=year > first_year)
    return books


_PLACES = ("Åsen", "Østmarka", "Ærfuglveien", "Nordby", "Sørum", "Vestre", "Øyeren")


def _budget_year(books: Books, rng: random.Random, year: int, *, is_first: bool) -> None:
    december, june, november = (year, 1, 1), (year, 6, 14), (year, 11, 8)
    add = books.budget.append
    for code in books.projects:
        if code == books.cancelled and not is_first:
            continue
        amount = rng.randrange(1, 60_000) * 1000
        total = 0 if code in books.programmes else (amount * 4 if is_first else 0)
        add(BudgetFact("original", code, year, amount, total, december))
        chance = rng.random()
        if chance < 0.15:
            moved = amount // 3
            add(BudgetFact("between_years", code, year, -moved, 0, june))
            add(BudgetFact("between_years", code, year + 1, moved, 0, june))
        elif chance < 0.25:
            granted = rng.randrange(1, 5000) * 1000
            add(BudgetFact("grant", code, year, granted, 0 if code in books.programmes else granted, november))
        elif chance < 0.3:
            cut = amount // 5
            add(BudgetFact("cut", code, year, -cut, 0 if code in books.programmes else -cut, november))
    givers = rng.sample([code for code in books.projects if code not in {"P000", books.cancelled}], 3)
    shares = (-1_700_001, 700_000, 1_000_001)
    for code, amount in zip(givers, shares, strict=True):
        add(BudgetFact("reallocation", code, year, amount, amount, june))
    if year > min(one.year for one in books.budget):
        carried = [code for code in books.projects if rng.random() < 0.3 and code != books.cancelled]
        for code in carried:
            add(BudgetFact("carry_over", code, year, rng.randrange(1, 900) * 1000, 0, june))


def _post_year(books: Books, rng: random.Random, year: int, lines: int, *, is_cancelled: bool) -> None:
    codes = [code for code in books.projects if code not in books.programmes] + list(books.subprojects)
    if is_cancelled:
        codes.remove(books.cancelled)
    for number in range(lines):
        month = rng.randrange(1, 13)
        part = next(name for name, last in PARTS if month <= last)
        if part != "Y" and rng.random() < 0.01:
            part = "Y" if part == "T2" or rng.random() < 0.3 else "T2"
        account = rng.choice(tuple(FUNDING)) if rng.random() < 0.05 else rng.choice(EXPENDITURE)
        amount = rng.randrange(-20_000, 150_000) if account not in FUNDING else -rng.randrange(1, 90_000)
        books.postings.append(Posting(f"{year}-{number:07}", rng.choice(codes), account, year, month, amount, part))
    # The disputed settlement: booked in December, taken back in January, booked again at another amount.
    if year > min(one.year for one in books.postings):
        books.postings.append(Posting(f"{year}-T1", books.disputed, "02300", year, 1, -12_345_678, "T1"))
        books.postings.append(Posting(f"{year}-T2", books.disputed, "02300", year, 9, 9_876_543, "Y"))
    else:
        books.postings.append(Posting(f"{year}-T0", books.disputed, "02300", year, 12, 12_345_678, "Y"))
