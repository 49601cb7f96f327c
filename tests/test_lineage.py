"""What a file remembers of where its values are from: who knew what when it was written, and what was taken back."""

from __future__ import annotations

from tests.histories.laptop import Laptop, new_id
from tests.histories.machine import PROJECTS, beginning
from tests.test_merging import NOW, merge, only, text_of, undo, write
from tracker.merging.lineage import knowledge_of, short
from tracker.merging.plan import Verdict
from tracker.merging.settling import Settler, settle

KARIS = frozenset(PROJECTS[:2])


def taken(into: Laptop, came: Laptop) -> list[str]:
    """Merge all that comes; return what is taken, field by field."""
    plan, _ = merge(into, came)
    return [item.place.unit for item in plan.items]


# --- the same written twice -------------------------------------------------------------------------------------------


def test_a_text_changed_and_changed_back_is_the_newest_also_where_the_one_between_was_taken() -> None:
    home = beginning()
    write(home, "Forsinket")
    package = home.package_for("Kari", KARIS)
    write(package, "I rute")
    copy = home.copied("Per")
    merge(copy, package)
    write(package, "Forsinket")
    merge(home, package)
    plan = copy.plan(home)
    assert only(plan).verdict is Verdict.NEW
    merge(copy, home)
    assert (text_of(home), text_of(copy)) == ("Forsinket", "Forsinket")
    assert home.plan(copy).items == ()


def test_two_who_wrote_the_same_have_agreed_and_who_goes_on_from_it_is_asked_nothing() -> None:
    home = beginning()
    package = home.package_for("Kari", KARIS)
    write(package, "Forsinket")
    write(home, "Forsinket")
    copy = home.copied("Per")
    assert home.plan(package).items == ()
    merge(home, package)
    write(copy, "Ferdig")
    assert copy.plan(home).items == ()
    assert only(home.plan(copy)).verdict is Verdict.NEW
    assert taken(home, copy) == ["text"]
    assert text_of(home) == "Ferdig"


def test_whichever_of_two_who_agreed_somebody_knows_they_know_the_value() -> None:
    """Per and Eva wrote the same. Who went on from either is asked nothing by a file that took it from Per."""
    start = beginning()
    per, eva = start.copied("Per"), start.copied("Eva")
    write(per, "Forsinket")
    write(eva, "Forsinket")
    from_per, from_eva = per.copied("Siv"), eva.copied("Liv")
    merge(per, eva)
    third = start.copied("Ola")
    assert taken(third, per) == ["text"]
    for one in (from_per, from_eva):
        write(one, f"{one.name} gikk videre")
        assert one.plan(third).items == ()
        assert one.plan(third.package_for("Kari", KARIS)).items == ()
        assert only(third.plan(one)).verdict is Verdict.NEW


def test_a_value_that_two_made_is_told_as_the_first_ones() -> None:
    start = beginning()
    per, eva = start.copied("Per"), start.copied("Eva")
    first = write(per, "Forsinket")
    second = write(eva, "Forsinket")
    merge(per, eva)
    third = start.copied("Ola")
    plan = third.plan(per)
    assert [author.edit for author in only(plan).authors] == [first, second]
    lineage = settle(third.portfolio, plan, {}, Settler(who="Ola", at=NOW, new_id=new_id)).lineage
    place = only(plan).place
    assert {one.author.edit for one in lineage.edits if place in one.took} == {first}
    assert {one.author.edit for one in lineage.edits if place in one.agreed} == {second}


# --- merges taken back ------------------------------------------------------------------------------------------------


def test_what_one_took_back_comes_again_from_a_package_of_somebody_who_kept_it() -> None:
    home = beginning()
    package = home.package_for("Kari", KARIS)
    write(package, "Kari skrev dette")
    copy = home.copied("Per")
    merge(copy, package)
    _, entry = merge(home, package)
    undo(home, entry)
    assert [item.verdict for item in home.plan(copy.package_for("Siv", KARIS)).items] == [Verdict.NEW]


def test_only_the_merges_that_a_package_went_out_after_are_old_to_it() -> None:
    """Two packages were taken in and taken back; a third went out after the first of them."""
    home = beginning()
    kari, per = home.package_for("Kari", KARIS), home.package_for("Per", KARIS)
    write(kari, "Kari skrev dette")
    write(per, 3_000, field="p85")
    _, first = merge(home, kari)
    between = home.package_for("Siv", KARIS)
    undo(home, first)
    _, second = merge(home, per)
    undo(home, second)
    write(between, 4_000, field="p50")
    assert [item.place.unit for item in home.plan(between).items] == ["p50"]
    assert [item.place.unit for item in home.plan(per).items] == ["p85"]
    assert [item.place.unit for item in home.plan(kari).items] == ["text"]


def test_what_was_taken_back_is_asked_about_when_a_copy_has_it_from_a_package_that_went_out_between() -> None:
    """One took it back and another took it in: that is a collision, also where the package itself brings nothing."""
    home = beginning()
    copy = home.copied("Per")
    kari = home.package_for("Kari", KARIS)
    write(kari, "Kari skrev dette")
    _, entry = merge(home, kari)
    between = home.package_for("Siv", KARIS)
    undo(home, entry)
    assert taken(copy, between) == ["text"]
    assert home.plan(between).items == ()
    assert [item.verdict for item in home.plan(copy).items] == [Verdict.COLLISION]


def test_what_came_with_a_package_is_known_of_it_until_it_is_taken_back() -> None:
    """A form that comes again is held against what came with it before."""
    home = beginning()
    kari, per = home.package_for("Kari", KARIS), home.package_for("Per", KARIS)

    def known(package: Laptop) -> set[str]:
        found = knowledge_of(home.entries).of_packages.get(package.package, frozenset())
        return {edit for edit in edits if short(edit) in found}

    early = write(kari, "Første utgave")
    _, first = merge(home, kari)
    late = write(kari, "Siste utgave")
    _, second = merge(home, kari)
    other = write(per, 3_000, field="p85")
    merge(home, per)
    edits = {early, late, other}
    assert (known(kari), known(per)) == ({early, late}, {other})
    undo(home, second)
    assert (known(kari), known(per)) == ({early}, {other})
    undo(home, first)
    assert (known(kari), known(per)) == (set(), {other})
