"""What PySide needs before it is used, and does not see to itself.

Must not import Qt.
"""

from __future__ import annotations

import sys

_IMMORTAL_SINCE = (3, 12)
_PLENTY = 1 << 40


def keep_singletons_alive() -> None:
    """Give None, True and False references enough for a lifetime where PySide uses them up.

    PySide 6.12 returns them as if they were immortal, which they are from Python 3.12. On 3.11 every call that returns
    nothing takes a reference to None, and every `emit` one to True; when the last is gone Python aborts:
    «deallocating None», «deallocating True or False».
    """
    if sys.version_info >= _IMMORTAL_SINCE or sys.getrefcount(None) > _PLENTY:
        return
    from ctypes import c_ssize_t

    for one in (None, True, False):
        # In CPython an object begins with its count of references.
        c_ssize_t.from_address(id(one)).value += _PLENTY
