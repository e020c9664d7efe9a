"""The title, the authors and the year of a paper: candidates of its first pages and of the file compete."""

from dataclasses import fields
from pathlib import Path

import pytest

from citegrid.core.document import Block, BlockKind, Box, Page, TextFrom, Word
from citegrid.engines.pdf import open_pdf
from citegrid.pipeline.document.metadata.candidates import (
    WEIGHTS,
    AuthorsCandidate,
    TitleCandidate,
    YearCandidate,
)
from citegrid.pipeline.document.metadata.front import authors_of, title_of, year_of
from citegrid.pipeline.document.read import read_document

CORPUS = Path(__file__).resolve().parents[5] / "shared" / "corpus"


def test_the_file_s_date_is_the_last_resort():
    assert year_of((), {"creationDate": "D:20210411220703+01'00'"}) == 2021
    assert year_of((), {}) is None


@pytest.mark.parametrize(
    ("name", "title", "year"),
    [
        ("papers/clinsci-ace.pdf", "Fragment-based design", 2014),
        ("papers/gingivitis-review.pdf", "Medicinal plants for gingivitis", 2018),
        ("papers/lamiaceae-survey.pdf", "Medicinal Plants of the Family Lamiaceae", 2018),
        ("papers/shu-ieee.pdf", "Ensuring Fairness with Transparent Auditing", 2024),
    ],
)
def test_running_heads_and_labels_are_no_titles(name, title, year):
    path = CORPUS / name
    if not path.exists():
        pytest.skip(f"{name} of the shared corpus is absent")
    document = read_document(open_pdf(path), None)
    assert document.title.startswith(title)
    assert document.year == year


@pytest.mark.parametrize(
    ("name", "first", "last", "count", "year"),
    [
        (
            "papers/deepseek-r1.pdf",
            "DeepSeek-AI",
            "DeepSeek-AI",
            1,
            2025,
        ),  # "AIME 2024" at the edge of its chart dates nothing
        ("papers/conbio-urban.pdf", "Lísley P. Lemos", "Thaís Queiroz Morcatty", 4, 2025),
        ("papers/fragrag-ieee.pdf", "Krishnaraj Thadesar", "Aaron Philip", 2, 2025),
        ("papers/libertus-acl.pdf", "Lester James V. Miranda", "Lester James V. Miranda", 1, 2024),
        ("papers/meta-review-manubot.pdf", "Daniel S. Himmelstein", None, None, 2020),
        ("papers/meta-review-plos.pdf", "Daniel S. Himmelstein", "Anthony Gitter", 7, 2019),
        ("papers/stylometry-llm.pdf", "Harrison F. Stropkay", "Jeremy R. Manning", 5, 2025),
        ("papers/rsc-redox.pdf", "Kensuke Nakashima", "Daisuke Tanaka", 7, 2020),
        ("papers/lamiaceae-survey.pdf", "Cristina M. Uritu", "Bogdan I. Tamba", 11, 2018),
        ("papers/gingivitis-review.pdf", "Hannaneh Safiaghdam", "Roja Rahimi", 5, 2018),
        ("papers/shu-ieee.pdf", "Chih-Cheng Rex Yuan", "Bow-Yaw Wang", 2, 2024),
    ],
)
def test_authors_are_read_without_their_places(name, first, last, count, year):
    path = CORPUS / name
    if not path.exists():
        pytest.skip(f"{name} of the shared corpus is absent")
    document = read_document(open_pdf(path), None)
    authors = document.authors
    assert document.year == year
    assert count is None or len(authors) == count
    assert first is None or authors[0] == first
    assert last is None or authors[-1] == last


@pytest.mark.parametrize(
    ("name", "title", "authors", "year"),
    [
        ("chinese/uestc-sample.pdf", "时域积分方程时间步进算法及其快速算法", ("王稳",), 2020),
        ("chinese/ecnu-master.pdf", "基于Kubernetes 的通用云原生大数据架构", ("Xxx Xx",), 2022),
        ("chinese/buaa-sample.pdf", "北航硕博士学位论文LATEX 模板", ("学生姓名",), 2022),
        ("chinese/gb7714-manual.pdf", "符合GB/T 7714-2015 标准的biblatex 参考文献样式", ("胡振震",), 2025),
        ("chinese/ugv-report.pdf", "RISC-V 挑战杯", (), 2020),
    ],
)
def test_covers_say_title_author_and_date_behind_their_labels(name, title, authors, year):
    path = CORPUS / name
    if not path.exists():
        pytest.skip(f"{name} of the shared corpus is absent")
    document = read_document(open_pdf(path), None)
    assert document.title.startswith(title)
    assert document.title.rstrip("∗†") == document.title
    assert document.authors == authors
    assert document.year == year


def front_page(text_from, *lines):
    """A page of ``lines`` of the given sizes, a block each, from the top of the page; what follows ``^`` is raised."""
    words, blocks, text = [], [], ""
    for n, (line, size) in enumerate(lines):
        begin, box = len(text), Box(1, 50, 40 + 40 * n, 500, 60 + 40 * n)
        for word in line.split():
            raised, word = word.startswith("^"), word.removeprefix("^")
            at = len(text)
            text += word + " "
            words.append(Word(word, at, at + len(word), box, n, n, size, raised=raised))
        text = text.rstrip()
        blocks.append(Block(n, BlockKind.BODY, begin, len(text), box))
        text += "\n\n"
    return Page(1, "1", 600, 800, text, tuple(words), tuple(blocks), text_from)


LAYER = TextFrom.TEXT_LAYER


def test_where_ocr_reads_the_sign_of_a_journal_is_no_title():
    lines = (
        ("PLO S M. one", 16.0),
        ("GOPEN ACCESS", 14.0),
        ("Factors influencing wildlife roadkill", 12.5),
        ("Gregory A. Mtega", 9.0),
    )
    assert title_of([front_page(TextFrom.OCR, *lines)], {}) == "Factors influencing wildlife roadkill"
    assert title_of([front_page(LAYER, *lines)], {}) == "PLO S M. one", "a text layer has what was typed"
    short = (("Deep learning", 24.0), ("Yann LeCun, Yoshua Bengio and Geoffrey Hinton", 11.0))
    assert title_of([front_page(TextFrom.OCR, *short)], {}) == "Deep learning", "what is much smaller is no title"


@pytest.mark.parametrize(
    "lines",
    [
        (("arXiv:2301.01234v1 [hep-ph] 7 Mar 2023", 20.0), ("How rivers remember", 12.0), ("Ann Roth and Ben Stark", 10.0)),
        (("Ann Roth / Ben Stark", 14.0), ("How rivers remember", 12.0), ("Einleitung", 11.0)),
        (("How rivers remember ^1", 14.0), ("Ann Roth and Ben Stark", 12.0)),
        (("Clinical Science www.clinical.org", 30.0), ("How rivers remember", 14.0), ("Ann Roth, Ben Stark", 10.0)),
    ],
)  # fmt: skip
def test_stamps_names_and_heads_in_larger_type_are_no_titles(lines):
    page = front_page(LAYER, *lines)
    assert title_of([page], {}) == "How rivers remember"
    assert authors_of([page], "How rivers remember", {})[:2] == (
        ("Ann Roth", "Ben Stark") if "Ann" in page.text else ()
    )


def test_the_file_s_own_title_counts_most_where_it_is_printed_and_least_where_it_is_not():
    page = front_page(LAYER, ("A HEAD OF TYPE", 20.0), ("On hives and their keepers in", 12.0), ("the north", 9.0))
    assert title_of([page], {"title": "On hives and their keepers"}) == "On hives and their keepers"
    assert title_of([page], {"title": "Another title altogether"}) == "A HEAD OF TYPE"
    assert title_of([page], {"title": "paper.pdf"}) == "A HEAD OF TYPE"
    assert title_of([front_page(LAYER, ("Abstract", 9.0))], {"title": "On hives"}) == "On hives"


def test_a_cover_that_repeats_the_title_is_followed_by_the_authors():
    cover = front_page(LAYER, ("How rivers remember", 14.0), ("Please share how this access benefits you.", 12.0))
    title_page = front_page(LAYER, ("How rivers remember", 14.0), ("Ann Roth and Ben Stark", 10.0), ("Abstract", 10.0))
    assert authors_of([cover, title_page], "How rivers remember", {"author": "A Librarian"}) == (
        "Ann Roth",
        "Ben Stark",
    )
    assert authors_of([cover], "How rivers remember", {"author": "A Librarian"}) == ("A Librarian",)


@pytest.mark.parametrize("kind", [TitleCandidate, AuthorsCandidate, YearCandidate])
def test_every_feature_has_one_weight_in_the_table(kind):
    assert {one.name for one in fields(kind)} - {"value"} == set(WEIGHTS[kind])
    assert all(WEIGHTS[kind].values())


def test_years_that_are_told_better_win_and_of_equals_the_latest():
    lines = (("Received: 1 May 2019. Published: 3 June 2020. © 2021", 9.0), ("12 March 2018", 9.0))
    assert year_of([front_page(LAYER, *lines)], {"creationDate": "D:2022"}) == 2018
    assert year_of([front_page(LAYER, lines[0])], {"creationDate": "D:2022"}) == 2021
    assert year_of([front_page(LAYER, lines[0])], {"creationDate": "D:2019"}) == 2020, "not after the file was made"
    assert year_of([front_page(LAYER, ("Nothing at all", 9.0))], {"creationDate": "D:2022"}) == 2022
