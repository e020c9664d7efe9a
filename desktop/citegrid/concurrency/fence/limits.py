"""Limits that the system sets to a process: memory, processor time, open files, the size of files."""

from __future__ import annotations

import sys

from citegrid.concurrency.fence.cage import Cage

if sys.platform != "win32":
    import resource

_MOST_FILES = 256
#: Bytes of a file where some may be written at all.
_LARGEST_FILE = 4 << 30


def _limit(which: int, most: int, grace: int = 0) -> None:
    """Lower a limit for good; one that is lower already stays.  ``grace`` lies between being told of it and being ended."""
    if sys.platform != "win32":
        _, hard = resource.getrlimit(which)
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(which, (most, most + grace if hard == resource.RLIM_INFINITY else min(most + grace, hard)))


def small_ones(cage: Cage) -> None:
    """No core dumps, few open files, and no file written where none may be."""
    if sys.platform != "win32":
        _limit(resource.RLIMIT_CORE, 0)
        _limit(resource.RLIMIT_NOFILE, _MOST_FILES)
        _limit(resource.RLIMIT_FSIZE, _LARGEST_FILE if cage.writes else 0)


def memory(cage: Cage, parent: int) -> str:
    """What it takes for itself; mapped files, a model among them, are not counted."""
    if sys.platform != "win32" and cage.memory:
        _limit(resource.RLIMIT_DATA, cage.memory)
        return f"RLIMIT_DATA {cage.memory >> 20} MiB"
    raise ValueError("-")


def time(cage: Cage, parent: int) -> str:
    """Seconds of the processor in all."""
    if sys.platform != "win32" and cage.seconds:
        _limit(resource.RLIMIT_CPU, cage.seconds, grace=5)  # SIGXCPU tells its parent why it ended
        return f"RLIMIT_CPU {cage.seconds} s"
    raise ValueError("-")
