"""What the system says of the drive that a file is on, each system in its own way.

Must not know what makes a drive unsafe. What a system can't say is taken as nothing to say.
"""

from __future__ import annotations

import ctypes
import os
import re
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

_REMOTE_DRIVE = 4
_LOCAL_FLAG = 0x1000
_STATFS_SIZE, _FLAGS_AT = 2168, 64
_ESCAPED = re.compile(r"\\(\d{3})")
_LIBRARIES = r"Software\SyncEngines\Providers\OneDrive"


def mounted_as(path: Path, mounts: Path) -> str:
    """Return the type of the file system that a path is on, as a list like `/proc/mounts` has it; else empty."""
    found, length = "", -1
    with suppress(OSError):
        for line in mounts.read_text(encoding="utf-8", errors="replace").splitlines():
            _, place, kind, *_ = [*line.split(" "), "", "", ""]
            folder = _ESCAPED.sub(lambda code: chr(int(code[1], 8)), place)
            # Of two on one place the later covers the earlier.
            if len(folder) >= length and folder.startswith("/") and path.is_relative_to(folder):
                found, length = kind, len(folder)
    return found


def is_network_drive(path: Path) -> bool:
    """Whether Windows or macOS says that a path is on another machine; elsewhere no."""
    if sys.platform == "win32":
        return _is_remote_on_windows(str(path))
    if sys.platform == "darwin":
        return _is_remote_on_mac(path)
    return False


def is_network_name(path: str) -> bool:
    r"""Whether a Windows path names another machine: `\\server\share`, also in the long form."""
    return path.startswith("\\\\?\\UNC\\") or (path.startswith("\\\\") and not path.startswith(("\\\\?\\", "\\\\.\\")))


def sync_roots() -> Iterator[tuple[Path, str]]:
    """Return the folders that OneDrive says it keeps, SharePoint's libraries among them, which have any name."""
    for name in ("OneDrive", "OneDriveCommercial", "OneDriveConsumer"):
        folder = os.environ.get(name)
        if folder:
            yield Path(folder), "OneDrive"
    if sys.platform == "win32":
        for folder in _libraries():
            yield Path(folder), "SharePoint"


def _is_remote_on_windows(path: str) -> bool:
    if is_network_name(path):
        return True
    with suppress(AttributeError, OSError):
        kind: int = ctypes.windll.kernel32.GetDriveTypeW(f"{Path(path).drive}\\")  # type: ignore[attr-defined,unused-ignore]
        return kind == _REMOTE_DRIVE
    return False


def _libraries() -> Iterator[str]:
    with suppress(ImportError, OSError):
        import winreg

        with winreg.OpenKey(winreg.HKEY_CURRENT_USER, _LIBRARIES) as providers:  # type: ignore[attr-defined,unused-ignore]
            count: int = winreg.QueryInfoKey(providers)[0]  # type: ignore[attr-defined,unused-ignore]
            for at in range(count):
                name: str = winreg.EnumKey(providers, at)  # type: ignore[attr-defined,unused-ignore]
                with suppress(OSError), winreg.OpenKey(providers, name) as library:  # type: ignore[attr-defined,unused-ignore]
                    yield str(winreg.QueryValueEx(library, "MountPoint")[0])  # type: ignore[attr-defined,unused-ignore]


def _is_remote_on_mac(path: Path) -> bool:
    """Ask `statfs`; its flags say whether the file system is on this machine."""
    with suppress(OSError, AttributeError):
        said = ctypes.create_string_buffer(_STATFS_SIZE)
        library = ctypes.CDLL(None)
        ask = getattr(library, "statfs$INODE64", None) or library.statfs
        if ask(os.fsencode(path.parent), said) == 0:
            flags = int.from_bytes(said.raw[_FLAGS_AT : _FLAGS_AT + 4], sys.byteorder)
            return not flags & _LOCAL_FLAG
    return False
