"""What a check reads and tells of § 5-5 in the forms that it comes in, and what its sums are held against."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from tests import statements as s
from tests.golden_files import hold
from tests.portfolios import YEAR, placed, planned, table_of
from tests.test_funding import JUNE, funded, received
from tests.test_statement_check import BOTH, read, say, told_of
from tests.test_unfolding import told_of as told_of_node
from tracker.edits import Change, Edit, apply
from tracker.kinds import FundingSource
from tracker.ledger.mapping import Cell
from tracker.messages import message
from tracker.model import Portfolio, Setting
from tracker.periods import Part, Period
from tracker.published.content import PublishedRow
from tracker.statement import GRANTED_AREAS_SETTING, compute_statement
from tracker.statement_check.against import check_against
from tracker.statement_check.checking import check_statement
from tracker.statement_check.reading import read_tables
from tracker.statement_check.recognising import with_inside_signs
from tracker.statement_check.tables import ReadStatement
from tracker.statement_check.texts import rows_of_text
from tracker.statement_check.unfolding import unfold
from tracker.statement_check.verdict import Check, Verdict

Rows = list[list[Cell]]
LENDING = (s.LENT, s.BORROWED, s.REPAYING, s.REPAID, s.LENDING)
PROJECTS = """
Åsen skole | 500 000 | 310 000 | 4K-2032 | 340 000 | 300 000 |
Helsehuset | 200 000 | 100 000 | 4K-2032 | 110 000 |  99 000 |
Kirken     |  30 000 |  12 000 | 4K-2031 |  12 000 |  12 000 |
Aksjer     |   9 000 |   5 000 | 4K-2031 |   5 000 |   5 000 |
"""


def first(**actual: int) -> Rows:
    return s.cells(s.spoiled(s.FIRST, **actual))


def second(**actual: int) -> Rows:
    return s.cells(s.spoiled(s.SECOND, **actual), heading=s.SECOND_HEADING)


def with_cell(rows: Rows, label: str, column: int, value: Cell) -> Rows:
    """Put something else in one cell of a line."""
    return [[*row[:column], value, *row[column + 1 :]] if row[0] == label else row for row in rows]


def with_line(rows: Rows, before: str, *line: Cell) -> Rows:
    """Put a line before another."""
    at = next(at for at, row in enumerate(rows) if row[0] == before)
    return [*rows[:at], list(line), *rows[at:]]


def without(rows: Rows, *labels: str) -> Rows:
    return [row for row in rows if row[0] not in labels]


def by_column(make: Callable[[str, int, int], list[Cell]], *headings: list[Cell]) -> Rows:
    """Return the first part with other columns: what each line has in them, and the rows over them."""
    return [[s.FIRST_HEADING], *headings, *([label, *make(label, *own)] for label, own in s.FIRST.items())]


def in_text(text: str) -> ReadStatement:
    return read_tables(rows_of_text(text.splitlines()))


def marked(mark: str, rows: Rows) -> str:
    return "\n".join(mark.join(map(str, row)) for row in rows)


def forms() -> Iterator[tuple[str, ReadStatement]]:
    """Yield the statement as municipalities print it: columns, units, headings and files of every kind."""
    yield "begge ledd", read(BOTH)
    yield "andre ledd først", read([*second(), *first()])
    yield "bare andre ledd", read(second())
    yield "i kroner, som ikke sier det", read(s.cells(s.FIRST, unit="", times=1000))
    yield "i tusen, som ikke sier det", read(s.cells(s.FIRST, unit=""))
    yield "i hele kroner", read(with_cell(s.cells(s.FIRST, unit="Beløp i kroner", times=1000), s.GIVEN, 1, 12_000_400))
    five: list[Cell] = ["Post", "Oppr. budsjett 2031", "Rev. budsjett 2031", "Regnskap 2031", "Regnskap 2030", "Note"]
    yield "i andre kolonner", read(by_column(lambda _, own, rev: [rev, rev, own, rev, 7], five))
    two: Rows = [["", "Regnskap", None, "Rev. budsjett", "Avvik"], ["", 2030, 2031.0, "2031", "2031"]]
    yield "med titler over to rader", read(by_column(lambda _, own, rev: [rev, own, rev, rev - own], *two))
    plan: Rows = [[None, None, "Regnskap"], ["Post", "Økonomiplan 2032", "2031"]]
    yield "med planår", read(by_column(lambda _, own, rev: [rev, own], *plan))
    twice: list[Cell] = ["Post", "Regnskap 2031", "Budsjett 2031", "Avvik", "Avvik i fjor"]
    yield "med to avvik", read(by_column(lambda _, own, rev: [own, rev, rev - own, own], twice))
    for largest in (9_999_999, 10_000_000):
        yield f"ikke mer enn {largest}", read([["", "Regnskap"], [s.ASSETS, largest], [s.SPENT, largest]])
    yield "uten titler", read(by_column(lambda _, own, rev: [own, rev]))
    many: Rows = [[f"Overskrift {number}", "prosent"] for number in range(8)]
    yield "med mange rader øverst", read(by_column(lambda _, own, rev: [own, rev], *many, ["", "Regnskap", "Budsjett"]))
    yield "andre ledd uten overskrift", read([*first(), *second()[3:]])
    yield "andre ledd med bare titler over", read([*first(), ["Prosa"], *second()[2:]])
    no_income_minus = {label: (abs(own), abs(revised)) for label, (own, revised) in s.FIRST.items()}
    yield "inntekter uten minus", read(s.cells(no_income_minus | {s.LENDING: s.FIRST[s.LENDING]}))
    turned = {s.MOVED, s.BOUND, s.UNBOUND, s.TRANSFERS}
    yield (
        "overføringer uten minus",
        read(s.cells({label: (-a, -b) if label in turned else (a, b) for label, (a, b) in s.FIRST.items()})),
    )
    yield "avvik som regnskap minus budsjett", read([*first()[:3], *([*row[:3], -row[3]] for row in first()[3:])])  # type: ignore[operator]
    own = with_line(first(), s.GIVEN, "Egen linje", 0, 0, 0)
    own = with_line(own, s.LOAN, "Sum egne midler", -93_450, -108_000, -14_550)
    yield "med egne linjer", read(with_line(own, s.MOVED, "Egen overføring", 0, 0, 0))
    own = with_line(first(), s.SALE, "Sum tilskudd", -85_450, -100_000, -14_550)
    yield "med to egne summer", read(with_line(own, s.EARNED, "Sum salg og lån", -269_450, -305_000, -35_550))
    yield "tekst", in_text(s.text(s.FIRST) + s.text(s.SECOND, heading=s.SECOND_HEADING))
    yield "tekst uten titler", in_text("\n".join(s.text(s.FIRST).splitlines()[6:]))
    wrapped = (
        s.text(s.FIRST)
        .replace("investeringer 12", "\ninvesteringer 12")
        .replace("til eller bruk av u", "til\neller\nbruk av u")
    )
    yield "tekst med delte linjer", in_text(wrapped)
    alone = s.text(s.SECOND, heading=s.SECOND_HEADING).replace("Oppvekst 300", "Oppvekst og\nkultur\n300")
    yield "tekst med tall alene", in_text(s.text(s.FIRST) + alone)
    for mark in (";", "\t", " | "):
        yield f"med «{mark.strip() or 'tabulator'}» mellom", in_text(marked(mark, first()[2:]))


def faults() -> Iterator[tuple[str, ReadStatement]]:
    """Yield the statement with the slips that people make, each by itself."""
    yield "noe som ikke er tall", read(with_cell(with_cell(BOTH, s.GIVEN, 1, "?"), s.SHARES, 2, "x"))
    yield (
        "sum uten tall",
        read(with_cell(with_cell(with_cell(first(), s.EARNED, 1, ""), s.EARNED, 2, ""), s.EARNED, 3, "")),
    )
    yield "tom celle", read(with_cell(first(), s.GIVEN, 1, None))
    yield "tom celle i ledd to", read(with_cell(second(), "Helse", 1, None))
    yield "summen av en annen kolonne", read(without(first(spent=467_000), s.CARRIED))
    yield "linje regnet to ganger", read(with_cell(first(spent=422_000), s.SPENT, 3, 45_000))
    yield "linje regnet to ganger, og avrunding", read([row[:3] for row in first(spent=422_001)])
    yield "linje utelatt", read(with_cell(first(spent=412_000), s.SPENT, 3, 55_000))
    yield "to linjer med motsatt fortegn", read(with_cell(first(earned=-184_000), s.EARNED, 3, -221_000))
    yield "bare avviket i en sum", read(with_cell(first(), s.SPENT, 3, 53_000))
    yield "avvik som følger av regnskapet", read(with_cell(first(spent=420_000), s.SPENT, 3, 47_000))
    yield "avvik som følger av budsjettet", read(with_cell(with_cell(first(), s.SPENT, 2, 470_000), s.SPENT, 3, 53_000))
    yield (
        "avvik som følger av begge",
        read(with_cell(with_cell(first(spent=420_000), s.SPENT, 2, 472_000), s.SPENT, 3, 52_000)),
    )
    yield "avvik som ikke følger av noe", read(with_cell(first(spent=420_000), s.SPENT, 3, 90_000))
    yield "i kroner blant tusen", read(first(assets=400_000_000))
    in_kroner = with_cell(s.cells(s.FIRST, unit="kroner", times=1000), s.ASSETS, 1, 400_000)
    yield "i tusen blant kroner", read(in_kroner)
    yield "i tusen blant kroner uten avvik", read([row[:3] for row in in_kroner])
    yield "sifre byttet uten avvik", read([row[:3] for row in first(given=21_000)])
    yield "sifre byttet i en sum uten avvik", read([row[:3] for row in first(spent=471_000)])
    yield "linje som mangler", read([*without(first(), s.GIVEN), *second()])
    yield "linje som mangler i ledd to", read([*first(), *without(second(), "Kjøp av aksjer")])
    yield "to linjer som mangler", read([*without(first(), s.GIVEN, s.SHARES), *second()])
    yield "uten sum for videreutlån", read(without(first(), s.LENDING))
    yield "uten videreutlån", read(without(first(), *LENDING))
    yield "uten summer", read(without(first(), s.SPENT, s.EARNED, s.TRANSFERS, s.CARRIED))
    for carried in (7_000, -7_000, 20_900, -10_450):
        yield f"fremført {carried}", read(first(carried=carried))
        yield (
            f"udekket {carried}",
            read(first(moved=-40_000 + carried, transfers=-51_650 + carried, carried=abs(carried))),
        )
    yield (
        "blandede fortegn",
        read(
            first(moved=10_450, bound=0, unbound=0, transfers=10_450, loan=-323_550, earned=-417_000, carried=-20_900)
        ),
    )
    yield "ledd i hver sin enhet", read([*first(), *s.cells(s.SECOND, heading=s.SECOND_HEADING, times=1000)])
    yield "ledd som er ulike", read([*first(), *second(assets=401_000)])
    yield (
        "avdrag i første ledd",
        read([*with_line(first(spent=418_000), s.SHARES, "Avdrag på lån", 1_000, 0, -1_000), *second()]),
    )


def as_read(found: ReadStatement, verdict: Verdict) -> Iterator[str]:
    """Yield a statement as it was read: columns, and each line's amounts as printed and, where they differ, inside."""
    for table in found.tables:
        columns = ", ".join(f"{say(one.title)} ({one.of.value})" for one in table.columns)
        yield f"  {table.paragraph}. ledd, {table.unit}, {'sagt' if found.unit_is_said else 'gjettet'}: {columns}"
        for line, inside in zip(table.lines, with_inside_signs(table, verdict.signs).lines, strict=True):
            known = line.known.id if line.known else "-"
            turned = "" if line.amounts == inside.amounts else f" inni {inside.amounts}"
            yield f"    {line.place} {line.label} [{known}] {line.amounts}{turned}"


def test_what_is_read_and_told_of_a_statement_in_each_form_is_what_it_was(*, renew_golden: bool) -> None:
    """Somebody who changes how a layout is read, or how a slip is explained, sees what becomes of the others."""
    told: list[str] = []
    for name, found in forms():
        verdict = check_statement(found)
        told += [name, *as_read(found, verdict), *told_of(verdict)]
    for name, found in faults():
        told += [name, *told_of(check_statement(found))]
    hold("statement-forms.txt", told, renew=renew_golden)


def of_year(rows: Rows) -> ReadStatement:
    return read([[cell.replace("2031", "2023") if isinstance(cell, str) else cell for cell in row] for row in rows])


OTHERS = PublishedRow(
    name="Sum øvrige prosjekter",
    total_budget=3_000,
    total_spent=1_000,
    completion="",
    revised_budget=0,
    actual=1_000,
    deviation=-1_000,
)
AREAS = {"Åsen skole": "Oppvekst", "Helsehuset": "Helse", "Kirken": "Den norske kirke"}


def municipality(*, other: PublishedRow | None = None, rounded_to: int = 1_000, granted: str = "") -> Portfolio:
    """Return a portfolio whose projects come to the statement's expenditure, in service areas."""
    portfolio = placed(apply(Portfolio(), planned(table_of(PROJECTS, other=other)).edit), AREAS)
    state = portfolio.state_of(YEAR)
    assert state is not None
    changes = [Change(state, replace(state, rounded_to=rounded_to))]
    if granted:
        changes.append(Change(None, Setting(id=GRANTED_AREAS_SETTING, value=granted)))
    return apply(portfolio, Edit(message("x"), tuple(changes)))


def every(check: Check) -> Iterator[str]:
    """Yield all that a check says, also one that holds."""
    yield f"  {check.id} {check.outcome.value} {check.printed} {check.computed} ±{check.allowance}: {say(check.words)}"
    behind = "; ".join(f"{one.name} {one.amount}" for one in check.behind)
    yield f"    {check.paragraph} {check.place} {check.at}: {behind}"


def against(portfolio: Portfolio, found: ReadStatement, period: Period = YEAR) -> Iterator[str]:
    """Yield what the projects say of a statement, and the way down from each of its sums."""
    verdict = check_statement(found)
    checks = check_against(verdict, portfolio, period)
    yield from (line for check in checks for line in every(check))
    whole = replace(verdict, checks=(*verdict.checks, *checks))
    yield from (line for node in unfold(portfolio, period, whole) for line in told_of_node(node, 1))


def computed(portfolio: Portfolio) -> Iterator[str]:
    """Yield the statement as projects and funding make it."""
    statement = compute_statement(portfolio, YEAR)
    for line in (*statement.lines, statement.residual):
        why_not = "" if line.why_not is None else f": {say(line.why_not)}"
        amounts = (line.actual, line.revised_budget, line.original_budget)
        yield f"  {say(line.title)} [{line.known}] {amounts}{' sum' if line.is_sum else ''}{why_not}"
    yield from (line for node in unfold(portfolio, YEAR, None) for line in told_of_node(node, 1))


def test_what_the_projects_say_of_a_statement_is_what_they_said(*, renew_golden: bool) -> None:
    """Each way in which they can differ: a year, a rounding, a project too few, an area, other projects."""
    right = [*first(), *second()]
    plain, church = municipality(), municipality(granted="Den norske kirke; Museum")
    paid = received(
        funded(funded(church, FundingSource.LOAN, 297_000_000), FundingSource.GRANT, 4_000_000, JUNE),
        (FundingSource.LOAN, 261_450_000),
        (FundingSource.VAT_COMPENSATION, 59_000_000),
        (FundingSource.OPERATIONS, 40_000_000),
    )
    cases: dict[str, Iterator[str]] = {
        "begge ledd": against(plain, of_year(right)),
        "kirken er andres": against(church, of_year(right)),
        "med øvrige prosjekter": against(municipality(other=OTHERS, granted="Den norske kirke"), of_year(right)),
        "avrundet til hele kroner": against(
            municipality(rounded_to=1), of_year(s.cells(s.FIRST, unit="kroner", times=1000))
        ),
        "et prosjekt mangler": against(church, of_year(first(shares=0, spent=412_000))),
        "noe mangler": against(church, of_year(first(assets=398_000, spent=415_000))),
        "et område er feil": against(
            church, of_year([*first(), *second(assets=397_000)[:3], ["Helse", 97_000, 110_000, 13_000]])
        ),
        "finansiert": against(paid, of_year(right)),
        "et annet år": against(plain, read(right)),
        "en annen periode": against(plain, of_year(right), Period(2023, Part.T2)),
        "regnet ut, uten finansiering": computed(church),
        "regnet ut, bare budsjettert": computed(funded(plain, FundingSource.SALE, 8_000_000)),
        "regnet ut, bare mottatt": computed(received(plain, (FundingSource.BOUND_FUND, 6_650_000))),
        "regnet ut, med øvrige": computed(municipality(other=OTHERS, granted="Helse")),
        "regnet ut": computed(paid),
    }
    told = (line for name, lines in cases.items() for line in (name, *lines))
    hold("statement-projects.txt", told, renew=renew_golden)
