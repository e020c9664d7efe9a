"""A source that is no longer where it was: looked for by its bytes, near the project and near its old place."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from citegrid.core.errors import SourceLost, StorageError
from citegrid.core.messages import Message
from citegrid.core.project import SourceFile
from citegrid.ports import NEVER, SILENT, Cancel, Progress
from citegrid.store.files import sha256_of

#: Files that are hashed at most; a folder of thousands of papers is not read through.
MOST = 300


def found_again(file: SourceFile, folder: Path | None, *, progress: Progress = SILENT, cancel: Cancel = NEVER) -> Path:
    """Where ``file`` lies: at its place, or where the same bytes lie in or beside the project's ``folder`` or beside its
    old place; files of the same name are tried first.  Raises SourceLost when it is nowhere there."""
    place = Path(file.path)
    if place.is_file() or not file.sha256:
        return place
    for candidate in _near(place, folder):
        cancel.check()
        progress.report("Looking for the file", 0, 0, candidate.name)
        try:
            if sha256_of(candidate, cancel=cancel) == file.sha256:
                return candidate
        except StorageError:
            continue  # may not be read: then it is not the one
    raise SourceLost(
        Message("{name} is no longer where it was ({place}).", name=file.name, place=place.parent),
        "Say where it lies now.",
        file.path,
    )


def _near(place: Path, folder: Path | None) -> Iterator[Path]:
    homes = [place.parent, place.parent.parent]
    if folder is not None:
        homes = [folder, folder.parent, *homes]
    found: dict[Path, None] = {}
    for home in dict.fromkeys(homes):
        if home.is_dir():
            found.update((path, None) for path in sorted(home.glob(f"*{place.suffix}")) if path.is_file())
    ordered = sorted(found, key=lambda path: path.name != place.name)
    yield from ordered[:MOST]
