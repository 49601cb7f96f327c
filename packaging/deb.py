"""Make the Debian package of what `freeze.py` made: `python packaging/deb.py`; needs dpkg-deb and objdump.

With `--quickly` it is larger and packed in seconds, to try out. It has no script of its own: menus, icons and kinds of
files are taken up by the triggers of the packages that keep them, and removing it removes all that it brought.
Must not know what is in the program.
"""

from __future__ import annotations

import gzip
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from linux_tree import lay_tree
from product import BUILD, DESCRIPTION, FROZEN, INSTALLERS, PROGRAM, PUBLISHER, born, version

TREE = BUILD / "deb"
_NEEDED = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libX11.so.6": "libx11-6",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libgcc_s.so.1": "libgcc-s1",
    "libglib-2.0.so.0": "libglib2.0-0t64 | libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0t64 | libglib2.0-0",
    "libstdc++.so.6": "libstdc++6",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-glx.so.0": "libxcb-glx0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxcb.so.1": "libxcb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libzstd.so.1": "libzstd1",
}
"""Which package has a library that the program doesn't bring; since Debian 13 some names end in t64."""

_OF_LIBC = re.compile(r"(?:libc|libm|libdl|librt|libpthread|libresolv|ld-linux[-\w]*)\.so\.\d+")
_PLUGINS_ONE_CAN_DO_WITHOUT = ("/platformthemes/", "/printsupport/", "wayland", "Wayland", "WlShell")
RECOMMENDED = "libcups2t64 | libcups2, libwayland-client0, libwayland-cursor0, libwayland-egl1, hunspell-no, xdg-utils"
_GLIBC = re.compile(r"GLIBC_(\d+)\.(\d+)")
_ARCHITECTURES = {"x86_64": "amd64", "aarch64": "arm64"}


class UnknownLibraryError(Exception):
    """The program needs a library of which nobody has said where it comes from."""


def main(arguments: list[str]) -> int:
    """Lay the tree, describe it and pack it."""
    shutil.rmtree(TREE, ignore_errors=True)
    lay_tree(TREE)
    documents = TREE / "usr/share/doc" / PROGRAM
    changes = f"{PROGRAM} ({version()}) stable; urgency=medium\n\n  * See the program's own list of what is new.\n\n"
    changes += f" -- {PUBLISHER} <noreply@tertial.invalid>  {born():%a, %d %b %Y %H:%M:%S +0000}\n"
    (documents / "changelog.gz").write_bytes(gzip.compress(changes.encode(), mtime=0))
    described = TREE / "DEBIAN"
    described.mkdir(mode=0o755)
    (described / "control").write_text(control(), encoding="utf-8")
    INSTALLERS.mkdir(exist_ok=True)
    packing = ("-Zgzip", "-z1") if "--quickly" in arguments else ("-Zxz",)
    made = INSTALLERS / f"{PROGRAM}_{version()}_{architecture()}.deb"
    subprocess.run(  # noqa: S603
        ["dpkg-deb", "--root-owner-group", *packing, "--build", str(TREE), str(made)],  # noqa: S607
        check=True,
        env={**os.environ, "SOURCE_DATE_EPOCH": str(int(born().timestamp()))},
    )
    return 0


def control() -> str:
    """Return what the package says of itself."""
    kilobytes = sum(path.lstat().st_size for path in TREE.rglob("*")) // 1024
    return (
        f"Package: {PROGRAM}\nVersion: {version()}\nArchitecture: {architecture()}\n"
        f"Maintainer: {PUBLISHER} <noreply@tertial.invalid>\nInstalled-Size: {kilobytes}\n"
        f"Depends: {', '.join(depends(FROZEN))}\nRecommends: {RECOMMENDED}\n"
        f"Section: misc\nPriority: optional\nDescription: {DESCRIPTION}\n"
        " Tertial følger opp en kommunes investeringsprosjekter: budsjett, forbruk,\n"
        " framdrift og statustekst for hvert prosjekt, tre ganger i året. Programmet\n"
        " flagger avvik, leser tekstene mot tallene, avstemmer summene og skriver\n"
        " rapporten som Excel, PDF og Word. Det virker uten nett.\n"
    )


def depends(folder: Path) -> list[str]:
    """Return the packages that the program's libraries need, found by looking at each of them.

    Raises UnknownLibraryError for one that isn't in the table.
    """
    described = {path: dynamics(path) for path in libraries(folder)}
    brought = {path.name for path in folder.rglob("*.so*")}
    needed = {
        name
        for path, said in described.items()
        if not any(one in str(path) for one in _PLUGINS_ONE_CAN_DO_WITHOUT)
        for name in re.findall(r"NEEDED\s+(\S+)", said)
        if name not in brought and not _OF_LIBC.fullmatch(name)
    }
    if unknown := sorted(needed - _NEEDED.keys()):
        raise UnknownLibraryError(unknown)
    newest = max((int(a), int(b)) for said in described.values() for a, b in _GLIBC.findall(said))
    return [f"libc6 (>= {newest[0]}.{newest[1]})", *sorted({_NEEDED[name] for name in needed})]


def libraries(folder: Path) -> Iterator[Path]:
    """Yield the libraries and programs in a folder, each once."""
    for path in folder.rglob("*"):
        if path.is_file() and not path.is_symlink():
            with path.open("rb") as file:
                if file.read(4) == b"\x7fELF":
                    yield path


def dynamics(path: Path) -> str:
    """Return what a library says that it needs."""
    command = ["objdump", "-p", str(path)]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout  # noqa: S603


def architecture() -> str:
    """Return this kind of machine, as Debian calls it."""
    machine = os.uname().machine
    return _ARCHITECTURES.get(machine, machine)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
