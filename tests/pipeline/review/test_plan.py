"""The review: every claim verified, nothing said twice, the length kept, connecting sentences few."""

from dataclasses import replace

import pytest

from citegrid.core.evidence import Evidence, Match, Passage, SourceKind
from citegrid.core.reference import Work, WorkKind
from citegrid.core.review import Sentence, Unit, count
from citegrid.core.table import Status
from citegrid.pipeline.cells.selection.query import read_request
from citegrid.pipeline.evidence.verify import Finding
from citegrid.pipeline.review.compose import Tools, compose
from citegrid.pipeline.review.framing import name_subject
from citegrid.pipeline.review.plan import Point, ReviewPlan, who_of

PAPER = Work(WorkKind.PAPER, "paper", "Ours", (), 2024)
TOPICS = [
    "检索",
    "生成",
    "评测",
    "校验",
    "排序",
    "训练",
    "标注",
    "推理",
    "对齐",
    "压缩",
    "翻译",
    "摘要",
    "问答",
    "抽取",
    "聚类",
    "分类",
    "规划",
    "记忆",
    "剪枝",
    "蒸馏",
]


def passage(text: str) -> Passage:
    return Passage(SourceKind.DOCUMENT, "p.pdf", 1, text, shown=text)


def point(i: int, theme: str, text: str = "") -> Point:
    work = Work(WorkKind.REFERENCE, f"r{i}", f"Title {i}", ("Gao, T.",), 2000 + i)
    return Point(work, f"Gao等（{2000 + i}）", theme, (passage(f"sentence {i} {TOPICS[i]}"),), text)


def say(passages):
    """A different sentence for every passage."""
    return [f"围绕{p.text.split()[-1] * 10}提出新的思路并作了分析" for p in passages]


def carried(statements, work):
    return [Finding(True, "", tuple(used)) for _, used in statements]


def cite(used, work):
    return tuple(Evidence(SourceKind.DOCUMENT, "p.pdf", p.text, Match.EXACT, 1, "1") for p in used)


def run(plan, write=say, judge=carried, target=400, language="zh"):
    return compose(plan, read_request("", language=language, target=target), Tools(write, judge, cite))


def plan(points: int = 8, spare: int = 8) -> ReviewPlan:
    half = points // 2
    first = tuple(point(i, "方法") for i in range(half))
    second = tuple(point(i, "结论") for i in range(half, points))
    rest = tuple(point(i, "") for i in range(points, points + spare))
    return ReviewPlan((), (("方法", first), ("结论", second)), (), rest)


@pytest.mark.parametrize("target", [300, 500, 700])
def test_the_length_is_kept_within_a_tenth(target):
    review = run(plan(8, 12), target=target)
    length = sum(count(s.text, Unit.CHARACTERS) for s in review.sentences)
    assert 0.9 <= length / target <= 1.1


def test_every_sentence_but_the_connecting_ones_has_a_source():
    review = run(plan())
    assert all(s.evidence for s in review.sentences if s.status is not Status.LINK)
    assert sum(s.status is Status.LINK for s in review.sentences) <= 3


def test_a_sentence_that_is_not_carried_does_not_appear():
    refused = "检索"

    def judge(statements, work):
        return [Finding(refused not in text, "no", tuple(used)) for text, used in statements]

    review = run(plan(), judge=judge)
    assert not any(refused in s.text for s in review.sentences)
    assert any("生成" in s.text for s in review.sentences)


def test_verified_words_of_a_cell_are_not_asked_or_judged_again():
    verified = "作者提出了带标记的核对方法，并在三个数据集上做了实验"
    only = ReviewPlan((), (("方法", (point(0, "方法", verified),)),), (), ())

    def never(*args):
        raise AssertionError("asked again")

    review = run(only, write=never, judge=never)
    assert [s.text for s in review.sentences] == ["Gao等（2000）提出了带标记的核对方法，并在三个数据集上做了实验。"]


def test_nothing_is_said_twice():
    same = tuple(Point(PAPER, "本文", "方法", (passage(f"{i}"),)) for i in range(5))
    review = run(
        ReviewPlan(same, (), (), ()), lambda used: ["提出了同一种新的思路并给出了详细的实验分析和讨论"] * len(used)
    )
    assert len(review.sentences) == 1


def test_what_cannot_be_written_is_no_sentence():
    assert run(plan(), lambda used: [""] * len(used)).sentences == ()


@pytest.mark.parametrize(
    ("language", "said", "whole"),
    [
        ("zh", "作者提出了新方法。", "Gao等（2023）提出了新方法。"),
        ("zh", "该研究的作者发现成本很高", "Gao等（2023）发现成本很高。"),
        ("zh", "提出了新方法", "Gao等（2023）提出了新方法。"),
        ("zh", "ALCE包含三个数据集", "在Gao等（2023）的工作中，ALCE包含三个数据集。"),
        ("en", "The authors train a model.", "Gao et al. (2023) train a model."),
        ("en", "ALCE has three sets.", "In Gao et al. (2023), ALCE has three sets."),
        ("en", "The model is large.", "In Gao et al. (2023), the model is large."),
    ],
)
def test_every_sentence_names_its_work(language, said, whole):
    who = "Gao等（2023）" if language == "zh" else "Gao et al. (2023)"
    assert name_subject(said, who, language) == whole


@pytest.mark.parametrize(
    ("said", "whole"),
    [
        ("Brazilian cities grew fast", "In Gao et al. (2023), Brazilian cities grew fast."),
        ("These cities grew fast", "In Gao et al. (2023), these cities grew fast."),
        ("Cities grew fast", "In Gao et al. (2023), cities grew fast."),
        ("Latin America grew fast", "In Gao et al. (2023), Latin America grew fast."),
    ],
)
def test_names_of_places_keep_their_capital_behind_the_work(said, whole):
    assert name_subject(said, "Gao et al. (2023)", "en") == whole


@pytest.mark.parametrize(
    ("language", "authors", "shown"),
    [
        ("zh", ("Gao, T.", "Yen, H.", "Yu, J."), "Gao等（2023）"),
        ("en", ("Gao, T.", "Yen, H.", "Yu, J."), "Gao et al. (2023)"),
        ("en", ("Gao, T.", "Yen, H."), "Gao and Yen (2023)"),
        ("zh", (), "《T》（2023）"),
    ],
)
def test_a_work_is_named_by_its_authors_and_year(language, authors, shown):
    assert who_of(Work(WorkKind.REFERENCE, "r", "T", authors, 2023), language) == shown


def test_the_paper_is_spoken_of_in_the_third_person():
    said = name_subject("We train our model on data given to us.", "This paper", "en", own=True)
    assert said == "The authors train their model on data given to them."


def test_marks_do_not_count():
    assert count("一句话。[文档: p.pdf, 第1页]", Unit.CHARACTERS) == 4
    assert count("Two words [doc: p.pdf, page 1]", Unit.WORDS) == 2


def test_a_short_review_keeps_its_length_though_a_comparison_stands_ready():
    ready = tuple(Sentence(f"第{i}句比较{t * 8}的先后次序。", Status.SUPPORTED) for i, t in enumerate(TOPICS[:4]))
    review = run(replace(plan(4, 4), comparison=ready), target=120)
    length = sum(count(s.text, Unit.CHARACTERS) for s in review.sentences)
    assert 0.7 <= length / 120 <= 1.1
    assert review.sentences[0].status is Status.SUPPORTED


def test_only_a_sentence_that_can_stand_behind_it_gets_a_joining_word():
    texts = [
        "Market access was higher there",
        "For all years the trade was low",
        "GREEN counts what is kept",
        "Trade grew",
    ]
    points = tuple(replace(point(i, "", text), work=PAPER, who="This paper") for i, text in enumerate(texts))
    review = run(ReviewPlan(closing=points), target=30, language="en")
    said = [s.text for s in review.sentences]
    assert not any(s.startswith("Moreover, GREEN") for s in said)
    assert "Market access was higher there." in said


def test_a_review_without_themes_may_be_longer_than_asked():
    """Nothing can be left out where only the comparison speaks."""
    compared = (Sentence("The works listed were published from 2001 to 2020.", Status.SUPPORTED, ()),)
    review = run(ReviewPlan(comparison=compared), target=5, language="en")
    assert [s.text for s in review.sentences if s.status is Status.SUPPORTED] in ([compared[0].text], [])


def test_what_no_translation_could_be_trusted_with_is_quoted_where_the_review_is_short():
    told, open_ = point(1, ""), point(2, "")
    quoted = [replace(p, text=f"They say {TOPICS[i]} aloud.", quoted=True) for i, p in enumerate((told, open_))]
    plan = ReviewPlan((), (), (), (told, open_, *quoted))
    review = run(plan, write=lambda used: [say([p])[0] if "1" in p.text else "" for p in used])
    texts = [s.text for s in review.sentences]
    assert sum("原文写道" in t for t in texts) == 1, "what was told already is not quoted"
    assert any(t.endswith(f"关于Gao等（2002），原文写道：“They say {TOPICS[1]} aloud.”") for t in texts)


def test_a_quotation_that_is_not_about_the_work_is_left_out():
    quoted = replace(point(2, ""), text="They say it aloud.", quoted=True)
    judge = lambda statements, work: [Finding(False, "", ()) for _ in statements]  # noqa: E731
    assert not run(ReviewPlan((), (), (), (quoted,)), judge=judge).sentences
