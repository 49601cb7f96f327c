"""What is decided of a merge: nothing by itself where both have written, and no decision outlives what it was of."""

from __future__ import annotations

from dataclasses import replace

from tests.windows import PERIOD, made_id
from tracker.difference import differing
from tracker.merging.deciding import Deciding
from tracker.merging.lineage import Place
from tracker.merging.plan import Choice, Incoming, MergePlan, Sender, Verdict, Version
from tracker.model import BudgetLine, ProjectId, Status


def item(verdict: Verdict, *, key: str = "1", suggestion: Choice | None = Choice.THEIRS, bound: str = "") -> Incoming:
    place = Place(BudgetLine if bound else Status, key, "" if bound else "text")
    sides = [Version(record=None, values={"text": text}) for text in ("Før", "Her", "Der")]
    return Incoming(
        place=place,
        places=(place,),
        project=ProjectId(made_id(1)),
        period=PERIOD,
        base=sides[0],
        ours=sides[1],
        theirs=sides[2],
        verdict=verdict,
        suggestion=suggestion,
        authors=(),
        bound=bound,
    )


def plan(*items: Incoming) -> MergePlan:
    return MergePlan(sender=Sender(who="Kari"), items=items)


def test_what_only_they_wrote_is_taken_unless_somebody_says_otherwise() -> None:
    new = item(Verdict.NEW)
    assert Deciding().choices(plan(new)) == {new.place: Choice.THEIRS}
    kept = Deciding().choose(plan(new), new, Choice.OURS)
    assert kept.choices(plan(new)) == {new.place: Choice.OURS}


def test_a_collision_waits_until_it_was_seen_and_then_follows_the_law() -> None:
    both = item(Verdict.COLLISION)
    assert Deciding().left(plan(both)) == [both]
    assert Deciding().choices(plan(both)) == {}
    seen = Deciding().saw(both)
    assert seen.left(plan(both)) == []
    assert seen.of(both) is Choice.THEIRS


def test_a_collision_that_the_law_leaves_open_waits_for_a_choice_also_when_seen() -> None:
    both = item(Verdict.COLLISION, suggestion=None)
    seen = Deciding().saw(both)
    assert seen.left(plan(both)) == [both]
    assert seen.choose(plan(both), both, Choice.OURS).left(plan(both)) == []


def test_all_at_once_decides_collisions_unseen_and_leaves_what_isnt_theirs() -> None:
    both, other = item(Verdict.COLLISION), item(Verdict.NOT_THEIRS, key="2", suggestion=Choice.OURS)
    decided = Deciding().choose_all([both, other], Choice.THEIRS)
    assert decided.choices(plan(both, other)) == {both.place: Choice.THEIRS, other.place: Choice.OURS}


def test_a_decision_is_of_the_values_that_were_seen() -> None:
    both = item(Verdict.COLLISION)
    decided = Deciding().saw(both).choose(plan(both), both, Choice.OURS)
    changed = replace(both, ours=Version(record=None, values={"text": "Skrevet om"}))
    assert decided.of(both) is Choice.OURS
    assert decided.left(plan(changed)) == [changed]


def test_what_is_bound_together_is_decided_together() -> None:
    one, other = item(Verdict.NEW, bound="omdisponering"), item(Verdict.NEW, key="2", bound="omdisponering")
    decided = Deciding().choose(plan(one, other), one, Choice.OURS)
    assert decided.choices(plan(one, other)) == {one.place: Choice.OURS, other.place: Choice.OURS}


def test_what_is_locked_waits_or_becomes_a_comment_and_is_never_taken() -> None:
    locked = item(Verdict.LOCKED, suggestion=Choice.OURS)
    assert Deciding().of(locked) is Choice.OURS
    assert Deciding().choose(plan(locked), locked, Choice.AS_COMMENT).of(locked) is Choice.AS_COMMENT
    assert Deciding().choose(plan(locked), locked, Choice.THEIRS).of(locked) is Choice.OURS


def test_a_long_text_is_told_in_a_line_by_the_words_that_differ() -> None:
    assert differing("Bygget reises nå.", "Bygget reises nå. Taket legges i mai.") == ("", "Taket legges i mai.")
    assert differing("Bygget reises i mai.", "Bygget reises i juni.") == ("mai.", "juni.")
    assert differing("en to tre fire", "en fire") == ("to tre", "")
    assert differing("a a", "a a a") == ("", "a")
    assert differing("likt", "likt") == ("", "")
