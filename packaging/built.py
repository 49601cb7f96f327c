"""Look at a program that was built: whose its native libraries are, and whether Qt and psycopg can be replaced.

Must not build anything, nor look outside the folder.
"""

from __future__ import annotations

from collections.abc import Iterator
from fnmatch import fnmatch
from importlib.metadata import PackageNotFoundError, files
from pathlib import Path

from licences import carried, components, rules

_NATIVE = (".dll", ".dylib", ".pyd", ".so")
_NOTICES = "THIRD-PARTY-NOTICES.txt"


def unfit_in(folder: Path) -> Iterator[str]:
    """Find what a built program may not have, or lacks."""
    known, here = rules(), [path for path in sorted(folder.rglob("*")) if path.is_file()]
    of_packages = _folders_of_packages()
    for path in filter(_is_native, here):
        name, place = path.name, path.relative_to(folder).as_posix()
        if _is_qt(path) and any(word in name.lower() for word in known.gpl_qt):
            yield f"{place}: Qt's, under the GPL alone"
        elif any(fnmatch(name, pattern) for pattern in known.gpl_libraries):
            yield f"{place}: under the GPL alone"
        elif not of_packages & set(path.relative_to(folder).parts) and not _is_told_of(name):
            yield f"{place}: the notices tell nothing of it"
    if not any(fnmatch(path.name.lower(), "*qt6core*") for path in here):
        yield f"{folder.name}: Qt is no library of its own, so it can't be replaced"
    if not any(path.parts[-2:] == ("psycopg", "__init__.py") for path in here):
        yield f"{folder.name}: psycopg is no files of its own, so it can't be replaced"
    if not any(path.name == _NOTICES for path in here):
        yield f"{folder.name}: {_NOTICES} is missing"


def _is_native(path: Path) -> bool:
    return any(path.name.lower().endswith(end) or f"{end}." in path.name.lower() for end in _NATIVE)


def _is_qt(path: Path) -> bool:
    return "PySide6" in path.parts or "qt" in path.name.lower()


def _is_told_of(name: str) -> bool:
    # Python's own modules are named by the Python that they are of.
    is_pythons = ".cpython-" in name or name.endswith(".pyd")
    return is_pythons or any(fnmatch(name, pattern) for part in components() for pattern in part.get("files", ()))


def _folders_of_packages() -> set[str]:
    found = set()
    for name in carried():
        try:
            found |= {file.parts[0] for file in files(name) or () if len(file.parts) > 1}
        except PackageNotFoundError:
            continue
    return found
