"""Entries in the styles of the field: whose work, called what, from when, found where."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citegrid.pipeline.entry import parse_entry

STYLES = [
    (
        "APA",
        "Smith, J. A., & Doe, B. (2020a). A title of things: with subtitle. Journal of Things, 12(3), 4–5. https://doi.org/10.1000/xyz",
        ["Smith, J. A.", "Doe, B."], "A title of things: with subtitle", 2020,
    ),
    (
        "ACL",
        "Luyu Gao, Zhuyun Dai, Anthony Chen, and Kelvin Guu. 2023. RARR: Researching and revising what language models say. In Proceedings of ACL, pages 1–9.",
        ["Gao, Luyu", "Dai, Zhuyun", "Chen, Anthony", "Guu, Kelvin"], "RARR: Researching and revising what language models say", 2023,
    ),
    (
        "IEEE",
        "A. Vaswani, N. Shazeer, and N. Parmar, “Attention is all you need,” in Advances in NeurIPS, 2017, pp. 5998–6008.",
        ["Vaswani, A.", "Shazeer, N.", "Parmar, N."], "Attention is all you need", 2017,
    ),
    (
        "Vancouver",
        "Smith JA, Doe B, van der Berg C. Effects of X on Y: a trial. Lancet. 2019;12(3):45-67.",
        ["Smith, JA", "Doe, B", "van der Berg, C"], "Effects of X on Y: a trial", 2019,
    ),
    (
        "GB/T 7714",
        "张三, 李四, 王五. 基于深度学习的引文推荐研究[J]. 情报学报, 2021, 40(3): 1-10.",
        ["张三", "李四", "王五"], "基于深度学习的引文推荐研究", 2021,
    ),
    (
        "LNCS",
        "Devlin, J., Chang, M.W., Toutanova, K.: BERT: Pre-training of deep bidirectional transformers. In: NAACL, pp. 1–9 (2019)",
        ["Devlin, J.", "Chang, M.W.", "Toutanova, K."], "BERT: Pre-training of deep bidirectional transformers", 2019,
    ),
    (
        "NeurIPS",
        "Ashish Vaswani, Noam Shazeer, and Niki Parmar. Attention is all you need. arXiv preprint arXiv:1706.03762, 2017.",
        ["Vaswani, Ashish", "Shazeer, Noam", "Parmar, Niki"], "Attention is all you need", 2017,
    ),
    ("organisation", "OpenAI. 2023. GPT-4 technical report. arXiv:2303.08774.", ["OpenAI"], "GPT-4 technical report", 2023),
    (
        "institution",
        "World Health Organization. Global report on things. Geneva: WHO; 2018.",
        ["World Health Organization"], "Global report on things", 2018,
    ),
    (
        "Elsevier",
        "J. Smith, B. Doe, On the theory of things, Phys. Rev. Lett. 12 (2020) 34–56.",
        ["Smith, J.", "Doe, B."], "On the theory of things", 2020,
    ),
    (
        "Nature",
        "Jumper, J. et al. Highly accurate protein structure prediction with AlphaFold. Nature 596, 583–589 (2021).",
        ["Jumper, J."], "Highly accurate protein structure prediction with AlphaFold", 2021,
    ),
    (
        "two full names",
        "Sepp Hochreiter and Jürgen Schmidhuber. Long short-term memory. Neural Computation, 9(8):1735–1780, 1997.",
        ["Hochreiter, Sepp", "Schmidhuber, Jürgen"], "Long short-term memory", 1997,
    ),
]  # fmt: skip


@pytest.mark.parametrize(("style", "text", "authors", "title", "year"), STYLES, ids=[s[0] for s in STYLES])
def test_an_entry_is_parsed_in_the_style_it_is_written_in(style, text, authors, title, year):
    found = parse_entry(text)
    assert list(found.authors) == authors
    assert found.title == title
    assert found.year == year


def test_identifiers_are_read_whole():
    found = parse_entry(
        "Doe, B. (2020). A title here. Lancet. doi:10.1016/S0140-6736(19)30001-1. https://example.org/a_b."
    )
    assert found.doi.startswith("10.1016/S0140-6736(19)30001-1")
    assert found.url == "https://example.org/a_b"
    assert parse_entry("Doe, B. 2020. A title. arXiv:2303.08774v2.").arxiv == "2303.08774"


def test_the_year_is_not_taken_from_an_identifier_or_a_page_range():
    assert parse_entry("Doe, B. A title of things. arXiv:1999.20011, 2021.").year == 2021
    assert parse_entry("Doe B. A title of things. J Thing. 2015;3:1990–2001.").year == 2015


@given(st.text(max_size=120))
def test_any_text_is_parsed_without_a_crash(text):
    found = parse_entry(text)
    assert found.year is None or 1500 <= found.year < 2100
