"""The hub's schema: one a portfolio, made and upgraded by migrations in one transaction, and which version it is of.

Must not know what the records mean.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import uuid4

from db.hub.migrations import first, second
from db.trouble import Trouble
from tracker.merging.lineage import short
from tracker.messages import Refusal, message

if TYPE_CHECKING:
    from db.hub.connecting import Link

MIGRATIONS: tuple[str, ...] = (first.SCRIPT, second.SCRIPT)
"""What has been done to a hub's schema, in order; a version is how many of them it has had."""
ROLES = ("controller", "manager", "reader")
_NAME = re.compile(r"tertial_[0-9a-f]{12}")


class NoHubError(Refusal):
    """The database has no hub of the portfolio: it is to be made first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hub:
    """A hub: its schema, its id, the portfolio that it is of, and its version."""

    schema: str
    id: str
    portfolio: str
    version: int


def schema_of(portfolio: str) -> str:
    """Return the name of a portfolio's schema."""
    return f"tertial_{short(portfolio)[:12]}"


def make(link: Link, portfolio: str) -> bool:
    """Make a portfolio's schema, or bring it to today's version: all of it or nothing. Whether anything was done.

    Raises Trouble when it was upgraded by a newer version than this, Refusal when the database can't hold every letter.
    """
    schema = schema_of(portfolio)
    _refuse_other_letters(link)
    with link.transaction():
        link.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", (schema,))
        version = _version(link, schema)
        if version > len(MIGRATIONS):
            raise newer()
        if version == len(MIGRATIONS):
            return False
        if not version:
            _begin(link, schema)
        _use(link, schema)
        for script in MIGRATIONS[version:]:
            _run(link, script, schema)
        if not version:
            link.execute(
                "INSERT INTO hub (id, portfolio, version) VALUES (%s, %s, %s)",
                (uuid4().hex, portfolio, len(MIGRATIONS)),
            )
        else:
            link.execute("UPDATE hub SET version = %s", (len(MIGRATIONS),))
    return True


def found(link: Link, portfolio: str) -> Hub:
    """Find a portfolio's hub, and work in it from now on.

    Raises NoHubError when there is none, Trouble when it is of another version than this.
    """
    schema = schema_of(portfolio)
    version = _version(link, schema)
    if not version:
        raise NoHubError(message("Porteføljen har ingen hub her ennå: lag den med «tertial hub init»."))
    _refuse_other_version(version)
    _use(link, schema)
    rows = link.execute("SELECT id, portfolio, version FROM hub").fetchone()
    if rows is None or rows[1] != portfolio:  # pragma: no cover  two portfolios with the same first 48 bits
        raise Refusal(message("Huben er av en annen portefølje: velg en annen database."))
    return Hub(schema=schema, id=rows[0], portfolio=rows[1], version=rows[2])


def portfolios(link: Link) -> list[str]:
    """Return the portfolios that have a hub of today's version in a database, those that we may see.

    Raises Trouble when there are hubs, and all of them are of another version.
    """
    rows = link.execute(
        "SELECT nspname FROM pg_namespace WHERE nspname ~ '^tertial_[0-9a-f]{12}$' "
        "AND has_schema_privilege(nspname, 'USAGE') ORDER BY nspname"
    ).fetchall()
    versions = {str(schema): _version(link, schema) for (schema,) in rows}
    of_today = [schema for schema, version in versions.items() if version == len(MIGRATIONS)]
    if not of_today:
        for version in versions.values():
            _refuse_other_version(version)
    return [portfolio for schema in of_today for portfolio in _portfolio_of(link, schema)]


def let_in(link: Link, login: str, role: str, names: tuple[str, ...]) -> None:
    """Give a login a role in the hub that is worked in, and say by which names it is responsible for projects.

    Raises Refusal when there is no such login.
    """
    with link.transaction():
        row = link.execute(
            "SELECT current_schema(), to_regrole(quoted) IS NOT NULL, quoted FROM quote_ident(%s) AS quoted", (login,)
        ).fetchone()
        if row is None or not row[1] or role not in ROLES:
            raise Refusal(
                message("Databasen har ingen bruker {login}: la den som driver tjeneren, lage den først.", login=login)
            )
        link.execute(f"GRANT {row[0]}_{role} TO {row[2]}".encode())
        for name in filter(None, map(str.strip, names)):
            link.execute("INSERT INTO person (login, name) VALUES (%s, %s) ON CONFLICT DO NOTHING", (login, name))


def my_names(link: Link) -> list[str]:
    """Return the names by which we are responsible for projects."""
    rows = link.execute("SELECT name FROM person WHERE login = session_user ORDER BY name").fetchall()
    return [str(name) for (name,) in rows]


def newer() -> Trouble:
    """Return what is said of a hub that a newer version has upgraded."""
    return Trouble(
        message(
            "Huben er oppgradert til en nyere versjon av Tertial: oppdater programmet og prøv igjen. Filen er som den "
            "var, og det du har gjort, sendes da."
        )
    )


def _refuse_other_version(version: int) -> None:
    if version > len(MIGRATIONS):
        raise newer()
    if version < len(MIGRATIONS):
        raise Trouble(
            message("Huben er av en eldre versjon: be den som driver den, oppgradere den med «tertial hub init».")
        )


def _version(link: Link, schema: str) -> int:
    """Return which version a schema is of; 0 where there is none, as of an id that is no portfolio's."""
    if not _NAME.fullmatch(schema):
        return 0
    row = link.execute("SELECT to_regclass(%s) IS NOT NULL", (f"{schema}.hub",)).fetchone()
    if row is None or not row[0]:
        return 0
    found = link.execute(f"SELECT version FROM {_safe(schema)}.hub".encode()).fetchone()
    return 0 if found is None else int(found[0])


def _portfolio_of(link: Link, schema: str) -> list[str]:
    return [str(one) for (one,) in link.execute(f"SELECT portfolio FROM {_safe(schema)}.hub".encode())]


def _refuse_other_letters(link: Link) -> None:
    row = link.execute("SHOW server_encoding").fetchone()
    if row != ("UTF8",):
        raise Refusal(message("Databasen har ikke tegnsettet UTF8: lag en ny database med det."))


def _begin(link: Link, schema: str) -> None:
    for role in ROLES:
        name = f"{_safe(schema)}_{role}"
        known = link.execute("SELECT to_regrole(%s) IS NOT NULL", (name,)).fetchone()
        if known is None or not known[0]:
            link.execute(f"CREATE ROLE {name} NOLOGIN".encode())
    link.execute(f"CREATE SCHEMA {_safe(schema)}".encode())
    link.execute(f"GRANT {schema}_controller TO CURRENT_USER".encode())


def _use(link: Link, schema: str) -> None:
    link.execute("SELECT set_config('search_path', %s, false)", (_safe(schema),))


def _run(link: Link, script: str, schema: str) -> None:
    link.execute(script.replace("@schema@", _safe(schema)).encode())


def _safe(schema: str) -> str:
    """Return a schema's name, which stands in statements.

    Raises ValueError for any that we don't make.
    """
    if not _NAME.fullmatch(schema):
        raise ValueError(schema)
    return schema
