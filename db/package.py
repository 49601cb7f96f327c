"""Packages: some projects of a portfolio as a file of their own; and a file that came, read to be merged.

Must not know what becomes of what is read. A file in somebody's folder is only ever written and read whole: a database
is opened on a copy in a folder of this machine's own.
"""

from __future__ import annotations

import shutil
from collections.abc import Collection, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from db.journal import Signature
from db.key import Key
from db.kinship import first_id, knowledge, lineage_at, origin_of, unknown_to
from db.opening import connected, guard, new_in_memory
from db.plain_file import refuse_no_file
from db.schema import migrate
from db.store import Lines, Store, open_store
from db.trouble import Trouble, known_trouble, readable
from db.whole_file import write_whole
from db.wholeness import damaged_pages
from tracker.edits import Change, Edit
from tracker.merging.limiting import limited
from tracker.merging.lineage import Knowledge, Lineage, Short, Written
from tracker.merging.news import News, heritage_of, news_of
from tracker.merging.plan import MergePlan, Sender
from tracker.merging.planning import Side, plan_merge
from tracker.messages import Message, Refusal, message
from tracker.model import PACKAGE_SETTING, LedgerBatch, Portfolio, SentPackage, Setting
from tracker.package_about import PackageAbout, about_package, written_about
from tracker.plain import require_record
from tracker.steps import BEGUN

FORMS = frozenset({".xlsx", ".xlsm", ".xls", ".xlsb", ".ods"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Came:
    """A file that came, read: whose it is, of which portfolio, what it knows, and what of it is new here.

    `lines` are those of its ledger batches that are new here, `problems` what couldn't be read, each with its place,
    `seen` how far in a hub's history it is read by taking it in: no file is.
    """

    file: str
    portfolio: Portfolio
    sender: Sender
    origin: str
    knowledge: Knowledge
    entries: tuple[Written, ...]
    lines: Lines = field(default_factory=dict)
    problems: tuple[Message, ...] = ()
    seen: str = ""

    def plan(self, store: Store, portfolio: Portfolio) -> MergePlan:
        """Plan the merge with the file that is open, as `plan_of`."""
        return plan_of(store, portfolio, self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kin:
    """Of which portfolio a file is, and what it says of itself if it is a package of it."""

    origin: str
    about: PackageAbout | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Roots:
    """What a package or a form knows of the portfolio that it is made of.

    Its id, the edits that came before, and which of them each place's value is from; how far in a hub's history it
    was read, where it is made of one.
    """

    portfolio: str
    known: frozenset[Short]
    news: News
    seen: str = ""


def roots_of(store: Store) -> Roots:
    """Return what is known to whatever is made of a portfolio now."""
    nothing = Knowledge()
    return Roots(
        portfolio=origin_of(store), known=knowledge(store).ids, news=news_of(unknown_to(store, nothing), nothing)
    )


def write_package(path: Path, portfolio: Portfolio, sent: SentPackage, roots: Roots) -> None:
    """Write a package of a portfolio's projects: a portfolio file that knows where it is from.

    Raises Trouble when it can't be written; then nothing is there.
    """
    about = Setting(id=PACKAGE_SETTING, value=written_about(sent))
    label = message("Pakke til {who}", who=sent.recipient)
    edit = Edit(label, (*limited(portfolio, sent.projects), Change(None, about)))
    lineage = Lineage(
        edits=heritage_of(edit.changes, portfolio, roots.news),
        known=roots.known,
        portfolio=roots.portfolio,
        package=sent.id,
        seen=roots.seen,
    )
    signature = Signature(who=sent.made_by, at=sent.made_at.isoformat(), way=BEGUN, entry_id=sent.id)
    # In memory: no database is written in somebody's folder, nor is what may be encrypted left in one of this machine.
    connection = new_in_memory()
    with closing(Store(path, connection)) as store:
        migrate(connection)
        guard(connection)
        store.commit(edit, signature, lineage=lineage)
        content = connection.serialize()
    write_whole(path, lambda beside: beside.write_bytes(content))


def read_file(path: Path, ours: Knowledge, portfolio: Portfolio, *, key: Key | None = None) -> Came:
    """Read a portfolio, a package or a form that came from elsewhere, by what is known here.

    The file is left alone; `key` opens one that is encrypted.

    Raises Trouble when it is damaged, was changed outside Tertial or is of a newer version, Refusal for a form that
    can't be read with certainty, or what is none of them.
    """
    refuse_no_file(path)
    if path.suffix.casefold() in FORMS:
        from db.form.coming import answers_in

        form, written, filled = answers_in(path, portfolio)
        known = form.known | ours.of_packages.get(form.id, frozenset())
        return Came(
            file=path.name,
            portfolio=filled,
            sender=Sender(who=form.made_for, package=form.id),
            origin=form.portfolio,
            knowledge=Knowledge(ids=known),
            entries=tuple(one for one in written if ours.needs(one)),
            problems=form.problems,
        )
    return _read_portfolio(path, ours, key)


def _read_portfolio(path: Path, ours: Knowledge, key: Key | None) -> Came:
    with _copied(path, key) as store:
        portfolio = store.load_unchecked()
        if store.verify() or _breaks_rules(store.path, key):
            raise Trouble(
                message(
                    "{file} er endret utenfor Tertial, så ingenting er hentet inn: be om filen på nytt.",
                    file=path.name,
                )
            )
        entries = unknown_to(store, ours)
        with readable(path):
            require_records(entries)
        return Came(
            file=path.name,
            portfolio=portfolio,
            sender=_sender_of(store, portfolio),
            origin=origin_of(store),
            knowledge=knowledge(store),
            entries=entries,
            lines={batch: tuple(store.stretches(batch)) for batch in _batches(entries)},
        )


def _breaks_rules(copy: Path, key: Key | None) -> bool:
    """Whether a file holds rows that its own tables forbid, as somebody with another program can write them.

    SQLite looks at the rules of a table only where it may write.
    """
    with closing(connected(copy, "rw", key)) as connection:
        return any(damaged_pages(connection))


def require_records(entries: Iterable[Written]) -> None:
    """Require that all that a journal tells of can be records, also what came and went before the file was sent.

    Raises ValueError, TypeError or KeyError where something can't.
    """
    for entry in entries:
        for kind, before, after in entry.changes:
            if before is None and after is None:
                raise ValueError(entry.id)
            for values in (before, after):
                if values is not None:
                    require_record(kind, values)


def kin_of(path: Path, *, key: Key | None = None) -> Kin:
    """Find out of which portfolio a file is, without comparing what is in it with its journal.

    Raises Trouble when it is damaged, is no portfolio or is of a newer version.
    """
    refuse_no_file(path)
    with _copied(path, key) as store:
        return Kin(origin=origin_of(store), about=about_package(store.load_unchecked()))


@contextmanager
def _copied(path: Path, key: Key | None) -> Iterator[Store]:
    """Open a copy of a file in a folder of this machine's own."""
    with TemporaryDirectory(prefix="tertial-") as folder:
        copy = Path(folder) / path.name
        _copy(path, copy)
        with closing(open_store(copy, read_only=True, key=key)) as store:
            yield store


def plan_of(store: Store, portfolio: Portfolio, came: Came) -> MergePlan:
    """Plan the merge of a file that came with the one that is open.

    Raises Refusal when they aren't of one portfolio, or a package meets a whole portfolio.
    """
    if origin_of(store) != came.origin:
        raise Refusal(
            message(
                "{file} er fra en annen portefølje enn den som er åpen: åpne porteføljen den ble laget av.",
                file=came.file,
            )
        )
    if portfolio.is_package and not came.portfolio.is_package:
        raise Refusal(message("{file} er hele porteføljen: be controlleren om en ny pakke.", file=came.file))
    ours = Side(portfolio, unknown_to(store, came.knowledge), knowledge(store))
    return plan_merge(ours, Side(came.portfolio, came.entries, came.knowledge), came.sender)


def _batches(entries: Iterable[Written]) -> Iterator[str]:
    for entry in entries:
        for kind, before, after in entry.changes:
            if kind is LedgerBatch and before is None and after is not None:
                yield after["id"]


def _sender_of(store: Store, portfolio: Portfolio) -> Sender:
    """Return whose file it is."""
    _, lineage = lineage_at(store, 1) if first_id(store) else ("", Lineage())
    about = about_package(portfolio)
    if about is None:
        return Sender(who=store.path.name)
    return Sender(who=about.recipient or store.path.name, package=lineage.package, made_at=about.made_at)


def _copy(path: Path, copy: Path) -> None:
    refuse_no_file(path)
    with known_trouble(path):
        shutil.copyfile(path, copy)


def package_names(recipients: Collection[str]) -> dict[str, str]:
    """Return a file name for each recipient, no two the same and none that a file system refuses."""
    taken: set[str] = set()
    names = {}
    for recipient in recipients:
        plain = "".join(one if one.isalnum() or one in " -_." else " " for one in recipient)
        stem = " ".join(plain.split()).strip(". ")[:80] or "pakke"
        name, count = stem, 1
        while name.casefold() in taken:
            count += 1
            name = f"{stem} {count}"
        taken.add(name.casefold())
        names[recipient] = f"{name}.tertial"
    return names
