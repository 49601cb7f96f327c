"""A connection to a hub, and what goes wrong with one, each as a sentence.

Must not know what is carried. Passwords come from the system's keyring or from `.pgpass`, and go nowhere else.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from db.hub.address import Address
from db.trouble import Trouble
from tracker.messages import Message, message

if TYPE_CHECKING:
    from psycopg import Connection

    Link = Connection[tuple[Any, ...]]

_SERVICE = "tertial hub"
_FATAL = "FATAL:"
_GUARDED_APPROVED = "guarded: status is approved"
_READING = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"


class PasswordNeeded(Trouble):
    """The server asks for a password, and none is kept, or one that it doesn't take (`is_wrong`)."""

    def __init__(self, reason: Message, *, is_wrong: bool) -> None:
        super().__init__(reason)
        self.is_wrong = is_wrong


@contextmanager
def linked(address: Address) -> Iterator[Link]:
    """Connect to a hub for a while; what the block does in a transaction is there whole or not at all.

    Raises Trouble when the hub can't be reached, doesn't let us in, or goes away; PasswordNeeded when it asks for a
    password that we haven't.
    """
    import psycopg

    try:
        link = _connected(address)
    except psycopg.OperationalError as error:
        raise _unreachable(address, error) from None
    with known_trouble(address), link:
        if not address.is_here and not link.pgconn.ssl_in_use:
            raise Trouble(message("Forbindelsen til {server} er ikke kryptert, så den ble brutt.", server=address.told))
        link.autocommit = True
        link.execute("SELECT set_config('lock_timeout', '60s', false)")
        yield link


@contextmanager
def one_moment(link: Link) -> Iterator[None]:
    """Read everything as it is at one moment, whoever pushes meanwhile."""
    with link.transaction():
        link.execute(_READING)
        yield


@contextmanager
def known_trouble(address: Address) -> Iterator[None]:
    """Tell what a server says no to as a sentence."""
    import psycopg

    try:
        yield
    except psycopg.errors.InsufficientPrivilege as error:
        if error.diag.message_primary == _GUARDED_APPROVED:
            raise Trouble(
                message(
                    "En status du har endret, er godkjent i huben, så ingenting er sendt: hent den først, og be "
                    "controlleren sende den tilbake."
                )
            ) from None
        raise Trouble(
            message(
                "Huben på {server} lar deg ikke gjøre dette, så ingenting er endret der: be den som driver den om "
                "tilgang.",
                server=address.told,
            )
        ) from None
    except (psycopg.errors.LockNotAvailable, psycopg.errors.QueryCanceled):
        raise Trouble(message("Huben på {server} er opptatt: prøv igjen om litt.", server=address.told)) from None
    except psycopg.OperationalError:
        raise Trouble(
            message(
                "Forbindelsen til huben på {server} ble brutt: filen er hel, og det som ikke kom fram, går neste gang.",
                server=address.told,
            )
        ) from None
    except psycopg.DataError:
        raise Trouble(
            message(
                "Huben på {server} kan ikke ta imot et tegn i en av tekstene: ingenting er sendt.", server=address.told
            )
        ) from None


def keep_password(address: Address, password: str) -> None:
    """Keep the password of an address in the system's keyring.

    Raises Trouble when the machine has none.
    """
    try:
        import keyring
        from keyring.errors import KeyringError
    except ImportError:
        raise _no_keyring() from None
    try:
        keyring.set_password(_SERVICE, address.account, password)
    except KeyringError:
        raise _no_keyring() from None


def _connected(address: Address) -> Link:
    """Connect; a password that the server asks for and `.pgpass` hasn't, or has wrong, is taken from the keyring."""
    import psycopg

    try:
        return psycopg.connect(**address.parameters)  # type: ignore[arg-type]  # names that the library itself read
    except psycopg.OperationalError as error:
        password = _kept_password(address) if _lacks_password(error) or _is_wrong_password(error) else None
        if password is None:
            raise
        return psycopg.connect(**address.parameters, password=password)  # type: ignore[arg-type]


def _lacks_password(error: Exception) -> bool:
    connection = getattr(error, "pgconn", None)
    return bool(connection is not None and connection.needs_password)


def _is_wrong_password(error: Exception) -> bool:
    """Whether a server that got a password said no to it; what else it says no to comes after that."""
    connection = getattr(error, "pgconn", None)
    return bool(connection is not None and connection.used_password) and "authentication failed" in str(error)


def _kept_password(address: Address) -> str | None:
    try:
        import keyring
        from keyring.errors import KeyringError
    except ImportError:
        return None
    try:
        return keyring.get_password(_SERVICE, address.account)
    except KeyringError:
        return None


def _unreachable(address: Address, error: Exception) -> Trouble:
    if _lacks_password(error):
        return PasswordNeeded(
            message(
                "Huben på {server} krever et passord: lagre det med «tertial hub password» eller i .pgpass.",
                server=address.told,
            ),
            is_wrong=False,
        )
    if _is_wrong_password(error):
        return PasswordNeeded(
            message(
                "Huben på {server} godtar ikke passordet: lagre det riktige med «tertial hub password» eller i "
                ".pgpass.",
                server=address.told,
            ),
            is_wrong=True,
        )
    told, server = str(error), address.told
    if "does not support SSL" in told:
        return Trouble(
            message("Huben på {server} tilbyr ikke kryptering: be den som driver den, slå på ssl.", server=server)
        )
    if "certificate" in told:
        return Trouble(
            message(
                "Huben på {server} beviser ikke navnet sitt ({trouble}): be den som driver den om riktig sertifikat.",
                server=server,
                trouble=_answer(told),
            )
        )
    if _FATAL in told:
        return Trouble(
            message(
                "Huben på {server} svarer, men slipper deg ikke inn ({trouble}): kontroller adressen, eller spør den "
                "som driver den.",
                server=server,
                trouble=_answer(told),
            )
        )
    return Trouble(
        message(
            "Når ikke huben på {server}: alt er lagret i filen. Kontroller nettet, og prøv igjen senere.",
            server=server,
        )
    )


def _answer(told: str) -> str:
    """Return what a server answered, of all that the library says of a connection."""
    lines = [line.strip() for line in told.splitlines() if _FATAL in line or "certificate" in line]
    return lines[0].rpartition(" failed: ")[2].removeprefix(_FATAL).strip().rstrip(".")


def _no_keyring() -> Trouble:
    told: Message = message(
        "Maskinen har ingen nøkkelring som Tertial kan bruke: legg passordet i .pgpass, som bare du kan lese."
    )
    return Trouble(told)
