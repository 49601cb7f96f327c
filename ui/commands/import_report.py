"""`tertial import-report SOURCE FILE --year Y`: the published status table becomes a period."""

from __future__ import annotations

from argparse import Namespace
from contextlib import closing, nullcontext
from pathlib import Path

from db.backup import BackupReason
from db.opening import waits_for_migration
from db.store import new_store, open_store
from tracker.edits import Edit
from tracker.importing import ImportPlan, accepting_differences
from tracker.messages import Refusal, message
from tracker.model import Portfolio
from tracker.periods import Part, Period
from tracker.steps import BEGUN
from ui.commands.changing import held
from ui.commands.console import FINDINGS, FINE, Console
from ui.commands.opening import load_portfolio, signature, user_name
from ui.commands.safekeeping import keep_backup
from ui.commands.tie_out import tell
from ui.commands.unlocking import key_for
from ui.taking_in import circumstances_of, plan_of_files


def run(given: Namespace, console: Console) -> int:
    """Read, plan, tie out, and only then write."""
    period = Period(given.year, Part.YEAR)
    with held(given.file) if given.file.exists() else nullcontext():
        return _take_in(given, period, console)


def _take_in(given: Namespace, period: Period, console: Console) -> int:
    exists = given.file.exists()
    circumstances = circumstances_of(user_name())
    plan = plan_of_files(
        given.source,
        given.accounts,
        portfolio=load_portfolio(given.file) if exists else Portfolio(),
        period=period,
        circumstances=circumstances,
    )
    _say_plan(plan, period, console)
    if given.dry_run:
        return FINDINGS if plan.differences else FINE
    edit = plan.edit
    if plan.differences:
        if not given.accept_differences:
            raise _refused(plan)
        edit = accepting_differences(plan, period, circumstances)
    _write(given.file, edit, exists=exists)
    console.progress(message("Skrev {file}.", file=given.file.name))
    return FINE


def _say_plan(plan: ImportPlan, period: Period, console: Console) -> None:
    console.progress(
        message(
            "{period}: {new} nye og {known} kjente prosjekter.",
            period=period,
            new=plan.new_projects,
            known=plan.known_projects,
        )
    )
    tell(plan.comparisons, console)
    if plan.passages:
        console.progress(
            message(
                "{count} {count:avsnitt|avsnitt} om enkeltprosjekter i regnskapskapittelet holdes mot tallene.",
                count=plan.passages,
            )
        )
    if plan.unclear:
        console.progress(
            message(
                "{count} {count:setning|setninger} i kapittelet nevner flere prosjekter og er ikke tatt inn:",
                count=len(plan.unclear),
            )
        )
        for line in plan.unclear:
            console.progress(message("  {line}", line=line))
    if plan.leftovers:
        console.progress(
            message("{count} {count:linje|linjer} utenfor tabellen er ikke lest inn:", count=len(plan.leftovers))
        )
        for line in plan.leftovers:
            console.progress(message("  {line}", line=line))


def _refused(plan: ImportPlan) -> Refusal:
    return Refusal(
        message("Summene stemmer ikke, så ingenting er skrevet: rett kilden, eller godta med --accept-differences."),
        *(
            message(
                "{title}, {column}: {ours:kr} mot trykt {printed:kr}, differanse {difference:kr}.",
                title=comparison.title,
                column=comparison.column_title,
                ours=comparison.ours,
                printed=comparison.printed,
                difference=comparison.difference,
            )
            for comparison in plan.differences
        ),
    )


def _write(path: Path, edit: Edit, *, exists: bool) -> None:
    if not exists:
        with new_store(path) as store:
            store.commit(edit, signature(BEGUN))
        return
    key = key_for(path)
    if waits_for_migration(path, key):
        keep_backup(path, BackupReason.BEFORE_MIGRATION)
    keep_backup(path, BackupReason.BEFORE_IMPORT)
    with closing(open_store(path, key=key)) as store:
        store.commit(edit, signature("import"))
