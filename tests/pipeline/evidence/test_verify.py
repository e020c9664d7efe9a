"""The verifier: what is not in the quotes is never carried."""

import re
import string

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from tests.doubles.engines import FakeModel

from citegrid.core.evidence import Passage, SourceKind
from citegrid.core.messages import say
from citegrid.core.reference import Work, WorkKind
from citegrid.pipeline.evidence import verify
from citegrid.pipeline.evidence.claim_tokens import denies_alone, numbers_in, spell_counts, words_missing

WORK = Work(
    WorkKind.REFERENCE, "r1", "Enabling Large Language Models to Generate Text with Citations", ("Gao, Tianyu",), 2023
)
TEXT = (
    "Gao et al. (2023) build ALCE with three datasets and find that 50% of the answers on ELI5 lack complete support."
)


def passage(text: str = TEXT, page: int = 3) -> Passage:
    return Passage(SourceKind.DOCUMENT, "paper.pdf", page, text, shown=text)


def find(statement: str, spare: tuple[Passage, ...] = (), model: FakeModel | None = None) -> verify.Finding:
    return verify.check([(statement, [passage()])], WORK, spare, model or FakeModel())[0]


def test_a_statement_whose_words_stand_in_its_quote_is_carried():
    assert find("ALCE在ELI5上发现50%的回答缺乏完整支持").carried


@pytest.mark.parametrize(
    ("statement", "word"),
    [
        ("ALCE发现60%的回答缺乏支持", "60"),
        ("ALCE在ASQA上发现50%", "ASQA"),
        ("BERT发现50%的回答缺乏支持", "BERT"),
        ("ALCE在2024年提出", "2024"),
        ("ALCE发现5%的回答缺乏支持", "5"),
        ("ALCE包含5.0个数据集，提升12.5", "12.5"),
    ],
)
def test_a_wrong_number_or_name_is_not_carried_and_is_named(statement, word):
    finding = find(statement)
    assert not finding.carried
    assert word in finding.reason


def test_a_statement_that_the_model_doubts_is_not_carried():
    assert not find("ALCE很好", model=FakeModel(sure=-2.0)).carried


def test_a_statement_without_evidence_is_not_carried():
    assert not verify.check([("ALCE", ())], WORK, (), FakeModel())[0].carried


def test_a_missing_word_is_looked_for_in_the_other_passages():
    other = passage("On ASQA the same work reports fluent answers.", 4)
    finding = find("ALCE在ASQA上发现50%", (other,))
    assert finding.carried
    assert finding.used == (passage(), other)


def test_numbers_are_compared_as_values():
    assert words_missing("1000 works, 0.5 share", ["1,000 works; a share of .5 or 0.50"]) == []
    assert words_missing("1000", ["10,00,0"]) == ["1000"]
    assert words_missing("5 sets", ["15 sets in 2015"]) == ["5"]


def test_a_count_reads_as_its_source_does():
    assert spell_counts("包含3个数据集", ["three datasets"]) == "包含三个数据集"
    assert spell_counts("包含4个数据集", ["three datasets"]) == "包含4个数据集"


@given(st.integers(0, 10**6))
def test_a_flipped_number_is_never_carried(number):
    assume(number not in (50, 2023))
    assert not find(f"ALCE发现{number}%的回答缺乏完整支持").carried


@given(st.text(string.ascii_uppercase, min_size=3, max_size=8))
def test_a_swapped_name_is_never_carried(name):
    known = re.findall(r"[a-z0-9]+", f"{TEXT} {WORK.title} {WORK.authors}".casefold())
    assume(
        name.casefold().rstrip("s")
        not in {"".join(known[i:j]).rstrip("s") for i in range(len(known)) for j in range(i, i + 5)}
    )
    assume(
        name.casefold() not in {"the", "this", "it", "in", "an", "for", "they", "their", "we", "its", "these", "and"}
    )
    assert not find(f"{name}发现50%的回答缺乏完整支持").carried


def test_a_part_of_a_name_is_another_name():
    assert words_missing("ERR scores edits", ["We use ERRANT."]) == ["ERR"]
    assert words_missing("ERRANT and LLMs", ["We use ER-RANT with an LLM."]) == []


def test_a_number_keeps_its_unit():
    assert words_missing("提高了12%", ["rose by 12 percent"]) == []
    assert words_missing("提高了12%", ["rose by 12 km"]) == ["12"]
    assert words_missing("死亡率为3倍", ["3 days later"]) == ["3"]
    assert words_missing("12 小时", ["after 12 h"]) == []
    assert words_missing("约12%", ["it was 12 (see Table 2, in %)"]) == []  # a table's head may hold the unit


@pytest.mark.parametrize(
    ("statement", "quote", "denies"),
    [
        ("大模型不能判断自己不知道什么", "Large models can tell what they do not know.", False),
        ("该方法不能用于低资源语言", "The method is used for low-resource languages.", True),
        ("The authors found no effect of size", "The authors found an effect of size.", True),
        ("The authors found no effect of size", "Size had an insignificant effect, the authors found.", False),
        ("该研究没有考虑成本", "The study lacks an account of cost.", False),
        ("不同模型的结果不同", "The results differ between models.", False),
        ("回答未得到支持", "The answers were supported.", True),
    ],
)
def test_a_statement_does_not_deny_what_no_quote_denies(statement, quote, denies):
    assert denies_alone(statement, [quote]) is denies


def test_a_country_that_no_quote_names_is_missing():
    assert words_missing("肯尼亚的公路网", ["NCAA has a road network."]) == ["肯尼亚"]
    assert words_missing("坦桑尼亚北部的公路网", ["roads in northern Tanzania"]) == []
    assert words_missing("美国患者", ["美国患者共12名", "12"]) == []


def test_accents_and_marks_of_places_do_not_hide_a_name():
    assert words_missing("LO Gonçalves; Mtega", ["47. Gonçalves LO. Gregory A. Mtega1"]) == []
    assert words_missing("Gonzalves", ["Gonçalves"]) == ["Gonzalves"]


@pytest.mark.parametrize(
    ("statement", "missing"),
    [
        ("首次报告了镁2+导体。", []),
        ("首次报告了镁3+导体。", ["3"]),
        ("制备了镁2.4P2O5.4薄膜。", []),
        ("制备了镁2.5P2O5.4薄膜。", ["2.5"]),
        ("提高了2倍。", ["2"]),
    ],
)
def test_a_formula_whose_element_was_translated_keeps_its_numbers(statement, missing):
    source = "The first Mg2+ conductor was an amorphous thin film of Mg2.4P2O5.4."
    assert words_missing(statement, [source]) == missing


def test_a_compound_unit_is_another_unit():
    assert words_missing("剂量为50 mg/kg", ["a dose of 50 mg/kg was given"]) == []
    assert words_missing("剂量为50 mg/kg", ["a dose of 50 mg was given"]) == ["50"]
    assert words_missing("十周年，12周", ["the anniversary, in 12 weeks"]) == []
    assert [unit for _, _, unit in numbers_in("12周年 and 3 weeks")] == ["anniversary", "week"]


@pytest.mark.parametrize(
    ("text", "denies"),
    [
        ("方法不断改进", False),
        ("方法不能改进", True),
        ("不同方法不能比较", True),
        ("未来的工作", False),
        ("isn’t used", True),
    ],
)
def test_words_that_only_hold_a_negator_deny_nothing(text, denies):
    assert denies_alone(text, ["The method is used."]) is denies


def test_a_reason_is_said_in_the_language_of_the_reader():
    finding = find("ASQA和BERT很好")
    assert finding.reason == "not in the quotes: ASQA, BERT"
    assert say(finding.reason, "zh") == "引文中没有：ASQA、BERT"
    doubted = find("ALCE很好", model=FakeModel(sure=-2.0)).reason
    assert say(doubted, "zh").startswith("证据是否这样说该文献，模型不能确认")
