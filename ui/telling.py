"""Known trouble told to the user instead of raised: a rule that says no, a disk or file in the way.

Must not know what was being done. A bug is raised as it came.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from db.trouble import Trouble, trouble_of
from tracker.messages import Refusal
from ui.desk import Desk

_MOST_DETAILS = 8


@contextmanager
def telling(desk: Desk, path: Path | None = None) -> Iterator[None]:
    """Tell of known trouble that the block meets; with a path, of what the disk says of it too."""
    try:
        yield
    except (Refusal, Trouble) as known:
        tell(known, desk)
    except OSError as error:
        trouble = None if path is None else trouble_of(error, path)
        if trouble is None:
            raise
        tell(trouble, desk)


def failing(desk: Desk) -> Callable[[BaseException], None]:
    """Return what meets the error of work that was done away from the window."""

    def meet(error: BaseException) -> None:
        if not isinstance(error, Refusal | Trouble):
            raise error
        tell(error, desk)

    return meet


def tell(known: Refusal | Trouble, desk: Desk) -> None:
    """Tell what is wrong, with the first of its details."""
    details = [desk.say(detail) for detail in known.details[:_MOST_DETAILS]] if isinstance(known, Refusal) else []
    desk.ask.tell("\n\n".join(filter(None, (desk.say(known.reason), "\n".join(details)))))
