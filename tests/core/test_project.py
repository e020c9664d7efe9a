from citegrid.core.project import Part, Project, SetCell, SetColumns, SetFields, Several, apply, fit_rows
from citegrid.core.reference import Work, WorkKind
from citegrid.core.table import AnswerType, Cell, Column, Row, Status, Table, Verdict

WORK = Work(WorkKind.REFERENCE, "r1", "A Title")


def project() -> Project:
    columns = (Column("方法"), Column("结论"))
    return Project(table=Table(columns, (Row(WORK, (Cell("方法", "A", Status.SUPPORTED), Cell("结论"))),)))


def test_undo_is_the_inverse_edit():
    before = project()
    for edit in (
        SetFields((("query", "new"),), frozenset({Part.QUERY})),
        SetColumns((Column("结论"), Column("年份"))),
        SetColumns((Column("结论"), Column("主要方法")), (("方法", "主要方法"),)),
        SetColumns((Column("方法 / 结论"),), (("方法", "方法 / 结论"), ("结论", "方法 / 结论"))),
        SetColumns((Column("方法", "只写名称"), Column("结论"))),
        SetColumns((Column("结论"), Column("方法")), (("方法", "结论"), ("结论", "方法"))),
        SetCell("r1", Cell("方法", "B"), by_person=True),
        Several((SetColumns((Column("年份"),)), SetFields((("query", "new"),), frozenset({Part.QUERY})))),
    ):
        after, _, undo = apply(before, edit)
        assert after != before
        undone, _, redo = apply(after, undo)
        assert undone == before
        assert apply(undone, redo)[0] == after


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


def test_undoing_columns_keeps_what_was_answered_since():
    after, _, undo = apply(project(), SetColumns((Column("方法"), Column("结论"), Column("年份"))))
    answered, _, _ = apply(after, SetCell("r1", Cell("结论", "C", Status.SUPPORTED)))
    cells = apply(answered, undo)[0].table.rows[0].cells
    assert [(c.column, c.text) for c in cells] == [("方法", "A"), ("结论", "C")]


def test_a_column_that_asks_something_else_is_asked_again_unless_a_person_decided():
    changed = SetColumns((Column("方法", "", AnswerType.LIST), Column("结论")))
    cell = apply(project(), changed)[0].table.rows[0].cells[0]
    assert cell == Cell("方法")
    accepted = Cell("方法", "A", Status.SUPPORTED, verdict=Verdict.ACCEPTED)
    decided, _, _ = apply(project(), SetCell("r1", accepted, by_person=True))
    assert apply(decided, changed)[0].table.rows[0].cells[0] == accepted


def test_a_name_taken_over_from_a_removed_column_brings_its_own_cell():
    after, _, _ = apply(project(), SetColumns((Column("结论"),), (("方法", "结论"),)))
    assert after.table.rows[0].cells == (Cell("结论", "A", Status.SUPPORTED),)


def test_rows_are_fitted_to_the_columns_of_now():
    rows = fit_rows(project().table.rows, (Column("年份"), Column("方法")))
    assert [(c.column, c.text) for c in rows[0].cells] == [("年份", ""), ("方法", "A")]
