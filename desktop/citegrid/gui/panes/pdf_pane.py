"""The PDF pane: the canvas with its tools, outline and search."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QInputDialog,
    QLabel,
    QLineEdit,
    QSplitter,
    QTreeWidget,
    QTreeWidgetItem,
)

from citegrid.core.document import Box, Document, boxes_of
from citegrid.gui.canvas import PdfCanvas
from citegrid.gui.canvas_text import find
from citegrid.gui.focus import Focus
from citegrid.gui.pane import Bar, Pane
from citegrid.gui.words import tr
from citegrid.ports import PageSource

MOST_HITS = 2000


class PdfPane(Pane):
    """Shows the paper.  ``place_clicked(page, x, y)`` and ``evidence_dragged(page, start, end)`` are wishes."""

    printed_requested = Signal(int, str)
    place_clicked = Signal(int, float, float)
    evidence_requested = Signal(int, int, int)

    def __init__(self) -> None:
        super().__init__("Paper")
        self.canvas = PdfCanvas()
        self._document: Document | None = None
        self._source: PageSource | None = None
        self._search: Iterator[tuple[int, int, int]] | None = None
        self._hits: list[tuple[int, tuple[Box, ...]]] = []
        self._hit = -1
        self._search_timer = QTimer(self)
        self._search_timer.setInterval(0)
        self._search_timer.timeout.connect(self._search_on)
        self._build_bar()
        self._build_find()
        self.outline = QTreeWidget()
        self.outline.setHeaderHidden(True)
        self.outline.setMaximumWidth(280)
        self.outline.itemClicked.connect(lambda item: self.canvas.go_to(item.data(0, Qt.ItemDataRole.UserRole)))
        self.outline.hide()
        self.split = QSplitter()
        self.split.addWidget(self.outline)
        self.split.addWidget(self.canvas)
        self.split.setStretchFactor(1, 1)
        self.body.addWidget(self._find_bar)
        self.body.addWidget(self.split, 1)
        self.canvas.page_changed.connect(self._show_page)
        self.canvas.zoom_changed.connect(lambda zoom: self.percent.setText(f"{zoom * 75:.0f} %"))
        self.canvas.history_changed.connect(self._show_history)
        self.canvas.place_clicked.connect(self.place_clicked)
        self.canvas.selection_changed.connect(self._show_selection)
        for keys, call in (
            (QKeySequence.StandardKey.Find, self.open_find),
            (QKeySequence.StandardKey.ZoomIn, self._zoom_in),
            (QKeySequence.StandardKey.ZoomOut, self._zoom_out),
        ):
            QShortcut(keys, self, call, context=Qt.ShortcutContext.WindowShortcut)
        QShortcut(QKeySequence.StandardKey.Copy, self.canvas, self.copy, context=Qt.ShortcutContext.WidgetShortcut)
        self._show_history()
        self._show_selection()

    def _build_bar(self) -> None:
        row = self.bar.row
        row.addWidget(self.tool("outline", "Contents", self._toggle_outline))
        self.back_button = self.tool("back", "Back to where you were (Alt+←)", self.canvas.back)
        self.forward_button = self.tool("forward", "Forward again (Alt+→)", self.canvas.forward)
        row.addWidget(self.back_button)
        row.addWidget(self.forward_button)
        row.addStretch(1)
        row.addWidget(self.tool("left", "Previous page", lambda: self.canvas.go_to(self.canvas.page - 1)))
        self.number = QLineEdit()
        self.number.setFixedWidth(46)
        self.number.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.number.returnPressed.connect(self._go)
        self.teach(self.number, "Page number or printed label; Enter goes there")
        row.addWidget(self.number)
        self.of_pages = QLabel()
        self.of_pages.setObjectName("dim")
        self.of_pages.setContentsMargins(4, 0, 2, 0)
        row.addWidget(self.of_pages)
        row.addWidget(self.tool("right", "Next page", lambda: self.canvas.go_to(self.canvas.page + 1)))
        row.addStretch(1)
        row.addWidget(self.tool("zoom-out", "Smaller (Ctrl+−)", self._zoom_out))
        self.percent = QLabel()
        self.percent.setObjectName("dim")
        self.percent.setMinimumWidth(44)
        self.percent.setAlignment(Qt.AlignmentFlag.AlignCenter)
        row.addWidget(self.percent)
        row.addWidget(self.tool("zoom-in", "Larger (Ctrl++)", self._zoom_in))
        row.addWidget(self.tool("fit-width", "Fit the width", lambda: self.canvas.fit("width")))
        row.addWidget(self.tool("fit-page", "Fit the whole page", lambda: self.canvas.fit("page")))
        self.two = self.tool("two-pages", "Two pages side by side", checkable=True)
        self.two.toggled.connect(self.canvas.set_two_pages)
        row.addWidget(self.two)
        row.addWidget(self.tool("rotate", "Turn the pages", self.canvas.turn))
        row.addWidget(self.tool("search", "Find in the paper (Ctrl+F)", self.open_find))

    def _build_find(self) -> None:
        self._find_bar = Bar()
        self.wanted = QLineEdit()
        self.wanted.setClearButtonEnabled(True)
        self.wanted.setAcceptDrops(False)
        self.wanted.textChanged.connect(lambda _: self._begin_search())
        self.wanted.returnPressed.connect(lambda: self._step_hit(1))
        self.found = QLabel()
        self.found.setObjectName("dim")
        self.found.setContentsMargins(8, 0, 8, 0)
        row: QHBoxLayout = self._find_bar.row
        row.addWidget(self.wanted, 1)
        row.addWidget(self.found)
        row.addWidget(self.tool("previous", "Previous hit", lambda: self._step_hit(-1)))
        row.addWidget(self.tool("next", "Next hit (Enter)", lambda: self._step_hit(1)))
        row.addWidget(self.tool("close", "Close the search (Esc)", self.close_find))
        QShortcut(QKeySequence(Qt.Key.Key_Escape), self._find_bar, self.close_find,
                  context=Qt.ShortcutContext.WidgetWithChildrenShortcut)  # fmt: skip
        self._find_bar.hide()

    # -- what is shown -------------------------------------------------------------------------------------------------

    def set_source(self, source: PageSource | None, outline: list[tuple[int, str, int]]) -> None:
        """Show another document; its words come later with ``set_document``."""
        self._source, self._document = source, None
        self.canvas.set_source(source)
        self.close_find()
        self._fill_outline(outline)
        self._show_page(self.canvas.page)

    def set_document(self, document: Document | None) -> None:
        """Take the words of the document, for search, selection and printed labels."""
        self._document = document
        self.canvas.set_document(document)
        self._show_page(self.canvas.page)

    def show_focus(self, focus: Focus) -> None:
        """Move to a place and highlight it."""
        self.canvas.show_focus(focus)

    def _fill_outline(self, outline: list[tuple[int, str, int]]) -> None:
        self.outline.clear()
        parents: list[tuple[int, QTreeWidgetItem]] = []
        for level, title, page in outline:
            while parents and parents[-1][0] >= level:
                parents.pop()
            item = QTreeWidgetItem([title])
            item.setData(0, Qt.ItemDataRole.UserRole, page)
            item.setToolTip(0, title)
            if parents:
                parents[-1][1].addChild(item)
            else:
                self.outline.addTopLevelItem(item)
            parents.append((level, item))
        self.outline.expandToDepth(0)
        if not outline:
            self.outline.hide()

    def _toggle_outline(self) -> None:
        self.outline.setVisible(not self.outline.isVisible() and self.outline.topLevelItemCount() > 0)

    def _show_page(self, number: int) -> None:
        label = self._label(number)
        self.number.setText(str(number) if number else "")
        total = self.canvas.page_count
        printed = f" · {label}" if label and label != str(number) else ""
        self.of_pages.setText(f"/ {total}{printed}" if total else "")

    def _label(self, number: int) -> str:
        if self._document is None or not 1 <= number <= len(self._document.pages):
            return ""
        return self._document.page(number).label

    def ask_printed(self) -> None:
        """Ask what number is printed on the shown page; nothing before the paper has been read."""
        number = self.canvas.page
        if self._document is None or not number:
            return
        dialog = QInputDialog(self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowTitle(tr("Printed page number"))
        dialog.setLabelText(tr("Number printed on page {page} of the file:", page=number))
        dialog.setTextValue(self._label(number))
        dialog.textValueSelected.connect(lambda text: self.printed_requested.emit(number, text))
        dialog.open()

    def _show_history(self) -> None:
        self.back_button.setEnabled(self.canvas.can_back())
        self.forward_button.setEnabled(self.canvas.can_forward())

    def _go(self) -> None:
        wanted = self.number.text().strip()
        labels = [page.label for page in self._document.pages] if self._document is not None else []
        if wanted.isdigit() and 1 <= int(wanted) <= self.canvas.page_count:
            self.canvas.go_to(int(wanted))
        elif wanted in labels:
            self.canvas.go_to(labels.index(wanted) + 1)
        self._show_page(self.canvas.page)
        self.canvas.setFocus()

    def _zoom_in(self) -> None:
        self.canvas.set_zoom(self.canvas.zoom * 1.2)

    def _zoom_out(self) -> None:
        self.canvas.set_zoom(self.canvas.zoom / 1.2)

    # -- selection -----------------------------------------------------------------------------------------------------

    def copy(self) -> None:
        """Put the selected text on the clipboard."""
        if self.canvas.selection.text:
            QApplication.clipboard().setText(self.canvas.selection.text)

    def _show_selection(self) -> None:
        page, (start, end) = self.canvas.selection.page, self.canvas.selection.range
        if page:
            self.evidence_requested.emit(page, start, end)

    # -- search --------------------------------------------------------------------------------------------------------

    def open_find(self) -> None:
        """Show the search line."""
        self._find_bar.show()
        self.wanted.setFocus()
        self.wanted.selectAll()

    def close_find(self) -> None:
        """Hide the search line and its hits."""
        self._search_timer.stop()
        self._find_bar.hide()
        self._hits = []
        self.found.clear()
        self.canvas.set_hits(())

    def _begin_search(self) -> None:
        self._hits, self._hit = [], -1
        self.canvas.set_hits(())
        self.found.clear()
        if self._document is None or not self.wanted.text().strip():
            self._search_timer.stop()
            return
        self._search = find(self._document, self.wanted.text())
        self._search_timer.start()

    def _search_on(self) -> None:
        """Search a few pages, then let the window breathe."""
        if self._search is None or self._document is None:
            self._search_timer.stop()
            return
        pages = 0
        for page, start, end in self._search:
            if start < 0:
                pages += 1
                if pages == 20:
                    return
                continue
            self._hits.append((page, boxes_of(self._document.page(page), start, end)))
            if len(self._hits) >= MOST_HITS:
                break
        self._search_timer.stop()
        self.canvas.set_hits([box for _, boxes in self._hits for box in boxes])
        here = next((i for i, (page, _) in enumerate(self._hits) if page >= self.canvas.page), 0)
        self._hit = here - 1
        self._step_hit(1)

    def _step_hit(self, by: int) -> None:
        if not self._hits:
            self.found.setText(tr("Nothing found") if self.wanted.text().strip() else "")
            return
        self._hit = (self._hit + by) % len(self._hits)
        page, boxes = self._hits[self._hit]
        self.canvas.show_focus(Focus("", page, boxes))
        self.found.setText(f"{self._hit + 1} / {len(self._hits)}")

    def retranslate(self) -> None:
        super().retranslate()
        self.wanted.setPlaceholderText(tr("Find in the paper"))
        self.canvas.setAccessibleName(tr("Pages of the paper"))
