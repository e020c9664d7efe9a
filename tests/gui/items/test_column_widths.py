"""Columns as wide as what stands in them: a year is narrow, findings are wide, no word is broken, the window is not held."""

from __future__ import annotations

from time import process_time

from PySide6.QtGui import QFont, QFontMetricsF

from citegrid.core.reference import Work, WorkKind
from citegrid.core.table import Cell, Column, Row, Status, Table
from citegrid.gui.items.column_widths import ColumnNeed, needs_of, shared

LONG = "They find that retrieval-augmented models attribute only half of their sentences to a source that carries them."


def table(rows: int = 6) -> Table:
    names = ("Year", "Key findings", "Title")
    texts = ("2023", LONG, "Enabling large language models to generate text with citations")
    cells = tuple(Cell(name, text, Status.SUPPORTED) for name, text in zip(names, texts, strict=True))
    works = (Work(WorkKind.REFERENCE, f"r{i}", "W") for i in range(rows))
    return Table(tuple(Column(name) for name in names), tuple(Row(work, cells) for work in works))


def needs(rows: int = 6) -> list[ColumnNeed]:
    return needs_of(table(rows), [60.0, 60.0, 60.0], QFontMetricsF(QFont()))


def test_a_short_column_is_narrow_and_a_long_one_wide(qapp: object) -> None:
    year, findings, title = shared(needs(), 900)
    assert year < 120 and findings > title > 2 * year
    assert 895 <= year + findings + title <= 900


def test_no_word_is_broken_however_narrow_the_table_is(qapp: object) -> None:
    metrics = QFontMetricsF(QFont())
    for room in (200, 360, 520, 900, 2000):
        widths = shared(needs(), room)
        for width, word in zip(widths, ("2023", "retrieval-augmented", "generate"), strict=True):
            assert width > metrics.horizontalAdvance(word), room


def test_columns_that_are_read_are_not_squeezed_to_a_few_letters(qapp: object) -> None:
    least = sum(need.squeezed for need in needs())
    glanced, read = shared(needs(), int(least) + 2), shared(needs(), int(least) + 2, read=True)
    assert sum(glanced) <= least + 2 < sum(read)
    assert min(read[1:]) >= 140 and max(read) <= 240
    assert shared(needs(), 2000, read=True) == shared(needs(), 2000)


def test_measuring_does_not_hold_the_window(qapp: object) -> None:
    began = process_time()
    needs(300)
    assert process_time() - began < 0.1
