"""Files and folders that are the person's alone, and those of ours that a killed program left behind.

What holds the text of papers is made for its owner only (0600 in 0700).  In a project's folder and in the caches nothing is
followed: a link where a file or folder of ours belongs is taken for what it is, and not for what it points to.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import stat
import time
from collections.abc import Iterator
from pathlib import Path

import psutil

_BEGIN, _END = ".citegrid-", ".tmp"
#: Seconds after which a file that was being written is left behind: for certain, and when its program runs no more.
_LONG, _SHORT = 3600.0, 60.0


def private_folder(path: Path) -> Path:
    """The folder ``path``, made with its parents where absent, for the person alone; one that is theirs and open to others is
    closed to them.  Raises OSError."""
    for parent in reversed(path.parents):
        if not parent.exists():
            parent.mkdir(mode=0o700, exist_ok=True)
    path.mkdir(mode=0o700, exist_ok=True)
    with contextlib.suppress(OSError):  # somebody else's, or a disk that knows no permissions
        if stat.S_IMODE(path.stat().st_mode) & 0o077 and _is_ours(path.stat()):
            path.chmod(0o700)
    return path


def own_folder(folder: Path, name: str) -> Path:
    """The folder ``name`` of ours in ``folder``, made where absent; a link in its place goes, and what it points to stays as
    it is.  Raises OSError."""
    place = folder / name
    if place.is_symlink():
        place.unlink()
    return private_folder(place)


def write_own(path: Path, text: str) -> None:
    """Write ``text`` to a small file of ours, in place; a link in its place goes.  Raises OSError."""
    if path.is_symlink():
        path.unlink()
    # not through a link, and not waiting for who reads a pipe that lies there
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    with os.fdopen(os.open(path, flags, 0o600), "w", encoding="utf-8", errors="replace") as file:
        file.write(text)


def is_plain(path: Path, most: int) -> bool:
    """Whether ``path`` is a file, and no link, pipe or device, of at most ``most`` bytes; raises OSError."""
    state = path.lstat()
    return stat.S_ISREG(state.st_mode) and state.st_size <= most


def beside(folder: Path) -> Path:
    """The name of a file to write in ``folder`` before it is moved to its place; it says who writes."""
    return folder / f"{_BEGIN}{os.getpid()}-{secrets.token_hex(6)}{_END}"


def sweep(folder: Path) -> None:
    """Take away what programs that ended were writing in ``folder``: files of that name and of this person alone, old enough
    that nobody writes them any more."""
    with contextlib.suppress(OSError):
        for path in _left_behind(folder):
            path.unlink(missing_ok=True)


def _left_behind(folder: Path) -> Iterator[Path]:
    with os.scandir(folder) as entries:
        named = [e for e in entries if e.name.startswith(_BEGIN) and e.name.endswith(_END)]
    for entry in named:
        state = entry.stat(follow_symlinks=False)
        age = time.time() - state.st_mtime
        writer = entry.name.removeprefix(_BEGIN).partition("-")[0]
        ended = age > _SHORT and not (writer.isdigit() and psutil.pid_exists(int(writer[:9])))
        if stat.S_ISREG(state.st_mode) and _is_ours(state) and (ended or age > _LONG):
            yield Path(entry.path)


def _is_ours(state: os.stat_result) -> bool:
    return not hasattr(os, "getuid") or state.st_uid == os.getuid()
