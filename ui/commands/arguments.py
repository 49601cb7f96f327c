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
from ui.words import SOURCE_LANGUAGE, Say


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
    commands = parser.add_subparsers(dest="command", metavar=say(message("KOMMANDO")), parser_class=Parser)

    def command(name: str, purpose: Message, *, with_period: bool = False, with_json: bool = False) -> Parser:
        made = commands.add_parser(name, help=say(purpose), description=say(purpose), add_help=False)
        _add_help(made, say)
        if with_period:
            made.add_argument("--period", type=_period, help=say(message("for eksempel 2023-Y (ellers den nyeste)")))
        if with_json:
            made.add_argument("--json", action="store_true", help=say(message("skriv JSON")))
        return made

    file_help = say(message("porteføljefilen, *.tertial"))
    command("demo", message("Lag eksempelporteføljen.")).add_argument("file", type=Path, metavar="FIL", help=file_help)
    _add_import_report(command("import-report", message("Les den publiserte statustabellen inn som YEAR-Y.")), say)
    check = command("check", message("Vis alle flagg."), with_period=True, with_json=True)
    report = command("report", message("Skriv rapporten som Excel."))
    tie_out = command(
        "tie-out", message("Avstem summene mot trykte summer og § 5-5."), with_period=True, with_json=True
    )
    export = command("export", message("Skriv alt som CSV og JSON."), with_period=True)
    verify = command("verify", message("Kontroller filen mot journalen."))
    for made in (check, report, tie_out, export, verify):
        made.add_argument("file", type=Path, metavar="FIL", help=file_help)
    report.add_argument("out", type=Path, metavar="UT.xlsx", help=say(message("rapporten som skal skrives")))
    report.add_argument("--period", type=_period, required=True, help=say(message("for eksempel 2023-Y")))
    report.add_argument("--language", default=SOURCE_LANGUAGE, help=say(message("rapportens språk")))
    export.add_argument("folder", type=Path, metavar="MAPPE", help=say(message("mappen det skrives til")))
    return parser


def _add_import_report(parser: Parser, say: Say) -> None:
    parser.add_argument("source", type=Path, metavar="KILDE", help=say(message("statustabellen, .txt eller .pdf")))
    parser.add_argument("file", type=Path, metavar="FIL", help=say(message("porteføljefilen, *.tertial")))
    parser.add_argument("--year", type=_year, required=True, help=say(message("regnskapsåret, for eksempel 2023")))
    parser.add_argument("--accounts", type=Path, metavar="KILDE2", help=say(message("kapittelet med § 5-5")))
    parser.add_argument("--dry-run", action="store_true", help=say(message("vis hva som ville skje, skriv ingenting")))
    parser.add_argument(
        "--accept-differences", action="store_true", help=say(message("importer selv om summene ikke stemmer"))
    )


def _add_help(parser: Parser, say: Say) -> None:
    parser.add_argument("-h", "--help", action="help", help=say(message("vis denne hjelpen")))


def _period(text: str) -> Period:
    try:
        return parse_period(text)
    except ValueError:
        raise Refusal(
            message("«{text}» er ikke en periode: skriv for eksempel 2023-T1, 2023-T2 eller 2023-Y.", text=text)
        ) from None


def _year(text: str) -> int:
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
