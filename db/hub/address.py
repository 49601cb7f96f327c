"""Where a hub is, as somebody writes it: `postgresql://user@server/database`, and what may stand in it.

Must not know what a hub holds. A password never stands in an address: it would end in the shell's history and in the
list of processes.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path

from db.trouble import Trouble
from tracker.messages import Refusal, message

_SCHEMES = ("postgresql://", "postgres://")
_SAFE_MODES = frozenset({"require", "verify-ca", "verify-full"})
_SECRETS = frozenset({"password", "sslpassword"})
_NUMBERED = ("PGHOSTADDR", "PGSERVICE")
_USUAL: Mapping[str, str] = {
    "connect_timeout": "10",
    # A network that is gone in the middle is noticed in a minute, not in the system's two hours.
    "keepalives_idle": "30",
    "keepalives_interval": "10",
    "keepalives_count": "3",
    "tcp_user_timeout": "60000",
    "application_name": "Tertial",
}
_ALWAYS: Mapping[str, str] = {"client_encoding": "UTF8"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """Where a hub is. `told` is what may be said of it, `parameters` what the library is told."""

    told: str
    parameters: Mapping[str, str]
    is_here: bool

    @property
    def account(self) -> str:
        """What its password is kept under."""
        return self.told


def read_address(text: str) -> Address:
    """Read an address.

    Raises Refusal when it is none, has a password in it, or would send anything unencrypted to another machine;
    Trouble when the part that speaks with PostgreSQL isn't installed.
    """
    if not text.startswith(_SCHEMES):
        raise Refusal(message("Adressen må begynne med postgresql:// og følges av bruker@tjener/database."))
    given = _parsed(text)
    if _SECRETS & given.keys():
        raise Refusal(
            message(
                "Adressen har et passord i seg, og det kan andre lese: ta det ut, og lagre det med "
                "«tertial hub password» eller i .pgpass."
            )
        )
    is_here = _is_here(given)
    if not is_here:
        given = _encrypted(given)
    return Address(told=_told(given), parameters={**_USUAL, **given, **_ALWAYS}, is_here=is_here)


def _parsed(text: str) -> dict[str, str]:
    try:
        from psycopg import ProgrammingError
        from psycopg.conninfo import conninfo_to_dict
    except ImportError:
        raise Trouble(
            message(
                "Denne utgaven av Tertial mangler delen som snakker med huben: be IT om en utgave med den, eller "
                "installer den med «pip install tertial[hub]»."
            )
        ) from None
    try:
        return {name: str(value) for name, value in conninfo_to_dict(text).items() if value is not None}
    except (ProgrammingError, UnicodeError):
        # What the library says of it holds the address, and whatever stands in it.
        raise not_understood() from None


def not_understood() -> Refusal:
    """Return what is said of an address that can't be one."""
    return Refusal(message("Forstår ikke adressen: skriv den som postgresql://bruker@tjener/database."))


def _is_here(given: Mapping[str, str]) -> bool:
    """Whether all servers that an address names are this machine.

    Where a name is given, its number may still be another machine's, by the environment or a service.
    """
    named = given.get("hostaddr") or given.get("host") or ""
    if "hostaddr" not in given and ("service" in given or any(map(os.environ.get, _NUMBERED))):
        return False
    if not named:
        return not os.environ.get("PGHOST")
    return all(_is_this_machine(one.strip()) for one in named.split(","))


def _is_this_machine(host: str) -> bool:
    if host.startswith(("/", "@")) or host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _encrypted(given: Mapping[str, str]) -> dict[str, str]:
    """Return what an address says, encrypted and with the server's name proved unless it says how else.

    Raises Refusal where it asks for less than encryption.
    """
    mode = given.get("sslmode", "verify-full")
    if mode not in _SAFE_MODES:
        raise Refusal(
            message(
                "Adressen ber om sslmode={mode}, og da kan alt gå ukryptert over nettet: skriv sslmode=verify-full.",
                mode=mode,
            )
        )
    found = {**given, "sslmode": mode, "gssencmode": "disable"}
    if "sslmode" not in given and "sslrootcert" not in given and not _has_root_certificate():
        found["sslrootcert"] = "system"
    return found


def _has_root_certificate() -> bool:
    named = os.environ.get("PGSSLROOTCERT")
    return bool(named) or (Path.home() / ".postgresql" / "root.crt").exists()


def _told(given: Mapping[str, str]) -> str:
    """Return what may be said of an address: user, server and database, nothing else that stands in it."""
    server = given.get("host") or given.get("hostaddr") or "localhost"
    port = f":{given['port']}" if "port" in given else ""
    user = f"{given['user']}@" if "user" in given else ""
    database = f"/{given['dbname']}" if "dbname" in given else ""
    return f"{user}{server}{port}{database}"
