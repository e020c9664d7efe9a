"""Two lists at the side of the paper: what a search found, and the person's own highlights, notes and bookmarks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QLabel, QListWidget, QListWidgetItem, QStackedLayout, QWidget

from citegrid.core.annotation import Annotation
from citegrid.core.document import Box, Document
from citegrid.gui.i18n import tr
from citegrid.gui.pdf_view.note_bubble import swatch
from citegrid.gui.theme import icon

#: Places of a list; a search for "the" needs no more.
MOST = 500
#: Characters on either side of a hit, and of a quote.
AROUND, LONGEST = 32, 90


@dataclass(frozen=True, slots=True)
class FoundPlace:
    """One place that a search found: characters ``start`` to ``end`` of a page, and where they lie."""

    page: int
    start: int
    end: int
    boxes: tuple[Box, ...]


class PlaceList(QWidget):
    """Rows of a page and some words; ``chosen(index)`` is a wish.  Says ``empty`` while there are none."""

    chosen = Signal(int)

    def __init__(self, empty: str) -> None:
        super().__init__()
        self._empty_key = empty
        self.rows = QListWidget()
        self.rows.setFrameShape(QListWidget.Shape.NoFrame)
        self.rows.setWordWrap(True)
        self.rows.setIconSize(QSize(14, 14))
        self.rows.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.rows.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.empty = QLabel()
        self.empty.setObjectName("aside")
        self.empty.setWordWrap(True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self.empty)
        self._stack.addWidget(self.rows)
        self.rows.itemClicked.connect(lambda item: self.chosen.emit(self.rows.row(item)))
        self.rows.itemActivated.connect(lambda item: self.chosen.emit(self.rows.row(item)))

    def show_items(self, items: Sequence[QListWidgetItem]) -> None:
        """Show other rows, in order."""
        self.rows.clear()
        for item in items[:MOST]:
            self.rows.addItem(item)
        self._stack.setCurrentWidget(self.rows if items else self.empty)

    def stand_at(self, index: int) -> None:
        """Mark a row as the one that is looked at."""
        if 0 <= index < self.rows.count():
            self.rows.setCurrentRow(index)

    def retranslate(self) -> None:
        """Show all words in the language of now."""
        self.empty.setText(tr(self._empty_key))
        self.rows.setAccessibleName(self.accessibleName())


def hit_items(hits: Sequence[FoundPlace], document: Document) -> list[QListWidgetItem]:
    """The rows of what a search found, with the words around it."""
    return [QListWidgetItem(_words_of(hit, document)) for hit in hits[:MOST]]


def _words_of(hit: FoundPlace, document: Document) -> str:
    page = document.page(hit.page)
    before = page.text[max(0, hit.start - AROUND) : hit.start].split(" ", 1)[-1]
    behind = page.text[hit.end : hit.end + AROUND].rsplit(" ", 1)[0]
    words = " ".join(f"{before}{page.text[hit.start : hit.end]}{behind}".split())
    return f"{tr('p. {page}', page=page.label or hit.page)}  {words}"


def annotation_items(annotations: Sequence[Annotation], document: Document | None) -> list[QListWidgetItem]:
    """The rows of a person's own marks: the note, or the words that are marked."""
    return [_annotation_item(one, document) for one in annotations]


def _annotation_item(one: Annotation, document: Document | None) -> QListWidgetItem:
    label = document.page(one.page).label if document is not None else ""
    where = tr("p. {page}", page=label or one.page)
    words = one.note or one.quote
    short = words if len(words) <= LONGEST else words[:LONGEST].rstrip() + " …"
    item = QListWidgetItem(icon("bookmark") if one.is_bookmark else swatch(one.ink), f"{where}  {short}".rstrip())
    item.setToolTip("\n\n".join(filter(None, (one.quote, one.note))))
    return item
