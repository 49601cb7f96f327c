"""`tertial persons list|export|remove`: who is in the file, all that it has of one, and a name taken away.

Must not know how a file is written anew.
"""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from pathlib import Path

from db.backup import BackupReason
from db.persons.answering import answer_about, quoted, write_answer
from db.persons.copies import copies_naming, delete_copies
from db.persons.finding import people_named, tables_of
from db.persons.removing import Plan, plan_removal, remove
from tracker.messages import Refusal, message
from tracker.periods import parse_period
from tracker.persons.names import Person
from tracker.persons.places import STANDING_TITLES, fields_touched
from tracker.steps import SETTLED
from ui.commands.changing import held
from ui.commands.console import FINE, Console
from ui.commands.opening import opened_to_read, signature, user_name
from ui.commands.safekeeping import keep_backup, kept_in
from ui.commands.unlocking import key_for


def run(given: Namespace, console: Console) -> int:
    """List, hand out or take away."""
    return _ACTIONS[given.action](given, console)


def _list(given: Namespace, console: Console) -> int:
    with closing(opened_to_read(given.file)) as store:
        found = people_named(tables_of(store))
    if given.json:
        console.json(
            [
                {"name": one.name, "fields": dict(one.fields), "entries": one.entries, "earlier": one.earlier}
                for one in found
            ]
        )
        return FINE
    for one in found:
        parts = [f"{console.say(one.titles[field])} {count}" for field, count in one.fields.most_common()]
        parts += [console.say(message("endringer utført {count}", count=one.entries))] if one.entries else []
        parts += [console.say(message("i historikken {count}", count=one.earlier))] if one.earlier else []
        console.data(f"{one.name}: {', '.join(parts)}")
    console.progress(message("{count} navn i {file}.", count=len(found), file=given.file.name))
    return FINE


def _export(given: Namespace, console: Console) -> int:
    person = _person(given)
    with closing(opened_to_read(given.file)) as store:
        answer = answer_about(store, person, say=console.say)
    if answer.is_empty:
        raise Refusal(message("{file} har ingenting om {name}.", file=given.file.name, name=given.name))
    write_answer(answer, given.out)
    console.progress(
        message(
            "Skrev {out}: {records} {records:sted|steder}, {entries} {entries:endring|endringer} utført, "
            "{history} i historikken.",
            out=given.out.name,
            records=len(answer.records),
            entries=len(answer.entries),
            history=len(answer.history),
        )
    )
    return FINE


def _remove(given: Namespace, console: Console) -> int:
    person = _person(given)
    with held(given.file):
        with closing(opened_to_read(given.file)) as store:
            plan = plan_removal(store, person, in_texts=given.in_texts, who=user_name(), say=console.say)
        _show(plan, console)
        if given.sure and plan.replaced:
            remove(given.file, plan, signature(SETTLED), key=key_for(given.file))
            told = message(
                "Navnet er nå «{by}» {count} {count:sted|steder}. Ingen sikkerhetskopi er tatt: den ville hatt navnet. "
                "Kopier, eksporter og pakker som andre har, har det fortsatt.",
                by=plan.renaming.by,
                count=len(plan.replaced),
            )
            console.progress(told)
    _tell_of_copies(copies_naming(kept_in(given.file), person, key=key_for(given.file)), given, console)
    if not given.sure:
        console.progress(message("Ingenting er endret: legg til --sure for å gjøre det. Det kan ikke angres."))
    return FINE


def _show(plan: Plan, console: Console) -> None:
    for title, standing, count in fields_touched(plan.replaced):
        told = message("{field} ({kind}): {count}", field=title, kind=STANDING_TITLES[standing], count=count)
        console.data(console.say(told))
    for changed in plan.marks:
        told = message("{period}: nytt fingeravtrykk {mark:id}", period=parse_period(changed.period), mark=changed.now)
        console.data(console.say(told))
    if plan.marks:
        console.progress(
            message(
                "Navnet står i låste perioder: tallene er de samme, men fingeravtrykket blir et annet. "
                "Det gamle skrives i journalen, så det som er trykt, kan forklares."
            )
        )
    if not plan.replaced:
        console.progress(message("Navnet står ingen steder der det kan byttes ut."))
    if not plan.left:
        return
    console.progress(message("Omtaler som blir stående, til gjennomsyn ({count}):", count=len(plan.left)))
    for place in plan.left:
        where = message(
            "{field}, {record}: {text}",
            field=place.title,
            record=place.period or place.record,
            text=quoted(place, plan.renaming.person),
        )
        console.data(console.say(where))


def _tell_of_copies(copies: Sequence[Path], given: Namespace, console: Console) -> None:
    """Say which backups still have the name, and delete them when both is asked for."""
    if not copies:
        return
    for copy in copies:
        console.data(str(copy))
    if given.with_backups and given.sure:
        keep_backup(given.file, BackupReason.ASKED_FOR)
        delete_copies(copies)
        told = message("Slettet {count} {count:sikkerhetskopi|sikkerhetskopier} som hadde navnet.", count=len(copies))
    else:
        told = message(
            "{count} {count:sikkerhetskopi|sikkerhetskopier} har navnet: --with-backups og --sure sletter dem.",
            count=len(copies),
        )
    console.progress(told)


def _person(given: Namespace) -> Person:
    person = Person.called(given.name, *given.also)
    if not person.names:
        raise Refusal(message("Skriv navnet på personen."))
    return person


_ACTIONS: Mapping[str, Callable[[Namespace, Console], int]] = {"list": _list, "export": _export, "remove": _remove}
