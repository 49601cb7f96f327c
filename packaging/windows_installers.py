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

import freeze
from product import FROZEN, INSTALLERS, NAME, PROGRAM, ROOT, WINDOWED, version

HERE = ROOT / "packaging" / "windows"
MSI = INSTALLERS / f"{NAME}-{version()}.msi"
SETUP = INSTALLERS / f"{NAME}-{version()}-setup.exe"


def main() -> int:
    """Freeze, sign, and pack in both ways."""
    if sys.platform != "win32":
        sys.stderr.write("The installers for Windows are made on Windows.\n")
        return 1
    freeze.main(sys.argv[1:])
    INSTALLERS.mkdir(exist_ok=True)
    for command in commands(os.environ.get("TERTIAL_SIGN", "")):
        subprocess.run(command, cwd=ROOT, check=True)  # noqa: S603  our own steps only
    sys.stdout.write(f"{SETUP}\n{MSI}\n")
    return 0


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
