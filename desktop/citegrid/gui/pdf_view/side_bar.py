"""The side of the PDF pane: small pictures of the pages, and the contents."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QTabWidget, QTreeWidget, QTreeWidgetItem

from citegrid.core.document import Document
from citegrid.gui.i18n import tr
from citegrid.gui.pdf_view.thumbnails import PageList
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
        self.addTab(self.pages, "")
        self.addTab(self.outline, "")
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

    def set_document(self, document: Document | None) -> None:
        """Take the printed labels and the sizes of the pages."""
        self.pages.pages.set_document(document)

    def retranslate(self) -> None:
        """Show all words in the language of now."""
        self.setTabText(0, tr("Pages"))
        self.setTabText(1, tr("Contents"))
        self.setTabToolTip(1, "" if self.isTabEnabled(1) else tr("This file has no table of contents"))
        self.pages.setAccessibleName(tr("Pages"))
        self.outline.setAccessibleName(tr("Contents"))
