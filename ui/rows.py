"""Figures and flags of a period as the rows of a table.

Must not know any widget, nor derive a figure.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any

from tracker.fields import PHASES
from tracker.figures import PeriodFigures, ProjectFigures, Sums, sum_of
from tracker.flags import Flag
from tracker.lights import Aspect, Lights
from tracker.messages import message
from tracker.quarters import State, completion_order, write_completion
from tracker.search import folded
from tracker.typed import CAUSES
from ui.cells import Cell, Column
from ui.row_cells import (
    amount_cell,
    amount_cells,
    completion_cell,
    flag_cell,
    flag_value,
    light_cell,
    long_cell,
    text_cell,
)
from ui.words import Say

_BLANK = Cell(text="", plain="")
USUAL_COLUMNS = (
    "flag",
    "name",
    "service_area",
    "total_budget",
    "total_spent",
    "completion",
    "revised_budget",
    "actual",
    "deviation",
    "text",
)
AMOUNTS = frozenset(
    {
        "total_budget",
        "total_spent",
        "final_cost_forecast",
        "revised_budget",
        "actual",
        "deviation",
        "year_end_forecast",
        *CAUSES,
    }
)
_LIGHTS = tuple(aspect.value for aspect in Aspect)
MARKED = frozenset({"flag", *_LIGHTS})
"""The columns whose cells are marks."""
GROUPS = ("service_area", "department", "phase", "responsible")


def project_columns(say: Say) -> list[Column]:
    """Return the columns of the project table; those that aren't among the usual ones wait to be chosen."""

    def amount(key: str, title: str, tip: str, field: str = "") -> Column:
        return Column(key=key, title=title, tip=tip, is_number=True, field=field)

    def words(key: str, title: str, tip: str = "") -> Column:
        return Column(key=key, title=title, tip=tip, collated=True, field=key)

    return [
        Column(
            key="flag",
            title=say(message("Flagg")),
            tip=say(message("Det alvorligste flagget, og hvor mange flere det er")),
        ),
        Column(key="name", title=say(message("Prosjekt")), collated=True),
        words("code", say(message("Nummer")), say(message("Prosjektnummer i økonomisystemet"))),
        words("service_area", say(message("Tjenesteområde"))),
        words("department", say(message("Avdeling"))),
        words("responsible", say(message("Ansvarlig")), say(message("Prosjektleder"))),
        words("phase", say(message("Fase"))),
        amount(
            "total_budget", say(message("Vedtatt totalt")), say(message("Totalbudsjett vedtatt for hele prosjektet"))
        ),
        amount(
            "total_spent",
            say(message("Påløpt totalt")),
            say(message("Brukt siden prosjektet begynte, dette året medregnet")),
        ),
        amount(
            "final_cost_forecast",
            say(message("Sluttprognose")),
            say(message("Hva prosjektet ventes å koste til slutt")),
            "final_cost_forecast",
        ),
        Column(
            key="completion",
            title=say(message("Est. ferdig")),
            tip=say(message("Estimert ferdig")),
            order=completion_order,
            field="completion",
        ),
        amount(
            "revised_budget",
            say(message("Rev. budsjett")),
            say(message("Årets budsjett med alle vedtatte justeringer")),
        ),
        amount("actual", say(message("Regnskap")), say(message("Brukt i år"))),
        amount(
            "deviation", say(message("Avvik")), say(message("Revidert budsjett minus regnskap: minus er merforbruk"))
        ),
        amount(
            "year_end_forecast",
            say(message("Prognose")),
            say(message("Hva som ventes brukt i år")),
            "year_end_forecast",
        ),
        Column(
            key="explanation",
            title=say(message("Avviksforklaring")),
            tip=say(message("Hvorfor årets avvik ble som det ble")),
            collated=True,
        ),
        Column(
            key="text", title=say(message("Status")), tip=say(message("Prosjektlederens statustekst")), collated=True
        ),
        *(
            Column(
                key=aspect.value,
                title=say(message("Lys: {aspect}", aspect=aspect.title)),
                tip=say(message("Beregnet ut fra tall, flagg og risikoer, eller satt med en begrunnelse")),
            )
            for aspect in Aspect
        ),
        *(
            amount(
                cause,
                say(message("Avvik: {cause}", cause=title)),
                say(message("Hvor mye av avviket som skyldes dette")),
            )
            for cause, title in CAUSES.items()
        ),
    ]


class ProjectRows:
    """The projects of a period as rows; nothing is made before it is shown, sorted by or searched in."""

    def __init__(
        self, figures: PeriodFigures, flags: Sequence[Flag], *, say: Say, lights: Lights | None = None
    ) -> None:
        self._lights = lights
        self._projects = figures.projects
        self._say = say
        self._unknown = say(message("ikke oppgitt"))
        self._flags: dict[str, list[Flag]] = defaultdict(list)
        for flag in flags:
            self._flags[flag.project.id].append(flag)
        self._columns: dict[str, list[Any]] = {}
        self._searched: list[str] | None = None
        self._read = _readers(say, self._flags) | {
            aspect.value: self._light_reader(place) for place, aspect in enumerate(Aspect)
        }

    def __len__(self) -> int:
        return len(self._projects)

    def key(self, place: int) -> str:
        """Return the project's id."""
        return self._projects[place].project.id

    def values(self, column: str) -> list[Any]:
        """Return a column's values: kroner, a completion, or a text in lower case."""
        found = self._columns.get(column)
        if found is None:
            read = self._read[column]
            found = self._columns[column] = [read(entry) for entry in self._projects]
        return found

    def filtered(self, column: str) -> list[Any]:
        """Return kroner for columns of amounts, what is shown in lower case for the others."""
        if column == "completion":
            return [folded(write_completion(entry.completion)) for entry in self._projects]
        if column == "flag":
            return [
                folded(flag_cell(self._flags.get(self.key(place), []), self._say).text) for place in range(len(self))
            ]
        if column in _LIGHTS:
            place = _LIGHTS.index(column)
            return [folded(self._light_cells(entry)[place].text) for entry in self._projects]
        values = self.values(column)
        return values if column in AMOUNTS else [value or "" for value in values]

    def sums(self, keys: Iterable[str]) -> Sums:
        """Return what some projects come to."""
        wanted = set(keys)
        return sum_of(entry for entry in self._projects if entry.project.id in wanted)

    def searched(self) -> list[str]:
        """Return names, codes and texts."""
        if self._searched is None:
            self._searched = [
                folded(
                    "\n".join(
                        filter(None, (entry.project.name, entry.project.code, entry.project.responsible, entry.text))
                    )
                )
                for entry in self._projects
            ]
        return self._searched

    def cells(self, place: int) -> tuple[Cell, ...]:
        """Make a project's cells, in the columns' order."""
        entry, unknown = self._projects[place], self._unknown
        project, status = entry.project, entry.status
        phase = "" if status is None or status.phase is None else self._say(PHASES[status.phase])
        return (
            flag_cell(self._flags.get(project.id, []), self._say),
            text_cell(project.name, unknown),
            *(text_cell(text or "", unknown) for text in (project.code, project.service_area, project.department)),
            text_cell(project.responsible or "", unknown),
            text_cell(phase, unknown),
            *amount_cells((entry.total_budget, entry.total_spent), unknown),
            amount_cell(None if status is None else status.final_cost_forecast, unknown),
            completion_cell(entry.completion, unknown),
            *amount_cells((entry.revised_budget, entry.actual, entry.reported_deviation), unknown),
            amount_cell(None if status is None else status.year_end_forecast, unknown),
            long_cell("" if status is None else status.explanation, unknown),
            long_cell(entry.text, unknown),
            *self._light_cells(entry),
            *amount_cells([_part_of(entry, cause) for cause in CAUSES], unknown),
        )

    def _light_cells(self, entry: ProjectFigures) -> list[Cell]:
        lights = {} if self._lights is None else self._lights.of(entry)
        return [light_cell(lights.get(aspect), self._say) for aspect in Aspect]

    def _light_reader(self, place: int) -> Callable[[ProjectFigures], Any]:
        return lambda entry: self._light_cells(entry)[place].value

    def subtotal(self, title: str, places: Sequence[int]) -> tuple[Cell, ...]:
        """Make the line of a group: its name, how many it has, and its sums."""
        sums = sum_of(self._projects[place] for place in places)
        name = title or self._say(message("Ikke oppgitt"))
        # The value of a group is folded; its name is shown as the first of its members writes it.
        shown = next((text for place in places if (text := self._named(place, title))), name)
        return sums_cells(self._say(message("{name} ({count})", name=shown, count=len(places))), sums)

    def _named(self, place: int, title: str) -> str:
        return next((cell.text for cell in self.cells(place)[3:7] if folded(cell.text) == title), "")


def sums_cells(name: str, sums: Sums) -> tuple[Cell, ...]:
    """Make the cells of a line of sums, in the columns' order."""
    return (
        _BLANK,
        Cell(text=name, value=name),
        *(_BLANK,) * 5,
        *amount_cells((sums.total_budget, sums.total_spent), ""),
        _BLANK,
        _BLANK,
        *amount_cells((sums.revised_budget, sums.actual, sums.reported_deviation), ""),
        *(_BLANK,) * (3 + len(Aspect) + len(CAUSES)),
    )


class SumRows:
    """The lines beneath the projects: listed, other projects, and all."""

    def __init__(self, figures: PeriodFigures, *, say: Say, shown: Sums | None = None) -> None:
        named: list[tuple[str, Sums]] = [(say(message("Sum listede prosjekter")), figures.listed)]
        if shown is not None and shown.count < figures.listed.count:
            named.insert(0, (say(message("Sum viste prosjekter ({count})", count=shown.count)), shown))
        if figures.other is not None:
            named.append((say(message("Øvrige prosjekter")), figures.others))
        named.append((say(message("Sum")), figures.all))
        self._lines = [sums_cells(name, sums) for name, sums in named]

    def __len__(self) -> int:
        return len(self._lines)

    def key(self, place: int) -> str:
        """Return the line's name."""
        return self._lines[place][1].text

    def cells(self, place: int) -> tuple[Cell, ...]:
        """Return the line."""
        return self._lines[place]

    def values(self, column: str) -> list[Any]:
        """Return nothing to sort by: the lines keep their order."""
        return [None] * len(self._lines) if column else []

    def filtered(self, column: str) -> list[Any]:
        """Return nothing to filter by."""
        return self.values(column)

    def searched(self) -> list[str]:
        """Return nothing to search in."""
        return [""] * len(self._lines)

    def subtotal(self, title: str, places: Sequence[int]) -> tuple[Cell, ...]:
        """Never asked: sums aren't grouped."""
        raise IndexError(title, places)


def _readers(say: Say, flags: Mapping[str, Sequence[Flag]]) -> dict[str, Callable[[ProjectFigures], Any]]:
    phases = {phase: folded(say(title)) for phase, title in PHASES.items()}
    # The words are written as the cell shows them, so that a filter above the column finds what one sees.
    return {
        "flag": lambda entry: flag_value(flags.get(entry.project.id, ())),
        "name": lambda entry: folded(entry.project.name),
        "code": lambda entry: folded(entry.project.code or "") or None,
        "service_area": lambda entry: folded(entry.project.service_area or "") or None,
        "department": lambda entry: folded(entry.project.department or "") or None,
        "responsible": lambda entry: folded(entry.project.responsible or "") or None,
        "phase": lambda entry: phases[entry.status.phase] if entry.status and entry.status.phase else None,
        "total_budget": lambda entry: entry.total_budget,
        "total_spent": lambda entry: entry.total_spent,
        "final_cost_forecast": lambda entry: entry.status and entry.status.final_cost_forecast,
        "completion": lambda entry: None if entry.completion is State.NOT_SET else entry.completion,
        "revised_budget": lambda entry: entry.revised_budget,
        "actual": lambda entry: entry.actual,
        "deviation": lambda entry: entry.reported_deviation,
        "year_end_forecast": lambda entry: entry.status and entry.status.year_end_forecast,
        "explanation": lambda entry: folded(entry.status.explanation) or None if entry.status else None,
        "text": lambda entry: folded(entry.text.strip()) or None,
        **{cause: partial(_part_of, cause=cause) for cause in CAUSES},
    }


def _part_of(entry: ProjectFigures, cause: str) -> int | None:
    split = None if entry.status is None else entry.status.split
    return None if split is None else int(getattr(split, cause))
