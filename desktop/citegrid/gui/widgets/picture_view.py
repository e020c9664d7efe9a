"""The picture of the table: zoomed, turned, with the cells of its header drawn; headers are chosen and drawn on it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from enum import Enum, auto

from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QTransform, QWheelEvent
from PySide6.QtWidgets import QWidget

from citegrid.core.table import Column
from citegrid.gui import theme

#: On the white of a picture, whatever the window's colours: a header, the chosen one.
INK, CHOSEN = "#2c6275", "#c8791a"
MOST_ZOOM = 12.0
#: Room above a fitted picture, for the numbers of headers at its very edge.
ABOVE = 18
#: Below this confidence a header is shown as read with doubt.
DOUBT = 0.8
#: A drawn box smaller than this, in pixels of the screen, is a slip of the hand.
LEAST_DRAWN = 8.0

Rectangle = tuple[float, float, float, float]


class Drawing(Enum):
    """What dragging over the picture draws."""

    NOTHING = auto()
    HEADER = auto()
    FRAME = auto()


class PictureView(QWidget):
    """Wishes: ``box_clicked(place, together)``, ``box_opened(place)``, ``box_drawn((x0, y0, x1, y1))``, ``stepped(by)``,
    ``frame_drawn((x0, y0, x1, y1))`` of the whole table.

    Boxes are in pixels of the picture.  Ctrl+wheel, + and − zoom, 0 fits, R turns, dragging moves, arrow keys step.
    """

    box_clicked = Signal(int, bool)
    box_opened = Signal(int)
    box_drawn = Signal(object)
    frame_drawn = Signal(object)
    stepped = Signal(int)
    drawing_changed = Signal(object)
    turned = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._image = QImage()
        self._small = QImage()
        self._columns: tuple[Column, ...] = ()
        self._chosen: frozenset[int] = frozenset()
        self._zoom = 1.0
        self._shift = QPointF()
        self._pressed: QPointF | None = None
        self._drawn: QRectF | None = None
        self._drawing = Drawing.NOTHING
        self.turn = 0
        self.setMinimumSize(120, 96)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def sizeHint(self) -> QSize:
        return QSize(380, 240)

    # -- what is shown -------------------------------------------------------------------------------------------------

    def set_picture(self, image: QImage, turn: int = 0) -> None:
        """Show another picture (null for none), turned clockwise by ``turn`` quarters."""
        self._image, self._small = image, QImage()
        self._zoom, self._shift, self.turn = 1.0, QPointF(), turn % 4
        self.set_drawing(Drawing.NOTHING)
        self.update()

    def set_columns(self, columns: Sequence[Column], chosen: Collection[int]) -> None:
        """Draw the boxes of ``columns``; those at the places ``chosen`` stand out."""
        self._columns, self._chosen = tuple(columns), frozenset(chosen)
        self.update()

    @property
    def zoom(self) -> float:
        """How much larger than fitted."""
        return self._zoom

    def zoom_by(self, factor: float, at: QPointF | None = None) -> None:
        """Zoom, with the point ``at`` (the middle otherwise) staying where it is."""
        if self._image.isNull():
            return
        at = at if at is not None else QRectF(self.rect()).center()
        kept = self._placing().inverted()[0].map(at)
        self._zoom = min(MOST_ZOOM, max(1.0, self._zoom * factor))
        if self._zoom == 1.0:
            self._shift = QPointF()
        else:
            self._shift += at - self._placing().map(kept)
        self.update()

    def fit(self) -> None:
        """Show the whole picture."""
        self._zoom, self._shift = 1.0, QPointF()
        self.update()

    def turn_once(self) -> None:
        """Turn the picture by a quarter, clockwise."""
        self.turn = (self.turn + 1) % 4
        self.fit()
        self.turned.emit()

    @property
    def drawing(self) -> Drawing:
        """What dragging draws."""
        return self._drawing

    def set_drawing(self, what: Drawing) -> None:
        """Let dragging draw the box of a header that was not found, or of the whole table, instead of moving the picture."""
        what = Drawing.NOTHING if self._image.isNull() else what
        changed, self._drawing, self._drawn = what is not self._drawing, what, None
        draws = what is not Drawing.NOTHING
        self.setCursor(Qt.CursorShape.CrossCursor if draws else Qt.CursorShape.ArrowCursor)
        self.update()
        if changed:
            self.drawing_changed.emit(what)

    def crop(self, column: Column) -> QImage:
        """The header of ``column`` cut out of the picture, upright as shown; null without a box."""
        if column.box is None or self._image.isNull():
            return QImage()
        x0, y0, x1, y1 = column.box
        margin = 0.15 * min(x1 - x0, y1 - y0) + 2
        rect = _rect(column.box).adjusted(-margin, -margin, margin, margin).toAlignedRect()
        cut = self._image.copy(rect.intersected(self._image.rect()))
        return cut.transformed(QTransform().rotate(90 * self.turn)) if self.turn else cut

    def rect_of(self, place: int) -> QRectF:
        """Where the box of the column at ``place`` is drawn; empty without one."""
        box = self._columns[place].box
        if box is None or self._image.isNull():
            return QRectF()
        return self._placing().mapRect(_rect(box))

    def _placing(self) -> QTransform:
        """From pixels of the picture to those of the widget."""
        size = self._image.size().transposed() if self.turn % 2 else self._image.size()
        room = self.size().toSizeF()
        fitted = min((room.width() - 40) / size.width(), (room.height() - ABOVE - 6) / size.height(), 2.0)
        scale = max(0.01, fitted) * self._zoom
        placing = QTransform()
        placing.translate(room.width() / 2 + self._shift.x(), (room.height() + ABOVE - 6) / 2 + self._shift.y())
        placing.scale(scale, scale)
        placing.rotate(90 * self.turn)
        placing.translate(-self._image.width() / 2, -self._image.height() / 2)
        return placing

    # -- painting ------------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = theme.current()
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(colours.backdrop))
        if self._image.isNull():
            return
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        placing = self._placing()
        painter.setTransform(placing)
        painter.drawImage(QRectF(self._image.rect()), self._scaled(placing))
        painter.resetTransform()
        for i in range(len(self._columns)):
            self._paint_box(painter, i)
        if self._drawn is not None:
            painter.setPen(QPen(QColor(CHOSEN), 1.5, Qt.PenStyle.DashLine))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self._drawn)
        if self.hasFocus():
            painter.setPen(QPen(QColor(colours.accent), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(self.rect()).adjusted(1, 1, -1, -1))

    def _paint_box(self, painter: QPainter, place: int) -> None:
        rect = self.rect_of(place)
        if rect.isEmpty():
            return
        chosen = place in self._chosen
        ink = QColor(CHOSEN if chosen else INK)
        wash = QColor(ink)
        wash.setAlpha(38)
        doubtful = self._columns[place].confidence < DOUBT
        painter.setPen(QPen(ink, 2.0 if chosen else 1.2, Qt.PenStyle.DashLine if doubtful else Qt.PenStyle.SolidLine))
        painter.setBrush(wash)
        painter.drawRoundedRect(rect, 3, 3)
        font = painter.font()
        font.setPixelSize(11)
        font.setBold(True)
        painter.setFont(font)
        # beside the header, where its text is not: above it, or at its left where the headers stand in a column
        above, beside = QPointF(rect.left(), rect.top() - 17), QPointF(rect.left() - 18, rect.center().y() - 8)
        badge = QRectF(beside if self._upright() else above, QSizeF(16, 16))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink)
        painter.drawEllipse(badge)
        painter.setPen(QColor("#ffffff"))
        painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, str(place + 1))

    def place_for(self, box: Rectangle) -> int:
        """The place among the columns of a header at ``box``: behind those that stand before it as shown."""
        centre = self._placing().mapRect(_rect(box)).center()
        along = (lambda point: point.y()) if self._upright() else (lambda point: point.x())
        before = [
            i
            for i, column in enumerate(self._columns)
            if column.box is not None and along(self.rect_of(i).center()) < along(centre)
        ]
        return before[-1] + 1 if before else 0

    def _upright(self) -> bool:
        """Whether the headers stand below each other rather than beside."""
        centres = [self.rect_of(i).center() for i, c in enumerate(self._columns) if c.box is not None]
        xs, ys = [c.x() for c in centres], [c.y() for c in centres]
        return bool(centres) and max(ys) - min(ys) > max(xs) - min(xs)

    def _scaled(self, placing: QTransform) -> QImage:
        """The picture at the size it is drawn: averaged when it is made smaller, so that thin rules stay."""
        scale = (abs(placing.m11()) + abs(placing.m12())) * self.devicePixelRatioF()
        width = round(self._image.width() * scale)
        if width >= self._image.width():
            return self._image
        if self._small.width() != width:
            self._small = self._image.scaledToWidth(max(1, width), Qt.TransformationMode.SmoothTransformation)
        return self._small

    # -- mouse and keyboard --------------------------------------------------------------------------------------------

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_by(1.0015 ** event.angleDelta().y(), event.position())
        elif self._zoom > 1.0:
            self._shift += QPointF(event.angleDelta()) / 2
            self.update()
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed = event.position()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed is None:
            return
        if self._drawing is not Drawing.NOTHING:
            self._drawn = QRectF(self._pressed, event.position()).normalized()
        elif self._zoom > 1.0:
            self._shift += event.position() - self._pressed
            self._pressed = event.position()
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        pressed, self._pressed = self._pressed, None
        if pressed is None:
            return
        if self._drawing is not Drawing.NOTHING:
            self._end_drawing()
            return
        place = self.place_at(event.position())
        if place >= 0 and place == self.place_at(pressed):
            together = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
            self.box_clicked.emit(place, bool(event.modifiers() & together))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        place = self.place_at(event.position())
        if place >= 0 and self._drawing is Drawing.NOTHING:
            self.box_opened.emit(place)

    def place_at(self, point: QPointF) -> int:
        """The place of the column whose header is drawn at ``point`` of the widget; -1 where none is."""
        return next((i for i in range(len(self._columns)) if self.rect_of(i).contains(point)), -1)

    def _end_drawing(self) -> None:
        drawn, wish = self._drawn, self.frame_drawn if self._drawing is Drawing.FRAME else self.box_drawn
        self.set_drawing(Drawing.NOTHING)
        if drawn is None or min(drawn.width(), drawn.height()) < LEAST_DRAWN:
            return
        box = self._placing().inverted()[0].mapRect(drawn).intersected(QRectF(self._image.rect()))
        if not box.isEmpty():
            wish.emit((box.left(), box.top(), box.right(), box.bottom()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}
        if key in steps and not event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.stepped.emit(steps[Qt.Key(key)])
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom_by(1.25)
        elif key == Qt.Key.Key_Minus:
            self.zoom_by(0.8)
        elif key == Qt.Key.Key_0:
            self.fit()
        elif key == Qt.Key.Key_R:
            self.turn_once()
        elif key == Qt.Key.Key_Escape and self._drawing is not Drawing.NOTHING:
            self.set_drawing(Drawing.NOTHING)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2) and self._chosen:
            self.box_opened.emit(min(self._chosen))
        else:
            super().keyPressEvent(event)


def _rect(box: Rectangle) -> QRectF:
    return QRectF(QPointF(box[0], box[1]), QPointF(box[2], box[3]))
