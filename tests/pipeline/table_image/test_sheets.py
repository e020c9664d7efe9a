"""The window of a spreadsheet: its columns by the letters above them, its rows by the numbers at their left."""

import numpy as np
import pytest

from citegrid.pipeline.table_image.glyph_gaps import cut_at
from citegrid.pipeline.table_image.ruling_lines import RulingLine, RulingLines
from citegrid.pipeline.table_image.sheets import SheetFrame, sheet_edges, sheet_grid, to_the_edge
from citegrid.pipeline.table_image.text_boxes import TextBox


def _text(text, x0, y0, x1):
    return TextBox(text, x0, y0, x1, y0 + 20, 0.99)


FRAME = SheetFrame(
    [_text("A", 90, 10, 110), _text("B", 290, 10, 310), _text("C", 490, 10, 510)],
    [_text("1", 20, 40, 40), _text("2", 20, 70, 40)],
)


@pytest.mark.parametrize(
    ("drawn", "edges"),
    [((), [46, 154, 446, 554]), ((50, 160, 440, 556), [50, 160, 440, 560]), ((50, 250, 330), [50, 150, 450, 550])],
)
def test_a_column_ends_as_far_behind_its_letter_as_it_begins_before_it(drawn, edges):
    rules = RulingLines((), tuple(RulingLine(at, 0, 400) for at in drawn))
    assert sheet_edges(FRAME, rules, 20)[0] == edges


@pytest.mark.parametrize(
    ("drawn", "edges"),
    [((50, 150, 450), [50, 150, 450, 550]), ((50, 150), []), ((50, 150, 300, 450), [])],
)
def test_around_a_letter_that_was_overlooked_just_its_edges_must_be_drawn(drawn, edges):
    frame = SheetFrame([FRAME.letters[0], FRAME.letters[2]], FRAME.numbers)
    rules = RulingLines((), tuple(RulingLine(at, 0, 400) for at in drawn))
    assert sheet_edges(frame, rules, 20)[0] == edges


def test_the_edge_behind_an_overlooked_letter_is_told_by_those_drawn_further_on():
    letters = [_text(text, x - 10, 10, x + 10) for text, x in [("A", 100), ("C", 350), ("D", 475), ("F", 700)]]
    rules = RulingLines((), tuple(RulingLine(at, 0, 400) for at in (50, 150, 550, 775)))
    edges = sheet_edges(SheetFrame(letters, FRAME.numbers), rules, 20)[0]
    assert edges == [50, 150, 300, 400, 550, 625, 775]


@pytest.mark.parametrize(("ends", "edges"), [(620, (50, 554, 620)), (695, (50, 554))])
def test_a_column_whose_letter_is_beyond_the_picture_counts_where_its_name_is_seen_whole(ends, edges):
    assert tuple(to_the_edge((50, 554), [_text("Findings", 560, 40, ends)], 700, 20)) == edges


def test_the_number_of_a_row_is_no_part_of_the_text_beside_it():
    (item,) = FRAME.without([_text("1 Title", 22, 40, 160)])
    assert (item.text, item.x0) == ("Title", 40)
    assert FRAME.without([_text("3 D prints", 60, 40, 160)])[0].text == "3 D prints"


@pytest.mark.parametrize(
    ("groups", "names", "over"),
    [
        ([("Study", 180, 220), ("Year", 430, 470)], [50, 250], [(0, 2), (2, 3)]),
        ([("Study", 180, 220), ("Year", 430, 470)], [50, 250, 450], [(0, 1), (1, 2), (2, 3)]),
        ([("Study", 30, 70), ("Result", 230, 270)], [50, 250, 450], [(0, 1), (1, 2), (2, 3)]),
    ],
)
def test_names_in_the_middle_over_several_columns_are_groups_where_all_of_their_row_are(groups, names, over):
    items = [_text(text, x0, 35, x1) for text, x0, x1 in groups] + [_text("Name", x - 20, 65, x + 20) for x in names]
    grid = sheet_grid(items, (0, 100, 400, 500), (30, 60, 90), RulingLines((), ()))
    assert sorted((cell.left, cell.right) for cell in grid.cells if cell.top == 0) == over


def test_rows_end_between_their_numbers():
    rules = RulingLines((RulingLine(35, 0, 500), RulingLine(65, 0, 500)), ())
    assert sheet_edges(FRAME, rules, 20)[1] == [35, 65, 95]


def test_a_row_ends_where_a_rule_is_drawn_before_the_next_number_however_high_it_is():
    frame = SheetFrame(FRAME.letters, [_text("1", 20, 130, 40), _text("2", 20, 160, 40)])
    rules = RulingLines((RulingLine(35, 0, 500), RulingLine(155, 0, 500)), ())
    assert sheet_edges(frame, rules, 20)[1] == [35, 155, 185]


def test_rows_whose_numbers_were_overlooked_are_told_by_the_rules_if_these_are_all_drawn():
    frame = SheetFrame(FRAME.letters, [_text("3", 20, 100, 40), _text("5", 20, 160, 40)])
    rules = RulingLines(tuple(RulingLine(at, 0, 500) for at in (35, 36, 65, 95, 125, 155)), ())
    assert sheet_edges(frame, rules, 20)[1] == [35.5, 65, 95, 125, 155, 185]
    assert len(sheet_edges(frame, RulingLines(rules.horizontal[:4], ()), 20)[1]) == 3


def test_a_text_alone_over_several_columns_names_none_and_one_beside_others_has_a_cell_over_them():
    items = [_text("Papers of the spring term", 120, 40, 480)]
    assert [cell.text for cell in sheet_grid(items, (46, 154, 446, 554), (35, 65), RulingLines((), ())).cells] == [
        "",
        "",
        "",
    ]
    cells = sheet_grid([*items, _text("Year", 450, 40, 500)], (46, 154, 446, 554), (35, 65), RulingLines((), ())).cells
    assert [(cell.left, cell.right, cell.text) for cell in cells] == [(0, 3, "Papers of the spring term Year")]


@pytest.mark.parametrize(("edge", "texts"), [(72, ["Ye", "ar"]), (54, ["Year"])])
def test_a_text_is_cut_at_a_known_edge_where_there_is_any_white(edge, texts):
    picture = np.full((40, 120, 3), 255, np.uint8)
    for x in (20, 45, 76, 95):
        picture[17:23, x : x + 23] = 0
    picture[17:23, 68:76] = 255
    cut = cut_at(picture, [TextBox("Year", 18, 10, 118, 30, 0.99)], [edge], 20)
    assert [item.text for item in cut] == texts


def test_a_text_of_two_words_over_two_columns_is_cut_where_the_edge_is_and_not_between_them():
    picture = np.full((40, 220, 3), 255, np.uint8)
    for x0, x1 in ((20, 60), (68, 100), (108, 160)):
        for x in range(x0, x1, 6):
            picture[14:26, x : x + 4] = 0
    cut = cut_at(picture, [TextBox("Seen ByDone", 18, 10, 162, 30, 0.99)], [104], 20)
    assert [item.text for item in cut] == ["Seen By", "Done"]
