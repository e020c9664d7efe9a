"""A citation as a chip in the line of the text: one character that cannot break, drawn with its label."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRect, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPyTextObject, QTextDocument, QTextFormat
from PySide6.QtWidgets import QWidget

from citegrid.gui import theme

#: The kind of text object that a chip is, and what its format holds: sentence, citation within it, and label.
CHIP = QTextFormat.ObjectTypes.UserObject.value + 1
SENTENCE_PROPERTY = QTextFormat.Property.UserProperty.value + 1
MARK_PROPERTY = QTextFormat.Property.UserProperty.value + 2
LABEL_PROPERTY = QTextFormat.Property.UserProperty.value + 3
OBJECT_CHARACTER = "\ufffc"
_PADDING = 5.0


class CitationChip(QPyTextObject):
    """Draws a citation mark in the line of a text; ``chosen`` gives the sentence and the mark whose evidence is shown."""

    def __init__(self, editor: QWidget, chosen: Callable[[], tuple[int, int]]) -> None:
        super().__init__(editor)
        self._editor, self._chosen = editor, chosen

    def _font(self) -> QFont:
        small = QFont(self._editor.font())
        small.setPointSizeF(self._editor.font().pointSizeF() * 0.85)
        return small

    def intrinsicSize(self, doc: QTextDocument, pos: int, format: QTextFormat) -> QSizeF:  # noqa: A002
        metrics = QFontMetricsF(self._font())
        wide = metrics.horizontalAdvance(str(format.property(LABEL_PROPERTY))) + 2 * _PADDING + 4
        return QSizeF(wide, metrics.ascent())

    def drawObject(
        self,
        painter: QPainter,
        rect: QRectF | QRect,
        doc: QTextDocument,
        pos: int,
        format: QTextFormat,  # noqa: A002
    ) -> None:
        colours = theme.current()
        font = self._font()
        metrics = QFontMetricsF(font)
        here = (format.property(SENTENCE_PROPERTY), format.property(MARK_PROPERTY)) == self._chosen()
        chip = QRectF(rect).adjusted(2, -1 - metrics.descent() / 2, -2, metrics.descent() / 2)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.accent if here else colours.chip))
        painter.drawRoundedRect(chip, 4, 4)
        painter.setPen(QColor(colours.on_accent if here else colours.accent))
        painter.setFont(font)
        painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, str(format.property(LABEL_PROPERTY)))
        painter.restore()
