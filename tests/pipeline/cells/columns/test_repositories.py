"""The address of a paper's own code and data, and not that of a tool it used."""

import pytest
from tests.papers import document, reference, span

from citegrid.core.document import BlockKind
from citegrid.core.paper import Paper
from citegrid.core.reference import Work, WorkKind
from citegrid.core.table import AnswerType, Cell, Column, Status
from citegrid.pipeline.cells.columns.repositories import own_repository
from citegrid.pipeline.cells.rows import waiting_row

GITHUB = "https://github.com/bee/tables"


@pytest.mark.parametrize(
    ("parts", "address"),
    [
        ([f"We release our code at {GITHUB}."], GITHUB),
        ([f"All data and code are available at {GITHUB}."], GITHUB),
        (["All data and code are available at https:\n//github.com/bee/tables."], GITHUB),
        ([(BlockKind.FOOTNOTE, f"1 Our code: {GITHUB}")], GITHUB),
        ([(BlockKind.HEADING, "Data availability"), f"Code is available from {GITHUB}."], GITHUB),
        (["The data of this study are available at Zenodo (10.5281/zenodo.123456)."], "10.5281/zenodo.123456"),
        ([f"本文代码已公开：{GITHUB}。"], GITHUB),
        ([f"We use the code of spaCy, available at {GITHUB}."], None),
        ([f"The code of Bee et al. (2020) is available at {GITHUB} for this study."], None),
        ([(BlockKind.FOOTNOTE, f"2 {GITHUB}")], None),
        ([(BlockKind.ENTRY, f"Bee, A. 2020. Our code is available. {GITHUB}")], None),
        (["We release our code at https://example.org/code."], None),
    ],
)
def test_where_a_paper_keeps_its_code(parts: list[str], address: str | None) -> None:
    found = own_repository(document(["A title", "Ada Bee"], parts))
    assert (found.address if found is not None else None) == address


def test_a_first_page_speaks_of_the_paper() -> None:
    assert own_repository(document([f"GREEN is available at {GITHUB}."])) is not None
    assert own_repository(document(["A title"], [f"GREEN is available at {GITHUB}."])) is None


PAPER = Work(WorkKind.PAPER, "paper", "A title", ("Ada Bee",), 2026)


def cell(column: Column, *parts: str, language: str = "zh") -> Cell:
    doc = document(["A title", "Ada Bee", *parts])
    return waiting_row((Paper(doc, ()),), PAPER, (column,), language).cells[0]


def test_a_printed_address_answers_without_a_model() -> None:
    said = f"We release our code at {GITHUB}."
    found = cell(Column("代码链接"), said)
    assert (found.status, found.text) == (Status.SUPPORTED, f"文中给出了公开的代码或数据地址：{GITHUB}")
    assert [e.quote for e in found.evidence] == [said]


@pytest.mark.parametrize("column", [Column("是否开源"), Column("开源", answer_type=AnswerType.YES_NO)])
def test_a_question_is_answered_with_yes(column: Column) -> None:
    assert cell(column, f"We release our code at {GITHUB}.").text.startswith("是，文中给出了")


@pytest.mark.parametrize("name", ["代码链接", "是否开源"])
def test_without_an_address_the_column_is_asked(name: str) -> None:
    assert cell(Column(name), "We release our code.") == Cell(name)


def test_columns_that_ask_for_more_are_asked() -> None:
    assert cell(Column("方法与代码"), f"We release our code at {GITHUB}.").status is Status.WAITING


@pytest.mark.parametrize(("address", "status"), [(GITHUB, Status.SUPPORTED), ("https://example.org", Status.WAITING)])
def test_of_a_cited_work_its_entry_may_print_it(address: str, status: Status) -> None:
    raw = f"Bee A. Tables. 2020. {address}"
    doc = document([(BlockKind.ENTRY, raw)])
    entry = reference(
        "r1", raw=raw, spans=(span(doc, raw),), authors=("Bee, A",), title="Tables", year=2020, url=address
    )
    work = Work(WorkKind.REFERENCE, "r1", "Tables", ("Bee, A",), 2020)
    found = waiting_row((Paper(doc, (entry,)),), work, (Column("Code"),), "en").cells[0]
    assert found.status is status
    assert (address in found.text) is (status is Status.SUPPORTED)
