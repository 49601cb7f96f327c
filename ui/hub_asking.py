"""What a person is asked about a hub: its address, its password, who is let in, whether it is to be made.

Must not know what is done with the answer.
"""

from __future__ import annotations

from collections.abc import Mapping

from db.hub.address import read_address
from db.trouble import Trouble
from tracker.messages import Message, Refusal, message
from ui.asking import FormField
from ui.desk import Desk
from ui.hub_roads import Guest

_MANAGER = "manager"
_ROLES = {
    _MANAGER: message("Prosjektleder: egne prosjekter"),
    "controller": message("Controller: alt"),
    "reader": message("Power BI: bare visningene"),
}


def asked_address(desk: Desk, held: str, yes: Message, *, may_be_empty: bool = False) -> str | None:
    """Ask for an address until it can be one, or none where it may be; None when the person thinks better of it."""
    say = desk.say

    def refusal(typed: str) -> str:
        if may_be_empty and not typed:
            return ""
        try:
            read_address(typed)
        except (Refusal, Trouble) as known:
            return say(known.reason)
        return ""

    title = message("postgresql://bruker@tjener/database")
    if may_be_empty:
        title = message("postgresql://bruker@tjener/database, eller tom")
    asked = desk.ask.form(
        say(message("Adressen til huben")),
        [FormField(key="address", title=say(title), value=held, check=refusal)],
        say(yes),
    )
    return None if asked is None else asked["address"]


def asked_password(desk: Desk, told: str, *, is_wrong: bool = False) -> str | None:
    """Ask for a password; `is_wrong` where the last was. None when the person thinks better of it."""
    say = desk.say
    title = message("Passordet lagres i nøkkelringen på maskinen")
    if is_wrong:
        title = message("Huben godtok ikke passordet: skriv det på nytt")
    empty = say(message("Feltet kan ikke stå tomt: skriv passordet."))
    asked = desk.ask.form(
        say(message("Passord til {server}", server=told)),
        [FormField(key="password", title=say(title), check=lambda typed: "" if typed else empty, is_secret=True)],
        say(message("Logg på")),
    )
    return None if asked is None else asked["password"]


def asked_guest(desk: Desk) -> Guest | None:
    """Ask who is to be let in, and as what; None when the person thinks better of it."""
    say = desk.say
    names = sorted({(one.responsible or "").strip() for one in desk.session.portfolio.projects.values()} - {""})

    def refuse_nameless(typed: Mapping[str, str]) -> str:
        is_lacking = typed["role"] == _MANAGER and not typed["name"]
        return say(message("Velg navnet som prosjektlederen står som ansvarlig under.")) if is_lacking else ""

    empty = say(message("Feltet kan ikke stå tomt: skriv brukeren, slik den heter i databasen."))
    asked = desk.ask.form(
        say(message("Slipp noen inn i huben")),
        [
            FormField(
                key="login", title=say(message("Bruker i databasen")), check=lambda typed: "" if typed else empty
            ),
            FormField(
                key="role", title=say(message("Rolle")), choices=[(role, say(told)) for role, told in _ROLES.items()]
            ),
            FormField(
                key="name",
                title=say(message("Står som ansvarlig på prosjektene")),
                choices=[("", "-"), *((name, name) for name in names)],
            ),
        ],
        say(message("Slipp inn")),
        check=refuse_nameless,
    )
    if asked is None:
        return None
    return Guest(login=asked["login"], role=asked["role"], names=(asked["name"],) if asked["name"] else ())


def agrees_to_make(desk: Desk, told: str) -> bool:
    """Ask whether a portfolio's hub is to be made there; only the whole portfolio can be one."""
    if desk.session.portfolio.is_package or not desk.session.can_edit:
        return False
    return desk.ask.confirm(
        desk.say(
            message(
                "Porteføljen har ingen hub på {server} ennå. Den lages én gang, av den som skal drive den, og får alt "
                "som er i filen.",
                server=told,
            )
        ),
        desk.say(message("Lag huben")),
    )
