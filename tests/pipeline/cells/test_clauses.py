"""A sentence in two columns: each gets the clauses that say what it asks for."""

import re

import pytest

from citegrid.pipeline.cells.clauses import by_clauses, without_cut_list

METHOD, FINDING, DATA = re.compile("利用…?生成式模型|构建"), re.compile("证明了|表明"), re.compile("政策文件中")
BOTH = "在宏观层面，作者利用生成式模型识别政策文件中的碳税内容，构建了一个指数，证明了该方法的规模化优势与对齐能力。"


def test_each_column_gets_the_clauses_that_say_what_it_asks_for():
    method, finding = by_clauses(BOTH, [METHOD, FINDING], [False, False])
    assert method == "在宏观层面，作者利用生成式模型识别政策文件中的碳税内容，构建了一个指数。"
    assert finding == "证明了该方法的规模化优势与对齐能力。"


def test_data_is_one_clause_and_cuts_nothing_from_the_others():
    method, data = by_clauses(BOTH, [METHOD, DATA], [False, True])
    assert method == BOTH
    assert data == "在宏观层面，作者利用生成式模型识别政策文件中的碳税内容。"


def test_a_clause_that_announces_the_next_is_one_with_it():
    said = "多位学者的研究表明，语言模型能够从年报中精准抽取减排的策略，进而计算出更为精确的指数。"
    (finding,) = by_clauses(said, [FINDING], [False])
    assert finding == said


def test_a_column_alone_whose_words_stand_nowhere_has_the_whole_sentence():
    assert by_clauses(BOTH, [re.compile("没有的词")], [False]) == [BOTH]


def test_a_column_whose_words_stand_nowhere_has_what_stands_before_the_other():
    method, finding = by_clauses(BOTH, [re.compile("没有的词"), FINDING], [False, False])
    assert method == "在宏观层面，作者利用生成式模型识别政策文件中的碳税内容，构建了一个指数。"
    assert finding == "证明了该方法的规模化优势与对齐能力。"


def test_a_limit_stands_without_the_conjunction_before_it() -> None:
    said = "该方法保留了重要的边缘细节，提高了精度，但缺乏通用性和普适性。"
    method, limit = by_clauses(said, [re.compile("提高了"), re.compile("但.{0,30}缺乏")], [False, False])
    assert method == "该方法保留了重要的边缘细节，提高了精度。"
    assert limit == "缺乏通用性和普适性。"


def test_a_clause_that_ends_with_a_long_phrase_of_what_is_asked_for_announces_nothing() -> None:
    said = "该网络取得了较好的分割结果，但是需要的训练时间较长。"
    finding, limit = by_clauses(said, [re.compile("取得了.{0,30}结果"), re.compile("但是.{0,30}较长")], [False, False])
    assert finding == "该网络取得了较好的分割结果。"
    assert limit == "需要的训练时间较长。"


def test_an_english_sentence_is_not_cut():
    said = "They build an index, and found that it scales to all countries."
    assert by_clauses(said, [re.compile("build"), re.compile("found")], [False, False])[0] == said


def test_narrow_commas_end_a_clause_before_an_ideograph_only():
    said = "该研究使用3 082例患者的16,514张图像,构建了一个网络,结果表明其准确率达到了90%。"
    data, finding = by_clauses(said, [re.compile("例患者"), FINDING], [True, False])
    assert (data, finding) == ("该研究使用3 082例患者的16,514张图像。", said)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("本文选取上市公司为样本，并作如下处理：第一，剔除金融企业；", "本文选取上市公司为样本。"),
        ("本研究也存在不足：1) 未纳入皮肤摄入途径；", "本研究也存在不足：1) 未纳入皮肤摄入途径；"),
        (
            "本文选取上市公司为样本，并作如下处理：第一，剔除金融企业。",
            "本文选取上市公司为样本，并作如下处理：第一，剔除金融企业。",
        ),
        ("本文选取上市公司为样本，结果如下：系数为正；", "本文选取上市公司为样本，结果如下：系数为正；"),
    ],
)
def test_a_list_that_is_cut_behind_its_first_item_is_left_out(text: str, kept: str) -> None:
    assert without_cut_list(text) == kept
