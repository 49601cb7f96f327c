"""The passphrase of an encrypted file, as a command gets it: from the environment, a file, or typed unseen.

Never from the command line itself: other users of the machine can read that, and the shell remembers it.
Must not know any command.
"""

from __future__ import annotations

import getpass
import os
import sys
from functools import cache
from pathlib import Path

from db.key import Key, KeyNeeded, fitting, salt_of, unlocked
from db.trouble import known_trouble
from tracker.messages import Refusal, message
from ui.words import words_in

PASSPHRASE, PASSPHRASE_FILE = "TERTIAL_PASSPHRASE", "TERTIAL_PASSPHRASE_FILE"


def key_for(path: Path) -> Key | None:
    """Return what opens a file: None where it is plain.

    Raises KeyNeeded when the passphrase is wrong, or there is none and nobody to ask.
    """
    salt = salt_of(path)
    if salt is None:
        return None
    try:
        return fitting(path, None)
    except KeyNeeded:
        return _asked_once(path, salt)


def new_passphrase(source: Path | None) -> str:
    """Read a new passphrase from a file, or have it typed twice.

    Raises Refusal when there is neither a file nor somebody to ask, or the two differ.
    """
    if source is not None:
        return _read(source)
    if not sys.stdin.isatty():
        raise Refusal(message("Det nye passordet mangler: skriv det i en fil, og oppgi den med --new-passphrase-file."))
    say = words_in()
    first = getpass.getpass(say(message("Nytt passord: ")))
    if getpass.getpass(say(message("Gjenta passordet: "))) != first:
        raise Refusal(message("De to passordene er ikke like: prøv igjen."))
    return first


@cache
def _asked_once(path: Path, salt: bytes) -> Key:  # noqa: ARG001  what makes the answer another one
    """Ask for the passphrase; a command that opens a file several times asks once. A wrong one is not remembered."""
    return unlocked(path, _typed(path))


def _typed(path: Path) -> str:
    if PASSPHRASE in os.environ:
        return os.environ[PASSPHRASE]
    if PASSPHRASE_FILE in os.environ:
        return _read(Path(os.environ[PASSPHRASE_FILE]))
    if not sys.stdin.isatty():
        raise KeyNeeded(
            message(
                "{file} er kryptert: skriv passordet i en fil, og oppgi den i miljøvariabelen {variable}.",
                file=path.name,
                variable=PASSPHRASE_FILE,
            )
        )
    return getpass.getpass(words_in()(message("Passord til {file}: ", file=path.name)))


def _read(source: Path) -> str:
    """Read the first line of a file.

    Raises Trouble when it can't be read, Refusal when it is no text.
    """
    with known_trouble(source):
        content = source.read_bytes()
    try:
        first, *_ = [*content.decode("utf-8-sig").splitlines(), ""]
    except ValueError:
        raise Refusal(message("{file} er ingen tekstfil: skriv passordet på første linje.", file=source.name)) from None
    return first
