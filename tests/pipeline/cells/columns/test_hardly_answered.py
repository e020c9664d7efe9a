"""A column that hardly a row answers is named once."""

import pytest

from citegrid.core.messages import say
from citegrid.core.reference import Work, WorkKind
from citegrid.core.table import Cell, Column, Row, Status, Table
from citegrid.pipeline.cells.columns.hardly_answered import hardly_answered


def table(name: str, answered: set[int], of: int, status: Status = Status.SUPPORTED) -> Table:
    def cell(number: int) -> Cell:
        return Cell(name, "yes", status) if number in answered else Cell(name, status=Status.NOT_STATED)

    rows = (Row(Work(WorkKind.REFERENCE, f"r{n}", "T"), (cell(n),)) for n in range(1, of + 1))
    return Table((Column(name),), tuple(rows))


@pytest.mark.parametrize(
    ("answered", "of", "said"),
    [
        (set(), 5, "“Funding” was found for no row: look in the papers, or leave the column out"),
        ({3}, 5, "“Funding” was found for no other row than 3: look in the papers, or leave the column out"),
        ({3, 7}, 10, "“Funding” was found for no other row than 3, 7: look in the papers, or leave the column out"),
        ({1, 2, 3}, 10, None),
        ({1}, 4, None),
        (set(), 3, None),
    ],
)
def test_a_column_that_few_rows_answer_says_so_once(answered: set[int], of: int, said: str | None) -> None:
    found = [say(one, "en") for one in hardly_answered(table("Funding", answered, of))]
    assert found == ([said] if said else [])


def test_it_is_said_in_chinese() -> None:
    (found,) = hardly_answered(table("资助", {2}, 6))
    assert say(found, "zh") == "只在第2行找到“资助”：请到论文中查看，或去掉该列"


@pytest.mark.parametrize("name", ["通讯作者", "序号", "DOI"])
def test_columns_of_entries_are_not_meant(name: str) -> None:
    assert hardly_answered(table(name, set(), 8)) == ()


def test_a_table_that_is_not_filled_says_nothing() -> None:
    waiting = table("Funding", set(range(1, 9)), 8, Status.WAITING)
    assert hardly_answered(waiting) == ()
