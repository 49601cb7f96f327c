"""An export's first rows as they would be understood, so that a mapping can be corrected before it is used.

Must not know a widget. Amounts are in øre, as the lines say them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tracker.ledger.lines import Columns
from tracker.ledger.mapping import Cell, Mapping
from tracker.ledger.reading import Reader
from tracker.messages import Message, message
from tracker.model import Portfolio
from tracker.owners import Owners


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewRow:
    """A row as it would be understood: `remark` says what becomes of one that is no line of a project's spending."""

    number: int
    code: str = ""
    project: str = ""
    month: str = ""
    account: str = ""
    amount: int | None = None
    remark: Message | None = None
    is_trouble: bool = False


def preview(
    portfolio: Portfolio, rows: Sequence[Sequence[Cell]], mapping: Mapping, *, header_row: int, most: int = 12
) -> list[PreviewRow]:
    """Return the first rows under the headings as they would be understood.

    Raises Refusal when the mapping doesn't fit the headings.
    """
    kept: list[Columns] = []
    reader = Reader(
        layout=mapping, places=mapping.places_in(rows[header_row]), keep=kept.append, first_row=header_row + 2
    )
    reader.look_ahead(rows[header_row + 1 :])
    owners = Owners(portfolio)
    shown: list[PreviewRow] = []
    for number, row in enumerate(rows[header_row + 1 :], start=header_row + 2):
        if len(shown) >= most:
            break
        before = reader.reading()
        kept.clear()
        reader.take([row])
        after = reader.reading()
        lines = [one for columns in kept for one in _lines(portfolio, owners, mapping, columns)]
        if lines:
            shown += lines
        elif after.unreadable_count > before.unreadable_count:
            shown.append(PreviewRow(number=number, remark=after.unreadable[-1].reason, is_trouble=True))
        elif after.left_out_count > before.left_out_count:
            shown.append(
                PreviewRow(
                    number=number,
                    amount=after.left_out_sum - before.left_out_sum,
                    remark=message("Uten prosjekt: hoppes over"),
                )
            )
        elif any(cell not in {None, ""} for cell in row):
            shown.append(PreviewRow(number=number, remark=message("Sum: hoppes over")))
    return shown


def _lines(portfolio: Portfolio, owners: Owners, mapping: Mapping, columns: Columns) -> Iterator[PreviewRow]:
    for at, code in enumerate(columns.codes):
        account = columns.accounts[at]
        owner = owners.of_code(code)
        year, month = divmod(columns.times[at], 100)
        remark = None
        if mapping.accounts.is_left_out(account):
            remark = message("Finansposter: hoppes over")
        elif mapping.accounts.funding_of(account) is not None:
            remark = message("Finansiering")
        elif owner is None:
            remark = message("Koden er ikke koblet til noe prosjekt")
        yield PreviewRow(
            number=columns.rows[at],
            code=code,
            project="" if owner is None else portfolio.projects[owner[0]].name,
            month=f"{month:02}.{year}",
            account=account,
            amount=columns.amounts[at],
            remark=remark,
        )
