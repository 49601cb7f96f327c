"""What `start.py` does once a Python is found: open the example, run the checks, or pass everything on.

Must not know what the program does with a portfolio, nor import anything that a bare Python lacks.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path

from start_environment import ROOT, RUN, TEST, environment, in_words, packages_in, program, python_in
from start_example import example, report_of
from start_system import Trouble, complete, has_screen, is_complete, say

CHECKS = {
    "ruff check": ("-m", "ruff", "check", "--output-format", "concise", "."),
    "ruff format": ("-m", "ruff", "format", "--check", "--output-format", "concise", "."),
    "mypy --strict": ("-m", "mypy", "--strict", "tracker", "db"),
    "lint-imports": (
        "-c",
        "import sys; from importlinter.cli import lint_imports_command as c; sys.exit(c())",
    ),
}

SPREAD = ("-n", "auto", "--dist", "worksteal")  # over all cores, which take from each other in the end
SHOWN = 40  # lines of a check that fails
NOT_DONE = 2  # as the program says it, where 1 means findings


def run(arguments: Sequence[str]) -> int:
    """Start what is asked for; foreseeable trouble ends in a sentence."""
    try:
        return start(arguments)
    except Trouble as trouble:
        say(str(trouble))
    except OSError as error:
        say(in_words(error))
    except KeyboardInterrupt:
        say("Avbrutt: kjør samme kommando en gang til for å fortsette.")
    return NOT_DONE


def start(arguments: Sequence[str]) -> int:
    """Have an environment and hand over to it."""
    testing = bool(arguments) and arguments[0] == "test"
    folder = environment(RUN, TEST) if testing else environment(RUN)
    wants_qt = testing or not arguments or Path(arguments[0]).is_file()
    if wants_qt and not is_complete(folder):
        complete(folder, python_in(folder), packages_in(folder))
    if testing:
        return test(python_in(folder), arguments[1:])
    return become(program(folder, *arguments)) if arguments else open_example(folder)


def open_example(folder: Path) -> int:
    """Open the window on the example, or write its report where there is no screen."""
    file = example(folder)
    if has_screen(folder, python_in(folder)):
        return become(program(folder, file))
    say("Her er ingen skjerm å åpne vinduet på, så eksempelets rapport skrives til Excel.")
    command, report = report_of(folder, file)
    failed = wait_for(command)
    if not failed:
        say(f"Rapporten ligger her: {report}")
    return failed


def test(python: Path, extra: Sequence[str]) -> int:
    """Run the checks of the code, then the tests, whose closing line is the last that is printed."""
    running = {name: begin(python, *check) for name, check in CHECKS.items()}
    for name, process in running.items():
        output = process.communicate()[0].decode("utf-8", "replace")
        say(f"{name:<14} {'FEIL' if process.returncode else 'i orden'}")
        if process.returncode:
            say("\n".join(output.splitlines()[-SHOWN:]))
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.chdir(ROOT)
    pytest: list[object] = [python, "-m", "pytest", *(extra if names_tests(extra) else [*SPREAD, "tests", *extra])]
    if any(process.returncode for process in running.values()):
        return wait_for(pytest) or 1
    return become(pytest)


def begin(*command: object) -> subprocess.Popen[bytes]:
    """Begin a check of the checkout, keeping what it prints."""
    return subprocess.Popen(  # noqa: S603  our own checks only
        [str(part) for part in command], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )


def names_tests(extra: Sequence[str]) -> bool:
    """Tell whether the arguments for pytest say themselves which tests to run."""
    return any((ROOT / argument.partition("::")[0]).exists() for argument in extra)


def become(command: Sequence[object]) -> int:
    """Let a command take over this process; Windows can't, so there it is waited for."""
    if os.name == "nt":
        return wait_for(command)
    return os.execv(str(command[0]), [str(part) for part in command])  # noqa: S606  no shell is what we want


def wait_for(command: Sequence[object]) -> int:
    """Run a command to its end; Ctrl-C is the command's to answer."""
    with subprocess.Popen([str(part) for part in command]) as process:  # noqa: S603  our own commands only
        while True:
            try:
                return process.wait()
            except KeyboardInterrupt:
                continue
