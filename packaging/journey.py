"""A new user's first quarter of an hour with the installed package, and a package's recipient's: `journey.py PICTURES`.

Each has a new home folder and a window of its own, and presses real keys (traveller.py). A picture is taken of each
thing to look at; the reports that were written are put beside them. Not a part of the test suite.
Must not know anything of the program but what its user sees, nor reach into it.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from product import NAME, PROGRAM, SUFFIX
from traveller import Traveller, screen

PORTFOLIO = f"Eksempel{SUFFIX}"
WELCOME = f"Velkommen til {NAME}"
RECIPIENT = "Anne Eksempel"
WITHOUT_TEXT = "Haugtun"
WRONG = "Forprosjektet er ferdig, byggestart er flyttet til høsten, og årets budsjett er 92,7 mill. kr."
RIGHT = "82,7 mill. kr."
IN_ORDER = "Friluftsanlegg"
PREVIEWED = 15
"""Seconds until the pages are there: nothing on the screen moves while one waits for them."""

Leg = Callable[[Traveller], None]


def main(arguments: list[str]) -> int:
    """Go both all the way. Says how far, and what is left in the users' folders."""
    pictures = Path(arguments[0]).resolve()
    travel(pictures / "new user", (first_start, first_report, write_status, guide, settings, report, about, close))
    travel(pictures / "recipient", (receive, submit, close, come_home))
    return 0


def travel(pictures: Path, legs: Sequence[Leg]) -> None:
    """Go one journey, in a new home folder."""
    shutil.rmtree(pictures, ignore_errors=True)
    pictures.mkdir(parents=True)
    with tempfile.TemporaryDirectory(prefix="ny-bruker-") as home, screen(home) as environment:
        # As every desktop makes them at the first login.
        for folder in ("Documents", "Downloads"):
            (Path(home) / folder).mkdir()
        traveller = Traveller(pictures, environment)
        try:
            for leg in legs:
                leg(traveller)
                say(f"{leg.__name__.replace('_', ' ')}: {traveller.effort()}")
        finally:
            traveller.leave()
        left = sorted(path for path in Path(home).rglob("*") if path.is_file())
        for path in left:
            if path.suffix in {".pdf", ".xlsx"}:
                shutil.copy(path, pictures)
        say("\n".join(["", "left in the user's folder:", *(str(path.relative_to(home)) for path in left), ""]))


def first_start(user: Traveller) -> None:
    """Start it for the first time, say who one is, and begin with the example."""
    user.start(PROGRAM, sees=WELCOME)
    user.look("first start")
    user.type("Kari Nordmann")
    user.press("alt+c")
    user.look("first start, answered")
    user.press("Return")
    user.see_window(PORTFOLIO)
    user.look("the overview")


def first_report(user: Traveller) -> None:
    """Write the report as it is, by the name that is suggested."""
    user.press("ctrl+e")
    user.see_window("Skriv rapport")
    user.look("where to")
    user.press("Return")
    user.see_file(user.home / "Documents" / "Rapport 2024-T1.xlsx")
    user.look("the first report, written")


def write_status(user: Traveller) -> None:
    """Write the status of a project; the figure that is wrong is marked, and corrected."""
    user.find(WITHOUT_TEXT)
    user.look("a project")
    user.type(WRONG)
    user.look("a text that disagrees with the figures")
    user.press(*("BackSpace",) * len(RIGHT))
    user.type(RIGHT)
    user.look("the text, corrected")


def guide(user: Traveller) -> None:
    """Ask for help on the page, and search in it."""
    user.press("F1")
    user.see_window("Prosjektet – Veiledning")
    user.look("the guide, on the page")
    user.press("ctrl+f")
    user.type("sikkerhetskopi")
    user.look("searching in the guide")
    user.press("Return", "Escape", "Escape")
    user.see_window(PORTFOLIO)


def settings(user: Traveller) -> None:
    """Look at what is settled, and search among it."""
    user.press("ctrl+comma")
    user.look("the settings")
    user.type("frist")
    user.look("searching in the settings")


def report(user: Traveller) -> None:
    """Look at the report, and write it as PDF and as Excel."""
    user.press("ctrl+0")
    time.sleep(PREVIEWED)
    user.look("the report")
    for kind in ("pdf", "xlsx"):
        user.press("ctrl+e")
        user.see_window("Skriv rapport")
        user.press("ctrl+a")
        user.type(f"Rapport.{kind}")
        user.press("Return")
        user.see_file(user.home / "Documents" / f"Rapport.{kind}")
    user.look("the report, written")


def about(user: Traveller) -> None:
    """Look at what it is, leave it, and come back by the file, as a double click does."""
    user.find("om tertial")
    user.see_window("Om Tertial")
    user.look("about")
    user.press("Escape")
    close(user)
    user.start("xdg-open", user.home / "Documents" / PORTFOLIO, sees=PORTFOLIO)
    user.look("opened again")


def close(user: Traveller) -> None:
    """Leave."""
    user.press("ctrl+q")
    user.see_end()


def receive(user: Traveller) -> None:
    """Open a package that came by mail, never having started the program."""
    controllers = user.home / "controller"
    (controllers / "packages").mkdir(parents=True)
    command(user, "demo", PORTFOLIO)
    command(user, "package", "out", PORTFOLIO, "--to", "packages")
    package = shutil.copy(controllers / "packages" / f"{RECIPIENT}{SUFFIX}", user.home / "Downloads")
    user.start("xdg-open", package, sees=WELCOME)
    user.look("first start, with a package")
    user.press("Return")
    user.see_window(RECIPIENT)
    user.look("the recipient's projects")


def submit(user: Traveller) -> None:
    """Look at a project, write about another, and submit its status."""
    user.press("Return")
    user.look("a project")
    user.find(IN_ORDER)
    user.press("ctrl+End")
    user.type(" Alt går etter planen.")
    user.look("before it is submitted")
    user.press("ctrl+l")
    user.look("submitted")


def come_home(user: Traveller) -> None:
    """See that what was written comes back to the controller."""
    package = user.home / "Downloads" / f"{RECIPIENT}{SUFFIX}"
    say(command(user, "package", "in", PORTFOLIO, str(package), "--dry-run"))


def command(user: Traveller, *arguments: str) -> str:
    """Give a command, as the controller, and return what it says."""
    home = user.home / "controller"
    done = subprocess.run(  # noqa: S603
        [PROGRAM, *arguments],
        cwd=home,
        env={**user.environment, "HOME": str(home)},
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    return done.stdout


def say(line: str) -> None:
    """Write a line."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
