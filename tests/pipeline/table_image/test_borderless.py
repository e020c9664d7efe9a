"""Tables without vertical rules, drawn, with a reader that sees what was drawn."""

from itertools import pairwise

import pytest
from tests.doubles.drawn_sheet import Sheet

from citegrid.pipeline.table_image.header_names import HeaderLines
from citegrid.pipeline.table_image.ruling_lines import RulingLine, RulingLines
from citegrid.pipeline.table_image.text_boxes import TextBox
from citegrid.ports import NEVER, OcrLine

XS = (60, 260, 480, 700)
NAMES = ["Study", "Method", "Data source", "Year"]
ROWS = [
    ("Smith", "Survey", "interviews", "2019"),
    ("Doe", "Trial", "", "2020"),
    ("Kim", "Regression", "census", "2021"),
]


def filled(sheet, top, rows=ROWS, step=50):
    for n, row in enumerate(rows):
        sheet.row(top + step * n, row, XS)
    return sheet


def test_a_three_line_table_below_its_title():
    sheet = Sheet().text(300, 10, "Table 1. Studies").rules((50, 100, 260)).row(60, NAMES, XS)
    names, template = filled(sheet, 110).columns()
    assert names == NAMES
    assert template.rows == tuple(ROWS)


def test_an_empty_three_line_table():
    assert Sheet().rules((50, 100, 300)).row(60, NAMES, XS).columns()[0] == NAMES


@pytest.mark.parametrize("rules", [(50, 100), (100,), (50,)], ids=["around", "below", "above"])
@pytest.mark.parametrize(
    "names", [["序号", "作者", "研究方法", "主要发现"], ["维度", "", "", "说明"]], ids=["four", "two"]
)
def test_a_template_that_ends_with_its_header(rules, names):
    assert Sheet().rules(rules).row(60, names, XS).columns()[0] == [name for name in names if name]


def test_an_empty_table_of_row_rules():
    assert Sheet().rules(range(50, 350, 50)).row(60, NAMES, XS).columns()[0] == NAMES


def test_a_header_of_two_lines_that_a_rule_ends():
    sheet = Sheet().rules((40, 120, 280))
    sheet.text(60, 82, "Study").text(260, 50, "Main").text(260, 82, "method").text(480, 82, "Data source").text(
        700, 82, "Year"
    )
    assert filled(sheet, 130).columns()[0] == ["Study", "Main method", "Data source", "Year"]


@pytest.mark.parametrize("rules", [(40, 120), (40,), ()], ids=["around", "above", "none"])
def test_an_empty_template_goes_on_where_its_second_line_names_some_columns(rules):
    """Names in two languages: no letter tells that the second line goes on, and not each column has one."""
    sheet = Sheet().rules(rules).row(50, ["年份 Year", "训练集", "AUC 值", "参数"], XS)
    sheet.row(80, ["", "Train", "", "Params"], XS)
    assert sheet.columns()[0] == ["年份 Year", "训练集 Train", "AUC 值", "参数 Params"]


def test_the_words_of_a_name_stay_together_where_the_rows_have_one_text_below():
    """The reader takes a name for one text, with a gap in it as wide as one between columns."""
    sheet = Sheet().rules((50, 100, 260)).row(60, ["Study", "", "Data source", "Year"], XS)
    sheet.text(220, 60, "Principal 1", [(220, "Principal"), (340, "1")])
    for n in range(3):
        sheet.row(110 + 50 * n, ("Smith", "1.0000", "census", "2019"), XS)
    assert sheet.columns()[0] == ["Study", "Principal 1", "Data source", "Year"]


def test_groups_over_a_short_rule_and_over_the_middle_of_their_columns():
    xs = (60, 260, 400, 560, 720)
    sheet = Sheet().rules((40, 130, 300)).rules((80,), 240, 500)
    sheet.text(300, 48, "Design").text(620, 48, "Outcome")
    sheet.row(92, ["Study", "Method", "Sample", "Effect", "Limits"], xs)
    for n in range(3):
        sheet.row(140 + 50 * n, ("Smith", "Survey", "120", "0.3", "small"), xs)
    assert sheet.columns()[0] == ["Study", "Design / Method", "Design / Sample", "Outcome / Effect", "Outcome / Limits"]


def test_a_group_has_no_part_in_a_name_that_spans_its_line():
    xs = (60, 260, 420, 620)
    sheet = Sheet().rules((30, 130, 300))
    sheet.text(60, 66, "Study").text(330, 45, "Design").text(620, 66, "Year")
    sheet.row(92, ["", "Method", "Sample", ""], xs)
    for n in range(3):
        sheet.row(140 + 50 * n, ("Smith", "Survey", "120", "2019"), xs)
    assert sheet.columns()[0] == ["Study", "Design / Method", "Design / Sample", "Year"]


def prose(sheet, top, lines, left=40):
    words = "In recent years the automatic writing of reviews has received attention"
    for n in range(lines):
        sheet.text(left, top + 36 * n, words)
    return sheet


def test_standing_rules_bound_the_group_between_them():
    lines = [[box("Costs", 330, 20)], [box("Study", 90, 60), box("Euros", 330, 60), box("Year", 590, 60)]]
    walls = tuple(RulingLine(x, 10, 90) for x in (250, 450))
    for rules, names in (
        (walls, ["Study", "Costs Euros", "Year"]),
        ((), ["Costs / Study", "Costs / Euros", "Costs / Year"]),
    ):
        header = HeaderLines(lines, (20, 250, 450, 690), RulingLines((), rules), 24.0, groups=1)
        assert [column.name for column in header.columns()] == names


def test_borders_of_cells_below_a_group_are_no_rule_of_it():
    lines = [[box("Costs", 230, 20)], [box("Euros", 130, 60), box("Hours", 330, 60), box("Study", 490, 60)]]
    for ends in ((20, 249, 250, 450, 451, 600), (20, 440, 460, 600)):
        rules = tuple(RulingLine(52, a, b) for a, b in zip(ends[::2], ends[1::2], strict=True))
        header = HeaderLines(lines, (20, 250, 450, 600), RulingLines(rules, ()), 24.0, groups=1)
        assert [column.name for column in header.columns()] == ["Costs / Euros", "Costs / Hours", "Study"]


def box(text, x, y):
    return TextBox(text, x, y, x + 55, y + 24, 0.99)


def test_letters_and_numbers_around_a_sheet_without_lines_are_left_out():
    sheet = Sheet().row(20, "ABCD", [x + 40 for x in XS]).row(70, NAMES, XS)
    for n in range(4):
        sheet.text(20, 70 + 50 * n, str(n + 1))
    assert filled(sheet, 120).columns()[0] == NAMES


def test_a_table_between_lines_of_prose():
    sheet = prose(Sheet(900, 700), 10, 3).rules((150, 200, 360)).row(160, NAMES, XS)
    assert prose(filled(sheet, 210), 400, 5).columns()[0] == NAMES


def test_a_frame_bounds_the_table():
    sheet = Sheet(900, 800).row(60, ["Country", "Rate", "Rank", "Source"], XS)
    filled(sheet, 110)
    sheet.row(460, NAMES, XS)
    filled(sheet, 510)

    def read(picture, *, cancel=NEVER):
        whole = picture.height == sheet.image.height
        moved = [(line, [(x, y - 440) for x, y in line.corners]) for line in sheet.lines if line.corners[0][1] > 440]
        return (
            sheet.lines if whole else [OcrLine(line.text, tuple(corners), line.confidence) for line, corners in moved]
        )

    sheet.read = read
    names, template = sheet.columns(frame=(0, 440, 900, 800))
    assert names == NAMES
    assert all(450 < column.box[1] < 500 for column in template.columns)


@pytest.mark.parametrize("frame", [(5000, 5000, 6000, 6000), (100, 100, 100, 100)])
def test_a_frame_without_a_pixel_is_none(frame):
    assert filled(Sheet().row(60, NAMES, XS), 110).columns(frame=frame)[0] == NAMES


def test_columns_go_from_left_to_right():
    template = filled(Sheet().row(60, NAMES, XS), 110).columns()[1]
    assert all(a.box[0] < b.box[0] for a, b in pairwise(template.columns))
