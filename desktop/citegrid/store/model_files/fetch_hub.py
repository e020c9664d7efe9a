"""Brings a model from its publisher's hub: what the hub lists of it is asked first, then its bytes, which go on where they were cut.

The bytes grow in ``FILE.part``; ``FILE.part.json`` beside it says which file they are of (its SHA-256) and how many are there for
certain.  Only when size and SHA-256 are as listed does the file get its name.  A hub that fails gives way to the next.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, TypeVar

from citegrid.core.errors import Cancelled, ModelError
from citegrid.core.messages import Message
from citegrid.ports import Cancel, Progress
from citegrid.store.files import sync_folder, write_atomically
from citegrid.store.model_files.download import Downloader, Lost
from citegrid.store.model_files.hubs import Hub, Listed, hubs_of
from citegrid.store.model_files.manifest import ModelEntry
from citegrid.store.model_files.parts import MB, check_disk, digest_of, kept

T = TypeVar("T")

#: Tries in a row that bring nothing, after which a hub is given up; seconds before each, and the longest that it may ask for.
TRIES, PAUSES, LONGEST_WAIT = 4, (0.5, 2.0, 5.0), 60.0
#: Bytes after which it is written down what is there for certain.
SURE = 64 * MB


def fetch_from_hubs(entry: ModelEntry, folder: Path, progress: Progress, cancel: Cancel) -> tuple[Path, Listed]:
    """The whole and checked file in ``folder``, and what its publisher listed of it; raises ModelError, StorageError or Cancelled."""
    faults: list[ModelError] = []
    for hub in hubs_of(entry):
        try:
            return _fetched(entry, hub, folder, progress, cancel)
        except ModelError as fault:
            faults.append(fault)
    whole = faults[0].sentence
    for other in faults[1:]:
        whole = Message("{one} {other}", one=whole, other=other.sentence)
    raise ModelError(whole, faults[-1].hint)


def _fetched(entry: ModelEntry, hub: Hub, folder: Path, progress: Progress, cancel: Cancel) -> tuple[Path, Listed]:
    progress.report(Message("Asking {host}", host=hub.host), 0, 0)
    tries = _Tries(cancel)
    listed = tries.until(lambda: hub.listed(Downloader(cancel)))
    if entry.sha256 and listed.sha256 != entry.sha256:
        raise ModelError(
            Message("{host} has another file under this name by now.", host=hub.host),
            "Update CiteGrid, and fetch it again.",
        )
    part = _Partial(folder / f"{entry.file}.part", folder / f"{entry.file}.part.json", listed)
    check_disk(entry, folder, listed.bytes - part.size)
    try:
        part.grow(Downloader(cancel), tries, entry, progress, cancel)
    except Cancelled:
        raise Cancelled("Stopped as asked.", kept(entry, part.size, listed.bytes)) from None
    return part.finish(folder / entry.file), listed


class _Tries:
    """Tries what may pass; gives up after several in a row that brought nothing."""

    def __init__(self, cancel: Cancel) -> None:
        self._cancel, self.failed = cancel, 0

    def until(self, call: Callable[[], T]) -> T:
        """What ``call`` finds at last; raises the ModelError of its last try."""
        while True:
            try:
                return call()
            except Lost as lost:
                self.failed += 1
                if self.failed >= TRIES:
                    raise lost.error from lost
                self._pause(max(PAUSES[self.failed - 1], min(lost.wait, LONGEST_WAIT)))

    def _pause(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            self._cancel.check()
            time.sleep(min(0.1, left))


@dataclass
class _Partial:
    """The part of a file that is here: ``size`` bytes of the one that is ``listed``, ``most`` of them so far."""

    file: Path
    record: Path
    listed: Listed
    size: int = 0
    most: int = 0
    digest: hashlib._Hash = field(default_factory=hashlib.sha256)

    def __post_init__(self) -> None:
        self.size = self.most = self._resumed()

    def _resumed(self) -> int:
        try:
            said = json.loads(self.record.read_text("utf-8"))
            size = int(said["bytes"]) if said["sha256"] == self.listed.sha256 else 0
        except (OSError, ValueError, KeyError, TypeError, OverflowError, RecursionError):
            return 0
        here = self.file.stat().st_size if self.file.exists() else 0
        return size if 0 <= size <= min(here, self.listed.bytes) else 0

    def grow(self, line: Downloader, tries: _Tries, entry: ModelEntry, progress: Progress, cancel: Cancel) -> None:
        """Fetch what is missing, over as many lines as it takes; raises ModelError for a file that is not as listed."""
        phase, detail = Message("Fetching {name} (MB)", name=entry.name), Message("from {host}", host=self.listed.host)

        def tell() -> None:
            progress.report(phase, self.size // MB, self.listed.bytes // MB, detail)

        with self.file.open("r+b" if self.file.exists() else "w+b") as joined:
            joined.truncate(self.size)
            checking = Message("Checking what is here of {name} (MB)", name=entry.name)
            self.digest = digest_of(joined, self.size, checking, progress, cancel)
            while self.size < self.listed.bytes:
                tries.until(lambda: self._line(line, joined, tries, tell))
        if self.digest.hexdigest() != self.listed.sha256:
            self._throw_away()
            raise ModelError(
                Message(
                    "{name} came out different from what its publisher lists (checksum wrong); it is not used.",
                    name=entry.file,
                ),
                Message("`{command}` downloads it anew.", command=f"citegrid models fetch {entry.id}"),
            )

    def _line(self, line: Downloader, joined: BinaryIO, tries: _Tries, tell: Callable[[], None]) -> None:
        """What one line brings; what it brought is written down however it ends."""
        with line.bytes_from(self.listed.address, self.size, self.listed.bytes) as (begins, pieces):
            if begins != self.size:  # a server that knows no ranges begins anew
                joined.seek(0)
                joined.truncate()
                self.size, self.digest = 0, hashlib.sha256()
            try:
                self._take(pieces, joined, tries, tell)
            finally:
                self._write_down(joined)
        if self.size < self.listed.bytes:
            raise Lost(
                ModelError(
                    Message("{host} did not answer, or was cut off.", host=self.listed.host),
                    "Check the network, and fetch it again.",
                )
            )

    def _take(self, pieces: Iterator[bytes], joined: BinaryIO, tries: _Tries, tell: Callable[[], None]) -> None:
        sure = self.size
        for piece in pieces:
            joined.write(piece)
            self.digest.update(piece)
            self.size += len(piece)
            if self.size > self.most:
                self.most, tries.failed = self.size, 0
            tell()
            if self.size - sure >= SURE:
                self._write_down(joined)
                sure = self.size

    def _throw_away(self) -> None:
        self.record.unlink(missing_ok=True)
        self.file.unlink(missing_ok=True)
        self.size = 0

    def _write_down(self, joined: BinaryIO) -> None:
        joined.flush()
        os.fsync(joined.fileno())
        said = {"sha256": self.listed.sha256, "bytes": self.size}
        write_atomically(self.record, json.dumps(said).encode())

    def finish(self, target: Path) -> Path:
        """Give the whole file its name."""
        self.file.replace(target)
        self.record.unlink(missing_ok=True)
        sync_folder(target.parent)
        return target
