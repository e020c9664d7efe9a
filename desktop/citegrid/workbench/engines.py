"""The parts that the use-cases work with, each behind a port; ``wiring`` makes them, tests put doubles in their place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from citegrid.core.evidence import Evidence
from citegrid.core.model.endpoint import Endpoint
from citegrid.core.paper import Paper
from citegrid.core.project import Project
from citegrid.ports import (
    NEVER,
    NO_ENCODER,
    NO_WRITERS,
    Annotate,
    Cancel,
    ExaminationRecord,
    LanguageModel,
    ModelServers,
    OcrEngine,
    OpenDocument,
    PageOcr,
    PageSource,
    Pixels,
    Progress,
    ReadFront,
    ReferenceManager,
    SentenceEncoder,
    WritingRecord,
)
from citegrid.store.zotero.manager import Zotero

if TYPE_CHECKING:  # what reads a library, or many papers, is loaded with the first one
    from citegrid.batch.wishes import Scheduler
    from citegrid.pipeline.export.word.changes import ReadBack
    from citegrid.pipeline.library.ingest import IngestReport


class ReadPaper(Protocol):
    """Reads the paper at ``path``, whose bytes have the hash ``sha256``, beside this process."""

    def __call__(self, path: Path, password: str, sha256: str, *, progress: Progress, cancel: Cancel) -> Paper: ...


class ReadReport(Protocol):
    """Reads what others changed in the Word report ``data`` of ``project``, whose file is called ``name``, beside this process."""

    def __call__(self, data: bytes, name: str, project: Project) -> ReadBack: ...


class LoadModel(Protocol):
    """Loads the language model at ``path``, whose bytes have the hash ``sha256``; raises ModelError, or Cancelled within a
    moment of the cancel."""

    def __call__(self, path: Path, sha256: str, *, cancel: Cancel = NEVER) -> LanguageModel: ...


class KeyRecord(Protocol):
    """The keys of model servers; its calls may wait for the person to open the system's keyring."""

    def use(self, endpoint: Endpoint, key: str) -> None:
        """Send ``key`` to this server until the program ends; raises UsageError for what cannot be one."""
        ...

    def keep(self, endpoint: Endpoint, key: str) -> bool:
        """The same, and keep it in the system's keyring; False where there is none.  Raises StorageError where it refuses."""
        ...

    def forget(self, endpoint: Endpoint) -> None:
        """Forget it, here and in the keyring; raises StorageError where that refuses."""
        ...


class UpdateElsewhere(Protocol):
    """Brings the library's index up to date from another process, through SQLite's own locks."""

    def __call__(self, roots: Sequence[Path], *, progress: Progress, cancel: Cancel) -> IngestReport: ...


@dataclass(frozen=True, slots=True)
class Engines:
    """The real parts, or their doubles."""

    open_document: OpenDocument
    ocr: OcrEngine
    load_picture: Callable[[Path], Pixels]
    load_model: LoadModel
    crop: Callable[[PageSource, Evidence], bytes | None]
    annotate: Annotate
    page_ocr: PageOcr | None = None
    #: Gets ready what opens and reads papers, which is otherwise done for the first one.
    load: Callable[[], None] = lambda: None
    #: Reads a paper elsewhere; without it papers are read here, from their open documents.
    read: ReadPaper | None = None
    #: Reads the library's documents elsewhere, likewise.
    update_library: UpdateElsewhere | None = None
    #: Reads first pages elsewhere, likewise.
    read_front: ReadFront | None = None
    #: The reference manager whose data lie in a folder that a person chose, or where it says itself (None).
    manager: Callable[[Path | None], ReferenceManager] = Zotero
    #: Reads what others changed in a Word report elsewhere, likewise.
    read_report: ReadReport | None = None
    #: Remembers which models may write whole paragraphs; without it none does.
    writers: WritingRecord = NO_WRITERS
    #: Reads what sentences say, beside the regression that always does.
    encoder: SentenceEncoder = NO_ENCODER
    #: Reaches models that are not files; without it none is.
    servers: ModelServers | None = None
    #: The keys that servers ask for; without it none is kept.
    keys: KeyRecord | None = None
    #: ``load_model`` without a graphics card; None where that is the same.
    load_on_processor: LoadModel | None = None
    #: Remembers what examinations found; without it models are held to what holds for all.
    examinations: ExaminationRecord | None = None
    #: Makes what fills the rows of a batch: with at most so many processes (0: as many as fit this machine), or the cluster
    #: whose address is given.
    scheduler: Callable[[int, str], Scheduler] | None = None
    #: Ends what the engines hold ready.
    close: Callable[[], None] = lambda: None
