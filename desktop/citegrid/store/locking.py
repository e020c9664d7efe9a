"""A file that one program holds at a time; the system frees it when that program ends, however it ends.

``filelock`` knows what each system offers (``flock``, ``LockFileEx``) and makes do with a marker file where a network drive
offers none.  Who holds a lock stands in a file beside it, which means nothing once the lock is free.
"""

from __future__ import annotations

import contextlib
import json
import os
import platform
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from citegrid.core.messages import Message
from citegrid.store.files import storage_error
from citegrid.store.own_files import is_plain, write_own

_OWNER = ".owner.json"
_MOST_BYTES = 1 << 16


@dataclass(frozen=True, slots=True)
class Holder:
    """The program that holds a lock: on which computer (empty where it is not known), and its process there."""

    computer: str = ""
    process: int = 0

    @property
    def is_elsewhere(self) -> bool:
        """Whether it runs on another computer than this program."""
        return self.computer not in ("", platform.node())


class Lock:
    """Holds ``path`` until ``release``."""

    def __init__(self, path: Path, release: Callable[[], None]) -> None:
        """``release`` is called once."""
        self.path = path
        self._release: Callable[[], None] | None = release

    def release(self) -> None:
        """Let others have it; may be called twice."""
        release, self._release = self._release, None
        if release is not None:
            with contextlib.suppress(OSError):
                _owner_file(self.path).unlink(missing_ok=True)
            release()


def take(path: Path) -> Lock | None:
    """The lock, or None while another program (or another lock of ours) holds it; raises StorageError."""
    from filelock import FileLock, Timeout  # 80 ms that no other command needs to wait for

    try:
        path.parent.stat()  # filelock would make a folder that has gone
        if path.is_symlink():
            path.unlink()  # it is none of ours, and what it points to is not to be touched
        held = FileLock(path, timeout=0, thread_local=False)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # that a drive has no locks of its own is nothing to trouble a person with
            held.acquire()
    except Timeout:
        return None
    except OSError as error:
        raise storage_error(path, error, Message("be locked")) from error
    with contextlib.suppress(OSError):  # a lock without a name is as good
        write_own(_owner_file(path), json.dumps({"computer": platform.node(), "process": os.getpid()}))
    return Lock(path, held.release)


def holder_of(path: Path) -> Holder:
    """Who said last that it holds the lock at ``path``: true where ``take`` has just given None."""
    try:
        if not is_plain(_owner_file(path), _MOST_BYTES):
            return Holder()
        known = json.loads(_owner_file(path).read_text("utf-8"))
        return Holder(str(known["computer"]), int(known["process"]))
    except (OSError, ValueError, KeyError, TypeError, OverflowError, RecursionError):
        return Holder()


def _owner_file(path: Path) -> Path:
    return path.with_name(path.name + _OWNER)
