"""The paper's references as a list that can be searched."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QSortFilterProxyModel, Qt

from citegrid.core.reference import Reference
from citegrid.gui.i18n import tr

REFERENCE = Qt.ItemDataRole.UserRole

Index = QModelIndex | QPersistentModelIndex


def short_authors(authors: Sequence[str], year: int | None) -> str:
    """``Gao et al. 2023``: how people speak of a work."""
    families = [author.split(",")[0].strip() for author in authors if author.strip()]
    names = tr("{name} et al.", name=families[0]) if len(families) > 2 else tr(" and ").join(families)
    return f"{names} {year or ''}".strip()


class ReferenceItems(QAbstractListModel):
    """One item a reference; references with a row of the table are marked."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._references: tuple[Reference, ...] = ()
        self._used: frozenset[str] = frozenset()
        self._here: dict[str, str] = {}

    def set_references(self, references: Sequence[Reference]) -> None:
        """Show another list."""
        self.beginResetModel()
        self._references = tuple(references)
        self.endResetModel()

    def set_used(self, ids: frozenset[str]) -> None:
        """Mark the references that have a row."""
        if ids != self._used:
            self._used = ids
            if self._references:
                self.dataChanged.emit(self.index(0), self.index(len(self._references) - 1))

    def set_here(self, titles: Mapping[str, str]) -> None:
        """Mark the references whose work lies in the library: their ids, and what its documents are called."""
        if titles != self._here:
            self._here = dict(titles)
            if self._references:
                self.dataChanged.emit(self.index(0), self.index(len(self._references) - 1))

    def here(self, reference: Reference) -> str:
        """What the document of the library is called that is the work itself; empty without one."""
        return self._here.get(reference.id, "")

    @property
    def count_here(self) -> int:
        """How many of the references lie in the library."""
        return sum(bool(self.here(one)) for one in self._references)

    def used(self, reference: Reference) -> bool:
        """Whether a reference has a row."""
        return reference.id in self._used

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._references)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        reference = self._references[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{short_authors(reference.authors, reference.year)} · {reference.title or reference.raw}"
        if role == Qt.ItemDataRole.ToolTipRole:
            own = self.here(reference)
            return f"{reference.raw}\n\n{tr('In the library: {title}', title=own)}" if own else reference.raw
        return reference if role == REFERENCE else None


class ReferenceFilter(QSortFilterProxyModel):
    """Keeps the references whose entry holds all the typed words; most cited first when asked."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words: list[str] = []

    def set_words(self, text: str) -> None:
        """Show only entries with all of these words."""
        self._words = text.casefold().split()
        self.invalidate()

    def filterAcceptsRow(self, row: int, parent: Index) -> bool:
        if not self._words:
            return True
        reference = self.sourceModel().index(row, 0, parent).data(REFERENCE)
        text = f"{reference.label} {reference.raw}".casefold()
        return all(word in text for word in self._words)
