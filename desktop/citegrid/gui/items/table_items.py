"""The table as a Qt item model: one item a cell, refreshed only where something changed."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
    Signal,
)

from citegrid.core.evidence import original_of
from citegrid.core.table import Cell, Column, Row, Status, Table, Verdict
from citegrid.gui.i18n import tr, tr_sentence
from citegrid.gui.status_style import TO_CHECK, cell_mark, is_weak, needs_check, shown_text, underlined

CELL = Qt.ItemDataRole.UserRole
ROW = Qt.ItemDataRole.UserRole + 1

Index = QModelIndex | QPersistentModelIndex

FILTERS = ("all", "to check", "doubtful", "translation", "supported", "not stated", "waiting", "decided")


#: The order of cells that are sorted by their status: what needs a person comes first.
WORST_FIRST = (
    Status.FAILED, Status.UNSUPPORTED, Status.NOT_STATED, Status.SUPPORTED, Status.LINK, Status.WAITING,
)  # fmt: skip


def passes(cell: Cell, kind: str) -> bool:
    """Whether a cell belongs to one of FILTERS."""
    if kind == "to check":
        return needs_check(cell)
    if kind == "doubtful":
        weak = cell.status is Status.SUPPORTED and is_weak(cell.evidence)
        return cell.status in (Status.UNSUPPORTED, Status.FAILED) or weak or cell.to_be_checked
    if kind == "translation":
        return cell.to_be_checked
    if kind == "supported":
        return cell.status is Status.SUPPORTED
    if kind == "waiting":
        return cell.status is Status.WAITING
    if kind == "not stated":
        return cell.status is Status.NOT_STATED
    return kind == "all" or cell.verdict is not Verdict.OPEN


class TableItems(QAbstractTableModel):
    """``edit_requested(work id, column, text)`` is the wish behind an edit in place."""

    edit_requested = Signal(str, str, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._table = Table()

    @property
    def table(self) -> Table:
        """The table that is shown."""
        return self._table

    def set_table(self, table: Table) -> None:
        """Show another table."""
        self.beginResetModel()
        self._table = table
        self.endResetModel()

    def set_cells(self, table: Table, changed: Iterable[tuple[str, str]]) -> None:
        """Show a table of the same shape in which only these cells, by work and column, differ."""
        rows = {row.work.id: i for i, row in enumerate(table.rows)}
        columns = {column.name: i for i, column in enumerate(table.columns)}
        self._table = table
        for work_id, name in changed:
            if work_id in rows and name in columns:
                index = self.index(rows[work_id], columns[name])
                self.dataChanged.emit(index, index)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._table.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._table.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self._table.rows[index.row()]
        cell = row.cells[index.column()]
        if role == CELL:
            return cell
        if role == ROW:
            return row
        if role == Qt.ItemDataRole.EditRole:
            return cell.text
        if role == Qt.ItemDataRole.DisplayRole:
            return shown_text(cell)
        if role == Qt.ItemDataRole.ToolTipRole:
            return _tip_of(cell)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            check = f" {tr(TO_CHECK.phrase)}" if cell.to_be_checked else ""
            return f"{cell.column}: {shown_text(cell)}. {tr(cell_mark(cell).phrase)}{check}"
        return None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole or not index.isValid():
            return False
        row = self._table.rows[index.row()]
        cell = row.cells[index.column()]
        if str(value).strip() != cell.text:
            self.edit_requested.emit(row.work.id, cell.column, str(value))
        return True

    def is_checked(self) -> bool:
        """Whether there are cells, each filled and none left to be checked."""
        cells = [cell for row in self._table.rows for cell in row.cells]
        return bool(cells) and not any(needs_check(cell) or cell.status is Status.WAITING for cell in cells)

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return flags | Qt.ItemFlag.ItemIsEditable if index.isValid() else flags

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation == Qt.Orientation.Horizontal:
            return _of_column(self._table.columns[section], role) if section < len(self._table.columns) else None
        return _of_row(self._table.rows[section], role) if section < len(self._table.rows) else None


def _tip_of(cell: Cell) -> str:
    """What is told of a cell under the mouse; of a translation that is to be checked with its original, as HTML."""
    lines = [line for line in (tr(cell_mark(cell).phrase), tr_sentence(cell.reason)) if line]
    if not cell.to_be_checked:
        return "\n".join(filter(None, (cell.text, *lines)))
    told = [underlined(cell.text, cell.open_doubts), *map(html.escape, (*lines, tr(TO_CHECK.phrase)))]
    told.append(html.escape(tr("Original: {words}", words=original_of(cell.evidence))))
    return f"<qt>{'<br>'.join(told)}</qt>"


def _of_column(column: Column, role: int) -> object:
    """What the header of a column says in a role."""
    if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
        return column.name
    if role == Qt.ItemDataRole.TextAlignmentRole:
        return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    return None


def _of_row(row: Row, role: int) -> object:
    """What the header of a row says of its work in a role."""
    if role == ROW:
        return row
    match role:
        case Qt.ItemDataRole.DisplayRole:
            return row.work.title
        case Qt.ItemDataRole.ToolTipRole:
            pinned = tr("Pinned: it stays when the rows are chosen anew") if row.pinned else ""
            return "\n".join(
                filter(None, (row.work.title, "; ".join(row.work.authors), *map(tr_sentence, row.work.reasons), pinned))
            )
        case Qt.ItemDataRole.AccessibleTextRole:
            return f"{row.work.title}. {tr('Pinned')}" if row.pinned else row.work.title
    return None


class TableFilter(QSortFilterProxyModel):
    """Hides rows without a cell of the wished kind; sorts by text, numbers by value, pinned rows first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._kind = "all"
        self._by_status = False
        self._value: tuple[int, str] | None = None

    @property
    def value(self) -> str:
        """The text that the rows shown have in a column; empty where it does not matter."""
        return self._value[1] if self._value is not None else ""

    def set_value(self, column: int, text: str) -> None:
        """Show only rows that say ``text`` in a column; all of them with -1."""
        self._value = (column, text) if column >= 0 else None
        self.invalidate()

    def sort_by(self, column: int, order: Qt.SortOrder, *, status: bool = False) -> None:
        """Sort by what a column says, or by what was found out about it (see WORST_FIRST)."""
        self._by_status = status
        self.invalidate()
        self.sort(column, order)

    def cells_from(self, index: QModelIndex, by: int) -> Iterator[QModelIndex]:
        """Every cell that is not hidden, row by row from the one behind ``index`` (before it for -1) round the end to it."""
        columns, count = self.columnCount(), self.rowCount() * self.columnCount()
        at = index.row() * columns + index.column() if index.isValid() else (-1 if by > 0 else count)
        for distance in range(1, count + 1):
            place = (at + by * distance) % count
            yield self.index(place // columns, place % columns)

    @property
    def kind(self) -> str:
        """The filter in force, one of FILTERS."""
        return self._kind

    def set_kind(self, kind: str) -> None:
        """Show only rows with such a cell."""
        self._kind = kind
        self.invalidate()

    def filterAcceptsRow(self, row: int, parent: Index) -> bool:
        source = self.sourceModel()
        assert isinstance(source, TableItems)
        cells = source.table.rows[row].cells
        if self._value is not None and all(c.text != self._value[1] for c in cells[self._value[0] :][:1]):
            return False
        return self._kind == "all" or any(passes(cell, self._kind) for cell in cells)

    def lessThan(self, left: Index, right: Index) -> bool:
        pinned = left.data(ROW).pinned
        if pinned != right.data(ROW).pinned:
            return bool(pinned == (self.sortOrder() == Qt.SortOrder.AscendingOrder))
        if self._by_status:
            return WORST_FIRST.index(left.data(CELL).status) < WORST_FIRST.index(right.data(CELL).status)
        return _natural(str(left.data() or "")) < _natural(str(right.data() or ""))

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation == Qt.Orientation.Vertical:
            row = self.mapToSource(self.index(section, 0)).row()
            return self.sourceModel().headerData(row, orientation, role) if row >= 0 else None
        return self.sourceModel().headerData(section, orientation, role)


@lru_cache(maxsize=4096)
def _natural(text: str) -> tuple[tuple[int, float, str], ...]:
    """Sort key: empty last, numbers by value, letters without case."""
    if not text:
        return ((2, 0.0, ""),)
    parts = re.split(r"(\d+(?:\.\d+)?)", text.casefold())
    return tuple((0, float(part), "") if i % 2 else (1, 0.0, part) for i, part in enumerate(parts) if part)
