"""The picture pane: the picture with its header cells drawn, and the list of columns to correct."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QModelIndex, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QAbstractItemView, QLabel, QListWidget, QListWidgetItem, QSplitter, QWidget

from citegrid.core.table import Column
from citegrid.gui import theme
from citegrid.gui.pane import Pane
from citegrid.gui.words import tr


class PictureView(QWidget):
    """A picture fitted into its room, with numbered boxes; Ctrl+wheel zooms, dragging moves."""

    box_clicked = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._image = QImage()
        self._small = QImage()
        self._columns: tuple[Column, ...] = ()
        self._chosen = -1
        self._zoom = 1.0
        self._shift = QPointF()
        self._pressed: QPointF | None = None
        self.setMinimumSize(120, 80)

    def set_picture(self, image: QImage, columns: Sequence[Column], chosen: int) -> None:
        """Show a picture (may be null) with the boxes of ``columns``, one of them chosen (or -1)."""
        if image.size() != self._image.size():
            self._zoom, self._shift = 1.0, QPointF()
        if image.cacheKey() != self._image.cacheKey():
            self._small = QImage()
        self._image, self._columns, self._chosen = image, tuple(columns), chosen
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(380, 240)

    def _place(self) -> tuple[float, QPointF]:
        """Pixels of the widget for one of the picture, and where its corner lies."""
        if self._image.isNull():
            return 1.0, QPointF()
        room = self.size().toSizeF()
        scale = min((room.width() - 16) / self._image.width(), (room.height() - 16) / self._image.height(), 2.0)
        scale *= self._zoom
        corner = QPointF(
            (room.width() - self._image.width() * scale) / 2, (room.height() - self._image.height() * scale) / 2
        )
        return scale, corner + self._shift

    def _rect(self, column: Column) -> QRectF:
        if column.box is None:
            return QRectF()
        scale, corner = self._place()
        x0, y0, x1, y1 = column.box
        return QRectF(corner + QPointF(x0, y0) * scale, corner + QPointF(x1, y1) * scale)

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = theme.current()
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(colours.desk))
        if self._image.isNull():
            return
        scale, corner = self._place()
        target = QRectF(corner, self._image.size().toSizeF() * scale)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.drawImage(target, self._scaled(scale))
        font = painter.font()
        font.setPixelSize(11)
        font.setBold(True)
        painter.setFont(font)
        for i, column in enumerate(self._columns):
            rect = self._rect(column)
            if rect.isEmpty():
                continue
            ink = QColor("#2c6275" if i != self._chosen else "#c8791a")
            wash = QColor(ink)
            wash.setAlpha(38)
            painter.setPen(QPen(ink, 2.0 if i == self._chosen else 1.2))
            painter.setBrush(wash)
            painter.drawRoundedRect(rect, 3, 3)
            badge = QRectF(rect.topLeft() - QPointF(7, 8), QSize(16, 16).toSizeF())
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ink)
            painter.drawEllipse(badge)
            painter.setPen(QColor("#ffffff"))
            painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, str(i + 1))

    def _scaled(self, scale: float) -> QImage:
        """The picture at the size it is drawn: averaged when it is made smaller, so that thin rules stay."""
        width = round(self._image.width() * scale * self.devicePixelRatioF())
        if width >= self._image.width():
            return self._image
        if self._small.width() != width:
            self._small = self._image.scaledToWidth(max(1, width), Qt.TransformationMode.SmoothTransformation)
        return self._small

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            factor = 1.0015 ** event.angleDelta().y()
            new = min(8.0, max(1.0, self._zoom * factor))
            if new == 1.0:
                self._shift = QPointF()
            self._zoom = new
            self.update()
            event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed = event.position()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed is not None and self._zoom > 1.0:
            self._shift += event.position() - self._pressed
            self._pressed = event.position()
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._pressed = None
        for i, column in enumerate(self._columns):
            if self._rect(column).contains(event.position()):
                self.box_clicked.emit(i)


class PicturePane(Pane):
    """``columns_requested(columns, renamed)`` is the wish to change the table's columns."""

    columns_requested = Signal(object, object)
    picture_requested = Signal()

    def __init__(self) -> None:
        super().__init__("Picture")
        self.view = PictureView()
        self.list = QListWidget()
        self.list.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.list.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.SelectedClicked
        )
        self._columns: tuple[Column, ...] = ()
        self._image = QImage()
        self._filling = False
        self.list.itemChanged.connect(self._renamed)
        self.list.currentRowChanged.connect(lambda _: self._redraw())
        self.list.model().rowsMoved.connect(self._moved)
        self.view.box_clicked.connect(self.list.setCurrentRow)
        row = self.bar.row
        self.add_button = self.tool("add", "Add a column", self._add)
        self.remove_button = self.tool("remove", "Remove the column (it can be undone)", self._remove)
        self.up_button = self.tool("up", "Move the column to the left", lambda: self._shift(-1))
        self.down_button = self.tool("down", "Move the column to the right", lambda: self._shift(1))
        self.count = QLabel()
        self.count.setObjectName("dim")
        row.addWidget(self.count)
        row.addStretch(1)
        for button in (self.add_button, self.remove_button, self.up_button, self.down_button):
            row.addWidget(button)
        self.bar.gap()
        row.addWidget(self.tool("picture", "Open another picture", self.picture_requested.emit))
        self.split = QSplitter(Qt.Orientation.Vertical)
        self.split.addWidget(self.view)
        self.split.addWidget(self.list)
        self.split.setStretchFactor(0, 1)
        self.split.setStretchFactor(1, 1)
        self.split.setChildrenCollapsible(False)
        self.body.addWidget(self.split, 1)

    def set_image(self, image: QImage) -> None:
        """Show another picture; a null image shows none."""
        self._image = image
        self._redraw()

    def set_columns(self, columns: Sequence[Column]) -> None:
        """Show the table's columns."""
        self._columns = tuple(columns)
        row = self.list.currentRow()
        self._filling = True
        self.list.clear()
        for column in columns:
            item = QListWidgetItem(column.name)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
            if column.confidence < 0.8:
                item.setIcon(theme.icon("warning"))
                item.setToolTip(tr("Read with doubt; please compare it with the picture."))
            self.list.addItem(item)
        self.list.setCurrentRow(min(row, len(columns) - 1))
        self._filling = False
        self._redraw()
        self._count()

    def _redraw(self) -> None:
        if not self._filling:
            self.view.set_picture(self._image, self._columns, self.list.currentRow())
        chosen = self.list.currentRow() >= 0
        self.remove_button.setEnabled(chosen)
        self.up_button.setEnabled(self.list.currentRow() > 0)
        self.down_button.setEnabled(chosen and self.list.currentRow() < self.list.count() - 1)

    def _count(self) -> None:
        self.count.setText(tr("{count} columns", count=len(self._columns)))

    def _wish(self, columns: Sequence[Column], renamed: Sequence[tuple[str, str]] = ()) -> None:
        self.columns_requested.emit(tuple(columns), tuple(renamed))

    def _renamed(self, item: QListWidgetItem) -> None:
        if self._filling:
            return
        row, name = self.list.row(item), item.text().strip()
        old = self._columns[row]
        taken = {column.name for i, column in enumerate(self._columns) if i != row}
        if name == old.name:
            return
        if not name or name in taken:
            self.set_columns(self._columns)
            return
        columns = list(self._columns)
        columns[row] = replace(old, name=name, confidence=1.0)
        self._wish(columns, [(old.name, name)])

    def _moved(self, parent: QModelIndex, start: int, end: int, target: QModelIndex, to: int) -> None:
        if self._filling:
            return
        columns = list(self._columns)
        column = columns.pop(start)
        columns.insert(to - (1 if to > start else 0), column)
        self._wish(columns)

    def _shift(self, by: int) -> None:
        row = self.list.currentRow()
        if 0 <= row + by < len(self._columns):
            columns = list(self._columns)
            columns.insert(row + by, columns.pop(row))
            self._wish(columns)
            self.list.setCurrentRow(row + by)

    def _add(self) -> None:
        names = {column.name for column in self._columns}
        number, name = 2, tr("New column")
        while name in names:
            name = f"{tr('New column')} {number}"
            number += 1
        at = self.list.currentRow() + 1 or len(self._columns)
        columns = (*self._columns[:at], Column(name), *self._columns[at:])
        self._wish(columns)
        if at < self.list.count():
            self.list.setCurrentRow(at)
            self.list.editItem(self.list.item(at))

    def _remove(self) -> None:
        row = self.list.currentRow()
        if row >= 0:
            self._wish([column for i, column in enumerate(self._columns) if i != row])

    def retranslate(self) -> None:
        super().retranslate()
        self.list.setAccessibleName(tr("Columns of the table"))
        self.view.setAccessibleName(tr("The picture of the table"))
        self._count()
