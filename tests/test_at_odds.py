"""What becomes of files that differ where each has seen all that is in the other."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.histories.laptop import Laptop
from tests.histories.machine import PERIOD, PROJECTS, beginning
from tests.test_merging import LABEL, lock, merge, only, text_of, write
from tracker.edits import Change, Edit
from tracker.kinds import PeriodStage
from tracker.merging.plan import Choice, Verdict
from tracker.messages import Refusal
from ui.words import words_in


def reopen(laptop: Laptop) -> None:
    state = laptop.portfolio.state_of(PERIOD)
    assert state is not None
    after = replace(state, stage=PeriodStage.OPEN, reopened_because="Glemt noe")
    laptop.perform(Edit(LABEL, (Change(state, after),)))


@pytest.fixture
def at_odds() -> tuple[Laptop, Laptop]:
    """Return a portfolio that a newer copy of a package waited in and got lost, and one that took the older copy."""
    home = beginning()
    other, package = home.copied("Per"), home.package_for("Kari", frozenset(PROJECTS[:2]))
    write(package, "Første")
    newer = package.copied()
    write(newer, "Andre")
    lock(home)
    assert only(merge(home, newer)[0]).verdict is Verdict.LOCKED
    merge(other, package)
    reopen(home)
    return home, other


def test_two_files_that_have_seen_each_other_and_differ_are_asked_about(at_odds: tuple[Laptop, Laptop]) -> None:
    home, other = at_odds
    item = only(home.plan(other))
    assert (item.verdict, item.suggestion, item.authors) == (Verdict.COLLISION, None, ())
    assert (item.ours.values, item.theirs.values) == ({"text": "Som før"}, {"text": "Første"})
    assert item.because is not None
    assert words_in()(item.because) == "Filene er ulike her, og det kan ikke ses hva som er nyest"
    with pytest.raises(Refusal, match="Velg hva som skal gjelde"):
        merge(home, other)


@pytest.mark.parametrize(("choice", "text"), [(Choice.THEIRS, "Første"), (Choice.OURS, "Som før")])
def test_what_is_decided_of_it_holds_in_both_files(at_odds: tuple[Laptop, Laptop], choice: Choice, text: str) -> None:
    home, other = at_odds
    merge(home, other, {only(home.plan(other)).place: choice})
    assert home.plan(other).is_nothing
    merge(other, home)
    assert (text_of(home), text_of(other)) == (text, text)
    assert (home.plan(other).items, other.plan(home).items) == ((), ())


def test_what_stands_in_one_file_alone_is_asked_about_too(at_odds: tuple[Laptop, Laptop]) -> None:
    home, other = at_odds
    item = only(other.plan(home))
    assert (item.ours.values, item.theirs.values) == ({"text": "Første"}, {"text": "Som før"})


def test_files_that_differ_for_a_reason_are_not_asked_about(at_odds: tuple[Laptop, Laptop]) -> None:
    home, other = at_odds
    write(other, "Skrevet siden")
    assert only(home.plan(other)).verdict is Verdict.NEW
    assert other.plan(home).items == ()
