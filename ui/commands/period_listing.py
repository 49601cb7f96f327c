"""What `tertial period` writes: the board, the late changes, two periods compared, the reminders.

Must not change anything.
"""

from __future__ import annotations

from argparse import Namespace
from contextlib import closing

from db.journal import written_since
from tracker.board import STANDING_TITLES, BoardRow, board_of, counts_of
from tracker.budgeting.titles import KIND_TITLES
from tracker.carrying import period_before
from tracker.comparing import COLUMNS, Cell, compare_periods
from tracker.finding import find_owner
from tracker.guarding import newest_lock
from tracker.kind_titles import COMMENT_TITLES
from tracker.late_changes import LateChange, late_changes, late_comments
from tracker.messages import Refusal, message
from tracker.model import Comment, Portfolio
from tracker.money import write_number
from tracker.reminders import reminders_for
from ui.commands.console import FINDINGS, FINE, Console
from ui.commands.opening import chosen_period, load_portfolio, opened_to_read

_NAME, _STATE, _AMOUNT = 44, 12, 16


def tell_board(given: Namespace, console: Console) -> int:
    """Write where each project stands, and how many stand where."""
    portfolio = load_portfolio(given.file)
    rows = list(board_of(portfolio, chosen_period(portfolio, given.period)).rows)
    if given.project:
        ids = {find_owner(portfolio, name)[0] for name in given.project}
        rows = [row for row in rows if row.project.id in ids]
    if given.responsible:
        wanted = given.responsible.strip().casefold()
        rows = [row for row in rows if (row.project.responsible or "").casefold() == wanted]
    if given.json:
        counts = {standing.value: count for standing, count in counts_of(rows).items()}
        console.json({"counts": counts, "projects": [_row_as_json(row, console) for row in rows]})
        return FINE
    widest = max((len(row.project.name) for row in rows), default=0)
    for row in rows:
        standing = console.say(STANDING_TITLES[row.standing])
        by = " ".join(filter(None, (row.by, None if row.on is None else f"{row.on:%d.%m.%Y}")))
        left = " ".join(map(console.say, row.left))
        console.data(f"{row.project.name:<{widest}} {standing:<{_STATE}} {by:<24} {left}".rstrip())
    said = (f"{console.say(STANDING_TITLES[one])} {count}" for one, count in counts_of(rows).items())
    console.data(" · ".join(said))
    return FINE


def tell_late(given: Namespace, console: Console) -> int:
    """Write what a locked period would report otherwise today, and what came in packages; 1 when there is something."""
    with closing(opened_to_read(given.file)) as store:
        portfolio = store.load()
        lock = newest_lock(portfolio, given.period)
        since = set() if lock is None else written_since(store.journal(), lock.id)
    found = late_changes(portfolio, given.period, since=since)
    comments = late_comments(portfolio, given.period, since=since)
    if given.json:
        said = [_comment_as_json(portfolio, one) for one in comments]
        console.json([*(_late_as_json(one) for one in found), *said])
        return FINDINGS if found or comments else FINE
    for one in found:
        _tell_cell(one.cell, console)
        for line in one.lines:
            console.data(f"    {line.takes_effect:%d.%m.%Y} {line.note or console.say(KIND_TITLES[line.kind])}")
        for source in dict.fromkeys(batch.source for batch in one.batches):
            console.data(f"    {source}")
    for comment in comments:
        _tell_comment(portfolio, comment, console)
    if found or comments:
        return FINDINGS
    console.progress(message("Ingenting er endret i {period} etter låsingen.", period=given.period))
    return FINE


def tell_comparison(given: Namespace, console: Console) -> int:
    """Write what differs between two periods, per project and in sum."""
    portfolio = load_portfolio(given.file)
    later = chosen_period(portfolio, given.period)
    earlier = period_before(portfolio, later) if given.other is None else chosen_period(portfolio, given.other)
    if earlier is None:
        raise Refusal(
            message("{period} er den eldste perioden: oppgi hvilken periode den skal sammenlignes med.", period=later)
        )
    found = compare_periods(portfolio, earlier, later)
    if given.json:
        console.json(
            {
                "earlier": str(earlier),
                "later": str(later),
                "projects": [_cell_as_json(cell) for cell in found.cells],
                "sums": [_cell_as_json(cell) for cell in found.sums],
            }
        )
        return FINE
    for cell in (*found.changed, *found.sums):
        _tell_cell(cell, console)
    return FINE


def tell_reminders(given: Namespace, console: Console) -> int:
    """Write the reminders, one mail each; 1 when somebody has something left."""
    portfolio = load_portfolio(given.file)
    found = reminders_for(portfolio, chosen_period(portfolio, given.period))
    mails = [
        {"to": one.to, "subject": console.say(one.subject), "body": "\n".join(map(console.say, one.lines))}
        for one in found
    ]
    if given.json:
        console.json(mails)
    else:
        for mail in mails:
            console.data(f"{mail['to'] or '–'}\n{mail['subject']}\n{mail['body']}\n")
    if not mails:
        console.progress(message("Alle har levert."))
    return FINDINGS if mails else FINE


def _tell_cell(cell: Cell, console: Console) -> None:
    name = console.say(message("Sum")) if cell.project is None else cell.project.name
    column = console.say(COLUMNS[cell.column])
    before, after = ("-" if one is None else write_number(one) for one in (cell.before, cell.after))
    change = write_number(cell.change)
    console.data(f"{name:<{_NAME}} {column:<22}{before:>{_AMOUNT}}{after:>{_AMOUNT}}{change:>{_AMOUNT}}")


def _tell_comment(portfolio: Portfolio, comment: Comment, console: Console) -> None:
    title = console.say(COMMENT_TITLES[comment.kind])
    name = portfolio.projects[comment.project].name
    console.data(f"{name:<{_NAME}} {title:<22}{comment.at.astimezone():%d.%m.%Y} {comment.by}")
    for line in comment.text.splitlines():
        console.data(f"    {line}")


def _row_as_json(row: BoardRow, console: Console) -> dict[str, object]:
    return {
        "project": row.project.name,
        "code": row.project.code,
        "service_area": row.project.service_area,
        "responsible": row.project.responsible,
        "standing": row.standing.value,
        "by": row.by,
        "on": None if row.on is None else row.on.isoformat(),
        "missing": [console.say(one) for one in row.missing],
        "to_confirm": [console.say(one) for one in row.to_confirm],
    }


def _cell_as_json(cell: Cell) -> dict[str, object]:
    return {
        "project": None if cell.project is None else cell.project.name,
        "column": cell.column,
        "before": cell.before,
        "after": cell.after,
        "change": cell.change,
    }


def _late_as_json(late: LateChange) -> dict[str, object]:
    cell = late.cell
    return {
        "project": None if cell.project is None else cell.project.name,
        "column": cell.column,
        "reported": cell.before,
        "now": cell.after,
        "change": cell.change,
        "budget_lines": [line.id for line in late.lines],
        "batches": [batch.source for batch in late.batches],
        "comment": None,
    }


def _comment_as_json(portfolio: Portfolio, comment: Comment) -> dict[str, object]:
    return {
        "project": portfolio.projects[comment.project].name,
        "column": None,
        "reported": None,
        "now": None,
        "change": None,
        "budget_lines": [],
        "batches": [],
        "comment": {"by": comment.by, "at": comment.at.isoformat(), "text": comment.text},
    }
