"""What every test needs before Qt is imported: no screen, and a Python that survives PySide."""

from __future__ import annotations

import os

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from ui.pyside import keep_none_alive

keep_none_alive()
