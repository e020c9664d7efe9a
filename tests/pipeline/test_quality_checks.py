"""The self-check says what of the report holds, and fails where something does not."""

from __future__ import annotations

from dataclasses import replace

from tests.papers import document

from citegrid.core.evidence import Evidence, Match, SourceKind
from citegrid.core.messages import say
from citegrid.core.paper import Paper
from citegrid.core.project import Project
from citegrid.core.reference import Work, WorkKind
from citegrid.core.review import Review, Sentence, Unit
from citegrid.core.table import Cell, Column, Row, Status, Table, Template
from citegrid.pipeline.quality_checks import checks_of

QUOTE = Evidence(SourceKind.DOCUMENT, "paper.pdf", "It rose.", Match.EXACT, 1)
SAID = Sentence("It rose by two in all years.", Status.SUPPORTED, (QUOTE,))
CELL = Cell("A", "It rose.", Status.SUPPORTED, (QUOTE,))
PROJECT = Project(
    language="en",
    table=Table((Column("A"),), (Row(Work(WorkKind.PAPER, "paper", "Ours"), (CELL,)),)),
    review=Review((SAID, Sentence("Back to the paper itself.", Status.LINK)), 12, Unit.WORDS),
)
PAPERS = (Paper(document(["It rose."]), ()),)


def failed(project: Project) -> list[str]:
    return [check.name for check in checks_of(project, PAPERS) if not check.passed]


def with_cell(cell: Cell) -> Project:
    return replace(PROJECT, table=replace(PROJECT.table, rows=(replace(PROJECT.table.rows[0], cells=(cell,)),)))


def test_all_hold_for_a_report_that_is_whole() -> None:
    checks = checks_of(PROJECT, PAPERS)
    assert [c.passed for c in checks] == [True] * 6
    assert say(checks[1].name, "zh") == "每个有依据的单元格都带引用"
    assert [say(c.detail, "zh") for c in checks] == [
        "1 / 1",
        "1 / 1",
        "1 / 1",
        "2 / 2",
        "12 / 12 词",
        "0 个未提及，0 个无依据",
    ]
    assert [c.detail for c in checks][3:] == ["2 of 2", "12 / 12 words", "0 not stated, 0 unsupported"]


def test_without_a_review_its_length_is_not_checked() -> None:
    assert len(checks_of(replace(PROJECT, review=None), PAPERS)) == 5


def test_each_check_fails_by_itself() -> None:
    assert failed(replace(PROJECT, template=Template((Column("A"), Column("B"))))) == [
        "every column of the picture is a column of the table"
    ]
    assert failed(with_cell(replace(CELL, evidence=()))) == ["every supported cell is cited"]
    assert failed(with_cell(replace(CELL, status=Status.WAITING))) == ["what is not supported is marked as such"]
    lost = [replace(QUOTE, page=2), replace(QUOTE, page=None), replace(QUOTE, match=Match.NOT_FOUND)]
    for place in lost:
        assert failed(with_cell(replace(CELL, evidence=(place,)))) == [
            "every citation resolves to a place in the source"
        ]
    assert failed(with_cell(replace(CELL, evidence=(replace(QUOTE, kind=SourceKind.LIBRARY, page=None),)))) == []
    assert PROJECT.review is not None
    bare = replace(PROJECT.review, sentences=(replace(SAID, evidence=()), *PROJECT.review.sentences[1:]))
    assert failed(replace(PROJECT, review=bare)) == ["every statement of the review is cited"]
    assert failed(replace(PROJECT, review=replace(PROJECT.review, target=20))) == [
        "the review's length is within 10 % of what was asked"
    ]
    asked = [replace(PROJECT, review=replace(PROJECT.review, target=target)) for target in (5, 2000)]
    long, short = (next(c.detail for c in checks_of(one, PAPERS) if not c.passed) for one in asked)
    assert "no more" not in say(long, "en") and "no more" in say(short, "en")


def test_a_column_that_no_row_answers_is_named_once() -> None:
    silent = Cell("Funding", status=Status.NOT_STATED)
    rows = tuple(Row(Work(WorkKind.REFERENCE, f"r{n}", "T"), (silent,)) for n in range(5))
    table = Table((Column("Funding"),), rows)
    assert failed(replace(PROJECT, table=table)) == ["every column is one that these papers answer"]
    (check,) = (c for c in checks_of(replace(PROJECT, table=table), PAPERS) if not c.passed)
    assert say(check.detail, "zh") == "没有一行找到“Funding”：请到论文中查看，或去掉该列"
