"""Which language a text is in, and what counts as an ideograph."""

from __future__ import annotations

import re

import pytest

from citegrid.core.language.script import (
    HAN,
    YEAR,
    count_han,
    has_han,
    is_chinese,
    with_narrow_letters,
    with_narrow_signs,
)


@pytest.mark.parametrize("text", ["注意力机制", "本文提出 Transformer 模型", "A是一种编码器"])
def test_chinese(text: str) -> None:
    assert is_chinese(text)
    assert has_han(text)


@pytest.mark.parametrize("text", ["", "attention is all you need", "the word 注意 in an English text", "2017"])
def test_not_chinese(text: str) -> None:
    assert not is_chinese(text)


def test_ideographs_of_all_blocks_count() -> None:
    assert count_han("㐀一龥豈a。") == 4
    assert re.fullmatch(f"[{HAN}]+", "㐀一龥豈")


def test_a_year_is_one_that_a_work_may_have() -> None:
    assert [y for y in ("1453", "1543", "1999", "2031", "2131") if re.fullmatch(YEAR, y)] == ["1543", "1999", "2031"]


def test_letters_of_full_width_are_narrow_and_chinese_signs_stay() -> None:
    wide = "提出了Ｒ－ＣＮＮ模型（ＡｌｅｘＮｅｔ，ＶＧＧ），提升了５．８％。"
    assert with_narrow_letters(wide) == "提出了R-CNN模型（AlexNet，VGG），提升了5.8%。"


def test_wide_signs_in_a_latin_title() -> None:
    assert (
        with_narrow_signs("Neocognitron：A new，scale－invariant net？") == "Neocognitron: A new, scale-invariant net?"
    )
    assert with_narrow_signs("深度学习：综述") == "深度学习：综述"
