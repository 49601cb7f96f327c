"""What comes of a package that somebody made: all of it that can be taken is taken, and what must hold is looked at.

Must not know what is wrong with it.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from db.kinship import knowledge
from db.package import Came, plan_of, read_file
from db.store import open_store
from tests.hostile.forging import OPEN, another_id, files, signed
from tests.windows import PERIOD
from tracker.closing import lock
from tracker.edits import Edit, apply
from tracker.guarding import Periodic, refuse_guarded
from tracker.kinds import StatusState
from tracker.merging.lineage import Place
from tracker.merging.plan import Choice, MergePlan, Verdict
from tracker.merging.settling import Merge, Settler, settle
from tracker.merging.words import titled, version_text
from tracker.model import FIELD_OF, Comment, Portfolio, Record, Status
from tracker.reported import fingerprint
from tracker.steps import MERGED
from ui.session import View
from ui.words import words_in

_NOW = datetime(2024, 6, 1, 12, tzinfo=UTC)


def come_home(path: Path) -> None:
    """Read a package, take everything that can be taken, and require that no guard gave way.

    Raises Refusal or Trouble where it isn't read; AssertionError where something was done that mustn't be.
    """
    with TemporaryDirectory() as folder:
        home = Path(folder) / "hjemme.tertial"
        home.write_bytes(files().home)
        with closing(open_store(home)) as store:
            before = store.load()
            came = read_file(path, knowledge(store), before)
            plan = plan_of(store, before, came)
            merge = taken_from(before, plan)
            store.commit(merge.edit, signed(another_id(9), way=MERGED), lines=came.lines, lineage=merge.lineage)
            after = store.load()
            assert store.verify() == []
            read_plan(before, plan)
            require_guarded(before, after)
            require_shown(plan, merge.edit)
            again = plan_of(store, after, read_file(path, knowledge(store), after))
            stopped = {item.place for item in plan.items if not item.can_be_taken}
            assert {item.place for item in again.items if item.can_be_taken} <= stopped
            look_at(after, came)


def everything(plan: MergePlan) -> Mapping[Place, Choice]:
    """Decide to take all of it, and of what is locked what can be said of it."""
    return {item.place: Choice.AS_COMMENT if item.verdict is Verdict.LOCKED else Choice.THEIRS for item in plan.items}


def taken_from(portfolio: Portfolio, plan: MergePlan) -> Merge:
    """Return the merge that takes all of a plan.

    Raises Refusal where what is taken does not go together.
    """
    ids = count(10**9)
    merge = settle(portfolio, plan, everything(plan), Settler(who="Ola", at=_NOW, new_id=lambda: another_id(next(ids))))
    refuse_guarded(portfolio, merge.edit)
    apply(portfolio, merge.edit)
    return merge


def require_guarded(before: Portfolio, after: Portfolio) -> None:
    """Require that what was locked, approved, said or imported is what it was."""
    for kind in FIELD_OF:
        old, new = before.records(kind), after.records(kind)
        for record_id in old.keys() | new.keys():
            was, became = old.get(record_id), new.get(record_id)
            if was != became:
                require_changeable(before, was, became)
    assert before.sent_packages.keys() == after.sent_packages.keys()
    assert before.ledger_batches.keys() >= {one for one, held in after.ledger_batches.items() if held.sums}


def require_changeable(before: Portfolio, was: Record | None, became: Record | None) -> None:
    """Require that a record is one that a package may ever change."""
    known = became if became is not None else was
    state = getattr(known, "period", None) and before.state_of(known.period)  # type: ignore[union-attr]
    assert not (isinstance(known, Periodic) and state is not None and state.period == PERIOD), known
    assert not isinstance(was, Comment), was
    assert not isinstance(was, Status) or was.state is not StatusState.APPROVED, was


def require_shown(plan: MergePlan, edit: Edit) -> None:
    """Require that nothing is changed that no line of the plan told of; only that a package came back goes without."""
    told = {item.theirs.record.id for item in plan.items if item.theirs.record is not None}
    told |= {item.ours.record.id for item in plan.items if item.ours.record is not None}
    late = {item.place for item in plan.of(Verdict.LOCKED)}
    unseen = [one for one in edit.changes if one.record_id not in told and one.kind.__name__ != "SentPackage"]
    assert all(one.kind is Comment and late for one in unseen), unseen


def look_at(portfolio: Portfolio, came: Came) -> None:
    """Look at what came of it as a window does: figures, flags and texts, and the locking of what is open."""
    say, ids = words_in(), count(2 * 10**9)
    for period in (PERIOD, OPEN):
        view = View(portfolio, period)
        assert view.figures is not None
        view.derive()
    for comment in sorted(portfolio.comments.values(), key=lambda one: one.at):
        comment.at.astimezone()
    for entry in came.entries:
        say(entry.author.label)
        entry.author.at.astimezone()
    locked = apply(portfolio, lock(portfolio, OPEN, who="Ola", at=_NOW, new_id=lambda: another_id(next(ids))))
    assert fingerprint(list(locked.reported_projects.values()))


def read_plan(portfolio: Portfolio, plan: MergePlan) -> None:
    """Say all of a plan, as the page of what came does."""
    say = words_in()
    for item in plan.items:
        say(titled(portfolio, item))
        for version in (item.base, item.ours, item.theirs):
            version_text(version, item)
