"""A model's words stand only where they say the same and nothing beside it."""

import pytest

from citegrid.pipeline.review.faithful import is_faithful

ZH = "Gao等（2023）构建了ALCE，这是第一个可复现的带引用文本生成基准，最好的系统只有51.5%的句子有据"
EN = "Gao et al. (2023) build ALCE, the first reproducible benchmark; only 51.5% of sentences are supported"


@pytest.mark.parametrize(
    "text",
    [
        "Gao等（2023）构建了第一个可复现的带引用文本生成基准ALCE，最好的系统只有51.5%的句子有据",
        ZH,
    ],
)
def test_other_words_for_the_same_pass(text: str) -> None:
    assert is_faithful(text, [ZH], "zh")


@pytest.mark.parametrize(
    "text",
    [
        ZH.replace("51.5%", "54.1%"),
        ZH.replace("，最好的系统只有51.5%的句子有据", ""),
        ZH.replace("只有51.5%的句子有据", "51.5%的句子没有依据"),
        ZH.replace("ALCE", "ASQA"),
        ZH + "，因而广受学界欢迎并得到普及应用",
        EN,
    ],
)
def test_what_differs_in_number_name_denial_content_or_language_does_not(text: str) -> None:
    assert not is_faithful(text, [ZH], "zh")


def test_english_words_must_all_be_given() -> None:
    assert is_faithful("ALCE, which Gao et al. (2023) build, is the first reproducible benchmark, "
                       "and only 51.5% of its sentences are supported", [EN.replace("Gao et al. (2023) build ALCE",
                       "ALCE, which Gao et al. (2023) build, is")], "en")  # fmt: skip
    assert not is_faithful(EN.replace("first", "popular"), [EN], "en")


def test_names_keep_their_order_and_directions_theirs() -> None:
    given = "RAG outperforms BART and is better than T5"
    assert not is_faithful("BART outperforms RAG and is better than T5", [given], "en")
    assert not is_faithful("RAG outperforms BART and is worse than T5", [given], "en")
