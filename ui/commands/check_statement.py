"""`tertial check-statement SOURCE [FILE]`: a § 5-5 that somebody else made, held against itself and the projects."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import replace

from db.published.statement_file import read_statement_file
from tracker.messages import Message, message
from tracker.statement_check.against import check_against
from tracker.statement_check.checking import check_statement
from tracker.statement_check.verdict import Behind, Check, Outcome, Verdict
from ui.commands.console import FINDINGS, FINE, Console
from ui.commands.opening import chosen_period, load_portfolio


def run(given: Namespace, console: Console) -> int:
    """Say what holds, what doesn't, and why it may not; 1 when somebody should look at something."""
    verdict = check_statement(read_statement_file(given.source))
    if given.file is not None:
        portfolio = load_portfolio(given.file)
        period = chosen_period(portfolio, given.period)
        verdict = replace(verdict, checks=(*verdict.checks, *check_against(verdict, portfolio, period)))
    if given.json:
        console.json(_as_json(verdict, console))
    else:
        _tell(verdict, console)
    console.progress(verdict.in_short)
    return FINDINGS if verdict.findings else FINE


def _tell(verdict: Verdict, console: Console) -> None:
    for told in verdict.how_read:
        console.data(console.say(told))
    for outcome in (Outcome.FAILS, Outcome.DOUBT, Outcome.ROUNDING):
        found = [check for check in verdict.checks if check.outcome is outcome]
        if not found:
            continue
        console.data("")
        console.data(console.say(outcome.word))
        for check in found:
            console.data(f"  {console.say(_rounded(check) if outcome is Outcome.ROUNDING else check.words)}")


def _rounded(check: Check) -> Message:
    return message(
        "{title}, {column}: {difference:kr} (avrunding kan gi inntil {allowance:kr})",
        title=check.title,
        column=check.column,
        difference=check.difference,
        allowance=check.allowance,
    )


def _as_json(verdict: Verdict, console: Console) -> dict[str, object]:
    return {
        "parts": [
            {
                "paragraph": table.paragraph,
                "lines": len(table.lines),
                "columns": [column.of.value for column in table.columns],
                "rounded_to": table.unit,
            }
            for table in verdict.read.tables
        ],
        "signs": {
            "income_negative": verdict.signs.income_negative,
            "deviation": verdict.signs.deviation.value,
            "turned": sorted(verdict.signs.turned),
        },
        "holds": not verdict.findings,
        "checks": [_check_as_json(check, console) for check in verdict.checks],
    }


def _check_as_json(check: Check, console: Console) -> dict[str, object]:
    return {
        "check": check.id,
        "title": console.say(check.title),
        "column": None if check.column is None else console.say(check.column),
        "outcome": check.outcome.value,
        "printed": check.printed,
        "computed": check.computed,
        "difference": check.difference,
        "allowance": check.allowance,
        "reason": None if check.reason is None else console.say(check.reason),
        "row": check.place,
        "behind": [{"name": _name(one, console), "amount": one.amount} for one in check.behind],
    }


def _name(one: Behind, console: Console) -> str:
    return one.name if isinstance(one.name, str) else console.say(one.name)
