"""What taking in an export of the ledger would do: per project, what isn't matched, how it ties out, what it replaces.

Must not know a file format. Sums are rounded to whole kroner so that each project's come to its exact sum, rounded.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from tracker.edits import Change, Edit
from tracker.importing import Source
from tracker.kinds import LedgerContent
from tracker.ledger.mapping import Mapping as Layout
from tracker.ledger.mapping import Use
from tracker.ledger.reading import Key, Reading, Unreadable
from tracker.ledger.refusing import refuse_accumulated, refuse_mixed_vat, refuse_published, refuse_unusable
from tracker.ledger.rounding import in_kroner, rounded_in_order
from tracker.messages import Message, Refusal, message
from tracker.model import LedgerBatch, LedgerSum, Portfolio, ProjectId, RecordId
from tracker.owners import Owner, Owners

USUAL_LEDGER = "regnskap"
"""What a municipality's one ledger is called when nobody has given it a name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectChange:
    """A project's spending in the export's year: what counts today, and what would count."""

    project: ProjectId
    name: str
    before: int
    after: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Orphan:
    """A code that belongs to no project: how many months and accounts it has sums for, and what they come to."""

    code: str
    count: int
    amount: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerPlan:
    """What an import would do; nothing is done until its edit is performed with the lines that were packed.

    `control_difference` is what all the file's lines come to minus the control total, in kroner; None without one.
    `replaced` are the batches that count no more after it, `lost_months` those of their months that this export
    doesn't reach. `beside` are other ledgers that cover the same months, when this one has none in the portfolio yet:
    they may be the same lines by another name. `falls_by` is how much less a list of one month comes to than what it
    replaces: it may be of that month alone. `funding` is the money that came in, `outside` what stands on accounts that
    are neither spending nor funding; both with the ledger's sign, also of codes that belong to nobody. `is_known` says
    that this very file counts already.
    """

    batch: LedgerBatch
    edit: Edit
    reading: Reading
    projects: tuple[ProjectChange, ...]
    orphans: tuple[Orphan, ...]
    replaced: tuple[LedgerBatch, ...]
    lost_months: tuple[int, ...]
    beside: tuple[str, ...]
    falls_by: int
    funding: int
    outside: int
    control_difference: int | None
    is_known: bool

    @property
    def unreadable(self) -> tuple[Unreadable, ...]:
        """The rows that stand in the way."""
        return self.reading.unreadable


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """Where lines come from, how they were read, and what the ledger says that they come to (kroner).

    `ledger` is which ledger it is: exports of the same one never count the same months twice.
    """

    source: Source
    ledger: str = USUAL_LEDGER
    layout: Layout
    profile: str = ""
    control_total: int | None = None


def plan_ledger_import(
    portfolio: Portfolio, reading: Reading, export: Export, *, lines_hash: str, new_id: Callable[[], str]
) -> LedgerPlan:
    """Plan how an export enters the portfolio as one batch. `lines_hash` is the hash of its packed lines.

    Raises Refusal with the rows as details when some can't be read; and when there are no lines, they are of more
    than one year, or they hold VAT otherwise than what is there.
    """
    file, layout = export.source.name, export.layout
    refuse_unusable(reading, file)
    refuse_accumulated(reading, layout.columns.get(Use.AMOUNT, ""), layout.content, file)
    year, first, last = _covered(reading, export)
    owners = Owners(portfolio)
    sums = tuple(_sums(reading.sums, layout, owners))
    batch = LedgerBatch(
        id=RecordId(new_id()),
        source=export.ledger,
        source_hash=export.source.sha256,
        content=layout.content,
        year=year,
        first_month=first,
        last_month=last,
        line_count=reading.line_count,
        total=sum(entry.amount for entry in sums if entry.funding is None),
        profile=export.profile,
        vat=layout.vat,
        control_total=export.control_total,
        is_keyed=layout.is_keyed,
        lines_hash=lines_hash,
        sums=sums,
    )
    replaced = tuple(_replaced(portfolio, batch))
    refuse_mixed_vat(portfolio, batch, replaced)
    refuse_published(portfolio, batch)
    changes = (*(Change(one, replace(one, withdrawn=True)) for one in replaced), Change(None, batch))
    return LedgerPlan(
        batch=batch,
        edit=Edit(_label(batch, export), changes),
        reading=reading,
        projects=_project_changes(portfolio, owners, batch, replaced),
        orphans=_orphans(sums, owners),
        replaced=replaced,
        lost_months=_lost_months(reading, batch, replaced),
        beside=_beside(portfolio, batch),
        falls_by=_falls_by(reading, batch, replaced),
        funding=sum(entry.amount for entry in sums if entry.funding is not None),
        outside=in_kroner(
            sum(ores for (_, account, _), ores in reading.sums.items() if layout.accounts.is_left_out(account))
        ),
        control_difference=_control_difference(reading, export),
        is_known=any(
            one.source_hash == batch.source_hash and not one.withdrawn for one in portfolio.ledger_batches.values()
        ),
    )


def _covered(reading: Reading, export: Export) -> tuple[int, int, int]:
    """Return the year and the months that the lines are of."""
    times = {time for _, _, time in reading.sums}
    years = sorted({time // 100 for time in times})
    if len(years) > 1:
        raise Refusal(
            message(
                "{file} har linjer fra {first:id} til {last:id}: ta ut ett år om gangen fra økonomisystemet.",
                file=export.source.name,
                first=years[0],
                last=years[-1],
            )
        )
    wanted = export.layout.year
    if wanted is not None and years != [wanted]:
        raise Refusal(
            message(
                "Linjene i {file} er fra {found:id}, ikke {wanted:id}: velg riktig fil eller år.",
                file=export.source.name,
                found=years[0],
                wanted=wanted,
            )
        )
    months = [time % 100 for time in times]
    last = export.layout.month
    if last is not None and max(months) > last:
        raise Refusal(
            message(
                "Linjene i {file} går til måned {found}, ikke {wanted}: ta ut filen på nytt, eller oppgi ingen måned.",
                file=export.source.name,
                found=max(months),
                wanted=last,
            )
        )
    # A balance list says what has come since January, also for months in which nothing was booked.
    first = 1 if export.layout.content is LedgerContent.BALANCES else min(months)
    return years[0], first, max(months)


def _sums(sums: Mapping[Key, int], layout: Layout, owners: Owners) -> Iterable[LedgerSum]:
    """Yield the sums in kroner, project by project and month by month."""
    by_owner: dict[Owner | str, list[tuple[int, str, str, int]]] = defaultdict(list)
    for (code, account, time), ores in sums.items():
        if layout.accounts.is_left_out(account):
            continue
        owner = owners.of_code(code)
        by_owner[code if owner is None else (owner[0], None)].append((time, account, code, ores))
    for _, entries in sorted(by_owner.items(), key=lambda one: str(one[0])):
        entries.sort(key=lambda entry: entry[:3])
        for is_funding in (False, True):
            chosen = [one for one in entries if (layout.accounts.funding_of(one[1]) is not None) is is_funding]
            for (time, account, code, _), amount in zip(
                chosen, rounded_in_order(entry[3] for entry in chosen), strict=True
            ):
                if amount:
                    project, subproject = owners.of_code(code) or (None, None)
                    yield LedgerSum(
                        project=project,
                        subproject=subproject,
                        account=account,
                        year=time // 100,
                        month=time % 100,
                        amount=amount,
                        code=code if project is None else "",
                        funding=layout.accounts.funding_of(account),
                    )


def _replaced(portfolio: Portfolio, batch: LedgerBatch) -> Iterable[LedgerBatch]:
    """Yield the batches of the same source that cover some of the same months: their lines come again in this one."""
    for one in portfolio.ledger_batches.values():
        only_adds = one.is_keyed and batch.is_keyed
        if _is_standing_ledger(one) and _overlaps(one, batch) and one.source == batch.source and not only_adds:
            yield one


def _beside(portfolio: Portfolio, batch: LedgerBatch) -> tuple[str, ...]:
    others = [one for one in portfolio.ledger_batches.values() if _is_standing_ledger(one)]
    if any(one.source == batch.source for one in others):
        return ()
    return tuple(sorted({one.source for one in others if _overlaps(one, batch)}))


def _falls_by(reading: Reading, batch: LedgerBatch, replaced: Iterable[LedgerBatch]) -> int:
    is_of_one = batch.content is LedgerContent.BALANCES and len({time for _, _, time in reading.sums}) == 1
    return max(sum(one.total for one in replaced) - batch.total, 0) if is_of_one else 0


def _is_standing_ledger(batch: LedgerBatch) -> bool:
    return batch.content in {LedgerContent.TRANSACTIONS, LedgerContent.BALANCES} and not batch.withdrawn


def _overlaps(one: LedgerBatch, other: LedgerBatch) -> bool:
    return one.year == other.year and one.first_month <= other.last_month and other.first_month <= one.last_month


def _project_changes(
    portfolio: Portfolio, owners: Owners, batch: LedgerBatch, replaced: Iterable[LedgerBatch]
) -> tuple[ProjectChange, ...]:
    gone = {one.id for one in replaced}
    before: dict[ProjectId, int] = defaultdict(int)
    after: dict[ProjectId, int] = defaultdict(int)
    for one in (*portfolio.ledger_batches.values(), batch):
        if one.withdrawn or one.year != batch.year:
            continue
        for entry in one.sums:
            owner = owners.of_sum(entry)
            if owner is None or entry.opening or entry.funding is not None:
                continue
            before[owner] += entry.amount if one is not batch else 0
            after[owner] += entry.amount if one.id not in gone else 0
    names = {project.id: project.name for project in portfolio.projects.values()}
    return tuple(
        ProjectChange(project=project, name=names[project], before=before[project], after=after[project])
        for project in sorted(before, key=lambda one: (-abs(after[one] - before[one]), names[one]))
        if before[project] != after[project]
    )


def _orphans(sums: Iterable[LedgerSum], owners: Owners) -> tuple[Orphan, ...]:
    found: dict[str, list[int]] = defaultdict(list)
    for entry in sums:
        if entry.project is None and entry.funding is None and not owners.knows(entry.code):
            found[entry.code].append(entry.amount)
    orphans = (Orphan(code=code, count=len(amounts), amount=sum(amounts)) for code, amounts in found.items())
    return tuple(sorted(orphans, key=lambda one: (-abs(one.amount), one.code)))


def _control_difference(reading: Reading, export: Export) -> int | None:
    """Return what all the file's lines come to, those without a project too, minus what they should.

    Where expenditure has a minus in the file, the control total may be typed with it or without.
    """
    expected = export.control_total
    if expected is not None:
        return in_kroner(reading.whole) - (-expected if export.layout.is_negated and expected < 0 else expected)
    return None if reading.printed_total is None else in_kroner(reading.whole - reading.printed_total)


def _lost_months(reading: Reading, batch: LedgerBatch, replaced: Iterable[LedgerBatch]) -> tuple[int, ...]:
    """Return the months that have spending today and no line any more; one sum since January holds them all."""
    months = {time % 100 for _, _, time in reading.sums}
    if batch.content is LedgerContent.BALANCES and len(months) == 1:
        return ()
    held = {entry.month for one in replaced for entry in one.sums if not entry.opening and entry.year == batch.year}
    return tuple(sorted(held - months))


def _label(batch: LedgerBatch, export: Export) -> Message:
    return message(
        "Importerte regnskap {year:id} fra {source}: {count} {count:linje|linjer}",
        year=batch.year,
        source=export.source.name,
        count=batch.line_count,
    )
