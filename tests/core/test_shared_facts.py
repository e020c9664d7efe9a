"""What several rooms ask of the nouns: a table's cells and rows, a project's sentences, how things are called and shown."""

from __future__ import annotations

import re

from citegrid.core.document import Document, Span
from citegrid.core.evidence import Passage, SourceKind
from citegrid.core.language.text import matched, overlap
from citegrid.core.project import Project
from citegrid.core.reference import Work, WorkKind
from citegrid.core.review import Review, Sentence
from citegrid.core.table import Cell, Column, Row, Status, Table

ROWS = tuple(Row(Work(WorkKind.REFERENCE, one, ""), (Cell("Aim", one), Cell("Method"))) for one in ("r1", "r2"))
TABLE = Table((Column("Aim"), Column("Method")), ROWS)


def test_a_table_knows_its_cells_and_rows() -> None:
    assert TABLE.names == ("Aim", "Method")
    assert [cell.text for cell in TABLE.cells] == ["r1", "", "r2", ""]
    assert TABLE.row_of("r2") is ROWS[1]
    assert TABLE.row_of("r3") is None


def test_a_project_without_a_review_has_no_sentences() -> None:
    said = Sentence("Tides rise.", Status.SUPPORTED)
    assert Project().sentences == ()
    assert Project(review=Review((said,))).sentences == (said,)


def test_things_are_called_and_shown() -> None:
    assert Document("a.pdf", "", ()).called == "a.pdf"
    assert Document("a.pdf", "", (), title="Tides").called == "Tides"
    assert Passage(SourceKind.DOCUMENT, "a.pdf", 1, "Tides rise.").readable == "Tides rise."
    assert Passage(SourceKind.DOCUMENT, "a.pdf", 1, "Tides [1].", shown="Tides ⟦TARGET⟧.").readable == "Tides ⟦TARGET⟧."
    assert Work(WorkKind.REFERENCE, "r1", "", ("Lee, Ann", "Du, Cy")).first_author == "Lee, Ann"
    assert Work(WorkKind.REFERENCE, "r1", "").first_author == ""


def test_stretches_overlap_where_they_share_a_character() -> None:
    assert overlap((0, 3), (2, 5))
    assert not overlap((0, 3), (3, 5))
    assert Span(1, 0, 3).overlaps(Span(1, 2, 5))
    assert not Span(1, 0, 3).overlaps(Span(2, 0, 3))


def test_what_a_pattern_found() -> None:
    assert matched(re.search(r"v(\d)", "v7"), 1) == "7"
    assert matched(re.search(r"v(\d)", "v7")) == "v7"
    assert matched(None) == ""
