"""Settings to a file and in again: the municipality's, and the person's own. What would change is shown first.

Must not know how a file is written, nor what a setting means.
"""

from __future__ import annotations

from pathlib import Path

from db.json_file import text_of, write_json
from db.own_settings import FORMAT, MOST_BYTES, VERSION, read_own
from db.settings_file import read_settings, write_settings
from tracker.messages import Message, message
from tracker.settings.carrying import plan_settings
from ui.asking import TableQuestion
from ui.desk import Desk
from ui.editing import Editing
from ui.own_choices import OWN_CHOICES
from ui.setting_lines import take_effect
from ui.telling import telling

_KINDS = message("Innstillinger (*.json)")
_ENDING = ".json"
_CARRIED = (
    "who",
    "role",
    "language",
    "theme",
    "scale",
    "backup_folder",
    "backup_months",
    "words",
    "dictionary_folder",
    "views",
)
"""What of a person's settings goes along to another machine: not which files were open, nor where the window was."""


class SettingFiles:
    """What the buttons of the page do with files. Each answers with what is to be told, empty for nothing."""

    def __init__(self, desk: Desk, editing: Editing) -> None:
        self._desk, self._editing, self._say = desk, editing, desk.say

    def export(self) -> str:
        """Write the municipality's settings."""
        path = self._target(message("Kommunens innstillinger"))
        if path is not None:
            with telling(self._desk):
                write_settings(self._desk.session.portfolio, path)
                return self._say(message("Skrev {file}", file=path.name))
        return ""

    def take_in(self) -> str:
        """Take the municipality's settings in, as one step that can be undone."""
        path = self._source()
        if path is None:
            return ""
        with telling(self._desk, path):
            plan = plan_settings(self._desk.session.portfolio, read_settings(path))
            rows = [[self._say(said) for said in (one.choice.title, one.before, one.after)] for one in plan.changes]
            if not self._agreed(path, rows):
                return ""
            refusal = self._editing.perform(lambda: plan.edit)
            if refusal:
                self._desk.ask.tell(refusal)
                return ""
        return self._say(_TAKEN_IN)

    def export_own(self) -> str:
        """Write the person's own settings."""
        path = self._target(message("Mine innstillinger"))
        if path is not None:
            with telling(self._desk):
                own = self._desk.settings.kept.own
                carried = {name: own[name] for name in _CARRIED if name in own}
                write_json({"format": FORMAT, "version": VERSION, **carried}, path)
                return self._say(message("Skrev {file}", file=path.name))
        return ""

    def take_in_own(self) -> str:
        """Take the person's own settings in."""
        path = self._source()
        if path is None:
            return ""
        with telling(self._desk, path):
            plain = read_own(text_of(path, most=MOST_BYTES))
            given = {name: plain[name] for name in _CARRIED if name in plain}
            if not self._agreed(path, self._own_rows(given)):
                return ""
            self._desk.settings.kept.keep(**given)
            take_effect(self._desk)
            return self._say(_TAKEN_IN)
        return ""

    def _own_rows(self, given: dict[str, object]) -> list[list[str]]:
        """Return what would change, read as it will be: a value of a wrong kind is the usual one."""
        kept = self._desk.settings
        other = kept.as_if(given)
        pairs = [(choice, choice.value(kept), choice.value(other)) for choice in OWN_CHOICES]
        return [
            [self._say(said) for said in (choice.title, choice.say_value(before), choice.say_value(after))]
            for choice, before, after in pairs
            if before != after
        ]

    def _agreed(self, path: Path, rows: list[list[str]]) -> bool:
        say = self._say
        if not rows:
            self._desk.ask.inform(say(message("Alt i {file} er som det du har.", file=path.name)))
            return False
        return self._desk.ask.confirm_table(
            TableQuestion(
                title=say(message("Importer innstillinger")),
                lead=say(message("Dette endres når du importerer {file}:", file=path.name)),
                headings=[say(message("Innstilling")), say(message("Nå")), say(message("Etter"))],
                rows=rows,
                yes=say(message("Importer")),
            )
        )

    def _target(self, name: Message) -> Path | None:
        say = self._say
        path = self._desk.ask.file_to_save(
            say(message("Eksporter innstillinger")), say(_KINDS), f"{say(name)}{_ENDING}"
        )
        return path if path is None or path.suffix else path.with_suffix(_ENDING)

    def _source(self) -> Path | None:
        return self._desk.ask.file_to_open(self._say(message("Importer innstillinger")), self._say(_KINDS))


_TAKEN_IN = message("Innstillingene er importert")
