"""Projects, their subprojects, and which of them a ledger's code belongs to.

Must not know any amount, nor anything that changes by period.
"""

from __future__ import annotations

from dataclasses import dataclass

from tracker.kinds import FundingTag, ProjectKind
from tracker.model.ids import ProjectId, RecordId, SubprojectId


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """A main project: the unit of budget decisions and of the report. Nothing on it changes by period.

    `joined_into` is the project that took it over with all its money; it is listed no more. `case_numbers` are
    where its papers are kept.
    """

    id: ProjectId
    name: str
    kind: ProjectKind = ProjectKind.PROJECT
    code: str | None = None
    service_area: str | None = None
    department: str | None = None
    responsible: str | None = None
    funding_tags: frozenset[FundingTag] = frozenset()
    position: int = 0
    case_numbers: str | None = None
    joined_into: ProjectId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Subproject:
    """A ledger project under a main project, with its own code (`I41042`)."""

    id: SubprojectId
    project: ProjectId
    code: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeMatch:
    """Somebody's word that a code of the ledger belongs to a project; to none: it isn't an investment project.

    Raises ValueError for a match with a subproject of no project: it can't be written.
    """

    id: RecordId
    code: str
    project: ProjectId | None
    subproject: SubprojectId | None = None

    def __post_init__(self) -> None:
        if self.subproject is not None and self.project is None:
            raise ValueError(self.code)
