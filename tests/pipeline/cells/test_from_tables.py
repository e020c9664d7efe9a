"""A value of a table of the paper as a cell, proved by its own words, its row's and its column's."""

from __future__ import annotations

import re

from tests.doubles.engines import FakeModel, ToldEncoder
from tests.papers import document, reference

from citegrid.core.document import BlockKind, Document, Span
from citegrid.core.paper import Paper
from citegrid.core.reference import Mention, Work, WorkKind
from citegrid.core.table import Cell, Column, Row, Status
from citegrid.pipeline.cells.context import RunContext
from citegrid.pipeline.cells.fill_row import fill_row
from citegrid.pipeline.cells.selection.query import read_request

CAPTION = (BlockKind.CAPTION, "Table 2. Results on the test set.")
ROWS = """\
Model                  BLEU      F1 (%)
Gao et al. (2023)      28.4      71.0
Menick et al. (2022)   30.1      69.5
Ours                   33.9      74.2"""
WORK = Work(WorkKind.REFERENCE, "gao", "Enabling", ("Gao, Tianyu",), 2023)


def cell_of(doc: Document, column: str, work: Work = WORK) -> Cell:
    text, name = doc.page(1).text, "Gao et al. (2023)"
    places = [Span(1, found.start(), found.end()) for found in re.finditer(re.escape(name), text)]
    mentions = [Mention(1, name, (), (place,), name, (place,)) for place in places]
    gao = reference("gao", mentions, title="Enabling", year=2023)
    papers = (Paper(doc, (gao,)),)
    context = RunContext(papers, read_request("", language="en"), FakeModel(), encoder=ToldEncoder({}))
    (cell,) = fill_row(context, Row(work, (Cell(column),)), [Column(column)])
    return cell


def test_the_value_where_the_works_row_meets_the_column() -> None:
    cell = cell_of(document([CAPTION, ROWS], title="Our paper"), "BLEU")
    assert (cell.status, cell.text) == (Status.SUPPORTED, "28.4")
    assert [e.quote for e in cell.evidence] == ["28.4", "Gao et al. (2023)", "BLEU", "Table 2."]
    assert all(e.boxes and e.page == 1 and not e.first_hand for e in cell.evidence)


def test_the_papers_own_row_and_a_column_with_its_unit() -> None:
    doc = document([CAPTION, ROWS], title="Our paper")
    own = Work(WorkKind.PAPER, Paper(doc, ()).own_id, "Our paper")
    cell = cell_of(doc, "F1", own)
    assert (cell.text, [e.first_hand for e in cell.evidence]) == ("74.2", [True] * 4)


def test_a_table_that_is_turned_has_works_above_and_columns_beside() -> None:
    turned = "Measure     Gao et al. (2023)     Ours\nBLEU        28.4                  33.9\nF1          71.0                  74.2"
    assert cell_of(document([CAPTION, turned], title="Our paper"), "F1").text == "71.0"


def test_two_tables_that_say_different_things_say_nothing() -> None:
    other = ROWS.replace("28.4", "12.0")
    doc = document(
        [CAPTION, ROWS, "Some text between them.", (BlockKind.CAPTION, "Table 3. On another set."), other], title="Our"
    )
    assert cell_of(doc, "BLEU").status is Status.NOT_STATED


def test_another_name_of_a_column_is_another_column() -> None:
    assert cell_of(document([CAPTION, ROWS], title="Our paper"), "BLEURT").status is Status.NOT_STATED
