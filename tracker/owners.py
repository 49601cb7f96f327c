"""Whose money it is: the project that a budget line or a ledger sum counts on today.

A subproject's money follows it to the project that it belongs to now, a joined project's to the one that took it
over, and an unknown code's to the project that it was matched with. Must not know any amount.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tracker.model import BudgetLine, LedgerSum, Portfolio, ProjectId, SubprojectId

Owner = tuple[ProjectId, SubprojectId | None]


class Owners:
    """Finds owners in one portfolio; made once and asked for every entry."""

    def __init__(self, portfolio: Portfolio) -> None:
        self._subprojects = portfolio.subprojects
        self._joined = {one.id: one.joined_into for one in portfolio.projects.values() if one.joined_into}
        self._by_code: dict[str, Owner | None] = dict(_codes(portfolio))

    def of_line(self, line: BudgetLine) -> ProjectId:
        """Return the project that a budget line counts on."""
        return self.standing(line.project if line.subproject is None else self._subprojects[line.subproject].project)

    def of_sum(self, entry: LedgerSum) -> ProjectId | None:
        """Return the project that a ledger sum counts on; None while its code belongs to nobody."""
        if entry.subproject is not None and entry.subproject in self._subprojects:
            return self.standing(self._subprojects[entry.subproject].project)
        if entry.project is not None:
            return self.standing(entry.project)
        owner = self._by_code.get(entry.code)
        return None if owner is None else self.standing(owner[0])

    def of_code(self, code: str) -> Owner | None:
        """Return the project, and the subproject if it is one's, that a code of the ledger belongs to."""
        owner = self._by_code.get(code)
        return None if owner is None else (self.standing(owner[0]), owner[1])

    def knows(self, code: str) -> bool:
        """Whether it is settled whose a code is, be it nobody's."""
        return code in self._by_code

    def standing(self, project: ProjectId) -> ProjectId:
        """Follow a project to the one that took it over, if one did."""
        seen = {project}
        while (into := self._joined.get(project)) is not None and into not in seen:
            project = into
            seen.add(project)
        return project


def counted_sums(portfolio: Portfolio) -> Iterator[LedgerSum]:
    """Yield the sums of all batches that count."""
    for batch in portfolio.ledger_batches.values():
        if not batch.withdrawn:
            yield from batch.sums


def _codes(portfolio: Portfolio) -> Iterable[tuple[str, Owner | None]]:
    """Yield every code that somebody owns; a match that a person made comes last and wins."""
    for project in portfolio.projects.values():
        if project.code is not None:
            yield project.code, (project.id, None)
    for subproject in portfolio.subprojects.values():
        yield subproject.code, (subproject.project, subproject.id)
    for match in portfolio.code_matches.values():
        yield match.code, None if match.project is None else (match.project, match.subproject)
