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

_NAME = "hubs"
_MOST, _MOST_UNREAD = 20, 500


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


def kept_hub(kept: OwnSettings, portfolio: str) -> KeptHub | None:
    """Return what is remembered of a portfolio's hub, None where it has none."""
    return next((one for one in kept_hubs(kept) if one.portfolio == portfolio), None)


def kept_hubs(kept: OwnSettings) -> list[KeptHub]:
    """Return all hubs that are remembered, the one used last first."""
    return [one for text in kept.value(_NAME, list[str]()) if (one := _read(text)) is not None]


def keep_hub(kept: OwnSettings, hub: KeptHub) -> None:
    """Remember a hub; what was remembered of the same portfolio's gives way."""
    others = [one for one in kept_hubs(kept) if one.portfolio != hub.portfolio]
    _keep(kept, [hub, *others][:_MOST])


def forget_hub(kept: OwnSettings, portfolio: str) -> None:
    """Forget a portfolio's hub."""
    _keep(kept, [one for one in kept_hubs(kept) if one.portfolio != portfolio])


def forget_hubs(kept: OwnSettings) -> None:
    """Forget all of them."""
    _keep(kept, [])


def asked(hub: KeptHub, *, at: datetime, until: str, unread: Sequence[str]) -> KeptHub:
    """Return what is remembered once the hub has said how the file stands."""
    known = tuple(map(short, unread[:_MOST_UNREAD]))
    return replace(hub, asked_at=_written(at), until=until, unread=known, more=len(unread) - len(known))


def sent(hub: KeptHub, *, at: datetime, until: str) -> KeptHub:
    """Return what is remembered once the file has sent everything: then it had read all that concerns it."""
    return replace(hub, sent_at=_written(at), asked_at=hub.asked_at or _written(at), until=until)


def fetched(hub: KeptHub, *, at: datetime, until: str, unread: Sequence[str]) -> KeptHub:
    """Return what is remembered once what others did has been read."""
    return replace(asked(hub, at=at, until=until, unread=unread), fetched_at=_written(at))


def unfetched(hub: KeptHub, knowledge: Knowledge) -> int:
    """Return how much of what the hub had a file still doesn't have, or has and waits to take."""
    left = [one for one in hub.unread if not knowledge.has(one) or one in knowledge.waiting]
    return len(left) + hub.more if left else 0


def moment(written: str) -> datetime | None:
    """Return a time as it was kept, None for none."""
    try:
        return datetime.fromisoformat(written)
    except ValueError:
        return None


def _written(at: datetime) -> str:
    return at.isoformat(timespec="seconds")


def _keep(kept: OwnSettings, hubs: list[KeptHub]) -> None:
    kept.keep(**{_NAME: [json.dumps(asdict(one)) for one in hubs] or None})


def _read(text: str) -> KeptHub | None:
    """Read what is remembered of a hub, None where it is none that we wrote."""
    try:
        values = json.loads(text)
        hub = KeptHub(**{**values, "unread": tuple(values.get("unread", ()))})
    except (TypeError, ValueError, AttributeError, RecursionError):
        return None
    times = (hub.asked_at, hub.sent_at, hub.fetched_at)
    texts = (hub.portfolio, hub.address, hub.told, hub.until, *times, *hub.unread)
    return hub if type(hub.more) is int and all(isinstance(one, str) for one in texts) else None
