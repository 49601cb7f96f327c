"""What becomes of files that differ where each has seen all that is in the other."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.histories.laptop import Laptop
from tests.histories.machine import PERIOD, PROJECTS, beginning
from tests.test_merging import FIRST, LABEL, NOW, lock, merge, only, text_of, write
from tracker.edits import Change, Edit
from tracker.kinds import PeriodStage
from tracker.merging.deciding import Deciding
from tracker.merging.lineage import Author, ForeignEdit, Knowledge, Lineage, Place, Written, short
from tracker.merging.news import news_of
from tracker.merging.plan import Choice, Verdict
from tracker.messages import Refusal
from tracker.model import Status
from ui.arrivals import Arrival
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


def test_keeping_what_is_here_is_a_decision_that_can_be_taken_in(at_odds: tuple[Laptop, Laptop]) -> None:
    home, other = at_odds
    # With every edit known and nothing else to decide: two files that were merged before each went its way.
    plan = replace(home.plan(other), authors=())
    arrival = Arrival(file="Per.tertial", plan=plan)
    assert not arrival.can_be_taken
    arrival.deciding = Deciding().saw(only(plan)).choose(plan, only(plan), Choice.OURS)
    assert arrival.can_be_taken


def test_a_status_that_was_taken_away_here_is_not_at_odds_with_an_untouched_package() -> None:
    home = beginning()
    package = home.package_for("Kari", frozenset(PROJECTS[:2]))
    (gone,) = (one for one in home.portfolio.statuses.values() if one.project == FIRST)
    home.perform(Edit(LABEL, (Change(gone, None),)))
    assert home.plan(package).items == ()


def test_what_waits_is_not_offered_where_somebody_known_wrote_the_same() -> None:
    """A value that two made is known where either is: the one that waits there brings nothing."""
    place = Place(Status, f"{FIRST}|{PERIOD}", "text")
    waits, known = (
        Author(edit=f"{at:08x}-0000-4000-8000-000000000000", who="Kari", at=NOW, label=LABEL) for at in (1, 2)
    )
    told = (ForeignEdit(author=waits, took=(place,)), ForeignEdit(author=known, agreed=(place,)))
    merged = Author(edit="00000003-0000-4000-8000-000000000000", who="Ola", at=NOW, label=LABEL)
    entries = [Written(author=merged, lineage=Lineage(edits=told))]
    ids = frozenset(short(one.edit) for one in (waits, known, merged))
    waiting = {short(waits.edit): {place}}
    assert not news_of(entries, Knowledge(ids=ids, waiting=waiting)).sets(place)
    both = {short(one.edit): {place} for one in (waits, known)}
    assert news_of(entries, Knowledge(ids=ids, waiting=both)).sets(place)
