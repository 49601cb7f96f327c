"""The arguments of the commands that take in ledgers and sheets of projects.

Must not know what a command does with them.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tracker.messages import message
from tracker.money import Unit

if TYPE_CHECKING:
    from ui.commands.arguments import Commands, Parser


def add_importing(commands: Commands) -> None:
    """Add `import-ledger`, `match-code`, `import-projects` and `import-portfolio`."""
    _add_ledger(commands)
    _add_projects(commands)
    _add_portfolio(commands)


def _add_ledger(commands: Commands) -> None:
    say = commands.say
    ledger = commands.add("import-ledger", message("Les regnskapet inn fra Excel, CSV eller SAF-T."), with_file=False)
    _add_source(commands, ledger)
    ledger.add_argument(
        "--year", type=commands.read_year, help=say(message("regnskapsåret, når linjene ikke sier det"))
    )
    ledger.add_argument("--month", type=int, choices=range(1, 13), help=say(message("siste måned i en saldoliste")))
    ledger.add_argument("--ledger", help=say(message("hvilket regnskap det er, når kommunen har flere")))
    ledger.add_argument("--profile", help=say(message("les kolonnene slik en lagret profil sier")))
    ledger.add_argument("--save-profile", metavar="NAVN", help=say(message("lagre kolonnevalget som en profil")))
    ledger.add_argument("--negative", action="store_true", help=say(message("utgifter står med minus")))
    ledger.add_argument("--keyed", action="store_true", help=say(message("bare nye bilagslinjer tas inn")))
    ledger.add_argument("--vat", choices=("gross", "net"), help=say(message("beløpene er med (gross) eller uten mva")))
    ledger.add_argument("--control-total", metavar="KRONER", help=say(message("summen regnskapet oppgir")))
    ledger.add_argument(
        "--match",
        action="append",
        default=[],
        metavar="KODE=PROSJEKT",
        help=say(message("koble en kode; tomt prosjekt: ikke et investeringsprosjekt")),
    )
    ledger.add_argument(
        "--accept",
        action="store_true",
        help=say(message("importer selv om kontrollsummen avviker, eller på nytt")),
    )
    match = commands.add("match-code", message("Koble en kode i regnskapet til et prosjekt."))
    match.add_argument("code", metavar="KODE", help=say(message("koden slik den står i regnskapet")))
    match.add_argument("project", metavar="PROSJEKT", nargs="?", help=say(message("nummer eller navn; tomt: ingen")))


def _add_projects(commands: Commands) -> None:
    say = commands.say
    projects = commands.add(
        "import-projects", message("Les prosjekter, budsjett og økonomiplan inn fra et regneark."), with_file=False
    )
    _add_source(commands, projects)
    projects.add_argument(
        "--year", type=commands.read_year, required=True, help=say(message("budsjettåret, for eksempel 2024"))
    )
    projects.add_argument("--decision", help=say(message("vedtaket, for eksempel «KS-sak 131/23»")))
    projects.add_argument("--date", help=say(message("vedtaksdatoen, dd.mm.åååå")))
    projects.add_argument("--municipality", default="", help=say(message("kommunens navn, når porteføljen er ny")))
    projects.add_argument("--accept-alike", action="store_true", help=say(message("godta navn som ligner som nye")))


def _add_source(commands: Commands, parser: Parser) -> None:
    say = commands.say
    parser.add_argument("source", type=Path, metavar="KILDE", help=say(message("filen som leses inn")))
    commands.add_file(parser)
    parser.add_argument("--sheet", help=say(message("arket i filen (ellers det første)")))
    parser.add_argument(
        "--map", action="append", default=[], metavar="FELT=KOLONNE", help=say(message("velg kolonnen for et felt"))
    )
    unit = parser.add_mutually_exclusive_group()
    for flag, value, told in (
        ("--kroner", Unit.KRONER, message("beløpene er i kroner")),
        ("--thousands", Unit.THOUSANDS, message("beløpene er i tusen kroner")),
        ("--millions", Unit.MILLIONS, message("beløpene er i millioner kroner")),
    ):
        unit.add_argument(flag, dest="unit", action="store_const", const=value, help=say(told))
    commands.add_json(parser)
    commands.add_dry_run(parser)


def _add_portfolio(commands: Commands) -> None:
    say = commands.say
    made = commands.add(
        "import-portfolio", message("Lag en ny portefølje av en eksport, med alt som var i den."), with_file=False
    )
    made.add_argument(
        "source", type=Path, metavar="KILDE", help=say(message("mappen eksporten skrev til, eller portfolio.json"))
    )
    commands.add_file(made)
