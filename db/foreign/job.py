"""Holds a process in a job of Windows, which ends it when it takes too much memory or when we end.

Other systems have limits that a process sets on itself (`limited`). Must not know what the process does.
"""

from __future__ import annotations

import contextlib
import subprocess
import sys
from collections.abc import Callable

if sys.platform == "win32":
    import ctypes
    from ctypes import wintypes

    _LIMITS = 9
    _MEMORY_OF_PROCESS, _ENDED_WITH_US = 0x100, 0x2000

    class _Basic(ctypes.Structure):
        _fields_ = (
            ("process_time", ctypes.c_int64),
            ("job_time", ctypes.c_int64),
            ("flags", wintypes.DWORD),
            ("least_working_set", ctypes.c_size_t),
            ("most_working_set", ctypes.c_size_t),
            ("most_processes", wintypes.DWORD),
            ("affinity", ctypes.c_size_t),
            ("priority", wintypes.DWORD),
            ("scheduling", wintypes.DWORD),
        )

    class _Extended(ctypes.Structure):
        _fields_ = (
            ("basic", _Basic),
            ("counters", ctypes.c_uint64 * 6),
            ("process_memory", ctypes.c_size_t),
            ("job_memory", ctypes.c_size_t),
            ("peak_process_memory", ctypes.c_size_t),
            ("peak_job_memory", ctypes.c_size_t),
        )

    def hold_in_job(process: subprocess.Popen[bytes], memory: int) -> Callable[[], object]:
        """Put a process in a job with a limit. Returns what ends the job, and with it what is in it.

        Where the system says no, the time that the process may take is still limited.
        """
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        kernel.CreateJobObjectW.restype = wintypes.HANDLE
        kernel.SetInformationJobObject.argtypes = (wintypes.HANDLE, ctypes.c_int, ctypes.c_void_p, wintypes.DWORD)
        kernel.AssignProcessToJobObject.argtypes = (wintypes.HANDLE, wintypes.HANDLE)
        job = kernel.CreateJobObjectW(None, None)
        if not job:
            return lambda: None
        kernel.CloseHandle.argtypes = (wintypes.HANDLE,)
        limits = _Extended()
        limits.basic.flags = _MEMORY_OF_PROCESS | _ENDED_WITH_US
        limits.process_memory = memory
        kernel.SetInformationJobObject(job, _LIMITS, ctypes.byref(limits), ctypes.sizeof(limits))
        with contextlib.suppress(AttributeError, OSError):
            kernel.AssignProcessToJobObject(job, int(process._handle))  # noqa: SLF001  the only way to it
        return lambda: kernel.CloseHandle(job)
else:

    def hold_in_job(process: subprocess.Popen[bytes], memory: int) -> Callable[[], object]:  # noqa: ARG001
        """Do nothing: the process limits itself."""
        return lambda: None
