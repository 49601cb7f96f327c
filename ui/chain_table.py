"""Why a figure is what it is, as a table to read: every line with the balance after it.

Must not derive a figure.
"""

from __future__ import annotations

from tracker.budgeting import KIND_TITLES, write_case, write_day
from tracker.chain import FIGURE_TITLES, Chain, Figure, Link
from tracker.kinds import BudgetStatus
from tracker.messages import message
from tracker.money import in_thousands, write_number
from ui.asking import TableQuestion
from ui.words import Say


def chain_question(chain: Chain, project: str, say: Say) -> TableQuestion:
    """Return the table of a chain, its figure last."""
    title = say(FIGURE_TITLES[chain.figure])
    return TableQuestion(
        title=say(message("Hvorfor dette tallet: {figure}", figure=title)),
        lead=_lead(chain, project, say),
        headings=[
            say(message("Gjelder fra")),
            say(message("Hva")),
            say(message("Beløp")),
            say(message("Sum")),
            say(message("Vedtak")),
            say(message("Kilde")),
            say(message("Merknad")),
        ],
        rows=[*(_row(link, say) for link in chain.links), ["", title, "", _amount(chain.value), "", "", ""]],
        strong=[len(chain.links)],
        numbers=(2, 3),
        yes=say(message("Lukk")),
        name=title,
    )


def _lead(chain: Chain, project: str, say: Say) -> str:
    told = [message("{project}. Beløp i 1000 kr.", project=project)]
    if chain.value is None:
        is_total = chain.figure is Figure.TOTAL
        told.append(
            message("En løpende ramme har ingen total.")
            if is_total
            else message("Opprinnelig budsjett er ikke kjent: bare det reviderte er lest inn.")
        )
    if not chain.is_as_reported:
        told.append(
            message(
                "Perioden er låst og ble rapportert med {reported:tkr}; det som er ført siden, er med nedenfor.",
                reported=chain.reported,
            )
        )
    return " ".join(map(say, told))


def _row(link: Link, say: Say) -> list[str]:
    line = link.line
    words = [say(one) for one in (link.why_not, link.beside) if one is not None]
    return [
        "-" if line.status is BudgetStatus.PROPOSED else write_day(line.takes_effect),
        say(KIND_TITLES[line.kind]),
        _amount(link.amount),
        _amount(link.balance) if link.counts else "-",
        "-" if line.decision is None else write_case(line.decision),
        line.source or "-",
        " · ".join([*words, *([line.note] if line.note else [])]),
    ]


def _amount(kroner: int | None) -> str:
    return "-" if kroner is None else write_number(in_thousands(kroner))
