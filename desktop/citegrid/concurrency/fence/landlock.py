"""Landlock: the files that a Linux process may still open (kernel 5.13 and later).

https://docs.kernel.org/userspace-api/landlock.html
"""

from __future__ import annotations

import ctypes
import os
import site
import stat
import sys
import sysconfig
from collections.abc import Iterable
from pathlib import Path

from citegrid.concurrency.fence import kernel
from citegrid.concurrency.fence.cage import Cage
from citegrid.core.resources import home_of

_VERSION, _PATH_BENEATH = 1, 1
_EXECUTE, _WRITE_FILE, _READ_FILE, _READ_DIR = 1, 2, 4, 8
#: Of a file that is no folder only these can be granted: the first three, to truncate it, to control a device.
_OF_FILES = _EXECUTE | _WRITE_FILE | _READ_FILE | 1 << 14 | 1 << 15
#: What each version of Landlock knows to forbid with files: bits from the first on.
_BITS = {1: 13, 2: 14, 3: 15, 4: 15, 5: 16}
#: From version 4 on: to bind and connect TCP.  From version 6 on: abstract sockets of, and signals to, processes outside.
_TCP, _SCOPES = 3, 3

#: What the system's libraries read: themselves, the loader's list, the clock's zone, words of locales, the machine's make
#: (onnxruntime looks for graphics cards).
_SYSTEM = (
    "/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/local/lib", "/nix/store", "/gnu/store", "/etc/ld.so.cache", "/etc/localtime", "/usr/share/zoneinfo",
    "/usr/share/locale", "/proc/self", "/proc/cpuinfo", "/proc/meminfo", "/proc/stat", "/proc/sys/vm/overcommit_memory",
    "/sys/devices", "/sys/bus/pci", "/sys/class/drm", "/sys/kernel/mm/transparent_hugepage", "/sys/fs/cgroup", "/dev/urandom", "/dev/random", "/dev/zero",
)  # fmt: skip


class _Ruleset(ctypes.Structure):
    _fields_ = (("files", ctypes.c_uint64), ("network", ctypes.c_uint64), ("scopes", ctypes.c_uint64))


class _PathBeneath(ctypes.Structure):
    _pack_ = 1
    _fields_ = (("allowed", ctypes.c_uint64), ("parent", ctypes.c_int32))


def version() -> int:
    """The kernel's version of Landlock; raises OSError where it has none, or where it is switched off."""
    return kernel.call(kernel.LANDLOCK_CREATE, None, ctypes.c_size_t(0), ctypes.c_uint32(_VERSION))


def restrict(cage: Cage, parent: int) -> str:
    """Leave the process the program's own files to read, and what its cage says."""
    abi = version()
    if len(list(Path("/proc/self/task").iterdir())) > 1:  # Landlock holds one thread, and those that it starts
        raise OSError("threads were running already")
    every = (1 << _BITS.get(abi, 16)) - 1
    rules = _Ruleset(every, _TCP if abi >= 4 else 0, _SCOPES if abi >= 6 else 0)
    size = 8 if abi < 4 else 16 if abi < 6 else 24
    ruleset = kernel.call(kernel.LANDLOCK_CREATE, ctypes.byref(rules), ctypes.c_size_t(size), ctypes.c_uint32(0))
    try:
        reading = _READ_FILE | _READ_DIR | (_EXECUTE if cage.programs else 0)
        _allow(ruleset, ("/",) if cage.programs else (*_SYSTEM, *_own(), *cage.reads), reading)
        _allow(ruleset, ("/dev/null",), _READ_FILE | _WRITE_FILE)
        _allow(ruleset, (cage.writes,) if cage.writes else (), every & ~_EXECUTE)
        kernel.call(kernel.LANDLOCK_RESTRICT, ctypes.c_int(ruleset), ctypes.c_uint32(0))
    finally:
        os.close(ruleset)
    return f"Landlock {abi}"


def _own() -> Iterable[str]:
    """Where Python, the program and what it imports lie."""
    schemes = (sysconfig.get_path(name) for name in ("stdlib", "platstdlib", "purelib", "platlib"))
    frozen = getattr(sys, "_MEIPASS", "")
    # a packaged program reads its modules out of its own file, which lies beside that folder: below /usr, or in a person's home
    program = sys.executable if frozen else ""
    places = {*filter(None, schemes), *site.getsitepackages(), frozen, program, str(Path(__file__).parents[2])}
    places |= {str(home_of(name)) for name in ("resources", "models")}
    # libraries that lie beside a Python of its own (conda, pyenv), or where the person's environment says
    places |= {str(Path(prefix, "lib")) for prefix in (sys.prefix, sys.base_prefix)}
    places |= set(os.environ.get("LD_LIBRARY_PATH", "").split(os.pathsep))
    # what lies on the path but is somebody's home, or all of it, is not opened to everyone
    homes = {str(Path.home()), *map(str, Path.home().parents)}
    return sorted(place for place in {*places, *sys.path} if Path(place).is_absolute() and place not in homes)


def _allow(ruleset: int, places: Iterable[str], rights: int) -> None:
    for place in places:
        try:
            parent = os.open(place, os.O_PATH | os.O_CLOEXEC)
        except OSError:  # this system has it not
            continue
        try:
            is_folder = stat.S_ISDIR(os.fstat(parent).st_mode)
            rule = _PathBeneath(rights if is_folder else rights & _OF_FILES, parent)
            kernel.call(
                kernel.LANDLOCK_ADD,
                ctypes.c_int(ruleset),
                ctypes.c_int(_PATH_BENEATH),
                ctypes.byref(rule),
                ctypes.c_uint32(0),
            )
        finally:
            os.close(parent)
