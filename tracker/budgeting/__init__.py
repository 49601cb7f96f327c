"""The budget ledger as people write in it: what can be requested, on which decision, and what becomes of it.

Must not know what was spent.
"""

from tracker.budgeting.decisions import (
    is_same_case,
    read_case,
    read_day,
    read_decision,
    write_case,
    write_day,
)
from tracker.budgeting.doubts import doubts_about
from tracker.budgeting.ledger import Paper, decide, enter, group_of, key_of, take_back, withdraw
from tracker.budgeting.listing import (
    CHANGES,
    KindSum,
    Move,
    by_money,
    changes_in,
    in_order,
    moves_of,
    sums_of,
    titles_of,
)
from tracker.budgeting.money import MONEYS, money_of
from tracker.budgeting.requests import (
    CarryOver,
    Cut,
    MoveBetweenYears,
    Movement,
    NewMoney,
    OriginalBudget,
    PriceAdjustment,
    Reallocation,
    Request,
    Share,
    left_to_place,
)
from tracker.budgeting.titles import FUNDING_TITLES, KIND_TITLES
from tracker.budgeting.typed import (
    ENTERED_ALONE,
    TypedChange,
    read_budget_year,
    read_change,
    read_kroner,
    read_move,
    read_reallocation,
    read_share,
)

__all__ = [
    "CHANGES",
    "ENTERED_ALONE",
    "FUNDING_TITLES",
    "KIND_TITLES",
    "MONEYS",
    "CarryOver",
    "Cut",
    "KindSum",
    "Move",
    "MoveBetweenYears",
    "Movement",
    "NewMoney",
    "OriginalBudget",
    "Paper",
    "PriceAdjustment",
    "Reallocation",
    "Request",
    "Share",
    "TypedChange",
    "by_money",
    "changes_in",
    "decide",
    "doubts_about",
    "enter",
    "group_of",
    "in_order",
    "is_same_case",
    "key_of",
    "left_to_place",
    "money_of",
    "moves_of",
    "read_budget_year",
    "read_case",
    "read_change",
    "read_day",
    "read_decision",
    "read_kroner",
    "read_move",
    "read_reallocation",
    "read_share",
    "sums_of",
    "take_back",
    "titles_of",
    "withdraw",
    "write_case",
    "write_day",
]
