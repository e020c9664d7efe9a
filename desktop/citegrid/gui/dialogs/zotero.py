"""Zotero's library: collections at the left, their items at the right; a paper to open, a background, the cited works."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QSplitter,
    QTableView,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from citegrid.core.holdings import Holdings, LibraryItem
from citegrid.gui.i18n import tr, tr_sentence
from citegrid.gui.items.library_items import AUTHORS, FILE, ITEM, TITLE, YEAR, LibraryItems
from citegrid.gui.widgets.hint import HintedTable

#: Height of a collection.
ROW = 26
_KEY = int(Qt.ItemDataRole.UserRole)


class ZoteroDialog(QDialog):
    """Wishes: ``open_requested(item)`` as the paper, ``background_requested(items)``, ``cited_requested`` to look for the works of
    the paper's list, ``folder_requested`` to read another data folder, ``rows_requested(key)`` of a collection whose papers
    become the rows of one table."""

    open_requested = Signal(object)
    background_requested = Signal(object)
    cited_requested = Signal()
    folder_requested = Signal()
    rows_requested = Signal(str)

    def __init__(self, holdings: Holdings, parent: QWidget, *, listed: bool) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Zotero")
        self.resize(980, 620)
        self._holdings, self._listed = holdings, listed
        self.items = LibraryItems(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(10)
        column.addLayout(self._head())
        halves = QSplitter()
        halves.setChildrenCollapsible(False)
        halves.addWidget(self._tree())
        halves.addWidget(self._view())
        halves.setSizes([240, 700])
        column.addWidget(halves, 1)
        column.addLayout(self._foot())
        self._show_collection()
        self.search.setFocus()

    def _head(self) -> QVBoxLayout:
        self.search = QLineEdit()
        self.search.setPlaceholderText(tr("Filter by author, title or year"))
        self.search.setAccessibleName(tr("Filter by author, title or year"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._search)
        self.origin = QLabel(self._told())
        self.origin.setObjectName("dim")
        self.origin.setWordWrap(True)
        head = QVBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.origin)
        head.addWidget(self.search)
        return head

    def _told(self) -> str:
        """Where what is shown comes from: that nothing is written to it is to be seen."""
        if not self._holdings.copied:
            return tr("As Zotero gives it now. Nothing is written to Zotero.")
        read = tr("Read from a copy of Zotero's database. Nothing is written to Zotero.")
        return f"{read} {tr_sentence(self._holdings.why)}" if self._holdings.why else read

    def _tree(self) -> QTreeWidget:
        self.tree = QTreeWidget()
        self.tree.setHeaderHidden(True)
        self.tree.setIndentation(16)
        self.tree.setAccessibleName(tr("Collections"))
        everything = QTreeWidgetItem([tr("Everything")])
        everything.setData(0, _KEY, "")
        self.tree.addTopLevelItem(everything)
        made = {one.key: QTreeWidgetItem([one.name]) for one in self._holdings.collections}
        for one in self._holdings.collections:
            made[one.key].setData(0, _KEY, one.key)
            made[one.key].setToolTip(0, one.name)
            above = made.get(one.parent)
            if above is not None and above is not made[one.key]:
                above.addChild(made[one.key])
            else:
                self.tree.addTopLevelItem(made[one.key])
        for item in (everything, *made.values()):
            item.setSizeHint(0, QSize(0, ROW))
        self.tree.expandAll()
        self.tree.setCurrentItem(everything)
        self.tree.currentItemChanged.connect(lambda *_: self._show_collection())
        return self.tree

    def _view(self) -> QTableView:
        self.view = view = HintedTable()
        view.setObjectName("terms")
        view.setModel(self.items)
        view.setAccessibleName(tr("Items"))
        view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        view.setTabKeyNavigation(False)
        view.setWordWrap(False)
        view.setShowGrid(False)
        view.verticalHeader().hide()
        view.setCornerButtonEnabled(False)
        view.setSortingEnabled(True)
        view.sortByColumn(TITLE, Qt.SortOrder.AscendingOrder)
        head = view.horizontalHeader()
        head.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        head.setSectionResizeMode(TITLE, QHeaderView.ResizeMode.Stretch)
        for section, width in ((AUTHORS, 170), (YEAR, 64), (FILE, 56)):
            head.resizeSection(section, width)
        view.doubleClicked.connect(lambda index: self._open())
        view.selectionModel().selectionChanged.connect(lambda *_: self._enable())
        return view

    def _foot(self) -> QHBoxLayout:
        self.count = QLabel()
        self.count.setObjectName("dim")
        self.folder = _button(tr("Another data folder…"), tr("Read the database in another data folder of Zotero"))
        self.cited = _button(tr("Find the cited works"), tr("Look here for the works of the paper's reference list"))
        self.background = _button("", tr("Read these items' PDFs as background documents of this project"))
        self.open_ = _button(
            tr("Open as paper"), tr("Open the chosen item's PDF as the paper, with the data that Zotero has of it")
        )
        self.open_.setObjectName("primary")
        self.rows = _button(
            tr("A row for each…"), tr("Make one table of this collection: a row for each of its papers")
        )
        self.rows.clicked.connect(self._ask_rows)
        self.folder.clicked.connect(self.folder_requested)
        self.cited.clicked.connect(self._find_cited)
        self.background.clicked.connect(self._use)
        self.open_.clicked.connect(self._open)
        row = QHBoxLayout()
        row.addWidget(self.count, 1)
        for button in (self.folder, self.rows, self.cited, self.background, self.open_):
            row.addWidget(button)
        return row

    # -- what is chosen ------------------------------------------------------------------------------------------------

    @property
    def chosen(self) -> list[LibraryItem]:
        """The selected items."""
        return [index.data(ITEM) for index in self.view.selectionModel().selectedRows()]

    def _wanted(self) -> Sequence[LibraryItem]:
        """What would become background: the items that are selected, else all that are shown."""
        return [item for item in (self.chosen or self.items.shown) if item.files]

    @property
    def _collection(self) -> str:
        """The key of the chosen collection; empty: everything."""
        current = self.tree.currentItem()
        return str(current.data(0, _KEY)) if current is not None else ""

    def _show_collection(self) -> None:
        self.items.set_items(self._holdings.within(self._collection))
        self._enable()

    def _search(self, words: str) -> None:
        self.items.set_words(words)
        self._enable()

    def _enable(self) -> None:
        chosen, wanted = self.chosen, self._wanted()
        self.view.hint = tr("No item has these words.") if self.search.text().strip() else tr("No item here.")
        shown = self.items.shown
        files = sum(bool(item.files) for item in shown)
        self.count.setText(tr("{count} items, {files} with a PDF", count=len(shown), files=files))
        self.open_.setEnabled(len(chosen) == 1 and bool(chosen[0].files))
        self.background.setEnabled(bool(wanted))
        words = tr("Use {count} as background", count=len(wanted))
        self.background.setText(words if wanted else tr("Use as background"))
        self.cited.setEnabled(self._listed)
        self.rows.setEnabled(any(item.files for item in self._holdings.within(self._collection)))

    # -- wishes --------------------------------------------------------------------------------------------------------

    def _open(self) -> None:
        if self.open_.isEnabled():
            item = self.chosen[0]
            self.accept()
            self.open_requested.emit(item)

    def _use(self) -> None:
        items = self._wanted()
        self.accept()
        self.background_requested.emit(items)

    def _ask_rows(self) -> None:
        key = self._collection
        self.accept()
        self.rows_requested.emit(key)

    def _find_cited(self) -> None:
        self.accept()
        self.cited_requested.emit()


def _button(words: str, tip: str) -> QPushButton:
    button = QPushButton(words)
    button.setToolTip(tip)
    button.setAutoDefault(False)
    return button
