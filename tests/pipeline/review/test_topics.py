"""What is said across works holds of each of them: themes that several treat, and who reports gains and who does not."""

from dataclasses import replace

import pytest
from tests.pipeline.review.made_up import PAPER, fact, work

from citegrid.core.statement import Kind
from citegrid.pipeline.review.citations import Names
from citegrid.pipeline.review.facts import Fact
from citegrid.pipeline.review.phrases import is_topic
from citegrid.pipeline.review.terms import long_forms_in, phrases_in, words_in, written_as
from citegrid.pipeline.review.topics import disagreement, themes

EN, ZH = Names("en"), Names("zh")


def said(number: int, text: str, names: Names = EN) -> Fact:
    """What is said of work ``number``, which is cited at the end."""
    of = work(number)
    told = fact(of, Kind.RESULT, text + names.noted([of]))
    return replace(told, cited=True, bare=text)


TOLD = [
    said(0, "Many road kills happen in spring"),
    said(1, "Each model of road kills needs counts"),
    said(2, "Boys yield to peer pressure at work"),
    said(3, "Some find that peer pressure fades"),
]
KNOWN = [*TOLD, said(4, "All road kills of deer"), said(4, "Such peer pressure ends")]


def test_themes_are_what_several_works_treat() -> None:
    made = themes(TOLD, KNOWN, EN, "Own title")
    assert made is not None and is_topic(made.said.text + ".", "en")
    assert made.said.text == (
        "Recurrent themes of the literature are peer pressure (Cole et al., 2022; Dorn et al., 2023)"
        " and road kills (Abel et al., 2020; Berg et al., 2021)"
    )
    assert len(made.sentence(".").evidence) == 4 and set(made.sentence(".").works) == {"r0", "r1", "r2", "r3"}


@pytest.mark.parametrize("title", ["Road kills in winter", "Peer pressure"])
def test_what_the_paper_itself_is_about_is_no_theme_and_one_theme_is_too_few(title: str) -> None:
    assert themes(TOLD, KNOWN, EN, title) is None


def test_what_stands_in_one_company_alone_is_no_theme() -> None:
    assert themes(TOLD, TOLD, EN, "Own title") is None


GAINS = [said(0, "培训显著提升员工绩效", ZH), said(1, "短期培训促进了绩效", ZH)]
NONE = said(2, "培训并未显著提升绩效", ZH)
DRAWBACK = said(3, "脱产培训给绩效带来负面冲击", ZH)


def test_who_reports_gains_and_who_does_not() -> None:
    made = disagreement([*GAINS, NONE, DRAWBACK], ZH, "员工绩效研究")
    assert made is not None and is_topic(made.said.text + "。", "zh")
    assert made.said.text == (
        "相关文献的结论并不一致：Abel等（2020）与Berg等（2021）的看法偏于肯定，Cole等（2022）与Dorn等（2023）则有所保留"
    )
    assert len(made.facts) == 4


@pytest.mark.parametrize(
    ("told", "title"),
    [
        (GAINS, "员工绩效研究"),
        ([GAINS[0], NONE], "员工绩效研究"),
        ([*GAINS, NONE], "道路动物研究"),
        ([*GAINS, said(0, "培训给绩效带来负面冲击", ZH)], "员工绩效研究"),
        ([*GAINS, replace(NONE, own=True)], "员工绩效研究"),
        ([*GAINS, replace(NONE, works=(PAPER,))], "员工绩效研究"),
        ([*GAINS, replace(NONE, kind=Kind.BACKGROUND)], "员工绩效研究"),
        ([*GAINS, said(3, "脱产培训提高绩效，但有负面冲击", ZH)], "员工绩效研究"),
        ([*GAINS, replace(NONE, works=(*NONE.works, work(4)))], "员工绩效研究"),
    ],
    ids=[
        "one side",
        "two works",
        "another subject",
        "on both sides",
        "the paper's",
        "the paper",
        "noted behind what is general",
        "both ways",
        "cited twice",
    ],
)
def test_where_works_do_not_plainly_disagree_nothing_is_said(told: list[Fact], title: str) -> None:
    assert disagreement(told, ZH, title) is None


def test_long_forms_of_abbreviations() -> None:
    text = "We use long short-term memory (LSTM) and bins (see Gao), a deep neural network (DNN), energy resources (ERs) and a model (A)."
    assert dict(long_forms_in(text)) == {
        "LSTM": "long short-term memory",
        "DNN": "deep neural network",
        "ERs": "energy resources",
    }


@pytest.mark.parametrize(
    ("title", "held", "not_held"),
    [
        ("A Study of Road Kills: Birds in Spring", "road kills", "kills birds"),
        ("RESULTS OF ROAD KILLS", "road kills", "RESULTS"),
        ("基于随机森林的室内可见光定位研究", "室内可见光定位", "定位研究"),
        ("基于XGBoost 算法的预测", "XGBoost", "基于"),
    ],
)
def test_phrases_of_titles(title: str, held: str, not_held: str) -> None:
    assert held in {p.casefold() if p.isupper() else p for p in phrases_in(title)} and not_held not in phrases_in(title)


def test_a_phrase_is_written_as_the_text_writes_it() -> None:
    assert written_as("bactericera in peru", "Bactericera stays in Peru") == "Bactericera in Peru"
    assert written_as("road kills", "Birds on roads") == ""


def test_words_that_only_hold_a_sentence_together_are_no_terms() -> None:
    assert words_in("However, these results show birds", "en") == {"bird"}
    assert "鸟类" in words_in("对鸟类的影响", "zh") and "的影" not in words_in("对鸟类的影响", "zh")
