"""The library in the window: what it holds, what it is searched for, a document opened at its chunk."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from citegrid.concurrency.jobs import Job, JobState
from citegrid.core.errors import CiteGridError, InputError
from citegrid.core.evidence import Evidence
from citegrid.gui.i18n import tr, tr_sentence
from citegrid.gui.panes.library_pane import LibraryPane

if TYPE_CHECKING:
    from citegrid.pipeline.library.ingest import IngestReport
    from citegrid.workbench.workbench import Workbench


#: Reasons told in one message; the pane's list has them all.
REASONS = 2


class LibraryWork(QObject):
    """Facts: ``failed(error)``, ``opened`` when a citation brought a document up."""

    failed = Signal(object)
    opened = Signal()
    noted = Signal(str)

    def __init__(self, workbench: Workbench, pane: LibraryPane, window: QWidget) -> None:
        super().__init__(window)
        self._library, self._pane = workbench.library, pane
        self._adding: Job[IngestReport] | None = None

    def _try(self, call: Callable[[], object]) -> None:
        try:
            call()
        except CiteGridError as error:
            self.failed.emit(error)

    def show(self) -> None:
        """The library changed: show what it holds."""
        self._try(lambda: self._pane.set_library(self._library.roots, self._library.files()))

    def add(self, roots: Sequence[Path]) -> None:
        """Take folders or files in; what became of them is told when they have been read."""
        self.follow(lambda: self._library.add(roots))

    def follow(self, begin: Callable[[], Job[IngestReport]]) -> None:
        """Begin to read documents; what became of them is told at the end."""
        self._try(lambda: self._follow(begin()))

    def _follow(self, job: Job[IngestReport]) -> None:
        self._adding = job

    def ended(self, job: Job[object]) -> None:
        """A job has ended: tell what was taken in and what was not."""
        if job is self._adding and job.state is JobState.DONE:
            self.noted.emit(_told(self._adding.result(0)))

    def update(self) -> None:
        """Read what came or changed."""
        self.follow(self._library.update)

    def remove(self, root: str) -> None:
        """Leave a folder or file out."""
        self._try(lambda: self._library.remove(Path(root)))

    def search(self, question: str) -> None:
        """Show the chunks that answer a question."""
        self._try(lambda: self._pane.set_hits(question, self._library.search(question)))

    def open(self, sha256: str, chunk: int, quote: str) -> None:
        """Show a document at a chunk."""
        document = self._library.document(sha256)
        if document is not None:
            self._pane.show_document(document, chunk, quote)

    def show_passage(self, evidence: Evidence) -> None:
        """A citation of the library was chosen: open its document at the chunk, wherever it stands by now."""
        place = self._library.place_of(evidence)
        if place is None:
            self.failed.emit(InputError("The cited words are no longer in the library.", "Read the library again."))
            return
        self._pane.show_document(place[0], place[1].number, evidence.quote)
        self.opened.emit()


def _told(report: IngestReport) -> str:
    """What became of the files of a library, the first reasons of those that were not taken in included."""
    said = [tr("{count} documents taken in", count=report.read + report.moved)]
    if report.unchanged:
        said.append(tr("{count} known already", count=report.unchanged))
    if report.faults:
        said.append(tr("{count} not taken in", count=len(report.faults)))
    reasons = " ".join(tr_sentence(fault) for fault in report.faults[:REASONS])
    return " · ".join(said) + (f" — {reasons}" if reasons else "")
