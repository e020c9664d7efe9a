"""Chinese theses and reports against gold that was read off the pages by eye."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import pytest

from citegrid.core.reference import Reference
from citegrid.engines.pdf import open_pdf
from citegrid.pipeline.bibliography.extract import find_references
from citegrid.pipeline.bibliography.mark import mark_entries
from citegrid.pipeline.citations.resolve import find_mentions
from citegrid.pipeline.document.read import read_document

CORPUS = Path(__file__).resolve().parents[4] / "shared" / "corpus" / "chinese"


@lru_cache(maxsize=6)
def read(name: str) -> tuple[Reference, ...]:
    path = CORPUS / name
    if not path.exists():
        pytest.skip(f"{name} of the shared corpus is absent")
    document = read_document(open_pdf(path), None)
    listed = find_references(document)
    return find_mentions(mark_entries(document, listed), listed, ())


@pytest.mark.parametrize(
    ("name", "entries"), [("ecnu-master.pdf", 69), ("uestc-sample.pdf", 9), ("buaa-sample.pdf", 4)]
)
def test_every_entry_is_found_once(name, entries):
    assert [r.label for r in read(name)] == [f"[{n}]" for n in range(1, entries + 1)]


@pytest.mark.parametrize(
    ("name", "label", "authors", "title", "year", "mark"),
    [
        ("ecnu-master.pdf", "[5]", ("徐兴雷", "汪婵婵"), "反范式在海量数据库设计中的应用", 2011, "[J]"),
        ("ecnu-master.pdf", "[15]", ("Borthakur, D",), "HDFS architecture guide", 2008, ""),
        (
            "ecnu-master.pdf",
            "[9]",
            ("GHEMAWAT, Sanjay", "GOBIOFF, Howard", "LEUNG, Shun-Tak"),
            "The Google file system",
            2003,
            "",
        ),
        (
            "ecnu-master.pdf",
            "[14]",
            ("Thusoo, A", "Sarma, J S", "Jain, N"),
            "Hive - a petabyte scale data warehouse using Hadoop",
            2010,
            "[C]",
        ),
        ("ecnu-master.pdf", "[40]", ("徐涛",), "基于SaltSatck 的云数据库高可用方案的设计与实现", 2016, "[D]"),
        ("uestc-sample.pdf", "[1]", ("王浩刚", "聂在平"), "三维矢量散射积分方程中奇异性分析", 1999, "[J]"),
        ("uestc-sample.pdf", "[5]", ("顾春",), "牢牢把握稳中求进的总基调", 2012, "[N]"),
        ("uestc-sample.pdf", "[7]", ("肖珍新",), "一种新型排渣阀调节降温装置", 2012, "[P]"),
        ("buaa-sample.pdf", "[3]", ("Knuth, D E",), "Literate programming", 1984, "[J]"),
        ("buaa-sample.pdf", "[4]", ("王明亮",), "中国学系统工程的", 1998, "[EB/OL]"),
    ],
)
def test_whole_entries(name, label, authors, title, year, mark):
    (entry,) = [r for r in read(name) if r.label == label]
    assert (entry.authors, entry.title, entry.year) == (authors, title, year)
    assert mark in entry.raw


@pytest.mark.parametrize(
    ("name", "label", "page", "sentence", "section"),
    [
        ("ecnu-master.pdf", "[3]", 18, "直到1970 年，E. F. Codd[3] 建立了", "1.2 国内外发展现状"),
        ("ecnu-master.pdf", "[6]", 18, "设计分库分区分表[6]，以减少数据扫描；", "1.2 国内外发展现状"),
        ("ecnu-master.pdf", "[11]", 18, "Google 在2004 年前后发表了三篇论文", "1.2 国内外发展现状"),
        ("uestc-sample.pdf", "[4]", 10, "计算电磁学方法[1–6] 从时、频域角度划分", "1.1 研究工作的背景与意义"),
        ("uestc-sample.pdf", "[8]", 10, "频域方法的研究开展较早", "1.1 研究工作的背景与意义"),
        ("uestc-sample.pdf", "[9]", 10, "由文献[6,7,9] 可知", "1.1 研究工作的背景与意义"),
    ],
)
def test_mentions_with_page_sentence_and_section(name, label, page, sentence, section):
    (entry,) = [r for r in read(name) if r.label == label]
    found = [m for m in entry.mentions if m.page == page and m.sentence.startswith(sentence)]
    assert found
    assert {m.section for m in found} == {section}


@pytest.mark.parametrize(("name", "page"), [("ecnu-master.pdf", 92), ("uestc-sample.pdf", 22)])
def test_numbers_of_own_publications_cite_nothing(name, page):
    assert not [m for r in read(name) for m in r.mentions if m.page == page]


def test_a_manual_with_many_lists_has_them_all():
    found = read("gb7714-manual.pdf")
    assert [r.title for r in found if r.page == 28] == [
        "Miniature microphone",
        "薄膜残余应力",
        "Measurements",
        "腐蚀研究",
    ] * 2
    assert [r.label for r in found if r.page == 17 and r.label] == [f"[{n}]" for n in range(1, 7)] * 2
    assert [r.label for r in found if r.page == 27] == [f"[{n}]" for n in range(1, 7)] * 2
    assert not [r for r in found if r.page > 90]  # the history of changes


def test_a_list_of_links_has_their_addresses():
    found = read("ugv-report.pdf")
    urls = " ".join(r.url for r in found)
    assert all(site in urls for site in ("opencv-face-recognition", "credit-card-ocr", "u-boot"))
    assert not [r for r in found if r.title.casefold() in ("http", "https")]
