"""The verifier: what is not in the quotes is never carried."""

import string

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from citegrid.core.evidence import Passage, SourceKind
from citegrid.core.reference import Work, WorkKind
from citegrid.engines.fake import FakeModel
from citegrid.pipeline import ground

WORK = Work(
    WorkKind.REFERENCE, "r1", "Enabling Large Language Models to Generate Text with Citations", ("Gao, Tianyu",), 2023
)
TEXT = (
    "Gao et al. (2023) build ALCE with three datasets and find that 50% of the answers on ELI5 lack complete support."
)


def passage(text: str = TEXT, page: int = 3) -> Passage:
    return Passage(SourceKind.DOCUMENT, "paper.pdf", page, text, shown=text)


def find(statement: str, spare: tuple[Passage, ...] = (), model: FakeModel | None = None) -> ground.Finding:
    return ground.check([(statement, [passage()])], WORK, spare, model or FakeModel())[0]


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
    assert not ground.check([("ALCE", ())], WORK, (), FakeModel())[0].carried


def test_a_missing_word_is_looked_for_in_the_other_passages():
    other = passage("On ASQA the same work reports fluent answers.", 4)
    finding = find("ALCE在ASQA上发现50%", (other,))
    assert finding.carried
    assert finding.used == (passage(), other)


def test_numbers_are_compared_as_values():
    assert ground.words_missing("1000 works, 0.5 share", ["1,000 works; a share of .5 or 0.50"]) == []
    assert ground.words_missing("1000", ["10,00,0"]) == ["1000"]
    assert ground.words_missing("5 sets", ["15 sets in 2015"]) == ["5"]


def test_a_count_reads_as_its_source_does():
    assert ground.spell_counts("包含3个数据集", ["three datasets"]) == "包含三个数据集"
    assert ground.spell_counts("包含4个数据集", ["three datasets"]) == "包含4个数据集"


@given(st.integers(0, 10**6))
def test_a_flipped_number_is_never_carried(number):
    assume(number not in (50, 2023))
    assert not find(f"ALCE发现{number}%的回答缺乏完整支持").carried


@given(st.text(string.ascii_uppercase, min_size=3, max_size=8))
def test_a_swapped_name_is_never_carried(name):
    known = "".join(c for c in (TEXT + WORK.title + "".join(WORK.authors)).casefold() if c.isalnum())
    assume(name.casefold() not in known)
    assume(
        name.casefold() not in {"the", "this", "it", "in", "an", "for", "they", "their", "we", "its", "these", "and"}
    )
    assert not find(f"{name}发现50%的回答缺乏完整支持").carried
