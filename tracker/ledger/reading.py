"""What the lines of an export come to: read stretch by stretch, added up exactly, packed to be kept.

Must not know the portfolio, nor a file format. Amounts are in øre here, so that nothing is rounded before it is
added up; the sums are rounded to kroner in `tracker.ledger.rounding`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import compress

from tracker.ledger.cells import amounts_of, code_of, month_alone, month_of, year_alone
from tracker.ledger.credits import Credits
from tracker.ledger.lines import Columns
from tracker.ledger.mapping import TITLES, Cell, Use
from tracker.ledger.mapping import Mapping as Layout
from tracker.ledger.sum_rows import SumRows, begins_as_sum, has_word_for_sum
from tracker.messages import Message, message
from tracker.money import Unit

Key = tuple[str, str, int]
"""Code, account, and year and month as `202304`."""
Pack = Callable[[Columns], None]
"""Takes a stretch of lines to be kept."""
_MOST_TOLD = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Unreadable:
    """A row that can't be used: where it stands in the sheet (counted from 1), and why."""

    row: int
    reason: Message


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What an export holds. `left_out` are lines without a project, `known` those that are in the portfolio already.

    `whole` is what all its lines come to, those two kinds too; `printed_total` what a sum row at the end says that
    they come to; both in øre. `empty` are lines whose amount is an empty cell. `has_doubtful_credits`:
    some credits have a minus, and nobody can know which are reversed. The first unreadable rows are told, all are
    counted.
    """

    sums: Mapping[Key, int]
    line_count: int
    unreadable: tuple[Unreadable, ...] = ()
    unreadable_count: int = 0
    left_out_count: int = 0
    left_out_sum: int = 0
    known_count: int = 0
    empty_count: int = 0
    whole: int = 0
    printed_total: int | None = None
    has_doubtful_credits: bool = False

    @property
    def total(self) -> int:
        """What the lines come to, in øre."""
        return sum(self.sums.values())


@dataclass(slots=True)
class Reader:
    """Takes stretches of rows; ask for `reading` when there are no more.

    `places` says which column holds what, `first_row` is the sheet's own number of the first row. `known` are the
    vouchers that the portfolio has, for exports whose lines are told apart by them.
    """

    layout: Layout
    places: Mapping[Use, int]
    keep: Pack
    first_row: int
    known: Collection[str] = frozenset()
    _sums: dict[Key, int] = field(default_factory=lambda: defaultdict(int))
    _times: dict[object, int] = field(default_factory=dict)
    _texts: dict[object, str] = field(default_factory=dict)
    _unreadable: list[Unreadable] = field(default_factory=list)
    _unreadable_count: int = 0
    _line_count: int = 0
    _left_out_count: int = 0
    _left_out_sum: int = 0
    _known_count: int = 0
    _empty_count: int = 0
    _totals: SumRows = field(init=False)
    _credits: Credits = field(default_factory=Credits)
    _last_code: str = ""
    _keys: set[str] = field(default_factory=set)
    _seen: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._totals = SumRows(self.places)

    def look_ahead(self, rows: Sequence[Sequence[Cell]]) -> None:
        """Learn from rows how credits are written, without reading them."""
        if Use.CREDIT in self.places and Use.AMOUNT not in self.places:
            place = self.places[Use.CREDIT]
            self._credits.learn(amounts_of([row[place] if place < len(row) else None for row in rows], Unit.KRONER)[0])

    def take(self, rows: Sequence[Sequence[Cell]]) -> None:
        """Read one stretch of rows."""
        if not rows:
            return
        first, self.first_row = self.first_row, self.first_row + len(rows)
        width = max(self.places.values()) + 1
        short: Collection[int] = ()
        if min(map(len, rows)) < width:
            short = self._short(rows)
            rows = [row if len(row) >= width else (*row, *[None] * (width - len(row))) for row in rows]
        columns = list(zip(*rows, strict=False))
        codes = self._codes(columns[self.places[Use.CODE]])
        amounts, bad = self._amounts(columns)
        chosen: Sequence[int] = range(len(rows))
        if bad or short or self.layout.repeats_code or not all(codes) or self._has_sums(codes, rows):
            chosen = self._chosen(rows, codes, amounts, {*bad, *short}, first)
            codes, amounts = _picked(codes, chosen), _picked(amounts, chosen)
            columns = [tuple(_picked(column, chosen)) for column in columns]
        else:
            self._totals.add(sum(amounts), len(amounts))
        self._empty_count += self._without_amount(columns)
        self._take(columns, chosen, codes, amounts, first)

    def reading(self) -> Reading:
        """Return what all the stretches came to."""
        return Reading(
            sums=dict(self._sums),
            line_count=self._line_count,
            unreadable=tuple(self._unreadable),
            unreadable_count=self._unreadable_count,
            left_out_count=self._left_out_count,
            left_out_sum=self._left_out_sum,
            known_count=self._known_count,
            empty_count=self._empty_count,
            whole=self._totals.whole,
            printed_total=self._totals.printed_total,
            has_doubtful_credits=self._credits.is_doubtful,
        )

    def _take(
        self,
        columns: Sequence[Sequence[Cell]],
        places: Sequence[int],
        codes: Sequence[str],
        amounts: Sequence[int],
        first: int,
    ) -> None:
        times, late = self._all_times(columns, len(codes))
        accounts = self._text_column(columns, Use.ACCOUNT, len(codes))
        vouchers = self._vouchers(columns, len(codes))
        texts = self._text_column(columns, Use.TEXT, len(codes))
        rows: Sequence[int] = range(first, first + len(codes))
        if places != range(len(codes)):
            rows = [first + place for place in places]
        for place in late:
            self._tell(rows[place], self._bad_month(columns, place))
        wanted = self._wanted(vouchers, rows) if self.layout.is_keyed else None
        if late or wanted is not None:
            skipped = set(late)
            mask = [place not in skipped and (wanted is None or wanted[place]) for place in range(len(codes))]
            codes, accounts, vouchers, texts = (
                list(compress(column, mask)) for column in (codes, accounts, vouchers, texts)
            )
            times, amounts, rows = (list(compress(column, mask)) for column in (times, amounts, rows))
        sums = self._sums
        for key, amount in zip(zip(codes, accounts, times, strict=True), amounts, strict=True):
            sums[key] += amount
        self._line_count += len(codes)
        self.keep(
            Columns(
                rows=rows,
                codes=codes,
                accounts=accounts,
                times=times,
                amounts=amounts,
                vouchers=vouchers,
                texts=texts,
            )
        )

    def _codes(self, column: Sequence[Cell]) -> list[str]:
        codes = self._as_texts(column)
        if not self.layout.repeats_code or all(codes):
            if codes:
                self._last_code = codes[-1]
            return codes
        filled: list[str] = []
        for code in codes:
            self._last_code = code or self._last_code
            filled.append(self._last_code)
        return filled

    def _amounts(self, columns: Sequence[Sequence[Cell]]) -> tuple[list[int], list[int]]:
        unit = self.layout.unit
        if Use.AMOUNT in self.places:
            amounts, bad = amounts_of(columns[self.places[Use.AMOUNT]], unit)
        else:
            debits, bad_debits = amounts_of(columns[self.places[Use.DEBIT]], unit)
            credited, bad_credits = amounts_of(columns[self.places[Use.CREDIT]], unit)
            amounts = self._credits.signed(debits, credited)
            bad = sorted({*bad_debits, *bad_credits})
        return ([-amount for amount in amounts] if self.layout.is_negated else amounts), bad

    def _without_amount(self, columns: Sequence[Sequence[Cell]]) -> int:
        """Count the lines whose amount is empty: in a workbook also a formula's that was never worked out."""
        if not columns:
            return 0
        if Use.AMOUNT in self.places:
            column = columns[self.places[Use.AMOUNT]]
            return column.count(None) + column.count("")
        debits, credited = columns[self.places[Use.DEBIT]], columns[self.places[Use.CREDIT]]
        nothing = ("", None)
        if not any(one in debits for one in nothing) or not any(one in credited for one in nothing):
            return 0
        return sum(debit in nothing and credit in nothing for debit, credit in zip(debits, credited, strict=True))

    def _chosen(
        self,
        rows: Sequence[Sequence[Cell]],
        codes: Sequence[str],
        amounts: Sequence[int],
        bad: Collection[int],
        first: int,
    ) -> list[int]:
        """Choose the rows that are lines of a project; tell or count the others."""
        chosen: list[int] = []
        totals = self._totals
        for place, code in enumerate(codes):
            if _is_empty(rows[place]):
                continue
            if totals.is_sum(rows[place], amounts[place]):
                totals.print(None if place in bad else amounts[place])
                continue
            totals.add(amounts[place])
            if not code:
                self._left_out_count += 1
                self._left_out_sum += amounts[place]
            elif place in bad:
                self._tell(first + place, self._bad_amount(rows[place]))
            else:
                chosen.append(place)
        return chosen

    def _short(self, rows: Sequence[Sequence[Cell]]) -> list[int]:
        """Return the places of rows that end before their amount: something is broken there, and it is no zero."""
        places = self.places
        least = places[Use.AMOUNT] if Use.AMOUNT in places else min(places[Use.DEBIT], places[Use.CREDIT])
        return [place for place, row in enumerate(rows) if len(row) <= least and not _is_empty(row)]

    def _has_sums(self, codes: Sequence[str], rows: Sequence[Sequence[Cell]]) -> bool:
        """Whether a word for a sum stands where a code should; codes that were seen before are no such words.

        Where rows say no month, sums can't be told from lines by that, and the word may stand anywhere.
        """
        if not self._totals.has_months and any(map(has_word_for_sum, rows)):
            return True
        new = set(codes) - self._seen
        if any(map(begins_as_sum, new)):
            return True
        self._seen |= new
        return False

    def _bad_amount(self, row: Sequence[Cell]) -> Message:
        uses = (Use.AMOUNT,) if Use.AMOUNT in self.places else (Use.DEBIT, Use.CREDIT)
        for use in uses:
            cell = row[self.places[use]]
            if amounts_of([cell], self.layout.unit)[1]:
                return message("{column}: «{text}» er ikke et beløp.", column=TITLES[use], text=str(cell))
        return message("Raden slutter før beløpet.")

    def _bad_month(self, columns: Sequence[Sequence[Cell]], place: int) -> Message:
        uses = [use for use in (Use.PERIOD, Use.DATE, Use.MONTH, Use.YEAR) if use in self.places]
        written = [(use, code_of(columns[self.places[use]][place])) for use in uses]
        wrong = next(((use, text) for use, text in written if text), None)
        if wrong is None:
            return message("Raden har ingen måned.")
        return message("{column}: «{text}» er ingen måned.", column=TITLES[wrong[0]], text=wrong[1])

    def _all_times(self, columns: Sequence[Sequence[Cell]], count: int) -> tuple[list[int], list[int]]:
        """Return the months of lines as `202304`, and the places of those that have none."""
        layout, places = self.layout, self.places
        if Use.PERIOD in places or Use.DATE in places:
            cells: Sequence[object] = columns[places.get(Use.PERIOD, places.get(Use.DATE, 0))]
        else:
            years = columns[places[Use.YEAR]] if Use.YEAR in places else [layout.year] * count
            months = columns[places[Use.MONTH]] if Use.MONTH in places else [layout.month] * count
            cells = list(zip(years, months, strict=True))
        known = self._times
        for cell in set(cells) - known.keys():
            known[cell] = _time_of(cell, layout.year)
        times = list(map(known.__getitem__, cells))
        return times, [place for place, time in enumerate(times) if not time] if 0 in times else []

    def _vouchers(self, columns: Sequence[Sequence[Cell]], count: int) -> Sequence[str]:
        vouchers = self._text_column(columns, Use.VOUCHER, count)
        if Use.VOUCHER_LINE not in self.places:
            return vouchers
        lines = self._text_column(columns, Use.VOUCHER_LINE, count)
        return list(map("-".join, zip(vouchers, lines, strict=True)))

    def _wanted(self, vouchers: Sequence[str], rows: Sequence[int]) -> list[bool]:
        """Say which lines are new; one that stands twice in the file can't be told from itself."""
        known, seen = self.known, self._keys
        wanted: list[bool] = []
        for voucher, row in zip(vouchers, rows, strict=True):
            if not voucher.strip("-") or voucher in seen:
                self._tell(row, message("Bilagslinjen «{voucher}» mangler eller står to ganger.", voucher=voucher))
                wanted.append(False)
                continue
            seen.add(voucher)
            is_known = voucher in known
            self._known_count += is_known
            wanted.append(not is_known)
        return wanted

    def _text_column(self, columns: Sequence[Sequence[Cell]], use: Use, count: int) -> Sequence[str]:
        if use not in self.places:
            return [""] * count
        column = columns[self.places[use]]
        if use is Use.ACCOUNT:
            return self._as_texts(column)
        # Vouchers and texts are nearly all different: there is nothing to look up, and most are texts already.
        is_text = set(map(type, column)) <= {str}
        return column if is_text else list(map(code_of, column))  # type: ignore[return-value]  # they are texts

    def _as_texts(self, column: Sequence[Cell]) -> list[str]:
        """Return cells as texts without space around them; the same cell is looked at once."""
        known = self._texts
        try:
            return list(map(known.__getitem__, column))
        except KeyError:
            for cell in set(column) - known.keys():
                known[cell] = code_of(cell)
            return list(map(known.__getitem__, column))

    def _tell(self, row: int, reason: Message) -> None:
        self._unreadable_count += 1
        if len(self._unreadable) < _MOST_TOLD:
            self._unreadable.append(Unreadable(row=row, reason=reason))


def _time_of(cell: object, year: int | None) -> int:
    """Return a month as `202304`, 0 where the cell says none."""
    if isinstance(cell, tuple):
        found_year, found_month = year_alone(cell[0]), month_alone(cell[1])
        found = None if found_year is None or found_month is None else (found_year, found_month)
    else:
        found = month_of(cell)  # type: ignore[arg-type]  # a cell of a column
        if found is None and year is not None:
            month = month_alone(cell)  # type: ignore[arg-type]
            found = None if month is None else (year, month)
    return 0 if found is None else found[0] * 100 + found[1]


def _picked(column: Sequence[Cell] | Sequence[str] | Sequence[int], chosen: Iterable[int]) -> list:  # type: ignore[type-arg]
    return [column[place] for place in chosen]


def _is_empty(row: Sequence[Cell]) -> bool:
    return all(cell is None or cell == "" for cell in row)
