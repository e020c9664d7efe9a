"""What was hashed once is remembered with its size and time of change, so a start does not read 1.1 GB again."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path

from citegrid.core.errors import StorageError
from citegrid.ports import NEVER, SILENT, Cancel, Progress
from citegrid.store import paths
from citegrid.store.files import BE_READ, sha256_of, storage_error, write_atomically

REMEMBERED = "checked.json"


def checksum(path: Path, *, progress: Progress = SILENT, cancel: Cancel = NEVER) -> str:
    """The SHA-256 of a file, remembered for as long as its size and time of change stay the same."""
    path = path.absolute()
    known = remembered().get(str(path), {})
    if known.get("sha256") and known.get("stamp") == _stamp(path):
        return str(known["sha256"])
    found = sha256_of(path, progress=progress, cancel=cancel)
    with contextlib.suppress(StorageError):  # a read-only data folder: hash it again next time
        remember(path, found)
    return found


def _stamp(path: Path) -> list[int]:
    """Size in bytes and time of change in nanoseconds."""
    try:
        stat = path.stat()
    except OSError as error:
        raise storage_error(path, error, BE_READ) from error
    return [stat.st_size, stat.st_mtime_ns]


def remembered() -> dict[str, dict[str, object]]:
    """Absolute path → ``{"sha256", "stamp"}``; empty when the record is absent or broken."""
    try:
        known = json.loads((paths.models_folder() / REMEMBERED).read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return (
        {str(key): value for key, value in known.items() if isinstance(value, dict)} if isinstance(known, dict) else {}
    )


def remember(path: Path, sha256: str) -> None:
    """Keeps the sum of ``path`` as it is now; files that are gone are dropped.  Raises ``StorageError``."""
    known = {key: value for key, value in remembered().items() if Path(key).exists()}
    known[str(path.absolute())] = {"sha256": sha256, "stamp": _stamp(path)}
    write_atomically(paths.models_folder() / REMEMBERED, json.dumps(known, indent=1).encode())


def forget(path: Path) -> None:
    """Drops what is known of ``path``.  Raises ``StorageError``."""
    known = remembered()
    if known.pop(str(path.absolute()), None):
        write_atomically(paths.models_folder() / REMEMBERED, json.dumps(known, indent=1).encode())
