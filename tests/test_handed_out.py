"""Who has been handed what, what a package says of itself, and what of it is only known in the whole portfolio."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from tests.windows import PERIOD, made_id, portfolio_records
from tracker.board import Standing, board_of
from tracker.edits import added, apply
from tracker.handed_out import Whereabouts, handed_out
from tracker.kinds import StatusState
from tracker.messages import Refusal, message
from tracker.model import PACKAGE_SETTING, Portfolio, Project, ProjectId, RecordId, SentPackage, Setting
from tracker.package_about import PackageAbout, about_package, not_submitted, written_about
from tracker.verifying import verify_period

SENT = SentPackage(
    id=RecordId(made_id(9000)),
    recipient="Kari",
    projects=frozenset({ProjectId(made_id(0))}),
    made_by="Ola",
    made_at=datetime(2024, 1, 5, 12, tzinfo=UTC),
)


def portfolio(*more: object) -> Portfolio:
    records = [
        replace(one, responsible="Kari") if isinstance(one, Project) and one.id == made_id(0) else one
        for one in portfolio_records()
    ]
    return apply(Portfolio(), added(message("Prøve"), [*records, *more]))  # type: ignore[list-item]


def test_somebody_responsible_has_no_package_then_one_that_is_out_then_one_that_came_back() -> None:
    came_back = replace(SENT, returned_at=datetime(2024, 1, 9, 12, tzinfo=UTC))
    newer = replace(SENT, id=RecordId(made_id(9001)), made_at=datetime(2024, 2, 1, 12, tzinfo=UTC))
    found = []
    for sent in ((), (SENT,), (came_back,), (came_back, newer)):
        held = portfolio(*sent)
        (one,) = handed_out(held, board_of(held, PERIOD))
        found.append(one.whereabouts)
        assert one.counts[Standing.DRAFT] + one.counts[Standing.NOT_STARTED] == 1
    assert found == [Whereabouts.NEVER_MADE, Whereabouts.OUT, Whereabouts.BACK, Whereabouts.OUT]


def test_somebody_who_is_responsible_for_nothing_is_listed_once_they_have_a_package() -> None:
    held = portfolio(replace(SENT, recipient="Vikaren"))
    kari, other = handed_out(held, board_of(held, PERIOD))
    assert (kari.recipient.name, kari.is_responsible) == ("Kari", True)
    assert (other.recipient.name, other.is_responsible, other.whereabouts) == ("Vikaren", False, Whereabouts.OUT)


def test_a_package_says_whose_it_is_by_whom_and_when() -> None:
    held = portfolio(Setting(id=PACKAGE_SETTING, value=written_about(SENT)))
    assert about_package(held) == PackageAbout(recipient="Kari", made_by="Ola", made_at=SENT.made_at)
    assert about_package(portfolio()) is None
    assert about_package(portfolio(Setting(id=PACKAGE_SETTING, value="tull"))) == PackageAbout()


def test_what_isnt_submitted_is_counted_projects_without_a_status_too() -> None:
    held = portfolio()
    total = len(held.listed_projects())
    assert not_submitted(held, PERIOD) == total
    statuses = {
        key: replace(one, state=StatusState.SUBMITTED) if one.project == made_id(0) else one
        for key, one in held.statuses.items()
    }
    assert not_submitted(replace(held, statuses=statuses), PERIOD) == total - 1


def test_a_locked_period_is_verified_in_the_portfolio_and_not_in_a_package_of_it() -> None:
    package = portfolio(Setting(id=PACKAGE_SETTING, value=written_about(SENT)))
    with pytest.raises(Refusal, match="kontrolleres i porteføljen"):
        verify_period(package, PERIOD, journalled=package)
