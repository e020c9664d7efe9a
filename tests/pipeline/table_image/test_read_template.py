"""Columns without an OCR engine: a reader that sees what was drawn; what is tested is the structure."""

import pytest
from tests.doubles.drawn_sheet import Sheet

from citegrid.core.messages import say
from citegrid.core.table import AnswerType
from citegrid.pipeline.table_image.bordered import Grid, GridCell, headed
from citegrid.pipeline.table_image.enumerated import read_enumerated
from citegrid.pipeline.table_image.glyph_gaps import GlyphRun, part_at
from citegrid.pipeline.table_image.look_alikes import spelled, without_specks
from citegrid.pipeline.table_image.names_and_answers import answer_type, is_attribute
from citegrid.pipeline.table_image.read_template import NO_HEADER, NO_TABLE, NO_TEXT, READING
from citegrid.pipeline.table_image.readings import (
    NOTHING,
    Heading,
    TableCandidate,
    TableReading,
    Way,
    choose,
    without_icons,
    without_row_numbers,
)
from citegrid.pipeline.table_image.ruling_lines import Connected
from citegrid.pipeline.table_image.sheets import find_sheet_frame
from citegrid.pipeline.table_image.text_boxes import TextBox, cell_text, join
from citegrid.ports import NEVER, OcrLine


def test_text_joined_across_a_rule_is_parted():
    sheet = Sheet().grid((50, 250, 450, 650), (50, 110, 170, 230))
    sheet.text(100, 65, "方法结论", [(100, "方法"), (320, "结论")]).text(500, 65, "年份")
    assert sheet.columns()[0] == ["方法", "结论", "年份"]


def test_text_joined_across_white_space_is_parted():
    sheet = Sheet()
    sheet.text(60, 40, "Method Sample size", [(60, "Method"), (200, "Sample size")]).text(420, 40, "Year")
    for y in (100, 160, 220):
        sheet.text(60, y, "Survey").text(200, y, "120").text(420, y, "2019")
    names, template = sheet.columns()
    assert names == ["Method", "Sample size", "Year"]
    assert template.rows == (("Survey", "120", "2019"),) * 3
    assert [c.answer_type for c in template.columns] == [AnswerType.TEXT, AnswerType.NUMBER, AnswerType.YEAR]


def test_lines_of_one_cell_are_one_row_where_rows_stand_further_apart():
    sheet = Sheet()
    sheet.text(60, 40, "Study").text(300, 40, "Method").text(560, 40, "Result")
    for y in (110, 220):
        sheet.text(60, y + 16, "Smith").text(300, y, "a long text").text(300, y + 32, "of two lines").text(
            560, y + 16, "good"
        )
    assert sheet.columns()[1].rows == (("Smith", "a long text of two lines", "good"),) * 2


@pytest.mark.parametrize("filled", [False, True])
def test_a_form_gives_the_names_at_its_left(filled):
    names = ["文献名称", "主要方法", "研究结论", "不足之处"]
    sheet = Sheet().grid((50, 300, 800), (50, 110, 170, 230, 290))
    for i, name in enumerate(names):
        sheet.text(80, 65 + 60 * i, name)
        if filled:
            sheet.text(330, 65 + 60 * i, f"示例{i}")
    found, template = sheet.columns()
    assert found == names
    assert template.rows == ((("示例0", "示例1", "示例2", "示例3"),) if filled else ())


def test_a_table_of_two_columns_is_no_form():
    sheet = Sheet().grid((50, 300, 800), (50, 110, 170, 230, 290))
    for i, (a, b) in enumerate([("方案", "内容"), ("甲", "深度学习"), ("乙", "问卷调查"), ("丙", "回归")]):
        sheet.text(80, 65 + 60 * i, a).text(330, 65 + 60 * i, b)
    assert sheet.columns()[0] == ["方案", "内容"]


def test_a_spreadsheet_shows_letters_and_numbers_that_are_no_names():
    sheet = Sheet().grid((20, 60, 300, 540, 800), (20, 70, 120, 170, 220))
    for x, letter in zip((180, 420, 670), "ABC", strict=True):
        sheet.text(x, 30, letter)
    for i in range(3):
        sheet.text(33, 80 + 50 * i, str(i + 1))
    for i, row in enumerate([("Study", "Method", "Year"), ("Smith", "Survey", "2019"), ("Doe", "Trial", "2020")]):
        for x, text in zip((80, 320, 560), row, strict=True):
            sheet.text(x, 80 + 50 * i, text)
    names, template = sheet.columns()
    assert names == ["Study", "Method", "Year"]
    assert template.rows == (("Smith", "Survey", "2019"), ("Doe", "Trial", "2020"))


def test_the_letters_of_a_spreadsheet_of_which_one_is_misread_and_one_hidden():
    sheet = Sheet().grid((20, 60, 240, 420, 600, 780), (20, 70, 120, 170, 220))
    for x, letter in zip((140, 330, 690), "A8D", strict=True):
        sheet.text(x, 30, letter)
    for i, row in enumerate(
        [("Study", "Method", "Country", "Year"), ("Smith", "Survey", "Chile", "2019"), ("Doe", "Trial", "", "2020")]
    ):
        sheet.text(33, 80 + 50 * i, str(i + 1))
        for x, text in zip((80, 260, 440, 620), row, strict=True):
            sheet.text(x, 80 + 50 * i, text)
    assert sheet.columns()[0] == ["Study", "Method", "Country", "Year"]


@pytest.mark.parametrize(
    ("numbers", "kept"),
    [
        (("1", "2", "3"), False),
        (("7", "", "9", "10"), False),
        (("1", "2", "E", "4", "5"), False),
        (("2000", "2001", "2002"), True),
        (("4", "3", "5"), True),
    ],
)
def test_numbers_that_a_program_counts_rows_with_are_no_column(numbers, kept):
    rows = tuple((number, "Smith", "2019") for number in numbers[1:])
    reading = TableReading(tuple(Heading(name, (0, 0, 9, 9), 0.9) for name in (numbers[0], "Author", "Year")), rows)
    found = without_row_numbers(reading)
    assert found == reading if kept else found.rows == tuple(row[1:] for row in rows) and len(found.headings) == 2


@pytest.mark.parametrize(
    ("read", "names"),
    [
        (["三 Title", "三 Method", "三Year", "三", "Aim"], ["Title", "Method", "Year", "Aim"]),
        (["文 Title", "三 Method", "三Year"], ["文 Title", "三 Method", "三Year"]),
        (["研究方法", "研究对象", "研究内容"], ["研究方法", "研究对象", "研究内容"]),
        (["第 1 篇", "第 2 篇", "第 3 篇"], ["第 1 篇", "第 2 篇", "第 3 篇"]),
    ],
)
def test_icons_that_a_program_shows_before_names(read, names):
    reading = without_icons(TableReading(tuple(Heading(name, (0, 0, 9, 9), 0.9) for name in read), (tuple(read),)))
    assert [heading.name for heading in reading.headings] == names
    assert len(reading.rows[0]) == len(names)


@pytest.mark.parametrize("ruled", [True, False], ids=["ruled", "rows"])
def test_of_a_cell_that_a_diagonal_halves_the_lower_left_names_the_column(ruled):
    sheet = (
        Sheet().grid((40, 240, 440, 640), (40, 120, 180, 240))
        if ruled
        else Sheet().rules((40, 120, 180, 240), right=640)
    )
    sheet.text(170, 45, "内容").text(50, 88, "文献").text(300, 65, "方法").text(500, 65, "结论")
    assert sheet.text(50, 140, "甲").text(300, 140, "问卷").text(500, 140, "有效").columns()[0] == [
        "文献",
        "方法",
        "结论",
    ]


@pytest.mark.parametrize(
    ("read", "written"),
    [
        ("温度(C)", "温度(℃)"),
        ("Macro Fl", "Macro F1"),
        ("Effect size (95% Cl)", "Effect size (95% CI)"),
        ("Cl", "Cl"),
        ("loU", "IoU"),
        ("HO rejected?", "H0 rejected?"),
        ("Revenues (Smil)", "Revenues ($mil)"),
        ("lmpact of lndustry", "Impact of Industry"),
        ("Fl值", "F1值"),
        ("ROI", "ROI"),
        ("(5) Model, 11", "(5) Model, 11"),
        ("If so", "If so"),
        ("SI No", "Sl No"),
        ("YEAR OF PUBLI SHING", "YEAR OF PUBLISHING"),
        ("Populatio n", "Population"),
        ("a long data set", "a long data set"),
    ],
)
def test_letters_that_look_alike_are_told_by_the_words_they_make(read, written):
    assert spelled(read) == written


@pytest.mark.parametrize(
    "texts",
    [
        ["1. 研究问题", "2. 主要方法", "3. 数据来源：样本与变量"],
        ["• 研究问题", "• 主要方法", "• 数据来源"],
        ["（1）研究问题", "（2）主要方法", "（3）数据来源"],
        ["研究问题", "主要方法", "数据来源"],
        ["请按以下各项整理：（1）研究问题；", "（2）主要方法；（3）数据来源。"],
        ["表格的列：研究问题、主要方法、数据来源。"],
        ["■大家整理成表格，列如下：", "1. 研究问题", "2. 主要方法", "3. 数据来源"],
    ],
)
def test_a_list_of_attributes_without_a_table(texts):
    sheet = Sheet()
    for i, text in enumerate(texts):
        sheet.text(60, 40 + 45 * i, text)
    assert sheet.columns()[0] == ["研究问题", "主要方法", "数据来源"]


def test_what_stands_below_a_bulleted_list_is_none_of_its_entries():
    sheet = Sheet().text(60, 40, "表头用下面几列：")
    for i, name in enumerate(["研究问题", "主要方法", "数据来源"]):
        sheet.text(90, 70 + 30 * i, f"• {name}")
    assert sheet.text(40, 160, "周五之前发给我").text(40, 190, "好的").columns()[0] == [
        "研究问题",
        "主要方法",
        "数据来源",
    ]


@pytest.mark.parametrize(
    ("lines", "ways"),
    [
        (["1. 甲法", "2. 乙法", "3. 丙法", "周五给我"], {Way.MARKED_LIST}),
        (["1. 甲法 2. 乙法", "3. 丙法，周五给我"], {Way.NUMBERED_PARAGRAPH}),
    ],
)
def test_a_paragraph_with_numbers_is_none_where_each_begins_a_line(lines, ways):
    items = [TextBox(text, 20, 30 * i, 200, 30 * i + 20, 0.9) for i, text in enumerate(lines)]
    assert {found.way for found in read_enumerated(items, 20)} == ways


@pytest.mark.parametrize(("numbers", "shown"), [("123", False), ("1", True)])
def test_what_a_program_shows_above_a_sheet_is_left_out(numbers, shown):
    menus = [TextBox(text, x, 0, x + 60, 20, 0.9) for text, x in (("File", 20), ("Home", 120), ("Data", 220))]
    letters = [TextBox(text, x, 40, x + 12, 60, 0.9) for text, x in (("A", 100), ("B", 300), ("C", 500))]
    beside = [TextBox(text, 10, 80 + 30 * i, 22, 100 + 30 * i, 0.9) for i, text in enumerate(numbers)]
    names = [TextBox(text, x, 80, x + 80, 100, 0.9) for text, x in (("Study", 80), ("Aim", 280), ("Place", 480))]
    left = find_sheet_frame((seen := [*menus, *letters, *beside, *names]), 20).without(seen)
    assert list(left) == [*(menus if shown else []), *names]


@pytest.mark.parametrize(("xs", "heads"), [((50, 250, 450), True), ((50, 250), False), ((50, 150, 450), False)])
def test_a_line_above_a_ruled_table_heads_it_with_a_name_over_each_column(xs, heads):
    names = [TextBox("Name", x, 70, x + 60, 90, 0.9) for x in xs]
    value = TextBox("OAI", 50, 110, 90, 130, 0.9)
    grid = Grid((40, 240, 440, 640), (100, 150), tuple(GridCell(0, 1, n, n + 1, (value,)) for n in range(3)))
    found = headed(grid, [*names, value], 20)
    assert [[cell.text for cell in one.row(0)] for one in found] == ([["Name"] * 3] if heads else [])
    assert [one.rows for one in found] == ([2] if heads else [])


@pytest.mark.parametrize(
    ("read", "name"),
    [
        (". Input features used", "Input features used"),
        ("Input. features", "Input features"),
        ("No. of samples", "No. of samples"),
        ("Corr. coefficient", "Corr. coefficient"),
        ("Duration (weeks).", "Duration (weeks)"),
        ("DP &. variants", "DP & variants"),
        ("Smith et al.", "Smith et al."),
    ],
)
def test_specks_that_are_read_as_stops_are_no_part_of_a_name(read, name):
    assert without_specks(read) == name


def test_an_entry_of_a_list_is_not_read_again_with_its_number():
    sheet = Sheet()
    for i, name in enumerate(["研究问题", "主要方法", "数据来源"]):
        sheet.text(60, 40 + 45 * i, f"{i + 1}. {name}", sure=0.7)
    first = sheet.lines[0]
    sheet.read = lambda picture, *, cancel=NEVER: (
        sheet.lines if picture.width == sheet.image.width else [OcrLine("1. 研究问题", first.corners, 1.0)]
    )
    assert sheet.columns()[0] == ["研究问题", "主要方法", "数据来源"]


def test_prose_and_nothing_are_no_table():
    sheet = Sheet()
    for i, text in enumerate(
        [
            "This is a paragraph of prose that goes on for a",
            "few lines [3] and cites works [35], as papers do,",
            "without any list or table in it at all.",
        ]
    ):
        sheet.text(60, 40 + 45 * i, text)
    names, template = sheet.columns()
    assert names == [] and template.warnings == (NO_TABLE,)
    assert Sheet().columns()[1].warnings == (NO_TEXT,)


def test_a_grid_without_text_says_so():
    assert Sheet().grid((50, 250, 450), (50, 150, 250)).columns()[1].warnings == (NO_TEXT,)


def test_a_table_without_a_header_says_so():
    sheet = Sheet().grid((50, 250, 450, 650), (50, 110, 170))
    for y in (65, 125):
        sheet.text(100, y, "Smith").text(300, y, "93.1").text(500, y, "1024")
    names, template = sheet.columns()
    assert names == [] and template.warnings == (NO_HEADER,)


def test_numbers_that_count_up_may_be_names():
    sheet = Sheet().grid((50, 250, 450, 650), (50, 110, 170))
    for x, name in zip((100, 300, 500), ("Experiment", "4", "5"), strict=True):
        sheet.text(x, 65, name).text(x, 125, "12.5")
    assert sheet.columns()[0] == ["Experiment", "4", "5"]


def test_years_may_be_names():
    sheet = Sheet().grid((50, 250, 450, 650), (50, 110, 170))
    for x, name in zip((100, 300, 500), ("Country", "2019", "2020"), strict=True):
        sheet.text(x, 65, name).text(x, 125, "12.5")
    assert sheet.columns()[0] == ["Country", "2019", "2020"]


def test_a_cell_the_reader_missed_is_read_from_its_crop():
    sheet = Sheet().grid((50, 250, 450, 650), (50, 110, 170))
    sheet.text(100, 65, "方法").text(500, 65, "年份").text(300, 65, "结论")
    missed = sheet.lines.pop()

    def read(picture, *, cancel=NEVER):
        whole = picture.width == sheet.image.width
        return sheet.lines if whole else [missed] if picture.height < 200 else []

    sheet.read = read
    assert sheet.columns()[0] == ["方法", "结论", "年份"]


def test_how_lines_of_a_cell_are_joined():
    assert join(["研究", "方法"]) == "研究方法"
    assert join(["Sample", "size"]) == "Sample size"
    assert join(["Limi-", "tations"]) == "Limitations"
    assert join(["温度(°℃)"]) == "温度(℃)"
    assert join(["lD of lEEE", "BuiltIn", "kiln"]) == "ID of IEEE BuiltIn kiln"
    assert cell_text([TextBox("工作（作者，年份", 0, 0, 99, 20, 1.0)]) == "工作（作者，年份）"


def test_what_is_an_attribute():
    assert all(map(is_attribute, ["主要方法", "Sample size", "数据集 Dataset", "不足之处", "Research question"]))
    assert not any(map(is_attribute, ["深度学习", "Smith et al.", "2019", "显著提高", "", "Transformer", "Paper 1"]))


def test_the_form_of_examples():
    assert answer_type(["2019", "2020 年", ""]) is AnswerType.YEAR
    assert answer_type(["93.1%", "< 0.05", "1,024"]) is AnswerType.NUMBER
    assert answer_type(["是", "否"]) is AnswerType.YES_NO
    assert answer_type(["甲、乙", "丙；丁"]) is AnswerType.LIST
    assert answer_type(["深度学习", "2019"]) is AnswerType.TEXT
    assert answer_type(["2019"]) is AnswerType.TEXT


def test_words_set_letter_by_letter_are_parted_without_a_fault():
    """As many letters as runs of letters, in words of several: the width of each letter is asked, not of a word."""
    item = TextBox("AB CD", 0.0, 0.0, 200.0, 20.0, 0.9)
    runs = {item: tuple(GlyphRun(x, x + 10.0) for x in (0.0, 40.0, 120.0, 160.0))}
    assert [part.text for part in part_at([item], runs, [85.0], 20.0)] == ["AB", "CD"]


def reading(names, rows=(), blanks=()):
    box = (0.0, 0.0, 1.0, 1.0)
    return TableReading(tuple(Heading(name, box, 1.0) for name in names), tuple(rows), tuple(blanks))


NAMES = ["Study", "Method", "Year"]
ROWS = [("Smith", "Survey", "2019"), ("Doe", "Trial", "2020")]
HEADER = {"named": 1.0, "filled": 1.0, "gap within": 0.0}


def bordered(names, text, rows=()):
    return TableCandidate(reading(names, rows), Way.BORDERED, text)


def borderless(names, rows=(), **features):
    return TableCandidate(reading(names, rows), Way.BORDERLESS, features=HEADER | features)


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        (bordered(NAMES, 0.9, ROWS), borderless(NAMES, ROWS)),
        (bordered(NAMES, 0.9, ROWS), bordered(NAMES, 0.1, ROWS)),
        (borderless(NAMES, ROWS), borderless(ROWS[0], ROWS[1:])),
        (borderless(NAMES, ROWS), borderless(NAMES[:2], [row[:2] for row in ROWS])),
        (borderless(NAMES, ROWS), borderless(NAMES, ROWS, **{"lone first line": 1.0})),
        (borderless(NAMES, ROWS), borderless(NAMES, ROWS, **{"sticking out": 1.0})),
        (borderless(NAMES, ROWS), borderless(NAMES, ROWS, **{"raised columns": 1.0})),
    ],
)
def test_what_more_speaks_for_is_chosen(better, worse):
    assert choose([worse, better]) is better.reading
    assert choose([better, worse]) is better.reading


def test_without_candidates_nothing_is_chosen_and_of_equals_the_first():
    assert choose([]) is NOTHING
    first, second = (borderless(NAMES, ROWS) for _ in range(2))
    assert choose([first, second]) is first.reading


def test_groups_keep_the_order_of_their_things():
    connected = Connected("abcde")
    connected.connect("d", "b")
    connected.connect("e", "d")
    assert connected.groups() == [["a"], ["b", "d", "e"], ["c"]]


def test_warnings_have_their_chinese():
    assert all(say(warning, "zh") != warning for warning in (NO_TEXT, NO_TABLE, NO_HEADER, READING))
