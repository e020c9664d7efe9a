from dataclasses import replace

import pytest
from tests.doubles.engines import FakeModel

from citegrid.core.evidence import Passage, SourceKind
from citegrid.core.reference import Work, WorkKind
from citegrid.core.table import AnswerType, Column
from citegrid.pipeline.cells import generate, score_passages
from citegrid.pipeline.cells.answer import CellAnswer, Draft
from citegrid.pipeline.cells.columns.column_intents import search_words
from citegrid.pipeline.cells.context import RunContext
from citegrid.pipeline.cells.selection.query import read_request

PASSAGES = tuple(
    Passage(SourceKind.DOCUMENT, "p.pdf", n, f"Sentence {n}.", shown=f"⟦TARGET⟧ says {n}.") for n in (1, 2, 3)
)
WORK = Work(WorkKind.REFERENCE, "r1", "A Title")


def context(model, language="zh"):
    return RunContext((), read_request("", language=language), model)


def drafted(model, columns, passages=PASSAGES, language="zh"):
    """Columns scored and put into words."""
    run = context(model, language)
    answers = [CellAnswer(column, tuple(passages)) for column in columns]
    return generate.generate(run, score_passages.score(run, WORK, answers))


class Chooser(FakeModel):
    """Says Yes to questions about sentences with ``yes`` in them, and No to all others."""

    def __init__(self, yes: str, says: str = "提出了一种方法。") -> None:
        super().__init__(lambda ask: says)
        self._yes = yes

    def weigh(self, asks, choices, *, cancel=None):
        self.asked.extend(asks)
        rest = [0.0] * (len(choices) - 2)
        return [((2.0, -2.0, *rest) if self._yes in a.shared else (0.0, 0.5, *rest)) for a in asks]


def test_a_cell_is_written_from_the_picked_passage_alone():
    model = Chooser("says 2.")
    answer = drafted(model, [Column("方法")])[0]
    assert (answer.draft, answer.used) == (Draft("提出了一种方法。", by_model=True), (PASSAGES[1],))
    assert answer.text == "提出了一种方法。"
    written = model.asked[-1]
    assert "says 2." in written.own
    assert "says 1." not in written.own


def test_when_no_sentence_stands_out_nothing_is_written():
    model = Chooser("nowhere")
    answers = drafted(model, [Column("方法")])
    assert [(a.text, a.draft, len(a.used)) for a in answers] == [("", None, 1)]  # what came nearest is kept
    assert all(a.max_tokens == 1 for a in model.asked)


def test_a_sentence_that_only_compares_with_the_work_is_no_evidence():
    compared = replace(PASSAGES[0], shown="Unlike ⟦TARGET⟧, ours says 1.")
    assert drafted(Chooser("says 1."), [Column("方法")], [compared]) == [CellAnswer(Column("方法"), (compared,))]


def test_a_sentence_in_the_language_of_the_table_stands_as_it_is():
    model = Chooser("says 2.")
    answer = drafted(model, [Column("Method")], language="en")[0]
    assert answer.text == "The authors says 2."
    assert all(a.max_tokens == 1 for a in model.asked)


def test_a_column_with_an_instruction_is_asked_for_as_it_says():
    model = Chooser("says 2.", says="12人")
    answer = drafted(model, [Column("样本", "只写人数", AnswerType.NUMBER)])[0]
    assert answer.text == "12人"
    assert "只写人数" in model.asked[-1].own


def test_a_model_that_says_yes_to_everything_speaks_of_nothing():
    assert drafted(FakeModel(), [Column("方法")])[0].draft is None


def test_plain_words_for_nothing_mean_nothing():
    for words in ("证据中没有说明该内容", "未提及。", "Not stated.", ""):
        assert drafted(Chooser("says 1.", says=words), [Column("方法")])[0].draft is None


def test_the_same_words_stand_in_one_column_only():
    answers = drafted(Chooser("says 1."), [Column("方法"), Column("创新点")])
    assert sorted(a.draft is None for a in answers) == [False, True]


def test_english_where_chinese_is_wanted_is_asked_again():
    model = Chooser("says 1.", says="The work proposes a retriever with two encoders")
    answer = drafted(model, [Column("方法")])[0]
    assert model.asked[-1].prefill == "作者"
    assert answer.draft == Draft("原文：The authors says 1.")


def test_the_questions_about_a_sentence_share_the_sentence():
    model = Chooser("says 1.")
    score_passages.weigh(context(model), WORK, PASSAGES, [Column("方法"), Column("结论", "只写数值")])
    about = [a for a in model.asked if "says 2." in a.shared]
    assert len({(a.system, a.shared) for a in about}) == 1
    assert any("method" in a.own for a in about)
    assert any("只写数值" in a.own for a in about)


def test_the_zero_of_a_question_is_asked_once():
    model = Chooser("says 1.")
    run = context(model)
    for _ in range(2):
        score_passages.weigh(run, WORK, PASSAGES[:1], [Column("方法")])
    assert sum("See ⟦TARGET⟧" in a.shared for a in model.asked) == len({a.own for a in model.asked})


def test_without_evidence_the_model_is_not_asked():
    model = FakeModel()
    assert drafted(model, [Column("方法")], ())[0].draft is None
    assert model.asked == []


def test_a_title_stays_as_printed_and_says_that_it_is_a_title():
    title = Passage(SourceKind.DOCUMENT, "p.pdf", 3, "Attention is all you need.", entry=True)
    assert generate.by_title(title, "en") == "By its title: Attention is all you need"
    assert generate.by_title(title, "zh") == "据题名：Attention is all you need"


class Sorter(FakeModel):
    """Says neither Yes nor No, but sorts sentences with a percentage under results and all others under nothing."""

    def weigh(self, asks, choices, *, cancel=None):
        at = [choices.index(x) for x in ("C", "E")]
        return [tuple(4.0 if i == at["%" not in a.shared] else 0.0 for i in range(len(choices))) for a in asks]


def test_the_kind_of_a_sentence_decides_where_yes_and_no_do_not():
    found = replace(PASSAGES[0], shown="⟦TARGET⟧ raise the yield by 12%.")
    vague = replace(PASSAGES[1], shown="⟦TARGET⟧ work on yields.")
    results, limits = drafted(Sorter(), [Column("Main results"), Column("Limitations")], [vague, found], "en")
    assert results.used == (found,)
    assert limits.draft is None


def test_examples_show_the_form_of_an_answer_and_do_not_weigh():
    model = Chooser("says 2.", says="12人")
    column = Column("样本", hints=("120人", "85人"))
    assert drafted(model, [column])[0].text == "12人"
    assert "形式如：120人；85人" in model.asked[-1].own
    assert not any("120人" in a.own for a in model.asked if a.max_tokens == 1)


def test_the_instruction_is_part_of_every_question_of_its_column():
    model = Chooser("says 2.", says="12人")
    column = Column("天气", "只写\n人数")
    drafted(model, [column])
    search_words([column], model)
    about = [a for a in model.asked if "天气" in a.own]
    assert {a.max_tokens for a in about} == {1, 48, generate.ANSWER_TOKENS}
    assert all("只写 人数" in a.own for a in about)


@pytest.mark.parametrize(
    ("above", "chosen"),
    [
        # both columns like the first sentence best; the one that needs it less has a second nearly as good
        ([[1.5, 0.8], [-1.0, 0.6]], [0, 1]),
        # the second is no answer, or far behind: then both say the same sentence
        ([[1.5, 0.8], [-1.0, -0.1]], [0, 0]),
        ([[1.5, 1.4], [-1.0, 0.3]], [0, 0]),
        # nothing to share out
        ([[0.2, -1.0], [-1.0, 0.4]], [0, 1]),
    ],
)
def test_two_columns_do_not_take_one_sentence_while_another_will_do(above, chosen):
    assert score_passages.share_out(above) == chosen


def test_what_narrowing_left_of_a_sentence_must_say_something():
    assert generate.is_scrap(Draft("CodeML from PAML.", True, True), Column("Theory"))
    assert not generate.is_scrap(Draft("CodeML from PAML.", True, True), Column("Theory", "only the name"))
    assert not generate.is_scrap(Draft("Small birds die.", True, False), Column("Result"))
    assert not generate.is_scrap(Draft("CodeML of PAML is the most popular one.", True, True), Column("Theory"))
