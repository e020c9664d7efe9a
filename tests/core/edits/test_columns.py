"""Working on columns: each operation, and columns as one types them."""

from __future__ import annotations

import pytest

from citegrid.core.edits import columns as c
from citegrid.core.errors import UsageError
from citegrid.core.table import AnswerType, Cell, Column, Status, Template, Verdict

BOX = (10.0, 10.0, 110.0, 30.0)
FOUR = tuple(Column(name) for name in "ABCD")


def names(columns) -> str:
    return "".join(column.name for column in columns)


def test_adding_takes_a_free_name():
    made = c.added(c.added(FOUR, 1, Column("New")), 5, Column("New"))
    assert [x.name for x in made] == ["A", "New", "B", "C", "D", "New 2"]


@pytest.mark.parametrize(
    ("places", "by", "order"),
    [
        ([0], 1, "BACD"),
        ([3], -1, "ABDC"),
        ([0], -1, "ABCD"),
        ([3], 1, "ABCD"),
        ([1, 2], -1, "BCAD"),
        ([1, 2], 1, "ADBC"),
        ([0, 1], -1, "ABCD"),
        ([0, 2], -1, "ACBD"),
        ([2, 3], 1, "ABCD"),
    ],
)
def test_moving_keeps_the_order_of_the_moved_and_stops_at_the_ends(places, by, order):
    assert names(c.moved(FOUR, places, by)) == order


def test_renaming_ends_the_doubt_and_refuses_a_taken_name():
    made, renamed = c.renamed((Column("Metod", confidence=0.4), Column("B")), 0, " Method ")
    assert (made[0].name, made[0].confidence, renamed) == ("Method", 1.0, (("Metod", "Method"),))
    for name in ("B", " ", "B "):
        with pytest.raises(UsageError):
            c.renamed(made, 0, name)


def test_merging_takes_the_place_of_the_first_and_the_box_around_all():
    columns = (
        Column("A"),
        Column("B", "short", AnswerType.YEAR, BOX),
        Column("C"),
        Column("D", "", AnswerType.YEAR, (120, 5, 200, 40)),
    )
    made, renamed = c.merged(columns, [3, 1])
    assert [x.name for x in made] == ["A", "B / D", "C"]
    assert (made[1].box, made[1].answer_type, made[1].instruction) == ((10, 5, 200, 40), AnswerType.YEAR, "short")
    assert renamed == (("B", "B / D"), ("D", "B / D"))
    assert c.merged(columns, [1]) == (columns, ())


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("作者与年份", ("作者", "年份")),
        ("Authors and year", ("Authors", "year")),
        ("主要方法/理论/算法", ("主要方法", "理论/算法")),
        ("A, B, C and D", ("A, B", "C and D")),
        ("Brand", ("Brand", "")),
        ("/x", ("/x", "")),
    ],
)
def test_a_name_is_parted_at_its_middle_joint(name, parts):
    assert c.parts_of(name) == parts


def test_splitting_parts_name_and_box():
    made = c.split((Column("作者与年份", "short", box=BOX),), 0)
    assert [(x.name, x.box, x.instruction) for x in made] == [
        ("作者", (10, 10, 60, 30), "short"),
        ("年份", (60, 10, 110, 30), "short"),
    ]
    assert [x.name for x in c.split((Column("Brand"), Column("Brand 2")), 0)] == ["Brand", "Brand 3", "Brand 2"]
    tall = c.split((Column("A/B", box=(0, 0, 10, 40)),), 0)
    assert [x.box for x in tall] == [(0, 0, 10, 20), (0, 20, 10, 40)]


def test_merged_cells_are_as_sure_as_the_least_sure():
    one = Cell("A", "x", Status.SUPPORTED, searched=(2,))
    doubt = Cell("B", "y", Status.UNSUPPORTED, reason="why", searched=(1, 2))
    made = c.merge_cells("A / B", [one, doubt])
    assert (made.text, made.status, made.reason, made.searched) == ("x; y", Status.UNSUPPORTED, "why", (1, 2))
    assert c.merge_cells("M", [one, Cell("B", status=Status.NOT_STATED)]).status is Status.SUPPORTED
    assert c.merge_cells("M", [one, Cell("B")]) == Cell("M")
    kept = c.merge_cells("M", [Cell("A", "mine", Status.SUPPORTED, verdict=Verdict.EDITED), Cell("B")])
    assert (kept.text, kept.verdict) == ("mine", Verdict.EDITED)
    silent = c.merge_cells("M", [Cell("A", status=Status.NOT_STATED, reason="r"), Cell("B", status=Status.NOT_STATED)])
    assert (silent.column, silent.status, silent.reason) == ("M", Status.NOT_STATED, "r")


def test_example_rows_are_offered_and_follow_their_column():
    template = Template(
        (Column("Year"), Column("Sample"), Column("Note")),
        (("2020", "12", ""), ("2021", "12", "x" * 90), ("", "40", "")),
    )
    assert c.hints_of(template, 1) == ("12", "40")
    assert c.hints_of(template, 2) == ()
    moved = c.corrected(template, (Column("N"), Column("New"), Column("Year")), (("Sample", "N"),))
    assert moved.rows[0] == ("12", "", "2020")
    merged = c.corrected(template, (Column("M"), Column("Note")), (("Year", "M"), ("Sample", "M")))
    assert [row[0] for row in merged.rows] == ["2020 12", "2021 12", "40"]


def test_another_picture_keeps_what_was_asked_under_the_same_name():
    made = c.keep_wishes((Column("A", box=BOX), Column("B")), (Column("A", "in cm", AnswerType.NUMBER),))
    assert made == (Column("A", "in cm", AnswerType.NUMBER, BOX), Column("B"))


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("Title", Column("Title")),
        (" n = 5: a ", Column("n = 5: a")),
        ("Year :: year", Column("Year", "", AnswerType.YEAR)),
        ("N :: Number :: only adults", Column("N", "only adults", AnswerType.NUMBER)),
        ("样本量 :: 数值 :: 仅成人", Column("样本量", "仅成人", AnswerType.NUMBER)),
        ("N::only adults", Column("N", "only adults")),
        ("N :: a :: b", Column("N", "a :: b")),
        ("N ::", Column("N")),
    ],
)
def test_a_typed_column(text, column):
    assert c.column_of(text) == column


@pytest.mark.parametrize(
    "column",
    [
        Column("A"),
        Column("A", "do it"),
        Column("A", "", AnswerType.YES_NO),
        Column("A", "year"),
        Column("A", "年份"),
        Column("A", "x", AnswerType.LIST),
    ],
)
def test_what_is_shown_as_text_is_read_back(column):
    assert c.column_of(c.text_of(column)) == column


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A\nB\n\nC", "A+B+C"),
        ("A|B| C ", "A+B+C"),
        ("A\tB\tC\r\n", "A+B+C"),
        ("文献名称、作者，年份", "文献名称+作者+年份"),
        ("Authors, year\nMethod", "Authors, year+Method"),
        ("N :: number :: mean, not median", "N"),
        ("  ", ""),
    ],
)
def test_typed_columns_are_parted_as_people_part_them(text, expected):
    assert "+".join(x.name for x in c.columns_of(text)) == expected


def test_a_corrected_name_is_told_from_another_set_of_columns():
    assert c.renames(FOUR, (Column("A"), Column("X"), Column("C"), Column("D"))) == (("B", "X"),)
    assert c.renames(FOUR, (Column("B"), Column("A"), Column("C"), Column("D"))) == ()
    assert c.renames(FOUR, FOUR[:2]) == ()
