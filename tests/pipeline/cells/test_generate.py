"""Cells in words: a sentence as it is printed, translated, or translated and to be checked; the model's words only on request."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.doubles.engines import FakeModel

from citegrid.core.evidence import Passage, SourceKind
from citegrid.core.glossary import Term
from citegrid.core.reference import Work, WorkKind
from citegrid.core.table import AnswerType, Column, Wording
from citegrid.pipeline.cells import generate
from citegrid.pipeline.cells.answer import CellAnswer, Draft
from citegrid.pipeline.cells.context import RunContext
from citegrid.pipeline.cells.selection.query import read_request
from citegrid.pipeline.translation.translate import SURE, Translation
from citegrid.ports import Answer, Ask

WORK = Work(WorkKind.REFERENCE, "r1", "A Title", ("Gao, T.", "Li, W."))
ENGLISH = "The authors suppress the growth of dendrites with a gel."
CHINESE = "作者用凝胶抑制枝晶的生长。"

PRINTED = Draft("The authors use gels in batteries.", Wording.PRINTED)


def passage(shown: str, page: int = 1) -> Passage:
    return Passage(SourceKind.DOCUMENT, "p.pdf", page, shown.replace("⟦TARGET⟧", "Gao [1]"), shown=shown)


PASSAGE = passage("⟦TARGET⟧ suppress the growth of dendrites with a gel.")


class Translator(FakeModel):
    """Says the same to every question as often as it is asked, each token as likely as ``likelihood``."""

    def __init__(self, says: str, likelihood: float = -0.02) -> None:
        super().__init__(lambda ask: says)
        self._says, self._likelihood = says, likelihood

    def answer(self, asks, *, on_answer=None, cancel=None):  # type: ignore[no-untyped-def]
        self.asked.extend(asks)
        one = Answer(self._says, True, likelihood=self._likelihood)
        return [replace(one, others=(one,) * (ask.samples - 1)) for ask in asks]


def context(model: FakeModel, language: str = "zh", glossary: tuple[Term, ...] = ()) -> RunContext:
    return RunContext((), read_request("", language=language), model, glossary=glossary)


def answer(column: Column, chosen: Passage = PASSAGE, speaks: float = 2.0, stands_out: bool = True) -> CellAnswer:
    return CellAnswer(column, (chosen,), chosen, speaks, stands_out)


def generated(model: FakeModel, *answers: CellAnswer, language: str = "zh", work: Work = WORK) -> list[CellAnswer]:
    return generate.generate(context(model, language), work, answers)


# -- as the source says it ---------------------------------------------------------------------------------------------


def test_a_sentence_in_the_language_of_the_table_stands_as_printed_and_no_model_is_asked() -> None:
    model = FakeModel()
    (said,) = generated(model, answer(Column("Method")), language="en")
    assert (said.draft, said.text) == (Draft(ENGLISH, Wording.PRINTED), ENGLISH)
    assert model.asked == []


@pytest.mark.parametrize(
    ("authors", "subject"), [(("Gao, T.",), "The author "), (("Gao, T.", "Li, W."), "The authors ")]
)
def test_one_author_is_one(authors: tuple[str, ...], subject: str) -> None:
    (said,) = generated(FakeModel(), answer(Column("Method")), language="en", work=replace(WORK, authors=authors))
    assert said.text.startswith(subject)


@pytest.mark.parametrize(
    ("shown", "said"),
    [
        ("Batteries last longer with gels in dry air [⟦TARGET⟧]", "Batteries last longer with gels in dry air."),
        ("⟦TARGET⟧用凝胶抑制了枝晶的生长", "作者用凝胶抑制了枝晶的生长。"),
        ("Why do batteries fail so soon (⟦TARGET⟧)?", "Why do batteries fail so soon?"),
    ],
)
def test_a_sentence_whose_stop_went_with_its_citation_gets_one(shown: str, said: str) -> None:
    assert generate.sentence_of(passage(shown)) == said


@pytest.mark.parametrize(
    ("shown", "draft"),
    [
        ("⟦TARGET⟧ use gels.", None),
        ("], and gels of this kind help batteries ⟦TARGET⟧.", None),
        ("⟦TARGET⟧ use gels in batteries.", PRINTED),
        ("⟦TARGET⟧ name gels: a) for batteries of cars;", Draft("The authors name gels: a) for batteries of cars;")),
    ],
)
def test_a_scrap_of_a_sentence_says_nothing(shown: str, draft: Draft | None) -> None:
    (said,) = generated(FakeModel(), answer(Column("Method"), passage(shown)), language="en")
    assert said.draft == draft


def test_what_does_not_stand_out_gets_no_words() -> None:
    model = FakeModel()
    (said,) = generated(model, answer(Column("Method"), stands_out=False), language="en")
    assert (said.draft, said.text) == (None, "")
    assert model.asked == []


@pytest.mark.parametrize(
    ("translation", "draft"),
    [
        (Translation(CHINESE, SURE), Draft(CHINESE, Wording.TRANSLATED)),
        (Translation(CHINESE, SURE - 0.01, ((3, 5),)), Draft(CHINESE, Wording.TO_BE_CHECKED, ((3, 5),))),
        # a figure that its source has not is a doubt, however sure the words are
        (
            Translation("作者用7种凝胶抑制枝晶的生长。", 1.0, ((0, 2),)),
            Draft("作者用7种凝胶抑制枝晶的生长。", Wording.TO_BE_CHECKED, ((0, 2),)),
        ),
    ],
)
def test_a_translation_says_itself_whether_a_person_must_check_it(
    translation: Translation, draft: Draft, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[list[str]] = []

    def translating(sentences, language, model, *, told, **more):  # type: ignore[no-untyped-def]
        asked.append(list(sentences))
        told(0, translation)

    monkeypatch.setattr(generate, "translate", translating)
    (said,) = generated(FakeModel(), answer(Column("方法")))
    assert (said.draft, said.text) == (draft, translation.text)
    assert asked == [[ENGLISH]]


def test_doubts_in_words_that_were_tidied_are_doubts_in_all_of_them(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was said of places in the translation no longer holds of the words that are left of it."""
    translation = Translation(f"“{CHINESE}”", 1.0, ((1, 3),))
    monkeypatch.setattr(generate, "translate", lambda *_, told, **__: told(0, translation))
    (said,) = generated(FakeModel(), answer(Column("方法")))
    assert said.draft == Draft(CHINESE, Wording.TO_BE_CHECKED, ((0, len(CHINESE)),))


def test_a_model_that_is_sure_translates_and_one_that_is_not_leaves_it_to_be_checked() -> None:
    (sure,) = generated(Translator(CHINESE), answer(Column("方法")))
    (unsure,) = generated(Translator(CHINESE, likelihood=-3.0), answer(Column("方法")))
    assert (sure.text, unsure.text) == (CHINESE, CHINESE)
    assert sure.draft is not None and sure.draft.wording is Wording.TRANSLATED
    assert unsure.draft is not None and unsure.draft.wording is Wording.TO_BE_CHECKED
    assert unsure.draft.doubts and not sure.draft.doubts


def test_only_what_is_in_another_language_is_translated(monkeypatch: pytest.MonkeyPatch) -> None:
    chinese = passage("⟦TARGET⟧提出了一种凝胶电解质。")
    monkeypatch.setattr(generate, "translate", lambda *_, told, **__: told(0, Translation(CHINESE, 1.0)))
    printed, translated = generate.say(context(FakeModel()), [chinese, PASSAGE])
    assert (printed.wording, translated.wording) == (Wording.PRINTED, Wording.TRANSLATED)
    assert printed.text == "作者提出了一种凝胶电解质。"


def test_another_model_may_translate() -> None:
    main, other = FakeModel(), Translator(CHINESE)
    (said,) = generate.say(replace(context(main), translator=other), [PASSAGE])
    assert said.text == CHINESE and other.asked and not main.asked


def test_the_terms_of_the_project_are_given_along(monkeypatch: pytest.MonkeyPatch) -> None:
    given: dict[str, object] = {}

    def told(sentences, language, model, **more):  # type: ignore[no-untyped-def]
        given.update(more)
        return [Translation(CHINESE, 1.0) for _ in sentences]

    monkeypatch.setattr(generate, "translate", told)
    terms = (Term("dendrite", "枝晶"),)
    generate.say(context(FakeModel(), glossary=terms), [PASSAGE])
    assert given["glossary"] == terms


def test_a_title_stays_as_printed_and_says_that_it_is_a_title() -> None:
    title = Passage(SourceKind.DOCUMENT, "p.pdf", 3, "Attention is all you need.", entry=True)
    assert generate.by_title(title, "en") == "By its title: Attention is all you need"
    assert generate.by_title(title, "zh") == "据题名：Attention is all you need"


# -- the same in two columns -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_the_same_words_stand_in_the_column_that_they_answer_best(order: tuple[int, int]) -> None:
    again = passage(PASSAGE.shown, 2)
    given = [answer(Column("Method"), speaks=3.0), answer(Column("Theory"), again, speaks=1.0)]
    said = generated(FakeModel(), *(given[i] for i in order), language="en")
    assert {a.column.name: a.text for a in said} == {"Method": ENGLISH, "Theory": ""}


def test_one_sentence_may_answer_two_columns() -> None:
    said = generated(FakeModel(), answer(Column("Method")), answer(Column("Theory")), language="en")
    assert [a.text for a in said] == [ENGLISH, ENGLISH]


def test_they_are_several_even_where_the_work_has_one_author() -> None:
    they = replace(
        passage("⟦TARGET⟧ find that batteries last twice as long."), text="They find that batteries last twice as long."
    )
    assert generate.sentence_of(they, one_author=True).startswith("The authors find")
    assert generate.sentence_of(passage("⟦TARGET⟧ found it."), one_author=True).startswith("The author found")


def test_other_words_stand_beside_each_other() -> None:
    other = passage("⟦TARGET⟧ find that batteries last twice as long.", 2)
    said = generated(FakeModel(), answer(Column("Method")), answer(Column("Results"), other), language="en")
    assert [a.text for a in said] == [ENGLISH, "The authors find that batteries last twice as long."]


# -- as a person asked for it ------------------------------------------------------------------------------------------


def test_a_question_of_a_person_is_answered_in_the_words_of_the_model() -> None:
    model = FakeModel(lambda ask: "12人")
    column = Column("样本", "只写\n人数", AnswerType.NUMBER, hints=("120人", "85人"))
    (said,) = generated(model, answer(column, passage("⟦TARGET⟧ asked 12 people.")))
    assert said.draft == Draft("12人", Wording.SHORTENED, by_model=True)
    (ask,) = model.asked
    assert "The authors asked 12 people." in ask.own
    assert "只写 人数" in ask.own and "形式如：120人；85人" in ask.own


@pytest.mark.parametrize("words", ["证据中没有说明该内容", "未提及。", ""])
def test_plain_words_for_nothing_mean_nothing(words: str) -> None:
    (said,) = generated(FakeModel(lambda ask: words), answer(Column("方法", "只写名称")))
    assert (said.draft, said.text) == (None, "")


def test_english_where_chinese_is_wanted_is_asked_again_once() -> None:
    def speech(ask: Ask) -> str:
        return "用了两个编码器。" if ask.prefill else "The work proposes a retriever with two encoders"

    model = FakeModel(speech)
    (said,) = generated(model, answer(Column("方法", "只写名称")))
    assert [ask.prefill for ask in model.asked] == ["", "作者"]
    assert said.text == "作者用了两个编码器。"
