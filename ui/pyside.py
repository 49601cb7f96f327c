"""What PySide needs before it is used, and does not see to itself.

Must not import Qt.
"""

from __future__ import annotations

import sys

_IMMORTAL_SINCE = (3, 12)
_PLENTY = 1 << 40


def keep_none_alive() -> None:
    """Give None references enough for a lifetime where PySide uses them up.

    PySide 6.12 returns None as if it were immortal, which it is from Python 3.12. On 3.11 every call that
    returns nothing takes a reference, and after some ten thousand calls Python aborts: «deallocating None».
    """
    if sys.version_info >= _IMMORTAL_SINCE or sys.getrefcount(None) > _PLENTY:
        return
    from ctypes import c_ssize_t

    # In CPython an object begins with its count of references.
    c_ssize_t.from_address(id(None)).value += _PLENTY
