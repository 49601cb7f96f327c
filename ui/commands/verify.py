"""`tertial verify FILE`: whether the content is what the journal says that it is, a locked period what was locked.

Must not know how the journal is kept.
"""

from __future__ import annotations

from argparse import Namespace
from contextlib import closing

from db.store import open_store
from db.wholeness import problems_of
from tracker.messages import message
from tracker.verifying import verify_period
from ui.commands.console import FINDINGS, FINE, Console


def run(given: Namespace, console: Console) -> int:
    """Replay the journal, look through the file, and say what doesn't agree; 1 when something doesn't."""
    if given.period is not None:
        return _verify_period(given, console)
    problems = problems_of(given.file)
    with closing(open_store(given.file, read_only=True)) as store:
        entries = sum(1 for _ in store.journal()) if not problems else 0
    for problem in problems:
        console.data(console.say(problem))
    if problems:
        console.progress(
            message("{file} er endret utenfor Tertial: hent fram en sikkerhetskopi.", file=given.file.name)
        )
        return FINDINGS
    console.progress(
        message("{file} stemmer med journalen ({entries} endringer).", file=given.file.name, entries=entries)
    )
    return FINE


def _verify_period(given: Namespace, console: Console) -> int:
    with closing(open_store(given.file, read_only=True)) as store:
        verdict = verify_period(store.load_unchecked(), given.period, journalled=store.as_journalled())
    for difference in verdict.differences:
        console.data(console.say(difference))
    if not verdict.is_equal:
        console.progress(
            message("{period} er ikke slik den ble låst: hent fram en sikkerhetskopi.", period=given.period)
        )
        return FINDINGS
    console.progress(
        message("{period} er slik den ble låst (fingeravtrykk {mark:id}).", period=given.period, mark=verdict.found)
    )
    return FINE
