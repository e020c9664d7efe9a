"""Terms that a document gives in both languages, and what only looks like one."""

from __future__ import annotations

import pytest

from citegrid.pipeline.translation.learn_terms import learn_terms


def learnt(*texts: str) -> dict[str, str]:
    return {term.english: term.chinese for term in learn_terms(texts, "thesis.pdf")}


def test_keyword_lists_of_equal_length_are_pairs() -> None:
    text = "摘要……\n关键词：大语言模型；检索增强生成；幻觉\nAbstract …\nKeywords: Large language models; Retrieval-augmented generation; hallucination\n1 引言"
    assert learnt(text) == {
        "large language models": "大语言模型",
        "retrieval-augmented generation": "检索增强生成",
        "hallucination": "幻觉",
    }


def test_lists_may_stand_on_two_pages_and_be_set_with_commas() -> None:
    assert learnt("[关键词] 生态位，物种分布\n", "Key words: ecological niche, species distribution.\n") == {
        "ecological niche": "生态位",
        "species distribution": "物种分布",
    }


def test_lists_of_unequal_length_teach_nothing() -> None:
    assert learnt("关键词：大语言模型；检索；幻觉\nKeywords: large language models; hallucination\n") == {}


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        (
            "本文采用检索增强生成（retrieval-augmented generation，RAG）。",
            {"retrieval-augmented generation": "检索增强生成"},
        ),
        ("通过自然语言推理 (Natural Language Inference) 判断。", {"natural language inference": "自然语言推理"}),
        ("模型用proximal policy optimization（近端策略优化）训练。", {"proximal policy optimization": "近端策略优化"}),
        (
            "We use the proximal policy optimization (近端策略优化) here.",
            {"proximal policy optimization": "近端策略优化"},
        ),
    ],
)
def test_brackets_name_a_term_in_the_other_language(text: str, pairs: dict[str, str]) -> None:
    assert learnt(text) == pairs


@pytest.mark.parametrize(
    "text",
    [
        "语言学家乔姆斯基（Noam Chomsky）认为如此。",
        "作者王小明（Xiaoming Wang）提出了方法。",
        "记者张三丰（Sanfeng Zhang）报道。",
        "结果见下文表格（see Table）。",
        "已有研究如此认为（Smith et al）。",
        "优化（DPO）",  # letters that stand for an unknown number of words
        "最近研究人员广泛关注而且反复讨论过许多次（chain of thought）。",  # nobody knows where the term begins
        "方法（method, 2019, see p. 3）",
    ],
)
def test_names_references_and_what_has_no_beginning_are_left(text: str) -> None:
    assert learnt(text) == {}


def test_a_run_without_a_border_is_cut_where_the_text_says_its_end_again() -> None:
    text = "最近研究人员广泛关注并讨论思维链提示（chain of thought prompting）。思维链提示很有用。"
    assert learnt(text) == {"chain of thought prompting": "思维链提示"}


def test_the_pair_that_is_given_more_often_counts() -> None:
    text = "采用策略（policy）。采用政策（policy）。采用策略（policy）。"
    assert learnt(text) == {"policy": "策略"}


def test_a_term_knows_its_document() -> None:
    (term,) = learn_terms(["采用策略模型（policy model）。"], "thesis.pdf")
    assert term.source == "thesis.pdf"


def test_long_texts_cost_little() -> None:
    assert learnt("中" * 20000 + "（a b）", "word " * 20000 + "（甲）") == {}
