"""Builds a Workbench with the real engines; the only module that imports them.

Engines are imported when they are first used: a window that shows a start
page needs neither OCR nor a language model yet.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from citegrid.concurrency.jobs import Post, at_once
from citegrid.core.annotation import Highlight
from citegrid.core.evidence import Evidence
from citegrid.core.holdings import LibraryItem
from citegrid.core.messages import from_text
from citegrid.core.model.endpoint import Endpoint, ServerFacts
from citegrid.core.resources import home_of
from citegrid.core.statement import Line
from citegrid.ports import (
    NEVER,
    SILENT,
    Cancel,
    LanguageModel,
    ModelServers,
    OcrLine,
    PageOcr,
    PageSource,
    Pixels,
    Progress,
    SentenceEncoder,
)
from citegrid.store.model_files.examinations import Examinations
from citegrid.store.model_files.writing_tests import WritingTests
from citegrid.store.paths import cache_folder, data_folder
from citegrid.workbench.engines import Engines
from citegrid.workbench.workbench import Workbench

if TYPE_CHECKING:
    from citegrid.batch.one_paper import Kit
    from citegrid.batch.wishes import Scheduler
    from citegrid.concurrency.remote_work import RemoteWork
    from citegrid.core.paper import Paper
    from citegrid.core.project import Project
    from citegrid.engines.language_model.keys import ServerKeys
    from citegrid.pipeline.export.word.changes import ReadBack
    from citegrid.pipeline.library.ingest import IngestReport
    from citegrid.pipeline.read_remote import RemoteReader


class _LazyOcr:
    """An OCR engine that is made at its first picture; safe to share between threads."""

    def __init__(self, make: Callable[[], PageOcr]) -> None:
        self._make = make
        self._engine: PageOcr | None = None
        self._lock = threading.Lock()

    @property
    def workers(self) -> int:
        return self._made().workers

    def read(self, picture: Pixels, *, cancel: Cancel = NEVER) -> list[OcrLine]:
        return self._made().read(picture, cancel=cancel)

    def close(self) -> None:
        with self._lock:
            if self._engine is not None:
                self._engine.close()

    def _made(self) -> PageOcr:
        with self._lock:
            self._engine = self._engine or self._make()
            return self._engine


def _ocr_here(*, pages: bool) -> PageOcr:
    from citegrid.engines.ocr import RapidOcr

    return RapidOcr(pages=pages)


def _ocr_aside() -> PageOcr:
    """The OCR of tables in a process of its own."""
    from citegrid.engines.ocr_pool import OcrPool

    return OcrPool(1, pages=False)


def _kept_ocr() -> PageOcr:
    """The OCR of pages: child processes, whose readings are kept on disk."""
    from citegrid.engines.ocr_pool import VERSION, OcrPool
    from citegrid.store.ocr_cache import CachedOcr

    return CachedOcr(OcrPool(), cache_folder() / "ocr", VERSION)


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


def _open_document(path: Path, password: str = "") -> PageSource:
    from citegrid.engines.pdf import open_pdf

    return open_pdf(path, password)


def _load_picture(path: Path) -> Pixels:
    from citegrid.engines.picture import load_picture

    return load_picture(path)


def _load_model(path: Path, sha256: str, *, cancel: Cancel = NEVER) -> LanguageModel:
    from citegrid.engines.language_model.process import ModelProcess

    return ModelProcess(path, sha256, cancel=cancel)


def add_model(path: Path, progress: Progress = SILENT, cancel: Cancel = NEVER) -> Path:
    """Takes a person's own GGUF in, see ``models.add``; its chat template is tried first, in a process of its own."""
    from citegrid.engines.language_model.template_trial import try_template
    from citegrid.store.model_files import models
    from citegrid.store.model_files.gguf import check_chat_model

    progress.report("Trying the chat template", 0, 0, path.name)
    try_template(check_chat_model(path).chat_template, path.name, cancel)
    return models.add(path, progress, cancel)


class _LazyServers:
    """What reaches model servers, and their keys, loaded with the first one."""

    def __init__(self) -> None:
        self._keys: ServerKeys | None = None

    def connect(self, endpoint: Endpoint) -> LanguageModel:
        return self._real().connect(endpoint)

    def names(self, endpoint: Endpoint, cancel: Cancel = NEVER) -> tuple[str, ...]:
        return self._real().names(endpoint, cancel)

    def facts(self, endpoint: Endpoint, cancel: Cancel = NEVER) -> ServerFacts:
        return self._real().facts(endpoint, cancel)

    def use(self, endpoint: Endpoint, key: str) -> None:
        self._kept().use(endpoint, key)

    def keep(self, endpoint: Endpoint, key: str) -> bool:
        return self._kept().keep(endpoint, key)

    def forget(self, endpoint: Endpoint) -> None:
        self._kept().forget(endpoint)

    def _real(self) -> ModelServers:
        from citegrid.engines.language_model.endpoint import HttpServers

        return HttpServers(self._kept().key)

    def _kept(self) -> ServerKeys:
        from citegrid.engines.language_model.keys import ServerKeys

        self._keys = self._keys or ServerKeys()
        return self._keys


def _load_on_processor(path: Path, sha256: str, *, cancel: Cancel = NEVER) -> LanguageModel:
    from citegrid.engines.language_model.process import ModelProcess, load_on_processor

    return ModelProcess(path, sha256, load_on_processor, cancel=cancel)


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
    """The real engines, in this process: for those that run in a fence themselves, and for tests."""
    servers = _LazyServers()
    return Engines(
        open_document=_open_document,
        ocr=_LazyOcr(partial(_ocr_here, pages=False)),
        load_picture=_load_picture,
        load_model=_load_model,
        crop=_crop,
        annotate=_annotate,
        page_ocr=_LazyOcr(_kept_ocr),
        load=_load,
        writers=WritingTests(data_folder()),
        encoder=_LazyEncoder(),
        servers=servers,
        keys=servers,
        load_on_processor=_load_on_processor,
        examinations=Examinations(data_folder()),
        scheduler=_scheduler,
    )


def _load_reading() -> None:
    """In a process that reads papers: load what that needs."""
    _load()
    import_module("citegrid.pipeline.read_remote")


def _load_batch(cores: int) -> None:
    """In a process that fills rows of a batch, beside others: load what that needs, for its share of the cores."""
    from citegrid.concurrency.cores import use_cores

    use_cores(cores)
    _load()
    import_module("citegrid.batch.one_paper")


def _load_here(path: Path, sha256: str) -> LanguageModel:
    from citegrid.engines.language_model.llama import LlamaModel

    return LlamaModel(path, sha256=sha256)


def _worker_kit() -> Kit:
    """In a process that fills rows of a batch, here or on a worker of a cluster, which may start no other: everything in its own."""
    from citegrid.batch.one_paper import Kit

    return Kit(
        _open_document, _LazyOcr(partial(_ocr_here, pages=True)), _load_here, _LazyEncoder(), _LazyServers().connect
    )


def _scheduler(workers: int = 0, address: str = "") -> Scheduler:
    """What fills the rows of a batch: processes on this machine, or the cluster at ``address``."""
    if address:
        from citegrid.batch.dask_cluster import DaskCluster

        return DaskCluster(address, _worker_kit)
    from citegrid.batch.scheduler import ProcessPool, fitting_workers
    from citegrid.concurrency.cores import usable_cores
    from citegrid.concurrency.remote_work import RemoteWork

    workers = workers or fitting_workers()
    load = partial(_load_batch, usable_cores(physical=True) // workers)
    return ProcessPool(partial(RemoteWork, load), _worker_kit, workers)


def _load_updating() -> None:
    """In a process that writes the library's index: load what that needs."""
    os.environ["SQLITE_TMPDIR"] = str(cache_folder())  # it may write nowhere else
    import_module("citegrid.pipeline.read_remote")


def _open_bytes(data: bytes, name: str, password: str) -> PageSource:
    from citegrid.engines.pdf import opened

    return opened(data, name, password)


def _reader_of(remote: RemoteWork) -> RemoteReader:
    from citegrid.engines.pdf_bytes import pdf_bytes
    from citegrid.pipeline.read_remote import RemoteReader

    return RemoteReader(remote, pdf_bytes, _open_bytes, partial(_LazyOcr, _kept_ocr))


def _make_reader() -> RemoteReader:
    """In a process that writes the library's index: what has its documents read, one after another."""
    from citegrid.concurrency.remote_work import RemoteWork

    return _reader_of(RemoteWork(_load_reading, many=True))


def _update_library(roots: Sequence[Path], *, aside: bool, progress: Progress, cancel: Cancel) -> IngestReport:
    from citegrid.concurrency.fence.cage import Cage
    from citegrid.concurrency.remote_work import RemoteWork
    from citegrid.pipeline.library.ingest import IngestReport
    from citegrid.store.files import make_folder
    from citegrid.workbench.library.service import update_in_parts

    make_folder(cache_folder())
    remote = RemoteWork(_load_updating, Cage(writes=str(cache_folder()), programs=True), aside=aside)
    work = (update_in_parts, tuple(roots), _open_document, _make_reader)
    report: IngestReport
    (report,) = remote.run(*work, parts=(IngestReport,), progress=progress, cancel=cancel)
    return replace(report, faults=tuple(map(from_text, report.faults)), notes=tuple(map(from_text, report.notes)))


def caged_engines(*, aside: bool = False) -> Engines:
    """The real engines for the window and the terminal: whatever reads what others made runs in processes of its own, which are
    fenced in (see ``concurrency.fence``) and leave the window free; with ``aside`` they let it have the processor first."""
    from citegrid.concurrency.remote_work import RemoteWork
    from citegrid.engines.caged import CagedEngines
    from citegrid.engines.pdf_process import PdfProcess

    pdfs, remote, ocr = PdfProcess(), RemoteWork(_load_reading, aside=aside), _LazyOcr(_ocr_aside)
    fronts = RemoteWork(_load_reading, many=True, aside=aside)
    caged = CagedEngines(remote)

    def open_document(path: Path, password: str = "") -> PageSource:
        remote.prepare()  # the paper is read next
        return pdfs(path, password)

    def read(path: Path, password: str, sha256: str, *, progress: Progress, cancel: Cancel) -> Paper:
        return _reader_of(remote).paper(path, password, sha256, progress=progress, cancel=cancel)

    def read_report(data: bytes, name: str, project: Project) -> ReadBack:
        return _reader_of(remote).report(data, name, project)

    def read_front(path: Path, data: bytes, *, cancel: Cancel) -> LibraryItem:
        return _reader_of(fronts).front(path, data, cancel=cancel)

    def prepare() -> None:
        pdfs.prepare()
        remote.prepare()

    def close() -> None:
        for one in (pdfs, remote, fronts, ocr):
            one.close()

    update = partial(_update_library, aside=aside)
    made = replace(engines(), open_document=open_document, ocr=ocr, load=prepare, read=read, update_library=update)
    made = replace(made, read_report=read_report, read_front=read_front)
    return replace(made, load_picture=caged.load_picture, annotate=caged.annotate, close=close)


def build(post: Post = at_once) -> Workbench:
    """A Workbench with the real engines; ``post`` runs a callable on the owner's thread."""
    return Workbench(caged_engines(), post)


def build_for_window(post: Post) -> Workbench:
    """The same for a window."""
    return Workbench(caged_engines(aside=True), post)
