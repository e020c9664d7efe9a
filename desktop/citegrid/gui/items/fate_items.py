"""The papers of a batch as a Qt item model: a sign, the paper, what became of it and why."""

from __future__ import annotations

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor

from citegrid.core.outcome.account import Account, Fate, PaperFate
from citegrid.gui.i18n import tr, tr_sentence
from citegrid.gui.theme import current

Index = QModelIndex | QPersistentModelIndex

HEADS = ("", "Paper", "Result")
SIGNS = {
    Fate.WAITING: "",
    Fate.AT_WORK: "▸",
    Fate.READ: "✓",
    Fate.DUPLICATE: "=",
    Fate.EXCLUDED: "–",
    Fate.FAILED: "!",
}
WORDS = {
    Fate.WAITING: "",
    Fate.AT_WORK: "being read",
    Fate.READ: "read",
    Fate.DUPLICATE: "duplicate",
    Fate.EXCLUDED: "excluded",
    Fate.FAILED: "not readable",
}


class FateItems(QAbstractTableModel):
    """Shows an account; rows whose fate stays are not told of again."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._account: Account = ()

    def set_account(self, account: Account) -> None:
        """Show another account, or the same one as it is now."""
        before, self._account = self._account, account
        if [one.name for one in before] != [one.name for one in account]:
            self.beginResetModel()
            self.endResetModel()
            return
        for row, (old, new) in enumerate(zip(before, account, strict=True)):
            if old != new:
                self.dataChanged.emit(self.index(row, 0), self.index(row, len(HEADS) - 1))

    def at(self, row: int) -> PaperFate:
        """The paper of a row."""
        return self._account[row]

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._account)

    def columnCount(self, parent: Index | None = None) -> int:
        return len(HEADS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> object:
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return tr(HEADS[section]) if HEADS[section] else ""
        return None

    def data(self, index: Index, role: int = 0) -> object:
        one = self._account[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return (SIGNS[one.fate], one.name, _said(one))[index.column()]
        if role == Qt.ItemDataRole.ToolTipRole and index.column():
            return (one.name, _said(one))[index.column() - 1] or None
        if role == Qt.ItemDataRole.TextAlignmentRole and not index.column():
            return Qt.AlignmentFlag.AlignCenter
        if role == Qt.ItemDataRole.ForegroundRole:
            return _colour(one)
        return None


def _said(one: PaperFate) -> str:
    """What became of a paper, with the reason."""
    words = tr(WORDS[one.fate]) if WORDS[one.fate] else ""
    return tr("{what}: {reason}", what=words, reason=tr_sentence(one.reason)) if one.reason else words


def _colour(one: PaperFate) -> QColor:
    colours = current()
    by_fate = {Fate.READ: colours.text, Fate.AT_WORK: colours.accent, Fate.FAILED: colours.unsupported}
    return QColor(by_fate.get(one.fate, colours.dim))
