"""`tertial verify FILE`: whether the content is what the journal says that it is, a locked period what was locked.

Must not know how the journal is kept.
"""

from __future__ import annotations

from argparse import Namespace
from contextlib import closing
from datetime import date

from db.wholeness import problems_of
from tracker.guarding import newest_lock
from tracker.messages import message
from tracker.persons.removals import earlier_marks
from tracker.verifying import verify_period
from ui.commands.console import FINDINGS, FINE, Console
from ui.commands.opening import opened_to_read
from ui.commands.unlocking import key_for


def run(given: Namespace, console: Console) -> int:
    """Replay the journal, look through the file, and say what doesn't agree; 1 when something doesn't."""
    if given.period is not None:
        return _verify_period(given, console)
    problems = problems_of(given.file, key=key_for(given.file))
    with closing(opened_to_read(given.file)) as store:
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
    with closing(opened_to_read(given.file)) as store:
        held = store.load_unchecked()
        verdict = verify_period(held, given.period, journalled=store.as_journalled())
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
    lock = newest_lock(held, given.period)
    for mark, removal in () if lock is None else earlier_marks(held, lock):
        console.progress(
            message(
                "Fingeravtrykket var {mark:id} før et navn ble byttet ut med «{by}» den {day}.",
                by=removal.by,
                day=date.fromisoformat(removal.at[:10]),
                mark=mark,
            )
        )
    return FINE
