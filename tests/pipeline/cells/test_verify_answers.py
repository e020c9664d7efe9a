"""Verifying: who is judged, who is not, and what stands where the model's words are not carried."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from tests.doubles.engines import FakeModel
from tests.papers import document, mention, reference

from citegrid.core.evidence import Passage, SourceKind
from citegrid.core.paper import Paper
from citegrid.core.reference import Work, WorkKind
from citegrid.core.table import AnswerType, Column, Wording
from citegrid.pipeline.cells.answer import CellAnswer, Draft
from citegrid.pipeline.cells.context import RunContext
from citegrid.pipeline.cells.selection.query import read_request
from citegrid.pipeline.cells.verify_answers import answer_by_title, say_as_it_stands, verify_answers
from citegrid.pipeline.evidence.verify import Finding

SENTENCE = "Gao et al. (2023) train small models on 12 corpora of news."
SAID = "The authors train small models on 12 corpora of news."
TITLE = "How small models learn to cite"
DOC = document([SENTENCE, f"Gao, T. (2023). {TITLE}."], title="Our paper")
AT = DOC.page(1).text.index(TITLE)
CITED = mention(DOC, "Gao et al. (2023)", SENTENCE, narrative=True)
ENTRY = reference("gao", [CITED], title=TITLE, year=2023)
WORK = Work(WorkKind.REFERENCE, "gao", TITLE, ("Gao, T.", "Li, W."), 2023)
PASSAGE = Passage(
    SourceKind.DOCUMENT, DOC.name, 1, SENTENCE, CITED.spans, SENTENCE.replace("Gao et al. (2023)", "⟦TARGET⟧")
)
PRINTED = Draft(SAID, Wording.PRINTED)
OWN_WORDS = Draft("They use small models.", Wording.SHORTENED, by_model=True)


class Judge(FakeModel):
    """Carries every claim, or none."""

    def __init__(self, carries: bool) -> None:
        super().__init__(lambda ask: "")
        self._odds = (4.0, -4.0) if carries else (-4.0, 4.0)

    def weigh(self, asks, choices, *, cancel=None):  # type: ignore[no-untyped-def]
        self.asked.extend(asks)
        return [(*self._odds, *(0.0 for _ in choices[2:])) for _ in asks]


def context(model: FakeModel) -> RunContext:
    return RunContext((Paper(DOC, (ENTRY,)),), read_request("", language="en"), model)


def drafted(draft: Draft | None, column: Column | None = None) -> CellAnswer:
    text = draft.text if draft is not None else ""
    return CellAnswer(column or Column("Method"), (PASSAGE,), PASSAGE, 2.0, draft is not None, draft, text)


def verified(carries: bool, answers: Sequence[CellAnswer]) -> tuple[list[CellAnswer], Judge]:
    model = Judge(carries)
    return verify_answers(context(model), WORK, answers), model


def test_the_source_carries_its_own_words_and_no_judge_is_asked() -> None:
    (judged,), model = verified(False, [drafted(PRINTED)])
    assert judged.finding == Finding(True, "", (PASSAGE,))
    assert model.asked == []


def test_where_nothing_was_said_there_is_nothing_to_find() -> None:
    (silent,), model = verified(True, [drafted(None)])
    assert silent == drafted(None)
    assert model.asked == []


@pytest.mark.parametrize("carries", [True, False])
def test_the_words_of_the_model_are_judged(carries: bool) -> None:
    (judged,), model = verified(carries, [drafted(OWN_WORDS)])
    assert judged.carried is carries
    assert any(OWN_WORDS.text in ask.own for ask in model.asked)
    assert judged.finding is not None and bool(judged.finding.reason) is not carries


def test_findings_stay_with_their_answers() -> None:
    (first, second, third), _ = verified(False, [drafted(PRINTED), drafted(OWN_WORDS), drafted(None)])
    assert [one.carried for one in (first, second, third)] == [True, False, False]
    assert [one.text for one in (first, second, third)] == [SAID, OWN_WORDS.text, ""]


def test_an_answer_in_another_form_than_was_asked_for_is_not_carried_and_not_judged() -> None:
    column = Column("Corpora", "how many", AnswerType.NUMBER)
    draft = Draft("They are many.", Wording.SHORTENED, by_model=True)
    (judged,), model = verified(True, [drafted(draft, column)])
    assert not judged.carried
    assert model.asked == []


def test_what_is_not_carried_is_said_as_it_stands() -> None:
    run = context(Judge(False))
    answers = verify_answers(run, WORK, [drafted(OWN_WORDS), drafted(PRINTED)])
    fallen, kept = say_as_it_stands(run, WORK, answers)
    assert (fallen.text, fallen.draft, fallen.carried) == (SAID, PRINTED, True)
    assert kept == answers[1]


def test_a_number_that_is_not_carried_is_not_replaced_by_a_sentence() -> None:
    column = Column("Corpora", "how many", AnswerType.NUMBER)
    run = context(Judge(False))
    answers = verify_answers(run, WORK, [drafted(Draft("13", Wording.SHORTENED, by_model=True), column)])
    assert say_as_it_stands(run, WORK, answers) == answers
    assert not answers[0].carried


def titled(answers: Sequence[CellAnswer], work: Work = WORK) -> list[CellAnswer]:
    place = CITED.spans[0].__class__(1, AT, AT + len(TITLE))
    entry = reference("gao", [CITED], title=TITLE, raw=TITLE, year=2023, spans=(place,))
    run = RunContext((Paper(DOC, (entry,)),), read_request("", language="en"), Judge(True))
    return answer_by_title(run, work, answers)


def test_a_title_answers_one_open_column_that_it_names() -> None:
    columns = [Column("Weather"), Column("Research aim"), Column("Research question")]
    answers = titled([drafted(None, column) for column in columns])
    assert [a.text for a in answers] == ["", f"By its title: {TITLE}", ""]
    assert answers[1].carried and not answers[0].carried


def test_a_title_answers_nothing_that_a_sentence_does_and_none_of_the_paper_itself() -> None:
    (verified_one,), _ = verified(True, [drafted(PRINTED, Column("Research aim"))])
    assert titled([verified_one]) == [verified_one]
    own = Work(WorkKind.PAPER, "paper", TITLE)
    assert titled([drafted(None, Column("Research aim"))], own) == [drafted(None, Column("Research aim"))]
