"""Asks for the passphrase of an encrypted file, until it is right or the person thinks better of it.

Must not keep what was typed: only the key that came of it, and that in memory alone.
"""

from __future__ import annotations

from pathlib import Path

from db.key import Key, KeyNeeded, fitting, name_of, salt_of, unlocked
from db.trouble import Trouble
from tracker.messages import Refusal, message
from ui.asking import FormField
from ui.desk import Desk


def opened(desk: Desk, path: Path) -> bool:
    """Open a portfolio, asking for its passphrase where it has one. Returns whether it is open.

    Raises Trouble and Refusal as `Session.open`.
    """
    try:
        desk.session.open(path)
    except KeyNeeded:
        key = ask_key(desk, path)
        if key is None:
            return False
        desk.session.open(path, key=key)
    return True


def known_key(desk: Desk, path: Path) -> Key | None:
    """Return what opens a file: None where it is plain, a key that is known where one fits, else what is asked for.

    Raises Refusal when the person thinks better of it, Trouble when no encrypted file can be opened here.
    """
    try:
        return fitting(path, desk.session.key_of(path))
    except KeyNeeded:
        key = ask_key(desk, path)
        if key is None:
            raise Refusal(message("{file} er kryptert, og passordet ble ikke skrevet.", file=path.name)) from None
        return key


def ask_key(desk: Desk, path: Path) -> Key | None:
    """Ask for the passphrase of an encrypted file, or the code of its recovery sheet; the form waits for the right one.

    It is asked for once: the session remembers what was right. Returns None when the person thinks better of it.
    """
    found: list[Key] = []

    def refusal(typed: str) -> str:
        try:
            found.append(unlocked(path, typed))
        except Trouble as wrong:
            return desk.say(wrong.reason)
        return ""

    given = desk.ask.form(
        desk.say(message("{file} er kryptert", file=path.name)),
        [
            FormField(
                key="passphrase",
                title=desk.say(
                    message(
                        "Passord, eller koden på gjenopprettingsarket merket {mark:id}",
                        mark=name_of(salt_of(path) or b""),
                    )
                ),
                check=refusal,
                is_secret=True,
            )
        ],
        desk.say(message("Lås opp")),
    )
    if given is None:
        return None
    desk.session.keys[found[-1].salt] = found[-1]
    return found[-1]
