"""The key of an encrypted portfolio: made from a passphrase, or read from a recovery sheet, and which file it fits.

An encrypted portfolio is an ordinary SQLCipher 4 file, so that any SQLCipher opens it with the passphrase. Its first
16 bytes are the salt, which the one who makes the file may choose: ours begins with a mark, by which an encrypted
portfolio is told from noise before anybody is asked for anything, and 96 random bits follow. The key is derived here,
as SQLCipher itself would do it, once a session instead of once a connection; the passphrase is never kept.

The recovery code is that very key, in letters that can be read aloud. Nothing has to be stored for it (a file of ours
is one file at rest, and SQLCipher has no room for a second lock), nothing of it rests on the passphrase being good,
and it ends with the passphrase: a new one makes a new key, and all backups that the old one opened are written anew.

Must not speak to SQLCipher: a file is known for what it is also where the library is missing.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import unicodedata
from binascii import Error as NoCodeError
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from db.trouble import Trouble, known_trouble
from tracker.messages import Message, message

PAGE_SIZE = 4096
SHORTEST = 12
"""How many characters a passphrase has at least: four plain words."""

_MARK = b"Tert"
_PLAIN = b"SQLite format 3\0"
_SALT_SIZE, _SECRET_SIZE = 16, 32
_ROUNDS = 256_000
_HMAC_SIZE, _HMAC_ROUNDS, _HMAC_MASK = 64, 2, 0x3A
_CHECK_SIZE = 3
_GROUP = 4


class KeyNeeded(Trouble):
    """The file is encrypted, and the key that it was opened with, if any, is not its own."""


@dataclass(frozen=True, slots=True, repr=False)
class Key:
    """What opens the files that have its salt. Shows itself to nobody: it stands in no log and no traceback."""

    secret: bytes
    salt: bytes

    def __repr__(self) -> str:
        """Name the key, and keep it."""
        return f"Key({self.name})"

    @property
    def name(self) -> str:
        """What a recovery sheet and a file are known by as belonging together; it opens nothing."""
        return name_of(self.salt)

    @property
    def code(self) -> str:
        """The recovery code, in groups of four, with a check of its own at the end."""
        letters = base64.b32encode(self.secret + _check(self.secret)).decode()
        return " ".join(letters[at : at + _GROUP] for at in range(0, len(letters), _GROUP))


def new_key(passphrase: str) -> Key:
    """Make a key for a file that is about to be encrypted."""
    return _derived(passphrase, _MARK + os.urandom(_SALT_SIZE - len(_MARK)))


def salt_of(path: Path) -> bytes | None:
    """Return the salt of an encrypted portfolio; None where the file is anything else, or can't be read."""
    start = _beginning_of(path)
    return start if start.startswith(_MARK) and len(start) == _SALT_SIZE else None


def is_plain(path: Path) -> bool:
    """Whether a file begins as a database that is not encrypted."""
    return _beginning_of(path) == _PLAIN


def _beginning_of(path: Path) -> bytes:
    """Read a file's first bytes; none of a pipe, on which one would wait for ever."""
    with suppress(OSError):
        if path.is_file():
            with path.open("rb") as file:
                return file.read(_SALT_SIZE)
    return b""


def name_of(salt: bytes) -> str:
    """Return what a salt is called on screen and paper."""
    letters = hashlib.sha256(salt).hexdigest()[: 2 * _GROUP].upper()
    return f"{letters[:_GROUP]}-{letters[_GROUP:]}"


def fitting(path: Path, key: Key | None) -> Key | None:
    """Return the key that a file is to be opened with: None for a plain file, whatever was brought.

    Raises KeyNeeded when the file is encrypted, and not by this key; Trouble when no encrypted file can be opened here.
    """
    salt = salt_of(path)
    if salt is None:
        return None
    if not can_encrypt():
        raise Trouble(
            message(
                "{file} er kryptert, og Tertial er installert uten kryptering her: be IT om tillegget "
                "«tertial[encryption]» (sqlcipher3).",
                file=path.name,
            )
        )
    if key is None or key.salt != salt:
        raise KeyNeeded(message("{file} er kryptert: skriv passordet.", file=path.name))
    return key


def unlocked(path: Path, typed: str) -> Key:
    """Find the key of an encrypted file by its passphrase, or by the code of its recovery sheet.

    One page that the key vouches for is enough: what is wrong with the others is damage, and said when it is opened.

    Raises KeyNeeded when it is the wrong one, Trouble when the file can't be read.
    """
    salt = salt_of(path) or b""
    with known_trouble(path):
        for key in _meant(typed, salt):
            if _vouches(key, path):
                return key
    raise KeyNeeded(
        message(
            "Passordet er ikke det som {file} er kryptert med: prøv igjen, eller skriv koden fra "
            "gjenopprettingsarket merket {mark:id}.",
            file=path.name,
            mark=name_of(salt),
        )
    )


def can_encrypt() -> bool:
    """Whether the library is here that encrypts: an extra, which Tertial does everything else without."""
    try:
        import_module("sqlcipher3.dbapi2")
    except ImportError:
        return False
    return True


def refusal_of(passphrase: str) -> Message | None:
    """Return why a passphrase is not good enough, None if it is."""
    if len(_canonical(passphrase)) < SHORTEST:
        return message(
            "Passordet må ha minst {least} tegn: fire ord som ikke hører sammen, er lette å huske.", least=SHORTEST
        )
    if len(set(_canonical(passphrase))) < SHORTEST // 2:
        return message("Passordet gjentar de samme tegnene: velg for eksempel fire ord som ikke hører sammen.")
    return None


def _derived(passphrase: str, salt: bytes) -> Key:
    typed = _canonical(passphrase).encode()
    return Key(hashlib.pbkdf2_hmac("sha512", typed, salt, _ROUNDS, _SECRET_SIZE), salt)


def _canonical(passphrase: str) -> str:
    """Return the same for what looks the same: «å» is one character or two, by the keyboard that it came from."""
    return unicodedata.normalize("NFC", passphrase.strip())


def _meant(typed: str, salt: bytes) -> Iterator[Key]:
    """Yield the keys that something typed may mean, the code of a sheet first: it can be told at once."""
    secret = _secret_of(typed)
    if secret is not None:
        yield Key(secret, salt)
    yield _derived(typed, salt)


def _secret_of(typed: str) -> bytes | None:
    letters = "".join(one for one in typed if one.isalnum())
    try:
        # The alphabet has neither 0, 1 nor 8: who reads one of them, sees another letter.
        content = base64.b32decode(letters.upper().replace("8", "B"), map01=b"I")
    except (NoCodeError, ValueError):
        return None
    secret, check = content[:_SECRET_SIZE], content[_SECRET_SIZE:]
    return secret if len(secret) == _SECRET_SIZE and check == _check(secret) else None


def _check(secret: bytes) -> bytes:
    return hashlib.sha256(b"Tertial" + secret).digest()[:_CHECK_SIZE]


def _vouches(key: Key, path: Path) -> bool:
    """Whether any page of a file was written with a key, by the page's own code (SQLCipher: HMAC-SHA-512)."""
    mask = bytes(one ^ _HMAC_MASK for one in key.salt)
    secret = hashlib.pbkdf2_hmac("sha512", key.secret, mask, _HMAC_ROUNDS, _SECRET_SIZE)
    with path.open("rb") as file:
        number, begins = 1, _SALT_SIZE
        while len(page := file.read(PAGE_SIZE)) == PAGE_SIZE:
            code = hmac.digest(secret, page[begins:-_HMAC_SIZE] + number.to_bytes(4, "little"), "sha512")
            if hmac.compare_digest(code, page[-_HMAC_SIZE:]):
                return True
            number, begins = number + 1, 0
    return False
