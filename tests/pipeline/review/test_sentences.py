"""A sentence names its work as people do, joins what belongs together, and keeps what is doubtful marked."""

from dataclasses import replace

import pytest
from tests.pipeline.review.made_up import PAPER, fact, work

from citegrid.core.statement import Kind
from citegrid.core.table import Wording
from citegrid.pipeline.review.citations import Names
from citegrid.pipeline.review.marked_text import Marked
from citegrid.pipeline.review.sentences import Form, fit, joined, say

ZH, EN = Names("zh"), Names("en")


@pytest.mark.parametrize(
    ("names", "kind", "text", "whole"),
    [
        (EN, Kind.METHOD, "The authors train a model", "Abel et al. (2020) train a model"),
        (ZH, Kind.CONTRIBUTION, "该作者的贡献是一种通用方案", "Abel等（2020）的贡献是一种通用方案"),
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


def test_what_cites_its_works_in_their_places_is_told_as_it_stands() -> None:
    cited = replace(fact(work(0), Kind.RESULT, "RAG wins (but see Abel et al., 2020)"), cited=True)
    assert say([cited], EN, []).said.text == "RAG wins (but see Abel et al., 2020)"
    ours = replace(fact(work(0), Kind.RESULT, "Unlike Abel et al. (2020), we find no gap"), cited=True, own=True)
    made = say([ours], EN, [])
    assert made.said.text == "Unlike Abel et al. (2020), the paper finds no gap" and made.form is Form.CITED


def test_a_study_is_said_to_be_its_authors() -> None:
    made = say([fact(work(1), Kind.METHOD, "The study counts road kills")], EN, [])
    assert made.said.text == f"The study of {EN.told(work(1))} counts road kills"


def test_a_work_is_named_with_its_year_but_right_behind_itself() -> None:
    one, same, other = (
        say([fact(work(i), Kind.METHOD, text)], EN, [])
        for i, text in [(1, "The authors count kills"), (1, "The authors map roads"), (2, "The authors map farms")]
    )
    again = same.behind(one, EN)
    assert again.said.text == f"{EN.again(work(1))} map roads" and "20" not in again.said.text
    assert again.names == (EN.again(work(1)),)
    assert other.behind(one, EN) is other
    noted = say([fact(work(1), Kind.METHOD, "Road kills are counted")], EN, [])
    assert noted.behind(one, EN) is noted


def test_a_subject_inside_a_chinese_sentence_takes_the_name_and_no_second_one_stands_before_it() -> None:
    made = say([fact(work(1), Kind.METHOD, "基于这一见解，作者开发了一个框架")], ZH, [])
    assert made.said.text == f"基于这一见解，{ZH.told(work(1))}开发了一个框架"


def test_what_is_reported_once_is_noted_next() -> None:
    made = say([fact(work(0), Kind.RESULT, "RAG wins")], EN, [Form.REPORTED])
    assert made.said.text == "RAG wins (Abel et al., 2020)"


def test_the_paper_itself_is_not_cited() -> None:
    ours = fact(PAPER, Kind.METHOD, "We order the works by their place")
    assert say([ours], EN, [], itself="first").said.text == "This paper orders the works by their place"
    assert say([fact(PAPER, Kind.RESULT, "Our comparison shows a gap")], EN, []).said.text.startswith("The paper's ")
    assert say([fact(PAPER, Kind.METHOD, "作者按位置梳理文献")], ZH, []).said.text == "本文按位置梳理文献"


@pytest.mark.parametrize(
    ("names", "brings", "finds", "said"),
    [
        (EN, "We build a shelf", "We find that it holds", "The paper builds a shelf, and finds that it holds"),
        (ZH, "我们提出一种书架", "我们发现它很稳", "本文提出一种书架，并发现它很稳"),
    ],
)
def test_what_the_paper_brings_and_finds_makes_one_sentence(names: Names, brings: str, finds: str, said: str) -> None:
    one, other = (
        replace(fact(PAPER, kind, text), own=True) for kind, text in [(Kind.CONTRIBUTION, brings), (Kind.RESULT, finds)]
    )
    first, second = say([one], names, []), say([other], names, [], itself="again")
    together = joined(first, second, names.language)
    assert together is not None and together.said.text == said and together.facts == (one, other)
    assert joined(second, first, names.language) is None
    assert say([other], EN, [], itself="also").said.text.startswith("It also ") or names is ZH


def test_two_facts_of_a_work_make_one_sentence_and_but_stands_before_limits_alone() -> None:
    did, found = fact(work(0), Kind.METHOD, "The authors train RAG"), fact(work(0), Kind.RESULT, "RAG wins often")
    lacks = fact(work(0), Kind.LIMIT, "The authors test it on one language")
    assert fit(did, found, "en") and not fit(did, fact(work(1), Kind.RESULT, "RAG wins"), "en")
    assert say([did, found], EN, []).said.text == "Abel et al. (2020) train RAG; RAG wins often"
    assert say([did, lacks], EN, []).said.text == "Abel et al. (2020) train RAG, but they test it on one language"
    further = replace(lacks, column="")
    assert ", but" not in say([did, further], EN, []).said.text
    assert say([did, found], EN, []).sentence(".").evidence == (*did.evidence, *found.evidence)


def test_doubts_stay_with_their_words() -> None:
    doubted = replace(
        fact(work(0), Kind.METHOD, "作者训练政策模型", Wording.TO_BE_CHECKED),
        said=Marked("作者训练政策模型", ((4, 8),)),
    )
    made = say([doubted], ZH, []).sentence("。")
    assert made.wording is Wording.TO_BE_CHECKED
    assert [made.text[a:b] for a, b in made.doubts] == ["政策模型"]
