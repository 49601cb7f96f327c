"""What a person's machine remembers of a hub: its address, and how far the file had come the last time it was asked.

Must not know a server, nor Qt. It is kept by the portfolio's id among the person's settings: an address has a login in
it, and belongs in no portfolio.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime

from db.own_settings import OwnSettings
from tracker.merging.lineage import Knowledge, short

_NAMED = "hub."
_MOST_UNREAD = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptHub:
    """A portfolio's hub. `address` as it was written, `told` what of it may be shown.

    `until` is the newest entry of the file that the hub was told of. `unread` is what the hub had that the file hadn't
    when it was `asked_at`, by what edits are known by, and `more` how many there were besides. Times are empty where it
    never was.
    """

    portfolio: str
    address: str
    told: str
    until: str = ""
    unread: tuple[str, ...] = ()
    more: int = 0
    asked_at: str = ""
    sent_at: str = ""
    fetched_at: str = ""

    @property
    def is_known(self) -> bool:
        """Whether the hub has ever said what it was told of."""
        return bool(self.asked_at or self.sent_at)


def kept_hub(kept: OwnSettings, portfolio: str) -> KeptHub | None:
    """Return what is remembered of a portfolio's hub, None where it has none."""
    return _read(kept.value(f"{_NAMED}{portfolio}", ""))


def kept_hubs(kept: OwnSettings) -> list[KeptHub]:
    """Return all hubs that are remembered, the one asked last first."""
    found = [hub for name, text in kept.own.items() if name.startswith(_NAMED) and (hub := _read(text)) is not None]
    return sorted(found, key=lambda hub: hub.asked_at, reverse=True)


def keep_hub(kept: OwnSettings, hub: KeptHub) -> None:
    """Remember a portfolio's hub; each has a place of its own, so that windows on different ones lose nothing."""
    kept.keep(**{f"{_NAMED}{hub.portfolio}": json.dumps(asdict(hub))})


def forget_hub(kept: OwnSettings, portfolio: str) -> None:
    """Forget a portfolio's hub."""
    kept.keep(**{f"{_NAMED}{portfolio}": None})


def forget_hubs(kept: OwnSettings) -> None:
    """Forget all of them."""
    kept.keep(**{name: None for name in kept.own if name.startswith(_NAMED)})


def asked(hub: KeptHub, *, at: datetime, until: str, unread: Sequence[str]) -> KeptHub:
    """Return what is remembered once the hub has said how the file stands."""
    known = tuple(map(short, unread[:_MOST_UNREAD]))
    return replace(hub, asked_at=_written(at), until=until, unread=known, more=len(unread) - len(known))


def sent(hub: KeptHub, *, at: datetime, until: str) -> KeptHub:
    """Return what is remembered once the file has sent everything."""
    return replace(hub, sent_at=_written(at), until=until)


def fetched(hub: KeptHub, *, at: datetime, until: str, unread: Sequence[str]) -> KeptHub:
    """Return what is remembered once what others did has been read."""
    return replace(asked(hub, at=at, until=until, unread=unread), fetched_at=_written(at))


def unfetched(hub: KeptHub, knowledge: Knowledge) -> int:
    """Return how much of what the hub had a file still doesn't know; what waits for a locked period is known."""
    left = [one for one in hub.unread if not knowledge.has(one)]
    return len(left) + hub.more if left else 0


def moment(written: str) -> datetime | None:
    """Return a time as it was kept, None for none."""
    try:
        return datetime.fromisoformat(written)
    except ValueError:
        return None


def _written(at: datetime) -> str:
    return at.isoformat(timespec="seconds")


def _read(text: object) -> KeptHub | None:
    """Read what is remembered of a hub, None where it is none that we wrote."""
    try:
        values = json.loads(str(text))
        hub = KeptHub(**{**values, "unread": tuple(values.get("unread", ()))})
    except (TypeError, ValueError, AttributeError, RecursionError):
        return None
    times = (hub.asked_at, hub.sent_at, hub.fetched_at)
    texts = (hub.portfolio, hub.address, hub.told, hub.until, *times, *hub.unread)
    return hub if type(hub.more) is int and all(isinstance(one, str) for one in texts) else None
