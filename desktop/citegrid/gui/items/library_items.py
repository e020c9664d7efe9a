"""The items of a reference manager as a table that can be searched and sorted."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
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
    """One row an item, those without a PDF dim; it is searched and sorted here, as a proxy would ask for each of thousands."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: tuple[tuple[str, LibraryItem], ...] = ()
        self._words: list[str] = []
        self._sorted = (TITLE, Qt.SortOrder.AscendingOrder)
        self.shown: tuple[LibraryItem, ...] = ()

    def set_items(self, items: Sequence[LibraryItem]) -> None:
        """Show other items."""
        self._all = tuple((_searched(item), item) for item in items)
        self._show()

    def set_words(self, text: str) -> None:
        """Show only items whose title, authors, year or DOI hold all of these words."""
        self._words = text.casefold().split()
        self._show()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Show the items by a column."""
        self._sorted = column, order
        self._show()

    def _show(self) -> None:
        column, order = self._sorted
        held = (item for text, item in self._all if all(word in text for word in self._words))
        self.beginResetModel()
        self.shown = tuple(sorted(held, key=_KEYS[column], reverse=order is Qt.SortOrder.DescendingOrder))
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.shown)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(HEADS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        item = self.shown[index.row()]
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


def _searched(item: LibraryItem) -> str:
    return f"{item.called} {' '.join(item.authors)} {item.year} {item.doi}".casefold()


#: What the items are sorted by in each column; within one, by title.
_KEYS: tuple[Callable[[LibraryItem], tuple[object, ...]], ...] = (
    lambda item: (item.called.casefold(),),
    lambda item: (item.authors[:1], item.called.casefold()),
    lambda item: (item.year or 0, item.called.casefold()),
    lambda item: (not item.files, item.called.casefold()),
)
