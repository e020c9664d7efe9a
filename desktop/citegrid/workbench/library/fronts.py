"""Reading the first pages of files, here or in a process of its own; what was read is kept in the cache folder."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from citegrid.core.holdings import HeldFile, LibraryItem
from citegrid.core.messages import Message
from citegrid.ports import Cancel, Progress
from citegrid.store import paths
from citegrid.store.front_cache import KeptFronts
from citegrid.workbench.engines import Engines

FOLDER = "fronts"


def fronts(engines: Engines, files: Sequence[Path], progress: Progress, cancel: Cancel) -> Iterator[HeldFile | Message]:
    """What each file is; read where the engines read papers."""
    if not files:
        return
    from citegrid.pipeline.document.open import open_document
    from citegrid.pipeline.library.front_pages import item_in, read_fronts

    def here(path: Path, data: bytes, *, cancel: Cancel) -> LibraryItem:
        return item_in(open_document(path, engines.open_document), engines.page_ocr or engines.ocr, cancel)

    known = KeptFronts(paths.cache_folder() / FOLDER)
    yield from read_fronts(files, engines.read_front or here, known, progress=progress, cancel=cancel)
