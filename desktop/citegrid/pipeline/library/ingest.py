"""Keeping the library up to date: what is new, changed, moved or gone since it was last looked at.

A document is known by the hash of its bytes: a renamed or moved file is not
read again, and citations of it stay true.  Each document is put into the index
by itself, so a stop loses nothing and the next update goes on from there.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from functools import partial
from pathlib import Path

from citegrid.core.document import Document
from citegrid.core.errors import Cancelled, CiteGridError, InputError, PasswordNeeded
from citegrid.core.library import Background, IndexedFile
from citegrid.core.messages import Message
from citegrid.pipeline.bibliography.extract import find_references
from citegrid.pipeline.bibliography.mark import mark_entries
from citegrid.pipeline.bibliography.own_identifiers import with_own_identifiers
from citegrid.pipeline.document.open import open_document
from citegrid.pipeline.document.read import read_document
from citegrid.pipeline.library.read_source import KINDS, ReadPages, load, read_background
from citegrid.ports import NEVER, SILENT, Cancel, DocumentIndex, OcrEngine, OpenDocument, PageSource, Progress

#: Reads a background document: its place, its bytes and their hash.
ReadDocument = Callable[[Path, bytes, str], Background]


@dataclass(frozen=True, slots=True)
class IngestReport:
    """What an update did: files read, found again under another name, unchanged, gone; the sentences for which files were
    skipped (``faults``), and those that say what of files was not read (``notes``)."""

    read: int = 0
    moved: int = 0
    unchanged: int = 0
    gone: int = 0
    faults: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


class Outcome(Enum):
    """What became of one file."""

    READ = "read"
    MOVED = "moved"
    UNCHANGED = "unchanged"
    SKIPPED = "skipped"
    STILL_SKIPPED = "still skipped"
    VANISHED = "vanished"


def files_of(roots: Sequence[Path]) -> Iterator[Path]:
    """The readable files of folders and files, in order; hidden ones and Word's lock files are left out."""
    for root in roots:
        if root.is_file():
            yield root
        else:
            yield from _files_below(root)


def _files_below(root: Path) -> Iterator[Path]:
    for folder, inner, names in os.walk(root):
        inner[:] = sorted(n for n in inner if not n.startswith("."))
        paths = (Path(folder) / name for name in sorted(names) if not name.startswith((".", "~$")))
        yield from (path for path in paths if path.suffix.lower() in KINDS)


def ingest(
    index: DocumentIndex,
    roots: Sequence[Path],
    open_: OpenDocument,
    ocr: OcrEngine | None,
    *,
    read: ReadDocument | None = None,
    progress: Progress = SILENT,
    cancel: Cancel = NEVER,
) -> IngestReport:
    """Bring ``index`` up to date with ``roots``, each document read by ``read``, or here; raises InputError where a root is not
    there, Cancelled in between."""
    read = read or partial(_read_here, partial(read_pages, open_=open_, ocr=ocr, cancel=cancel))
    _expect(roots)
    known = {file.path: file for file in index.files(roots)}
    found = list(files_of(roots))
    outcomes: list[tuple[Outcome, str]] = []
    for done, path in enumerate(found):
        cancel.check()
        progress.report("Reading the library", done, len(found), path.name)
        outcomes.append(_update(index, path, known.get(str(path)), read))
    gone = sorted(set(known) - set(map(str, found)))
    index.forget(gone)
    progress.report("Reading the library", len(found), len(found))
    return _report(outcomes, len(gone))


def _expect(roots: Sequence[Path]) -> None:
    """Raises InputError where a root is not there."""
    for root in roots:
        if not root.exists():
            sentence = Message("{name} is not there any more.", name=root.name)
            raise InputError(sentence, Message("Choose the folder of background documents again."))


def _report(outcomes: Sequence[tuple[Outcome, str]], gone: int) -> IngestReport:
    """What became of all files, each with what is told of it."""
    counts = Counter(outcome for outcome, _ in outcomes)
    unchanged = counts[Outcome.UNCHANGED] + counts[Outcome.STILL_SKIPPED]
    told = [(outcome, sentence) for outcome, sentence in outcomes if sentence]
    faults = tuple(sentence for outcome, sentence in told if outcome in (Outcome.SKIPPED, Outcome.STILL_SKIPPED))
    notes = tuple(sentence for _, sentence in told if sentence not in faults)
    return IngestReport(counts[Outcome.READ], counts[Outcome.MOVED], unchanged, gone, faults, notes)


def _update(index: DocumentIndex, path: Path, known: IndexedFile | None, read: ReadDocument) -> tuple[Outcome, str]:
    """Look at one file: what became of it, and why it is skipped or what of it was not read."""
    try:
        state = path.stat()
    except OSError:
        return Outcome.VANISHED, ""  # gone while we looked
    if known is not None and _is_as_known(known, state.st_size, state.st_mtime_ns):
        return Outcome.STILL_SKIPPED if known.skipped else Outcome.UNCHANGED, known.fault
    seen = IndexedFile(str(path), state.st_size, state.st_mtime_ns)
    try:
        outcome, sha256, unread = _take(index, path, read)
    except Cancelled:
        raise
    except Exception as fault:  # one strange file does not cost the rest of the library
        sentence = why_skipped(path, fault)
        index.note(replace(seen, fault=sentence))
        return Outcome.SKIPPED, sentence
    index.note(replace(seen, sha256=sha256, fault=unread))
    return outcome, unread


def _is_as_known(known: IndexedFile, size: int, modified: int) -> bool:
    """Whether a file needs no second look; one that an older version skipped is looked at once more, for a fault with its key."""
    return (known.size, known.modified) == (size, modified) and (not known.fault or isinstance(known.fault, Message))


def _take(index: DocumentIndex, path: Path, read: ReadDocument) -> tuple[Outcome, str, str]:
    """Put a new or changed file into the index, unless its bytes are there already; with their hash, and what was not read."""
    data, sha256 = load(path)
    if index.document(sha256) is not None:
        return Outcome.MOVED, sha256, ""
    document = read(path, data, sha256)
    index.forget([str(path)])  # what stood here before gives its title free
    index.put(document)
    return Outcome.READ, sha256, _unread(document)


def _read_here(pages: ReadPages, path: Path, data: bytes, sha256: str) -> Background:
    return read_background(path, data, sha256, pages)


def _unread(document: Background) -> str:
    """The sentence that says what of a document is no text; empty where all of it is."""
    if not document.unread:
        return ""
    return Message("{name}: not read are {what}.", name=document.name, what=document.unread)


def why_skipped(path: Path, fault: Exception) -> Message:
    """Why a file is skipped: one sentence and what to do."""
    if not isinstance(fault, CiteGridError):
        return Message("{name} could not be read ({fault}).", name=path.name, fault=type(fault).__name__)
    if isinstance(fault, PasswordNeeded):
        return InputError(fault.sentence, "Save a copy without its password.").whole
    return fault.whole


def read_pages(path: Path, open_: OpenDocument, ocr: OcrEngine | None, cancel: Cancel = NEVER) -> Document:
    """The pages of a PDF, its reference list marked, so that it is not taken for text."""
    return pages_of(open_document(path, open_), ocr, cancel)


def pages_of(source: PageSource, ocr: OcrEngine | None, cancel: Cancel = NEVER) -> Document:
    """The same of an open one, which is closed."""
    try:
        document = read_document(source, ocr, cancel=cancel)
    finally:
        source.close()
    return with_own_identifiers(mark_entries(document, find_references(document)))
