"""The side of the PDF pane: small pictures of the pages, the contents, what a search found, a person's own marks."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QTabWidget, QTreeWidget, QTreeWidgetItem, QWidget

from citegrid.core.document import Document
from citegrid.gui.i18n import tr
from citegrid.gui.pdf_view.place_lists import PlaceList
from citegrid.gui.pdf_view.thumbnails import PageList
from citegrid.gui.theme import icon
from citegrid.ports import PageSource

_PAGE = Qt.ItemDataRole.UserRole


class PaperSide(QTabWidget):
    """``page_chosen(number)`` is a wish."""

    page_chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setDocumentMode(True)
        self.pages = PageList()
        self.outline = QTreeWidget()
        self.outline.setHeaderHidden(True)
        self.outline.setFrameShape(QTreeWidget.Shape.NoFrame)
        self.outline.setIndentation(14)
        self.found = PlaceList("What you look for in the paper is listed here (Ctrl+F).")
        self.notes = PlaceList("Select words in the paper and highlight them (Ctrl+Shift+H): they are listed here.")
        for part, sign in zip(self._parts, ("thumbnails", "outline", "search", "note"), strict=True):
            self.addTab(part, icon(sign), "")
        self.setIconSize(QSize(16, 16))
        self.setObjectName("paper_side")
        self.setUsesScrollButtons(False)
        self.setMinimumWidth(150)
        self.pages.page_chosen.connect(self.page_chosen)
        self.outline.itemClicked.connect(lambda item: self.page_chosen.emit(item.data(0, _PAGE)))
        self.outline.itemActivated.connect(lambda item: self.page_chosen.emit(item.data(0, _PAGE)))

    def set_source(self, source: PageSource | None, outline: list[tuple[int, str, int]]) -> None:
        """Show another document; ``outline`` is ``(level, title, page)`` of each bookmark."""
        self.pages.set_source(source)
        self.outline.clear()
        parents: list[tuple[int, QTreeWidgetItem]] = []
        for level, title, page in outline:
            while parents and parents[-1][0] >= level:
                parents.pop()
            item = QTreeWidgetItem([title])
            item.setData(0, _PAGE, page)
            item.setToolTip(0, title)
            if parents:
                parents[-1][1].addChild(item)
            else:
                self.outline.addTopLevelItem(item)
            parents.append((level, item))
        self.outline.expandToDepth(0)
        self.setTabEnabled(1, bool(outline))
        self.setCurrentIndex(1 if outline and self.currentIndex() == 1 else 0)
        self.retranslate()

    @property
    def _parts(self) -> tuple[QWidget, ...]:
        return self.pages, self.outline, self.found, self.notes

    def set_document(self, document: Document | None) -> None:
        """Take the printed labels and the sizes of the pages."""
        self.pages.pages.set_document(document)

    def retranslate(self) -> None:
        """Show all words in the language of now."""
        names = (tr("Pages"), tr("Contents"), tr("Found places"), tr("Highlights and notes"))
        for number, (part, name) in enumerate(zip(self._parts, names, strict=True)):
            self.setTabToolTip(number, name)
            part.setAccessibleName(name)
            self.tabBar().setAccessibleTabName(number, name)
        self.tabBar().setAccessibleName(tr("Side of the paper"))
        if not self.isTabEnabled(1):
            self.setTabToolTip(1, tr("This file has no table of contents"))
        self.found.retranslate()
        self.notes.retranslate()
