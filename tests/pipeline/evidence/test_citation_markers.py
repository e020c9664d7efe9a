"""Marked sentences read aloud, and answers made clean."""

import pytest

from citegrid.pipeline.evidence.citation_markers import (
    about_target,
    is_example,
    is_part_of_it,
    names_before_target,
    of_earlier_work,
    speaks_of_another,
    speaks_of_citing,
    taken_up,
)
from citegrid.pipeline.evidence.readable import plain, tidy


@pytest.mark.parametrize(
    ("shown", "said"),
    [
        ("⟦TARGET⟧ train a retriever.", "The authors train a retriever."),
        ("It reaches 41.5 on Natural Questions (⟦TARGET⟧).", "It reaches 41.5 on Natural Questions."),
        ("It is common (see ⟦OTHER⟧; ⟦TARGET⟧, ch. 2) today.", "It is common today."),
        ("It is common ⟦TARGET⟧.", "It is common."),
        ("Metrics differ, as shown in ⟦TARGET⟧.", "Metrics differ."),
        ("The finding of ⟦TARGET⟧ is new.", "The finding of the authors is new."),
        # who is named stays named
        ("Vaswani et al. ⟦TARGET⟧ propose the transformer.", "Vaswani et al. propose the transformer."),
        ("Lewis and Perez ⟦TARGET⟧ combine both.", "Lewis and Perez combine both."),
        (
            "⟦TARGET⟧ extend the model of Gao et al. ⟦OTHER⟧ to images.",
            "The authors extend the model of Gao et al. to images.",
        ),
        ("Attention ⟦OTHER⟧, ⟦TARGET⟧ is used.", "Attention is used."),
        ("In ⟦TARGET⟧, attention alone is used.", "Attention alone is used."),
        ("The nets were proposed in ⟦TARGET⟧ for speech.", "The nets were proposed in this work for speech."),
        ("A study by ⟦TARGET⟧ considers both.", "A study by the authors considers both."),
        ("⟦TARGET⟧ establishes stability.", "This work establishes stability."),
        ("It agrees with ⟦TARGET⟧ who asked farmers.", "It agrees with the authors who asked farmers."),
        ("⟦TARGET⟧ discuss stability.", "The authors discuss stability."),
        ("张三等⟦TARGET⟧提出了新方法。", "张三等提出了新方法。"),
        ("⟦TARGET⟧提出了新方法。", "作者提出了新方法。"),
        ("如文献 ⟦TARGET⟧ 提出了新方法。", "该文献提出了新方法。"),
        ("针对此，该文⟦TARGET⟧提出了新方法。", "针对此，该文提出了新方法。"),
        ("scHiCluster⟦TARGET⟧是聚类方法。", "scHiCluster是聚类方法。"),
        ("该方法被广泛使用⟦OTHER⟧。", "该方法被广泛使用。"),
        ("Trade grew in all towns (see also Figure 3) ⟦TARGET⟧.", "Trade grew in all towns."),
    ],
)
def test_a_marked_sentence_is_read_aloud(shown, said):
    assert plain(shown) == said


@pytest.mark.parametrize(
    ("shown", "printed", "said"),
    [
        ("Khan ⟦TARGET⟧ needs less than ⟦OTHER⟧ for maps.", "Khan36 needs less than35 for maps.", "Khan needs less than [35] for maps."),
        ("⟦OTHER⟧ go on, by ⟦TARGET⟧.", "Yu and Li (2018) go on, by Gao (2019).", "Yu and Li (2018) go on, by the authors."),
        ("本文由 ⟦OTHER⟧ 改进。", "本文由[5]改进。", "本文由[5]改进。"),
        ("与 ⟦OTHER⟧ 一样，文献 ⟦TARGET⟧ 用文献 ⟦OTHER⟧ 的图。", "与[4]一样，文献[5]用文献[6]的图。", "与[4]一样，该文献用文献[6]的图。"),
        # not found: one work, not several
        ("It is better than ⟦OTHER⟧ here.", "", "It is better than another study here."),
    ],
)  # fmt: skip
def test_another_work_stays_as_it_is_printed(shown, printed, said):
    assert plain(shown, printed=printed) == said


@pytest.mark.parametrize(
    ("shown", "other"),
    [
        ("Different from ⟦TARGET⟧, who evaluate one answer, ALCE evaluates many.", True),
        ("Unlike the method of ⟦TARGET⟧, ours needs no labels.", True),
        ("Our model outperforms ⟦TARGET⟧ by 3 points.", True),
        ("与⟦TARGET⟧不同，本文使用图。", True),
        ("与Zhao 等人 ⟦TARGET⟧ 的方法类似，Lukas 等人 ⟦OTHER⟧ 提出了一种方法。", True),
        ("与Zhao 等人 ⟦OTHER⟧ 的方法类似，Lukas 等人 ⟦TARGET⟧ 提出了一种方法。", False),
        ("This model yielded better results than the model proposed by ⟦TARGET⟧.", True),
        ("The maps of Khan et al. ⟦OTHER⟧ showed better use of memory than ⟦TARGET⟧ due to cubes.", True),
        ("Khan et al. ⟦TARGET⟧ use less memory than ⟦OTHER⟧ due to cubes.", False),
        ("It lasted longer than a month ⟦TARGET⟧ in towns.", False),
        ("⟦TARGET⟧ outperform BM25 by 3 points.", False),
        ("⟦TARGET⟧ propose a model unlike all others.", False),
        ("The model is larger (⟦TARGET⟧).", False),
        ("GREEN calculates precision as BLEU ⟦TARGET⟧ does.", True),
        ("This simple baseline outperforms the more complex RNN-based models of ⟦OTHER⟧, ⟦TARGET⟧.", True),
        ("Even though CCA is a classic technique ⟦TARGET⟧, Klein et al. ⟦OTHER⟧ have used it of late.", True),
        ("Even though CCA is a classic technique ⟦OTHER⟧, Klein et al. ⟦TARGET⟧ have used it of late.", False),
        ("Research on this appears to be lacking (but see ⟦TARGET⟧).", True),
    ],
)
def test_who_is_only_compared_with_is_not_spoken_of(shown, other):
    assert speaks_of_another(shown) is other


@pytest.mark.parametrize(
    ("shown", "own"),
    [
        ("The study findings show more birds, as had been reported ⟦TARGET⟧, ⟦OTHER⟧.", True),
        ("We train on ImageNet (⟦TARGET⟧).", True),
        ("Our results are similar to those of others ⟦TARGET⟧.", True),
        ("The survey was conducted in the park ⟦TARGET⟧.", True),
        ("A study that was done by ⟦TARGET⟧ found higher mortality.", False),
        ("A power analysis was conducted based on an effect size reported by ⟦TARGET⟧.", True),
        ("⟦TARGET⟧ show that our view is wrong.", False),
        ("We use this score because ⟦TARGET⟧ validated it.", True),
        ("Our dataset is also related to ReferIt ⟦TARGET⟧, which has 130k descriptions.", False),
        ("To our knowledge, Kong et al. ⟦TARGET⟧ is the only work on this task.", False),
        ("In this paper, GLEU refers to the formula in ⟦TARGET⟧.", True),
        ("The study contributes two measures.", False),
        ("Roads harm wildlife ⟦TARGET⟧.", False),
        ("Small ones were killed most often, probably because they are hard to notice ⟦TARGET⟧.", True),
        ("A study that was conducted in Peru found the same ⟦TARGET⟧.", False),
        ("It has been reported that birds are hit most ⟦TARGET⟧.", False),
        ("One parity ⟦TARGET⟧ is similar to another, but takes groups into account.", False),
        (
            "Lineage tracking using driver ⟦OTHER⟧; ⟦TARGET⟧ and reporter ⟦OTHER⟧ mice revealed that cells migrate.",
            True,
        ),
        ("A recent study using driver mice ⟦TARGET⟧ revealed that cells migrate.", False),
        ("While earlier studies ⟦OTHER⟧; ⟦TARGET⟧ report that cells divide, our work shows that they migrate.", False),
    ],
)
def test_what_the_citing_paper_does_is_not_what_the_work_does(shown, own):
    assert speaks_of_citing(shown) is own


@pytest.mark.parametrize(
    ("shown", "told"),
    [
        ("In an earlier work ⟦TARGET⟧, we argued that tissues are fluids.", "⟦TARGET⟧ argued that tissues are fluids."),
        ("In ⟦TARGET⟧, we predicted a pressure.", "⟦TARGET⟧ predicted a pressure."),
        ("More recently, we studied division ⟦TARGET⟧.", "⟦TARGET⟧ studied division ⟦TARGET⟧."),
        ("In our simulations, we measure what ⟦TARGET⟧ need.", "In our simulations, we measure what ⟦TARGET⟧ need."),
        (
            "Recently, we studied division ⟦TARGET⟧ and death ⟦OTHER⟧.",
            "Recently, we studied division ⟦TARGET⟧ and death ⟦OTHER⟧.",
        ),
    ],
)
def test_what_authors_did_in_an_earlier_work_is_of_that_work(shown, told):
    assert of_earlier_work(shown) == told


def test_a_note_is_told_from_a_part_of_the_sentence():
    assert is_part_of_it("⟦TARGET⟧ show this.")
    assert is_part_of_it("A study by ⟦TARGET⟧ shows this.")
    assert is_part_of_it("They go on about it.")
    assert not is_part_of_it("Roads harm wildlife ⟦TARGET⟧.")
    assert not is_part_of_it("Roads harm wildlife (⟦TARGET⟧).")


def test_markers_and_echoes_never_reach_the_reader():
    assert tidy("主要方法/理论：双编码器", column="主要方法/理论") == "双编码器"
    assert tidy("该文献的局限与备注是成本高", column="局限与备注") == "成本高"
    assert tidy("局限：成本高", column="局限与备注") == "成本高"
    assert tidy("Research Aim: a new metric", column="Research question") == "a new metric"
    assert tidy("BERT: a model", column="Method") == "BERT: a model"
    assert tidy("方法论的转变", column="方法") == "方法论的转变"


def test_an_answer_that_was_cut_off_ends_with_its_last_whole_sentence():
    assert tidy("第一句。第二句没有", whole=False) == "第一句。"
    assert tidy("没有说完的", whole=False) == ""


def test_works_cited_in_a_row_at_the_end_are_notes_not_parts_of_the_sentence():
    assert not is_part_of_it("The study findings show much as reported elsewhere ⟦OTHER⟧, ⟦TARGET⟧.")
    assert speaks_of_citing("The study findings show much as reported elsewhere ⟦OTHER⟧, ⟦TARGET⟧.")


def test_a_sentence_is_read_without_what_it_hangs_on():
    assert plain("Additionally, ⟦TARGET⟧ show that roads kill.") == "The authors show that roads kill."
    assert plain("此外，⟦TARGET⟧指出道路致死。") == "作者指出道路致死。"


def test_a_work_named_by_its_own_name_is_part_of_the_sentence():
    shown = "GLEU (of ⟦TARGET⟧) computes a score."
    assert is_part_of_it(shown)
    assert plain(shown) == "GLEU computes a score."


@pytest.mark.parametrize(
    ("shown", "left"),
    [
        ("⟦OTHER⟧ tune a model, whereas ⟦TARGET⟧ prompt one.", "⟦TARGET⟧ prompt one."),
        ("Unlike ⟦TARGET⟧, who label by hand, we draw a sample.", ""),
        (
            "Unlike approaches that rely on the frequencies of words (⟦OTHER⟧) or on patterns (⟦TARGET⟧), large models can capture"
            " complex patterns (⟦OTHER⟧).",
            "",
        ),
        (
            "Old approaches rely on the frequencies of words (⟦OTHER⟧) or on patterns (⟦TARGET⟧), large models can capture complex"
            " patterns (⟦OTHER⟧).",
            "Old approaches rely on the frequencies of words (⟦OTHER⟧) or on patterns (⟦TARGET⟧)",
        ),
        ("Small birds are hit often (⟦TARGET⟧), and owls at night (⟦OTHER⟧).", "Small birds are hit often (⟦TARGET⟧)"),
        (
            "⟦TARGET⟧ find an effect in adults but none in children.",
            "⟦TARGET⟧ find an effect in adults but none in children.",
        ),
        ("⟦OTHER⟧提出了指标，⟦TARGET⟧则提出了数据集。", "⟦TARGET⟧则提出了数据集。"),
        # the subject of what is left was that of another's clause
        ("⟦OTHER⟧ built a large model, and applied ⟦TARGET⟧ to the old problem.", ""),
        ("We go on from there.", "We go on from there."),
        (
            "While earlier studies ⟦OTHER⟧; ⟦TARGET⟧ report that cells divide, our work shows that they migrate.",
            "earlier studies ⟦OTHER⟧, ⟦TARGET⟧ report that cells divide",
        ),
        ("According to the plan of the project ⟦TARGET⟧ one way to count is by an index ⟦OTHER⟧.", ""),
        ("A score of this kind is used in the first shared task ⟦OTHER⟧ and the second shared task ⟦TARGET⟧.",) * 2,
        ("Metals are a safe and cheap alternative ⟦OTHER⟧; ⟦TARGET⟧; ⟦OTHER⟧.",) * 2,
        (
            "Millions are eaten each year (⟦TARGET⟧), but most rules are made for farmers.",
            "Millions are eaten each year (⟦TARGET⟧)",
        ),
        ("Since 2015 the road has been paved ⟦TARGET⟧.",) * 2,
        ("Which has been used in medicine for a long time ⟦TARGET⟧.", ""),
        ("Because nets are fast, they have been applied to base calls ⟦TARGET⟧.",) * 2,
        ("Despite its weight for most people ⟦TARGET⟧, the trade is free in all states (⟦OTHER⟧).", ""),
        (
            "Although it was seen in some cities ⟦OTHER⟧, people in small towns barter their food ⟦TARGET⟧.",
            "people in small towns barter their food ⟦TARGET⟧.",
        ),
        (
            "Although it was seen in some cities, people in towns barter their food ⟦TARGET⟧, and sell it in large ones ⟦OTHER⟧.",
            "Although it was seen in some cities, people in towns barter their food ⟦TARGET⟧",
        ),
        ("BLEU ⟦OTHER⟧, ROUGE ⟦TARGET⟧ and CIDEr ⟦OTHER⟧ count n-grams.",) * 2,
        ("尽管它对多数居民的生活十分重要⟦TARGET⟧，交易在各州仍然不受限制⟦OTHER⟧。", ""),
        # a list of works: what goes on about another is not of this one
        (
            "文献⟦OTHER⟧统计报文的频率差异，该方法需要双向的报文；文献⟦TARGET⟧选取熵值，通过向量机实现流量的分类；文献⟦OTHER⟧组合网络，并融合结果。",
            "文献⟦TARGET⟧选取熵值，通过向量机实现流量的分类",
        ),
    ],
)
def test_the_clauses_about_others_are_left_out(shown, left):
    assert about_target(shown) == left


def test_an_example_of_a_kind_is_told_from_what_acts():
    assert is_example("The files are aligned with any aligner (e.g., MUSCLE ⟦OTHER⟧ and PRANK ⟦TARGET⟧).")
    assert not is_example("Recent works such as DeepSeek-R1 ⟦TARGET⟧ adopt a reward by rules.")
    assert not is_example("DeepSeek-R1 ⟦TARGET⟧ adopts a reward by rules, e.g. for code.")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("They found that yields fell.", "⟦TARGET⟧ found that yields fell."),
        ("In a second study, the authors asked farmers.", "In a second study, ⟦TARGET⟧ asked farmers."),
        ("They are trained on pairs.", "They are trained on pairs."),  # things, not people
        ("This method relies on an assumption.", "This method (of ⟦TARGET⟧) relies on an assumption."),
        ("在构建模型时，作者团队发现效率不同。", "在构建模型时，⟦TARGET⟧发现效率不同。"),
        ("Their classifiers depended on alignment.", "Their classifiers (of ⟦TARGET⟧) depended on alignment."),
        ("These machine-learning methods did better.", "These machine-learning methods (of ⟦TARGET⟧) did better."),
        ("These red wings are methods.", "These red wings are methods."),
        ("In their method, a set is drawn.", "In their method (of ⟦TARGET⟧), a set is drawn."),
        ("Their 8.2 % overall error is low.", "Their 8.2 % overall error (of ⟦TARGET⟧) is low."),
        ("Their wings are blue.", "Their wings are blue."),
        ("该方法需要大量数据。", "该方法 (of ⟦TARGET⟧)需要大量数据。"),
        ("然而该方法需要大量数据。", "然而该方法 (of ⟦TARGET⟧)需要大量数据。"),
        ("Yields fell in all towns.", "Yields fell in all towns."),
    ],
)
def test_the_next_sentence_takes_up_a_work(text, shown):
    assert taken_up(text, of_work=True) == shown


def test_a_mark_behind_a_chinese_comma_is_a_subject():
    assert is_part_of_it("具体来说，⟦TARGET⟧首先分层。")
    assert not is_part_of_it("方法很多，⟦TARGET⟧。")


def test_only_its_authors_are_taken_up_after_a_mere_note():
    assert taken_up("They found it.", of_work=False) == "⟦TARGET⟧ found it."
    assert taken_up("This method fails.", of_work=False) == "This method fails."


@pytest.mark.parametrize(
    ("shown", "left"),
    [
        ("Rupta ⟦TARGET⟧ 是一款框架，在构建调用图方面更好。", "Rupta ⟦TARGET⟧ 是一款框架，在构建调用图方面更好。"),
        ("它很慢 ⟦TARGET⟧，在构建调用图方面更好。", "它很慢 ⟦TARGET⟧"),
        ("Phosphorene dots ⟦TARGET⟧ are new, but nobody measures them.", "Phosphorene dots ⟦TARGET⟧ are new,"),
        (
            "The HiCRep tool ⟦TARGET⟧ compares maps, but it is slow.",
            "The HiCRep tool ⟦TARGET⟧ compares maps, but it is slow.",
        ),
    ],
)
def test_what_follows_a_note_is_its_works_only_where_that_is_the_subject(shown, left):
    assert about_target(shown).rstrip(",") == left.rstrip(",")


def test_the_word_for_a_work_names_nobody():
    assert names_before_target("针对这一问题，文献 ⟦TARGET⟧ 提出了方法。") == ""
    assert names_before_target("针对这一问题，李四等 ⟦TARGET⟧ 提出了方法。") == "李四等"


def test_a_chinese_paper_s_own_result_that_agrees_with_a_work_or_its_own_guess_is_not_the_work_s() -> None:
    assert speaks_of_citing(
        "这一发现与刘某⟦TARGET⟧关于我国若干所公立高校的科研人员国际流动对学术职业聘任影响的研究结论相似。"
    )
    assert speaks_of_citing("笔者推测可能的原因是访问具有临时属性⟦TARGET⟧。")
    assert not speaks_of_citing("刘某⟦TARGET⟧发现流动经历对聘任有显著影响。")


def test_a_clause_that_only_announces_what_others_say_is_nothing_of_the_work() -> None:
    shown = "在 ⟦TARGET⟧ 的研究中也明确指出， ⟦OTHER⟧ 的发现有悖于政策目标，这与其他国家的情形并不相同。"
    assert about_target(shown) == ""


def test_a_work_named_as_an_example_is_the_subject_of_its_sentence() -> None:
    assert plain("如 ⟦TARGET⟧ 采用虚拟变量来测度企业的数字化转型。") == "作者采用虚拟变量来测度企业的数字化转型。"
    assert plain("如果样本不足， ⟦TARGET⟧ 采用虚拟变量。").startswith("如果样本不足")
