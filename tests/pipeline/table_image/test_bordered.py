"""Ruled tables without an OCR engine: tables cut off, sheets, what a program shows above a table, deep headers, templates."""

import pytest
from tests.doubles.drawn_sheet import Sheet

from citegrid.pipeline.table_image.bordered import Grid, GridCell, find_grids, settled
from citegrid.pipeline.table_image.header import read_bordered
from citegrid.pipeline.table_image.ruling_lines import RulingLine, RulingLines
from citegrid.pipeline.table_image.text_boxes import TextBox

NAMES = ["Author", "Year", "Method", "Result"]
LEFT = (50, 250, 400, 600, 850)


def starts(xs=LEFT):
    return [x + 15 for x in xs[:-1]]


def item(text, x, y):
    return TextBox(text, x, y, x + 11 * len(text), y + 24, 0.99)


def ruled(xs, ys, top):
    lying = tuple(RulingLine(y, xs[0], xs[-1]) for y in ys)
    return RulingLines(lying, tuple(RulingLine(x, top, ys[-1]) for x in xs))


def test_a_table_cut_off_at_its_top_ends_where_its_standing_rules_do():
    items = [item(name, x, 18) for name, x in zip(NAMES, starts(), strict=True)]
    (grid,) = find_grids(ruled(LEFT, (60, 110, 160), 0), items, 24.0, {})
    assert [cell.text for cell in grid.row(0)] == NAMES
    (whole,) = find_grids(ruled(LEFT, (60, 110, 160), 58), [item("2019", 60, 70)], 24.0, {})
    assert whole.ys == (60, 110, 160)


@pytest.mark.parametrize(("over", "columns"), [(4, 4), (2, 5)])
def test_texts_of_a_sheet_run_over_the_columns_at_their_right(over, columns):
    begun = [0, 1, 1 + over, 2 + over]
    names = [
        GridCell(0, 1, n, n + 1, (item(NAMES[begun.index(n)], 90 * n, 0),) if n in begun else ())
        for n in range(3 + over)
    ]
    long = GridCell(1, 2, 1, 1 + over, (item("A title that is longer than its column", 95, 40),))
    rest = [GridCell(1, 2, n, n + 1, (item("x", 90 * n, 40),)) for n in begun if n != 1]
    grid = Grid(tuple(range(0, 90 * (4 + over), 90)), (0, 35, 70), (*names, long, *rest))
    table = settled(grid, 24.0)
    assert table.columns == columns
    assert [cell.text for cell in table.row(0) if cell.text] == NAMES


def test_cells_that_the_reader_missed_stay_cells():
    cells = [
        GridCell(row, row + 1, n, n + 1, (item("Year", 90 * n, 0),) if n + row < 2 else ())
        for row in (0, 1)
        for n in range(6)
    ]
    assert settled(Grid(tuple(range(0, 630, 90)), (0, 35, 70), tuple(cells)), 24.0).columns == 2
    cells[5] = GridCell(0, 1, 5, 6, (item("Result", 460, 0),))
    assert settled(Grid(tuple(range(0, 630, 90)), (0, 35, 70), tuple(cells)), 24.0).columns == 6


def test_the_bars_of_a_program_above_a_table_part_none_of_its_columns():
    sheet = Sheet(900, 500).grid((50, 130, 330, 480, 700, 850), (20, 70))
    sheet.row(30, ["Paste", "Font", "Paragraph", "Styles", "Find"], (55, 140, 340, 490, 710))
    sheet.grid(LEFT, (150, 200, 250, 300, 350)).row(160, ["", *NAMES[1:]], starts()).text(54, 160, "First").text(
        140, 160, "name"
    )
    sheet.draw.line((50, 70, 50, 150), fill="black", width=2)
    sheet.draw.line((850, 70, 850, 150), fill="black", width=2)
    for y in (210, 260, 310):
        sheet.row(y, ["Smith", "2019", "Survey", "good"], starts())
    assert sheet.columns()[0] == ["First name", *NAMES[1:]]


@pytest.mark.parametrize("rows", [(), ("1", "2", "3")])
def test_a_header_is_as_deep_as_one_of_its_cells_in_a_template_that_is_empty_or_numbered(rows):
    xs = (40, 110, 300, 480, 660, 860)
    sheet = Sheet().rules((20, 120, 170, 220, 270), 40, 860).rules((70,), 110, 660)
    for x in xs:
        sheet.draw.line((x, 70 if x == 300 else 20, x, 270), fill="black", width=2)
    sheet.text(50, 55, "No.").text(230, 30, "Study").text(510, 30, "Costs").text(690, 55, "Remarks")
    sheet.text(130, 80, "Author").text(320, 80, "Year").text(490, 80, "In euros")
    for n, number in enumerate(rows):
        sheet.text(65, 130 + 50 * n, number)
    assert sheet.columns()[0] == ["No.", "Study / Author", "Study / Year", "Costs / In euros", "Remarks"]


def test_names_and_values_that_take_turns_are_a_form():
    sheet = Sheet().rules((20, 70, 120, 170), 40, 860)
    for x, end in ((40, 170), (160, 170), (420, 70), (560, 70), (860, 170)):
        sheet.draw.line((x, 20, x, end), fill="black", width=2)
    sheet.row(30, ["姓名", "李小明", "学号", "60202"], (50, 170, 430, 570))
    sheet.row(80, ["题目", "高校智能选课系统的设计"], (50, 170)).row(130, ["结论", "系统可用，仍须改进"], (50, 170))
    names, template = sheet.columns()
    assert names == ["姓名", "学号", "题目", "结论"]
    assert template.rows == (("李小明", "60202", "高校智能选课系统的设计", "系统可用，仍须改进"),)


@pytest.mark.parametrize(("middle", "first"), [(320, 1), (380, 0)], ids=["of the table", "of its cell"])
def test_a_text_in_the_middle_of_a_table_is_a_title_whatever_its_cell_seems_to_be(middle, first):
    said = TextBox("Title", middle - 40, 60, middle + 40, 80, 0.9)
    names = [GridCell(1, 2, n, n + 1, (TextBox(f"N{n}", 60 + 120 * n, 110, 90 + 120 * n, 130, 0.9),)) for n in range(5)]
    title = [GridCell(0, 1, 0, 1, ()), GridCell(0, 1, 1, 5, (said,))]
    xs = (20.0, 140.0, 260.0, 380.0, 500.0, 620.0)
    found = next(read_bordered(Grid(xs, (50, 100, 150), (*title, *names)), 20))
    assert found.headings[1].name == ("N1" if first else "Title / N1")
