"""Scoring: which sentence answers which column, by what the classifier finds that it says."""

import math
from dataclasses import astuple, replace

import pytest
from tests.doubles.engines import FakeModel, ToldEncoder

from citegrid.core.evidence import Passage, SourceKind
from citegrid.core.reference import Work, WorkKind
from citegrid.core.statement import Kind, Speaker, Statement
from citegrid.core.table import Column
from citegrid.pipeline.cells import score_passages, works
from citegrid.pipeline.cells.answer import CellAnswer
from citegrid.pipeline.cells.columns.column_intents import intent_of
from citegrid.pipeline.cells.context import RunContext
from citegrid.pipeline.cells.score_passages import (
    CHINESE,
    SURE_FIT,
    WEIGHTS,
    Seen,
    Signs,
    score,
    share_out,
    signs_of,
    weighed,
)
from citegrid.pipeline.cells.selection.query import read_request

METHOD = "⟦TARGET⟧ train small models with a contrastive loss."
RESULT = "⟦TARGET⟧ find that the yield falls by 12%."
VAGUE = "⟦TARGET⟧ work on yields."
READER = ToldEncoder({"train small": Kind.METHOD, "falls by": Kind.RESULT})
WORK = Work(WorkKind.REFERENCE, "r1", "A Title")
PAPER = Work(WorkKind.PAPER, "paper", "Our Title")
NEUTRAL = Signs(0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)


def passage(shown: str, page: int = 1, **more: object) -> Passage:
    return replace(
        Passage(SourceKind.DOCUMENT, "p.pdf", page, shown.replace("⟦TARGET⟧", "Gao [1]"), shown=shown), **more
    )


def scored(
    columns: list[str], passages: list[Passage], encoder: ToldEncoder = READER, work: Work = WORK
) -> list[CellAnswer]:
    run = RunContext((), read_request("", language="en"), FakeModel(), encoder=encoder)
    return score(run, work, [CellAnswer(Column(name), tuple(passages)) for name in columns])


def statement(kind: Kind, *, speaker: Speaker = Speaker.TARGET, central: float = 0.5, alone: float = 0.5) -> Statement:
    """A statement that is surely of one kind and speaker."""
    return Statement(
        tuple(float(one is speaker) for one in Speaker), tuple(float(one is kind) for one in Kind), central, alone
    )


# -- which sentence ----------------------------------------------------------------------------------------------------


def test_a_column_takes_the_sentence_that_says_what_it_asks_for() -> None:
    method, results = scored(["Method", "Main results"], [passage(VAGUE), passage(RESULT), passage(METHOD)])
    assert (method.used, method.stands_out) == ((passage(METHOD),), True)
    assert (results.used, results.stands_out) == ((passage(RESULT),), True)


def test_a_prominent_place_makes_no_answer_of_a_sentence_that_hardly_says_what_is_asked_for() -> None:
    kinds = tuple(0.2 if kind is Kind.LIMIT else 0.8 if kind is Kind.RESULT else 0.0 for kind in Kind)
    hardly = Statement((0.0, 0.95, 0.05, 0.0), kinds, 0.6, 0.9)
    intent = intent_of(Column("Limitations"))
    least = math.log(score_passages.LEAST / (1 - score_passages.LEAST))

    def stands_out(said: Statement, section: str) -> bool:
        seen = Seen(passage("It works well despite noise.", section=section), said, True)
        (chosen,) = score_passages._shared_out([seen], [intent], least)
        assert section != "Conclusion" or chosen.odds > least
        return chosen.stands_out

    assert not stands_out(hardly, "Conclusion")
    assert stands_out(statement(Kind.LIMIT, speaker=Speaker.CITING, central=0.6, alone=0.9), "Conclusion")


def test_what_is_wrong_with_a_paper_is_told_at_its_end_and_not_of_others_before() -> None:
    intent = intent_of(Column("Limitations"))
    said = statement(Kind.LIMIT, speaker=Speaker.CITING)
    early, late = (Seen(passage(VAGUE), said, True, place) for place in (0.2, 0.9))
    assert score_passages.signs_of(early, intent).in_passing > score_passages.signs_of(late, intent).in_passing


def test_a_sentence_under_a_heading_that_names_the_column_stands_above_another() -> None:
    intent = intent_of(Column("数据"))
    said = statement(Kind.DATA, speaker=Speaker.CITING)
    odds = [
        score_passages._scores(Seen(passage("共有三百名教师接受调查。"), said, True, under=under), [intent])[0]
        for under in ("数据来源", "稳健性检验", "")
    ]
    assert odds[0] > odds[2] > odds[1]


def test_what_others_found_is_not_told_as_the_paper_s_own() -> None:
    intent, said = intent_of(Column("主要发现")), statement(Kind.RESULT, speaker=Speaker.CITING)
    own, others = (
        Seen(passage(text), said, True) for text in ("本研究表明教师更为满意。", "最近的研究表明教师更为满意。")
    )
    assert score_passages._scores(own, [intent])[0] > score_passages._scores(others, [intent])[0] + 1


def test_what_goes_on_about_others_or_checks_results_is_no_answer_but_where_a_paper_closes() -> None:
    intent, said = intent_of(Column("研究方法")), statement(Kind.METHOD, speaker=Speaker.CITING)

    def elsewhere(text: str, **more: object) -> float:
        return score_passages.signs_of(replace(Seen(passage(text), said, True), **more), intent).in_passing

    assert elsewhere("采用回归模型分析数据。") == 0.0
    assert elsewhere("采用回归模型分析数据。", of_others=True) == 1.0
    assert elsewhere("采用回归模型分析数据。", of_others=True, place=0.95) == 0.0
    assert elsewhere("在稳健性检验中，本文采用回归模型。") == 1.0
    assert elsewhere("上述研究认为应当采用回归模型。", place=0.95) == 1.0


def test_what_is_told_of_nobody_is_not_the_paper_s_own_even_in_its_abstract() -> None:
    def voice(kind: Kind, speaker: Speaker) -> float:
        seen = Seen(passage("采用回归模型分析数据。", section="摘要"), statement(kind, speaker=speaker), True, 0.01)
        return score_passages.signs_of(seen, intent_of(Column("研究方法"))).voice

    assert voice(Kind.METHOD, Speaker.CITING) == 1.0
    assert voice(Kind.METHOD, Speaker.GENERAL) == voice(Kind.BACKGROUND, Speaker.CITING) == 0.0


def test_chinese_is_taken_for_the_paper_s_own_where_it_says_so_or_at_either_end() -> None:
    intent, said = intent_of(Column("研究方法")), statement(Kind.METHOD, speaker=Speaker.CITING)

    def voice(text: str, place: float) -> float:
        return score_passages.signs_of(Seen(passage(text), said, True, place), intent).voice

    assert [voice("采用回归模型分析数据。", place) for place in (0.02, 0.5, 0.95)] == [1.0, 0.0, 1.0]
    assert voice("本文采用回归模型分析数据。", 0.5) == 1.0


def test_where_no_sentence_answers_the_nearest_is_kept_and_does_not_stand_out() -> None:
    (answer,) = scored(["Limitations"], [passage(VAGUE), passage(RESULT)])
    assert not answer.stands_out
    assert len(answer.used) == 1


def test_a_sentence_answers_the_column_that_it_fits() -> None:
    """A column that it does not fit keeps it as what came nearest, and is not answered."""
    method, results = scored(["Method", "Main results"], [passage(RESULT)])
    assert (method.stands_out, results.stands_out) == (False, True)


def test_a_sentence_that_says_two_things_answers_both_columns() -> None:
    """A contribution that is a method: half of what a column for methods asks for, all of what one for novelties does."""
    both = passage("⟦TARGET⟧ are the first to train small models with a loss.")
    reader = ToldEncoder({"first to train": Kind.CONTRIBUTION})
    novelty, method, limits = scored(["Novelty", "Method", "Limitations"], [both], reader)
    assert (novelty.stands_out, method.stands_out, limits.stands_out) == (True, True, False)


def test_a_sentence_that_only_compares_with_the_work_is_no_candidate() -> None:
    compared = passage("Unlike ⟦TARGET⟧, ours train small models with a loss.")
    assert scored(["Method"], [compared]) == [CellAnswer(Column("Method"), (compared,))]


def test_without_passages_nothing_is_asked_or_read() -> None:
    reader = ToldEncoder({})
    assert scored(["Method"], [], reader) == [CellAnswer(Column("Method"))]
    assert score(RunContext((), read_request("", language="en"), FakeModel()), WORK, []) == []
    assert reader.read == []


def test_a_name_that_no_list_knows_is_answered_only_by_its_own_words() -> None:
    weather = passage("⟦TARGET⟧ report that the weather was dry in May.")
    reader = ToldEncoder({"train small": Kind.METHOD, "weather": Kind.RESULT})
    (answer,) = scored(["Weather"], [passage(METHOD), weather], reader)
    assert (answer.used, answer.stands_out) == ((weather,), True)
    (silent,) = scored(["Weather"], [passage(METHOD)], reader)
    assert not silent.stands_out


def test_what_the_paper_says_of_others_is_none_of_its_own() -> None:
    ours = passage("We train small models with a contrastive loss.")
    told = {speaker: ToldEncoder({"train small": Kind.METHOD}, speaker) for speaker in Speaker}
    speaks = {speaker: scored(["Method"], [ours], reader, PAPER)[0].speaks for speaker, reader in told.items()}
    assert max(speaks, key=speaks.__getitem__) is Speaker.CITING
    of_work = {speaker: scored(["Method"], [passage(METHOD)], reader)[0].speaks for speaker, reader in told.items()}
    assert max(of_work, key=of_work.__getitem__) is Speaker.TARGET


def test_a_sentence_is_read_once_for_all_columns_and_rows() -> None:
    reader = ToldEncoder({"train small": Kind.METHOD})
    run = RunContext((), read_request("", language="en"), FakeModel(), encoder=reader)
    answers = [CellAnswer(Column(name), (passage(METHOD),)) for name in ("Method", "Data", "Main results")]
    assert score(run, WORK, answers) == score(run, WORK, answers)
    assert len(reader.read) == 1


# -- sharing out -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("above", "chosen"),
    [
        # both columns like the first sentence best; the one that needs it less has a second nearly as good
        ([[1.5, 0.8], [-1.0, 0.6]], [0, 1]),
        # the same the other way round: who comes first in the table counts for nothing
        ([[0.8, 1.5], [0.6, -1.0]], [1, 0]),
        # the second is no answer, or far behind: then both hold on to the same sentence
        ([[1.5, 0.8], [-1.0, -0.1]], [0, 0]),
        ([[2.5, 2.4], [-1.0, 0.3]], [0, 0]),
        # a sentence that a third column has taken is not free
        ([[1.5, 0.8, -1.0], [-1.0, 0.6, 2.0]], [0, 0, 1]),
        # the column that is left with least chooses first among the others
        ([[1.5, 0.8, 0.6], [-1.0, 0.5, 0.4]], [0, 0, 1]),
        # nothing to share out
        ([[0.2, -1.0], [-1.0, 0.4]], [0, 1]),
    ],
)
def test_two_columns_do_not_take_one_sentence_while_another_will_do(
    above: list[list[float]], chosen: list[int]
) -> None:
    assert share_out(above, [[True] * len(row) for row in above]) == chosen


def test_a_column_that_a_sentence_does_not_answer_beside_another_takes_any_other_answer() -> None:
    above = [[1.5, 1.4], [-1.0, 0.3], [-1.0, -0.1]]
    assert share_out(above, [[False, False]] * 3) == [0, 1]
    assert share_out(above[::2], [[False, False]] * 2) == [0, 0]  # the other is no answer


# -- signs -------------------------------------------------------------------------------------------------------------


def test_every_sign_has_its_weight_and_is_counted_with_it() -> None:
    for own, weights in WEIGHTS.items():
        assert weighed(NEUTRAL, own) == pytest.approx(weights.one)
        for name in (
            "fit",
            "told",
            "central",
            "alone",
            "cue",
            "front",
            "shared",
            "in_passing",
            "foreign",
            "said",
            "stands",
            "voice",
        ):
            more = weighed(replace(NEUTRAL, **{name: 1.0}), own) - weighed(NEUTRAL, own)
            assert more == pytest.approx(getattr(weights, name)), name
    assert all(WEIGHTS[own].fit > 0 > WEIGHTS[own].one for own in (True, False))


def test_the_signs_of_a_sentence_are_seen() -> None:
    found = passage("⟦TARGET⟧ find that the yield falls significantly.", section="Abstract")
    result = statement(Kind.RESULT, central=0.7, alone=0.2)
    signs = signs_of(Seen(found, result, own=False, place=0.01), intent_of(Column("Main results")))
    assert signs.fit == signs.told == pytest.approx(math.log(SURE_FIT / (1 - SURE_FIT)))
    assert (signs.central, signs.alone, signs.cue, signs.front, signs.one) == (0.7, 0.2, 1.0, 1.0, 1.0)
    assert (signs.shared, signs.in_passing, signs.said) == (0.0, 0.0, 1.0)
    other = signs_of(Seen(found, statement(Kind.BACKGROUND), own=True), intent_of(Column("Main results")))
    assert other.fit < -5 and other.told < -5
    assert all(abs(sign) < 10 for sign in astuple(other))  # no share is taken as certain


@pytest.mark.parametrize(
    ("section", "place", "front"),
    [
        ("Abstract", 0.05, 1.0),
        # no other heading was found
        ("Abstract", 0.5, 0.0),
        ("6 Conclusion", 0.9, 0.6),
        ("Appendix A", 0.9, -1.0),
        ("3 Methods", 0.5, 0.0),
        ("", 0.5, 0.0),
        # an abstract without a heading is one by its place
        ("", 0.0, score_passages.OPENS),
        ("", score_passages.OPENING, 0.0),
    ],
)
def test_prominent_places_come_first(section: str, place: float, front: float) -> None:
    seen = Seen(passage(METHOD, section=section), statement(Kind.METHOD), own=True, place=place)
    assert signs_of(seen, intent_of(Column("Method"))).front == front


def test_a_work_among_many_or_named_in_passing_says_less() -> None:
    intent, said = intent_of(Column("Method")), statement(Kind.METHOD)
    assert signs_of(Seen(passage(METHOD, alone=False), said, own=False), intent).shared == 1.0
    example = passage("Small models are trained in many ways (e.g., ⟦TARGET⟧).")
    assert signs_of(Seen(example, said, own=False), intent).in_passing == 1.0
    assert signs_of(Seen(passage(METHOD), said, own=False), intent).in_passing == 0.0


def test_a_paper_in_two_languages_answers_in_that_of_the_table() -> None:
    english = passage("We train small models with a contrastive loss on many pairs.")
    chinese = passage("我们用对比损失训练小模型，并使用了许多句对。")
    # the Chinese sentence says it more clearly
    reader = ToldEncoder({"train small": Kind.CONTRIBUTION, "训练小模型": Kind.METHOD}, Speaker.CITING)
    (answer,) = scored(["Method"], [chinese, english], reader, PAPER)
    assert answer.used == (english,)
    (only,) = scored(["Method"], [chinese], reader, PAPER)
    assert (only.used, only.stands_out) == ((chinese,), True)  # a paper in one language is not held against it


def test_whom_a_sentence_takes_up_it_tells_of() -> None:
    """The classifier sees one sentence; that "they" are the authors of the work is known from the one before."""
    doubted = replace(statement(Kind.RESULT), speakers=(0.3, 0.5, 0.1, 0.1))
    they = replace(passage("⟦TARGET⟧ find that the yield falls."), text="They find that the yield falls.")
    assert score_passages.told_of_target(they, doubted, noted=False) == pytest.approx(0.9)
    assert score_passages.told_of_target(passage(RESULT), doubted, noted=False) == pytest.approx(0.3)


def test_only_the_clauses_about_the_work_hold_words_of_an_answer() -> None:
    shared = passage("⟦TARGET⟧ train small models, while ⟦OTHER⟧ found that the yield falls.")
    signs = signs_of(Seen(shared, statement(Kind.METHOD), own=False), intent_of(Column("Main results")))
    assert (signs.cue, signs.said) == (0.0, 0.0)


@pytest.mark.parametrize(("named", "both"), [("a corpus of images", True), ("some images", False)])
def test_what_is_named_outright_may_be_said_in_passing(named: str, both: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    kinds = {Kind.RESULT: 0.8, Kind.DATA: 0.2}
    mixed = replace(statement(Kind.RESULT), kinds=tuple(kinds.get(kind, 0.0) for kind in Kind))
    monkeypatch.setattr(RunContext, "statements_of", lambda self, said, *, own: [mixed] * len(said))
    found = passage(f"⟦TARGET⟧ find that the yield falls in {named}.")
    assert [a.stands_out for a in scored(["Main results", "Data"], [found])] == [True, both]


def test_what_a_work_reports_of_others_is_no_limit_of_its_own() -> None:
    limits = intent_of(Column("局限性"))
    assert not limits.is_spoken_of_in("李等指出这些指标难以捕捉动态冲击。", own=False)
    assert limits.is_spoken_of_in("该方法难以捕捉动态冲击。", own=False)
    assert limits.is_spoken_of_in("本文发现该方法难以捕捉动态冲击。", own=True)


def test_what_is_wrong_with_the_world_is_no_limit_of_a_work() -> None:
    text, limits = "⟦TARGET⟧ 临床表现能提示该病，但无法确诊该病。", intent_of(Column("局限性"))
    general = replace(statement(Kind.BACKGROUND), speakers=(0.3, 0.0, 0.0, 0.7))
    assert signs_of(Seen(passage(text), general, own=False), limits).said == 0.0
    assert signs_of(Seen(passage(text), statement(Kind.BACKGROUND), own=False), limits).said == 1.0


def test_what_is_said_of_one_work_goes_before_what_is_said_of_several() -> None:
    one = passage("⟦TARGET⟧ train small models for a year.")
    several = passage("The methods of ⟦TARGET⟧ train small models.", beside=2)
    (method,) = scored(["Method"], [several, one])
    assert method.used == (one,)
    (alone,) = scored(["Method"], [several])
    assert alone.stands_out


@pytest.mark.parametrize("own", [True, False])
def test_what_is_said_in_chinese_is_weighed_by_its_words(own: bool) -> None:
    cued = replace(NEUTRAL, cue=1.0)
    gained = weighed(cued, own, chinese=True) - weighed(NEUTRAL, own, chinese=True)
    assert gained == pytest.approx(CHINESE[own].cue)
    assert gained > weighed(cued, own) - weighed(NEUTRAL, own)


def test_who_is_told_of_makes_up_for_nothing() -> None:
    sure = replace(statement(Kind.AIM), speakers=(1.0, 0.0, 0.0, 0.0))
    signs = signs_of(Seen(passage(RESULT), sure, own=False), intent_of(Column("Main results")))
    assert signs.told == pytest.approx(math.log(SURE_FIT / (1 - SURE_FIT)))


def test_what_a_sentence_must_hold_to_answer_outweighs_all_signs() -> None:
    (answer,) = scored(["Weather"], [passage(METHOD)])
    assert answer.speaks < -5


# -- what a sentence is about ------------------------------------------------------------------------------------------


def test_a_sentence_vouches_by_a_work_or_is_not_about_it() -> None:
    assert score_passages.vouches(passage("Models are small (⟦TARGET⟧)."))
    assert not score_passages.vouches(passage("Models are small (⟦TARGET⟧; ⟦OTHER⟧).", alone=False))
    assert not score_passages.vouches(passage("The model (of ⟦TARGET⟧) is small."))  # goes on, and is given for nothing
    assert not score_passages.vouches(passage("The model is small."))
    assert not score_passages.is_about(passage("Unlike ⟦TARGET⟧, we train small models."))


@pytest.mark.parametrize(
    ("column", "text", "said"),
    [
        ("Contribution", "Our main contribution is a loss for small models.", True),
        ("创新点", "本文的创新点在于提出了小模型的损失函数。", True),
        ("Limitations", "A limitation of this work is its small sample.", True),
        ("局限性", "本文的局限在于样本较少。", True),
        ("Research question", "This study aims to train small models.", True),
        ("研究问题", "本文旨在训练小模型。", True),
        ("Data", "The dataset contains 300 pairs.", True),
        ("主要发现", "实验结果表明小模型更好。", True),
        ("Contribution", "Small models are new to some.", False),
        ("局限性", "小模型的损失较小。", False),
        ("局限性", "本文还存在一些缺陷。", False),  # that there are limits, not which
        ("研究方法", "王等将神经网络应用于文本分类。", True),
        ("Data", "Models were trained on thousands of images.", True),
        ("Data", "A recent survey of LGBT youth reports high rates.", True),
        ("数据", "该研究使用3 082 例UC 患者的16 514 张图像构建了网络。", True),
        ("数据", "他们识别政策文件中的碳税。", True),
        ("数据", "企业年报中充斥着复杂的表达。", False),
        ("主要发现", "李等指出这些指标滞后于市场定价。", True),
        ("主要发现", "该方法获得了不错的分割结果，需要人工。", True),
        ("主要发现", "该网络的分割效果较原网络有所提升。", True),
        ("局限性", "该方法保留了边缘细节，但缺乏通用性。", True),
        ("局限性", "该模型的泛化能力还有待提升。", True),
        ("局限性", "他们的方法精度较高，但并不复杂。", False),
        ("Limitations", "Their classifiers depended heavily on face alignment.", True),
        ("Limitations", "It is fast, but did not allow us to see what each input does.", True),
        ("Limitations", "It is fast, but it is also good.", False),
        ("数据", "他们收集了134 条内镜视频。", True),
        ("数据", "当一张图像中出现多个结节时，该网络失效。", False),
    ],
)
def test_what_a_column_asks_for_may_be_named_outright(column: str, text: str, said: bool) -> None:
    seen = Seen(passage(text), statement(Kind.BACKGROUND, speaker=Speaker.CITING), own=True)
    assert signs_of(seen, intent_of(Column(column))).said == float(said)


@pytest.mark.parametrize(
    ("shown", "authors", "others"),
    [
        ("Devlin 等人在其 BERT ⟦TARGET⟧ 模型中引入了掩码。", ("Polykovskiy, D",), True),
        ("Devlin 等人在其 BERT ⟦TARGET⟧ 模型中引入了掩码。", ("Devlin, J",), False),
        ("Austin et al. ⟦TARGET⟧ mask words.", ("Devlin, J",), True),
        ("Rana R 等 ⟦TARGET⟧ 处理噪音。", ("Rana, R",), False),
        ("最早由 Sohl‑Dickstein 等人 ⟦TARGET⟧ 提出。", ("Sohl-Dickstein, J",), False),
        ("在图像、语音等领域 ⟦TARGET⟧ 表现卓越。", ("Devlin, J",), False),
        ("王中卿等 ⟦TARGET⟧ 提出了框架。", ("Wang, Z",), False),  # the same name in another script
    ],
)
def test_a_sentence_that_names_others_is_not_known_to_tell_of_the_work(
    shown: str, authors: tuple[str, ...], others: bool
) -> None:
    assert works.names_others(passage(shown), replace(WORK, authors=authors)) is others


def test_what_was_found_with_a_tool_is_no_finding_of_the_tool() -> None:
    tool = Work(WorkKind.REFERENCE, "f", "Power analyses using G*Power 3.1", ("Faul, F.",), 2009)
    shown = "An analysis conducted in G*power ⟦TARGET⟧ revealed that 23 participants would be required."
    assert works.is_done_with(passage(shown), tool)
    assert not works.is_done_with(passage("A study conducted in Spain ⟦TARGET⟧ revealed two kinds."), tool)
