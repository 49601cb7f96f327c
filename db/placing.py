"""Where a file lies: in a folder that a service keeps in step with others, on a network drive, or on this machine.

A database is written in place; a sync service copies it in the middle of that, and two who write get two files. Must
not open the file, nor know what is said of it.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from db.drives import is_network_drive, mounted_as, sync_roots

_BY_NAME = {
    "onedrive": "OneDrive",
    "sharepoint": "SharePoint",
    "dropbox": "Dropbox",
    "google drive": "Google Disk",
    "googledrive": "Google Disk",
    "google disk": "Google Disk",
    "nextcloud": "Nextcloud",
    "owncloud": "ownCloud",
    "icloud drive": "iCloud",
    "iclouddrive": "iCloud",
    "mobile documents": "iCloud",
    "cloudstorage": "CloudStorage",
    "box sync": "Box",
    "pcloud drive": "pCloud",
    "syncthing": "Syncthing",
}
"""What the folders of sync services are called, in small letters."""
_BY_MARK = {
    ".dropbox": "Dropbox",
    ".dropbox.cache": "Dropbox",
    ".stfolder": "Syncthing",
    ".nextcloudsync.log": "Nextcloud",
    ".owncloudsync.log": "ownCloud",
    ".849C9593-D756-4E56-8D6E-42412F2A707B": "OneDrive",
}
"""What sync services leave in the folder that they keep in step, whatever it is called."""
_AFTER_NAME = re.compile(r"[ \-_(–\d].*")
_NETWORK = frozenset(
    {
        "nfs",
        "nfs4",
        "cifs",
        "smb",
        "smb2",
        "smb3",
        "smbfs",
        "ncpfs",
        "afs",
        "afpfs",
        "ceph",
        "glusterfs",
        "lustre",
        "davfs",
        "webdav",
        "fuse.sshfs",
        "fuse.gvfsd-fuse",
        "fuse.davfs2",
        "fuse.smbnetfs",
        "fuse.glusterfs",
        "fuse.cephfs",
        "fuse.curlftpfs",
    }
)
_SYNCED_TYPES = {
    "fuse.rclone": "rclone",
    "fuse.onedriver": "OneDrive",
    "fuse.google-drive-ocamlfuse": "Google Disk",
    "fuse.insync": "Google Disk",
}


class Kind(Enum):
    """What kind of place it is."""

    SYNCED = "synced"
    NETWORK = "network"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place where a file that is written in is not safe, and which service keeps it, where that is known."""

    kind: Kind
    service: str = ""


def place_of(path: Path, *, mounts: Path = Path("/proc/mounts")) -> Place | None:
    """Return what is unsafe about where a file lies; None where nothing is."""
    real = path.resolve()
    service = _service_of(real)
    if service:
        return Place(kind=Kind.SYNCED, service=service)
    kind = mounted_as(real, mounts) if sys.platform.startswith("linux") else ""
    if kind in _SYNCED_TYPES:
        return Place(kind=Kind.SYNCED, service=_SYNCED_TYPES[kind])
    if kind in _NETWORK or is_network_drive(real):
        return Place(kind=Kind.NETWORK)
    return None


def _service_of(real: Path) -> str:
    """Return the sync service that a folder above the file belongs to."""
    for folder in real.parents:
        named = _named(folder.name)
        if named:
            return named
    return _marked(real.parents) or next((name for root, name in sync_roots() if real.is_relative_to(root)), "")


def _named(folder: str) -> str:
    """Tell a service by a folder's name: `OneDrive - Bærum kommune`, `Dropbox (Eiendom)`, but not `Dropboxen`."""
    small = folder.casefold()
    for name, service in _BY_NAME.items():
        rest = small.removeprefix(name)
        if rest != small and (not rest or _AFTER_NAME.fullmatch(rest)):
            return service
    return ""


def _marked(folders: Iterable[Path]) -> str:
    for folder in folders:
        with suppress(OSError):
            for mark, service in _BY_MARK.items():
                if (folder / mark).exists():
                    return service
    return ""
