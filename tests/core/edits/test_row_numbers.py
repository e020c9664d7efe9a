"""A column that counts rows is right whatever is done to them."""

import pytest

from citegrid.core.edits import rows as edits
from citegrid.core.edits.row_numbers import counts_rows, numbered
from citegrid.core.project import Project, SetCell, SetColumns, apply, set_rows
from citegrid.core.reference import Work, WorkKind
from citegrid.core.table import Cell, Column, Row, Status, Table, Verdict

COLUMNS = (Column("序号"), Column("方法"))


def row(name: str) -> Row:
    return Row(
        Work(WorkKind.REFERENCE, name, name), (Cell("序号", status=Status.LINK), Cell("方法", "m", Status.SUPPORTED))
    )


def project(*names: str) -> Project:
    table = Table(COLUMNS)
    return apply(Project(table=table), set_rows(tuple(map(row, names)), table))[0]


def numbers(project: Project) -> dict[str, str]:
    return {r.work.id: r.cells[0].text for r in project.table.rows}


@pytest.mark.parametrize("name", ["序号", "No.", "#", "ID", "编号", "Ref. No.", "S/N", "Study ID", "no"])
def test_names_that_count(name: str) -> None:
    assert counts_rows(Column(name))


@pytest.mark.parametrize("name", ["Number of patients", "No effect", "序号与标题", "DOI", "Idea", "引用次数"])
def test_names_that_do_not(name: str) -> None:
    assert not counts_rows(Column(name))


def test_rows_are_counted_in_the_order_of_the_table() -> None:
    assert numbers(project("a", "b", "c")) == {"a": "1", "b": "2", "c": "3"}


def test_the_count_follows_what_is_done_to_rows() -> None:
    three = project("a", "b", "c")
    assert numbers(apply(three, edits.move(three, "c", 0))[0]) == {"c": "1", "a": "2", "b": "3"}
    assert numbers(apply(three, edits.drop(three, {"a"}))[0]) == {"b": "1", "c": "2"}
    assert numbers(apply(three, edits.add(three, row("d")))[0])["d"] == "4"


def test_undo_brings_the_old_count_back() -> None:
    three = project("a", "b", "c")
    moved, _, undo = apply(three, edits.move(three, "c", 0))
    assert apply(moved, undo)[0] == three


def test_a_column_that_is_added_or_renamed_counts_at_once() -> None:
    two = project("a", "b")
    added = apply(two, SetColumns((*COLUMNS, Column("No."))))[0]
    assert [r.cells[2].text for r in added.table.rows] == ["1", "2"]
    renamed = apply(two, SetColumns((Column("#"), COLUMNS[1]), (("序号", "#"),)))[0]
    assert [(r.cells[0].column, r.cells[0].text) for r in renamed.table.rows] == [("#", "1"), ("#", "2")]


def test_what_a_person_wrote_stays() -> None:
    mine = Cell("序号", "7a", Status.UNSUPPORTED, verdict=Verdict.EDITED)
    edited = apply(project("a", "b"), SetCell("a", mine, by_person=True))[0]
    assert numbers(edited) == {"a": "7a", "b": "2"}


def test_a_number_makes_no_claim() -> None:
    assert {r.cells[0].status for r in project("a", "b").table.rows} == {Status.LINK}


def test_a_table_without_such_a_column_is_the_same_table() -> None:
    table = Table((COLUMNS[1],), (Row(row("a").work, (Cell("方法", "m"),)),))
    assert numbered(table) is table
