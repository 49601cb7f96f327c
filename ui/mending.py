"""What a person is offered when a file is damaged, or was changed by something that isn't Tertial; and the look for it.

Must not know how a way back is found, nor how it is gone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from db.trouble import Damage
from tracker.messages import Message, message
from ui.backing_up import BackingUp
from ui.backup_words import when
from ui.desk import Desk
from ui.filing import Filing
from ui.telling import failing, telling
from ui.unlocking import known_key
from ui.ways_form import WayOn, WaysQuestion

if TYPE_CHECKING:
    from db.ways_back import WaysBack

_Offer = tuple[WayOn, Callable[[], object]]
_MOST_LOSSES = 3


class Mending(QObject):
    """Looks for the ways back away from the window, and goes the one that is chosen."""

    def __init__(self, desk: Desk, filing: Filing, backing_up: BackingUp) -> None:
        super().__init__()
        self._desk, self._filing, self._backing_up = desk, filing, backing_up

    def offer(self, path: Path, damage: Damage) -> None:
        """Say what is wrong with a file, and what can be done about it. An open file is only read from now on."""
        session = self._desk.session
        if session.path == path:
            session.distrust(damage)

        from db.ways_back import says_its_key, ways_back

        folder, is_known = self._backing_up.folder_of(path), False
        with telling(self._desk):
            key = known_key(self._desk, says_its_key(path, folder=folder))
            is_known = True
        if not is_known:
            return

        def look() -> WaysBack:
            return ways_back(path, damage.reason, folder=folder, key=key)

        self._desk.jobs.start(look, done=partial(self._ask, path), failed=failing(self._desk))

    def look_through(self) -> None:
        """Look through the open file from end to end, as is done every day, and say how it is."""
        path, key, say = self._desk.session.path, self._desk.session.key, self._desk.say
        if path is None:
            return

        def look() -> None:
            from db.wholeness import require_whole

            require_whole(path, key=key)

        def meet(error: BaseException) -> None:
            if isinstance(error, Damage):
                self.offer(path, error)
            else:
                failing(self._desk)(error)

        told = message("{file} er hel: innholdet stemmer med journalen.", file=path.name)
        self._desk.jobs.start(look, done=lambda _: self._desk.ask.inform(say(told)), failed=meet)

    def _ask(self, path: Path, ways: WaysBack) -> None:
        offers = list(self._offers(path, ways))
        if not offers:
            # On the page where nothing is open it stands already.
            if self._desk.session.path is not None:
                self._desk.ask.tell(self._desk.say(ways.problem))
            return
        chosen = self._desk.ask.way(
            WaysQuestion(
                title=self._desk.say(message("{file} er skadet eller endret", file=path.name)),
                trouble=self._desk.say(ways.problem),
                ways=[way for way, _ in offers],
            )
        )
        if chosen is not None:
            offers[chosen][1]()

    def _offers(self, path: Path, ways: WaysBack) -> Iterator[_Offer]:
        """Offer the ways, first the one that loses least."""
        saving, restoring = list(self._saving(path, ways)), list(self._restoring(path, ways))
        yield from (*saving, *restoring) if ways.is_saving_best else (*restoring, *saving)
        if ways.backup_count > (ways.backup is not None):
            yield (
                self._way(
                    message("Velg blant sikkerhetskopiene"),
                    message("{count} {count:kopi|kopier} finnes, den nyeste først.", count=ways.backup_count),
                    message("Velg kopi …"),
                ),
                partial(self._backing_up.restore, path),
            )
        if self._desk.session.path == path:
            yield (
                self._way(
                    message("Se på filen slik den er"),
                    message("Den kan leses, men ikke endres: tall og tekster kan være feil."),
                    message("Se på filen"),
                ),
                lambda: None,
            )

    def _saving(self, path: Path, ways: WaysBack) -> Iterator[_Offer]:
        if ways.saved is None:
            return
        from db.recovering import losses_of

        losses = losses_of(ways.saved)
        told = [self._desk.say(one) for one in losses[:_MOST_LOSSES]] or [
            self._desk.say(message("Alt er med: prosjekter, tall, tekster og historikk."))
        ]
        aside = self._desk.say(message("Den skadde filen blir tatt vare på."))
        yield (
            WayOn(
                title=self._desk.say(message("Gjenopprett fra journalen")),
                explanation=" ".join([*told, aside]),
                button=self._desk.say(message("Gjenopprett")),
            ),
            partial(self._backing_up.put_saved, ways.saved, path, ways.key),
        )

    def _restoring(self, path: Path, ways: WaysBack) -> Iterator[_Offer]:
        if ways.backup is None:
            return
        yield (
            self._way(
                message("Gå tilbake til kopien fra {time}", time=when(ways.backup)),
                _since(ways.changes_since),
                message("Hent kopien"),
            ),
            partial(self._backing_up.put_back, ways.backup, path),
        )

    def _way(self, title: Message, explanation: Message, button: Message) -> WayOn:
        say = self._desk.say
        return WayOn(title=say(title), explanation=say(explanation), button=say(button))


def _since(changes: int | None) -> Message:
    if changes is None:
        return message(
            "Den nyeste som er hel. Det som er endret etter den, går tapt. Den skadde filen blir tatt vare på."
        )
    if changes == 0:
        return message("Den nyeste som er hel. Ingenting er endret siden. Den skadde filen blir tatt vare på.")
    return message(
        "Den nyeste som er hel. {count} {count:endring|endringer} etter den går tapt. "
        "Den skadde filen blir tatt vare på.",
        count=changes,
    )
