"""Two columns, one column, a table, and a last page that is too short to tell."""

from __future__ import annotations

from citegrid.core.document import Box
from citegrid.pipeline.document.layout.columns import Columns, as_elsewhere, columns_of, set_columns
from citegrid.pipeline.document.layout.lines import PageLine


def line(x0: float, x1: float, y: float) -> PageLine:
    return PageLine([], Box(1, x0, y, x1, y + 10), 10.0, False, "text")


def column(x0: float, x1: float, lines: int, top: float = 100.0) -> list[PageLine]:
    return [line(x0, x1, top + 12 * n) for n in range(lines)]


LEFT, RIGHT = column(50, 290, 20), column(310, 550, 20)


def test_two_columns_and_a_title_across() -> None:
    title = line(100, 500, 60)
    lines = [title, *LEFT, *RIGHT]
    columns = columns_of(lines)
    assert columns is not None and 288 < columns.gutter < 312 and columns.right == 310
    set_columns(lines, columns)
    assert {ln.column for ln in LEFT} == {0} and {ln.column for ln in RIGHT} == {1}
    assert title.band < LEFT[0].band


def test_a_stop_that_hangs_over_the_edge_of_its_column_does_not_part_the_page() -> None:
    table = [
        line(x, x + 32, 20 + 6 * n) for n in range(12) for x in (60.0, 110.0, 160.0, 210.0, 287.0, 340.0, 390.0, 440.0)
    ]
    hanging = line(50, 294, 160)
    left = [hanging if ln.box.y0 == hanging.box.y0 else ln for ln in column(50, 286, 20)]
    lines = [*table, *left, *RIGHT]
    set_columns(lines, columns_of(lines))
    assert len({ln.band for ln in (*left, *RIGHT)}) == 1 and hanging.column == 0


def test_one_column_a_table_and_few_lines_have_no_gutter() -> None:
    assert columns_of(column(50, 550, 30)) is None
    assert columns_of([*column(50, 550, 20), *column(60, 120, 8, 400), *column(300, 340, 8, 400)]) is None
    assert columns_of([*column(50, 290, 3), *column(310, 550, 3)]) is None


def test_columns_below_an_abstract_that_fills_the_page() -> None:
    columns = columns_of([*column(50, 550, 30), *column(50, 290, 8, 500), *column(310, 550, 8, 500)])
    assert columns is not None and columns.right == 310


def test_columns_between_an_abstract_and_notes_that_run_across() -> None:
    abstract, left, right = column(50, 550, 20), column(50, 290, 8, 400), column(310, 550, 8, 400)
    lines = [*abstract, *left, *right, *column(50, 550, 4, 520)]
    set_columns(lines, columns_of(lines))
    assert {ln.column for ln in left} == {0} and {ln.column for ln in right} == {1}
    assert len({ln.band for ln in (*left, *right)}) == 1


def test_a_table_within_a_column_makes_no_third_one() -> None:
    cells = [line(x, x + 100, 350 + 12 * n) for n in range(30) for x in (50.0, 180.0, 310.0, 440.0)]
    lines = [*LEFT, *RIGHT, *cells]
    set_columns(lines, columns_of(lines))
    assert len({ln.band for ln in (*LEFT, *RIGHT)}) == 1
    assert {ln.column for ln in LEFT} == {0} and {ln.column for ln in RIGHT} == {1}


def test_a_short_last_page_has_the_columns_of_the_others() -> None:
    known = [Columns(300, 310)]
    assert as_elsewhere([*column(50, 290, 20), *column(310, 500, 3)], known) == known[0]
    assert as_elsewhere([*column(50, 290, 20), *column(400, 500, 3)], known) is None, "not at the edge"
    assert as_elsewhere([*column(50, 550, 20), *column(310, 500, 3)], known) is None, "lines across"
    assert as_elsewhere([*column(50, 290, 20), *column(310, 500, 3)], []) is None


def test_a_few_lines_between_an_abstract_and_notes_have_the_columns_of_the_others() -> None:
    known, across = [Columns(300, 310)], [*column(50, 550, 20), *column(50, 550, 3, 500)]
    assert as_elsewhere([*across, *column(50, 290, 2, 400), *column(310, 550, 2, 400)], known) == known[0]
    assert as_elsewhere([*across, *column(50, 120, 2, 400), *column(330, 400, 2, 400)], known) is None, "cells"


def three_columns(top: float, rows: int) -> list[PageLine]:
    """Lines of three columns as wide as each other, from ``top`` down."""
    return [line(x, x + 160, top + 12 * n) for n in range(rows) for x in (40.0, 215.0, 390.0)]


def test_three_columns_are_read_one_after_another() -> None:
    lines = three_columns(50, 20)
    set_columns(lines, columns_of(lines))
    assert {(ln.box.x0, ln.column) for ln in lines} == {(40.0, 0), (215.0, 1), (390.0, 2)}
    assert len({ln.band for ln in lines}) == 1


def test_three_columns_at_the_foot_of_a_page_of_two_come_after_it_with_their_heading() -> None:
    above = [line(x, x + 240, 50 + 12 * n) for n in range(30) for x in (40.0, 310.0)]
    heading, below = line(40, 90, 440), three_columns(465, 12)
    lines = [*above, heading, *below]
    set_columns(lines, columns_of(lines))
    assert max(ln.band for ln in above) < heading.band
    assert heading.band <= min(ln.band for ln in below)
    assert {ln.column for ln in below} == {0, 1, 2} and {ln.column for ln in above} == {0, 1}
