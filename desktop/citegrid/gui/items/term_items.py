"""The terms of the glossary as a Qt item model: English, Chinese, source, and whether all projects have them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor

from citegrid.core.glossary import Glossary, Term, tidied
from citegrid.gui.i18n import tr
from citegrid.gui.theme import current

Index = QModelIndex | QPersistentModelIndex

HEADS = ("English", "Chinese", "Source", "Valid in")
_FIELDS = ("english", "chinese", "source")
SHARED = 3


@dataclass(slots=True)
class ListedTerm:
    """A term and whether it holds for all projects."""

    term: Term = field(default_factory=lambda: Term("", ""))
    shared: bool = False


class TermItems(QAbstractTableModel):
    """``edited(own, shared)`` after each change, with the usable terms of the project and of all projects."""

    edited = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._entries: list[ListedTerm] = []

    def set_terms(self, own: Sequence[Term], shared: Sequence[Term]) -> None:
        """Show other terms."""
        self.beginResetModel()
        self._entries = [*(ListedTerm(term) for term in own), *(ListedTerm(term, True) for term in shared)]
        self.endResetModel()

    def terms(self, shared: bool) -> Glossary:
        """The usable terms of all projects, or of this one."""
        return tuple(e.term for e in self._entries if e.shared == shared and e.term.usable)

    def add(self) -> QModelIndex:
        """Begin a term at the top; where its English is to be typed."""
        self.beginInsertRows(QModelIndex(), 0, 0)
        self._entries.insert(0, ListedTerm())
        self.endInsertRows()
        return self.index(0, 0)

    def remove(self, rows: Sequence[int]) -> None:
        """Take terms out."""
        for row in sorted(set(rows), reverse=True):
            self.beginRemoveRows(QModelIndex(), row, row)
            del self._entries[row]
            self.endRemoveRows()
        self._tell()

    def _tell(self) -> None:
        self.edited.emit(self.terms(False), self.terms(True))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._entries)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(HEADS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        entry = self._entries[index.row()]
        if role == Qt.ItemDataRole.CheckStateRole and index.column() == SHARED:
            return Qt.CheckState.Checked if entry.shared else Qt.CheckState.Unchecked
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole, Qt.ItemDataRole.AccessibleTextRole):
            return _text_of(entry, index.column())
        if role == Qt.ItemDataRole.ForegroundRole and index.column() >= 2:
            return QColor(current().dim)
        if role == Qt.ItemDataRole.ToolTipRole and not entry.term.usable:
            return tr("A term needs an English and a Chinese word; until then it is not kept.")
        return None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        entry = self._entries[index.row()]
        if role == Qt.ItemDataRole.CheckStateRole and index.column() == SHARED:
            entry.shared = Qt.CheckState(value) is Qt.CheckState.Checked
        elif role == Qt.ItemDataRole.EditRole and index.column() < SHARED:
            entry.term = tidied(replace(entry.term, **{_FIELDS[index.column()]: str(value)}))
        else:
            return False
        self.dataChanged.emit(self.index(index.row(), 0), self.index(index.row(), SHARED))
        self._tell()
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return flags | (Qt.ItemFlag.ItemIsUserCheckable if index.column() == SHARED else Qt.ItemFlag.ItemIsEditable)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return tr(HEADS[section])
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return None


def _text_of(entry: ListedTerm, column: int) -> str:
    if column == SHARED:
        return tr("all projects") if entry.shared else tr("this project")
    return str(getattr(entry.term, _FIELDS[column]))
