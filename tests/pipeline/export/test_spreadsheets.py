"""CSV and Excel."""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO, StringIO
from typing import Any

import pytest
from openpyxl import load_workbook

from citegrid.core.project import Project
from citegrid.core.table import Cell, Column, Row, Status, Table
from citegrid.pipeline.export.spreadsheets import write_csv, write_xlsx

Sample = Callable[[str], Project]


def one_cell(project: Project, text: str, status: Status = Status.SUPPORTED) -> Project:
    row = Row(project.table.rows[0].work, (Cell("A", text, status),))
    return replace(project, table=Table((Column("A"),), (row,)), review=None)


def rows_of(project: Project) -> list[list[str]]:
    return list(csv.reader(StringIO(write_csv(project).decode("utf-8-sig"), newline="")))


def test_csv_begins_with_a_mark_and_has_the_table_s_shape(any_project: Project):
    assert write_csv(any_project).startswith(b"\xef\xbb\xbf")
    rows = rows_of(any_project)
    assert len(rows) == len(any_project.table.rows) + 1
    assert {len(r) for r in rows} == {len(any_project.table.columns)}


def test_csv_cites_each_cell(sample: Sample):
    assert rows_of(sample("en"))[1][0].endswith("[doc: 2023.emnlp-main.398.pdf, page 11]")


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "＝1", '=HYPERLINK("http://x")'])
def test_no_cell_becomes_a_formula(sample: Sample, text: str):
    project = one_cell(sample("zh"), text)
    assert rows_of(project)[1][0] == "'" + text
    cell = opened(project).worksheets[0]["A2"]
    assert (cell.value, cell.data_type) == (text, "s")


def opened(project: Project) -> Any:
    return load_workbook(BytesIO(write_xlsx(project, "0.1.0")))


def test_the_first_sheet_is_the_table(any_project: Project):
    sheet = opened(any_project).worksheets[0]
    columns = [c.name for c in any_project.table.columns]
    assert [c.value for c in sheet[1]] == (columns or [None])
    assert sheet.max_row == max(1, len(any_project.table.rows) + 1)
    for i, row in enumerate(any_project.table.rows, 2):
        for j, cell in enumerate(row.cells, 1):
            comment = sheet.cell(i, j).comment
            assert bool(comment) == bool(cell.evidence)


def test_each_link_leads_to_the_quote_of_its_cell(sample: Sample):
    project = sample("zh")
    book = opened(project)
    table, evidence = book.worksheets[0], book["证据清单"]
    for i, row in enumerate(project.table.rows, 2):
        for j, cell in enumerate(row.cells, 1):
            if cell.evidence:
                link = table.cell(i, j).hyperlink
                name, place = link.location.split("!")
                assert name == "'证据清单'" and link.target is None
                assert evidence[place.replace("A", "B")].value == cell.evidence[0].quote


@pytest.mark.parametrize(("text", "value"), [("2023", 2023), ("73.6", 73.6), ("007", "007"), ("1e5", "1e5")])
def test_numbers_are_numbers_where_nothing_is_lost(sample: Sample, text: str, value: object):
    assert opened(one_cell(sample("en"), text)).worksheets[0]["A2"].value == value


def test_what_is_not_supported_is_marked(sample: Sample):
    cell = opened(one_cell(sample("en"), "5", Status.UNSUPPORTED)).worksheets[0]["A2"]
    assert cell.value == "! 5 (no evidence)" and cell.font.italic
