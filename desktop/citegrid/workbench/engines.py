"""The parts that the use-cases work with, each behind a port; ``wiring`` makes them, tests put doubles in their place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from citegrid.core.evidence import Evidence
from citegrid.core.paper import Paper
from citegrid.ports import (
    NO_ENCODER,
    NO_WRITERS,
    Annotate,
    Cancel,
    LanguageModel,
    OcrEngine,
    OpenDocument,
    PageOcr,
    PageSource,
    Pixels,
    Progress,
    SentenceEncoder,
    WritingRecord,
)

if TYPE_CHECKING:  # what reads a library, or many papers, is loaded with the first one
    from citegrid.batch.wishes import Scheduler
    from citegrid.pipeline.library.ingest import IngestReport


class ReadPaper(Protocol):
    """Reads the paper at ``path``, whose bytes have the hash ``sha256``, beside this process."""

    def __call__(self, path: Path, password: str, sha256: str, *, progress: Progress, cancel: Cancel) -> Paper: ...


class UpdateElsewhere(Protocol):
    """Brings the library's index up to date from another process, through SQLite's own locks."""

    def __call__(self, roots: Sequence[Path], *, progress: Progress, cancel: Cancel) -> IngestReport: ...


@dataclass(frozen=True, slots=True)
class Engines:
    """The real parts, or their doubles."""

    open_document: OpenDocument
    ocr: OcrEngine
    load_picture: Callable[[Path], Pixels]
    load_model: Callable[[Path, str], LanguageModel]
    crop: Callable[[PageSource, Evidence], bytes | None]
    annotate: Annotate
    page_ocr: PageOcr | None = None
    #: Gets ready what opens and reads papers, which is otherwise done for the first one.
    load: Callable[[], None] = lambda: None
    #: Reads a paper elsewhere; without it papers are read here, from their open documents.
    read: ReadPaper | None = None
    #: Reads the library's documents elsewhere, likewise.
    update_library: UpdateElsewhere | None = None
    #: Remembers which models may write whole paragraphs; without it none does.
    writers: WritingRecord = NO_WRITERS
    #: Reads what sentences say, beside the regression that always does.
    encoder: SentenceEncoder = NO_ENCODER
    #: Makes what fills the rows of a batch: with at most so many processes (0: as many as fit this machine), or the cluster
    #: whose address is given.
    scheduler: Callable[[int, str], Scheduler] | None = None
    #: Ends what the engines hold ready.
    close: Callable[[], None] = lambda: None
