"""`tertial passphrase …`: puts a passphrase on a portfolio, changes it, takes it off, and writes its recovery sheet.

Must not know how a file is encrypted.
"""

from __future__ import annotations

from argparse import Namespace
from contextlib import closing
from datetime import datetime
from pathlib import Path

from db.backup import backups_folder
from db.encrypting import BackupsWill, Followed, decrypt, encrypt, refuse_without_library, treat_backups
from db.key import Key
from db.store import open_store
from tracker.messages import Refusal, message
from ui.commands.changing import held
from ui.commands.console import FINE, Console
from ui.commands.opening import opened_to_read
from ui.commands.safekeeping import backups_root
from ui.commands.unlocking import key_for, new_passphrase


def run(given: Namespace, console: Console) -> int:
    """Do what is asked for, the backups and the recovery sheet after the file itself."""
    # Says in the usual words what is wrong with the file, and asks for its passphrase.
    opened_to_read(given.file).close()
    old = key_for(given.file)
    if given.action == "set" and old is not None:
        raise Refusal(message("{file} har passord: bytt det med «tertial passphrase change».", file=given.file.name))
    if given.action != "set" and old is None:
        raise Refusal(message("{file} er ikke kryptert: bruk «tertial passphrase set».", file=given.file.name))
    if given.action == "sheet" and old is not None:
        _write_sheet(given.sheet, given.file, old, console)
        return FINE
    with held(given.file):
        new = _rewritten(given, old)
        followed = treat_backups(
            backups_folder(given.file, root=backups_root()), BackupsWill(given.backups), old=old, new=new
        )
    console.progress(
        message("{file} er ikke lenger kryptert.", file=given.file.name)
        if new is None
        else message("{file} er kryptert.", file=given.file.name)
    )
    _tell_backups(followed, console)
    if new is not None:
        _offer_sheet(given, new, console)
    return FINE


def _rewritten(given: Namespace, old: Key | None) -> Key | None:
    if given.action == "remove":
        if old is not None:
            decrypt(given.file, key=old)
        return None
    refuse_without_library()
    return encrypt(given.file, new_passphrase(given.new_passphrase_file), key=old)


def _offer_sheet(given: Namespace, key: Key, console: Console) -> None:
    if given.sheet is not None:
        _write_sheet(given.sheet, given.file, key, console)
        return
    console.progress(
        message("Glemmes passordet, er innholdet tapt: lag et gjenopprettingsark med «tertial passphrase sheet».")
    )


def _write_sheet(sheet: Path, path: Path, key: Key, console: Console) -> None:
    from db.pdf.recovery import sheet_of, write_recovery_sheet

    with closing(open_store(path, read_only=True, key=key)) as store:
        portfolio = store.load()
    today = datetime.now().astimezone().date()
    write_recovery_sheet(sheet_of(path, portfolio, key, made_on=today), sheet, say=console.say)
    console.progress(message("Skrev {file}: skriv det ut, legg det i safen, og slett filen.", file=sheet.name))


def _tell_backups(followed: Followed, console: Console) -> None:
    if followed.done:
        console.progress(
            message(
                "{count} {count:sikkerhetskopi|sikkerhetskopier} fulgte med.",
                count=followed.done,
            )
        )
    if followed.left:
        console.progress(
            message(
                "{count} {count:sikkerhetskopi|sikkerhetskopier} er som før.",
                count=followed.left,
            )
        )
