"""What a piece of work in the window needs at hand: the session, who to ask, words, settings and a worker.

Must not know any piece of work.
"""

from __future__ import annotations

from dataclasses import dataclass

from ui.ask import Ask
from ui.jobs import Jobs
from ui.session import Session
from ui.settings import Settings
from ui.words import Say


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """Handed to each piece of work by the composition root."""

    session: Session
    ask: Ask
    say: Say
    settings: Settings
    jobs: Jobs
