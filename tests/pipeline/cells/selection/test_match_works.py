"""Two entries are one work only where nothing speaks against it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from citegrid.core.document import Document
from citegrid.core.reference import Reference
from citegrid.pipeline.cells.selection.match_works import ENOUGH, PAPER_WEIGHTS, is_document, same_entry, same_in

BASE = {
    "authors": ("Gao, Tianyu", "Yen, Howard"),
    "title": "Enabling large language models to generate text with citations",
    "year": 2023,
}


def entry(**fields) -> Reference:
    return Reference("r1", "", "", 1, (), (), **{**BASE, **fields})


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"title": "Enabling Large Language Models to Generate Text with Citations."},
        {"title": "Enabling large language mod-els to generate text with citations"},
        {"year": 2024, "venue": "EMNLP"},
        {"authors": ("T. Gao", "H. Yen")},
        {"authors": ()},
        {"doi": "10.48550/arXiv.2305.14627"},
        {"year": None},
    ],
)
def test_the_same_work_in_two_lists(fields):
    assert same_entry(entry(), entry(**fields))
    assert same_entry(entry(**fields), entry())


@pytest.mark.parametrize(
    "fields",
    [
        {"title": "Enabling large language models to generate text without citations"},
        {"title": "Enabling large language models to generate text with citations: part two"},
        {"authors": ("Liu, Nelson",)},
        {"year": 2019},
        {"title": ""},
        {"title": "Citations", "authors": ()},
    ],
)
def test_another_work(fields):
    assert not same_entry(entry(), entry(**fields))


def test_identifiers_decide_over_titles():
    assert same_entry(entry(doi="10.1/A"), entry(doi="10.1/a", title="Another title as printed elsewhere", year=1999))
    assert not same_entry(entry(doi="10.1/a"), entry(doi="10.1/b"))
    assert not same_entry(entry(arxiv="2305.14627"), entry(arxiv="2305.14628v2"))
    assert same_entry(entry(arxiv="2305.14627"), entry(arxiv="arXiv:2305.14627v2", title="Cut short"))


def test_supervised_is_not_unsupervised():
    one = entry(title="Supervised learning of sentence representations from pairs of documents")
    assert not same_entry(one, entry(title="Unsupervised learning of sentence representations from pairs of documents"))


def test_short_chinese_titles_need_their_author_or_year():
    one = entry(title="大型语言模型综述", authors=("赵, 鑫",))
    assert same_entry(one, entry(title="大型语言模型 综述", authors=("赵鑫",)))
    assert not same_entry(one, entry(title="大型语言模型综述", authors=("李明",)))


def test_editions_of_each_year_are_told_apart_by_their_year():
    """A competition that one list names twice: the work of another year is not the same."""
    contest = {"title": "National invitational mathematics examination", "authors": ("MAA",)}
    one = entry(**contest, year=2024)
    both = [replace(entry(**contest, year=year), id=f"r{year}") for year in (2025, 2024)]
    found = same_in(one, [one], both)
    assert found is not None
    assert found.id == "r2024"
    assert same_in(both[0], both, [one]) is None
    assert same_in(both[1], both, [one]) == one
    assert same_in(one, [one], both[:1]) == both[0]  # a preprint and its journal form


def test_an_organisation_on_the_front_page_is_the_people_of_a_list():
    title = "Incentivizing the reasoning of language models by rewards alone"
    document = Document("a.pdf", "0" * 64, (), title, ("Example-AI",), 2025)
    assert is_document(entry(title=title, year=2025), document)
    assert not is_document(entry(title=title, year=2019), document)
    assert not is_document(entry(title="Incentivizing", year=2025), document)
    other = title.replace("alone", "and by labels")
    assert not is_document(entry(title=other, authors=("Example-AI",), year=2025), document)


def test_no_sum_of_lesser_signs_outweighs_a_number():
    """The table of weights is an order: a publisher's number, then a preprint's, then words."""
    words = sum(abs(weight) for sign, weight in PAPER_WEIGHTS.items() if not sign.endswith(("doi", "arxiv")))
    for sign in ("doi", "arxiv"):
        assert PAPER_WEIGHTS[f"same_{sign}"] == -PAPER_WEIGHTS[f"other_{sign}"]
    assert PAPER_WEIGHTS["same_arxiv"] > words + ENOUGH
    assert PAPER_WEIGHTS["same_doi"] > PAPER_WEIGHTS["same_arxiv"] + words + ENOUGH
