"""Many papers: a folder, the columns of the project, and what became of each paper while the rows are filled."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from citegrid.core.outcome.account import Account, Fate, summary
from citegrid.gui import theme
from citegrid.gui.i18n import tr, tr_sentence
from citegrid.gui.items.fate_items import FateItems
from citegrid.gui.widgets.elided_label import Elided
from citegrid.gui.widgets.hint import HintedTable

_UNDER_WAY = (Fate.WAITING, Fate.AT_WORK)


class ManyPapersDialog(QDialog):
    """Wishes: ``folder_requested``, ``zotero_requested``, ``start_requested``, ``pause_requested(on)``, ``stop_requested``, ``exclude_requested(hash,
    reason)``, ``include_requested(hash)``, ``open_requested``, ``export_requested``."""

    folder_requested = Signal()
    zotero_requested = Signal()
    start_requested = Signal()
    pause_requested = Signal(bool)
    stop_requested = Signal()
    exclude_requested = Signal(str, str)
    include_requested = Signal(str)
    open_requested = Signal()
    export_requested = Signal()

    def __init__(self, columns: tuple[str, ...], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Many papers"))
        self.resize(820, 600)
        self._columns, self._account = columns, Account()
        self._busy = self._made = False
        self.items = FateItems(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 16)
        column.setSpacing(10)
        column.addLayout(self._head())
        column.addWidget(self._view(), 1)
        column.addLayout(self._leaving_out())
        column.addLayout(self._progress())
        column.addLayout(self._foot())
        self._enable()

    def _head(self) -> QVBoxLayout:
        lead = QLabel(
            tr(
                "Each paper of a folder, or of a collection of Zotero, becomes a row of one table, filled from its own words."
            )
        )
        lead.setWordWrap(True)
        row = QHBoxLayout()
        self.place = Elided()
        self.place.setText(tr("Nothing is chosen yet."))
        self.folder = _button("folder", tr("Folder of papers…"), self.folder_requested.emit)
        self.zotero = _button("library", tr("From Zotero…"), self.zotero_requested.emit)
        row.addWidget(self.folder)
        row.addWidget(self.zotero)
        row.addWidget(self.place, 1)
        asked = Elided()
        asked.setObjectName("dim")
        names = " · ".join(self._columns) or tr("none yet: open a picture of the table, or type the column names")
        asked.setText(tr("Columns: {names}", names=names))
        column = QVBoxLayout()
        column.setSpacing(8)
        for part in (lead, asked):
            column.addWidget(part)
        column.addLayout(row)
        return column

    def _view(self) -> QTableView:
        self.view = view = HintedTable()
        self.view.hint = tr(
            "Choose the folder that holds the papers, or a collection of Zotero; each paper becomes a row of one table."
        )
        view.setModel(self.items)
        view.setAccessibleName(tr("The papers"))
        view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        view.setTabKeyNavigation(False)
        view.setShowGrid(False)
        view.verticalHeader().hide()
        view.setCornerButtonEnabled(False)
        head = view.horizontalHeader()
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.Fixed)
        head.resizeSection(0, 36)
        head.setSectionResizeMode(1, QHeaderView.ResizeMode.Interactive)
        head.resizeSection(1, 260)
        view.selectionModel().selectionChanged.connect(lambda *_: self._enable())
        return view

    def _leaving_out(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self.reason = QLineEdit()
        self.reason.setPlaceholderText(tr("Why the chosen paper is left out"))
        self.reason.setAccessibleName(tr("Why the chosen paper is left out"))
        self.reason.textChanged.connect(lambda *_: self._enable())
        self.reason.returnPressed.connect(self._exclude)
        self.exclude = _button("remove", tr("Exclude"), self._exclude)
        self.include = _button("add", tr("Take in again"), self._include)
        row.addWidget(self.reason, 1)
        row.addWidget(self.exclude)
        row.addWidget(self.include)
        return row

    def _progress(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(150)
        self.count = Elided()
        self.count.setObjectName("dim")
        row.addWidget(self.bar)
        row.addWidget(self.count, 1)
        return row

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self.start = QPushButton(tr("Fill the rows"))
        self.start.setAutoDefault(False)
        self.start.clicked.connect(self.start_requested)
        self.start.setObjectName("primary")
        self.pause = _button("pause", tr("Pause"), lambda: None)
        self.pause.setCheckable(True)
        self.pause.setToolTip(tr("Hold after the papers that are being read; what was done is kept"))
        self.pause.toggled.connect(self._pause)
        self.stop = _button("stop", tr("Stop"), self.stop_requested.emit)
        self.stop.setToolTip(tr("Stop at once; the rows that were finished are kept"))
        self.open_ = _button("open", tr("Open the table"), self.open_requested.emit)
        self.open_.setToolTip(tr("Keep the table as a project and open it, to check its cells"))
        self.export = _button("export", tr("Export…"), self.export_requested.emit)
        close = QPushButton(tr("Close"))
        close.setAutoDefault(False)
        close.clicked.connect(self.reject)
        for button in (self.start, self.pause, self.stop):
            row.addWidget(button)
        row.addStretch(1)
        for button in (self.open_, self.export, close):
            row.addWidget(button)
        return row

    def show_place(self, place: str) -> None:
        """Say which folder or collection is looked at."""
        self.place.setText(place)
        self.place.setToolTip(place)

    def show_state(self, account: Account, *, busy: bool, made: bool) -> None:
        """Show what became of each paper, whether rows are being filled, and whether there is a table to be opened."""
        self._account, self._busy, self._made = account, busy, made
        self.items.set_account(account)
        self.bar.setMaximum(max(1, len(account)))
        self.bar.setValue(sum(one.fate not in _UNDER_WAY for one in account))
        self.count.setText(tr_sentence(summary(account)) if account else "")
        if not busy:
            self.pause.setChecked(False)
        self._enable()

    def _chosen(self) -> int:
        rows = self.view.selectionModel().selectedRows()
        return rows[0].row() if rows else -1

    def _exclude(self) -> None:
        reason = self.reason.text().strip()
        if reason and self.exclude.isEnabled():
            self.exclude_requested.emit(self.items.at(self._chosen()).sha256, reason)
            self.reason.clear()

    def _include(self) -> None:
        self.include_requested.emit(self.items.at(self._chosen()).sha256)

    def _pause(self, on: bool) -> None:
        self.pause.setText(tr("Go on") if on else tr("Pause"))
        self.pause_requested.emit(on)

    def _enable(self) -> None:
        row = self._chosen()
        one = self.items.at(row) if 0 <= row < len(self._account) else None
        left_out = one is not None and one.fate is Fate.EXCLUDED
        idle = not self._busy
        self.folder.setEnabled(idle)
        self.zotero.setEnabled(idle)
        self.reason.setEnabled(idle and one is not None and bool(one.sha256) and not left_out)
        self.exclude.setEnabled(self.reason.isEnabled() and bool(self.reason.text().strip()))
        self.include.setEnabled(idle and left_out)
        self.start.setEnabled(idle and bool(self._account) and bool(self._columns))
        self.pause.setEnabled(self._busy)
        self.stop.setEnabled(self._busy)
        self.bar.setVisible(self._busy)
        self.open_.setEnabled(idle and self._made)
        self.export.setEnabled(idle and self._made)


def _button(name: str, words: str, call: Callable[[], object]) -> QPushButton:
    button = QPushButton(theme.icon(name), words)
    button.setAutoDefault(False)
    button.clicked.connect(lambda *_: call())
    return button
