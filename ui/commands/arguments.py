"""The commands' arguments, and what is said of a wrong one.

Must not know what a command does with them.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

from tracker.messages import Message, Refusal, message
from tracker.periods import FIRST_YEAR, LAST_YEAR, Period, parse_period
from ui.commands.budget_arguments import add_budget
from ui.commands.control_arguments import add_control
from ui.commands.form_arguments import add_form
from ui.commands.guide_arguments import add_guide
from ui.commands.hub_arguments import add_hub
from ui.commands.importing_arguments import add_importing
from ui.commands.package_arguments import add_packages
from ui.commands.passphrase_arguments import add_passphrase
from ui.commands.period_arguments import add_period_commands
from ui.commands.persons_arguments import add_persons
from ui.commands.project_arguments import add_project_commands
from ui.commands.report_arguments import add_reporting
from ui.commands.safekeeping_arguments import add_safekeeping
from ui.commands.settings_arguments import add_settings
from ui.commands.statement_arguments import add_statement
from ui.commands.tracing_arguments import add_tracing
from ui.commands.year_arguments import add_year
from ui.words import Say


class Parser(argparse.ArgumentParser):
    """An argument parser that refuses in one Norwegian sentence instead of leaving the process."""

    def error(self, message: str) -> NoReturn:
        """Raise the Refusal that says what is wrong and where to look."""
        raise Refusal(_refusal(message, self.prog))


def build_parser(say: Say) -> Parser:
    """Return the parser of all commands, its help said in the console's language."""
    parser = Parser(
        prog="tertial",
        description=say(message("Oppfølging av kommunens investeringsprosjekter.")),
        epilog=say(message("Uten kommando åpnes vinduet: tertial [FIL].")),
        add_help=False,
    )
    _add_help(parser, say)
    subparsers = parser.add_subparsers(dest="command", metavar=say(message("KOMMANDO")), parser_class=Parser)
    commands = Commands(subparsers, say)
    for add in FAMILIES:
        add(commands)
    return parser


class Commands:
    """Where families of commands add their own; each command's module is named after it."""

    def __init__(self, subparsers: argparse._SubParsersAction[Parser], say: Say) -> None:
        self._subparsers, self.say = subparsers, say

    def add(self, name: str, purpose: Message, *, with_file: bool = True) -> Parser:
        """Add a command, its portfolio file as the first argument unless another comes before."""
        made = self._subparsers.add_parser(name, help=self.say(purpose), description=self.say(purpose), add_help=False)
        _add_help(made, self.say)
        if with_file:
            self.add_file(made)
        return made

    def add_group(self, name: str, purpose: Message, dest: str) -> Commands:
        """Add a command that has commands of its own: `period lock`."""
        group = self.add(name, purpose, with_file=False)
        return Commands(
            group.add_subparsers(dest=dest, metavar=self.say(message("HANDLING")), parser_class=Parser, required=True),
            self.say,
        )

    @staticmethod
    def read_year(text: str) -> int:
        """Read a year as an argument.

        Raises Refusal when it isn't one.
        """
        return read_year(text)

    @staticmethod
    def read_period(text: str) -> Period:
        """Read a period as an argument.

        Raises Refusal when it isn't one.
        """
        return read_period(text)

    def add_file(self, parser: Parser) -> None:
        """Take a portfolio file."""
        parser.add_argument("file", type=Path, metavar="FIL", help=self.say(message("porteføljefilen, *.tertial")))

    def add_period(self, parser: Parser, *, required: bool = False) -> None:
        """Take a period."""
        told = message("for eksempel 2023-Y") if required else message("for eksempel 2023-Y (ellers den nyeste)")
        parser.add_argument("--period", type=read_period, required=required, help=self.say(told))

    def add_json(self, parser: Parser) -> None:
        """Take the wish for JSON."""
        parser.add_argument("--json", action="store_true", help=self.say(message("skriv JSON")))

    def add_dry_run(self, parser: Parser) -> None:
        """Take the wish to write nothing."""
        told = message("vis hva som ville skje, skriv ingenting")
        parser.add_argument("--dry-run", action="store_true", help=self.say(told))


def add_published(commands: Commands) -> None:
    """Add the commands on published reports: take in, tie out, export."""
    say = commands.say
    commands.add("demo", message("Lag eksempelporteføljen."))
    taking_in = commands.add(
        "import-report", message("Les den publiserte statustabellen inn som YEAR-Y."), with_file=False
    )
    taking_in.add_argument("source", type=Path, metavar="KILDE", help=say(message("statustabellen, .txt eller .pdf")))
    commands.add_file(taking_in)
    taking_in.add_argument(
        "--year", type=read_year, required=True, help=say(message("regnskapsåret, for eksempel 2023"))
    )
    taking_in.add_argument("--accounts", type=Path, metavar="KILDE2", help=say(message("kapittelet med § 5-5")))
    commands.add_dry_run(taking_in)
    taking_in.add_argument(
        "--accept-differences", action="store_true", help=say(message("importer selv om summene ikke stemmer"))
    )
    tie_out = commands.add("tie-out", message("Avstem summene mot trykte summer og § 5-5."))
    commands.add_period(tie_out)
    commands.add_json(tie_out)
    export = commands.add("export", message("Skriv alt som CSV og JSON."))
    commands.add_period(export)
    export.add_argument("folder", type=Path, metavar="MAPPE", help=say(message("mappen det skrives til")))
    archive = commands.add(
        "archive", message("Skriv en låst periode for arkivet: rapporten som PDF/A, dataene og kontrollsummer.")
    )
    commands.add_period(archive, required=True)
    archive.add_argument("folder", type=Path, metavar="MAPPE", help=say(message("mappen som skal lages")))
    verify = commands.add(
        "verify", message("Kontroller filen mot journalen, eller en låst periode mot det som ble låst.")
    )
    told = message("kontroller fingeravtrykket til denne låste perioden")
    verify.add_argument("--period", type=read_period, help=say(told))


FAMILIES: tuple[Callable[[Commands], None], ...] = (
    add_published,
    add_control,
    add_reporting,
    add_settings,
    add_budget,
    add_importing,
    add_project_commands,
    add_period_commands,
    add_packages,
    add_hub,
    add_form,
    add_year,
    add_statement,
    add_tracing,
    add_persons,
    add_passphrase,
    add_safekeeping,
    add_guide,
)
"""Who adds commands, in the order of the help."""


def _add_help(parser: Parser, say: Say) -> None:
    parser.add_argument("-h", "--help", action="help", help=say(message("vis denne hjelpen")))


def read_period(text: str) -> Period:
    """Read a period as an argument.

    Raises Refusal when it isn't one.
    """
    try:
        return parse_period(text)
    except ValueError:
        raise Refusal(
            message("«{text}» er ikke en periode: skriv for eksempel 2023-T1, 2023-T2 eller 2023-Y.", text=text)
        ) from None


def read_year(text: str) -> int:
    """Read a year as an argument.

    Raises Refusal when it isn't one.
    """
    if not text.isdecimal() or not FIRST_YEAR <= int(text) <= LAST_YEAR:
        raise Refusal(message("«{text}» er ikke et årstall: skriv for eksempel 2023.", text=text))
    return int(text)


# argparse says these in English; each is told anew as what is wrong and what to do.
_KNOWN: tuple[tuple[str, Callable[[re.Match[str], str], Message]], ...] = (
    (
        r"the following arguments are required: (.*)",
        lambda found, prog: message("Det mangler {what}: se {prog} --help.", what=found[1], prog=prog),
    ),
    (
        r"unrecognized arguments: (.*)",
        lambda found, prog: message("Forstår ikke «{what}»: se {prog} --help.", what=found[1], prog=prog),
    ),
    (
        r"argument (\S+): expected .*",
        lambda found, prog: message("{what} mangler en verdi: se {prog} --help.", what=found[1], prog=prog),
    ),
    (
        r"argument \S+: invalid choice: '([^']*)'.*",
        lambda found, prog: message("Kommandoen «{what}» finnes ikke: se {prog} --help.", what=found[1], prog=prog),
    ),
    (
        r"ambiguous option: (\S+).*",
        lambda found, prog: message("«{what}» kan bety flere ting: se {prog} --help.", what=found[1], prog=prog),
    ),
)


def _refusal(english: str, prog: str) -> Message:
    for shape, told in _KNOWN:
        found = re.fullmatch(shape, english, re.DOTALL)
        if found is not None:
            return told(found, prog)
    return message("Forstår ikke argumentene: se {prog} --help.", prog=prog)
