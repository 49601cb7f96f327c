"""The process that opens a foreign workbook: reads one sheet and says its rows on stdout.

Must not import anything of ours: `db.foreign` runs it by its path, and it may be brought down by what it reads.
"""

from __future__ import annotations

import pickle
import sys

_STRETCH = 2_000


def main() -> None:
    """Read the sheet that the arguments name: file, sheet (empty for the first)."""
    path, wanted = sys.argv[1:3]
    out = sys.stdout.buffer
    from python_calamine import CalamineWorkbook, PasswordError, SheetVisibleEnum

    try:
        workbook = CalamineWorkbook.from_path(path)
    except PasswordError:
        pickle.dump("password", out)
        return
    # What is hidden was hidden from the one who chose the file, an old copy or a pivot's basis: it comes last.
    shown = {one.name for one in workbook.sheets_metadata if one.visible == SheetVisibleEnum.Visible}
    names = sorted(workbook.sheet_names, key=lambda name: name not in shown)
    if not names or (wanted and wanted not in names):
        pickle.dump(names, out)
        return
    name = wanted or names[0]
    sheet = workbook.get_sheet_by_name(name)
    pickle.dump((name, names), out)
    above = sheet.start[0] if sheet.start else 0
    stretch: list[list[object]] = [[] for _ in range(min(above, 1000))]
    for row in sheet.iter_rows():
        stretch.append([None if cell == "" else cell for cell in row])
        if len(stretch) >= _STRETCH:
            pickle.dump(stretch, out, protocol=pickle.HIGHEST_PROTOCOL)
            stretch = []
    if stretch:
        pickle.dump(stretch, out, protocol=pickle.HIGHEST_PROTOCOL)
    pickle.dump("end", out)


if __name__ == "__main__":
    main()
