r"""Make both installers for Windows, on Windows: `python packaging\windows_installers.py`.

Freezes the program first. Needs Inno Setup 6.3 (`iscc`) and WiX 5 (`wix`) on the PATH. With TERTIAL_SIGN set to a
command that signs the file which stands at its end, everything is signed: programs, setup program, uninstaller, MSI.
Must not know what is in the program.
"""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from pathlib import Path

import freeze
from product import FROZEN, ICONS, INSTALLERS, NAME, PROGRAM, ROOT, WINDOWED, version
from windows_inputs import INPUTS, WRITTEN

HERE = ROOT / "packaging" / "windows"
MSI = INSTALLERS / f"{NAME}-{version()}.msi"
SETUP = INSTALLERS / f"{NAME}-{version()}-setup.exe"


def main() -> int:
    """Freeze, sign, and pack in both ways."""
    if sys.platform != "win32":
        sys.stderr.write("The installers for Windows are made on Windows.\n")
        return 1
    freeze.main(sys.argv[1:])
    if lacking := missing():
        sys.stderr.write(f"Not made: {', '.join(map(str, lacking))}\n")
        return 1
    INSTALLERS.mkdir(exist_ok=True)
    for command in commands(os.environ.get("TERTIAL_SIGN", "")):
        subprocess.run(command, cwd=ROOT, check=True)  # noqa: S603  our own steps only
    sys.stdout.write(f"{SETUP}\n{MSI}\n")
    return 0


def missing() -> list[Path]:
    """Return what both installers name and isn't there."""
    named = (*(FROZEN / f"{one}.exe" for one in (PROGRAM, WINDOWED)), FROZEN / "_internal", ICONS / "tertial.ico")
    scripts = (HERE / "tertial.iss", HERE / "tertial.wxs", *(INPUTS / one for one in WRITTEN))
    return [one for one in (*named, *scripts) if not one.exists()]


def commands(sign: str) -> list[list[str]]:
    """Return every step after freezing, in order."""
    signing = shlex.split(sign, posix=False)
    signed = [[*signing, str(FROZEN / f"{one}.exe")] for one in (PROGRAM, WINDOWED)] if sign else []
    # $f is the file, $q a quotation mark: Inno Setup's own names in a command that signs.
    inno = ["iscc", *(["/DSign", f"/Stertial={sign} $q$f$q"] if sign else []), str(HERE / "tertial.iss")]
    wix = ["wix", "build", "-arch", "x64", "-o", str(MSI), str(HERE / "tertial.wxs")]
    return [*signed, inno, wix, *([[*signing, str(MSI)]] if sign else [])]


if __name__ == "__main__":
    sys.exit(main())
