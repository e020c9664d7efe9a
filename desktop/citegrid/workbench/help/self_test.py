"""Each part tried on something small: a page, a picture and a report drawn on the spot, the fence, the model.

The parts are those of the program as it runs, so what reads files runs in its fenced process.  Every trial is one sentence: what
it found, or what went wrong and what to try.
"""

from __future__ import annotations

import os
import platform
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from io import BytesIO
from pathlib import Path

import cv2
import numpy as np
import psutil

from citegrid import __version__, screen
from citegrid.concurrency.cores import usable_cores
from citegrid.concurrency.fence import trial
from citegrid.concurrency.fence.cage import InForce
from citegrid.concurrency.remote_work import RemoteWork
from citegrid.core.errors import CiteGridError, InputError, InternalError, UsageError
from citegrid.core.messages import Message, as_message
from citegrid.core.project import Project
from citegrid.core.reference import Work, WorkKind
from citegrid.core.table import Cell, Column, Row, Status, Table
from citegrid.ports import Ask, LanguageModel
from citegrid.store import paths
from citegrid.store.checksums import checksum
from citegrid.store.model_files import models
from citegrid.workbench.engines import Engines
from citegrid.workbench.language_models import where_said

_PACKAGES = ("PySide6-Essentials", "PyMuPDF", "rapidocr-onnxruntime", "llama-cpp-python", "python-docx")
#: What is drawn for the trials, and looked for in what was read.
DRAWN = "CITEGRID"


@dataclass(frozen=True, slots=True)
class Trial:
    """What came of trying one part."""

    name: Message
    works: bool
    detail: Message

    @property
    def said(self) -> Message:
        """One line of the terminal or a report."""
        mark = "✓" if self.works else "!"
        return Message("  {mark} {name}: {detail}", mark=mark, name=self.name, detail=self.detail)


def facts() -> Iterator[Message]:
    """Versions, machine and folders, a line each."""
    yield Message("CiteGrid {version}, Python {python} on {platform}", version=__version__, python=platform.python_version(), platform=platform.platform())  # fmt: skip
    for package in _PACKAGES:
        yield Message("  {package} {version}", package=package, version=_version(package))
    yield _machine()
    for name, folder in (
        (Message("data"), paths.data_folder()),
        (Message("cache"), paths.cache_folder()),
        (Message("settings"), paths.config_folder()),
        (Message("log"), paths.state_folder()),
    ):
        key = "  {name}: {folder}" if _writable(folder) else "  {name}: {folder}  (not writable)"
        yield Message(key, name=name, folder=folder)


def trials(engines: Engines, *, load_model: bool = True) -> Iterator[Trial]:
    """Every part tried, one after another; with ``load_model`` the default model is loaded and asked, which takes some seconds."""
    tests: list[tuple[Message, Callable[[], Message]]] = [
        (Message("window"), _window),
        (Message("pages"), lambda: _pages(engines)),
        (Message("picture"), lambda: _picture(engines)),
        (Message("Word report"), lambda: _word(engines)),
        (Message("model"), (lambda: _model(engines)) if load_model else _model_file),
    ]
    yield from (_tried(name, test) for name, test in tests)


def fence() -> Iterator[Trial]:
    """What holds the processes that read what others made, as tried just now."""
    name = Message("reading documents")
    try:
        measures = _standings()
    except Exception as fault:  # the report must come all the same
        yield Trial(name, False, InternalError.of(fault).whole)
        return
    for one in measures:
        what = as_message(one.measure.value)
        held = Message("{what} ({by})", what=what, by=one.by)
        lacking = Message("not in force here is {what} ({by})", what=what, by=one.by)
        yield Trial(name, one.in_force, held if one.in_force else lacking)


def _standings() -> list[InForce]:
    with tempfile.NamedTemporaryFile(prefix="citegrid-") as own:
        return trial.standings(RemoteWork(trial.nothing).run(trial.tried, own.name, parts=(trial.Tried,)))


def _tried(name: Message, test: Callable[[], Message]) -> Trial:
    try:
        return Trial(name, True, test())
    except CiteGridError as error:
        return Trial(name, False, error.whole)
    except Exception as fault:
        return Trial(name, False, InternalError.of(fault).whole)


def _window() -> Message:
    lacking = screen.missing()
    if lacking is not None:
        raise UsageError(lacking)
    return Message("the system has what it needs")


def _pages(engines: Engines) -> Message:
    with tempfile.TemporaryDirectory(prefix="citegrid-") as folder:
        drawn = Path(folder) / "drawn.pdf"
        drawn.write_bytes(drawn_pdf(DRAWN))
        source = engines.open_document(drawn, "")
        try:
            words = [word.text for word in source.page(1).words]
        finally:
            source.close()
    if DRAWN not in words:
        raise InputError("A drawn page was opened, and its word was not found.", "Install CiteGrid again.")
    return Message("a drawn page was opened, and its word stands where it was drawn")


def _picture(engines: Engines) -> Message:
    with tempfile.TemporaryDirectory(prefix="citegrid-") as folder:
        drawn = Path(folder) / "drawn.png"
        canvas = np.full((120, 560, 3), 255, np.uint8)
        cv2.putText(canvas, DRAWN, (20, 80), cv2.FONT_HERSHEY_SIMPLEX, 2.2, (0, 0, 0), 5)
        drawn.write_bytes(cv2.imencode(".png", canvas)[1].tobytes())
        lines = engines.ocr.read(engines.load_picture(drawn))
    found = "".join(line.text for line in lines).upper().replace(" ", "")
    if DRAWN not in found:
        raise InputError(
            Message("A drawn picture reads “{found}”, not what was drawn.", found=found[:40]), "Install CiteGrid again."
        )
    return Message("the words of a drawn picture were recognised")


def _word(engines: Engines) -> Message:
    from citegrid.pipeline.export.formats import export

    cell = Cell("Title", DRAWN, Status.SUPPORTED)
    row = Row(Work(WorkKind.PAPER, "paper", DRAWN), (cell,))
    project = Project(DRAWN, "en", table=Table((Column("Title"),), (row,)))
    written = export(project, ".docx")
    from docx import Document

    texts = [cell.text for table in Document(BytesIO(written)).tables for row in table.rows for cell in row.cells]
    if not any(DRAWN in text for text in texts):
        raise InputError("A Word report was written, and its table was not found in it.", "Install CiteGrid again.")
    return Message("a report of {size} bytes was written and read back", size=len(written))


def _model_file() -> Message:
    path = models.resolve(None)
    return Message("a file of {size} MB is there; it was not loaded", size=path.stat().st_size // 2**20)


def _model(engines: Engines) -> Message:
    path = models.resolve(None)
    model = engines.load_model(path, checksum(path))
    try:
        return _answered(model)
    finally:
        model.close()


def _answered(model: LanguageModel) -> Message:
    answer = model.answer([Ask("Answer in one word.", "", "Is water wet?", max_tokens=8)])[0]
    return Message(
        "{name} ({architecture}, context {context}) answers “{answer}”; {where}",
        name=model.info.name, architecture=model.info.architecture, context=model.info.context_length, answer=answer.text,
        where=where_said(model.info),
    )  # fmt: skip


def drawn_pdf(word: str) -> bytes:
    """A PDF of one page with one word, written by hand, so that nothing but the reader is tried."""
    content = f"BT /F1 24 Tf 72 700 Td ({word}) Tj ET".encode("ascii")
    bodies = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    )
    out, starts = b"%PDF-1.4\n", list[int]()
    for number, body in enumerate(bodies, 1):
        starts.append(len(out))
        out += b"%d 0 obj%s endobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % start for start in starts)
    end = b"xref\n0 6\n0000000000 65535 f \n%strailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n"
    return out + end % (table, len(out))


def _machine() -> Message:
    memory = psutil.virtual_memory()
    return Message(
        "  {cores} cores ({features}), {free} of {total} GiB memory free",
        cores=usable_cores(),
        features=_features(),
        free=f"{memory.available / 2**30:.1f}",
        total=f"{memory.total / 2**30:.1f}",
    )


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return Message("is missing")


def _features() -> str:
    names = ("avx2", "avx512f", "avx512_vnni", "amx_int8", "asimd", "fma")
    try:
        flags = set(Path("/proc/cpuinfo").read_text("utf-8").split())
    except OSError:
        return platform.machine()
    return " ".join([platform.machine(), *(n for n in names if n in flags)])


def _writable(folder: Path) -> bool:
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    return os.access(folder, os.W_OK)
