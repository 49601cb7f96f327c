"""Packages and forms out and in, as the window and the commands both do it: files by the dozen, and a folder read.

Must not know a widget or a console.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from db.form import send
from db.lineage import pack
from db.package import FORMS, Roots, package_names, write_package
from tracker.kinds import PackageKind
from tracker.messages import Message, Refusal, message
from tracker.model import Portfolio, SentPackage
from tracker.packages import Recipient, mail, sent_form, sent_to
from tracker.periods import Period
from tracker.report.content import Say

PACKAGE_SUFFIX = ".tertial"


@dataclass(frozen=True, slots=True, kw_only=True)
class Making:
    """By whom and when packages or forms are made, what they know, and for which period they ask."""

    by: str
    at: datetime
    new_id: Callable[[], str]
    roots: Roots
    period: Period


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A package or a form that was written: what is noted of it, its file, and the mail that goes with it."""

    sent: SentPackage
    path: Path
    mail: Message


@dataclass(frozen=True, slots=True, kw_only=True)
class FormsMade:
    """Forms that were written: those that somebody answers for, and the files of those that nobody does."""

    made: Sequence[Made]
    nobodys: Sequence[Path]


def write_packages(portfolio: Portfolio, to: Collection[Recipient], folder: Path, making: Making) -> list[Made]:
    """Write a package for each recipient into a folder; the edit that notes them is the caller's.

    One of an earlier day with the same name gives way. Raises Trouble when one can't be written.
    """
    names = package_names([one.name for one in to])
    made = []
    for recipient in to:
        sent = sent_to(recipient, kind=PackageKind.PACKAGE, by=making.by, at=making.at, new_id=making.new_id)
        path = folder / names[recipient.name]
        write_package(path, portfolio, sent, making.roots)
        made.append(Made(sent=sent, path=path, mail=mail(portfolio, sent, making.period, path.name)))
    return made


def write_forms(  # noqa: PLR0913  what stands in the forms, for whom, where to and how they are told
    portfolio: Portfolio,
    to: Collection[str],
    folder: Path,
    making: Making,
    *,
    say: Say,
    is_list: bool = False,
    return_to: str = "",
) -> FormsMade:
    """Write the form of each who is named, or of all, into a folder; the edit that notes them is the caller's.

    Raises Refusal when the period is locked, a name is nobody's or a file is in the way, Trouble when one can't be
    written.
    """
    sending = send.Sending(
        portfolio=making.roots.portfolio,
        period=making.period,
        made_by=making.by,
        made_at=making.at.replace(microsecond=0),
        program=_program(),
        return_to=return_to or making.by,
        new_id=making.new_id,
        known=pack(making.roots.known),
        is_list=is_list,
    )
    written = send.write_forms(portfolio, sending, folder, responsible=to, say=say)
    noted = [(one.path, sent_form(one.form)) for one in written]
    return FormsMade(
        made=[
            Made(sent=sent, path=path, mail=mail(portfolio, sent, making.period, path.name))
            for path, sent in noted
            if sent is not None
        ],
        nobodys=[path for path, sent in noted if sent is None],
    )


def _program() -> str:
    try:
        return version("tertial")
    except PackageNotFoundError:
        return ""


def in_the_way(to: Collection[Recipient], folder: Path, portfolio: Path) -> list[Path]:
    """Return the files of a folder that packages would take the place of: what stands in them may not be brought home.

    Raises Refusal when the portfolio itself is one of them.
    """
    named = (folder / name for name in package_names([one.name for one in to]).values())
    there = [one for one in named if one.exists()]
    if any(one.samefile(portfolio) for one in there):
        raise Refusal(message("Porteføljen ligger i mappen og heter det samme som en pakke: velg en annen mappe."))
    return there


def files_in(paths: Collection[Path]) -> Sequence[Path]:
    """Return the packages and forms among some files and in some folders, by name.

    Raises Refusal when there are none.
    """
    found = [one for path in paths for one in (sorted(path.iterdir()) if path.is_dir() else [path])]
    wanted = [one for one in found if one.suffix.casefold() in {PACKAGE_SUFFIX, *FORMS} and one.name[0] not in ".~"]
    if not wanted:
        raise Refusal(
            message(
                "Fant ingen pakker eller skjemaer i {place}: velg filene du har fått tilbake.",
                place=", ".join(path.name for path in paths),
            )
        )
    return wanted
