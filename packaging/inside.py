"""Look into installed wheels for what they really carry: libraries beside them, crates compiled into them.

Must not know any licence, only hand on what a wheel says of it.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Collection, Iterator
from fnmatch import fnmatch
from importlib.metadata import files
from pathlib import Path
from typing import Any

_CRATE_PATH = re.compile(rb"registry/src/[^/\0]{1,60}/([A-Za-z0-9_-]+?)-(\d+\.\d[0-9A-Za-z.]*)[^/\0]*/")
"""Where a crate's source lay when it was compiled: it stands in the sentences that the program dies with."""
_CRATE_SYMBOL = re.compile(rb"Cs[0-9A-Za-z]+_(\d{1,2})([a-z][a-z0-9_]+)")
"""A crate's name in the symbols of a library that was not stripped."""
_NATIVE = re.compile(r"\.(so|dll|dylib|pyd)(\.|$)")
_LISTS = "*.dist-info/sboms/*.cyclonedx.json"
"""Where a wheel lists the crates that it was compiled of, if whoever made it has that done."""


class NotSeen(Exception):  # noqa: N818  it says what is the matter
    """A part that is said to lie inside a wheel isn't there."""


def natives(name: str) -> list[Path]:
    """Return the native libraries of an installed package."""
    return [Path(str(file.locate())) for file in files(name) or () if _NATIVE.search(file.name)]


def listed_in(name: str) -> Iterator[tuple[str, str, str]]:
    """Find the crates that a package itself lists: name, version, and the licence that each declared, if any.

    Without those that were only run to compile it; those that write code into it cannot be told from the others.
    """
    for file in files(name) or ():
        if not fnmatch(file.as_posix(), _LISTS):
            continue
        listed = json.loads(Path(str(file.locate())).read_text(encoding="utf-8"))
        for crate in (listed.get("metadata", {}).get("component", {}), *listed.get("components", ())):
            if crate.get("scope") != "excluded" and crate.get("purl", "").startswith("pkg:cargo/"):
                licence = " ".join(" ".join(one.get("expression", "") for one in crate.get("licenses", ())).split())
                yield crate["name"].replace("_", "-").lower(), crate["version"], licence


def crates_in(name: str, known: Collection[str]) -> dict[str, str]:
    """Return the crates that a package is compiled of, with versions where they are told.

    Both those that it lists and those that left their names in it: neither tells of all of them.
    """
    listed = defaultdict(set)
    for crate, version, _ in listed_in(name):
        listed[crate].add(version)
    versions = {crate: ", ".join(sorted(several)) for crate, several in listed.items()}
    return dict(sorted({**_traces_in(name, known), **versions}.items()))


def _traces_in(name: str, known: Collection[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for library in natives(name):
        content = library.read_bytes()
        if b"registry/src/" not in content:
            continue
        for symbol in set(_CRATE_SYMBOL.findall(content)):
            crate = symbol[1].decode()[: int(symbol[0])].replace("_", "-")
            if crate in known:
                found.setdefault(crate, "")
        for path, version in set(_CRATE_PATH.findall(content)):
            crate = path.decode().replace("_", "-").lower()
            found[crate] = max(found.get(crate, ""), version.decode())
    return found


def version_of(part: dict[str, Any]) -> str:
    """Return the version of a part, as it stands in the wheel; raises NotSeen where the part isn't there."""
    if "file" not in part:
        return ""
    places = [file for file in files(part["within"]) or () if fnmatch(str(file), part["file"])]
    if not places:
        raise NotSeen(f"{part['name']}: no {part['file']} in {part['within']}")
    if "says" not in part:
        return ""
    said = re.search(part["says"].encode("latin-1"), Path(str(places[0].locate())).read_bytes())
    if said is None:
        raise NotSeen(f"{part['name']}: {part['file']} doesn't say «{part['says']}»")
    return said[1].decode() if said.groups() else ""


def untold(name: str, parts: Collection[dict[str, Any]]) -> Iterator[str]:
    """Find libraries that a wheel carries in a folder of its own for them (`….libs`), and that no part tells of."""
    patterns = [pattern for part in parts for pattern in (part.get("file", ""), *part.get("covers", ()))]
    for file in files(name) or ():
        is_beside = ".libs" in file.parts[0] and _NATIVE.search(file.name)
        if is_beside and not any(fnmatch(str(file), one) or fnmatch(file.name, one) for one in patterns):
            yield f"{name}: {file.name}"
