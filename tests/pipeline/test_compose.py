"""The review: every claim verified, nothing said twice, the length kept, connecting sentences few."""

import pytest

from citegrid.core.evidence import Evidence, Match, Passage, SourceKind
from citegrid.core.reference import Work, WorkKind
from citegrid.core.review import Unit, count
from citegrid.core.table import Status
from citegrid.engines.fake import FakeModel
from citegrid.pipeline.compose import Plan, Point, compose, who_of

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


def say(ask):
    """A different sentence for every piece of evidence."""
    topic = ask.own.split("sentence ")[1].split("\n")[0]
    return f"围绕{topic * 10}提出新的思路并作了分析"


def run(plan, model=None, judge=None, target=400):
    return compose(
        plan,
        language="zh",
        target=target,
        unit=Unit.CHARACTERS,
        model=model or FakeModel(say),
        judge=judge or (lambda statements, work: [(True, "", tuple(used)) for _, used in statements]),
        cite=lambda used, work: tuple(
            Evidence(SourceKind.DOCUMENT, "p.pdf", p.text, Match.EXACT, 1, "1") for p in used
        ),
    )


def plan(points: int = 8, spare: int = 8) -> Plan:
    half = points // 2
    first = tuple(point(i, "方法") for i in range(half))
    second = tuple(point(i, "结论") for i in range(half, points))
    rest = tuple(point(i, "") for i in range(points, points + spare))
    return Plan((), (("方法", first), ("结论", second)), (), rest)


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
        return [(refused not in text, "no", tuple(used)) for text, used in statements]

    review = run(plan(), judge=judge)
    assert not any(refused in s.text for s in review.sentences)
    assert any("生成" in s.text for s in review.sentences)


def test_verified_words_of_the_cell_stand_in_for_a_refused_sentence():
    verified = "提出了带标记的核对方法，并在三个数据集上做了实验"
    only = Plan((), (("方法", (point(0, "方法", verified), point(1, "方法"))),), (), ())
    review = run(only, judge=lambda statements, work: [(False, "no", ()) for _ in statements])
    assert [s.text for s in review.sentences if s.evidence] == [f"Gao等（2000）{verified}。"]


def test_nothing_is_said_twice():
    model = FakeModel(lambda ask: "提出了同一种新的思路并给出了详细的实验分析和讨论")
    same = tuple(Point(PAPER, "本文", "方法", (passage(f"{i}"),)) for i in range(5))
    review = run(Plan(same, (), (), ()), model)
    assert len(review.sentences) == 1


def test_an_answer_that_was_cut_off_or_is_empty_is_no_sentence():
    assert run(plan(), FakeModel(lambda ask: "")).sentences == ()


@pytest.mark.parametrize(
    ("language", "authors", "shown"),
    [("zh", "Gao等", "Gao等（2023）"), ("en", "Gao et al.", "Gao et al. (2023)"), ("zh", "", "《T》（2023）")],
)
def test_a_work_is_named_by_its_authors_and_year(language, authors, shown):
    assert who_of(Work(WorkKind.REFERENCE, "r", "T", (), 2023), authors, language) == shown


def test_marks_do_not_count():
    assert count("一句话。[文档: p.pdf, 第1页]", Unit.CHARACTERS) == 4
    assert count("Two words [doc: p.pdf, page 1]", Unit.WORDS) == 2
