"""Papers read in a process of their own (see ``concurrency.remote_work``): page by page back to the window, which stays free meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from citegrid.concurrency.remote_work import RemoteWork
from citegrid.core.document import Page
from citegrid.core.errors import InputError, InternalError
from citegrid.core.messages import Message
from citegrid.core.paper import Paper
from citegrid.pipeline.document.open import open_document
from citegrid.pipeline.run import read_paper
from citegrid.ports import Cancel, OpenDocument, PageOcr, Progress

MakeOcr = Callable[[], PageOcr]


def paper_in_parts(
    path: Path, password: str, open_: OpenDocument, make_ocr: MakeOcr, *, progress: Progress, cancel: Cancel
) -> Iterator[Page | Paper]:
    """In the child: the pages of the paper, then the paper without them."""
    source, ocr = open_document(path, open_, password), make_ocr()
    try:
        paper = read_paper(source, ocr, progress=progress, cancel=cancel)
    finally:
        ocr.close()
        source.close()
    yield from paper.document.pages
    yield replace(paper, document=replace(paper.document, pages=()))


def read_remotely(
    remote: RemoteWork,
    path: Path,
    password: str,
    sha256: str,
    open_: OpenDocument,
    make_ocr: MakeOcr,
    *,
    progress: Progress,
    cancel: Cancel,
) -> Paper:
    """The paper at ``path``, whose bytes have the hash ``sha256``; ``open_`` and ``make_ocr`` stand in a module.

    Raises InputError when the file was changed since its hash was taken, and what reading raises.
    """
    pages: list[Page] = []
    for part in remote.run(paper_in_parts, path, password, open_, make_ocr, progress=progress, cancel=cancel):
        if isinstance(part, Page):
            pages.append(part)
        elif isinstance(part, Paper):
            if part.document.sha256 != sha256:
                raise InputError(Message("{name} was changed while it was opened.", name=path.name), "Open it again.")
            return replace(part, document=replace(part.document, pages=tuple(pages)))
    raise InternalError(Message("{name} was not read to its end.", name=path.name), "Open it again.")
