"""The items of a reference manager as a table that can be searched and sorted."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, QSortFilterProxyModel, Qt
from PySide6.QtGui import QColor

from citegrid.core.holdings import LibraryItem
from citegrid.gui import theme
from citegrid.gui.i18n import tr
from citegrid.gui.items.reference_items import short_authors

ITEM = Qt.ItemDataRole.UserRole
TITLE, AUTHORS, YEAR, FILE = range(4)
HEADS = ("Title", "Authors", "Year", "PDF")

Index = QModelIndex | QPersistentModelIndex


class LibraryItems(QAbstractTableModel):
    """One row an item; those without a PDF are dim."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._items: tuple[LibraryItem, ...] = ()

    def set_items(self, items: Sequence[LibraryItem]) -> None:
        """Show other items."""
        self.beginResetModel()
        self._items = tuple(items)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._items)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(HEADS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        item = self._items[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            sign = "✓" if item.files else "–"
            return (item.called, short_authors(item.authors, None), str(item.year or ""), sign)[index.column()]
        if role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join(filter(None, (item.called, item.doi, *item.files[:1]))) or None
        if role == Qt.ItemDataRole.ForegroundRole and not item.files:
            return QColor(theme.current().dim)
        if role == Qt.ItemDataRole.AccessibleTextRole and index.column() == FILE:
            return tr("PDF") if item.files else tr("no PDF")
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() == FILE:
            return Qt.AlignmentFlag.AlignCenter
        return item if role == ITEM else None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return tr(HEADS[section])
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return None


class LibraryItemFilter(QSortFilterProxyModel):
    """Keeps the items whose title, authors, year or DOI hold all the typed words."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words: list[str] = []
        self.setSortCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setSortLocaleAware(True)

    def set_words(self, text: str) -> None:
        """Show only items with all of these words."""
        self._words = text.casefold().split()
        self.invalidate()

    def filterAcceptsRow(self, row: int, parent: Index) -> bool:
        if not self._words:
            return True
        item: LibraryItem = self.sourceModel().index(row, 0, parent).data(ITEM)
        text = f"{item.called} {' '.join(item.authors)} {item.year} {item.doi}".casefold()
        return all(word in text for word in self._words)
