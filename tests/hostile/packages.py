"""Packages that somebody made to do harm, each by what is wrong with it. Must not know how they are read."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from db.lineage import pack
from db.records import TABLES, plain
from tests.hostile.forging import (
    APPROVED,
    AT,
    KARIS,
    OPEN,
    PERS,
    SUBMITTED,
    PlainChange,
    another_id,
    change,
    entry_of,
    files,
    forge,
    lineage,
    opened,
    relineaged,
    rewrite,
)
from tests.hostile.records import new_records, other_records
from tests.hostile.sheets import Make
from tests.windows import made_id
from tracker.kinds import (
    StatusState,
)
from tracker.merging.law import LAWS, key_of
from tracker.model import (
    PACKAGE_SETTING,
    BudgetLine,
    Comment,
    Contract,
    Dismissal,
    Milestone,
    Portfolio,
    ProjectId,
    Record,
    RecordId,
    Risk,
    SpendingPlan,
)
from tracker.periods import Part, Period

_DRAFT = ProjectId(made_id(2))
_ELSEWHERE = ProjectId(made_id(4))
_DAY = date(2024, 5, 3)


def whole(path: Path) -> None:
    """Write Kari's package as it went out."""
    path.write_bytes(files().package)


def of_lineage(text: str, *, at: int = 0) -> Make:
    """Return what writes a package that says where it is from in words of its own."""

    def make(path: Path) -> None:
        whole(path)
        if at:
            forge(path, entry_of([]))
        rewrite(path, relineaged(text, at=at))

    return make


def told(text: str) -> Make:
    """Return what writes a package with an entry that says something of a merge."""
    return of_lineage(text, at=1)


def told_of_millions(path: Path) -> None:
    """Write a package that knows more edits than anybody makes. Their list takes long to make."""
    told(json.dumps({"known": pack(f"{at:016x}" for at in range(1_500_000))}))(path)


def of_changes(*changes: PlainChange, records: tuple[PlainChange, ...] | None = None, **said: str) -> Make:
    """Return what writes a package with an entry more, whose rows are as the entry says, or as `records`."""

    def make(path: Path) -> None:
        whole(path)
        forge(path, entry_of(changes, **said), records=records)

    return make


def of_records(make_changes: Callable[[Portfolio], Iterator[tuple[Record | None, Record | None]]]) -> Make:
    """Return what writes a package with an entry more that changes records of it."""

    def make(path: Path) -> None:
        whole(path)
        portfolio = opened(path)
        forge(path, entry_of([change(before, after) for before, after in make_changes(portfolio)]))

    return make


def there_and_gone(table: str, values: dict[str, Any]) -> Make:
    """Return what writes a package with a record that came and went, so that nothing of it is in the tables."""
    return of_changes((table, another_id(1), None, values), (table, another_id(1), values, None), records=())


def broken(kind: type[Record], /, **values: Any) -> Make:
    """Return what writes a package with a record that breaks a rule of its kind, in its row and in its journal."""

    def make(path: Path) -> None:
        whole(path)
        record = next(one for one in new_records(opened(path)) if isinstance(one, kind))
        row = {**plain(record), **values}
        forge(path, entry_of([(TABLES[kind], record.id, None, row)]))

    return make


def _everything(portfolio: Portfolio) -> Iterator[tuple[Record | None, Record | None]]:
    yield from other_records(portfolio)
    known = {(kind, key_of(one)) for kind in LAWS for one in portfolio.records(kind).values()}
    yield from ((None, one) for one in new_records(portfolio) if (type(one), key_of(one)) not in known)


def _nothing_left(portfolio: Portfolio) -> Iterator[tuple[Record | None, Record | None]]:
    for kind in LAWS:
        yield from ((one, None) for one in portfolio.records(kind).values() if one.id != PACKAGE_SETTING)


def _with_ids_of_others(portfolio: Portfolio) -> Iterator[tuple[Record | None, Record | None]]:
    """Yield new records that have the ids of what the controller has and the package hasn't, or has for another."""
    del portfolio
    yield (
        None,
        Milestone(
            id=RecordId(made_id(2006)),
            thread=RecordId(another_id(5)),
            project=_DRAFT,
            period=OPEN,
            name="M",
            planned=_DAY,
        ),
    )
    home = _home()
    far = next(one for one in home.statuses.values() if one.project == _ELSEWHERE and one.period == OPEN)
    yield None, replace(far, project=_DRAFT, period=Period(2030, Part.T2), text="Smuglet inn")
    line = next(one for one in home.budget_lines.values() if one.project == _ELSEWHERE)
    yield None, replace(line, project=_DRAFT, year_amount=1)


def _with_an_id_of_ours(portfolio: Portfolio) -> Iterator[tuple[Record | None, Record | None]]:
    """Yield a new milestone in the place of another's id."""
    (known,) = portfolio.milestones.values()
    yield known, None
    yield None, replace(known, thread=RecordId(another_id(5)))


def _home() -> Portfolio:
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as folder:
        path = Path(folder) / "hjemme.tertial"
        path.write_bytes(files().home)
        return opened(path)


def _recoded(portfolio: Portfolio) -> Iterator[tuple[Record | None, Record | None]]:
    """Yield two projects that swap what must be one's own, and one joined into itself."""
    first, second = (portfolio.projects[one] for one in (APPROVED, _DRAFT))
    yield first, replace(first, code="X-1", joined_into=second.id)
    yield second, replace(second, code="X-2", joined_into=first.id)


def moved(project: ProjectId, **values: Any) -> Make:
    """Return what writes a package whose status of a project says something else."""

    def changed(portfolio: Portfolio) -> Iterator[tuple[Record | None, Record | None]]:
        status = next(one for one in portfolio.statuses.values() if (one.project, one.period) == (project, OPEN))
        yield status, replace(status, **values)

    return of_records(changed)


_TAKEN: dict[str, Make] = {
    "everything": of_records(_everything),
    "nothing-left": of_records(_nothing_left),
    "ids-of-others": of_records(_with_ids_of_others),
    "joined-in-a-ring": of_records(_recoded),
    "approved-text": moved(APPROVED, text="Smuglet inn"),
    "approved-by-itself": moved(_DRAFT, state=StatusState.APPROVED, moved_by="Rådmannen"),
    "sent-back-by-itself": moved(APPROVED, state=StatusState.DRAFT),
    "submitted-text": moved(SUBMITTED, text="Smuglet inn"),
    "of-anothers-package": of_lineage(lineage(portfolio=made_id(6000), package=PERS)),
    "with-an-id-of-ours": of_records(_with_an_id_of_ours),
    "knows-everything": of_lineage(
        lineage(known=frozenset(f"{at:016x}" for at in range(1000)), portfolio=made_id(6000), package=KARIS)
    ),
    "undoes-itself": told(lineage(undid=made_id(9000))),
    "undoes-the-first": told(lineage(undid=KARIS)),
    "undoes-nothing": told(lineage(undid=another_id(1))),
}
"""Packages that can be read: each is a proposal, and whatever is taken of it, no guard gives way."""


def _placed(*place: Any) -> Make:
    return told(
        json.dumps({"edits": [[another_id(1), "Kari", AT.isoformat(), {"text": "x", "values": {}}, [place], []]]})
    )


def _authored(**said: Any) -> Make:
    values = {"edit": another_id(1), "who": "Kari", "at": AT.isoformat(), "label": {"text": "x", "values": {}}, **said}
    return told(json.dumps({"edits": [[*values.values(), [["status", f"{_DRAFT}|{OPEN}", "text"]], []]]}))


_REFUSED: dict[str, Make] = {
    "lineage-no-json": of_lineage("{"),
    "lineage-list": of_lineage("[1]"),
    "lineage-number": told("1"),
    "lineage-null": told("null"),
    "lineage-deep": told("[" * 100_000 + "]" * 100_000),
    "lineage-deep-label": _authored(label=json.loads('{"text":"x","values":{"a":' * 400 + "null" + "}}" * 400)),
    "lineage-long-number": told('{"package":' + "9" * 5000 + "}"),
    "lineage-package-number": of_lineage('{"portfolio":"x","package":5}'),
    "lineage-package-list": told('{"package":[1],"known":"AAAAAAAAAAA="}'),
    "lineage-portfolio-list": of_lineage('{"portfolio":["x"]}'),
    "lineage-undid-number": told('{"undid":1}'),
    "lineage-undid-table": told('{"undid":{"a":1}}'),
    "lineage-known-odd": told('{"known":"AAAA"}'),
    "lineage-known-number": told('{"known":5}'),
    "lineage-known-millions": told_of_millions,
    "lineage-unknown-table": _placed("nonsense", "x", "text"),
    "lineage-key-list": _placed("status", ["x"], "text"),
    "lineage-unit-list": _placed("status", "x", {}),
    "lineage-table-list": _placed(["status"], "x", "text"),
    "lineage-short-place": _placed("status", "x"),
    "lineage-who-number": _authored(who=5),
    "lineage-edit-number": _authored(edit=5),
    "lineage-at-never": _authored(at="aldri"),
    "lineage-at-naive": _authored(at="2024-05-02T10:00:00"),
    "lineage-at-long-ago": _authored(at="0001-01-01T00:00:00+14:00"),
    "lineage-label-list": _authored(label=[]),
    "lineage-waiting-number": told('{"portfolio":"x","waiting":[[5,["status","x","text"]]]}'),
    "entry-at-naive": of_changes(at="2024-05-02T10:00:00"),
    "entry-at-far-ahead": of_changes(at="9999-12-31T23:59:59-14:00"),
    "entry-at-never": of_changes(at="aldri"),
    "entry-label-number": of_changes(label='{"text": 1}'),
    "table-unknown": of_changes(("nonsense", another_id(1), None, {"id": another_id(1)})),
    "table-unknown-and-gone": there_and_gone("nonsense", {"id": another_id(1)}),
    "table-journal": there_and_gone("journal", {"id": another_id(1)}),
    "value-no-record-can-have": there_and_gone(
        "status", {"id": another_id(1), "project": str(_DRAFT), "period": "tull"}
    ),
    "value-list": there_and_gone("status", {"id": another_id(1), "project": [], "period": str(OPEN)}),
    "value-number": there_and_gone("milestone", {"id": 5, "thread": {}, "period": str(OPEN)}),
    "value-missing": there_and_gone("risk", {}),
    "change-of-nothing": of_changes(("status", another_id(1), None, None)),
    "journal-otherwise": of_changes(
        ("setting", "municipality", None, {"id": "municipality", "value": "Ett"}),
        records=(("setting", "municipality", None, {"id": "municipality", "value": "Noe annet"}),),
    ),
    "journal-says-less": of_changes(
        records=(("setting", "limit.x", None, {"id": "limit.x", "value": "1"}),),
    ),
    "broken-plan": broken(SpendingPlan, amounts="1,2,3"),
    "broken-budget": broken(BudgetLine, kind="between_years"),
    "broken-likelihood": broken(Risk, likelihood=500),
    "broken-name": broken(Milestone, name=""),
    "broken-comment": broken(Comment, text=""),
    "broken-comment-time": broken(Comment, at="2024-05-02T10:00:00"),
    "broken-comment-year": broken(Comment, at="9999-12-31T23:59:59-14:00"),
    "broken-id": broken(Contract, thread="x"),
    "broken-basis": broken(Dismissal, basis="x"),
    "broken-year": broken(BudgetLine, budget_year=99999),
    "points-nowhere": broken(Milestone, project=another_id(77)),
    "of-another-portfolio": of_lineage(lineage(portfolio=another_id(6), package=KARIS)),
}
"""Packages that are refused, by what is wrong with them."""

PACKAGES: dict[str, Make] = {**_REFUSED, **_TAKEN}
TAKEN = frozenset(_TAKEN)
