"""Tables within a paper: from words with their places to rows, columns and values."""

from __future__ import annotations

import pytest
from tests.papers import document

from citegrid.core.document import BlockKind, Document
from citegrid.pipeline.evidence.tables import PageTable, folded, tables_of

CAPTION = (BlockKind.CAPTION, "Table 2. Results on the test set.")
RESULTS = """\
Model                  BLEU      F1 (%)
Gao et al. (2023)      28.4      71.0
Menick et al. [7]      30.1      69.5
Ours                   33.9      74.2"""
LITERATURE = """\
作者                    数据集        方法
[3]                    ASQA         检索
[4]                    ELI5         微调"""


def words_of(table: PageTable) -> list[list[str]]:
    return [[cell.text for cell in row] for row in (*table.header, *table.rows)]


@pytest.mark.parametrize("blocks", [(CAPTION, RESULTS), (RESULTS, CAPTION)], ids=["caption above", "caption below"])
def test_a_table_falls_into_header_rows_and_cells(blocks: tuple[object, ...]) -> None:
    (table,) = tables_of(document(["Some text before it that is no part of it.", *blocks]))  # type: ignore[list-item]
    assert table.name.text == "Table 2."
    assert words_of(table) == [
        line.split("  ") and [c.strip() for c in line.split("  ") if c.strip()] for line in RESULTS.split("\n")
    ]


def test_a_table_of_words_has_its_first_line_as_header() -> None:
    (table,) = tables_of(document([(BlockKind.CAPTION, "表1 文献对比"), LITERATURE]))
    assert [c.text for c in table.header[0]] == ["作者", "数据集", "方法"]
    assert [c.text for c in table.rows[1]] == ["[4]", "ELI5", "微调"]


def test_a_value_stands_below_its_column_and_its_words_lead_to_the_page() -> None:
    doc: Document = document([CAPTION, RESULTS])
    (table,) = tables_of(doc)
    value = table.rows[1][2]
    assert (table.over(value).text, value.text) == ("F1 (%)", "69.5")
    (span,) = table.rows[1][0].spans
    assert doc.page(1).text[span.start : span.end] == "Menick et al. [7]"


@pytest.mark.parametrize(
    "lines",
    [
        "Model        Data\nGao          news and\n             books 3 4\nYen          talks 5",  # a cell over two lines
        "A sentence that goes on as running text does, without a gap in it and over the whole of its line.",
        "One 1\nTwo 2",
        "",
    ],
    ids=["wrapped", "text", "no white", "nothing"],
)
def test_what_is_not_plainly_a_table_is_none(lines: str) -> None:
    assert tables_of(document([CAPTION, lines or "x"])) == ()


def test_names_are_compared_without_case_signs_and_units() -> None:
    assert folded("F1 (%)") == folded("f1") == "f1"
    assert folded("Data set") == folded("Data-set")
