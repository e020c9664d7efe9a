"""What OCR read, kept on disk by the content of the picture, so that a second opening costs nothing.

One small JSON file a picture, named by the SHA-256 of its pixels and of the
engine's version.  Whatever cannot be read is a miss; a disk that says no costs
only the keeping.  The oldest files go when all of them are larger than allowed.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
from pathlib import Path
from typing import Any

from citegrid.core.errors import StorageError
from citegrid.ports import NEVER, Cancel, OcrLine, PageOcr, Pixels
from citegrid.store.files import make_folder, write_atomically

#: Bytes of all files; a page takes 20 to 60 KB, so a few thousand pages.
MOST_BYTES = 128 << 20
_LARGEST_FILE = 8 << 20
#: Characters of a SHA-256, which is the name of a file.
_NAME = 64


class CachedOcr:
    """A ``PageOcr`` that asks ``engine`` only for pictures it has not seen."""

    def __init__(self, engine: PageOcr, folder: Path, version: str, most_bytes: int = MOST_BYTES) -> None:
        self._engine = engine
        self._folder = folder
        self._version = version
        self._most_bytes = most_bytes

    @property
    def workers(self) -> int:
        """As many as the engine's."""
        return self._engine.workers

    def read(self, picture: Pixels, *, cancel: Cancel = NEVER) -> list[OcrLine]:
        """The lines of text in ``picture``, from the disk or from the engine; raises what the engine raises."""
        path = self._folder / f"{self._key(picture)}.json"
        kept = _load(path)
        if kept is not None:
            with contextlib.suppress(OSError):
                path.touch()  # the age by which files go is that of their last use
            return kept
        lines = self._engine.read(picture, cancel=cancel)
        rows = _rows(lines)
        with contextlib.suppress(StorageError):
            make_folder(self._folder, private=True)
            write_atomically(path, _dump(rows), private=True)
            self._trim()
        return _parsed(rows)  # what a second reading will give, to the last digit

    def close(self) -> None:
        """End the engine's processes."""
        self._engine.close()

    def _key(self, picture: Pixels) -> str:
        digest = hashlib.sha256(f"{self._version} {picture.width}x{picture.height} ".encode())
        digest.update(picture.data)
        return digest.hexdigest()

    def _trim(self) -> None:
        files = []
        for path in self._folder.glob("*.json"):
            if len(path.stem) != _NAME:  # none of ours
                continue
            with contextlib.suppress(OSError):  # another process may trim too
                state = path.stat()
                files.append((state.st_mtime, state.st_size, path))
        total = sum(size for _, size, _ in files)
        for _, size, path in sorted(files):
            if total <= self._most_bytes:
                return
            with contextlib.suppress(OSError):
                path.unlink()
            total -= size


def _rows(lines: list[OcrLine]) -> list[list[Any]]:
    return [
        [
            line.text,
            [[round(x, 2), round(y, 2)] for x, y in line.corners],
            round(line.confidence, 4),
            [round(e, 5) for e in line.edges],
        ]
        for line in lines
    ]


def _dump(rows: list[list[Any]]) -> bytes:
    body = json.dumps(rows, ensure_ascii=False, separators=(",", ":"))
    return json.dumps({"sum": _sum(body), "lines": body}, ensure_ascii=False).encode()


def _sum(body: str) -> str:
    return hashlib.sha256(body.encode()).hexdigest()


def _load(path: Path) -> list[OcrLine] | None:
    try:
        if path.stat().st_size > _LARGEST_FILE:
            return None
        kept = json.loads(path.read_bytes())
        body = kept["lines"]
        if kept["sum"] != _sum(body):
            return None
        return _parsed(json.loads(body))
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def _parsed(rows: list[list[Any]]) -> list[OcrLine]:
    return [_line(*row) for row in rows]


def _line(text: str, corners: Any, confidence: float, edges: Any) -> OcrLine:
    a, b, c, d = ((float(x), float(y)) for x, y in corners)
    return OcrLine(text, (a, b, c, d), float(confidence), tuple(map(float, edges)))
