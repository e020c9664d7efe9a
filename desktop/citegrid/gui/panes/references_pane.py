"""The references pane: every entry of the paper's list, how often it is cited, and whether it has a row."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPainter
from PySide6.QtWidgets import QAbstractItemView, QLabel, QLineEdit, QListView, QMenu, QStyle, QStyledItemDelegate
from PySide6.QtWidgets import QStyleOptionViewItem as Option

from citegrid.core.reference import Reference
from citegrid.gui import theme
from citegrid.gui.items.reference_items import REFERENCE, ReferenceFilter, ReferenceItems, short_authors
from citegrid.gui.pane import Bar, Pane
from citegrid.gui.words import tr


class _Entry(QStyledItemDelegate):
    """Two lines: who and when, then the title; at the right how often it is cited."""

    def __init__(self, items: ReferenceItems) -> None:
        super().__init__()
        self._items = items

    def sizeHint(self, option: Option, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(200, option.fontMetrics.height() * 2 + 16)

    def paint(self, painter: QPainter, option: Option, index: QModelIndex | QPersistentModelIndex) -> None:
        colours = theme.current()
        reference: Reference = index.data(REFERENCE)
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, QColor(colours.selection))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(option.rect, QColor(colours.raised))
        area = option.rect.adjusted(12, 7, -10, -7)
        right = 62
        bold = QFont(option.font)
        bold.setWeight(QFont.Weight.DemiBold)
        painter.setFont(bold)
        painter.setPen(QColor(colours.text))
        height = option.fontMetrics.height()
        first = QRect(area.left(), area.top(), area.width() - right, height)
        who = f"{reference.label} {short_authors(reference.authors, reference.year)}".strip()
        metrics = painter.fontMetrics()
        painter.drawText(
            first, Qt.AlignmentFlag.AlignLeft, metrics.elidedText(who, Qt.TextElideMode.ElideRight, first.width())
        )
        painter.setFont(option.font)
        painter.setPen(QColor(colours.dim))
        second = QRect(area.left(), area.top() + height + 2, area.width() - right, height)
        title = reference.title or reference.raw
        painter.drawText(
            second,
            Qt.AlignmentFlag.AlignLeft,
            option.fontMetrics.elidedText(title, Qt.TextElideMode.ElideRight, second.width()),
        )
        painter.drawText(area, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop, f"× {len(reference.mentions)}")
        if self._items.used(reference):
            painter.setPen(QColor(colours.accent))
            painter.drawText(area, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom, tr("in table"))
        painter.setPen(QColor(colours.line))
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
        painter.restore()


class ReferencesPane(Pane):
    """``reference_chosen(reference, mention)`` wishes to see its entry (mention -1) or a mention; ``row_requested(id)``."""

    reference_chosen = Signal(object, int)
    row_requested = Signal(str)

    def __init__(self) -> None:
        super().__init__("References")
        self.items = ReferenceItems(self)
        self.filter = ReferenceFilter(self)
        self.filter.setSourceModel(self.items)
        self.wanted = QLineEdit()
        self.wanted.setClearButtonEnabled(True)
        self.wanted.setAcceptDrops(False)
        self.wanted.textChanged.connect(self.filter.set_words)
        self.count = QLabel()
        self.count.setObjectName("dim")
        self.bar.row.addStretch(1)
        self.bar.row.addWidget(self.count)
        line = Bar()
        line.row.addWidget(self.wanted)
        self.list = QListView()
        self.list.setModel(self.filter)
        self.list.setItemDelegate(_Entry(self.items))
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.setUniformItemSizes(True)
        self.list.setMouseTracking(True)
        self.list.customContextMenuRequested.connect(self._menu)
        self.list.clicked.connect(lambda index: self.reference_chosen.emit(index.data(REFERENCE), -1))
        self.list.activated.connect(lambda index: self.reference_chosen.emit(index.data(REFERENCE), -1))
        self.empty = QLabel()
        self.empty.setObjectName("dim")
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.setWordWrap(True)
        self.body.addWidget(line)
        self.body.addWidget(self.empty, 1)
        self.body.addWidget(self.list, 1)
        self.set_references(())

    def set_references(self, references: Sequence[Reference]) -> None:
        """Show the reference list of the paper."""
        self.items.set_references(references)
        self.list.setVisible(bool(references))
        self.empty.setVisible(not references)
        self._count()

    def set_used(self, ids: frozenset[str]) -> None:
        """Mark the references that have a row."""
        self.items.set_used(ids)

    def choose(self, reference_id: str) -> None:
        """Select an entry and bring it into view."""
        for row in range(self.filter.rowCount()):
            index = self.filter.index(row, 0)
            if index.data(REFERENCE).id == reference_id:
                self.list.setCurrentIndex(index)
                self.list.scrollTo(index)

    def _count(self) -> None:
        self.count.setText(tr("{count} entries", count=self.items.rowCount()) if self.items.rowCount() else "")

    def _menu(self, place: QPoint) -> None:
        index = self.list.indexAt(place)
        if not index.isValid():
            return
        reference: Reference = index.data(REFERENCE)
        menu = QMenu(self)
        add = menu.addAction(theme.icon("add"), tr("Add a row for it"))
        add.setEnabled(not self.items.used(reference))
        add.triggered.connect(lambda: self.row_requested.emit(reference.id))
        menu.addAction(
            theme.icon("references"), tr("Show the entry"), lambda: self.reference_chosen.emit(reference, -1)
        )
        menu.addSeparator()
        for i, mention in enumerate(reference.mentions[:12]):
            words = tr("Page {page}: {text}", page=mention.page, text=mention.text[:60])
            menu.addAction(theme.icon("cite"), words, lambda i=i: self.reference_chosen.emit(reference, i))
        menu.popup(self.list.viewport().mapToGlobal(place))
        menu.aboutToHide.connect(menu.deleteLater)

    def retranslate(self) -> None:
        super().retranslate()
        self.wanted.setPlaceholderText(tr("Filter by author, title or year"))
        self.empty.setText(tr("The reference list appears here when the paper has been read."))
        self._count()
