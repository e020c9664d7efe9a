"""The library in the window: what it holds, what it is searched for, a document opened at its chunk."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from citegrid.core.errors import CiteGridError, InputError
from citegrid.core.evidence import Evidence
from citegrid.gui.panes.library_pane import LibraryPane

if TYPE_CHECKING:
    from citegrid.workbench.workbench import Workbench


class LibraryWork(QObject):
    """Facts: ``failed(error)``, ``opened`` when a citation brought a document up."""

    failed = Signal(object)
    opened = Signal()

    def __init__(self, workbench: Workbench, pane: LibraryPane, window: QWidget) -> None:
        super().__init__(window)
        self._library, self._pane = workbench.library, pane

    def _try(self, call: Callable[[], object]) -> None:
        try:
            call()
        except CiteGridError as error:
            self.failed.emit(error)

    def show(self) -> None:
        """The library changed: show what it holds."""
        self._try(lambda: self._pane.set_library(self._library.roots, self._library.files()))

    def update(self) -> None:
        """Read what came or changed."""
        self._try(self._library.update)

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
