from citegrid.core.project import Part, Project, SetCell, SetColumns, SetFields, apply
from citegrid.core.reference import Work, WorkKind
from citegrid.core.table import Cell, Column, Row, Status, Table, Verdict

WORK = Work(WorkKind.REFERENCE, "r1", "A Title")


def project() -> Project:
    columns = (Column("方法"), Column("结论"))
    return Project(table=Table(columns, (Row(WORK, (Cell("方法", "A", Status.SUPPORTED), Cell("结论"))),)))


def test_undo_is_the_inverse_edit():
    before = project()
    for edit in (
        SetFields((("query", "new"),), frozenset({Part.QUERY})),
        SetColumns((Column("结论"), Column("年份"))),
        SetCell("r1", Cell("方法", "B"), by_person=True),
    ):
        after, _, undo = apply(before, edit)
        assert after != before
        assert apply(after, undo)[0] == before


def test_a_change_of_columns_keeps_the_cells_that_stay():
    after, changed, _ = apply(project(), SetColumns((Column("结论"), Column("主要方法")), (("方法", "主要方法"),)))
    assert [(c.column, c.text) for c in after.table.rows[0].cells] == [("结论", ""), ("主要方法", "A")]
    assert Part.COLUMNS in changed.parts


def test_a_draft_lies_beside_what_a_person_accepted():
    accepted, _, _ = apply(
        project(), SetCell("r1", Cell("方法", "A", Status.SUPPORTED, verdict=Verdict.ACCEPTED), by_person=True)
    )
    after, _, _ = apply(accepted, SetCell("r1", Cell("方法", "new", Status.SUPPORTED)))
    cell = after.table.rows[0].cells[0]
    assert (cell.text, cell.draft, cell.verdict) == ("A", "new", Verdict.ACCEPTED)
