"""Opens a foreign workbook, in a process that it may bring down: says one sheet's rows, or every sheet's cells.

Must not import anything of ours: `db.foreign` runs it by its path.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element, iterparse

_STRETCH = 2_000
_MOST_CELLS = 400_000

Cells = dict[tuple[int, int], Any]
Ranges = list[tuple[int, int, int, int]]
Doubts = dict[str, tuple[set[tuple[int, int]], Ranges]]
"""By sheet: the cells whose value the file doesn't hold, and the ranges that were merged."""


def said(path: str, wanted: str, *every: str) -> Iterator[object]:
    """Yield what a sheet holds (an empty name is the first), or with `cells` every sheet: or a word for why not."""
    from python_calamine import CalamineWorkbook, PasswordError

    try:
        workbook = CalamineWorkbook.from_path(path)
    except PasswordError:
        yield "password"
        return
    yield from _every_sheet(workbook, path) if every else _one_sheet(workbook, wanted)


def _one_sheet(workbook: Any, wanted: str) -> Iterator[object]:  # noqa: ANN401  its stubs may not be there
    """Yield its name and those of all, and its rows, some at a time; only the names of all where there is none."""
    # What is hidden was hidden from the one who chose the file, an old copy or a pivot's basis: it comes last.
    shown = {one.name for one in workbook.sheets_metadata if str(one.visible) == "SheetVisibleEnum.Visible"}
    names = sorted(workbook.sheet_names, key=lambda name: name not in shown)
    if not names or (wanted and wanted not in names):
        yield names
        return
    name = wanted or names[0]
    sheet = workbook.get_sheet_by_name(name)
    yield name, names
    stretch: list[list[object]] = []
    for row in sheet.iter_rows():
        stretch.append([None if cell == "" else cell for cell in row])
        if len(stretch) >= _STRETCH:
            yield stretch
            stretch = []
    if stretch:
        yield stretch


def _every_sheet(workbook: Any, path: str) -> Iterator[object]:  # noqa: ANN401  its stubs may not be there
    """Yield every sheet that has cells, hidden ones too: name, cells, those without a value, merged ranges."""
    doubts, count = _doubts_in(path), 0
    for one in workbook.sheets_metadata:
        if str(one.typ) != "SheetTypeEnum.WorkSheet":
            continue
        sheet = workbook.get_sheet_by_name(one.name)
        cells = _cells(sheet)
        count += len(cells)
        if count > _MOST_CELLS:
            yield "large"
            return
        unsolved, merged = (None, []) if doubts is None else doubts.get(one.name, (set(), []))
        merged += [(*first, *last) for first, last in sheet.merged_cell_ranges or ()]
        yield one.name, cells, unsolved, merged


def _cells(sheet: Any) -> Cells:  # noqa: ANN401  its stubs may not be there
    above, before = sheet.start or (0, 0)
    rows = enumerate(sheet.to_python(skip_empty_area=True), start=above)
    return {(row, column): cell for row, cells in rows for column, cell in enumerate(cells, start=before) if cell != ""}


def _doubts_in(path: str) -> Doubts | None:
    """Look for what calamine gives as empty and is not; None for a format in which it can't be seen."""
    if not zipfile.is_zipfile(path):
        return None
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
        if "xl/workbook.xml" in names:
            return {name: (_unsolved_in(archive, part), []) for name, part in _parts(archive) if part in names}
        if "content.xml" in names:
            return _doubts_in_tables(archive)
    return None


def _parts(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Yield the name of every sheet, and the part of the file that it is."""
    targets = {}
    for element in _elements(archive, "xl/_rels/workbook.xml.rels", "Relationship"):
        target = element.get("Target", "")
        targets[element.get("Id")] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    for element in _elements(archive, "xl/workbook.xml", "sheet"):
        related = next((value for name, value in element.attrib.items() if name.endswith("}id")), None)
        yield element.get("name", ""), targets.get(related, "")


def _unsolved_in(archive: zipfile.ZipFile, part: str) -> set[tuple[int, int]]:
    """Return the cells of a sheet that are a formula without a result, or an error."""
    found = set()
    row = -1
    for element in _elements(archive, part, "row"):
        # A row or a cell that doesn't say where it is comes right after the one before.
        row, column = int(element.get("r", row + 2)) - 1, -1
        for cell in element:
            column = _column(cell.attrib["r"]) if "r" in cell.attrib else column + 1
            if _is_unsolved(cell):
                found.add((row, column))
    return found


def _is_unsolved(cell: Element) -> bool:
    children = {_bare(child.tag): child.text for child in cell}
    kind, value = cell.get("t", ""), children.get("v")
    return kind == "e" or ("f" in children and not value and not (kind == "str" and "v" in children))


def _doubts_in_tables(archive: zipfile.ZipFile) -> Doubts:
    """Look through an OpenDocument's tables, whose cells and rows are written once and repeated."""
    doubts: Doubts = {}
    row = 0
    for element in _elements(archive, "content.xml", "table", "table-row"):
        named = {_bare(name): value for name, value in element.attrib.items()}
        if _bare(element.tag) == "table":
            # A table ends after its rows: what they had is its.
            doubts[named.get("name", "")] = doubts.pop("", (set(), []))
            row = 0
            continue
        unsolved, merged = doubts.setdefault("", (set(), []))
        column = 0
        for cell in element:
            said = {_bare(name): value for name, value in cell.attrib.items()}
            kinds = {value for name, value in cell.attrib.items() if name.endswith("}value-type")}
            if "error" in kinds or ("formula" in said and not kinds):
                unsolved.add((row, column))
            down, across = int(said.get("number-rows-spanned", 1)), int(said.get("number-columns-spanned", 1))
            if down > 1 or across > 1:
                merged.append((row, column, row + down - 1, column + across - 1))
            column += int(said.get("number-columns-repeated", 1))
        row += int(named.get("number-rows-repeated", 1))
    return doubts


def _elements(archive: zipfile.ZipFile, part: str, *wanted: str) -> Iterator[Element]:
    """Yield elements of a part as they end, emptied behind."""
    with archive.open(part) as file:
        for _, element in iterparse(file):  # noqa: S314  this process is the fence
            if _bare(element.tag) in wanted:
                yield element
                element.clear()


def _bare(tag: str) -> str:
    return tag.rpartition("}")[2]


def _column(name: str) -> int:
    """Return the column of `C14`, counted from 0."""
    column = 0
    for letter in name.rstrip("0123456789"):
        column = column * 26 + ord(letter) - ord("A") + 1
    return column - 1
