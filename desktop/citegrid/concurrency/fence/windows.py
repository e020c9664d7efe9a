"""Job objects of Windows: memory, processor time and the number of processes.

Not tried on a machine here: where a call refuses, the measure is told as not in force.  Files and the network stay open: an
AppContainer, which would close them, has to be made by an installer.
"""

from __future__ import annotations

import ctypes
import sys
from typing import Any

from citegrid.concurrency.fence.cage import Cage

_EXTENDED_LIMITS = 9
_PROCESS_TIME, _ACTIVE_PROCESSES, _PROCESS_MEMORY, _KILL_ON_CLOSE = 0x2, 0x8, 0x100, 0x2000


class _Basic(ctypes.Structure):
    _fields_ = (
        ("process_time", ctypes.c_int64),
        ("job_time", ctypes.c_int64),
        ("flags", ctypes.c_uint32),
        ("least_set", ctypes.c_size_t),
        ("most_set", ctypes.c_size_t),
        ("processes", ctypes.c_uint32),
        ("affinity", ctypes.c_size_t),
        ("priority", ctypes.c_uint32),
        ("scheduling", ctypes.c_uint32),
    )


class _Extended(ctypes.Structure):
    _fields_ = (
        ("basic", _Basic),
        ("io", ctypes.c_uint64 * 6),
        ("process_memory", ctypes.c_size_t),
        ("job_memory", ctypes.c_size_t),
        ("most_process_memory", ctypes.c_size_t),
        ("most_job_memory", ctypes.c_size_t),
    )


def limits_of(cage: Cage) -> _Extended:
    """The limits for ``cage`` as Windows wants them; times in tenths of a microsecond."""
    made = _Extended()
    made.basic.flags = _KILL_ON_CLOSE
    if cage.memory:
        made.basic.flags |= _PROCESS_MEMORY
        made.process_memory = cage.memory
    if cage.seconds:
        made.basic.flags |= _PROCESS_TIME
        made.basic.process_time = cage.seconds * 10_000_000
    if not cage.programs:
        made.basic.flags |= _ACTIVE_PROCESSES
        made.basic.processes = 1
    return made


_stands: list[object] = []


def _kernel32() -> Any:
    if sys.platform == "win32":
        return ctypes.WinDLL("kernel32", use_last_error=True)
    raise OSError(sys.platform)


def restrict(cage: Cage, parent: int) -> str:
    """Put this process into a job of its own."""
    library = _kernel32()
    library.CreateJobObjectW.restype = library.GetCurrentProcess.restype = ctypes.c_void_p
    job = ctypes.c_void_p(library.CreateJobObjectW(None, None))
    limits = limits_of(cage)
    set_ = library.SetInformationJobObject(job, _EXTENDED_LIMITS, ctypes.byref(limits), ctypes.sizeof(limits))
    if not set_ or not library.AssignProcessToJobObject(job, ctypes.c_void_p(library.GetCurrentProcess())):
        raise OSError("the job object was refused")
    _stands.append(job)  # it holds as long as its handle
    return "job object"


def is_in_force(cage: Cage, parent: int) -> str:
    """By what the processor's time is limited; raises OSError where it is not."""
    if not _stands or not cage.seconds:
        raise OSError("-")
    return "job object"


def without_programs(cage: Cage, parent: int) -> str:
    """By what no program can be started; raises OSError where one can."""
    if not _stands or cage.programs:
        raise OSError("-")
    return "job object"
