"""Which papers a batch has: those of a folder and its subfolders, of a list in a text file, or of a reference manager's collection."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from citegrid.batch.wishes import FoundPaper
from citegrid.core.errors import InputError, StorageError
from citegrid.core.holdings import LibraryItem
from citegrid.core.messages import Message
from citegrid.ports import NEVER, SILENT, Cancel, Progress
from citegrid.store.files import sha256_of

SUFFIX = ".pdf"
#: Suffixes of a list: one path on each line, as seen from the folder of the list; a line that begins with # is none.
LISTS = (".txt", ".lst", ".list")


def find_papers(place: Path, *, progress: Progress = SILENT, cancel: Cancel = NEVER) -> tuple[FoundPaper, ...]:
    """The papers at ``place``, by name; raises InputError where there are none."""
    paths = _paths_in(place)
    if not paths:
        raise InputError(
            Message("{name} holds no PDF.", name=place.name or place), "Choose the folder that holds the papers."
        )
    found = []
    for done, (name, path) in enumerate(paths.items()):
        cancel.check()
        progress.report("Looking at the papers", done, len(paths), name)
        found.append(_found(path, name, cancel))
    return tuple(found)


def papers_of(
    items: Sequence[LibraryItem], origin: str, *, progress: Progress = SILENT, cancel: Cancel = NEVER
) -> tuple[FoundPaper, ...]:
    """The papers of a reference manager called ``origin``, each with what it knows of it; raises InputError where none has a PDF.

    An item without a PDF on this computer is a paper that cannot be read, so that it is accounted for.
    """
    if not any(item.files for item in items):
        raise InputError(
            Message("No item of this collection of {manager} has a PDF on this computer.", manager=origin),
            "Choose another collection, or let the manager fetch its files.",
        )
    found = []
    for done, item in enumerate(items):
        cancel.check()
        progress.report("Looking at the papers", done, len(items), item.called)
        found.append(_of_item(item, origin, cancel))
    return tuple(found)


def _of_item(item: LibraryItem, origin: str, cancel: Cancel) -> FoundPaper:
    file = next((file for file in item.files if Path(file).is_file()), "")
    details = item.details(origin) if item.title else None
    if not file:
        return FoundPaper(Path(), item.called, "", "It has no PDF on this computer.", details)
    return replace(_found(Path(file), item.called, cancel), details=details)


def _paths_in(place: Path) -> dict[str, Path]:
    """Name within the batch → file."""
    if place.is_dir():
        inside = (path for path in place.rglob("*") if path.suffix.lower() == SUFFIX and not _is_hidden(path, place))
        return {path.relative_to(place).as_posix(): path for path in sorted(inside)}
    if place.suffix.lower() in LISTS and place.is_file():
        return {line: place.parent / line for line in _lines_of(place)}
    raise InputError(
        Message("{name} is neither a folder nor a list of papers.", name=place.name or place),
        "Give a folder, or a text file (.txt) with the path of a paper on each line.",
    )


def _is_hidden(path: Path, place: Path) -> bool:
    return any(part.startswith(".") for part in path.relative_to(place).parts)


def _lines_of(place: Path) -> Iterator[str]:
    text = place.read_text("utf-8-sig", errors="replace")
    yield from (line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#"))


def _found(path: Path, name: str, cancel: Cancel) -> FoundPaper:
    try:
        return FoundPaper(path, name, sha256_of(path, cancel=cancel))
    except StorageError as fault:
        return FoundPaper(path, name, "", fault.whole)
