"""Packages out and in, as the window and the commands both do it: files made by the dozen, and a folder read.

Must not know a widget or a console.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from db.package import FORMS, Roots, package_names, write_package
from tracker.kinds import PackageKind
from tracker.messages import Message, Refusal, message
from tracker.model import Portfolio, SentPackage
from tracker.packages import Recipient, mail, sent_to
from tracker.periods import Period

PACKAGE_SUFFIX = ".tertial"


@dataclass(frozen=True, slots=True, kw_only=True)
class Making:
    """By whom and when packages are made, what they know, and for which period the mail asks."""

    by: str
    at: datetime
    new_id: Callable[[], str]
    roots: Roots
    period: Period


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A package that was written: what is noted of it, its file, and the mail that goes with it."""

    sent: SentPackage
    path: Path
    mail: Message


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
