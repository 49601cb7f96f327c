"""In a package nothing of the controller's changes, whichever act of the program is tried, in whatever order.

`python -m tests.test_package_law 5000` tries so many, and says how they went.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import random
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import tracker
from db.store import open_store
from tests.hostile.forging import files
from tests.package_acts import ACTS, At, any_edit
from tracker.kinds import StatusState
from tracker.messages import Refusal
from tracker.model import (
    FIELD_OF,
    Comment,
    Contract,
    Dismissal,
    Milestone,
    Portfolio,
    Risk,
    SpendingPlan,
    Status,
)
from tracker.steps import MADE, SETTLED
from ui.session import Session

KARIS = frozenset({Status, Comment, Dismissal, Milestone, Risk, Contract, SpendingPlan})
"""What a project manager may write in a package: said here once more, so that the law is held to it."""
_ELSEWHERE = frozenset({"edits", "importing", "persons.removals", "taking_back"})
"""Modules whose edits are parts of others, or are made of no open file."""
_MOVES = frozenset({"workflow.submit", "workflow.take_back", "workflow.approve", "workflow.send_back"})


_BEFORE = {
    "joining.reopen_project": "joining.close_project",
    "lights.clear_light": "lights.set_light",
    "actions.go_back": "actions.fill_in",
    "register.remove_project": "register.add_project",
    "settings.catalogue.put_back": "settings.catalogue.settle",
}
"""What has to be done before an act has something to do."""


def acts_of_the_program() -> Iterator[str]:
    """Yield every public function of `tracker/` that makes an edit."""
    for found in pkgutil.walk_packages(tracker.__path__, "tracker."):
        name = found.name.removeprefix("tracker.")
        if name != "__main__" and name not in _ELSEWHERE:
            module = importlib.import_module(found.name)
            for one, function in inspect.getmembers(module, inspect.isfunction):
                makes = function.__annotations__.get("return") == "Edit" and function.__module__ == found.name
                if makes and not one.startswith("_"):
                    yield f"{name}.{one}"


def test_every_act_of_the_program_is_tried() -> None:
    assert set(acts_of_the_program()) == set(ACTS)


def opened(folder: str, content: bytes) -> Session:
    """Open a file as Kari does."""
    path = Path(folder) / "fil.tertial"
    path.write_bytes(content)
    session = Session(who="Kari")
    session.open(path)
    return session


def tried(at: At, name: str) -> bool:
    """Try an act; returns whether it did anything."""
    before = at.portfolio
    with suppress(Refusal):
        if name == "undo":
            at.session.undo()
        elif name == "redo":
            at.session.redo()
        else:
            make = ACTS.get(name, any_edit)
            at.session.perform(make(at), way=SETTLED if name in _MOVES else MADE)
    return at.portfolio != before


def require_lawful(before: Portfolio, after: Portfolio) -> None:
    """Require that only what is the project manager's has changed, and nothing that is approved or said."""
    for kind in FIELD_OF:
        old, new = before.records(kind), after.records(kind)
        if kind not in KARIS:
            assert old == new, kind
        changed = [(old.get(one), new.get(one)) for one in old.keys() | new.keys() if old.get(one) != new.get(one)]
        for was, became in changed:
            states = {one.state for one in (was, became) if isinstance(one, Status)}
            assert StatusState.APPROVED not in states, (was, became)
            assert kind is not Comment or was is None, was


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("name", sorted(ACTS))
def test_each_act_does_something_in_the_portfolio_itself(name: str) -> None:
    with TemporaryDirectory() as folder:
        session = opened(folder, files().home)
        chances = [random.Random(seed) for seed in range(60)]  # noqa: S311  the same each time
        if name in _BEFORE:
            assert any([tried(At(session, one), _BEFORE[name]) for one in chances[:20]])  # noqa: C419  all of them
        assert any(tried(At(session, one), name) for one in chances)
        session.close()


@pytest.mark.usefixtures("qapp")
@settings(max_examples=12, deadline=None)
@given(
    acts=st.lists(st.sampled_from([*sorted(ACTS), "any", "any", "any", "undo", "redo"]), min_size=20, max_size=60),
    chance=st.randoms(use_true_random=False),
)
def test_in_a_package_nothing_of_the_controllers_changes(acts: list[str], chance: random.Random) -> None:
    with TemporaryDirectory() as folder:
        play(folder, acts, chance)


def play(folder: str, acts: list[str], chance: random.Random) -> Counter[str]:
    """Try acts one after another in a package; returns how often each did something."""
    session, did = opened(folder, files().package), Counter[str]()
    for name in acts:
        before = session.portfolio
        did[name] += tried(At(session, chance), name)
        require_lawful(before, session.portfolio)
    session.close()
    assert session.path is None
    with closing(open_store(Path(folder) / "fil.tertial", read_only=True)) as store:
        store.load()
        assert store.verify() == []
    return did


def main() -> None:
    """Try so many acts, a hundred in each package, and say how they went."""
    from PySide6.QtCore import QCoreApplication

    application, count = QCoreApplication([]), int(sys.argv[1]) if len(sys.argv) > 1 else 1_000
    did: Counter[str] = Counter()
    names = [*sorted(ACTS), *["any"] * 10, "undo", "redo"]
    for seed in range(count // 100):
        chance = random.Random(seed)  # noqa: S311  a game
        with TemporaryDirectory() as folder:
            did += play(folder, chance.choices(names, k=100), chance)
    sys.stdout.write(
        f"{count // 100 * 100} acts tried in packages, {did.total()} of which did something: {dict(did)}\n"
    )
    del application


if __name__ == "__main__":
    main()
