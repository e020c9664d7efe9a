"""What is no name of a column beside the names: titles, icons, signs, what stands below a list, numbers of columns."""

import numpy as np
import pytest

from citegrid.pipeline.table_image.enumerated import read_enumerated
from citegrid.pipeline.table_image.glyph_gaps import parted
from citegrid.pipeline.table_image.names_and_answers import has_no_header, is_number
from citegrid.pipeline.table_image.readings import (
    Heading,
    TableReading,
    of_ruled_rows,
    without_icons,
    without_title,
)
from citegrid.pipeline.table_image.text_boxes import TextBox


def _reading(*names, rows=()):
    return TableReading(tuple(Heading(name, (0, 0, 1, 1), 0.9) for name in names), rows)


def _names(reading):
    return [heading.name for heading in reading.headings]


@pytest.mark.parametrize(
    ("names", "left"),
    [(["T / A", "T / B / C"], ["A", "B / C"]), (["A", "T / B"], ["A", "T / B"]), (["A", "B"], ["A", "B"])],
)
def test_a_group_of_all_columns_is_the_title(names, left):
    assert _names(without_title(_reading(*names))) == left


@pytest.mark.parametrize(
    ("names", "left"),
    [
        (["Aa名称", "≡作者", "#年份", "★ Score"], ["名称", "作者", "年份", "Score"]),
        (["≥60", "≥70", "≥80"], ["≥60", "≥70", "≥80"]),
        (["≡作者", "年份", "期刊"], ["≡作者", "年份", "期刊"]),
        (["Gene", "Variant", "+"], ["Gene", "Variant"]),
    ],
)
def test_icons_before_names_and_the_sign_that_adds_a_column_are_left_out(names, left):
    assert _names(without_icons(_reading(*names))) == left


@pytest.mark.parametrize(("text", "number"), [("(1)", True), ("（2）", True), ("(n)", False), ("12 %", True)])
def test_a_number_may_stand_in_brackets(text, number):
    assert is_number(text) is number


def test_numbers_in_brackets_name_the_columns_of_models():
    assert not has_no_header(["Variables", "(3)", "(4)", "(5)", "(6)"])


def test_a_list_ends_at_what_is_none_of_its_lines():
    said = ["- Title", "- Venue", "- Dataset", "Ines 9:16", "great, thanks"]
    lines = [TextBox(text, 20, 30 * n, 220, 30 * n + 20, 0.9) for n, text in enumerate(said)]
    lines[3:] = [TextBox("Ines", 0, 130, 40, 150, 0.9), TextBox("9:16", 60, 130, 99, 150, 0.9), lines[4]]
    assert _names(next(read_enumerated(lines, 20)).reading) == ["Title", "Venue", "Dataset"]


@pytest.mark.parametrize(
    ("rows", "blank"),
    [([("[1]", ""), ("[2]", "")], 0.0), ([("[1]", "x"), ("[2]", "")], 0.25), ([("", "x"), ("", "")], 0.75)],
)
def test_rows_that_hold_only_what_each_is_about_are_those_of_a_template(rows, blank):
    assert of_ruled_rows(_reading("Paper", "Aim", rows=tuple(rows)))["ruled, blank"] == blank


@pytest.mark.parametrize(("ends", "texts"), [((50, 58), ["Number of", "Average"]), ((50, 80), ["Number of Average"])])
def test_a_text_is_parted_where_its_white_is_far_wider_than_between_its_words(ends, texts):
    picture = np.full((40, 200, 3), 255, np.uint8)
    first, second = ends
    for start, end in ((10, first), (second, 95), (115, 180)):
        picture[17:23, start:end] = 0
    assert [item.text for item in parted(picture, [TextBox("Number of Average", 8, 10, 182, 30, 0.9)])] == texts


@pytest.mark.parametrize(("others", "texts"), [(5, ["Year", "Question"]), (1, ["Year Question"])])
def test_the_white_of_two_words_is_compared_with_that_between_the_words_of_the_picture(others, texts):
    picture = np.full((90, 200, 3), 255, np.uint8)
    for y, start, end in ((20, 10, 50), (20, 64, 150), (60, 10, 50), (60, 55, 95), (60, 100, 140)):
        picture[y - 3 : y + 3, start:end] = 0
    two = TextBox("Year Question", 8, 10, 152, 30, 0.9)
    found = parted(picture, [two, *(TextBox("size of sample", 8, 50, 152, 70, 0.9 - n / 100) for n in range(others))])
    assert [item.text for item in found if item.cy < 40] == texts


@pytest.mark.parametrize(("text", "count"), [("文献方法对象", 3), ("论文（设计）", 1), ("F1 值与方法", 1)])
def test_wide_stops_and_words_among_wide_characters_bring_white_of_their_own(text, count):
    picture = np.full((40, 200, 3), 255, np.uint8)
    for n in range(6):
        start = 10 + 24 * n + 10 * (n // 2)
        picture[17:23, start : start + 21] = 0
    assert len(parted(picture, [TextBox(text, 8, 10, 176, 30, 0.9)])) == count
