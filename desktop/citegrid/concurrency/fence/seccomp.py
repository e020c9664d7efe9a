"""seccomp: the system calls that a Linux process may still make, as a filter that the kernel runs before each.

https://docs.kernel.org/userspace-api/seccomp_filter.html
"""

from __future__ import annotations

import ctypes
import os
from collections.abc import Iterator, Mapping

from citegrid.concurrency.fence import kernel, syscalls
from citegrid.concurrency.fence.cage import Cage

_EPERM, _ENOSYS = 1, 38
_ALLOW, _ERRNO, _KILL = 0x7FFF0000, 0x00050000, 0x80000000
#: Instructions: load a word, compare it, keep some of its bits, end with a verdict.
_LOAD, _EQUAL, _AT_LEAST, _AND, _RETURN = 0x20, 0x15, 0x35, 0x54, 0x06
#: Where the kernel puts the call's number, its machine and its arguments (their lower halves).
_NUMBER, _MACHINE, _FIRST, _SECOND = 0, 4, 16, 24
#: Numbers from here on are those of another way to call the same kernel.
_X32 = 0x40000000
_CLONE_THREAD, _SET_PDEATHSIG, _TIOCSTI, _TIOCLINUX = 0x10000, 1, 0x5412, 0x541C
_SET_FILTER, _ALL_THREADS = 1, 1

#: Code, jump when true, jump when not, and a number.
Instruction = tuple[int, int, int, int]
Numbers = Mapping[str, tuple[int | None, int | None]]


class _Filter(ctypes.Structure):
    _fields_ = (("code", ctypes.c_uint16), ("jt", ctypes.c_uint8), ("jf", ctypes.c_uint8), ("k", ctypes.c_uint32))


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_uint16), ("filters", ctypes.POINTER(_Filter)))


def restrict(cage: Cage, parent: int) -> str:
    """Forbid the network, other processes, and what reaches into the kernel; new programs too, unless the cage allows them."""
    machine = kernel.machine()
    if machine not in syscalls.MACHINES:
        raise OSError(f"no filter for {machine}")
    code = list(program(machine, os.getpid(), programs=cage.programs))
    filters = (_Filter * len(code))(*(_Filter(*one) for one in code))
    given = _Program(len(code), filters)
    number = syscalls.SECCOMP[syscalls.MACHINES[machine][1]]
    kernel.call(number, ctypes.c_uint(_SET_FILTER), ctypes.c_uint(_ALL_THREADS), ctypes.byref(given))
    _stands.append("seccomp")
    return "seccomp"


_stands: list[str] = []


def without_programs(cage: Cage, parent: int) -> str:
    """By what no program can be started; raises OSError where one can."""
    if cage.programs or not _stands:
        raise OSError("-")
    return _stands[0]


def program(machine: str, own: int, *, programs: bool) -> Iterator[Instruction]:
    """The filter for a process of the id ``own``: every call but those of ``syscalls`` goes through."""
    name, column = syscalls.MACHINES[machine]
    yield from ((_LOAD, 0, 0, _MACHINE), (_EQUAL, 1, 0, name), (_RETURN, 0, 0, _KILL))
    yield from ((_LOAD, 0, 0, _NUMBER), (_AT_LEAST, 0, 1, _X32), (_RETURN, 0, 0, _ERRNO | _ENOSYS))
    yield from _forbidden(syscalls.NETWORK, column)
    yield from _forbidden(syscalls.SYSTEM, column)
    yield from _unless(syscalls.IOCTL[column], _SECOND, (_TIOCSTI, _TIOCLINUX), allowed=False)
    yield from _unless(syscalls.PRCTL[column], _FIRST, (_SET_PDEATHSIG,), allowed=False)
    if not programs:
        yield from _forbidden(syscalls.PROGRAMS, column)
        yield from _for(syscalls.CLONE3[column], _ERRNO | _ENOSYS)  # the C library then takes the other one
        yield from _threads_only(syscalls.CLONE[column])
        for pair in syscalls.SIGNALS.values():
            yield from _unless(pair[column], _FIRST, (own,), allowed=True)
    yield (_RETURN, 0, 0, _ALLOW)


def _forbidden(calls: Numbers, column: int) -> Iterator[Instruction]:
    for pair in calls.values():
        number = pair[column]
        if number is not None:
            yield from _for(number, _ERRNO | _EPERM)


def _for(number: int, verdict: int) -> Iterator[Instruction]:
    yield from ((_EQUAL, 0, 1, number), (_RETURN, 0, 0, verdict))


def _unless(number: int, argument: int, values: tuple[int, ...], *, allowed: bool) -> Iterator[Instruction]:
    """The call ``number`` goes through with one of ``values``, or with all others, as ``argument``."""
    hit, miss = (_ALLOW, _ERRNO | _EPERM) if allowed else (_ERRNO | _EPERM, _ALLOW)
    yield from ((_EQUAL, 0, 2 + 2 * len(values), number), (_LOAD, 0, 0, argument))
    for value in values:
        yield from _for(value, hit)
    yield (_RETURN, 0, 0, miss)


def _threads_only(number: int) -> Iterator[Instruction]:
    """A thread may be made, a process not."""
    yield from ((_EQUAL, 0, 5, number), (_LOAD, 0, 0, _FIRST), (_AND, 0, 0, _CLONE_THREAD))
    yield from ((_EQUAL, 1, 0, _CLONE_THREAD), (_RETURN, 0, 0, _ERRNO | _EPERM), (_RETURN, 0, 0, _ALLOW))
