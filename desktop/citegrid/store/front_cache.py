"""What first pages named, kept on disk by the hash of their file: a folder that is looked through again costs no reading.

One small JSON file each in the cache folder.  Whatever cannot be read is a miss; a disk that says no costs only the keeping.
"""

from __future__ import annotations

import contextlib
import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from citegrid.core.errors import StorageError
from citegrid.core.holdings import LibraryItem
from citegrid.store.files import write_atomically

#: Rises when first pages are read otherwise.
VERSION = 2
_LARGEST_FILE = 64 << 10


class KeptFronts:
    """A ``ports.FrontMemory`` in ``folder``."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / f"v{VERSION}"

    def recall(self, sha256: str) -> LibraryItem | None:
        """What was kept of the file with that hash; None without."""
        path = self._path(sha256)
        try:
            kept = json.loads(path.read_bytes()) if path.stat().st_size <= _LARGEST_FILE else None
            return _item(kept) if kept is not None else None
        except (OSError, ValueError, TypeError, KeyError, RecursionError):
            return None

    def keep(self, sha256: str, item: LibraryItem) -> None:
        """Remember what the file with that hash is."""
        with contextlib.suppress(StorageError):
            write_atomically(self._path(sha256), json.dumps(asdict(item), ensure_ascii=False).encode())

    def _path(self, sha256: str) -> Path:
        return self._folder / sha256[:2] / f"{sha256}.json"


def _item(kept: dict[str, Any]) -> LibraryItem:
    texts = (str(kept[name]) for name in ("key", "title", "doi", "arxiv", "opening"))
    key, title, doi, arxiv, opening = texts
    year = int(kept["year"]) if kept["year"] is not None else None
    authors, files = tuple(map(str, kept["authors"])), tuple(map(str, kept["files"]))
    return LibraryItem(key, title, authors, year, doi, arxiv, files, opening=opening)
