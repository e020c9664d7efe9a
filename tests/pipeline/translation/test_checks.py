"""What is seen of a translation without understanding it: names, constructions, words left over, clauses, mends by rule."""

from __future__ import annotations

import pytest

from citegrid.pipeline.translation.clauses import joined, parts_of
from citegrid.pipeline.translation.constructions import constructions_of, lost
from citegrid.pipeline.translation.editing import edited, plainer
from citegrid.pipeline.translation.english import is_acronym, singular, stem
from citegrid.pipeline.translation.names import left_over, missing_names, names_of
from citegrid.pipeline.translation.say_terms import say_left_terms
from citegrid.pipeline.translation.term_base import shipped


@pytest.mark.parametrize(
    ("word", "bare"), [("studies", "study"), ("classes", "class"), ("analysis", "analysis"), ("models", "model")]
)
def test_plurals(word: str, bare: str) -> None:
    assert singular(word) == bare


def test_stems_and_acronyms() -> None:
    assert stem("tuning") == stem("tuned")
    assert is_acronym("LLMs") and is_acronym("GPT-3") and not is_acronym("Data") and not is_acronym("a")


def test_names_are_told_by_their_look() -> None:
    text = "Nakano et al. (2021) train WebGPT, a GPT-3 model; Smith and Okafor (2020) use T5 on fine-tuned Answers."
    assert set(names_of(text)) == {"Nakano", "Smith", "Okafor", "WebGPT", "GPT-3", "T5"}
    assert missing_names(text, "Nakano等人训练了WebGPT（GPT3模型）；Smith使用T5。") == ("Okafor",)


def test_a_name_with_a_dot_is_kept_as_written_and_holds_no_term() -> None:
    text = "Raters audit perplexity.ai, but the perplexity of e.g. data.table fell.Then it rose."
    assert names_of(text) == ("perplexity.ai", "data.table")
    assert left_over(text, "评分者审计perplexity.ai", "zh") == []
    assert [hit.text for hit in shipped().find(text, "en") if "perplexity" in hit.text] == ["perplexity"]
    assert say_left_terms("评分者审计perplexity.ai", text, "zh", shipped(), ()) == "评分者审计perplexity.ai"


def test_words_left_in_the_source_language() -> None:
    source = "Hallucinations of GPT-3 hurt Botrytis cinerea in London."
    target = "GPT-3的hallucinations伤害London的Botrytis cinerea，10 km"
    assert [target[a:b] for a, b in left_over(source, target, "zh")] == ["hallucinations"]
    assert left_over("模型", "a model 模型", "en") == [(8, 10)]


def test_terms_left_over_are_said() -> None:
    said = say_left_terms(
        "模型的 hallucinations 很多", "hallucinations of models", "zh", shipped(), ("machine-learning",)
    )
    assert said == "模型的幻觉很多"


@pytest.mark.parametrize(
    ("source", "translation", "gone"),
    [
        ("Only half of the claims are true.", "只有一半的说法为真。", ()),
        ("Only half of the claims are true.", "说法为真。", ("half", "only")),
        ("It is not supported.", "它得到支持。", ("negation",)),
        ("It is supported.", "它没有得到支持。", ("no_negation",)),
        ("Unlabelled data help.", "未标注的数据有帮助。", ()),
        ("The scores were 3 and 5, respectively.", "得分分别为3和5。", ()),
        ("up to 11 billion parameters", "110亿参数", ("up_to",)),
    ],
)
def test_lost_constructions_are_told(source: str, translation: str, gone: tuple[str, ...]) -> None:
    assert lost(source, translation, "zh") == gone


def test_style_only_chooses_examples() -> None:
    assert "style_passive" in constructions_of("It was heated.", "en")
    assert lost("It was heated.", "加热了它。", "zh") == ()


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("They lack support half of the time.", "They lack support in half of the cases."),
        ("It is preferred to GPT-3 56% of the time.", "It is rated better than GPT-3 in 56% of the cases."),
        ("It makes up information.", "It fabricates information."),
        ("It says nothing about whether this is right.", "It does not tell whether this is right."),
        ("It runs in all but 5 cases.", "It runs in all cases except 5."),
        ("It has yet to be tested on as many as 50 sites.", "It has not yet been tested on up to 50 sites."),
        ("Nothing to do here.", "Nothing to do here."),
    ],
)
def test_turns_of_phrase_are_asked_in_plainer_words(text: str, asked: str) -> None:
    assert plainer(text, "en") == asked


def test_long_sentences_are_taken_apart_at_semicolons() -> None:
    text = "The first system answers every question of the test set without a source; the second names a page for each of its statements."
    parts = parts_of(text, "zh")
    assert [p[0] for p in parts] == ["", "；"]
    assert (
        joined([("", "第一个系统不给出处。"), ("；", "第二个系统给出页码。")])
        == "第一个系统不给出处；第二个系统给出页码。"
    )


def test_brackets_and_short_sentences_stay_whole() -> None:
    assert len(parts_of("It fails; it does.", "zh")) == 1
    inside = "The models (of which the first was trained on all pages; the second on none of these pages at all) answer every question."
    assert len(parts_of(inside, "zh")) == 1


def test_english_goes_on_small() -> None:
    assert joined([("", "One fails."), ("; ", "The other works.")]) == "One fails; the other works."


@pytest.mark.parametrize(
    ("said", "printed"),
    [
        ("Ji et al. (2023) 发现, 模型有误.", "Ji等人（2023）发现，模型有误。"),
        ("训练模型来引用或引用", "训练模型来引用"),
        ("见图 1 (左)。", "见图1（左）。"),
        ("“结果很好。”", "结果很好。"),
        ("于 July 2002 年完成", "于2002年7月完成"),
    ],
)
def test_what_is_always_wrong_is_mended(said: str, printed: str) -> None:
    assert edited(said, "zh") == printed
    assert edited(printed, "zh") == printed


@pytest.mark.parametrize(
    ("source", "translation", "is_lost"),
    [
        ("There are 512 neurons in each layer.", "共有512个神经元。", True),
        ("There are 512 neurons in each layer.", "每层有512个神经元。", False),
        ("It recently grew rapidly.", "它增长了。", True),
        ("It recently grew rapidly.", "它近来迅速增长。", False),
    ],
)
def test_words_that_carry_meaning_are_missed(source: str, translation: str, is_lost: bool) -> None:
    assert bool(lost(source, translation, "zh")) == is_lost


def test_small_words_that_stand_for_a_sentence_are_made_plain() -> None:
    assert plainer("It should say so when it cannot.", "en") == "It should state this clearly when it cannot."
    assert plainer("They judge it without research of their own.", "en") == "They judge it without their own research."
    assert plainer("They train a model of their own.", "en") == "They train a model of their own."


def test_a_term_put_in_says_no_affix_twice() -> None:
    source = "A statement is attributable if a reader affirms it."
    assert say_left_terms("陈述是可attributable的。", source, "zh", shipped(), ()) == "陈述是可归因的。"
