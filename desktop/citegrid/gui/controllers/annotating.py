"""A person's own highlights, notes and bookmarks: between the pages, the list at their side and the Workbench."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRect

from citegrid.core.annotation import Annotation, Ink
from citegrid.core.document import Span
from citegrid.gui.panes.pdf_pane import PdfPane
from citegrid.gui.pdf_view.hit_test import Places
from citegrid.gui.pdf_view.note_bubble import NoteBubble
from citegrid.gui.pdf_view.place_lists import annotation_items

if TYPE_CHECKING:
    from citegrid.workbench.workbench import Workbench


class Annotating(QObject):
    """Shows what the project holds of the shown paper; ``places`` are its citations, which a click follows first."""

    def __init__(self, workbench: Workbench, pdf: PdfPane, parent: QObject) -> None:
        super().__init__(parent)
        self._workbench, self._pdf = workbench, pdf
        self.bubble = NoteBubble(pdf.canvas)
        self.places = Places()
        self._ink = Ink.YELLOW
        self._shown: tuple[Annotation, ...] = ()
        edits = workbench.annotations
        self.bubble.noted.connect(lambda key, note: edits.change(key, note=note))
        self.bubble.inked.connect(self._give_ink)
        self.bubble.dropped.connect(edits.drop)
        pdf.highlight_requested.connect(self.highlight)
        pdf.bookmark_requested.connect(edits.bookmark)
        pdf.place_clicked.connect(self.click)
        pdf.side.notes.chosen.connect(self.go_to)
        pdf.canvas.moved.connect(self._follow)

    def show(self) -> None:
        """The marks of the paper in view, on its pages and in the list."""
        self._shown = self._workbench.annotations.shown
        self._pdf.canvas.set_annotations(self._shown)
        self._pdf.side.notes.show_items(annotation_items(self._shown, self._workbench.shown_paper.document))
        now = self._of(self.bubble.key)
        if now is not None:
            self._open(now)
        else:
            self.bubble.forget()

    def highlight(self, spans: Sequence[Span]) -> None:
        """Highlight the selected words in the colour that was used last."""
        self._workbench.annotations.highlight(spans, self._ink)

    def click(self, page: int, x: float, y: float) -> None:
        """A place was clicked: the bubble of the highlight there opens; elsewhere it closes."""
        one = next((a for a in reversed(self._shown) if a.covers(page, x, y)), None)
        if one is None or self.places.at(page, x, y) is not None:
            self.bubble.shut()
        else:
            self._open(one)
            self.bubble.text.setFocus()

    def go_to(self, index: int) -> None:
        """Show one of the list on its page."""
        one = self._shown[index]
        self._pdf.canvas.reveal(one.page, one.boxes)
        if one.is_bookmark:
            self.bubble.shut()
        else:
            self._open(one)

    def _give_ink(self, key: str, ink: Ink) -> None:
        self._ink = ink
        self._workbench.annotations.change(key, ink=ink)

    def _of(self, key: str) -> Annotation | None:
        return next((one for one in self._shown if one.key == key), None)

    def _open(self, one: Annotation) -> None:
        area = QRect()
        for box in one.boxes:
            area = area.united(self._pdf.canvas.place_of(box).toRect())
        self.bubble.show_note(one, area)

    def _follow(self) -> None:
        """The pages moved: the bubble goes with its words, and closes when they leave the view."""
        one = self._of(self.bubble.key)
        if one is None:
            return
        places = [self._pdf.canvas.place_of(box).toRect() for box in one.boxes]
        if any(self._pdf.canvas.viewport().rect().intersects(place) for place in places):
            self._open(one)
        else:
            self.bubble.shut()
