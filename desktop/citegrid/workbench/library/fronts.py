"""Reading the first pages of files, here or in a process of its own; what was read is kept in the cache folder."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from citegrid.core.holdings import HeldFile
from citegrid.core.messages import Message
from citegrid.ports import Cancel, OpenDocument, PageOcr, Progress
from citegrid.store import paths
from citegrid.store.front_cache import KeptFronts
from citegrid.workbench.engines import Engines

FOLDER = "fronts"


def fronts_in_parts(
    files: Sequence[Path],
    open_: OpenDocument,
    make_ocr: Callable[[], PageOcr],
    *,
    progress: Progress,
    cancel: Cancel,
) -> Iterator[HeldFile | Message]:
    """In a process of its own (see ``concurrency.remote_work``): what each file is, by its first pages."""
    from citegrid.pipeline.library.front_pages import read_fronts

    ocr, known = make_ocr(), KeptFronts(paths.cache_folder() / FOLDER)
    try:
        yield from read_fronts(files, open_, ocr, known, progress=progress, cancel=cancel)
    finally:
        ocr.close()


def fronts(engines: Engines, files: Sequence[Path], progress: Progress, cancel: Cancel) -> Iterator[HeldFile | Message]:
    """What each file is; read where the engines read papers."""
    if not files:
        return
    if engines.read_fronts is not None:
        yield from engines.read_fronts(files, progress=progress, cancel=cancel)
        return
    from citegrid.pipeline.library.front_pages import read_fronts

    known, ocr = KeptFronts(paths.cache_folder() / FOLDER), engines.page_ocr or engines.ocr
    yield from read_fronts(files, engines.open_document, ocr, known, progress=progress, cancel=cancel)
