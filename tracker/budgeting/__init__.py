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
from tracker.budgeting.ledger import Paper, decide, enter, group_of, key_of, likely_double, take_back, withdraw
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

__all__ = [
    "FUNDING_TITLES",
    "KIND_TITLES",
    "CarryOver",
    "Cut",
    "MoveBetweenYears",
    "Movement",
    "NewMoney",
    "OriginalBudget",
    "Paper",
    "PriceAdjustment",
    "Reallocation",
    "Request",
    "Share",
    "decide",
    "enter",
    "group_of",
    "is_same_case",
    "key_of",
    "left_to_place",
    "likely_double",
    "read_case",
    "read_day",
    "read_decision",
    "take_back",
    "withdraw",
    "write_case",
    "write_day",
]
