"""Builds a Workbench with the real engines; the only module that imports them.

Engines are imported when they are first used: a window that shows a start
page needs neither OCR nor a language model yet.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from citegrid.concurrency.jobs import Post, at_once
from citegrid.core.evidence import Evidence
from citegrid.core.resources import home_of
from citegrid.core.statement import Line
from citegrid.ports import (
    NEVER,
    SILENT,
    Cancel,
    Highlight,
    LanguageModel,
    OcrEngine,
    OcrLine,
    PageSource,
    Pixels,
    Progress,
    SentenceEncoder,
)
from citegrid.store.model_files.writing_tests import WritingTests
from citegrid.store.paths import cache_folder, data_folder
from citegrid.workbench.engines import Engines
from citegrid.workbench.workbench import Workbench

if TYPE_CHECKING:
    from citegrid.batch.one_paper import Kit
    from citegrid.batch.wishes import Scheduler
    from citegrid.core.paper import Paper
    from citegrid.engines.ocr_pool import OcrPool
    from citegrid.pipeline.library.ingest import IngestReport


class _LazyOcr:
    """The OCR engine for pictures of tables, loaded at its first picture."""

    workers = 1

    def __init__(self) -> None:
        self._engine: OcrEngine | None = None

    def read(self, picture: Pixels, *, cancel: Cancel = NEVER) -> list[OcrLine]:
        if self._engine is None:
            from citegrid.engines.ocr import RapidOcr

            self._engine = RapidOcr()
        return self._engine.read(picture, cancel=cancel)


class _LazyEncoder:
    """The network that reads what sentences say, loaded at its first line."""

    def __init__(self) -> None:
        self._encoder: SentenceEncoder | None = None

    def opinions(self, lines: Sequence[Line]) -> list[tuple[float, ...]]:
        if self._encoder is None:
            from citegrid.engines.sentence_encoder import OnnxEncoder

            models = home_of("models")
            self._encoder = OnnxEncoder(models / "statements.onnx", models / "statements.vocab.txt")
        return self._encoder.opinions(lines)


class _LazyPageOcr:
    """The OCR of pages: child processes, whose readings are kept on disk; made at its first page."""

    def __init__(self) -> None:
        self._pool: OcrPool | None = None
        self._cached: OcrEngine | None = None
        self._lock = threading.Lock()

    @property
    def workers(self) -> int:
        return self._made().workers

    def read(self, picture: Pixels, *, cancel: Cancel = NEVER) -> list[OcrLine]:
        return self._made().read(picture, cancel=cancel)

    def close(self) -> None:
        with self._lock:
            if self._pool is not None:
                self._pool.close()

    def _made(self) -> OcrEngine:
        with self._lock:
            if self._cached is None:
                from citegrid.engines.ocr_pool import VERSION, OcrPool
                from citegrid.store.ocr_cache import CachedOcr

                self._pool = OcrPool()
                self._cached = CachedOcr(self._pool, cache_folder() / "ocr", VERSION)
            return self._cached


def _open_document(path: Path, password: str = "") -> PageSource:
    from citegrid.engines.pdf import open_pdf

    return open_pdf(path, password)


def _load_picture(path: Path) -> Pixels:
    from citegrid.engines.picture import load_picture

    return load_picture(path)


def _load_model(path: Path, sha256: str) -> LanguageModel:
    from citegrid.engines.language_model.process import ModelProcess

    return ModelProcess(path, sha256)


def _crop(source: PageSource, evidence: Evidence) -> bytes | None:
    from citegrid.engines.crop import crop

    return crop(source, evidence)


def _annotate(
    data: bytes,
    name: str,
    highlights: Sequence[Highlight],
    password: str = "",
    *,
    progress: Progress = SILENT,
    cancel: Cancel = NEVER,
) -> bytes:
    from citegrid.engines.annotate import annotate

    return annotate(data, name, highlights, password, progress=progress, cancel=cancel)


def _load() -> None:
    import_module("citegrid.engines.pdf")


def engines() -> Engines:
    """The real engines."""
    made = Engines(_open_document, _LazyOcr(), _load_picture, _load_model, _crop, _annotate, _LazyPageOcr(), _load)
    return replace(made, writers=WritingTests(data_folder()), encoder=_LazyEncoder(), scheduler=_scheduler)


def _load_reading() -> None:
    """In a process that reads papers: load what that needs."""
    _load()
    import_module("citegrid.pipeline.read_remote")


def _batch_kit() -> Kit:
    """In a process that fills rows of a batch: the engines that it uses."""
    from citegrid.batch.one_paper import Kit

    return Kit(_open_document, _LazyPageOcr(), _load_model, _LazyEncoder())


def _load_batch() -> None:
    """In such a process: load what that needs."""
    _load()
    import_module("citegrid.batch.one_paper")


class _WorkerOcr(_LazyOcr):
    """The OCR of pages within a process that is a worker's own already."""

    def read(self, picture: Pixels, *, cancel: Cancel = NEVER) -> list[OcrLine]:
        if self._engine is None:
            from citegrid.engines.ocr import RapidOcr

            self._engine = RapidOcr(pages=True)
        return super().read(picture, cancel=cancel)

    def close(self) -> None:
        self._engine = None


def _load_here(path: Path, sha256: str) -> LanguageModel:
    from citegrid.engines.language_model.llama import LlamaModel

    return LlamaModel(path, sha256=sha256)


def _worker_kit() -> Kit:
    """On a worker of a cluster, which may not start processes: everything in its own."""
    from citegrid.batch.one_paper import Kit

    return Kit(_open_document, _WorkerOcr(), _load_here, _LazyEncoder())


def _scheduler(workers: int = 0, address: str = "") -> Scheduler:
    """What fills the rows of a batch: processes on this machine, or the cluster at ``address``."""
    if address:
        from citegrid.batch.dask_cluster import DaskCluster

        return DaskCluster(address, _worker_kit)
    from citegrid.batch.scheduler import ProcessPool
    from citegrid.concurrency.remote_work import RemoteWork

    return ProcessPool(RemoteWork(_load_batch), _batch_kit, workers)


def window_engines() -> Engines:
    """The real engines for a window, which stays free: PDFs are drawn, and papers read, in processes of their own."""
    from citegrid.concurrency.remote_work import RemoteWork
    from citegrid.engines.pdf_process import PdfProcess

    pdfs, remote = PdfProcess(), RemoteWork(_load_reading)

    def read(path: Path, password: str, sha256: str, *, progress: Progress, cancel: Cancel) -> Paper:
        from citegrid.pipeline.read_remote import read_remotely

        parts = (_open_document, _LazyPageOcr)
        return read_remotely(remote, path, password, sha256, *parts, progress=progress, cancel=cancel)

    def update_library(roots: Sequence[Path], *, progress: Progress, cancel: Cancel) -> IngestReport:
        from citegrid.pipeline.library.ingest import IngestReport
        from citegrid.workbench.library.service import update_in_parts

        work = (update_in_parts, tuple(roots), _open_document, _LazyPageOcr)
        (report,) = remote.run(*work, progress=progress, cancel=cancel)
        assert isinstance(report, IngestReport)
        return report

    def prepare() -> None:
        pdfs.prepare()
        remote.prepare()

    def close() -> None:
        pdfs.close()
        remote.close()

    return replace(engines(), open_document=pdfs, load=prepare, read=read, update_library=update_library, close=close)


def build(post: Post = at_once) -> Workbench:
    """A Workbench with the real engines; ``post`` runs a callable on the owner's thread."""
    return Workbench(engines(), post)


def build_for_window(post: Post) -> Workbench:
    """The same for a window."""
    return Workbench(window_engines(), post)


#: What the window is given: it makes its Workbench once its event loop can be posted to.
Factory = Callable[[Post], Workbench]
