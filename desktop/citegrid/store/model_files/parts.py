"""What every way of fetching does: look whether the file fits on the disk, hash what is here of it already, say what is kept."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path
from typing import BinaryIO

from citegrid.core.errors import StorageError
from citegrid.core.messages import Message
from citegrid.ports import Cancel, Progress
from citegrid.store.files import CHUNK
from citegrid.store.model_files.manifest import ModelEntry

MB = 1_000_000
SPARE = 150 * MB  # a wheel, unpacked once more by pip


def check_disk(entry: ModelEntry, folder: Path, missing: int) -> None:
    """Raises StorageError where ``missing`` bytes do not fit."""
    free = shutil.disk_usage(folder).free
    if free < missing + SPARE:
        raise StorageError(
            Message(
                "There is no room for {name} in {folder}: {needed} GB are needed, {free} GB are free.",
                name=entry.file,
                folder=folder,
                needed=f"{(missing + SPARE) / 1e9:.1f}",
                free=f"{free / 1e9:.1f}",
            ),
            "Make room, or name a folder on another disk in the environment variable CITEGRID_DATA.",
        )


def digest_of(joined: BinaryIO, size: int, phase: Message, progress: Progress, cancel: Cancel) -> hashlib._Hash:
    """The SHA-256 of the first ``size`` bytes, to go on from; leaves the file at their end."""
    digest, done = hashlib.sha256(), 0
    joined.seek(0)
    while done < size and (chunk := joined.read(min(CHUNK, size - done))):
        cancel.check()
        digest.update(chunk)
        done += len(chunk)
        progress.report(phase, done // MB, size // MB)
    return digest


def kept(entry: ModelEntry, done: int, whole: int) -> Message:
    """That what was fetched stays, in words."""
    return Message(
        "{done} of {all} MB are kept; `citegrid models fetch {id}` goes on from there.",
        done=done // MB,
        all=whole // MB,
        id=entry.id,
    )
