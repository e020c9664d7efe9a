"""A row's cells: what becomes of an answer on its way, and what stands in its place where it is not carried."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from tests.doubles.engines import FakeModel, ToldEncoder
from tests.papers import document, mention, reference

from citegrid.core.document import Document, Span
from citegrid.core.errors import ModelError
from citegrid.core.evidence import Selection
from citegrid.core.messages import say
from citegrid.core.paper import Paper
from citegrid.core.reference import Work, WorkKind
from citegrid.core.statement import Kind
from citegrid.core.table import AnswerType, Cell, Column, Row, Status, Wording
from citegrid.pipeline.cells.context import RunContext
from citegrid.pipeline.cells.fill_row import fill_row
from citegrid.pipeline.cells.selection.query import read_request
from citegrid.ports import Answer, Ask

SENTENCE = "Gao et al. (2023) propose a method that trains small models on 12 corpora of news."
SAID = "The authors propose a method that trains small models on 12 corpora of news."
DOC = document([SENTENCE], title="Our paper")
GAO = reference("gao", [mention(DOC, "Gao et al. (2023)", SENTENCE, narrative=True)], title="Enabling", year=2023)
WORK = Work(WorkKind.REFERENCE, "gao", "Enabling", ("Gao, Tianyu", "Yen, Howard"), 2023)
READER = ToldEncoder({"method that trains": Kind.METHOD})


class Judge(FakeModel):
    """Says what it is to say, and carries the claims that ``carries`` says."""

    def __init__(self, says: str = "", carries: Callable[[str], bool] = lambda claim: True) -> None:
        super().__init__(lambda ask: says)
        self.carries = carries

    def weigh(self, asks, choices, *, cancel=None):  # type: ignore[no-untyped-def]
        self.asked.extend(asks)
        return [self._odds(ask, len(choices)) for ask in asks]

    def _odds(self, ask: Ask, choices: int) -> tuple[float, ...]:
        claim = ask.own.split("Claim: ")[1].split("\n")[0]
        rest = [0.0] * (choices - 2)
        return (4.0, -4.0, *rest) if self.carries(claim) else (-4.0, 4.0, *rest)


def fill(model: FakeModel, column: Column, language: str = "en", work: Work = WORK) -> Cell:
    context = RunContext((Paper(DOC, (GAO,)),), read_request("", language=language), model, encoder=READER)
    (cell,) = fill_row(context, Row(work, (Cell(column.name),)), [column])
    return cell


def test_a_sentence_that_answers_stands_in_the_cell_and_is_its_evidence() -> None:
    model = Judge(carries=lambda claim: False)
    cell = fill(model, Column("Method"))
    assert (cell.status, cell.text, cell.reason) == (Status.SUPPORTED, SAID, "")
    assert (cell.wording, cell.doubts) == (Wording.PRINTED, ())
    assert [e.quote for e in cell.evidence] == [SENTENCE]
    assert cell.searched == (1,)
    assert model.asked == []  # what stands word for word in its source needs no judge


def test_a_translated_sentence_says_how_sure_it_is() -> None:
    translated = "作者提出一种在12个新闻语料库上训练小模型的方法。"
    cell = fill(Judge(translated), Column("方法"), "zh")
    assert (cell.status, cell.text) == (Status.SUPPORTED, translated)
    assert cell.wording in (Wording.TRANSLATED, Wording.TO_BE_CHECKED)
    assert bool(cell.open_doubts) is (cell.wording is Wording.TO_BE_CHECKED)
    assert [e.quote for e in cell.evidence] == [SENTENCE]


def test_words_of_the_model_that_are_carried_stand() -> None:
    cell = fill(Judge("It trains small models on 12 corpora."), Column("Method", "one short sentence"))
    assert (cell.status, cell.text) == (Status.SUPPORTED, "It trains small models on 12 corpora.")
    assert cell.wording is Wording.SHORTENED


def test_words_of_the_model_that_are_not_carried_give_way_to_the_sentence_itself() -> None:
    cell = fill(Judge("It is very fast.", lambda claim: False), Column("Method", "one short sentence"))
    assert (cell.status, cell.text, cell.wording) == (Status.SUPPORTED, SAID, Wording.PRINTED)
    assert [e.quote for e in cell.evidence] == [SENTENCE]


@pytest.mark.parametrize(
    ("says", "status", "reason"),
    [("12 corpora", Status.SUPPORTED, ""), ("They are many.", Status.UNSUPPORTED, "不是一个数值")],
)
def test_an_answer_that_is_to_be_a_number_is_judged_as_one(says: str, status: Status, reason: str) -> None:
    cell = fill(Judge(says), Column("Method", "how many corpora", AnswerType.NUMBER))
    assert (cell.status, say(cell.reason, "zh"), cell.text) == (status, reason, says)


def test_what_no_sentence_answers_is_not_stated_and_says_where_it_was_looked_for() -> None:
    cell = fill(FakeModel(), Column("Weather"))
    assert (cell.status, cell.text) == (Status.NOT_STATED, "")
    assert say(cell.reason, "zh") == "未提及（已查第1页）"
    assert [e.quote for e in cell.near] == [SENTENCE]


def titled() -> tuple[RunContext, Work]:
    """A work of which its title alone says what it set out for."""
    work = replace(WORK, title="How language models learn to cite their sources")
    page = document([SENTENCE, f"Gao, T. (2023). {work.title}."])
    at = page.page(1).text.index(work.title)
    place = replace(GAO.mentions[0].spans[0], start=at, end=at + len(work.title))
    entry = replace(GAO, title=work.title, raw=work.title, spans=(place,))
    request = read_request("", language="en")
    return RunContext((Paper(page, (entry,)),), request, FakeModel(), encoder=READER), work


def test_a_title_answers_what_no_sentence_does_in_one_column() -> None:
    context, work = titled()
    columns = [Column("Weather"), Column("Research aim"), Column("Research question")]
    cells = list(fill_row(context, Row(work, tuple(Cell(c.name) for c in columns)), columns))
    assert [c.status for c in cells] == [Status.NOT_STATED, Status.SUPPORTED, Status.NOT_STATED]
    assert cells[1].text == f"By its title: {work.title}"
    assert [e.quote for e in cells[1].evidence] == [work.title]


def test_a_title_does_not_replace_what_a_sentence_says() -> None:
    context, work = titled()
    (cell,) = fill_row(context, Row(work, (Cell("Method"),)), [Column("Method")])
    assert cell.text == SAID


def test_cells_that_have_an_answer_are_not_asked_again() -> None:
    model = Judge()
    context = RunContext((Paper(DOC, (GAO,)),), read_request("", language="en"), model)
    row = Row(WORK, (Cell("Method", "Old.", Status.SUPPORTED),))
    assert list(fill_row(context, row, [Column("Method")])) == []
    assert model.asked == []


def test_a_model_that_fails_leaves_failed_cells() -> None:
    class Broken(FakeModel):
        def answer(self, asks, *, on_answer=None, cancel=None):  # type: ignore[no-untyped-def]
            if asks:
                raise ModelError("The model stopped.")
            return []

    cell = fill(Broken(), Column("方法"), "zh")
    assert (cell.status, cell.reason) == (Status.FAILED, "The model stopped.")


def test_cells_are_heard_while_the_model_is_still_at_others() -> None:
    class Slow(FakeModel):
        def answer(self, asks, *, on_answer=None, cancel=None):  # type: ignore[no-untyped-def]
            answers = [Answer("该方法训练小型模型。", True, likelihood=-0.1) for _ in asks]
            for at, answer in enumerate(answers):
                on_answer(at, answer)
                there.append([cell.column for cell in heard])
            return answers

    heard: list[Cell] = []
    there: list[list[str]] = []
    context = RunContext((Paper(DOC, (GAO,)),), read_request("", language="zh"), Slow(), encoder=READER)
    cells = list(
        fill_row(context, Row(WORK, (Cell("方法"), Cell("样本"))), [Column("方法"), Column("样本")], heard.append)
    )
    assert there[0] == ["方法"], "its cell is there before the model's next answer"
    assert heard == [cell for cell in cells if cell.status is not Status.NOT_STATED], (
        "and nothing else is said of it in the end"
    )


def at(sentence: str, doc: Document) -> Selection:
    start = doc.pages[0].text.index(sentence)
    return Selection(doc.name, (Span(1, start + 3, start + 20),))


def test_a_cell_is_asked_of_the_place_that_a_person_selected_and_of_no_other() -> None:
    elsewhere = "Their method that trains small models needs 7 hours on one card."
    doc = document([SENTENCE, "Nothing else is known.", elsewhere], title="Our paper")
    gao = reference("gao", [mention(doc, "Gao et al. (2023)", SENTENCE, narrative=True)], title="Enabling", year=2023)
    context = RunContext((Paper(doc, (gao,)),), read_request("", language="en"), FakeModel(), encoder=READER)
    row = Row(WORK, (Cell("Method"),))
    (anywhere,) = fill_row(context, row, [Column("Method")])
    (here,) = fill_row(replace(context, selection=at(elsewhere, doc)), row, [Column("Method")])
    (nothing,) = fill_row(replace(context, selection=Selection(doc.name, ())), row, [Column("Method")])
    assert [e.quote for e in anywhere.evidence] == [SENTENCE]
    assert [(e.quote, e.first_hand) for e in here.evidence] == [(elsewhere, False)]
    assert (here.status, here.text) == (Status.SUPPORTED, elsewhere)
    assert nothing.status is Status.NOT_STATED


def test_a_selected_place_that_cites_the_work_speaks_of_it() -> None:
    context = RunContext((Paper(DOC, (GAO,)),), read_request("", language="en"), FakeModel(), encoder=READER)
    selected = replace(context, selection=at(SENTENCE, DOC))
    (cell,) = fill_row(selected, Row(WORK, (Cell("Method"),)), [Column("Method")])
    assert (cell.status, cell.text) == (Status.SUPPORTED, SAID)
