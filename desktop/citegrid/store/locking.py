"""A file that one program holds at a time; the system frees it when that program ends, however it ends."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import BinaryIO

from citegrid.core.messages import Message
from citegrid.store.files import storage_error


class Lock:
    """Holds ``path`` (made when it is missing, never removed) until ``release``."""

    def __init__(self, path: Path, handle: BinaryIO) -> None:
        self.path = path
        self._handle = handle

    def release(self) -> None:
        """Let others have it."""
        self._handle.close()


def take(path: Path) -> Lock | None:
    """The lock, or None while another program (or another lock of ours) holds it; raises StorageError."""
    try:
        handle = path.open("a+b")
    except OSError as error:
        raise storage_error(path, error, Message("be locked")) from error
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(handle.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        handle.close()
        return None
    return Lock(path, handle)
