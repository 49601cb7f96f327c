"""What stands in the way of something that comes from another file: a lock, an approval, the law, what isn't here.

Must not know who decides.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from tracker.guarding import Periodic, is_locked
from tracker.kinds import StatusState
from tracker.merging.law import LAWS, Owner, key_of
from tracker.merging.lineage import Place
from tracker.merging.news import News
from tracker.merging.plan import Verdict
from tracker.messages import Message, message
from tracker.model import Comment, LedgerBatch, PeriodState, Portfolio, Project, Record, Status, Subproject

Found = tuple[Verdict, Message | None]
_STATE = "state"


@dataclass(frozen=True)
class Obstacles:
    """Finds what stands in the way in one portfolio; `own` is what the other file doesn't know of it."""

    ours: Portfolio
    theirs: Portfolio
    own: News
    is_package: bool

    def before(self, place: Place, mine: Record | None, given: Record | None, *, is_changed_here: bool) -> Found:
        """Say what stands in the way of a place becoming what the other file has there."""
        because = next(self._impossible(place, mine, given), None)
        if because is not None:
            return Verdict.IMPOSSIBLE, because
        known = given or mine
        if isinstance(known, Periodic) and is_locked(self.ours, known.period):
            return Verdict.LOCKED, message("{period} er låst", period=known.period)
        if isinstance(mine, PeriodState) and is_locked(self.ours, mine.period):
            return Verdict.LOCKED, message("{period} er låst", period=mine.period)
        settled = self._settled(mine)
        if settled is not None:
            return Verdict.SETTLED, settled
        if self.is_package and self._is_the_controllers(place, given):
            return Verdict.NOT_THEIRS, message("Dette er det controlleren som endrer")
        return (Verdict.COLLISION if is_changed_here else Verdict.NEW), None

    def _impossible(self, place: Place, mine: Record | None, given: Record | None) -> Iterator[Message]:
        if isinstance(given, LedgerBatch):
            yield from self._ledger(given, mine)
        if mine is not None:
            yield from self._staying(mine, given)
        if given is None or mine is not None:
            yield from self._doubles(given)
            return
        if given.id in self.ours.records(place.kind):
            yield message("Det finnes her fra før som noe annet")
        yield from self._missing(given)
        yield from self._doubles(given)
        if self.is_package and isinstance(given, PeriodState | Project):
            yield message("En pakke kan ikke gi porteføljen nye prosjekter eller perioder")
        if place.kind is LedgerBatch and self.is_package:
            yield message("Regnskapet importeres i porteføljen, ikke i en pakke")

    def _staying(self, mine: Record, given: Record | None) -> Iterator[Message]:
        """Say what of ours no file can change or take away."""
        if isinstance(mine, Comment):
            yield message("Kommentarer blir stående")
        if isinstance(mine, LedgerBatch) and self.is_package:
            yield message("Regnskapet importeres i porteføljen, ikke i en pakke")
        elif isinstance(mine, LedgerBatch) and not _is_same_import(mine, given):
            yield message("Det som er importert, blir stående")
        if isinstance(mine, PeriodState | Project) and given is None and self.is_package:
            yield message("En pakke kan ikke fjerne prosjekter eller perioder")
        elif isinstance(mine, PeriodState) and given is None and mine.revision:
            yield message("{period} har vært låst", period=mine.period)

    def _missing(self, given: Record) -> Iterator[Message]:
        """Say which project, subproject or period something points to that isn't here and doesn't come along."""
        for name, ours, theirs in (
            ("project", self.ours.projects, self.theirs.projects),
            ("joined_into", self.ours.projects, self.theirs.projects),
            ("subproject", self.ours.subprojects, self.theirs.subprojects),
        ):
            wanted = getattr(given, name, None)
            if wanted and wanted not in ours and (self.is_package or wanted not in theirs):
                yield message("Prosjektet finnes ikke lenger her")
        period = getattr(given, "period", None)
        held = self.ours if self.is_package else self.theirs
        is_missing = period is not None and self.ours.state_of(period) is None and held.state_of(period) is None
        if isinstance(given, Periodic | Comment) and is_missing:
            yield message("Porteføljen har ikke {period}", period=period)

    def _doubles(self, given: Record | None) -> Iterator[Message]:
        if isinstance(given, Project | Subproject) and given.code:
            other = self._by_code.get(given.code)
            if other is not None and other != given.id:
                yield message("Nummeret {code} er brukt på noe annet her", code=given.code)

    @cached_property
    def _by_code(self) -> Mapping[str, str]:
        projects = {one.code: str(one.id) for one in self.ours.projects.values() if one.code}
        return projects | {one.code: str(one.id) for one in self.ours.subprojects.values()}

    def _ledger(self, given: LedgerBatch, mine: Record | None) -> Iterator[Message]:
        if mine is not None or given.withdrawn:
            return
        for held in self.ours.ledger_batches.values():
            if not held.withdrawn and held.source == given.source and _overlap(held, given):
                yield message("{source} er importert her også for de samme månedene", source=given.source)

    def _settled(self, mine: Record | None) -> Message | None:
        """Say that a status was moved here while it was written on elsewhere."""
        if not isinstance(mine, Status) or mine.state is StatusState.DRAFT:
            return None
        is_moved_here = self.own.sets(Place(Status, key_of(mine), _STATE))
        # A package sends nothing back that was approved: the controller does.
        if not is_moved_here and not (self.is_package and mine.state is StatusState.APPROVED):
            return None
        if mine.state is StatusState.APPROVED:
            return message("Statusen er godkjent her")
        return message("Statusen er levert her")

    def _is_the_controllers(self, place: Place, given: Record | None) -> bool:
        if LAWS[place.kind].owner_of(place.unit) is Owner.CONTROLLER:
            return True
        return isinstance(given, Status) and place.unit == _STATE and given.state is StatusState.APPROVED


def _is_same_import(mine: LedgerBatch, given: Record | None) -> bool:
    """Whether two batches are one import, withdrawn or not; one without lines may be gone where it was undone."""
    if given is None:
        return not mine.lines_hash
    return isinstance(given, LedgerBatch) and replace(given, withdrawn=mine.withdrawn) == mine


def _overlap(one: LedgerBatch, other: LedgerBatch) -> bool:
    return one.year == other.year and one.first_month <= other.last_month and other.first_month <= one.last_month
