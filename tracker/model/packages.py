"""What was handed out to be worked with elsewhere.

Must not know a file, nor what came back.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from tracker.kinds import PackageKind
from tracker.model.ids import ProjectId, RecordId


@dataclass(frozen=True, slots=True, kw_only=True)
class SentPackage:
    """A package or a form that was made for somebody: with which projects, by whom, when, and when it last came back.

    The id is the package's own, so that what comes back is known by it.
    """

    id: RecordId
    kind: PackageKind = PackageKind.PACKAGE
    recipient: str
    projects: frozenset[ProjectId] = frozenset()
    made_by: str
    made_at: datetime
    returned_at: datetime | None = None
