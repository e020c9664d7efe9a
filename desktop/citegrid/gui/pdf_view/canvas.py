"""The PDF canvas: the pages with marks in two strengths, and what mouse and keys do on them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import QEvent, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QToolTip, QWidget

from citegrid.core.document import Box, Document
from citegrid.gui.pdf_view.focus import Focus
from citegrid.gui.pdf_view.page_painter import Marks
from citegrid.gui.pdf_view.scroll_area import STEP, Sheet
from citegrid.gui.pdf_view.text_selection import TextSelection, sentence_boxes
from citegrid.ports import PageSource

#: How much of a view the next one moves on by.
PAGING = 0.9


class PdfCanvas(Sheet):
    """Shows one document.  Pages count from 1; boxes are points on the page as the file shows it."""

    selection_changed = Signal()
    marks_changed = Signal()
    place_clicked = Signal(int, float, float)
    menu_requested = Signal(object)
    step_requested = Signal(int)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.viewport().setMouseTracking(True)
        #: Says what lies under a place that a click would lead away from; empty where there is nothing.
        self.probe: Callable[[int, float, float], str] = lambda page, x, y: ""
        self.selection = TextSelection()
        self._document: Document | None = None
        self._pressed: QPointF | None = None
        self._doubled: tuple[int, QPointF] | None = None
        self._dragging = QTimer(self)
        self._dragging.setInterval(30)
        self._dragging.timeout.connect(self._drag_on)
        self._drag_place = QPointF()

    # -- what is shown -------------------------------------------------------------------------------------------------

    def set_source(self, source: PageSource | None) -> None:
        """Show another document, from its first page."""
        self._document = None
        self.selection.set_document(None)
        self._set_marks(Marks())
        self.set_pages(source)
        self.selection_changed.emit()

    def set_document(self, document: Document | None) -> None:
        """Take the words and exact page sizes of the document that is shown."""
        self._document = document
        self.selection.set_document(document)
        if document is not None:
            self.set_sizes([(page.width, page.height) for page in document.pages])
        self.viewport().update()

    def selected_boxes(self, page: int) -> Sequence[Box]:
        """The places of the selection on a page."""
        return self.selection.boxes(page)

    def show_focus(self, focus: Focus) -> None:
        """Highlight the places of ``focus`` and bring its first one into view."""
        around: tuple[Box, ...] = ()
        if self._document is not None and 1 <= focus.page <= len(self._document.pages):
            around = sentence_boxes(self._document.page(focus.page), focus.strong)
        self._set_marks(replace(self._marks, strong=focus.strong, around=around, pale=focus.pale))
        self.reveal(focus.page, focus.strong)

    def show_hits(self, hits: Sequence[Box], page: int = 0, hit: tuple[Box, ...] = ()) -> None:
        """Mark the places that a search found, and bring the one it stands at into view."""
        self._set_marks(replace(self._marks, hits=tuple(hits), hit=hit))
        if page:
            self.reveal(page, hit)

    def clear_marks(self) -> None:
        """Take the marks of evidence away; those of a search stay."""
        self._set_marks(Marks(hits=self._marks.hits, hit=self._marks.hit))

    def _set_marks(self, marks: Marks) -> None:
        self._marks = marks
        self.marks_changed.emit()
        self.viewport().update()

    @property
    def marks(self) -> tuple[tuple[Box, ...], tuple[Box, ...]]:
        """The strong marks and the pale ones of other quotes."""
        return self._marks.strong, self._marks.pale

    @property
    def all_marks(self) -> Marks:
        """Everything that is marked."""
        return self._marks

    def mark_in_view(self) -> bool:
        """Whether some strong highlight is inside the view."""
        return any(self._view().intersects(self._layout.box_rect(box)) for box in self._marks.strong)

    # -- events --------------------------------------------------------------------------------------------------------

    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            hit = self._hit(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), self.probe(*hit) if hit else "", self.viewport())
            return True
        return super().viewportEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        button, hit = event.button(), self._hit(event.position())
        if button in (Qt.MouseButton.BackButton, Qt.MouseButton.ForwardButton):
            self.back() if button == Qt.MouseButton.BackButton else self.forward()
        elif button == Qt.MouseButton.RightButton:
            self.menu_requested.emit(event.globalPosition().toPoint())
        elif button == Qt.MouseButton.LeftButton:
            if hit and self._is_third(event):
                self.selection.take_sentence(*hit)
                self._selected()
                return
            self._pressed = event.position()
            if hit and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                self.selection.extend(*hit)
            elif hit:
                self.selection.begin(*hit)
            else:
                self.selection.clear()
            self.viewport().update()

    def _is_third(self, event: QMouseEvent) -> bool:
        if self._doubled is None:
            return False
        when, where = self._doubled
        soon = event.timestamp() - when < QApplication.doubleClickInterval()
        return soon and (event.position() - where).manhattanLength() < QApplication.startDragDistance()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed is None or not event.buttons() & Qt.MouseButton.LeftButton:
            self._point(event.position())
            return
        self._drag_place = event.position()
        outside = not self.viewport().rect().adjusted(0, 8, 0, -8).contains(event.position().toPoint())
        if outside and not self._dragging.isActive():
            self._dragging.start()
        elif not outside:
            self._dragging.stop()
        if (event.position() - self._pressed).manhattanLength() > 3:
            self._extend(event.position())

    def _drag_on(self) -> None:
        """The mouse is held beyond the edge: scroll there and select what comes into view."""
        y, height = self._drag_place.y(), self.viewport().height()
        by = y - 8 if y < 8 else max(0.0, y - height + 8)
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + round(max(-60.0, min(60.0, by))))
        self._extend(QPointF(self._drag_place.x(), min(max(y, 1.0), height - 1.0)))

    def _extend(self, position: QPointF) -> None:
        hit = self._hit(position)
        if hit:
            self.selection.extend(*hit)
            self.viewport().update()

    def _point(self, position: QPointF) -> None:
        """The cursor tells what a click would do: follow a citation, or select text."""
        hit = self._hit(position)
        shape = Qt.CursorShape.ArrowCursor
        if hit and self.probe(*hit):
            shape = Qt.CursorShape.PointingHandCursor
        elif hit and self.selection.is_over_text(*hit):
            shape = Qt.CursorShape.IBeamCursor
        if self.viewport().cursor().shape() != shape:
            self.viewport().setCursor(shape)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton or self._pressed is None:
            return
        self._dragging.stop()
        moved = (event.position() - self._pressed).manhattanLength()
        self._pressed = None
        hit = self._hit(event.position())
        if moved <= 3 and hit and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.selection.clear()
            self.place_clicked.emit(*hit)
        self._selected()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        hit = self._hit(event.position())
        if hit and event.button() == Qt.MouseButton.LeftButton:
            self._doubled = (event.timestamp(), event.position())
            self.selection.take_word(*hit)
            self._selected()

    def _selected(self) -> None:
        self.selection_changed.emit()
        self.viewport().update()

    def _hit(self, position: QPointF) -> tuple[int, float, float] | None:
        place = position + self._offset()
        return self._layout.hit(place.x(), place.y())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        bar, key = self.verticalScrollBar(), event.key()
        page = round(bar.pageStep() * PAGING)
        back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        by = {
            Qt.Key.Key_PageDown: page, Qt.Key.Key_PageUp: -page, Qt.Key.Key_Space: -page if back else page,
            Qt.Key.Key_Down: STEP, Qt.Key.Key_Up: -STEP,
        }.get(Qt.Key(key))  # fmt: skip
        if by is not None:
            bar.setValue(bar.value() + by)
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self.go_to(1 if key == Qt.Key.Key_Home else self.page_count)
        elif key in (Qt.Key.Key_BracketRight, Qt.Key.Key_BracketLeft):
            self.step_requested.emit(1 if key == Qt.Key.Key_BracketRight else -1)
        elif key == Qt.Key.Key_Escape and self.selection.spans:
            self.selection.clear()
            self._selected()
        elif key == Qt.Key.Key_Escape and self._marks.strong:
            self.left.emit()
        else:
            super().keyPressEvent(event)
