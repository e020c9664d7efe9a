"""What may be replaced without asking: nothing but a file that CiteGrid wrote and nobody has changed or holds open."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import zipfile
from enum import Enum
from pathlib import Path

from citegrid.core.errors import StorageError
from citegrid.store.files import sha256_of, write_atomically
from citegrid.store.paths import data_folder

#: Files remembered; the oldest are forgotten, and are then asked about.
MOST = 500


class Place(Enum):
    """What lies where a file is to be written."""

    FREE = "free"  # nothing, or an empty file
    OURS = "ours"  # written by CiteGrid and unchanged since
    CHANGED = "changed"  # written by CiteGrid and changed since
    FOREIGN = "foreign"  # not written by CiteGrid
    OPEN = "open"  # held open by a word processor


def look(path: Path) -> Place:
    """What lies at ``path``; raises ``StorageError`` where it cannot be read."""
    path = path.absolute()
    if _is_free(path):
        return Place.FREE
    # os.path.exists, for the name of a lock can be too long where the file's own is not
    if any(os.path.exists(path.parent / name) for name in _locks(path.name)):  # noqa: PTH110
        return Place.OPEN
    known = _ledger().get(_key(path))
    if known is None:
        return Place.OURS if _saved_by_us(path) else Place.FOREIGN
    if not path.is_file():
        return Place.FOREIGN
    return Place.OURS if sha256_of(path) == known else Place.CHANGED


def _is_free(path: Path) -> bool:
    """Whether nothing, or an empty file, lies there; where that cannot be told, writing will say what is wrong."""
    try:
        return not path.exists() or (path.is_file() and path.stat().st_size == 0)
    except OSError:
        return True


def remember(path: Path, data: bytes) -> None:
    """Note that CiteGrid has written ``data`` to ``path``."""
    ledger = _ledger()
    key = _key(path.absolute())
    ledger.pop(key, None)
    ledger[key] = hashlib.sha256(data).hexdigest()
    newest = dict(list(ledger.items())[-MOST:])
    with contextlib.suppress(StorageError):  # without the note the next export asks once more
        write_atomically(_file(), json.dumps(newest, ensure_ascii=False).encode("utf-8"))


def _saved_by_us(path: Path) -> bool:
    """Whether a Word file says that no other program has saved it since CiteGrid did."""
    try:
        with zipfile.ZipFile(path) as archive:
            return b"<Application>CiteGrid</Application>" in archive.read("docProps/app.xml")
    except (OSError, KeyError, zipfile.BadZipFile, NotImplementedError, RuntimeError):
        return False


def _locks(name: str) -> tuple[str, ...]:
    """The files that LibreOffice, WPS and Word lay beside a document while it is open."""
    return f".~lock.{name}#", f".~{name}", f"~${name[2:]}", f"~${name}"


def _key(path: Path) -> str:
    # names may hold bytes that are no text
    return str(path).encode("utf-8", "backslashreplace").decode("utf-8")


def _file() -> Path:
    return data_folder() / "exports.json"


def _ledger() -> dict[str, str]:
    try:
        found = json.loads(_file().read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return {str(k): str(v) for k, v in found.items()} if isinstance(found, dict) else {}
