"""The arguments of the commands on the budget ledger, `tertial budget …`: add, move, reallocate, decide and more.

Must not know what a command does with them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.budgeting import ENTERED_ALONE
from tracker.chain import Figure
from tracker.kinds import BudgetKind, BudgetStatus, FundingSource
from tracker.messages import Message, message
from ui.commands.choices import add_choice, named
from ui.words import Say

if TYPE_CHECKING:
    from ui.commands.arguments import Commands, Parser


def add_budget(commands: Commands) -> None:
    """Add the commands on the budget ledger."""
    budget = commands.add_group("budget", message("Før, vedta og forklar budsjettendringer."), "action")
    _add_add(budget)
    _add_move(budget)
    _add_reallocate(budget)
    _add_decide(budget)
    _add_back(budget)
    _add_list(budget)
    _add_why(budget)


def _add_add(commands: Commands) -> None:
    say = commands.say
    made = commands.add("add", message("Før en endring i budsjettet til ett prosjekt."))
    _add_project(made, say)
    add_choice(made, say, "--kind", message("endringen: {choices}"), named(ENTERED_ALONE), required=True)
    _add_text(made, say, "--year", message("budsjettåret; for en overføring året som får pengene"), required=True)
    _add_text(made, say, "--amount", message("beløp i året, i kroner eller som «12,3 mill»"), required=True)
    _add_text(made, say, "--total", message("beløp i totalen, ellers det samme som i året"))
    add_choice(made, say, "--funding", message("finansiering: {choices}"), named(FundingSource))
    _add_paper(made, say)


def _add_move(commands: Commands) -> None:
    say = commands.say
    made = commands.add("move", message("Flytt budsjett mellom år i ett prosjekt; totalen er urørt."))
    _add_project(made, say)
    _add_text(made, say, "--amount", message("beløp, i kroner eller som «12,3 mill»"), required=True)
    _add_text(made, say, "--from-year", message("året som gir"), required=True)
    _add_text(made, say, "--to-year", message("året som får"), required=True)
    _add_paper(made, say)


def _add_reallocate(commands: Commands) -> None:
    say = commands.say
    made = commands.add("reallocate", message("Omdisponer mellom prosjekter; beløpene skal gå i null."))
    _add_text(made, say, "--year", message("budsjettåret"), required=True)
    made.add_argument(
        "--share",
        action="append",
        required=True,
        metavar=say(message("PROSJEKT=BELØP")),
        help=say(message("hva et prosjekt får eller gir (minus); BELØP/TOTAL når totalen er en annen; kan gjentas")),
    )
    _add_paper(made, say)


def _add_decide(commands: Commands) -> None:
    say = commands.say
    made = commands.add("decide", message("Vedta forslag med ett vedtak."))
    _add_lines(made, say)
    made.add_argument("--all", action="store_true", help=say(message("alle forslag, se også --year og --kind")))
    _add_text(made, say, "--year", message("bare forslag i dette budsjettåret"))
    add_choice(made, say, "--kind", message("bare forslag av dette slaget: {choices}"), named(BudgetKind))
    _add_decision(made, say, required=True)


def _add_back(commands: Commands) -> None:
    say = commands.say
    withdraw = commands.add("withdraw", message("Trekk forslag som ikke er vedtatt."))
    _add_lines(withdraw, say)
    take_back = commands.add("take-back", message("Før tilbake en vedtatt endring som ble ført feil."))
    _add_lines(take_back, say)
    _add_text(take_back, say, "--because", message("hvorfor"), required=True)


def _add_list(commands: Commands) -> None:
    say = commands.say
    made = commands.add("list", message("List budsjettendringene."))
    _add_text(made, say, "--project", message("prosjektets navn eller nummer"))
    _add_text(made, say, "--year", message("budsjettåret"))
    add_choice(made, say, "--kind", message("slaget: {choices}"), named(BudgetKind))
    add_choice(made, say, "--status", message("{choices}"), named(BudgetStatus))
    commands.add_json(made)


def _add_why(commands: Commands) -> None:
    say = commands.say
    made = commands.add("why", message("Vis linjene bak et budsjettall."))
    _add_project(made, say)
    add_choice(made, say, "--figure", message("tallet: {choices} (ellers revised)"), named(Figure))
    commands.add_period(made)
    commands.add_json(made)


def _add_project(parser: Parser, say: Say) -> None:
    _add_text(parser, say, "--project", message("prosjektets navn eller nummer, eller underprosjektets"), required=True)


def _add_lines(parser: Parser, say: Say) -> None:
    parser.add_argument(
        "--line",
        action="append",
        default=[],
        metavar="LINJE",
        help=say(message("begynnelsen av linjens id, som budget list viser; kan gjentas")),
    )


def _add_paper(parser: Parser, say: Say) -> None:
    _add_decision(parser, say)
    parser.add_argument("--proposed", action="store_true", help=say(message("et forslag, ikke vedtatt ennå")))
    _add_text(parser, say, "--note", message("merknad"))


def _add_decision(parser: Parser, say: Say, *, required: bool = False) -> None:
    _add_text(parser, say, "--decision", message("vedtaket, for eksempel «KS-sak 109/23»"), required=required)
    _add_text(parser, say, "--date", message("vedtaksdatoen, dd.mm.åååå"), required=required)
    _add_text(parser, say, "--takes-effect", message("datoen endringen gjelder fra, ellers vedtaksdatoen"))


def _add_text(parser: Parser, say: Say, name: str, told: Message, *, required: bool = False) -> None:
    parser.add_argument(name, required=required, default=None if required else "", help=say(told))
