"""Where each line of a part belongs, and which lines each sum is to come to.

Must not judge whether it does.
"""

from __future__ import annotations

from dataclasses import dataclass

from tracker.statement_check.known import CARRIED, SUM_OF, Section
from tracker.statement_check.tables import StatementTable, TableLine

_TO_THE_BALANCE = (Section.EXPENDITURE, Section.INCOME, Section.LENDING, Section.TRANSFERS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Adding:
    """A printed sum, and the lines that it is to be the sum of."""

    total: TableLine
    summands: tuple[TableLine, ...]


def sections_of(table: StatementTable) -> tuple[Section, ...]:
    """Return the section of each line; one of the municipality's own goes with the lines that it stands among."""
    if table.paragraph != 1:
        return tuple(Section.EXPENDITURE for _ in table.lines)
    found: list[Section] = []
    now, is_closed = Section.EXPENDITURE, False
    for at, line in enumerate(table.lines):
        if line.known is not None:
            now, is_closed = line.known.section, line.known.is_sum
        elif is_closed:
            rest = (after.known.section for after in table.lines[at:] if after.known is not None)
            now, is_closed = next(rest, now), False
        found.append(now)
    return tuple(found)


def additions_of(table: StatementTable) -> tuple[Adding, ...]:
    """Return every sum with its summands, top down."""
    return _first_part(table) if table.paragraph == 1 else _second_part(table)


def balance_of(table: StatementTable) -> Adding | None:
    """Return what is carried forward, and the sums of the sections that it is to come out of; None without it.

    A section without a sum of its own enters with its lines.
    """
    carried = table.line(CARRIED)
    if carried is None:
        return None
    summands: list[TableLine] = []
    for section in _TO_THE_BALANCE:
        total = table.line(SUM_OF[section])
        summands += [total] if total is not None else _collapsed(table, section)
    return Adding(total=carried, summands=tuple(summands))


def lines_behind(table: StatementTable, balance: Adding) -> tuple[TableLine, ...]:
    """Return the single lines behind the sums of a balance."""
    sums = {line.place for line in balance.summands}
    found = [line for one in additions_of(table) if one.total.place in sums for line in one.summands]
    return (*found, *(line for line in balance.summands if not line.is_named_sum))


def _first_part(table: StatementTable) -> tuple[Adding, ...]:
    found: list[Adding] = []
    open_lines: list[TableLine] = []
    sections = dict(zip((line.place for line in table.lines), sections_of(table), strict=True))
    for line in table.lines:
        section = sections[line.place]
        own = [one for one in open_lines if sections[one.place] is section]
        known = line.known
        if known is not None and known.is_sum:
            if known.id != CARRIED and own:
                found.append(Adding(total=line, summands=tuple(own)))
            open_lines = [one for one in open_lines if one not in own]
            continue
        inner = _inner(line, own)
        if inner:
            found.append(Adding(total=line, summands=tuple(inner)))
            open_lines = [one for one in open_lines if one not in inner]
        open_lines.append(line)
    return tuple(found)


def _inner(line: TableLine, own: list[TableLine]) -> list[TableLine]:
    """Return the lines that a net or a sum within a section stands for, none where it stands for itself."""
    if line.known is not None:
        return [one for one in own if one.known is not None and one.known.id in line.known.details]
    if not line.is_named_sum:
        return []
    after = next((at for at in range(len(own), 0, -1) if own[at - 1].is_named_sum), 0)
    return own[after:]


def _collapsed(table: StatementTable, section: Section) -> list[TableLine]:
    sections = dict(zip((line.place for line in table.lines), sections_of(table), strict=True))
    own = [line for line in table.lines if sections[line.place] is section]
    within = {line.place for one in _first_part(table) for line in one.summands}
    return [line for line in own if line.place not in within]


def _second_part(table: StatementTable) -> tuple[Adding, ...]:
    """Return the sums per kind of investment, then the whole.

    A line with the regulation's words is a sum where it comes to the lines before it in at least one column, since
    the words alone don't say so.
    """
    found: list[Adding] = []
    left: list[tuple[TableLine, bool]] = []
    for line in table.lines:
        since = next((at for at in range(len(left), 0, -1) if left[at - 1][1]), 0)
        single = [one for one, _ in left[since:]]
        if line.is_named_sum and not single and len(left) > 1:
            summands = [one for one, _ in left]
            found.append(Adding(total=line, summands=tuple(summands)))
            left = [(line, True)]
        elif single and (line.is_named_sum or (line.known is not None and _comes_to(table, line, single))):
            whole = line is table.lines[-1] and since > 0
            taken = [one for one, _ in left] if whole else single
            found.append(Adding(total=line, summands=tuple(taken)))
            left = [*left[: len(left) - len(taken)], (line, True)]
        else:
            left.append((line, False))
    return tuple(found)


def _comes_to(table: StatementTable, line: TableLine, lines: list[TableLine]) -> bool:
    for at in range(len(table.columns)):
        own = line.amounts[at]
        if own and abs(own - sum(one.amounts[at] or 0 for one in lines)) <= table.unit * len(lines):
            return True
    return False
