"""A connection to a hub, and what goes wrong with one, each as a sentence.

Must not know what is carried. Passwords come from the system's keyring or from `.pgpass`, and go nowhere else.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from db.hub.address import Address, not_understood
from db.trouble import Trouble
from tracker.messages import Message, message

if TYPE_CHECKING:
    from psycopg import Connection, Error

    Link = Connection[tuple[Any, ...]]

_SERVICE = "tertial hub"
_FATAL = "FATAL:"
_NOT_ALLOWED = "42501"
_BUSY = frozenset({"55P03", "57014", "40001", "40P01", "53300"})
_TAKES_NOTHING = frozenset({"25006", "53100"})
_BROKEN_OFF = ("08", "57P", "25P03")
_GUARDED_APPROVED = "guarded: status is approved"
_PATIENCE = (
    "SELECT set_config('lock_timeout', '60s', false), set_config('idle_in_transaction_session_timeout', '5min', false)"
)
"""How long a lock is waited for, and how long the server waits for a laptop that fell asleep with one."""
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
    except (psycopg.Error, UnicodeError):
        # The name of a server that can't be one, a number that is none.
        raise not_understood() from None
    with known_trouble(address), link:
        if not address.is_here and not link.pgconn.ssl_in_use:
            raise Trouble(message("Forbindelsen til {server} er ikke kryptert, så den ble brutt.", server=address.told))
        link.autocommit = True
        # What is read after the lock is as it is then, whatever the database's own default is.
        link.isolation_level = psycopg.IsolationLevel.READ_COMMITTED
        link.execute(_PATIENCE)
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
    except psycopg.Error as error:
        raise Trouble(_told(error, address.told)) from None


def _told(error: Error, server: str) -> Message:
    """Return what is said of an error, by its code; one without is of the connection itself."""
    import psycopg

    code = error.sqlstate or ""
    if code == _NOT_ALLOWED:
        return _not_allowed(error, server)
    if code in _BUSY:
        return message("Huben på {server} er opptatt: prøv igjen om litt.", server=server)
    if code in _TAKES_NOTHING:
        return message(
            "Huben på {server} tar ikke imot noe nå, for den er full eller kan bare leses: ingenting er sendt. Si fra "
            "til den som driver den.",
            server=server,
        )
    if isinstance(error, psycopg.DataError):
        return message(
            "Huben på {server} kan ikke ta imot et tegn i en av tekstene: ingenting er sendt.", server=server
        )
    if not code or code.startswith(_BROKEN_OFF):
        return message(
            "Forbindelsen til huben på {server} ble brutt: filen er hel, og det som ikke kom fram, går neste gang.",
            server=server,
        )
    return message(
        "Huben på {server} svarte med en feil ({code}), så ingenting er endret der: si fra til den som driver den.",
        server=server,
        code=code,
    )


def _not_allowed(error: Error, server: str) -> Message:
    if error.diag.message_primary == _GUARDED_APPROVED:
        return message(
            "En status du har endret, er godkjent i huben, så ingenting er sendt: hent den først, og be controlleren "
            "sende den tilbake."
        )
    return message(
        "Huben på {server} lar deg ikke gjøre dette, så ingenting er endret der: be den som driver den om tilgang.",
        server=server,
    )


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
