"""`tertial import-ledger KILDE FIL`: the ledger's export becomes a batch of actuals."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from collections.abc import Mapping as Named
from contextlib import closing
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from uuid import uuid4

from db.backup import BackupReason
from tracker.edits import Change, Edit, apply
from tracker.finding import find_owner
from tracker.kinds import VatConvention
from tracker.ledger.mapping import Mapping, Use, profile_setting, profiles_of
from tracker.ledger.matching import match_codes
from tracker.ledger.planning import USUAL_LEDGER, Export, LedgerPlan
from tracker.ledger.proposing import header_row_of
from tracker.ledger.remarks import doubts_of, months_of, remarks_on
from tracker.messages import Message, Refusal, message
from tracker.model import Portfolio
from tracker.money import Unit, UnreadableAmountError, parse_kroner
from tracker.owners import Owner
from ui.commands.changing import changing
from ui.commands.console import FINDINGS, FINE, Console
from ui.commands.opening import opened_to_read
from ui.taking_ledger import Wanted, look_at, plan_of, read_export, vouchers_in

if TYPE_CHECKING:
    from db.store import Store
    from ui.taking_ledger import ReadExport

_MOST_SHOWN = 20


def run(given: Namespace, console: Console) -> int:
    """Look, read, plan, show, and only then write; 1 when something is left to match or doesn't tie out."""
    if given.dry_run:
        with closing(opened_to_read(given.file)) as store:
            planned = _planned(given, store, store.load())
        _say(planned, console, as_json=given.json)
        _tell_doubts(planned.plan, console)
        return _code(planned.plan)
    with changing(given.file) as opened:
        planned = _planned(given, opened.store, opened.portfolio)
        plan = planned.plan
        _say(planned, console, as_json=given.json)
        if not given.accept:
            _refuse_doubtful(plan)
        _tell_doubts(plan, console)
        opened.keep_backup(BackupReason.BEFORE_IMPORT)
        opened.perform(planned.edit, way="import", lines={plan.batch.id: planned.read.stretches})
    console.progress(message("Skrev {file}.", file=given.file.name))
    return _code(plan)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Planned:
    """An import that was planned: the whole edit has the matched codes and the saved profile as well."""

    plan: LedgerPlan
    edit: Edit
    read: ReadExport
    mapping: Mapping


def _planned(given: Namespace, store: Store, held: Portfolio) -> _Planned:
    matched = _matching(held, given)
    portfolio = apply(held, matched)
    look = look_at(given.source, portfolio, sheet=given.sheet)
    mapping = _mapping(given, portfolio, look.proposal.mapping)
    ledger = given.ledger or USUAL_LEDGER
    read = read_export(
        Wanted(path=given.source, header_row=header_row_of(look.rows, mapping, look.proposal), sheet=look.sheet),
        mapping,
        known=vouchers_in(store, portfolio, ledger) if mapping.is_keyed else frozenset(),
    )
    export = Export(
        source=read.source,
        ledger=ledger,
        layout=mapping,
        profile=given.save_profile or given.profile or look.profile,
        control_total=_control_total(given.control_total),
    )
    plan = plan_of(portfolio, read, export, new_id=lambda: str(uuid4()))
    kept = _kept_profile(portfolio, given.save_profile, mapping)
    edit = Edit(plan.edit.label, (*matched.changes, *kept, *plan.edit.changes))
    return _Planned(plan=plan, edit=edit, read=read, mapping=mapping)


def _kept_profile(portfolio: Portfolio, name: str | None, mapping: Mapping) -> tuple[Change, ...]:
    if not name:
        return ()
    setting = profile_setting(name, mapping)
    held = portfolio.settings.get(setting.id)
    return () if held == setting else (Change(held, setting),)


def _mapping(given: Namespace, portfolio: Portfolio, proposed: Mapping) -> Mapping:
    mapping = proposed
    if given.profile:
        profiles = profiles_of(portfolio)
        if given.profile not in profiles:
            if not profiles:
                raise Refusal(message("Profilen «{name}» finnes ikke: ingen er lagret ennå.", name=given.profile))
            known = ", ".join(sorted(profiles))
            raise Refusal(
                message("Profilen «{name}» finnes ikke: porteføljen har {known}.", name=given.profile, known=known)
            )
        mapping = profiles[given.profile]
    columns = {**mapping.columns, **_chosen(given.map)}
    unit = given.unit or mapping.unit
    return replace(
        mapping,
        columns={use: title for use, title in columns.items() if title},
        unit=unit,
        year=given.year,
        month=given.month,
        is_negated=mapping.is_negated or given.negative,
        is_keyed=mapping.is_keyed or given.keyed,
        vat=mapping.vat if given.vat is None else VatConvention(given.vat),
    )


def _chosen(pairs: list[str]) -> Named[Use, str]:
    chosen: dict[Use, str] = {}
    for pair in pairs:
        name, found, title = pair.partition("=")
        try:
            use = Use(name.strip())
        except ValueError:
            found = ""
        if not found:
            uses = ", ".join(one.value for one in Use)
            raise Refusal(
                message("Forstår ikke «{pair}»: skriv FELT=KOLONNE, der FELT er {uses}.", pair=pair, uses=uses)
            )
        chosen[use] = title.strip()
    return chosen


def _matching(portfolio: Portfolio, given: Namespace) -> Edit:
    owners: dict[str, Owner | None] = {}
    for pair in given.match:
        code, found, wanted = pair.partition("=")
        if not found or not code.strip():
            raise Refusal(message("Forstår ikke «{pair}»: skriv KODE=PROSJEKT.", pair=pair))
        owners[code.strip()] = find_owner(portfolio, wanted) if wanted.strip() else None
    return match_codes(portfolio, owners, new_id=lambda: str(uuid4()))


def _refuse_doubtful(plan: LedgerPlan) -> None:
    doubts = doubts_of(plan)
    if doubts:
        raise Refusal(message("Ingenting er skrevet. Stemmer det likevel, godta det med --accept."), *doubts)


def _tell_doubts(plan: LedgerPlan, console: Console) -> None:
    for doubt in doubts_of(plan):
        console.progress(doubt)


def _control_total(text: str | None) -> int | None:
    if text is None:
        return None
    try:
        return parse_kroner(text)
    except UnreadableAmountError:
        raise Refusal(message("«{text}» er ikke et beløp: skriv for eksempel 935 807 000.", text=text)) from None


def _say(planned: _Planned, console: Console, *, as_json: bool) -> None:
    plan = planned.plan
    if as_json:
        console.json(_json(plan))
        return
    reading, batch = plan.reading, plan.batch
    console.progress(
        message(
            "{count} {count:linje|linjer} for måned {months} i {year:id}: forbruk {total:kr}.",
            count=reading.line_count,
            months=months_of(batch),
            year=batch.year,
            total=batch.total,
        )
    )
    for sentence in (*_ways(planned), *remarks_on(plan), *_codes(plan)):
        console.progress(sentence)
    for change in plan.projects[:_MOST_SHOWN]:
        console.data(
            console.say(
                message(
                    "{name}: {before:kr} blir {after:kr}", name=change.name, before=change.before, after=change.after
                )
            )
        )
    if len(plan.projects) > _MOST_SHOWN:
        console.data(
            console.say(message("… og {count} {count:prosjekt|prosjekter} til", count=len(plan.projects) - _MOST_SHOWN))
        )


def _ways(planned: _Planned) -> Iterator[Message]:
    """Say how the file was read where that isn't as it stands: nobody here has seen the form that the window shows."""
    mapping = planned.mapping
    if planned.plan.batch.profile:
        yield message("Kolonnene er lest med profilen «{name}».", name=planned.plan.batch.profile)
    if mapping.unit is not Unit.KRONER:
        unit = message("1000 kroner") if mapping.unit is Unit.THOUSANDS else message("millioner kroner")
        yield message("Beløpene er lest som {unit}: bruk --kroner hvis de er i kroner.", unit=unit)
    if mapping.is_negated:
        yield message("Fortegnene er snudd, fordi utgifter står med minus i filen.")


def _codes(plan: LedgerPlan) -> Iterator[Message]:
    for orphan in plan.orphans[:_MOST_SHOWN]:
        yield message(
            "Koden {code} er ikke koblet til noe prosjekt: {amount:kr}.", code=orphan.code, amount=orphan.amount
        )
    if len(plan.orphans) > _MOST_SHOWN:
        yield message("… og {count} {count:kode|koder} til", count=len(plan.orphans) - _MOST_SHOWN)


def _code(plan: LedgerPlan) -> int:
    return FINDINGS if plan.orphans or doubts_of(plan) else FINE


def _json(plan: LedgerPlan) -> dict[str, object]:
    return {
        "year": plan.batch.year,
        "first_month": plan.batch.first_month,
        "last_month": plan.batch.last_month,
        "lines": plan.reading.line_count,
        "total": plan.batch.total,
        "control_difference": plan.control_difference,
        "same_file": plan.is_known,
        "lost_months": list(plan.lost_months),
        "funding": plan.funding,
        "outside": plan.outside,
        "replaced": [one.id for one in plan.replaced],
        "lines_without_project": plan.reading.left_out_count,
        "lines_without_amount": plan.reading.empty_count,
        "lines_known": plan.reading.known_count,
        "projects": [
            {"id": one.project, "name": one.name, "before": one.before, "after": one.after} for one in plan.projects
        ],
        "unmatched": [{"code": one.code, "sums": one.count, "amount": one.amount} for one in plan.orphans],
    }
