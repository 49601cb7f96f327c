"""What people do with a portfolio file, done through the program itself, told step by step, and looked at afterwards.

Must not know how it is broken off.
"""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from collections.abc import Mapping as Named
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

from db.backup import BackupReason, back_up, backups_of
from db.backup import restore as put_back
from db.export import export_portfolio
from db.holding import hold
from db.journal import Entry, Signature, records_hash
from db.opening import waits_for_migration
from db.package import read_file, roots_of, write_package
from db.restoring import restore as take_in
from db.store import new_store, open_store
from db.trouble import Trouble
from tests.ledgers import PROJECTS, postings, write_signed
from tracker.actions import Entry as Typed
from tracker.actions import fill_in, fill_in_many
from tracker.edits import added
from tracker.kinds import PackageKind
from tracker.ledger.mapping import Mapping
from tracker.ledger.planning import Export
from tracker.merging.settling import Settler, settle
from tracker.messages import message
from tracker.model import PeriodState, Portfolio, Project, ProjectId, RecordId
from tracker.packages import Recipient, sent_to
from tracker.periods import Part, Period
from tracker.steps import BEGUN
from ui.session import Session
from ui.taking_ledger import ReadExport, Wanted, look_at, plan_of, read_export

YEAR = Period(2023, Part.YEAR)
NOW = datetime(2024, 2, 1, 10, tzinfo=UTC)
FILE, COPIES, EXPORT, TAKEN_IN = "p.tertial", "kopier", "eksport", "hentet.tertial"
PACKAGE = "pakke.tertial"
STORED = Path(__file__).parents[1] / "stored"
LINES = 4_000
THOUSANDS = (50, 50, 50, 400)
"""How long a long text is; the longest, of all projects, is more than SQLite keeps in memory until it commits."""
WORDS = ("Bygget reises.", "Kostnaden øker til 12,5 mill. kr.", "Ferdig i 4. kvartal.", "Økonomi: innenfor rammen.\n")

Tell = Callable[[str], None]
"""Tells of something that is done and promised from now on."""
Harm = Iterator[str]
"""What is not as it was promised."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of work: what it needs in an empty folder, the work there, and what has to be so whenever it ended."""

    begin: Callable[[Path], None]
    do: Callable[[Path, Tell, random.Random], None]
    look: Callable[[Path, Sequence[str]], Harm]


def write_portfolio(folder: Path) -> None:
    """Write a portfolio of a few projects."""
    with new_store(folder / FILE) as store:
        period = PeriodState(id=RecordId(str(UUID(int=7))), period=YEAR)
        projects = [
            Project(id=ProjectId(str(UUID(int=int(code)))), name=name, code=code) for code, name in PROJECTS.items()
        ]
        store.commit(added(message("Begynt"), [period, *projects]), signature())


def write_long_texts(folder: Path) -> None:
    """Write a portfolio with a long text on every project: what changes it rewrites what is there."""
    write_portfolio(folder)
    with opened(folder / FILE) as session:
        type_much(session, first_time(), min(THOUSANDS))


def first_time() -> random.Random:
    """Return chance that is the same each time."""
    return random.Random(1)  # noqa: S311


def signature() -> Signature:
    """Sign what stands first in a journal."""
    return Signature(who="Kari", at="2024-02-01T10:00:00+00:00", way=BEGUN, entry_id=str(UUID(int=1)))


def write_with_backup(folder: Path) -> None:
    """Write a portfolio, back it up, and change it."""
    write_portfolio(folder)
    back_up(folder / FILE, folder=folder / COPIES, reason=BackupReason.DAILY, now=NOW)
    with opened(folder / FILE) as session:
        type_something(session, first_time())


def write_export(folder: Path) -> None:
    """Export a portfolio with a ledger, and leave only the export."""
    write_portfolio(folder)
    with opened(folder / FILE) as session:
        import_ledger(session)
    with closing(open_store(folder / FILE)) as store:
        export_portfolio(store, store.load(), YEAR, folder=folder / EXPORT)
    (folder / FILE).unlink()


def write_of_version(number: int) -> Callable[[Path], None]:
    """Write a file as an earlier version left it."""

    def write(folder: Path) -> None:
        with closing(sqlite3.connect(folder / FILE)) as connection:
            connection.executescript((STORED / f"version-{number}.sql").read_text(encoding="utf-8"))

    return write


class opened:  # noqa: N801  read as a verb: with opened(path) as session
    """A session on a file, closed in the end."""

    def __init__(self, path: Path) -> None:
        self._path, self._session = path, Session(who="Kari")

    def __enter__(self) -> Session:
        self._session.open(self._path)
        return self._session

    def __exit__(self, *_: object) -> None:
        self._session.close()


def projects_of(session: Session) -> list[ProjectId]:
    """Return the projects that can be typed in."""
    return [project.id for project in session.portfolio.projects.values()]


def type_something(session: Session, rng: random.Random) -> None:
    """Type into a field of a project."""
    project = rng.choice(projects_of(session))
    field, typed = rng.choice(
        [
            ("text", " ".join(rng.choices(WORDS, k=rng.randrange(1, 60)))),
            ("completion", f"{rng.randrange(1, 5)}K-{rng.randrange(2024, 2030)}"),
            ("year_end_forecast", str(rng.randrange(1, 90_000))),
        ]
    )
    entry = Typed(project=project, field=field, typed=typed)
    session.perform(fill_in(session.portfolio, YEAR, entry, new_id=session.new_id))


def type_much(session: Session, rng: random.Random, thousands: int) -> None:
    """Paste a long text for every project at once."""
    text = "".join(rng.choices("abcdefghijklmnopqrstuvwxyzæøå ", k=1000)) * thousands
    entries = [Typed(project=project, field="text", typed=f"{text} {project}") for project in projects_of(session)]
    session.perform(fill_in_many(session.portfolio, YEAR, entries, label=message("Limt inn"), new_id=session.new_id))


@cache
def ledger() -> tuple[Mapping, ReadExport]:
    """Return a year's ledger of some thousand lines, read from a file as people export it."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "hovedbok.txt"
        write_signed(path, postings(LINES))
        look = look_at(path, Portfolio())
        return look.proposal.mapping, read_export(
            Wanted(path=path, header_row=look.proposal.header_row, sheet=look.sheet), look.proposal.mapping
        )


def import_ledger(session: Session) -> None:
    """Import the ledger, which takes the place of the one that was imported before."""
    mapping, read = ledger()
    export = Export(source=read.source, layout=mapping)
    plan = plan_of(session.portfolio, read, export, new_id=session.new_id)
    session.perform(plan.edit, way="import", lines={plan.batch.id: read.stretches})


def write_with_package(folder: Path) -> None:
    """Write a portfolio with long texts, and a package of it with others."""
    write_long_texts(folder)
    with closing(open_store(folder / FILE)) as store:
        portfolio = store.load()
        to = Recipient(name="Per", projects=frozenset(map(ProjectId, portfolio.projects)))
        sent = sent_to(to, kind=PackageKind.PACKAGE, by="Kari", at=NOW, new_id=lambda: str(UUID(int=9)))
        write_package(folder / PACKAGE, portfolio, sent, roots_of(store))
    with opened(folder / PACKAGE) as session:
        type_much(session, random.Random(2), min(THOUSANDS))  # noqa: S311


def merge(folder: Path, tell: Tell, rng: random.Random) -> None:
    """Take a package in, take it back, and take it in again."""
    with opened(folder / FILE) as session:
        tell(state_of(session))
        take = lambda: take_package(session, folder)  # noqa: E731
        for act in (take, session.undo, session.redo, lambda: type_something(session, rng)):
            act()
            tell(state_of(session))


def take_package(session: Session, folder: Path) -> None:
    """Take all in that a package brings."""
    plan = session.merge_plan(read_file(folder / PACKAGE, session.knowledge(), session.portfolio))
    merged = settle(session.portfolio, plan, {}, Settler(who="Kari", at=NOW, new_id=session.new_id))
    session.perform(merged.edit, way="merge", lineage=merged.lineage)


def edit(folder: Path, tell: Tell, rng: random.Random) -> None:
    """Type, and undo and redo now and then."""
    with opened(folder / FILE) as session:
        tell(state_of(session))
        for _ in range(10):
            before = session.portfolio
            rng.choice([*[lambda: type_something(session, rng)] * 4, session.undo, session.redo])()
            if session.portfolio is not before:
                tell(state_of(session))


def edit_much(folder: Path, tell: Tell, rng: random.Random) -> None:
    """Change much at once, twice, and take the last back."""
    with opened(folder / FILE) as session:
        tell(state_of(session))
        type_long = lambda: type_much(session, rng, rng.choice(THOUSANDS))  # noqa: E731
        for act in (type_long, type_long, session.undo):
            act()
            tell(state_of(session))


def import_and_withdraw(folder: Path, tell: Tell, rng: random.Random) -> None:
    """Import a ledger with its lines, edit, and take the import back."""
    with opened(folder / FILE) as session:
        tell(state_of(session))
        for act in (lambda: import_ledger(session), session.undo, lambda: type_something(session, rng)):
            act()
            tell(state_of(session))


def migrate(folder: Path, tell: Tell, rng: random.Random) -> None:
    """Open a file of an earlier version, which is backed up first, and work with it."""
    path, session = folder / FILE, Session(who="Kari")

    def keep(_: Path, __: object) -> None:
        back_up(path, folder=folder / COPIES, reason=BackupReason.BEFORE_MIGRATION, now=NOW)
        tell(KEPT)

    session.before_migrating = keep
    session.open(path)
    tell(state_of(session))
    type_something(session, rng)
    tell(state_of(session))
    session.close()


def keep_copies(folder: Path, tell: Tell, rng: random.Random) -> None:
    """Take backups while the file is open and edited."""
    with opened(folder / FILE) as session:
        for minute in range(3):
            made = back_up(
                folder / FILE, folder=folder / COPIES, reason=BackupReason.DAILY, now=NOW + timedelta(minutes=minute)
            )
            tell(made.path.name)
            type_something(session, rng)


def take_in_export(folder: Path, tell: Tell, _: random.Random) -> None:
    """Make a portfolio of an export."""
    tell(records_hash(take_in(folder / EXPORT, folder / TAKEN_IN, signature())))


def go_back(folder: Path, tell: Tell, _: random.Random) -> None:
    """Put a backup in the file's place."""
    (backup,) = backups_of(folder / COPIES)
    put_back(backup, folder / FILE, folder=folder / COPIES, now=NOW + timedelta(hours=1))
    tell(DONE)


def state_of(session: Session) -> str:
    """Return the state of a portfolio, as its journal knows it."""
    return records_hash(session.portfolio)


def look_at_edits(folder: Path, told: Sequence[str]) -> Harm:
    """Expect each state that was told in the journal, one after the other, and at most one more."""
    states = [entry.records for entry in entries_of(folder / FILE)]
    if told:
        since = states[states.index(told[0]) :] if told[0] in states else []
        if since[: len(told)] != list(told):
            yield f"{len(told)} endringer ble lovet, {len(since)} er der"
        elif len(since) > len(told) + 1:
            yield f"{len(since) - len(told)} endringer mer enn det ble lovet"


def look_at_migration(folder: Path, told: Sequence[str]) -> Harm:
    """Expect that the file as it was is kept before it is migrated, and that what was told after is there."""
    if waits_for_migration(folder / FILE) and len(told) > 1:
        yield "ble lovet oppgradert, men er det ikke"
    yield from look_at_edits(folder, [one for one in told if one != KEPT])
    if KEPT in told:
        (kept,) = backups_of(folder / COPIES)
        if not waits_for_migration(kept.path):
            yield "kopien er ikke av filen slik den var"


def look_at_copies(folder: Path, told: Sequence[str]) -> Harm:
    """Expect every backup to be whole, and those that were told to be there."""
    entries_of(folder / FILE)
    found = {one.path.name for one in backups_of(folder / COPIES)}
    for name in found:
        entries_of(folder / COPIES / name)
    yield from (f"{name} er borte" for name in told if name not in found)


def look_at_taken_in(folder: Path, told: Sequence[str]) -> Harm:
    """Expect no file, or a whole one."""
    path = folder / TAKEN_IN
    if path.exists() or told:
        states = [entry.records for entry in entries_of(path)]
        if told and states[-1] != told[0]:
            yield "er ikke det som ble lovet"


def look_at_restored(folder: Path, told: Sequence[str]) -> Harm:
    """Expect the file as it was, or as the backup has it, and then what it replaced among the backups."""
    now = len(entries_of(folder / FILE))
    kept = [len(entries_of(one.path)) for one in backups_of(folder / COPIES)]
    if now == min(kept) and len(kept) == 1:
        yield "filen ble erstattet uten at den ble tatt vare på"
    if DONE in told and now != min(kept):
        yield "ble lovet gjenopprettet, men er det ikke"


def entries_of(path: Path) -> list[Entry]:
    """Take hold of a file as the next who opens it does, and hold all in it against its journal.

    Raises what is wrong.
    """
    with hold(path, who="Ola"), closing(open_store(path)) as store:
        store.load()
        problems = store.verify()
        if problems:
            raise Trouble(problems[0])
        return list(store.journal())


KEPT, DONE = "tatt vare på", "ferdig"
KINDS: Named[str, Kind] = {
    "edit": Kind(begin=write_portfolio, do=edit, look=look_at_edits),
    "edit much": Kind(begin=write_long_texts, do=edit_much, look=look_at_edits),
    "import": Kind(begin=write_portfolio, do=import_and_withdraw, look=look_at_edits),
    "merge": Kind(begin=write_with_package, do=merge, look=look_at_edits),
    "migrate 1": Kind(begin=write_of_version(1), do=migrate, look=look_at_migration),
    "migrate 2": Kind(begin=write_of_version(2), do=migrate, look=look_at_migration),
    "back up": Kind(begin=write_portfolio, do=keep_copies, look=look_at_copies),
    "take in": Kind(begin=write_export, do=take_in_export, look=look_at_taken_in),
    "restore": Kind(begin=write_with_backup, do=go_back, look=look_at_restored),
}
"""What is broken off, by what it is called in the runs' counts. A new kind is a line here."""
