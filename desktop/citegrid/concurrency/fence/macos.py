"""The sandbox of macOS, by the one call that a program may make for itself (deprecated, and there).

Not tried on a machine here: where the call is missing or refuses, the measure is told as not in force.
"""

from __future__ import annotations

import ctypes
import sys

from citegrid.concurrency.fence.cage import Cage

_PROFILE = '(version 1)(allow default)(deny network*)(deny file-write*)(allow file-write* (literal "/dev/null"))'
_PROGRAMS = "(deny process-exec*)(deny process-fork)"
#: Where a person's own files are.  Its own program may lie below it, and what is named last counts.
_HOMES = '(deny file-read-data (subpath "/Users"))'


def profile(cage: Cage, own: tuple[str, ...]) -> str:
    """The rules for ``cage``, in the sandbox's language; ``own`` are the folders of the program itself."""
    reads = "".join(f"(allow file-read-data (subpath {_quoted(place)}))" for place in (*own, *cage.reads))
    writes = f"(allow file-write* (subpath {_quoted(cage.writes)}))" if cage.writes else ""
    return _PROFILE + ("" if cage.programs else _PROGRAMS + _HOMES + reads) + writes


def _quoted(place: str) -> str:
    return '"' + place.replace("\\", "\\\\").replace('"', '\\"') + '"'


def restrict(cage: Cage, parent: int) -> str:
    """Leave the process no network, no folder to write but one, and none of a person's files to read."""
    library = ctypes.CDLL("/usr/lib/libSystem.dylib")
    rules = profile(cage, (sys.prefix, sys.base_prefix, sys.executable, *filter(None, sys.path)))
    error = ctypes.c_char_p()
    if library.sandbox_init(rules.encode(), ctypes.c_uint64(0), ctypes.byref(error)) != 0:
        raise OSError((error.value or b"sandbox_init").decode("utf-8", "replace"))
    _stands.append("sandbox_init")
    return "sandbox_init"


_stands: list[str] = []


def is_in_force(cage: Cage, parent: int) -> str:
    """By what the network is closed; raises OSError where it is not."""
    if not _stands:
        raise OSError("sandbox_init")
    return _stands[0]


def without_programs(cage: Cage, parent: int) -> str:
    """By what no program can be started; raises OSError where one can."""
    if cage.programs:
        raise OSError("-")
    return is_in_force(cage, parent)
