"""`tertial template …`: what the municipality settles about its report.

Must not know a rule of it.
"""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path

from tracker.edits import Edit
from tracker.messages import message
from tracker.model import Portfolio
from tracker.report.settling import (
    name_municipality,
    settle_accent,
    settle_language,
    settle_length,
    settle_logo,
    settle_parts,
    settle_text,
    settle_typeface,
)
from tracker.report.template import template_of
from ui.commands.changing import changing
from ui.commands.console import FINE, Console
from ui.commands.opening import load_portfolio
from ui.words import SOURCE_LANGUAGE, words_in


def run(given: Namespace, console: Console) -> int:
    """Show the template, or change it in one step."""
    if given.action == "show":
        _show(load_portfolio(given.file), given, console)
        return FINE
    with changing(given.file) as opened:
        settle = _settled if given.action == "set" else _with_logo
        edits = [edit for edit in settle(opened.portfolio, given) if edit.changes]
        if edits:
            label = edits[0].label if len(edits) == 1 else message("Malen for rapporten")
            opened.perform(Edit(label, tuple(change for edit in edits for change in edit.changes)))
    console.progress(message("Malen er lagret.") if edits else message("Malen er som før."))
    return FINE


def _settled(portfolio: Portfolio, given: Namespace) -> Iterator[Edit]:
    if given.name is not None:
        yield name_municipality(portfolio, given.name)
    if given.accent is not None:
        yield settle_accent(portfolio, given.accent)
    if given.typeface is not None:
        yield settle_typeface(portfolio, given.typeface)
    if given.language is not None:
        words_in(given.language or SOURCE_LANGUAGE)
        yield settle_language(portfolio, given.language)
    if given.parts is not None:
        yield settle_parts(portfolio, given.parts.split(","))
    # The last word on a part is what holds.
    for part, text in dict(given.text).items():
        yield settle_text(portfolio, part, text)
    if given.full or given.short:
        yield settle_length(portfolio, in_full=given.full)


def _with_logo(portfolio: Portfolio, given: Namespace) -> Iterator[Edit]:
    if given.picture is None:
        yield settle_logo(portfolio, None)
    else:
        yield settle_logo(portfolio, _content(given.picture))


def _content(path: Path) -> bytes:
    """Read a logo that can be drawn.

    Raises Trouble when its file can't be read, Refusal when it is no picture.
    """
    from db.logo import read_picture

    return read_picture(path)


def _show(portfolio: Portfolio, given: Namespace, console: Console) -> None:
    template = template_of(portfolio)
    look = template.look
    told = {
        "name": portfolio.municipality,
        "accent": f"#{look.accent}",
        "typeface": look.typeface.value,
        "logo": None if look.logo is None else look.logo.kind.value,
        "language": template.language,
        "in_full": template.in_full,
        "parts": list(template.order),
        "texts": dict(template.texts),
    }
    if given.json:
        console.json(told)
        return
    for name, value in told.items():
        if isinstance(value, dict):
            for part, text in value.items():
                console.data(f"text.{part}: {text}")
        else:
            console.data(f"{name}: {','.join(value) if isinstance(value, list) else '' if value is None else value}")
