"""A title answers only what it names, and no column of which most rows would repeat their titles."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from citegrid.core.evidence import Evidence, Match, SourceKind
from citegrid.core.reference import Work, WorkKind
from citegrid.core.table import AnswerType, Cell, Column, Row, Status, Verdict
from citegrid.pipeline.cells.columns.titles import ONLY_THE_TITLE, answered_by_title, without_columns_of_titles

PLACE = Evidence(SourceKind.DOCUMENT, "p.pdf", "A title", Match.EXACT, 9)


@pytest.mark.parametrize(
    ("column", "title", "told"),
    [
        ("研究问题", "Human evaluation of error correction systems", True),
        ("Research aim", "Human evaluation of error correction systems", True),
        ("Researchaim", "Does coffee keep writers awake?", True),
        ("研究问题", "数字普惠金融对农村消费的影响研究", True),
        ("研究问题", "A big red book", False),
        ("Research aim", "Attention is all you need", True),
        (
            "Method",
            "A dictionary-based approach to author names",
            False,
        ),  # it names the kind of thing, not how it works
        ("Method", "Matching author names by means of a dictionary", True),
        ("Method", "Magnitude and patterns of wildlife roadkill", False),
        ("Main results", "Larger models are better calibrated", False),
        ("局限与备注", "基于深度学习的文本分类方法", False),
        ("主要方法/理论", "基于深度学习的文本分类方法", True),
        ("Research aim", "GLEU", False),
        ("是否提出新方法", "基于深度学习的文本分类方法", False),
        ("Data", "A dataset for evaluating error correction", False),
        ("Weather", "How the weather changes", False),
    ],
)
def test_a_title_answers_what_it_names(column: str, title: str, told: bool) -> None:
    assert answered_by_title(Column(column), title) is told


def test_a_title_is_no_number() -> None:
    assert not answered_by_title(Column("Method", answer_type=AnswerType.NUMBER), "A method of 5 steps for all")


def rows(texts: Sequence[str], verdict: Verdict = Verdict.OPEN, others: int = 0) -> tuple[Row, ...]:
    """A row for each text in the column Aim, and ``others`` more columns that sentences answer."""
    more = tuple(Cell(f"C{n}", "They say so.", Status.SUPPORTED, (PLACE,)) for n in range(others))
    return tuple(
        Row(
            Work(WorkKind.REFERENCE, f"r{i}", "A title"),
            (Cell("Aim", text, Status.SUPPORTED, (PLACE,), searched=(1, 9), verdict=verdict), *more),
        )
        for i, text in enumerate(texts)
    )


@pytest.mark.parametrize("begins", ["By its title: ", "据题名："])
@pytest.mark.parametrize(
    ("by_title", "of", "others", "stays"),
    [
        # up to three in ten rows of a column
        (3, 10, 4, True),
        (4, 10, 4, False),
        (1, 2, 4, True),
        (2, 2, 19, False),
        # up to a tenth of all answers
        (3, 10, 2, True),
        (3, 10, 1, False),
        (1, 1, 9, True),
        (1, 1, 8, False),
    ],
)
def test_a_column_of_titles_is_not_stated(begins: str, by_title: int, of: int, others: int, stays: bool) -> None:
    before = rows([f"{begins}A title"] * by_title + ["They ask why."] * (of - by_title), others=others)
    after = without_columns_of_titles(before)
    assert (after == before) is stays
    if not stays:
        cell = after[0].cells[0]
        assert (cell.status, cell.text, cell.reason, cell.near) == (Status.NOT_STATED, "", ONLY_THE_TITLE, (PLACE,))
        assert [r.cells[0].text for r in after[by_title:]] == ["They ask why."] * (of - by_title)
        assert [r.cells[1:] for r in after] == [r.cells[1:] for r in before]


def test_what_the_printed_entry_says_is_no_answer_that_titles_are_counted_among() -> None:
    """Ten works with their titles and years printed are not ten questions answered."""
    before = tuple(
        replace(row, cells=(*row.cells, *(Cell(name, "x", Status.SUPPORTED) for name in ("Title", "Year", "Authors"))))
        for row in rows(["By its title: A title"] * 3 + ["They ask why."] * 7)
    )
    assert without_columns_of_titles(before) != before


def test_what_a_person_accepted_stays() -> None:
    before = rows(["By its title: A title"] * 5, Verdict.ACCEPTED)
    assert without_columns_of_titles(before) == before
