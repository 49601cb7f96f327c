"""What somebody has decided so far of what came, and which collisions they have seen.

Must not know where it is shown. A decision is of two values: where either becomes another, it isn't one any more.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from tracker.merging.lineage import Place
from tracker.merging.plan import Choice, Incoming, MergePlan, Verdict

_USUAL = (Choice.THEIRS, Choice.OURS)
OFFERED: Mapping[Verdict, tuple[Choice, ...]] = {
    Verdict.NEW: _USUAL,
    Verdict.COLLISION: _USUAL,
    Verdict.NOT_THEIRS: _USUAL,
    Verdict.LOCKED: (Choice.OURS, Choice.AS_COMMENT),
    Verdict.SETTLED: (),
    Verdict.IMPOSSIBLE: (),
}
"""What may be decided of what came, by what stands in its way."""
_AT_ONCE = frozenset({Verdict.NEW, Verdict.COLLISION})
"""What is decided along with all else; what isn't theirs is only ever taken by itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deciding:
    """Decisions by place, and the collisions that were seen, each with what it was of."""

    chosen: Mapping[Place, tuple[Incoming, Choice]] = field(default_factory=dict)
    seen: Mapping[Place, Incoming] = field(default_factory=dict)

    def of(self, item: Incoming) -> Choice | None:
        """Return what becomes of something; None for a collision that nobody has decided.

        What the law suggests holds for a collision once it has been seen.
        """
        known, choice = self.chosen.get(item.place, (None, None))
        if known is not None and _is_same(known, item) and choice in OFFERED[item.verdict]:
            return choice
        if item.verdict is Verdict.COLLISION and not self.has_seen(item):
            return None
        return item.suggestion

    def has_seen(self, item: Incoming) -> bool:
        """Whether a collision was shown as it is."""
        known = self.seen.get(item.place)
        return known is not None and _is_same(known, item)

    def saw(self, item: Incoming) -> Deciding:
        """Return the decisions when a collision has been shown."""
        return replace(self, seen={**self.seen, item.place: item})

    def choose(self, plan: MergePlan, item: Incoming, choice: Choice) -> Deciding:
        """Decide one thing, and what is bound together with it."""
        bound = [one for one in plan.items if one is item or (item.bound and one.bound == item.bound)]
        return self._with(bound, choice)

    def choose_all(self, items: Iterable[Incoming], choice: Choice) -> Deciding:
        """Decide everything that is decided at once."""
        return self._with((item for item in items if item.verdict in _AT_ONCE), choice)

    def left(self, plan: MergePlan) -> list[Incoming]:
        """Return the collisions that nobody has decided."""
        return [item for item in plan.items if item.verdict is Verdict.COLLISION and self.of(item) is None]

    def choices(self, plan: MergePlan) -> dict[Place, Choice]:
        """Return what becomes of all that came, as far as it is decided."""
        found = ((item.place, self.of(item)) for item in plan.items)
        return {place: choice for place, choice in found if choice is not None}

    def _with(self, items: Iterable[Incoming], choice: Choice) -> Deciding:
        return replace(self, chosen={**self.chosen, **{item.place: (item, choice) for item in items}})


def _is_same(one: Incoming, other: Incoming) -> bool:
    return (one.verdict, one.ours, one.theirs) == (other.verdict, other.ours, other.theirs)
