"""The references pane: every entry of the paper's list, how often it is cited, and whether it has a row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLabel,
    QLineEdit,
    QListView,
    QListWidget,
    QMenu,
    QSplitter,
    QStyle,
    QStyledItemDelegate,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from PySide6.QtWidgets import QStyleOptionViewItem as Option

from citegrid.core.holdings import link_of
from citegrid.core.reference import Reference
from citegrid.gui import theme
from citegrid.gui.i18n import tr, tr_sentence
from citegrid.gui.items.headers import line_up
from citegrid.gui.items.reference_items import REFERENCE, ReferenceFilter, ReferenceItems, short_authors
from citegrid.gui.widgets.pane import Bar, Pane

#: Points of the sign of a work that lies in the library.
SIGN = 14


class _ReferenceDelegate(QStyledItemDelegate):
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
        line_up(painter, first, metrics.elidedText(who, Qt.TextElideMode.ElideRight, first.width()))
        painter.setFont(option.font)
        painter.setPen(QColor(colours.dim))
        second = QRect(area.left(), area.top() + height + 2, area.width() - right, height)
        title = reference.title or reference.raw
        line_up(painter, second, option.fontMetrics.elidedText(title, Qt.TextElideMode.ElideRight, second.width()))
        times = f"× {len(reference.mentions)}"
        painter.drawText(area, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop, times)
        if self._items.here(reference):
            sign = theme.tinted("open", colours.accent, SIGN, painter.device().devicePixelRatioF())
            left = area.right() - option.fontMetrics.horizontalAdvance(times) - SIGN - 6
            painter.drawPixmap(left, area.top() + (height - SIGN) // 2, sign)
        if self._items.used(reference):
            painter.setPen(QColor(colours.accent))
            painter.drawText(area, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom, tr("in table"))
        painter.setPen(QColor(colours.line))
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
        painter.restore()


class ReferencesPane(Pane):
    """``reference_chosen(reference, mention)`` wishes to see its entry (mention -1) or a mention; ``row_requested(id)``;
    ``folder_requested`` and ``zotero_requested`` to look for the works themselves."""

    reference_chosen = Signal(object, int)
    row_requested = Signal(str)
    folder_requested = Signal()
    zotero_requested = Signal()

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
        self.bar.row.addWidget(self._make_finder())
        line = Bar()
        line.row.addWidget(self.wanted)
        self.list = QListView()
        self.list.setModel(self.filter)
        self.list.setItemDelegate(_ReferenceDelegate(self.items))
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
        self._build_notes()
        self._build_mentions()
        self.halves = QSplitter(Qt.Orientation.Vertical)
        self.halves.setChildrenCollapsible(False)
        for half in (self.list, self.mentions):
            half.setMinimumHeight(48)  # a low window must not squeeze the filter above
        self.halves.addWidget(self.list)
        self.halves.addWidget(self.cited)
        self.halves.setStretchFactor(0, 3)
        self.halves.setStretchFactor(1, 2)
        self.list.selectionModel().currentChanged.connect(lambda current, _: self._show_mentions(current))
        self.body.addWidget(line)
        self.body.addWidget(self.notes)
        self.body.addWidget(self.empty, 1)
        self.body.addWidget(self.halves, 1)
        self.set_references(())

    def _make_finder(self) -> QToolButton:
        """The button to look for the works themselves, with the places where they may lie."""
        self.finder = self.tool("search", "Find the cited works themselves: their own words then fill their rows")
        self.finder.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.finder.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        places = QMenu(self.finder)
        self.in_folder = places.addAction(theme.icon("folder"), "", self.folder_requested.emit)
        self.in_zotero = places.addAction(theme.icon("library"), "", self.zotero_requested.emit)
        self.finder.setMenu(places)
        return self.finder

    def _build_notes(self) -> None:
        """What is to be known of the list, above it: the first note, the others on a click."""
        self._notes: tuple[str, ...] = ()
        self._all_notes = False
        self.notes = QLabel()
        self.notes.setObjectName("notes")
        self.notes.setWordWrap(True)
        self.notes.setTextFormat(Qt.TextFormat.RichText)
        self.notes.linkActivated.connect(lambda _: self._unfold_notes())

    def _build_mentions(self) -> None:
        """Where the chosen work is cited, a line each; a click shows the place in the paper."""
        self.cited = QWidget()
        column = QVBoxLayout(self.cited)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.cited_head = QLabel()
        self.cited_head.setObjectName("list_head")
        self.mentions = QListWidget()
        self.mentions.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.mentions.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.mentions.itemClicked.connect(lambda item: self._mention_chosen(self.mentions.row(item)))
        self.mentions.itemActivated.connect(lambda item: self._mention_chosen(self.mentions.row(item)))
        column.addWidget(self.cited_head)
        column.addWidget(self.mentions, 1)
        self.cited.hide()

    def forget(self) -> None:
        self.wanted.clear()
        self.list.setCurrentIndex(QModelIndex())

    def set_references(
        self,
        references: Sequence[Reference],
        notes: Sequence[str] = (),
        labels: Mapping[int, str] | None = None,
    ) -> None:
        """Show the reference list of the paper, what is to be known of it, and the printed numbers of its pages."""
        self.items.set_references(references)
        self._labels = dict(labels or {})
        self._notes, self._all_notes = tuple(notes), False
        self.halves.setVisible(bool(references))
        self.empty.setVisible(not references)
        self._show_notes()
        self._show_mentions(self.list.currentIndex())
        self._count()

    def _unfold_notes(self) -> None:
        self._all_notes = not self._all_notes
        self._show_notes()

    def _show_notes(self) -> None:
        self.notes.setVisible(bool(self._notes))
        shown = self._notes if self._all_notes else self._notes[:1]
        lines = [escape(_capital(tr_sentence(note))) for note in shown]
        rest = len(self._notes) - 1
        if rest > 0:
            words = tr("Show less") if self._all_notes else tr("{count} more notes", count=rest)
            lines[-1] += f' <a href="more" style="color:{theme.current().accent}">{escape(words)}</a>'
        self.notes.setText("<br>".join(lines))

    def _show_mentions(self, index: QModelIndex | QPersistentModelIndex) -> None:
        reference: Reference | None = index.data(REFERENCE) if index.isValid() else None
        self.mentions.clear()
        self.cited.setVisible(reference is not None)
        if reference is None:
            return
        count = len(reference.mentions)
        self.cited_head.setText(tr("Cited {count} times", count=count) if count else tr("Never cited in the text"))
        for mention in reference.mentions:
            where = " · ".join(part for part in (self._page(mention.page), mention.section) if part)
            self.mentions.addItem(f"{where} — {mention.sentence}")
            self.mentions.item(self.mentions.count() - 1).setToolTip(mention.sentence)

    def _page(self, page: int) -> str:
        """``p. 3``, with the number that is printed on the page where it is another."""
        label = self._labels.get(page, str(page))
        return tr("p. {page}", page=page) if label == str(page) else tr("p. {page} ({label})", page=page, label=label)

    def _mention_chosen(self, row: int) -> None:
        index = self.list.currentIndex()
        if index.isValid() and row >= 0:
            self.reference_chosen.emit(index.data(REFERENCE), row)

    def set_used(self, ids: frozenset[str]) -> None:
        """Mark the references that have a row."""
        self.items.set_used(ids)

    def set_here(self, titles: Mapping[str, str]) -> None:
        """Mark the references whose work lies in the library."""
        self.items.set_here(titles)
        self._count()

    def choose(self, reference_id: str) -> None:
        """Select an entry and bring it into view."""
        for row in range(self.filter.rowCount()):
            index = self.filter.index(row, 0)
            if index.data(REFERENCE).id == reference_id:
                self.list.setCurrentIndex(index)
                QTimer.singleShot(
                    0, self, lambda: self.list.scrollTo(self.list.currentIndex())
                )  # below it room is made

    def _count(self) -> None:
        count, here = self.items.rowCount(), self.items.count_here
        words = (
            tr("{count} entries, {here} here", count=count, here=here) if here else tr("{count} entries", count=count)
        )
        self.count.setText(words if count else "")
        self.finder.setEnabled(count > 0)

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
        where = link_of(reference)
        copy = menu.addAction(theme.icon("copy"), tr("Copy its DOI or address"))
        copy.setEnabled(bool(where))
        copy.triggered.connect(lambda: QGuiApplication.clipboard().setText(where))
        menu.addSeparator()
        for i, mention in enumerate(reference.mentions[:12]):
            words = tr("Page {page}: {text}", page=mention.page, text=mention.text[:60])
            menu.addAction(theme.icon("cite"), words, lambda i=i: self.reference_chosen.emit(reference, i))
        menu.popup(self.list.viewport().mapToGlobal(place))
        menu.aboutToHide.connect(menu.deleteLater)

    def retranslate(self) -> None:
        super().retranslate()
        self.wanted.setPlaceholderText(tr("Filter by author, title or year"))
        self.wanted.setAccessibleName(tr("Filter by author, title or year"))
        self.list.setAccessibleName(tr("The reference list"))
        self.empty.setText(tr("The reference list appears here when the paper has been read."))
        self.finder.setText(tr("Find the works"))
        self.in_folder.setText(tr("In a folder…"))
        self.in_zotero.setText(tr("In Zotero"))
        self.mentions.setAccessibleName(tr("Where the work is cited"))
        self._show_notes()
        self._show_mentions(self.list.currentIndex())
        self._count()


def _capital(note: str) -> str:
    """A note as a sentence of its own; the command line prints it behind the name of the file."""
    return note[:1].upper() + note[1:]
