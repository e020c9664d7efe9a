"""The search line of the PDF pane: all hits, counted, found without holding the window."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import NamedTuple

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLabel, QLineEdit, QToolButton

from citegrid.core.document import Document, boxes_of
from citegrid.gui.i18n import tr
from citegrid.gui.pdf_view.place_lists import FoundPlace
from citegrid.gui.pdf_view.search import find
from citegrid.gui.widgets.pane import Bar

MOST_HITS = 5000
#: Seconds of searching before the window may breathe.
BREATH = 0.02


class FindButtons(NamedTuple):
    """The tools of the line, made by the pane, which teaches them their names."""

    case: QToolButton
    previous: QToolButton
    following: QToolButton
    all: QToolButton
    close: QToolButton


class FindBar(Bar):
    """Facts: ``found(hits)``, all of them, and ``stands_at(page, boxes)`` of one of them.  ``list_requested`` is a wish."""

    found = Signal(object)
    stands_at = Signal(int, object)
    list_requested = Signal()
    closed = Signal()

    def __init__(self, buttons: FindButtons) -> None:
        super().__init__()
        self._document: Document | None = None
        self._search: Iterator[tuple[int, int, int]] | None = None
        self._hits: list[FoundPlace] = []
        self._at = -1
        self._from_page = 1
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._search_on)
        self.wanted = QLineEdit()
        self.wanted.setClearButtonEnabled(True)
        self.wanted.setAcceptDrops(False)
        self.wanted.textChanged.connect(lambda _: self._begin())
        self.wanted.returnPressed.connect(lambda: self.step(1))
        self.count = QLabel()
        self.count.setObjectName("dim")
        self.count.setContentsMargins(8, 0, 8, 0)
        self.row.addWidget(self.wanted, 1)
        self.row.addWidget(self.count)
        self.case = buttons.case
        self.case.toggled.connect(lambda _: self._begin())
        for button, call in (
            (buttons.case, None),
            (buttons.previous, lambda: self.step(-1)),
            (buttons.following, lambda: self.step(1)),
            (buttons.all, self.list_requested.emit),
            (buttons.close, self.shut),
        ):
            if call is not None:
                button.clicked.connect(lambda _=False, call=call: call())
            self.row.addWidget(button)
        for keys, call in (
            (QKeySequence(Qt.Key.Key_Escape), self.shut),
            (QKeySequence("Shift+Return"), lambda: self.step(-1)),
        ):
            QShortcut(keys, self, call, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.hide()

    def set_document(self, document: Document | None) -> None:
        """Search in another document."""
        self._document = document
        if self.isVisible():
            self._begin()

    def open_at(self, page: int, text: str = "") -> None:
        """Show the line; a search begins at ``page``, for ``text`` where it is given."""
        self._from_page = page
        self.show()
        if text and text != self.wanted.text():
            self.wanted.setText(text)
        elif not self._hits:
            self._begin()
        self.wanted.setFocus()
        self.wanted.selectAll()

    def shut(self) -> None:
        """Hide the line and its hits."""
        self._timer.stop()
        self.hide()
        self._hits, self._at = [], -1
        self.count.clear()
        self.found.emit(())
        self.closed.emit()

    def _begin(self) -> None:
        self._hits, self._at = [], -1
        self.found.emit(())
        self._timer.stop()
        if not self.wanted.text().strip():
            self.count.clear()
        elif self._document is None:
            self.count.setText(tr("The paper is still being read"))
        else:
            self._search = find(self._document, self.wanted.text(), case=self.case.isChecked())
            self._timer.start()

    def _search_on(self) -> None:
        if self._search is None or self._document is None:
            self._timer.stop()
            return
        until = time.monotonic() + BREATH
        for page, start, end in self._search:
            if start >= 0:
                self._hits.append(FoundPlace(page, start, end, boxes_of(self._document.page(page), start, end)))
                if len(self._hits) >= MOST_HITS:
                    break
            elif time.monotonic() > until:
                self.count.setText(tr("{count} so far …", count=len(self._hits)))
                return
        self._timer.stop()
        self.found.emit(tuple(self._hits))
        here = next((i for i, hit in enumerate(self._hits) if hit.page >= self._from_page), 0)
        self._at = here - 1
        self.step(1)

    def go_to(self, index: int) -> None:
        """Stand at one of the hits, counted from 0."""
        self._at = index - 1
        self.step(1)

    @property
    def at(self) -> int:
        """Which hit is shown, from 0; -1 without one."""
        return self._at

    def step(self, by: int) -> None:
        """Go to the next hit, or the previous one with -1; round the end to the beginning."""
        if not self._hits:
            if self._document is not None and not self._timer.isActive():
                self.count.setText(tr("Nothing found") if self.wanted.text().strip() else "")
            return
        self._at = (self._at + by) % len(self._hits)
        more = "+" if len(self._hits) >= MOST_HITS else ""
        self.count.setText(f"{self._at + 1} / {len(self._hits)}{more}")
        self.stands_at.emit(self._hits[self._at].page, self._hits[self._at].boxes)

    def retranslate(self) -> None:
        """Show all words in the language of now."""
        self.wanted.setPlaceholderText(tr("Find in the paper"))
        self.wanted.setAccessibleName(tr("Find in the paper"))
