"""A sentence names its work as people do, joins what belongs together, and keeps what is doubtful marked."""

from dataclasses import replace

import pytest
from tests.pipeline.review.made_up import PAPER, fact, work

from citegrid.core.statement import Kind
from citegrid.core.table import Wording
from citegrid.pipeline.review.marked_text import Marked
from citegrid.pipeline.review.names import Names
from citegrid.pipeline.review.sentences import Form, fit, opposed, say, say_opposed

ZH, EN = Names("zh"), Names("en")


@pytest.mark.parametrize(
    ("names", "kind", "text", "whole"),
    [
        (EN, Kind.METHOD, "The authors train a model", "Abel et al. (2020) train a model"),
        (EN, Kind.LIMIT, "The limit the authors name is cost", "The limit Abel et al. (2020) name is cost"),
        (EN, Kind.LIMIT, "RAG tells no reader where it read", "RAG (Abel et al., 2020) tells no reader where it read"),
        (EN, Kind.METHOD, "RAG often reads a page", "RAG often reads a page (Abel et al., 2020)"),
        (EN, Kind.METHOD, "RAG slowly reads a page", "RAG (Abel et al., 2020) slowly reads a page"),
        (EN, Kind.RESULT, "RAG answers are good", "RAG answers are good (Abel et al., 2020)"),
        (EN, Kind.METHOD, "RAG reads; it then writes", "RAG reads; it then writes (Abel et al., 2020)"),
        (EN, Kind.RESULT, "Only half is supported", "Only half is supported (Abel et al., 2020)"),
        (ZH, Kind.METHOD, "作者提出新的方法", "Abel等（2020）提出新的方法"),
        (ZH, Kind.METHOD, "提出新的方法", "Abel等（2020）提出新的方法"),
        (ZH, Kind.LIMIT, "RAG并不告诉读者出处", "RAG并不告诉读者出处（Abel等，2020）"),
    ],
)
def test_every_sentence_names_its_work(names: Names, kind: Kind, text: str, whole: str) -> None:
    assert say([fact(work(0), kind, text)], names, []).said.text == whole


@pytest.mark.parametrize(
    ("names", "text", "whole"),
    [
        (EN, "Only half is supported", "Abel et al. (2020) find that only half is supported"),
        (EN, "A model of it wins", "Abel et al. (2020) find that a model of it wins"),
        (EN, "RAG wins", "Abel et al. (2020) find that RAG wins"),
        (ZH, "只有一半得到支持", "Abel等（2020）发现，只有一半得到支持"),
    ],
)
def test_what_a_work_found_is_reported(names: Names, text: str, whole: str) -> None:
    found = replace(fact(work(0), Kind.RESULT, text), found=True)
    assert say([found], names, []).said.text == whole


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("We test RAG on the ASQA data ⟦HERE⟧ by hand", "on the ASQA data (Abel et al., 2020) by hand"),
        (
            "Following ⟦HERE⟧, we count links, and we sort them",
            "Following Abel et al. (2020), the paper counts links, and it sorts them",
        ),
    ],
)
def test_what_the_paper_did_with_a_work_names_the_work_in_its_place(text: str, whole: str) -> None:
    made = say([replace(fact(work(0), Kind.METHOD, text), by_paper=True)], EN, []).said.text
    assert whole in made and made.casefold().count("the paper") == 1


def test_what_is_reported_once_is_noted_next() -> None:
    made = say([fact(work(0), Kind.RESULT, "RAG wins")], EN, [Form.REPORTED])
    assert made.said.text == "RAG wins (Abel et al., 2020)"


def test_the_paper_itself_is_not_cited() -> None:
    ours = fact(PAPER, Kind.METHOD, "We order the works by their place")
    assert say([ours], EN, [], itself="first").said.text == "This paper orders the works by their place"
    assert say([fact(PAPER, Kind.RESULT, "Our comparison shows a gap")], EN, []).said.text.startswith("The paper's ")
    assert say([fact(PAPER, Kind.METHOD, "作者按位置梳理文献")], ZH, []).said.text == "本文按位置梳理文献"


def test_two_facts_of_a_work_make_one_sentence_and_but_stands_before_limits_alone() -> None:
    did, found = fact(work(0), Kind.METHOD, "The authors train RAG"), fact(work(0), Kind.RESULT, "RAG wins often")
    lacks = fact(work(0), Kind.LIMIT, "The authors test it on one language")
    assert fit(did, found, "en") and not fit(did, fact(work(1), Kind.RESULT, "RAG wins"), "en")
    assert say([did, found], EN, []).said.text == "Abel et al. (2020) train RAG; RAG wins often"
    assert say([did, lacks], EN, []).said.text == "Abel et al. (2020) train RAG, but they test it on one language"
    further = replace(lacks, column="")
    assert ", but" not in say([did, further], EN, []).said.text
    assert say([did, found], EN, []).sentence(".").evidence == (*did.evidence, *found.evidence)


def test_a_long_account_of_a_method_loses_a_clause_that_it_is_true_without() -> None:
    text = "The authors propose RAG for a generator of text with an index of all pages that it reads and weighs, which is done either once or often in each run"
    made = say([fact(work(0), Kind.METHOD, text)], EN, []).said.text
    assert (
        made
        == "Abel et al. (2020) propose RAG for a generator of text with an index of all pages that it reads and weighs"
    )
    finding = fact(work(0), Kind.RESULT, text)
    assert "weighs" in say([finding], EN, []).said.text


def test_nothing_is_left_out_where_a_condition_stands() -> None:
    text = (
        "The authors train RAG to answer only if the pages that it found are among those of the index, which is large"
    )
    assert say([fact(work(0), Kind.METHOD, text)], EN, []).said.text.endswith("which is large")


def test_a_number_that_was_found_is_never_left_out() -> None:
    text = "检索增强生成将预训练的生成器与维基百科的索引结合起来，在开放域问答上优于以前的各种模型，包括21500个比较"
    assert "21500" in say([fact(work(0), Kind.RESULT, text)], ZH, []).said.text
    assert "21500" not in say([fact(work(0), Kind.METHOD, text)], ZH, []).said.text


def test_only_opposite_findings_on_one_subject_are_set_against_each_other() -> None:
    worse, better = (fact(work(i), Kind.RESULT, f"GLEU is {how} on {data}") for i, (how, data) in
                     enumerate((("worse", "CoNLL"), ("better", "SEEDA"))))  # fmt: skip
    other = fact(work(1), Kind.RESULT, "BLEU is better on SEEDA")
    assert opposed(worse, better, "en") and not opposed(worse, other, "en") and not opposed(worse, worse, "en")
    made = say_opposed(worse, better, EN).sentence(".")
    assert (
        made.text == "GLEU is worse on CoNLL (Abel et al., 2020), whereas GLEU is better on SEEDA (Berg et al., 2021)."
    )
    assert made.works == ("r0", "r1")


def test_doubts_stay_with_their_words() -> None:
    doubted = replace(
        fact(work(0), Kind.METHOD, "作者训练政策模型", Wording.TO_BE_CHECKED),
        said=Marked("作者训练政策模型", ((4, 8),)),
    )
    made = say([doubted], ZH, []).sentence("。")
    assert made.wording is Wording.TO_BE_CHECKED
    assert [made.text[a:b] for a, b in made.doubts] == ["政策模型"]
