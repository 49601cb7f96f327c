"""Refuse what Tertial may not carry: `python packaging/licences.py`, or `… DIST` for a program that was built.

Each locked library, each part that lies inside one, and each Rust crate that one is compiled of must have a licence
that packaging/licences/allowed.toml allows. Of a built program, each native library must be one that the notices tell
of, none may be under the GPL alone, and Qt's must be files of their own. Must not take silence for consent.
"""

from __future__ import annotations

import json
import re
import sys
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import PackageMetadata, PackageNotFoundError, metadata
from pathlib import Path
from typing import Any

import inside
import spdx

HERE = Path(__file__).resolve().parent
FOLDER = HERE / "licences"
LOCKS = (HERE / "requirements.txt", HERE / "requirements-freeze.txt")
"""What `start.py` installs, and what the program that needs no Python is made of."""
DATA = HERE.parent / "resources" / "licences" / "notices.json"
_PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)")
_CLASSIFIED = {"License :: OSI Approved :: MIT License": "MIT"}


@dataclass(frozen=True, slots=True)
class Rules:
    """What allowed.toml says."""

    allowed: Mapping[str, str]
    read: Mapping[str, Mapping[str, str]]
    builds: Mapping[str, str]
    gpl_qt: tuple[str, ...]
    gpl_libraries: tuple[str, ...]


def rules() -> Rules:
    """Read the rules."""
    said = tomllib.loads((FOLDER / "allowed.toml").read_text(encoding="utf-8"))
    gpl = said["gpl"]
    return Rules(said["allowed"], said["read"], said["builds"], tuple(gpl["qt"]), tuple(gpl["libraries"]))


def components() -> list[dict[str, Any]]:
    """Read what lies inside the libraries and the program."""
    return list(tomllib.loads((FOLDER / "components.toml").read_text(encoding="utf-8"))["component"])


def crates() -> dict[str, dict[str, Any]]:
    """Read the licences of Rust crates."""
    return tomllib.loads((FOLDER / "crates.toml").read_text(encoding="utf-8"))


def plain(name: str) -> str:
    """Return a name of a package as an index compares it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def pins(lock: Path) -> dict[str, set[str]]:
    """Return the versions that a lock allows of each package; several where machines differ."""
    found: dict[str, set[str]] = {}
    for line in lock.read_text(encoding="utf-8").splitlines():
        pin = _PIN.match(line)
        if pin:
            found.setdefault(plain(pin[1]), set()).add(pin[2])
    return found


def carried() -> dict[str, set[str]]:
    """Return what Tertial carries by the locks, each with its versions."""
    found: dict[str, set[str]] = {}
    for lock in filter(Path.exists, LOCKS):
        found |= pins(lock)
    return {name: found[name] for name in sorted(found) if name not in rules().builds}


def noticed() -> dict[str, dict[str, Any]]:
    """Return the libraries that the notices tell of, as they were last written."""
    entries = json.loads(DATA.read_text(encoding="utf-8"))["entries"] if DATA.exists() else []
    return {plain(entry["name"]): entry for entry in entries if not entry["within"]}


def told_by(told: PackageMetadata, field: str) -> str:
    """Return what stands in a field of a package's metadata, empty where there is none."""
    return next((str(one).strip() for one in told.get_all(field) or ()), "")


def said_of(told: PackageMetadata) -> str:
    """Return what a package says of its licence: the expression, else the words, else the classifiers."""
    classified = [one for one in told.get_all("Classifier") or () if one.startswith("License ::")]
    return told_by(told, "License-Expression") or told_by(told, "License") or "; ".join(classified)


def licence_of(told: PackageMetadata, rules_: Rules) -> str:
    """Return the expression that a package is under; its own words where nobody has read them for it."""
    said = said_of(told)
    read = rules_.read.get(plain(str(told["Name"])))
    if read is not None and read["says"] == said:
        return read["licence"]
    return _CLASSIFIED.get(said, said)


def refusal_of(told: PackageMetadata, rules_: Rules) -> str | None:
    """Return why a package may not be carried; None when it may."""
    licence = licence_of(told, rules_)
    if spdx.chosen(licence, rules_.allowed) is not None:
        return None
    return f"{told['Name']} {told['Version']}: {licence or 'says nothing of its licence'}"


def refusals() -> Iterator[str]:
    """Find whatever may not be carried."""
    known, told_of = rules(), noticed()
    for name, versions in carried().items():
        try:
            refused = refusal_of(metadata(name), known)
        except PackageNotFoundError:  # then by what was read where it was installed
            entry = told_of.get(name, {})
            is_read = entry.get("version") in versions and spdx.chosen(entry["licence"], known.allowed)
            refused = None if is_read else f"{name}: not installed here, so its licence can't be read"
        if refused:
            yield refused
    for part in components():
        if spdx.chosen(part["licence"], known.allowed) is None:
            yield f"{part['name']} in {part['within']}: {part['licence']}"
    for name, crate in crates().items():
        if spdx.chosen(crate["licence"], known.allowed) is None:
            yield f"{name} (Rust): {crate['licence']}"
    yield from _otherwise()


def _otherwise() -> Iterator[str]:
    """Find crates that declared something else when they were compiled than what was read of them."""
    known = crates()
    for name in carried():
        try:
            listed = set(inside.listed_in(name))
        except PackageNotFoundError:
            continue
        for crate, version, licence in sorted(listed):
            read = known.get(crate, {}).get("licence", licence)
            if licence and licence != read:
                yield f"{crate} {version} in {name} (Rust): {licence}, not {read}; correct it in crates.toml"


def main(built: list[str]) -> int:
    """Say what is refused."""
    found = list(refusals())
    for folder in built:
        from built import unfit_in

        found += unfit_in(Path(folder))
    for one in found:
        sys.stderr.write(f"refused: {one}\n")
    if not found:
        counted = f"{len(carried())} libraries, {len(components())} parts, {len(crates())} crates"
        sys.stdout.write(f"{counted}: all may be carried\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
