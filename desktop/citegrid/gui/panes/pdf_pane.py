"""The PDF pane: the canvas with its tools, its side (pages and contents), search, and bars that float over it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, Signal, SignalInstance
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QMenu, QSplitter, QToolTip, QWidget

from citegrid.core.document import Document
from citegrid.core.reference import Reference
from citegrid.gui.dialogs.buttons import one_field
from citegrid.gui.i18n import tr
from citegrid.gui.pdf_view.canvas import PdfCanvas
from citegrid.gui.pdf_view.find_bar import FindBar, FindButtons
from citegrid.gui.pdf_view.floating_bars import SelectionBar, StepBar
from citegrid.gui.pdf_view.focus import Focus
from citegrid.gui.pdf_view.hit_test import told_of
from citegrid.gui.pdf_view.place_lists import FoundPlace, hit_items
from citegrid.gui.pdf_view.side_bar import PaperSide
from citegrid.gui.theme import icon
from citegrid.gui.widgets.pane import Pane
from citegrid.ports import PageSource

ZOOM_STEP = 1.2
SIDE_WIDTH = 176


class PdfPane(Pane):
    """Wishes: ``place_clicked(page, x, y)``, ``evidence_requested(spans)`` and ``answer_requested(spans)``, ``highlight_requested(spans)`` for the
    selected text, ``bookmark_requested(page)``,
    ``step_requested(±1)`` to the next place of what is shown, ``marks_left``.
    Fact: ``selection_changed(spans)``."""

    printed_requested = Signal(int, str)
    place_clicked = Signal(int, float, float)
    selection_changed = Signal(object)
    evidence_requested = Signal(object)
    answer_requested = Signal(object)
    highlight_requested = Signal(object)
    bookmark_requested = Signal(int)
    step_requested = Signal(int)
    marks_left = Signal()

    def __init__(self) -> None:
        super().__init__("Paper")
        self.canvas = PdfCanvas()
        self._document: Document | None = None
        self._takes_evidence = False
        self._steps = False
        self._build_bar()
        self.finder = FindBar(
            FindButtons(
                self.tool("letter-case", "Match case", checkable=True),
                self.tool("previous", "Previous hit (Shift+Enter)"),
                self.tool("next", "Next hit (Enter)"),
                self.tool("outline", "List all places"),
                self.tool("close", "Close the search (Esc)"),
            )
        )
        self.side = PaperSide()
        self.side.hide()
        self.split = QSplitter()
        self.split.addWidget(self.side)
        self.split.addWidget(self.canvas)
        self.split.setStretchFactor(1, 1)
        self.split.setSizes([SIDE_WIDTH, 600])
        self.body.addWidget(self.finder)
        self.body.addWidget(self.split, 1)
        self.steps = StepBar(self.canvas)
        self.chosen = SelectionBar(self.canvas)
        self.canvas.installEventFilter(self)
        self._wire()
        self._show_history()

    def _wire(self) -> None:
        canvas = self.canvas
        canvas.page_changed.connect(self._show_page)
        canvas.zoom_changed.connect(self._show_zoom)
        canvas.history_changed.connect(self._show_history)
        canvas.marks_changed.connect(lambda: self.side.pages.set_marked(canvas.all_marks.pages))
        canvas.place_clicked.connect(self.place_clicked)
        canvas.selection_changed.connect(self._show_selection)
        canvas.moved.connect(self._place_selection)
        canvas.menu_requested.connect(self._menu)
        canvas.step_requested.connect(self._step)
        canvas.left.connect(self._leave_marks)
        self.side.page_chosen.connect(canvas.go_to)
        self.finder.found.connect(self._show_hits)
        self.finder.stands_at.connect(lambda page, boxes: canvas.show_hits(canvas.all_marks.hits, page, boxes))
        self.finder.stands_at.connect(lambda *_: self.side.found.stand_at(self.finder.at))
        self.finder.list_requested.connect(lambda: self.show_side(self.side.found))
        self.side.found.chosen.connect(self.finder.go_to)
        self.finder.closed.connect(canvas.setFocus)
        self.steps.stepped.connect(self._step)
        self.steps.left.connect(self._leave_marks)
        self.chosen.copy_wished.connect(self.copy)
        self.chosen.evidence_wished.connect(self.take_evidence)
        self.chosen.asked.connect(self.ask_here)
        self.chosen.marked.connect(self.highlight)
        self.chosen.find_wished.connect(lambda: self.open_find(canvas.selection.text))
        window = Qt.ShortcutContext.WindowShortcut
        for keys, call, context in (
            (QKeySequence.StandardKey.Find, self.open_find, window),
            (QKeySequence.StandardKey.ZoomIn, lambda: self._magnify(ZOOM_STEP), window),
            (QKeySequence.StandardKey.ZoomOut, lambda: self._magnify(1 / ZOOM_STEP), window),
            ("Ctrl+0", lambda: canvas.fit("width"), window),
            ("Alt+Left", canvas.back, window),
            ("Alt+Right", canvas.forward, window),
            ("F3", lambda: self.finder.step(1), window),
            ("Shift+F3", lambda: self.finder.step(-1), window),
            ("Ctrl+G", self._ask_page, window),
            ("Ctrl+Shift+E", self.take_evidence, window),
            ("Ctrl+Shift+A", self.ask_here, window),
            ("Ctrl+Shift+H", self.highlight, window),
            ("Ctrl+Shift+B", lambda: self.bookmark_requested.emit(canvas.page), window),
        ):
            QShortcut(QKeySequence(keys), self, call, context=context)
        for standard, own in (
            (QKeySequence.StandardKey.Copy, self.copy),
            (QKeySequence.StandardKey.SelectAll, self._select_page),
        ):
            # given to the constructor with a standard key, the context is lost: the table's Ctrl+C would come here
            QShortcut(standard, canvas, own).setContext(Qt.ShortcutContext.WidgetShortcut)

    def _build_bar(self) -> None:
        row = self.bar.row
        self.side_button = self.tool("thumbnails", "Pages and contents", self._toggle_side, checkable=True)
        row.addWidget(self.side_button)
        self.back_button = self.tool("back", "Back to where you were (Alt+←)", self.canvas.back)
        self.forward_button = self.tool("forward", "Forward again (Alt+→)", self.canvas.forward)
        row.addWidget(self.back_button)
        row.addWidget(self.forward_button)
        row.addStretch(1)
        row.addWidget(self.tool("left", "Previous page", lambda: self.canvas.turn_to(self.canvas.page - 1)))
        self.number = QLineEdit()
        self.number.setFixedWidth(46)
        self.number.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.number.returnPressed.connect(self._go)
        self.teach(self.number, "Page number or printed label; Enter goes there (Ctrl+G)")
        row.addWidget(self.number)
        self.of_pages = QLabel()
        self.of_pages.setObjectName("dim")
        self.of_pages.setContentsMargins(4, 0, 2, 0)
        row.addWidget(self.of_pages)
        row.addWidget(self.tool("right", "Next page", lambda: self.canvas.turn_to(self.canvas.page + 1)))
        row.addStretch(1)
        smaller = self.tool("zoom-out", "Smaller (Ctrl+−)", lambda: self._magnify(1 / ZOOM_STEP))
        row.addWidget(smaller)
        self.percent = QLabel()
        self.percent.setObjectName("dim")
        self.percent.setMinimumWidth(44)
        self.percent.setAlignment(Qt.AlignmentFlag.AlignCenter)
        row.addWidget(self.percent)
        larger = self.tool("zoom-in", "Larger (Ctrl++)", lambda: self._magnify(ZOOM_STEP))
        row.addWidget(larger)
        self.fits = {
            "width": self.tool("fit-width", "Fit the width (Ctrl+0)", lambda: self.canvas.fit("width"), checkable=True),
            "page": self.tool("fit-page", "Fit the whole page", lambda: self.canvas.fit("page"), checkable=True),
        }
        for button in self.fits.values():
            row.addWidget(button)
        self.two = self.tool("two-pages", "Two pages side by side", checkable=True)
        self.two.toggled.connect(self.canvas.set_two_pages)
        row.addWidget(self.two)
        self.dark = self.tool("moon", "Dark pages", checkable=True)
        self.dark.toggled.connect(self.canvas.set_dark)
        row.addWidget(self.dark)
        turn = self.tool("rotate", "Turn the pages", self.canvas.turn)
        row.addWidget(turn)
        row.addWidget(self.tool("search", "Find in the paper (Ctrl+F)", self.open_find))
        fits = (self.fits["page"], self.fits["width"])
        self.bar.may_fold(turn, self.dark, self.two, *fits, self.percent, larger, smaller, self.forward_button)

    # -- what is shown -------------------------------------------------------------------------------------------------

    def set_source(self, source: PageSource | None, outline: list[tuple[int, str, int]]) -> None:
        """Show another document; its words come later with ``set_document``."""
        self._document = None
        self.finder.set_document(None)
        self.finder.shut()
        self.steps.hide()
        self.canvas.set_source(source)
        self.side.set_source(source, outline)
        self._show_page(self.canvas.page)

    def forget(self) -> None:
        self._takes_evidence = False
        self.clear_marks()
        self.finder.shut()

    def set_document(self, document: Document | None) -> None:
        """Take the words of the document, for search, selection and printed labels."""
        self._document = document
        self.canvas.set_document(document)
        self.side.set_document(document)
        self.finder.set_document(document)
        self._show_page(self.canvas.page)

    def set_places(self, at: Callable[[int, float, float], tuple[Reference, int] | None]) -> None:
        """Say which reference (and which mention of it) stands under a place, so that it can be pointed at."""

        def probe(page: int, x: float, y: float) -> str:
            found = at(page, x, y)
            return told_of(*found, self._label) if found is not None else ""

        self.canvas.probe = probe

    def set_takes_evidence(self, on: bool) -> None:
        """Whether a cell is chosen that selected text could prove."""
        self._takes_evidence = on
        self._place_selection()

    def show_focus(self, focus: Focus) -> None:
        """Move to a place and highlight it."""
        self.canvas.show_focus(focus)
        self._steps = focus.total > 1
        if self._steps:
            self.steps.show_step(focus.number, focus.total, focus.about)
        else:
            self.steps.hide()

    def clear_marks(self) -> None:
        """Nothing is shown any more."""
        self._steps = False
        self.steps.hide()
        self.canvas.clear_marks()

    def _leave_marks(self) -> None:
        self.clear_marks()
        self.marks_left.emit()

    def _step(self, by: int) -> None:
        if self._steps:
            self.step_requested.emit(by)

    def _show_hits(self, hits: Sequence[FoundPlace]) -> None:
        self.canvas.show_hits(tuple(box for hit in hits for box in hit.boxes))
        self.side.found.show_items(hit_items(hits, self._document) if self._document is not None else [])

    def show_side(self, part: QWidget) -> None:
        """Open the side at one of its parts."""
        self.side.setCurrentWidget(part)
        self.side_button.setChecked(True)
        self._toggle_side()

    def _toggle_side(self) -> None:
        self.side.setVisible(self.side_button.isChecked())
        self.side.pages.show_page(self.canvas.page)

    def _show_page(self, number: int) -> None:
        label, total = self._label(number), self.canvas.page_count
        self.number.setText(str(number) if number else "")
        printed = f" · {label}" if label and label != str(number) else ""
        self.of_pages.setText(f"/ {total}{printed}" if total else "")
        self.side.pages.show_page(number)

    def _show_zoom(self, zoom: float) -> None:
        self.percent.setText(f"{zoom * 75:.0f} %")
        for kind, button in self.fits.items():
            button.setChecked(self.canvas.fitting == kind)

    def _label(self, number: int) -> str:
        if self._document is None or not 1 <= number <= len(self._document.pages):
            return ""
        return self._document.page(number).label

    def ask_printed(self) -> None:
        """Ask what number is printed on the shown page; nothing before the paper has been read."""
        number = self.canvas.page
        if self._document is None or not number:
            return
        lead = tr("Number printed on page {page} of the file:", page=number)
        dialog = one_field(self, tr("Printed page number"), lead, tr("OK"))
        dialog.setTextValue(self._label(number))
        dialog.textValueSelected.connect(lambda text: self.printed_requested.emit(number, text))
        dialog.open()

    def _show_history(self) -> None:
        history = self.canvas.history
        for button, can in ((self.back_button, history.can_back), (self.forward_button, history.can_forward)):
            button.setEnabled(can)

    def _ask_page(self) -> None:
        self.number.setFocus()
        self.number.selectAll()

    def _go(self) -> None:
        """To a position in the file, or to a printed label where no position is meant."""
        wanted = self.number.text().strip()
        labels = [page.label.casefold() for page in self._document.pages] if self._document is not None else []
        if wanted.isdecimal() and 1 <= int(wanted) <= self.canvas.page_count:
            self.canvas.go_to(int(wanted))
        elif wanted.casefold() in labels:
            self.canvas.go_to(labels.index(wanted.casefold()) + 1)
        elif wanted:
            below = self.number.mapToGlobal(QPoint(0, self.number.height()))
            QToolTip.showText(below, tr("There is no page “{page}”", page=wanted), self.number)
        self._show_page(self.canvas.page)
        self.canvas.setFocus()

    def _magnify(self, by: float) -> None:
        self.canvas.set_zoom(self.canvas.zoom * by)

    # -- selection -----------------------------------------------------------------------------------------------------

    def copy(self) -> None:
        """Put the selected text on the clipboard."""
        if self.canvas.selection.text:
            QApplication.clipboard().setText(self.canvas.selection.text)

    def take_evidence(self) -> None:
        """Wish that the selected text becomes evidence of the chosen cell."""
        self._give(self.evidence_requested)

    def ask_here(self) -> None:
        """Wish that the chosen cell is asked again, of the selected text alone."""
        self._give(self.answer_requested)

    def _give(self, wish: SignalInstance) -> None:
        """Give the selected text to the chosen cell; it is no longer selected then."""
        spans = self.canvas.selection.spans
        if spans and self._takes_evidence:
            wish.emit(spans)
            self.canvas.selection.clear()
            self._show_selection()

    def highlight(self) -> None:
        """Wish that the selected text is highlighted."""
        spans = self.canvas.selection.spans
        if spans:
            self.highlight_requested.emit(spans)
            self.canvas.selection.clear()
            self._show_selection()

    def _select_page(self) -> None:
        self.canvas.selection.take_page(self.canvas.page)
        self._show_selection()

    def _show_selection(self) -> None:
        self.selection_changed.emit(self.canvas.selection.spans)
        self._place_selection()
        self.canvas.viewport().update()

    def _place_selection(self) -> None:
        spans = self.canvas.selection.spans
        boxes = self.canvas.selection.boxes(spans[-1].page) if spans else ()
        if not boxes:
            self.chosen.hide()
            return
        area = QRect()
        for box in boxes:
            area = area.united(self.canvas.place_of(box).toRect())
        last = self.canvas.place_of(boxes[-1]).toRect()
        area.setRight(last.right())
        self.chosen.show_beside(area, self._takes_evidence)

    def _menu(self, place: QPoint) -> None:
        """The menu of a right click."""
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        some = bool(self.canvas.selection.spans)
        menu.addAction(icon("copy"), tr("Copy"), self.copy).setEnabled(some)
        use = menu.addAction(icon("quote"), tr("Use as evidence"), self.take_evidence)
        use.setEnabled(some and self._takes_evidence)
        answer = menu.addAction(icon("refresh"), tr("Answer from here"), self.ask_here)
        answer.setEnabled(some and self._takes_evidence)
        menu.addAction(icon("highlight"), tr("Highlight"), self.highlight).setEnabled(some)
        find = menu.addAction(icon("search"), tr("Find it in the paper"))
        find.triggered.connect(lambda: self.open_find(self.canvas.selection.text))
        find.setEnabled(some)
        menu.addSeparator()
        mark = menu.addAction(icon("bookmark"), tr("Bookmark this page"))
        mark.triggered.connect(lambda: self.bookmark_requested.emit(self.canvas.page))
        mark.setEnabled(bool(self.canvas.page))
        menu.addAction(icon("back"), tr("Back"), self.canvas.back).setEnabled(self.canvas.history.can_back)
        menu.addAction(icon("forward"), tr("Forward"), self.canvas.forward).setEnabled(self.canvas.history.can_forward)
        menu.popup(place)

    def open_find(self, text: str = "") -> None:
        """Show the search line, and look for ``text`` where it is given."""
        self.finder.open_at(self.canvas.page, text)

    def stop(self) -> None:
        """Draw nothing more and wait until the pages under way are put down."""
        for renderer in (self.canvas.renderer, self.side.pages.renderer):
            renderer.stop()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.canvas and event.type() == QEvent.Type.Resize:
            self.steps.settle()
        return super().eventFilter(watched, event)

    def retranslate(self) -> None:
        super().retranslate()
        self.canvas.setAccessibleName(tr("Pages of the paper"))
        for part in (self.side, self.finder, self.steps, self.chosen):
            part.retranslate()
