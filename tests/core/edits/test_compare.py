"""Two tables side by side: only what a reader would see otherwise is a difference."""

from dataclasses import replace

from citegrid.core.edits.compare import differences
from citegrid.core.evidence import Evidence, Match, SourceKind
from citegrid.core.reference import Work, WorkKind
from citegrid.core.table import Cell, Column, Row, Status, Table

QUOTE = Evidence(SourceKind.DOCUMENT, "paper.pdf", "Geese fly in a wedge.", Match.EXACT, 3)
PAPER = Row(Work(WorkKind.PAPER, "paper", "Our title"), (Cell("Result", "A wedge", Status.SUPPORTED, (QUOTE,)),))
GEESE = Row(Work(WorkKind.REFERENCE, "r1", "How geese fly"), (Cell("Result", status=Status.NOT_STATED, reason="no"),))
TABLE = Table((Column("Result"),), (PAPER, GEESE))


def _with(cell, row=GEESE):
    changed = replace(row, cells=(cell,))
    return replace(TABLE, rows=tuple(changed if r is row else r for r in TABLE.rows))


def test_a_table_does_not_differ_from_itself_read_with_other_ids_and_reasons():
    again = replace(
        GEESE, work=replace(GEESE.work, id="r7", title="How Geese fly."), cells=(replace(GEESE.cells[0], reason="x"),)
    )
    assert (
        differences(TABLE, replace(TABLE, rows=(replace(PAPER, work=replace(PAPER.work, title="Ours")), again))) == ()
    )


def test_another_text_status_or_page_is_a_difference():
    for other in (
        Cell("Result", "A line", Status.SUPPORTED, (QUOTE,)),
        Cell("Result", "A wedge", Status.UNSUPPORTED, (QUOTE,)),
        Cell("Result", "A wedge", Status.SUPPORTED, (replace(QUOTE, page=4),)),
    ):
        (found,) = differences(TABLE, _with(other, PAPER))
        assert (found.work.id, found.column) == ("paper", "Result")
        assert found.first == PAPER.cells[0] and found.second == other


def test_rows_and_columns_that_one_table_lacks_are_differences():
    short = replace(TABLE, rows=(PAPER,))
    (gone,) = differences(TABLE, short)
    (new,) = differences(short, TABLE)
    assert gone.second is None and new.first is None and gone.work == new.work
    more = replace(PAPER, cells=(*PAPER.cells, Cell("Method", "Eyes")))
    assert [d.column for d in differences(short, replace(short, rows=(more,)))] == ["Method"]
