"""Under which words a sentence stands: headings of sections, those set into the line, labels of abstracts, announcements."""

from __future__ import annotations

import pytest

from citegrid.core.evidence import Passage, SourceKind
from citegrid.pipeline.evidence.headings import announces, headings_of, is_beside
from citegrid.pipeline.evidence.readable import plain


def under(*texts: str, section: str = "3 Study") -> list[str]:
    return headings_of([Passage(SourceKind.DOCUMENT, "paper.pdf", 0, text, section=section) for text in texts])


def test_a_heading_in_the_line_stands_over_what_follows_it_up_to_the_next() -> None:
    first, second, third = under("3.1 数据来源本文选取某市学校。", "共有三百人。", "3.2 模型设定本文建立回归模型。")
    assert "数据来源" in first
    assert "数据来源" in second
    assert "数据来源" not in third


def test_a_heading_in_the_line_ends_with_its_section() -> None:
    sentences = [
        Passage(SourceKind.DOCUMENT, "paper.pdf", 0, text, section=section)
        for text, section in (("（一）研究对象本研究选取教师。", "二、设计"), ("教师更为满意。", "三、结果"))
    ]
    assert ["研究对象" in one for one in headings_of(sentences)] == [True, False]


def test_what_announces_limits_stands_over_them() -> None:
    told = under("It is large.", "Our method does have limitations.", "It needs a graph.")
    assert ["limitations" in one for one in told] == [False, True, True]


@pytest.mark.parametrize(
    ("text", "is_announcement"),
    [
        ("The proposed strategy, however, does have limitations.", True),
        ("Readers should bear in mind the limitations of our study.", True),
        ("但本研究仍存在一定不足。", True),
        ("A limitation of our study is its small sample.", False),
        ("样本量较小是本研究的不足。", False),
    ],
)
def test_a_sentence_that_only_says_that_limits_follow_is_told_from_one_that_names_them(
    text: str, is_announcement: bool
) -> None:
    assert announces(text) is is_announcement


def test_checks_of_results_are_told_by_their_heading() -> None:
    assert is_beside(under("2 稳健性检验为检验结果，本文更换变量。")[0])
    assert not is_beside(under("2 基准回归本文报告结果。")[0])


@pytest.mark.parametrize(
    ("printed", "said"),
    [
        ("4.1 实验数据及参数设置本文的实验数据由某医院提供。", "本文的实验数据由某医院提供。"),
        ("四、讨论与启示本研究采用混合研究方法。", "本研究采用混合研究方法。"),
        ("[摘 要] 以某地学生为实验组，建立回归模型。", "以某地学生为实验组，建立回归模型。"),
        ("【方法/过程】采用问卷调查三百名教师。", "采用问卷调查三百名教师。"),
        ("结果表明方法有效。", "结果表明方法有效。"),
        ("2024 年本文作者调查了三百名教师。", "2024 年本文作者调查了三百名教师。"),
        ("教师更为满意 ①。", "教师更为满意。"),
        ("另一方面，教师更为满意。", "教师更为满意。"),
    ],
)
def test_a_cell_leaves_out_what_its_page_and_its_neighbours_put_into_a_sentence(printed: str, said: str) -> None:
    assert plain(printed) == said
