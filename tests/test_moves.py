"""A status goes from any state to any other in steps that the file itself allows, be it written on or not."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from itertools import product
from pathlib import Path

from db.store import open_store
from tests.test_store import sign
from tests.windows import made_id
from tracker.edits import Edit
from tracker.kinds import StatusState
from tracker.messages import message
from tracker.model import RecordId, Status
from tracker.moves import stepwise

STATES = (None, *StatusState)


def test_every_way_between_two_states_is_one_that_the_file_allows(path: Path) -> None:
    with closing(open_store(path)) as store:
        draft = store.load().statuses[RecordId(made_id(2000))]
        held: Status | None = draft
        for number, (before, after, is_written_on) in enumerate(product(STATES, STATES, (False, True))):
            start = None if before is None else replace(draft, state=before)
            text = f"Tekst {number}" if is_written_on else draft.text
            end = None if after is None else replace(draft, state=after, text=text)
            for old, new in ((held, start), (start, end)):
                steps = stepwise(old, new)
                if steps:
                    store.commit(Edit(message("Flyttet"), steps), sign())
                assert store.load().statuses.get(draft.id) == new
            held = end


def test_what_is_the_same_takes_no_step(path: Path) -> None:
    with closing(open_store(path)) as store:
        status = store.load().statuses[RecordId(made_id(2000))]
    assert stepwise(status, status) == ()
