"""`tertial settings …`: what the municipality settles, shown, changed, written to a file and taken in from one.

Must not know which settings there are.
"""

from __future__ import annotations

from argparse import Namespace

from tracker.edits import Edit
from tracker.messages import message
from tracker.model import Portfolio
from tracker.settings.carrying import SettingsPlan, plain_settings, plan_settings
from tracker.settings.catalogue import choices_of, put_back, rename_area, settle
from ui.commands.changing import changing
from ui.commands.console import FINE, Console
from ui.commands.opening import load_portfolio


def run(given: Namespace, console: Console) -> int:
    """Show, write, or change in one step."""
    if given.action == "show":
        _show(load_portfolio(given.file), given, console)
    elif given.action == "export":
        from db.settings_file import write_settings

        write_settings(load_portfolio(given.file), given.target)
        console.progress(message("Skrev {file}.", file=given.target.name))
    elif given.action == "import":
        _take_in(given, console)
    else:
        with changing(given.file) as opened:
            edit = _edit(opened.portfolio, given)
            opened.perform(edit)
        console.progress(message("{what}.", what=edit.label) if edit.changes else _AS_BEFORE)
    return FINE


_AS_BEFORE = message("Innstillingene er som før.")


def _edit(portfolio: Portfolio, given: Namespace) -> Edit:
    if given.action == "reset":
        return put_back(portfolio, given.key)
    if given.action == "rename-area":
        return rename_area(portfolio, given.before, given.after)
    return settle(portfolio, given.key, given.value)


def _take_in(given: Namespace, console: Console) -> None:
    from db.settings_file import read_settings

    plain = read_settings(given.source)
    if given.dry_run:
        _tell(plan_settings(load_portfolio(given.file), plain), console)
        return
    with changing(given.file) as opened:
        plan = plan_settings(opened.portfolio, plain)
        opened.perform(plan.edit)
    _tell(plan, console)
    console.progress(message("Innstillingene er importert.") if plan.changes else _AS_BEFORE)


def _tell(plan: SettingsPlan, console: Console) -> None:
    for one in plan.changes:
        told = message("{title}: {before} → {after}", title=one.choice.title, before=one.before, after=one.after)
        console.data(console.say(told))


def _show(portfolio: Portfolio, given: Namespace, console: Console) -> None:
    if given.json:
        console.json(plain_settings(portfolio))
        return
    for choice in choices_of(portfolio):
        value = choice.say_value(choice.value(portfolio))
        told = message("{key}: {value}", key=choice.key, value=value)
        if choice.usual is not None and not choice.is_usual(portfolio):
            usual = choice.say_value(choice.usual)
            told = message("{key}: {value} (standard: {usual})", key=choice.key, value=value, usual=usual)
        console.data(console.say(told))
