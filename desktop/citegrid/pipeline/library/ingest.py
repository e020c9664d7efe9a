"""Keeping the library up to date: what is new, changed, moved or gone since it was last looked at.

A document is known by the hash of its bytes: a renamed or moved file is not
read again, and citations of it stay true.  Each document is put on the shelf
by itself, so a stop loses nothing and the next update goes on from there.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from citegrid.core.document import Document
from citegrid.core.errors import Cancelled, CiteGridError, InputError, PasswordNeeded
from citegrid.core.library import Shelved
from citegrid.core.messages import Message
from citegrid.pipeline.bibliography.extract import find_references, mark_entries
from citegrid.pipeline.document.open import open_document
from citegrid.pipeline.document.read import read_document
from citegrid.pipeline.library.read_source import KINDS, load, read_background
from citegrid.ports import NEVER, SILENT, Cancel, OcrEngine, OpenDocument, Progress, Shelf


@dataclass(frozen=True, slots=True)
class Stocked:
    """What an update did: files read, found again under another name, skipped with a sentence, unchanged, gone."""

    read: int = 0
    moved: int = 0
    unchanged: int = 0
    gone: int = 0
    faults: tuple[str, ...] = ()


def files_of(roots: Sequence[Path]) -> Iterator[Path]:
    """The readable files of folders and files, in order; hidden ones and Word's lock files are left out."""
    for root in roots:
        if root.is_file():
            yield root
            continue
        for folder, inner, names in os.walk(root):
            inner[:] = sorted(n for n in inner if not n.startswith("."))
            for name in sorted(names):
                if Path(name).suffix.lower() in KINDS and not name.startswith((".", "~$")):
                    yield Path(folder) / name


def update(
    shelf: Shelf,
    roots: Sequence[Path],
    open_: OpenDocument,
    ocr: OcrEngine | None,
    *,
    progress: Progress = SILENT,
    cancel: Cancel = NEVER,
) -> Stocked:
    """Bring ``shelf`` up to date with ``roots``; raises InputError where a root is not there, Cancelled in between."""
    for root in roots:
        if not root.exists():
            raise InputError(f"{root.name} is not there any more.", "Choose the folder of background documents again.")
    known = {file.path: file for file in shelf.files(roots)}
    found = list(files_of(roots))
    counts = {"read": 0, "moved": 0, "unchanged": 0}
    faults: list[str] = []
    for done, path in enumerate(found):
        cancel.check()
        progress.report("Reading the library", done, len(found), path.name)
        try:
            state = path.stat()
        except OSError:
            continue  # gone while we looked
        seen = Shelved(str(path), state.st_size, state.st_mtime_ns)
        old = known.get(str(path))
        if old is not None and (old.size, old.modified) == (seen.size, seen.modified):
            counts["unchanged"] += 1
            faults += [old.fault] if old.fault else []
            continue
        what, fault = _take(shelf, path, seen, open_, ocr, cancel)
        counts[what] = counts.get(what, 0) + 1
        faults += [fault] if fault else []
    gone = sorted(set(known) - {str(p) for p in found})
    shelf.forget(gone)
    progress.report("Reading the library", len(found), len(found))
    return Stocked(counts["read"], counts["moved"], counts["unchanged"], len(gone), tuple(faults))


def _take(
    shelf: Shelf, path: Path, seen: Shelved, open_: OpenDocument, ocr: OcrEngine | None, cancel: Cancel
) -> tuple[str, str]:
    """Put one new or changed file on the shelf: what was done, and why it was skipped if it was."""
    sha256 = ""
    try:
        data, sha256 = load(path)
        if shelf.document(sha256) is not None:
            shelf.note(_with(seen, sha256))
            return "moved", ""
        document = read_background(path, data, sha256, lambda p: read_pages(p, open_, ocr, cancel))
        shelf.forget([str(path)])  # what stood here before gives its title free
        shelf.put(document)
        shelf.note(_with(seen, sha256))
    except Cancelled:
        raise
    except PasswordNeeded as fault:
        sentence = InputError(fault.sentence, "Save a copy without its password.").whole
        shelf.note(_with(seen, sha256, sentence))
        return "skipped", sentence
    except CiteGridError as fault:
        shelf.note(_with(seen, sha256, fault.whole))
        return "skipped", fault.whole
    except Exception as fault:  # one strange file does not cost the rest of the library
        sentence = Message("{name} could not be read ({fault}).", name=path.name, fault=type(fault).__name__)
        shelf.note(_with(seen, sha256, sentence))
        return "skipped", sentence
    return "read", ""


def read_pages(path: Path, open_: OpenDocument, ocr: OcrEngine | None, cancel: Cancel = NEVER) -> Document:
    """The pages of a PDF, its reference list marked, so that it is not taken for text."""
    source = open_document(path, open_)
    try:
        document = read_document(source, ocr, cancel=cancel)
    finally:
        source.close()
    return mark_entries(document, find_references(document))


def _with(seen: Shelved, sha256: str, fault: str = "") -> Shelved:
    return Shelved(seen.path, seen.size, seen.modified, sha256, fault)
