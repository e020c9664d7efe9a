"""How wide the columns of the table are: as wide as what stands in them, and the long ones share what is left.

All widths are in logical pixels.  No column is narrower than its longest word, so that no word is broken.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtGui import QFontMetricsF

from citegrid.core.language.script import has_han
from citegrid.core.table import Table
from citegrid.gui.items.cell_layout import CHIP_GAP, LEFT, PAD
from citegrid.gui.status_style import chips, shown_text

#: Rows that are measured: more say nothing new.
MEASURED = 40
#: What is wider in one line is broken into lines: such a column gets between LEAST and MOST, and about LINES of them.
ONE_LINE, LEAST, MOST, LINES = 150.0, 168.0, 440.0, 4
#: The widest word that a column is made for, and what the words of a narrow table are squeezed to.
LONGEST_WORD, SQUEEZED = 200.0, 112.0
#: The share of the wanted width at which long text is still read with ease, and the width that is enough for any.
NEARLY, READ = 0.85, 240.0
CHIP = 52.0


@dataclass(frozen=True, slots=True)
class ColumnNeed:
    """What a column needs: ``least`` for its longest word, ``whole`` for its longest text in one line."""

    least: float
    whole: float

    @property
    def is_short(self) -> bool:
        """Whether all of it stands in one line."""
        return self.whole <= ONE_LINE

    @property
    def wanted(self) -> float:
        """The width at which it is read well."""
        if self.is_short:
            return max(self.least, self.whole)
        return max(self.least, LEAST, min(MOST, self.whole / LINES))

    @property
    def squeezed(self) -> float:
        """The width at which it can still be read."""
        return self.wanted if self.is_short else max(self.least, SQUEEZED)


def needs_of(table: Table, names: Sequence[float], metrics: QFontMetricsF) -> list[ColumnNeed]:
    """What each column of ``table`` needs; ``names`` are the widths of the longest words of their names."""
    return [_need(table, at, name, metrics) for at, name in enumerate(names)]


def _need(table: Table, at: int, name: float, metrics: QFontMetricsF) -> ColumnNeed:
    whole = word = 0.0
    for row in table.rows[:MEASURED]:
        cell = row.cells[at]
        text = shown_text(cell)
        whole = max(whole, metrics.horizontalAdvance(text[:200]) + len(chips(cell.evidence)) * (CHIP + CHIP_GAP))
        word = max(word, metrics.horizontalAdvance(_longest_word(text)))
    around = LEFT + PAD + 4
    return ColumnNeed(max(name, min(word, LONGEST_WORD) + around), whole + around)


def _longest_word(text: str) -> str:
    """The longest of what is not to be broken; Chinese is broken anywhere."""
    return max((word for word in text.split() if not has_han(word)), key=len, default="")


def shared(needs: Sequence[ColumnNeed], room: int, read: bool = False) -> list[int]:
    """The widths in ``room``: as wanted, wider where there is more; squeezed where there is less, and then the table scrolls.

    Where rows are tall enough to be ``read``, lines of a few letters would help nobody: columns are squeezed less, and scroll sooner.
    """
    wanted = [need.wanted for need in needs]
    squeezed = [max(need.squeezed, min(NEARLY * need.wanted, READ)) if read else need.squeezed for need in needs]
    spare = room - sum(wanted)
    if spare >= 0:
        weights = [0.0 if need.is_short else need.whole**0.5 for need in needs]
        weights = weights if any(weights) else [1.0] * len(needs)
        widths = [width + spare * weight / sum(weights) for width, weight in zip(wanted, weights, strict=True)]
    elif sum(squeezed) <= room:
        part = (room - sum(squeezed)) / (sum(wanted) - sum(squeezed))
        widths = [low + part * (high - low) for low, high in zip(squeezed, wanted, strict=True)]
    else:
        widths = squeezed if read or room >= sum(squeezed) * 0.8 else wanted
    return [int(width) for width in widths]
