"""Linux asked without a library: the C library's ``syscall`` and ``prctl``."""

from __future__ import annotations

import ctypes
import os
import platform
from functools import cache
from typing import Any

#: What of the system calls is numbered alike on every machine.
LANDLOCK_CREATE, LANDLOCK_ADD, LANDLOCK_RESTRICT = 444, 445, 446


@cache
def _libc() -> Any:
    return ctypes.CDLL(None, use_errno=True)


def call(number: int, *arguments: Any) -> int:
    """The result of a system call; raises OSError."""
    return _checked(_libc().syscall(ctypes.c_long(number), *arguments))


def prctl(option: int, *arguments: int) -> int:
    """The result of ``prctl``; raises OSError."""
    padded = [*arguments, 0, 0, 0, 0][:4]
    return _checked(_libc().prctl(option, *map(ctypes.c_ulong, padded)))


def machine() -> str:
    """``x86_64`` or ``aarch64`` as the kernel says it."""
    return platform.machine()


def _checked(result: int) -> int:
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
    return int(result)
