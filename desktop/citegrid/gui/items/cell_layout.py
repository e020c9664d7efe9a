"""Where everything in a cell of the table lies: its text in lines, its citation chips behind the last word, and below them
the original of a translation that is to be checked, where there is room."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QTextCharFormat, QTextLayout, QTextOption

from citegrid.core.evidence import original_of
from citegrid.core.table import Cell, Doubts
from citegrid.gui.status_style import as_doubtful, chips, shown_text, units

PAD, SIGN, CHIP_GAP = 6.0, 15, 5.0
LEFT = PAD + SIGN + 5
LEADING = 0.5
MIN_HEIGHT, MAX_HEIGHT = 36.0, 420.0
#: Lines of an original that is not shown as a whole.
LEAST_LINES = 2
#: From the sign of a cell to the sign below it.
SECOND_SIGN = SIGN + 3


@dataclass(frozen=True, slots=True)
class CellLayout:
    """Where everything in a cell lies, from its corner, in logical pixels; ``cut`` when not all of its text is shown."""

    cell: Cell
    text: QTextLayout
    chips: tuple[tuple[QRectF, str, int], ...]
    height: float
    cut: bool = False
    original: QTextLayout | None = None
    original_top: float = 0.0


def lay_out(cell: Cell, width: float, font: QFont, limit: float = 0.0, named: bool = False) -> CellLayout:
    """Wrap a cell's text to ``width`` with its chips behind the last word, as citations stand in print.

    ``named``: chips name their paper, too.  With ``limit`` no more lines are used than that height holds: the text ends in
    “…” then, so that its chips
    still have their place.
    """
    room = max(24.0, width - LEFT - PAD)
    metrics, small = _metrics(font), _metrics(font, chips=True)
    wanted = [
        (label, index, min(room, small.horizontalAdvance(label) + 14)) for label, index in chips(cell.evidence, named)
    ]
    line_height = max(metrics.height(), small.height() + 3) + LEADING
    lines = max(2, int((limit - 2 * PAD) // line_height)) if limit else 0
    shown = shown_text(cell)
    doubts = cell.open_doubts
    text = _wrapped(shown, room, font, line_height, lines + 1 if lines else 0, doubts)
    cut = False
    if lines and (text.lineCount() > lines or _rows_of_chips(text, wanted, room) + text.lineCount() > lines):
        wanted = _fitting(wanted, room, small)
        keep = sum(wide + CHIP_GAP for _, _, wide in wanted)
        shorter = _shortened(text, shown, lines, room, keep, metrics)
        cut = shorter != shown
        text = _wrapped(shorter, room, font, line_height, doubts=doubts)
    placed, bottom = _placed(text, wanted, room, line_height, small.height() + 3)
    original = _original(cell, room, chip_font(font), small, limit - PAD - bottom if limit else None)
    top, least = bottom, MIN_HEIGHT + SECOND_SIGN / 2 if cell.to_be_checked else MIN_HEIGHT
    if original is not None:
        last = original.lineAt(original.lineCount() - 1)
        bottom += last.y() + last.height()
    return CellLayout(cell, text, placed, max(least, bottom + PAD), cut, original, top)


def _original(cell: Cell, room: float, font: QFont, metrics: QFontMetricsF, height: float | None) -> QTextLayout | None:
    """The original of a translation that is to be checked, cut to ``height`` (None: all of it); None where too little of
    it would be left to read."""
    words = original_of(cell.evidence) if cell.to_be_checked else ""
    if not words:
        return None
    line_height = metrics.height() + LEADING
    if height is None:
        return _wrapped(words, room, font, line_height)
    lines = int(height // line_height)
    text = _wrapped(words, room, font, line_height, max(1, lines + 1))
    if text.lineCount() <= lines:
        return text
    if lines < LEAST_LINES:
        return None
    return _wrapped(_shortened(text, words, lines, room, 0, metrics), room, font, line_height, lines)


Chip = tuple[str, int, float]


_measures: dict[tuple[str, bool], QFontMetricsF] = {}


def _metrics(font: QFont, chips: bool = False) -> QFontMetricsF:
    """The measures of a font, or of the chips beside it; made once a font."""
    key = (font.key(), chips)
    if key not in _measures:
        _measures[key] = QFontMetricsF(chip_font(font) if chips else font)
    return _measures[key]


def _wrapped(
    shown: str, room: float, font: QFont, line_height: float, most: int = 0, doubts: Doubts = ()
) -> QTextLayout:
    """``shown`` in lines of ``room``, its ``doubts`` underlined; with ``most`` no line is begun after that many: what is cut
    needs no more."""
    text = QTextLayout(shown, font)
    if doubts:
        text.setFormats([_doubtful(shown, start, end) for start, end in doubts if start < len(shown)])
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    text.setTextOption(option)
    text.beginLayout()
    y = 0.0
    while (line := text.createLine()).isValid():
        line.setLineWidth(room)
        line.setPosition(QPointF(0, y))
        y += max(line_height, line.height() + LEADING)
        if text.lineCount() == most:
            break
    text.endLayout()
    return text


def _doubtful(text: str, start: int, end: int) -> QTextLayout.FormatRange:
    place = QTextLayout.FormatRange()
    place.start, place.length, place.format = (
        units(text[:start]),
        units(text[start:end]),
        as_doubtful(QTextCharFormat()),
    )
    return place


def _end(text: QTextLayout) -> float:
    return text.lineAt(text.lineCount() - 1).naturalTextWidth() + 6 if text.lineCount() else 0.0


def _rows_of_chips(text: QTextLayout, wanted: list[Chip], room: float) -> int:
    """How many lines the chips need below the last line of the text."""
    x, rows = _end(text), 0
    for _, _, wide in wanted:
        if x + wide > room + 1 and x > 0:
            x, rows = 0.0, rows + 1
        x += wide + CHIP_GAP
    return rows


def _fitting(wanted: list[Chip], room: float, small: QFontMetricsF) -> list[Chip]:
    """As many chips as stand on one line; the last says how many more there are and leads to the first of them."""
    kept: list[Chip] = []
    x = 0.0
    for i, (label, index, wide) in enumerate(wanted):
        left = len(wanted) - i
        more = (f"+{left}", index, small.horizontalAdvance(f"+{left}") + 14)
        after = x + wide + CHIP_GAP + (small.horizontalAdvance(f"+{left - 1}") + 14 if left > 1 else -CHIP_GAP)
        if after > room + 1 and kept:
            return [*kept, more]
        kept.append((label, index, wide))
        x += wide + CHIP_GAP
    return kept


def _shortened(text: QTextLayout, shown: str, lines: int, room: float, keep: float, metrics: QFontMetricsF) -> str:
    """``shown`` cut to ``lines`` lines, the last of which leaves ``keep`` for the chips."""
    if text.lineCount() < lines:  # the text has room, its chips get the line after it
        return shown
    last = text.lineAt(lines - 1)
    rest = shown[last.textStart() :]
    tail = metrics.elidedText(rest.replace("\n", " "), Qt.TextElideMode.ElideRight, room - keep - 8)
    if len(tail) <= 1 and lines > 1 and keep:  # no room beside the chips: they take the line for themselves
        before = text.lineAt(lines - 2)
        rest = shown[before.textStart() :]
        tail = metrics.elidedText(rest.replace("\n", " "), Qt.TextElideMode.ElideRight, room - 4)
        return shown[: before.textStart()] + tail
    return shown[: last.textStart()] + tail


def _placed(
    text: QTextLayout, wanted: list[Chip], room: float, line_height: float, tall: float
) -> tuple[tuple[tuple[QRectF, str, int], ...], float]:
    """The chips behind the last line, and the bottom of it all."""
    count = text.lineCount()
    last = text.lineAt(count - 1) if count else None
    x = _end(text)
    top = PAD + (last.y() if last is not None else 0.0)
    bottom = top + line_height
    placed: list[tuple[QRectF, str, int]] = []
    for label, index, wide in wanted:
        if x + wide > room + 1 and x > 0:
            x, top = 0.0, top + line_height + 2
        placed.append((QRectF(LEFT + x, top + (line_height - LEADING - tall) / 2, wide, tall), label, index))
        bottom = max(bottom, top + line_height)
        x += wide + CHIP_GAP
    return tuple(placed), bottom


def chip_font(font: QFont) -> QFont:
    """The smaller font of chips."""
    small = QFont(font)
    if font.pointSizeF() > 0:
        small.setPointSizeF(font.pointSizeF() * 0.88)
    else:
        small.setPixelSize(max(9, round(font.pixelSize() * 0.88)))
    return small
