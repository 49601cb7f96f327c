"""What of all that PyInstaller finds goes along: the program's own, not the desktop's.

Must not know where anything is installed.
"""

from __future__ import annotations

import sys
from pathlib import Path, PurePosixPath

_OF_THE_SYSTEM = ("/lib/", "/usr/lib/", "/lib64/", "/usr/lib64/")
_WANTED_OF_THE_SYSTEM = (
    # What Python itself stands on, which differs from one system to the next.
    *(
        "libcrypto.so",
        "libssl.so",
        "libffi.so",
        "libbz2.so",
        "liblzma.so",
        "libz.so",
        "libexpat.so",
        "libsqlite3.so",
        "libuuid.so",
    ),
)
_UNUSED = (
    # Plugins of Qt for screens without a desktop, and for what Tertial doesn't show.
    *("/egldeviceintegrations/", "/generic/", "/networkinformation/", "/tls/", "/wayland-graphics-integration-"),
    *("platforms/libqeglfs", "platforms/libqlinuxfb", "platforms/libqvnc", "platforms/libqvkkhrdisplay"),
    *("platforms/libqminimal", "platforms/qdirect2d", "platforms/qminimal"),
    *("imageformats/libqtga", "imageformats/libqwbmp", "imageformats/libqtiff", "imageformats/libqicns"),
    *("imageformats/qtga", "imageformats/qwbmp", "imageformats/qtiff", "imageformats/qicns"),
    *("libqpdf", "qpdf.dll", "opengl32sw", "d3dcompiler", "Qt6Network", "Qt6Qml", "Qt6Quick", "Qt6VirtualKeyboard"),
    *("Qt6Pdf", "Qt6OpenGL", "Qt6Egl", "Qt6Test", "/virtualkeyboard", "libqtvirtualkeyboard"),
    # Qt's own words, in languages that Tertial doesn't speak; ours are in resources/translations.
    *("/PySide6/translations/", "/PySide6/Qt/translations/"),
    # Where a package was built is nobody's business.
    *(".dist-info/direct_url.json", ".dist-info/RECORD", ".dist-info/INSTALLER", ".dist-info/REQUESTED", "/py.typed"),
)


def is_wanted(goes_to: str, comes_from: str) -> bool:
    """Tell whether a file that was found goes along."""
    place = "/" + goes_to.replace("\\", "/")
    if any(one in place for one in _UNUSED):
        return False
    if sys.platform != "linux" or not comes_from.startswith(_OF_THE_SYSTEM):
        return True
    # The desktop's libraries are those of the desktop: ours beside them would be older or newer than its drivers.
    name = PurePosixPath(Path(comes_from).name)
    return "site-packages" in comes_from or name.name.startswith(_WANTED_OF_THE_SYSTEM)
