"""How the open file stands to its hub, without asking the hub: what is remembered of it, and what has been done since.

Must not know a server, nor how it is shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from db.kinship import entries_of, origin_of, skeletons
from tracker.merging.lineage import Author, knowledge_of
from ui.desk import Desk
from ui.kept_hubs import KeptHub, kept_hub, unfetched

MOST_SHOWN = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class HubState:
    """The portfolio's hub, None where none is set; how much waits each way, and the newest that isn't sent, first.

    `unsent` is None where only the hub can say. `origin` is empty where none is open, or it is empty.
    """

    origin: str = ""
    hub: KeptHub | None = None
    unsent: int | None = None
    newest: Sequence[Author] = ()
    unfetched: int = 0


def hub_in(desk: Desk) -> KeptHub | None:
    """Return what is remembered of the open portfolio's hub, None where it has none."""
    return kept_hub(desk.settings.kept, origin_in(desk))


def hub_state(desk: Desk) -> HubState:
    """Find how the open file stands."""
    origin = origin_in(desk)
    hub = kept_hub(desk.settings.kept, origin)
    if hub is None or not hub.is_known:
        return HubState(origin=origin, hub=hub)
    from db.hub.mine import unsent_here

    store = desk.session.opened()
    entries = skeletons(store)
    left = unfetched(hub, knowledge_of(entries)) if hub.unread else 0
    unsent = unsent_here(entries, hub.until)
    if unsent is None:
        return HubState(origin=origin, hub=hub, unfetched=left)
    newest = [entry.author for entry in reversed(entries_of(store, unsent[-MOST_SHOWN:]))]
    return HubState(origin=origin, hub=hub, unsent=len(unsent), newest=newest, unfetched=left)


def origin_in(desk: Desk) -> str:
    """Return the id of the open portfolio, empty where none is open or there is nothing in it."""
    return "" if desk.session.path is None else origin_of(desk.session.opened())
