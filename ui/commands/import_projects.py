"""`tertial import-projects FIL KILDE --year Y`: a sheet becomes projects, original budgets and a four-year plan."""

from __future__ import annotations

from argparse import Namespace
from collections import Counter
from contextlib import closing
from pathlib import Path
from uuid import uuid4

from db.backup import BackupReason
from db.sheets.sheet import read_sheet
from tracker.budgeting.decisions import read_decision
from tracker.edits import Change, Edit
from tracker.messages import Refusal, message
from tracker.model import MUNICIPALITY_SETTING, Portfolio, Setting
from tracker.registering.columns import Use, propose_layout, unused_headings, with_columns
from tracker.registering.plan import Adoption, Outcome, RegisterPlan, Verdict, plan_register
from tracker.registering.rows import read_rows
from tracker.settings.of_import import known_columns
from tracker.steps import BEGUN
from ui.commands.changing import beginning, changing
from ui.commands.console import FINDINGS, FINE, Console
from ui.commands.opening import opened_to_read


def run(given: Namespace, console: Console) -> int:
    """Read, plan, show every row that is more than unchanged, and only then write; 1 when a row stands in the way."""
    is_new = not given.file.exists()
    if given.dry_run:
        plan = _planned(given, Portfolio() if is_new else _held(given.file), console)
        _say(plan, console, as_json=given.json)
        return FINDINGS if plan.errors else FINE
    with beginning(given.file) if is_new else changing(given.file) as opened:
        plan = _planned(given, opened.portfolio, console)
        _say(plan, console, as_json=given.json)
        if plan.errors:
            raise Refusal(
                message(
                    "{count} {count:rad|rader} har feil, så ingenting er skrevet: rett i arket.",
                    count=len(plan.errors),
                )
            )
        named = _named(opened.portfolio, given.municipality)
        opened.keep_backup(BackupReason.BEFORE_IMPORT)
        opened.perform(Edit(plan.edit.label, (*named, *plan.edit.changes)), way=BEGUN if is_new else "import")
    console.progress(message("Skrev {file}.", file=given.file.name))
    return FINE


def _named(portfolio: Portfolio, name: str) -> tuple[Change, ...]:
    if not name.strip():
        return ()
    setting = Setting(id=MUNICIPALITY_SETTING, value=name.strip())
    return (Change(portfolio.settings.get(MUNICIPALITY_SETTING), setting),)


def _held(path: Path) -> Portfolio:
    with closing(opened_to_read(path)) as store:
        return store.load()


def _planned(given: Namespace, portfolio: Portfolio, console: Console) -> RegisterPlan:
    rows = read_sheet(given.source, sheet=given.sheet)
    layout = propose_layout(rows, year=given.year, unit=given.unit)
    header = rows[layout.header]
    layout = with_columns(layout, header, known_columns(portfolio, header) | dict(map(_chosen, given.map)))
    unused = unused_headings(layout, header)
    if unused:
        console.progress(message("Kolonner som ikke er lest: {titles}.", titles=", ".join(unused)))
    adoption = Adoption(
        year=given.year,
        source=given.source.name,
        decision=read_decision(given.decision or "", given.date or ""),
        accepts_alike=given.accept_alike,
    )
    return plan_register(portfolio, read_rows(rows, layout), adoption, new_id=lambda: str(uuid4()))


def _chosen(pair: str) -> tuple[Use, str]:
    name, found, title = pair.partition("=")
    try:
        use = Use(name.strip())
    except ValueError:
        found = ""
    if not found:
        uses = ", ".join(one.value for one in Use if one is not Use.PLAN_YEAR)
        raise Refusal(message("Forstår ikke «{pair}»: skriv FELT=KOLONNE, der FELT er {uses}.", pair=pair, uses=uses))
    return use, title.strip()


def _say(plan: RegisterPlan, console: Console, *, as_json: bool) -> None:
    if as_json:
        console.json([_json(one, console) for one in plan.outcomes])
        return
    for one in plan.outcomes:
        if one.verdict is not Verdict.UNCHANGED:
            what = ", ".join(map(console.say, one.what))
            told = (
                message(
                    "Rad {row:id}  {verdict}  {name}: {what}",
                    row=one.number,
                    verdict=one.verdict.title,
                    name=one.name,
                    what=what,
                )
                if one.name
                else message("Rad {row:id}  {verdict}: {what}", row=one.number, verdict=one.verdict.title, what=what)
            )
            console.data(console.say(told))
    counted = Counter(one.verdict for one in plan.outcomes)
    console.progress(
        message(
            "{new} {new:ny|nye}, {changed} endres, {same} {same:uendret|uendrede}, {wrong} feil.",
            new=counted[Verdict.NEW],
            changed=counted[Verdict.CHANGED],
            same=counted[Verdict.UNCHANGED],
            wrong=counted[Verdict.ERROR],
        )
    )


def _json(one: Outcome, console: Console) -> dict[str, object]:
    return {
        "row": one.number,
        "name": one.name,
        "verdict": one.verdict.value,
        "what": [console.say(what) for what in one.what],
    }
