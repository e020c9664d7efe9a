"""The glossary: how terms are to be said, in this project and in all, to be searched, edited, imported and exported."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSortFilterProxyModel, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from citegrid.core.glossary import Term
from citegrid.gui import theme
from citegrid.gui.i18n import tr
from citegrid.gui.items.term_items import TermItems
from citegrid.gui.widgets.hint import HintedTable


class GlossaryDialog(QDialog):
    """Wishes: ``edited(own, shared)`` with all terms after a change, ``import_requested``, ``export_requested``."""

    edited = Signal(object, object)
    import_requested = Signal()
    export_requested = Signal()

    def __init__(self, own: Sequence[Term], shared: Sequence[Term], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Glossary"))
        self.resize(760, 540)
        self.items = TermItems(self)
        self.items.edited.connect(self._changed)
        self.shown = QSortFilterProxyModel(self)
        self.shown.setSourceModel(self.items)
        self.shown.setFilterKeyColumn(-1)
        self.shown.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 16)
        column.setSpacing(10)
        lead = QLabel(
            tr(
                "Translations use these words. The first line for a term counts; ticked terms hold for all your projects."
            )
        )
        lead.setWordWrap(True)
        column.addWidget(lead)
        column.addLayout(self._tools())
        column.addWidget(self._view(), 1)
        column.addLayout(self._foot())
        self.set_terms(own, shared)

    def _tools(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self.search = QLineEdit()
        self.search.setPlaceholderText(tr("Search the terms"))
        self.search.setAccessibleName(tr("Search the terms"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._search)
        row.addWidget(self.search, 1)
        self.add = _button("add", tr("Add"), self.begin)
        self.drop = _button("remove", tr("Remove"), self.remove)
        for button in (self.add, self.drop):
            row.addWidget(button)
        return row

    def _view(self) -> QTableView:
        self.view = view = HintedTable()
        view.hint = tr(
            "No terms yet. Add one, import a file, or correct a translation in the table: you are asked then."
        )
        view.setObjectName("terms")
        view.setModel(self.shown)
        view.setAccessibleName(tr("The terms"))
        view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        view.setTabKeyNavigation(False)
        view.verticalHeader().hide()
        view.setCornerButtonEnabled(False)
        head = view.horizontalHeader()
        head.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        head.setSectionResizeMode(3, QHeaderView.ResizeMode.ResizeToContents)
        view.selectionModel().selectionChanged.connect(lambda *_: self._enable())
        delete = QShortcut(QKeySequence(QKeySequence.StandardKey.Delete), view, self.remove)
        delete.setContext(Qt.ShortcutContext.WidgetShortcut)
        return view

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self.count = QLabel()
        self.count.setObjectName("dim")
        row.addWidget(self.count, 1)
        take = QPushButton(tr("Import…"))
        take.setToolTip(tr("Add the terms of a CSV or TBX file to this project"))
        take.clicked.connect(self.import_requested)
        self.write = QPushButton(tr("Export…"))
        self.write.setToolTip(tr("Write all terms to a CSV or TBX file"))
        self.write.clicked.connect(self.export_requested)
        close = QPushButton(tr("Close"))
        close.setObjectName("primary")
        close.clicked.connect(self.accept)
        for button in (take, self.write, close):
            button.setAutoDefault(False)
            row.addWidget(button)
        return row

    def set_terms(self, own: Sequence[Term], shared: Sequence[Term]) -> None:
        """Show other terms."""
        self.items.set_terms(own, shared)
        self._enable()

    def begin(self) -> None:
        """Begin a new term and open its first field."""
        self.search.clear()
        index = self.shown.mapFromSource(self.items.add())
        self.view.setCurrentIndex(index)
        self.view.scrollTo(index)
        self.view.edit(index)

    def remove(self) -> None:
        """Take the chosen terms out."""
        self.items.remove([self.shown.mapToSource(index).row() for index in self.view.selectionModel().selectedRows()])

    def _changed(self, own: object, shared: object) -> None:
        self._enable()
        self.edited.emit(own, shared)

    def _search(self, words: str) -> None:
        self.shown.setFilterFixedString(words.strip())
        self._enable()

    def _enable(self) -> None:
        self.drop.setEnabled(self.view.selectionModel().hasSelection())
        count = self.items.rowCount()
        self.write.setEnabled(count > 0)
        found = self.shown.rowCount()
        words = (
            tr("{count} terms", count=count)
            if found == count
            else tr("{found} of {count} terms", found=found, count=count)
        )
        self.count.setText(words if count else "")


def _button(name: str, words: str, call: Callable[[], object]) -> QPushButton:
    button = QPushButton(theme.icon(name), words)
    button.setAutoDefault(False)
    button.clicked.connect(lambda *_: call())
    return button
