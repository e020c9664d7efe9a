"""What became of the papers of a batch, in every format that tells of it, in both languages."""

from __future__ import annotations

from io import BytesIO

import pytest
from docx import Document
from openpyxl import load_workbook

from citegrid.core.messages import Message
from citegrid.core.outcome.account import Fate, PaperFate
from citegrid.core.project import Project
from citegrid.core.table import Column, Table
from citegrid.pipeline.export.formats import export

ACCOUNT = (
    PaperFate("a.pdf", "a" * 64, Fate.READ),
    PaperFate("b.pdf", "a" * 64, Fate.DUPLICATE, Message("the same file as {name}", name="a.pdf")),
    PaperFate("=c.pdf", "c" * 64, Fate.EXCLUDED, "no *humans*"),
    PaperFate("d.pdf", "", Fate.FAILED, Message("{name} is empty.", name="d.pdf")),
)
TOLD = {
    "en": (
        "Papers found: 4 (duplicates 1, excluded 1, not readable 1, read 1)",
        "the same file as a.pdf",
        "d.pdf is empty.",
    ),
    "zh": ("共找到 4 篇论文：重复 1 篇，排除 1 篇，无法读取 1 篇，已读 1 篇", "与 a.pdf 是同一文件", "d.pdf"),
}


def project(language: str) -> Project:
    return Project(language=language, table=Table((Column("Title"),)), account=ACCOUNT)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_workbook_has_a_sheet_with_every_paper(language):
    book = load_workbook(BytesIO(export(project(language), ".xlsx")))
    sheet = book[{"en": "Papers found", "zh": "找到的论文"}[language]]
    said = "\n".join(str(cell.value) for row in sheet.rows for cell in row if cell.value)
    for words in (*TOLD[language], "a.pdf", "no *humans*", "c" * 64):
        assert words in said
    assert sheet["A4"].data_type == "s" and sheet["A4"].value == "=c.pdf"


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_word_report_gives_the_counts_and_each_reason(language):
    document = Document(BytesIO(export(project(language), ".docx")))
    said = "\n".join(paragraph.text for paragraph in document.paragraphs)
    for words in (*TOLD[language], "no *humans*"):
        assert words in said


def test_markdown_escapes_what_a_person_wrote():
    said = export(project("en"), ".md").decode()
    assert "## Papers found" in said
    assert r"- `=c.pdf`: excluded: no \*humans\*" in said


def test_a_table_of_one_paper_has_no_account():
    plain = Project(language="en", table=Table((Column("Title"),)))
    assert "Papers found" not in export(plain, ".md").decode()
    assert "Papers found" not in load_workbook(BytesIO(export(plain, ".xlsx"))).sheetnames
