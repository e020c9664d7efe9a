"""A row's cells: what becomes of an answer on its way, and what stands in its place where it is not carried."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from tests.doubles.engines import FakeModel
from tests.papers import document, mention, reference

from citegrid.core.errors import ModelError
from citegrid.core.messages import say
from citegrid.core.paper import Paper
from citegrid.core.reference import Work, WorkKind
from citegrid.core.table import AnswerType, Cell, Column, Row, Status
from citegrid.pipeline.cells.context import RunContext
from citegrid.pipeline.cells.fill_row import fill_row
from citegrid.pipeline.cells.selection.query import read_request
from citegrid.ports import Ask

SENTENCE = "Gao et al. (2023) propose a method that trains small models on 12 corpora of news."
DOC = document([SENTENCE], title="Our paper")
GAO = reference("gao", [mention(DOC, "Gao et al. (2023)", SENTENCE, narrative=True)], title="Enabling", year=2023)
WORK = Work(WorkKind.REFERENCE, "gao", "Enabling", ("Gao, Tianyu",), 2023)


class Judge(FakeModel):
    """Finds that the sentence speaks of every column, and carries the claims that ``carries`` says."""

    def __init__(self, says: str = "", carries: Callable[[str], bool] = lambda claim: True) -> None:
        super().__init__(lambda ask: says)
        self.carries = carries

    def weigh(self, asks, choices, *, cancel=None):  # type: ignore[no-untyped-def]
        self.asked.extend(asks)
        return [self._odds(ask, len(choices)) for ask in asks]

    def _odds(self, ask: Ask, choices: int) -> tuple[float, ...]:
        if "Claim: " in ask.own:
            return (4.0, -4.0) if self.carries(ask.own.split("Claim: ")[1].split("\n")[0]) else (-4.0, 4.0)
        speaks = 3.0 if "method that trains" in ask.shared else 0.0
        return (speaks, 0.0, *(0.0 for _ in range(choices - 2)))


def fill(model: FakeModel, column: Column, language: str = "en", work: Work = WORK) -> Cell:
    context = RunContext((Paper(DOC, (GAO,)),), read_request("", language=language), model)
    (cell,) = fill_row(context, Row(work, (Cell(column.name),)), [column])
    return cell


def test_a_sentence_that_carries_the_answer_is_its_evidence() -> None:
    cell = fill(Judge(), Column("Method"))
    assert (cell.status, cell.reason) == (Status.SUPPORTED, "")
    assert [e.quote for e in cell.evidence] == [SENTENCE]
    assert cell.searched == (1,)


def test_words_of_the_model_that_are_not_carried_give_way_to_the_sentence_itself() -> None:
    cell = fill(
        Judge("作者用新方法训练了小模型，并且很快。", lambda claim: claim.startswith("原文：")), Column("方法"), "zh"
    )
    assert cell.status is Status.SUPPORTED
    assert cell.text.startswith("原文：The authors propose a method")


def test_words_that_nothing_carries_stay_and_are_marked() -> None:
    cell = fill(Judge("作者用新方法训练了小模型，并且很快。", lambda claim: False), Column("方法"), "zh")
    assert (cell.status, cell.text) == (Status.UNSUPPORTED, "作者用新方法训练了小模型，并且很快。")
    assert cell.reason and cell.evidence


@pytest.mark.parametrize(
    ("says", "status", "reason"),
    [("12 corpora", Status.SUPPORTED, ""), ("They are many.", Status.UNSUPPORTED, "不是一个数值")],
)
def test_an_answer_that_is_to_be_a_number_is_judged_as_one(says: str, status: Status, reason: str) -> None:
    cell = fill(Judge(says), Column("Method", answer_type=AnswerType.NUMBER))
    assert (cell.status, say(cell.reason, "zh"), cell.text) == (status, reason, says)


def test_what_no_sentence_answers_is_not_stated_and_says_where_it_was_looked_for() -> None:
    cell = fill(FakeModel(), Column("Weather"))
    assert (cell.status, cell.text) == (Status.NOT_STATED, "")
    assert say(cell.reason, "zh") == "未提及（已查第1页）"
    assert [e.quote for e in cell.near] == [SENTENCE]


def test_a_title_answers_what_no_sentence_does() -> None:
    titled = replace(WORK, title="Enabling language models to cite their sources")
    entry = replace(GAO, title=titled.title, raw=titled.title)
    page = document([SENTENCE, f"Gao, T. (2023). {titled.title}."])
    at = page.page(1).text.index(titled.title)
    entry = replace(entry, spans=(replace(GAO.mentions[0].spans[0], start=at, end=at + len(titled.title)),))
    context = RunContext((Paper(page, (entry,)),), read_request("", language="en"), FakeModel())
    columns = [Column("Weather"), Column("Research aim"), Column("Research question")]
    cells = list(fill_row(context, Row(titled, tuple(Cell(c.name) for c in columns)), columns))
    assert [c.status for c in cells] == [Status.NOT_STATED, Status.SUPPORTED, Status.NOT_STATED]
    assert cells[1].text.startswith("By its title: ")


def test_cells_that_have_an_answer_are_not_asked_again() -> None:
    model = Judge()
    context = RunContext((Paper(DOC, (GAO,)),), read_request("", language="en"), model)
    row = Row(WORK, (Cell("Method", "Old.", Status.SUPPORTED),))
    assert list(fill_row(context, row, [Column("Method")])) == []
    assert model.asked == []


def test_a_model_that_fails_leaves_failed_cells() -> None:
    class Broken(FakeModel):
        def weigh(self, asks, choices, *, cancel=None):  # type: ignore[no-untyped-def]
            raise ModelError("The model stopped.")

    cell = fill(Broken(), Column("Method"))
    assert (cell.status, cell.reason) == (Status.FAILED, "The model stopped.")
