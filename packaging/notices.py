"""Write what Tertial owes to others: `python packaging/notices.py`, in an environment with all that it carries.

resources/licences/THIRD-PARTY-NOTICES.txt is to be read as it is, notices.json beside it by the window. Both come out
the same however often they are written. `--check` writes neither, and says whether they are as they would be; `… FILE`
puts the text as it was written in a file, unless the locks have moved on since. Must not decide what may be carried.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from importlib.metadata import PackageMetadata, files, metadata
from pathlib import Path
from typing import Any

import inside
import spdx
from licences import (
    DATA,
    FOLDER,
    HERE,
    LOCKS,
    carried,
    components,
    crates,
    licence_of,
    noticed,
    plain,
    rules,
    told_by,
)

ROOT = HERE.parent
TEXT = DATA.with_name("THIRD-PARTY-NOTICES.txt")
_LICENCE_FILE = re.compile(r"(?i)licen[cs]e|copying|notice")
_OTHER_SYSTEMS = ("/android/", "_musl/", "/v8_xfa/")
"""Licences that pypdfium2 has along of what is built for others, or with a V8 that is not in it."""
_SOURCES = ("source", "source code", "repository", "code", "github", "homepage")
_RULE = "=" * 100
_HEAD = """\
Tertial is under the Apache License, Version 2.0 (see LICENSE). It carries the works below, each under its own licence.

Qt and PySide6 are used under the GNU Lesser General Public License, version 3, as they come from their makers: they are
libraries of their own, linked when the program starts, and you may replace them with other builds of the same version.
The source is at https://code.qt.io/cgit/qt/ and https://code.qt.io/cgit/pyside/pyside-setup.git/. You may change these
libraries for your own use, and reverse engineer the program to debug such changes. docs/licences.md tells how.
The same goes for psycopg, from https://github.com/psycopg/psycopg.
"""


class Texts:
    """Licence texts, each once however many have it."""

    def __init__(self) -> None:
        self._by_words: dict[str, str] = {}
        self.by_id: dict[str, str] = {}

    def add(self, wanted: str, text: str) -> str:
        """Keep a text, and return the id that it has."""
        tidy = "\n".join(line.rstrip() for line in text.replace("\f", "").splitlines()).strip("\n") + "\n"
        found = self._by_words.setdefault(" ".join(tidy.split()), wanted)
        self.by_id.setdefault(found, tidy)
        return found

    def general(self, name: str) -> str:
        """Keep a text of packaging/licences/texts."""
        return self.add(name, (FOLDER / "texts" / f"{name}.txt").read_text(encoding="utf-8"))


def build() -> dict[str, Any]:
    """Gather everything; raises `inside.NotSeen` when what is told of isn't there."""
    texts = Texts()
    for general in sorted((FOLDER / "texts").iterdir()):  # first, so that these names win
        texts.general(general.stem)
    entries = [_library(name, texts) for name in carried()]
    entries += [_part(part, texts) for part in components() if _is_here(part)]
    entries += [entry for name in carried() if (entry := _crates(name, texts))]
    left = [one for name in carried() for one in inside.untold(name, components())]
    if left:
        raise inside.NotSeen("told of nowhere: " + ", ".join(left))
    used = {text for entry in entries for text in entry["texts"]}
    entries.sort(key=lambda entry: (entry["within"].lower(), entry["name"].lower()))
    return {"entries": entries, "texts": {name: texts.by_id[name] for name in sorted(used)}}


def _is_here(part: dict[str, Any]) -> bool:
    """Whether what a part lies in is carried; what has no file is no library's."""
    return "file" not in part or plain(part["within"]) in carried()


def _library(name: str, texts: Texts) -> dict[str, Any]:
    told = metadata(name)
    licence = licence_of(told, rules())
    own = [texts.add(f"{name}/{where}", _read(path)) for where, path in _licence_files(name)]
    return {
        "name": str(told["Name"]),
        "version": str(told["Version"]),
        "licence": licence,
        "used": _used(licence),
        "within": "",
        "source": _source(told),
        "copyright": [],
        "texts": list(dict.fromkeys(own)) or _general(licence, texts),
    }


def _part(part: dict[str, Any], texts: Texts) -> dict[str, Any]:
    named = [_named(text, texts) for text in part["texts"]] if "texts" in part else _general(part["licence"], texts)
    return {
        "name": part["name"],
        "version": inside.version_of(part),
        "licence": part["licence"],
        "used": _used(part["licence"]),
        "within": part["within"],
        "source": part.get("source", ""),
        "copyright": part.get("copyright", []),
        "texts": named,
    }


def _crates(name: str, texts: Texts) -> dict[str, Any] | None:
    """Make one entry of all crates in a library; the lines on each are its copyright."""
    known = crates()
    found = inside.crates_in(name, known)
    if not found:
        return None
    missing = sorted(set(found) - set(known))
    if missing:
        raise inside.NotSeen(f"crates.toml lacks {', '.join(missing)}")
    licences = sorted({one for crate in found for one in spdx.chosen(known[crate]["licence"], rules().allowed) or ()})
    return {
        "name": f"Rust crates ({len(found)})",
        "version": "",
        "licence": " AND ".join(licences),
        "used": ", ".join(licences),
        "within": str(metadata(name)["Name"]),
        "source": "",
        "copyright": [_crate_line(crate, version, known[crate]) for crate, version in found.items()],
        "texts": [text for one in licences for text in _general(one, texts)],
    }


def _crate_line(name: str, version: str, crate: dict[str, Any]) -> str:
    owners = "; ".join(crate["copyright"]) or f"the authors of {name}"
    source = f"; source: {crate['source']}" if "source" in crate else ""
    return f"{name} {version}".strip() + f" ({crate['licence']}): {owners}{source}"


def _licence_files(name: str) -> Iterator[tuple[str, Path]]:
    for file in sorted(files(name) or (), key=str):
        where = file.as_posix()
        is_beside = ".dist-info/" in where and _LICENCE_FILE.search(where.split(".dist-info/")[1])
        if is_beside and not any(one in where for one in _OTHER_SYSTEMS) and not where.endswith((".json", ".toml")):
            yield file.name, Path(str(file.locate()))


def _read(path: Path) -> str:
    content = path.read_bytes()
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("latin-1")


def _named(text: str, texts: Texts) -> str:
    kind, _, name = text.rpartition(":")
    if kind == "resource":
        return texts.add(name, (ROOT / "resources" / name).read_text(encoding="utf-8"))
    if kind == "wheel":
        wheel, wanted = name.split("/")
        found = next((path for where, path in _licence_files(wheel) if where == wanted), None)
        if found is None:
            raise inside.NotSeen(f"{wheel} has no {wanted}")
        return texts.add(name, _read(found))
    return texts.general(name)


def _general(licence: str, texts: Texts) -> list[str]:
    names = spdx.chosen(licence, rules().allowed) or []
    if "LGPL-3.0-only" in names:  # it is the GPL with permissions added
        names = [*names, "GPL-3.0-only"]
    places = [name.split(" WITH ")[0].removeprefix("LicenseRef-") for name in names]
    return [texts.general(name) for name in places]


def _used(licence: str) -> str:
    """Name the licences that a work is had under, in as few words as a column has room for."""
    return ", ".join(one.removeprefix("LicenseRef-") for one in spdx.chosen(licence, rules().allowed) or ())


def _source(told: PackageMetadata) -> str:
    labelled = {}
    for line in told.get_all("Project-URL") or ():
        label, _, address = line.partition(", ")
        labelled[label.lower()] = address
    found = next((labelled[label] for label in _SOURCES if label in labelled), "")
    return found or told_by(told, "Home-page")


def as_text(built: dict[str, Any]) -> str:
    """Write the notices to be read: what is carried, then each text once."""
    lines = [_HEAD]
    for entry in built["entries"]:
        within = f", in {entry['within']}" if entry["within"] else ""
        lines.append(f"{entry['name']} {entry['version']}".strip() + within)
        lines += [f"    {one}" for one in (entry["licence"], entry["source"], *entry["copyright"]) if one]
        lines.append(f"    Texts: {', '.join(entry['texts'])}\n" if entry["texts"] else "")
    for name, text in built["texts"].items():
        lines += [_RULE, name, _RULE, "", text]
    return "\n".join(lines)


def moved_on() -> list[str]:
    """Return the libraries that the locks have at other versions than the notices, or that one of the two lacks."""
    told, locked = noticed(), carried()
    missing = set(told) - set(locked) - {"python"} if all(map(Path.exists, LOCKS)) else set()
    return sorted({name for name in locked if told.get(name, {}).get("version") not in locked[name]} | missing)


def main(arguments: list[str]) -> int:
    """Write both, compare them, or hand out the text."""
    if arguments and "--check" not in arguments:
        late = moved_on()
        sys.stderr.write("".join(f"not as locked: {name}; renew the notices\n" for name in late))
        if not late:
            Path(arguments[0]).write_bytes(TEXT.read_bytes())
        return 1 if late else 0
    found = build()
    made = {TEXT: as_text(found), DATA: json.dumps(found, ensure_ascii=False, indent=1) + "\n"}
    if arguments:
        old = [path.name for path, text in made.items() if not path.exists() or path.read_text("utf-8") != text]
        sys.stderr.write("".join(f"out of date: {name}\n" for name in old))
        return 1 if old else 0
    DATA.parent.mkdir(exist_ok=True)
    for path, text in made.items():
        path.write_text(text, encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
