"""Rights of a Linux process: none to gain, none of root's, and an end with its parent."""

from __future__ import annotations

import ctypes
import os
import signal
from contextlib import suppress

from citegrid.concurrency.fence import kernel
from citegrid.concurrency.fence.cage import Cage

_SET_PDEATHSIG, _SET_NO_NEW_PRIVS, _CAPBSET_DROP, _CAPABILITY_3 = 1, 38, 24, 0x20080522
_CAPSET = {"x86_64": 126, "aarch64": 91}


class _Header(ctypes.Structure):
    _fields_ = (("version", ctypes.c_uint32), ("pid", ctypes.c_int))


def end_with_parent(cage: Cage, parent: int) -> str:
    """The kernel kills the process when the thread that started it ends (see ``child_process``), also in the middle of a
    computation that would not look at its pipe."""
    kernel.prctl(_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # it ended before that
        os._exit(0)
    return "PR_SET_PDEATHSIG"


def gain_none(cage: Cage, parent: int) -> str:
    """No program that it starts may have more rights than it, and it gives those of root away."""
    kernel.prctl(_SET_NO_NEW_PRIVS, 1)
    with suppress(OSError, KeyError):
        none = (ctypes.c_uint32 * 6)()
        header = _Header(_CAPABILITY_3, 0)
        kernel.call(_CAPSET[kernel.machine()], ctypes.byref(header), ctypes.byref(none))
    return "no_new_privs"
