"""The title, the authors and the year of a paper, from its first pages and from what the file says of itself."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pymupdf
import pytest

from citegrid.core.document import Block, BlockKind, Box, Document, Page, TextFrom, Word
from citegrid.engines.pdf import open_pdf
from citegrid.pipeline.document.metadata.front import _without_lead, byline, front_of, title_of, written
from citegrid.pipeline.document.metadata.segment_classes import AUTHOR, EDGES, OTHER, TITLE, classes, shipped
from citegrid.pipeline.document.metadata.segment_features import features_of, file_words
from citegrid.pipeline.document.metadata.segments import joined, segments_of
from citegrid.pipeline.document.metadata.years import year_of
from citegrid.pipeline.document.read import read_document

CORPUS = Path(__file__).resolve().parents[5] / "shared" / "corpus"
TITLE_TEXT = "A study of the measurement of many things in the rivers of the north"


def paper(path: Path, *pieces: tuple[float, float, float, str], metadata: dict[str, str] | None = None) -> Document:
    """A paper of one page: ``pieces`` of ``(x, y, size, text)``, then an abstract and running text."""
    pdf = pymupdf.open()
    page = pdf.new_page(width=595, height=842)
    for x, y, size, text in pieces:
        page.insert_text((x, y), text, fontsize=size)
    page.insert_text((60, 300), "Abstract", fontsize=11)
    for i in range(30):
        page.insert_text(
            (60, 320 + 14 * i), "here the text of the paper says what was measured, and how well it was.", fontsize=10
        )
    pdf.set_metadata(metadata or {})
    pdf.save(path)
    pdf.close()
    return read_document(open_pdf(path), None)


def test_a_title_with_its_authors_below(tmp_path: Path) -> None:
    document = paper(tmp_path / "a.pdf", (60, 90, 18, TITLE_TEXT[:34]), (60, 112, 18, TITLE_TEXT[34:]), (60, 150, 12, "Anna Roth, Ben Stark and Carla Weiss"), (60, 170, 9, "Department of Things, University of Paris"))  # fmt: skip
    assert document.title == TITLE_TEXT
    assert document.authors == ("Anna Roth", "Ben Stark", "Carla Weiss")


def test_the_stamp_in_the_margin_and_the_journal_above_are_no_titles(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    pdf = pymupdf.open()
    page = pdf.new_page(width=595, height=842)
    page.insert_text((30, 500), "arXiv:2301.01234v1  [hep-ph]  7 Mar 2023", fontsize=20, rotate=90)
    page.insert_text((60, 60), "Journal of Things 12 (2023) 345", fontsize=8)
    page.insert_text((60, 110), TITLE_TEXT[:40], fontsize=16)
    page.insert_text((60, 150), "Anna Roth and Ben Stark", fontsize=11)
    page.insert_text((60, 200), "Abstract", fontsize=11)
    for i in range(30):
        page.insert_text(
            (60, 220 + 14 * i), "here the text of the paper says what was measured, and how well it was.", fontsize=10
        )
    pdf.save(path)
    pdf.close()
    document = read_document(open_pdf(path), None)
    assert (document.title, document.year) == (TITLE_TEXT[:40].strip(), 2023)
    stamp = next(
        block for block in document.pages[0].blocks if "arXiv" in document.pages[0].text[block.start : block.end]
    )
    assert stamp.kind is BlockKind.FOOTER, "it is no part of the running text"


def test_authors_above_the_title(tmp_path: Path) -> None:
    document = paper(tmp_path / "a.pdf", (60, 90, 14, "Peter Berg / Anna Roth"), (60, 120, 12, TITLE_TEXT), (60, 140, 12, "and of the seas"))  # fmt: skip
    assert document.authors == ("Peter Berg", "Anna Roth")
    assert document.title == TITLE_TEXT + " and of the seas"


def test_a_title_beside_the_box_of_a_journal(tmp_path: Path) -> None:
    document = paper(tmp_path / "a.pdf", (174, 59, 10, "Anna Roth I Ben Stark I Carla Weiss I"), (48, 69, 8, "Things"), (174, 70, 10, "Dora Lang"), (48, 79, 8, "Received: 5 October 2020"), (48, 90, 8, "Accepted: 10 March 2021"), (174, 96, 16, TITLE_TEXT[:35]), (48, 107, 8, "© The Author(s) 2021"), (174, 114, 16, TITLE_TEXT[35:]))  # fmt: skip
    assert document.title == TITLE_TEXT
    assert document.authors == ("Anna Roth", "Ben Stark", "Carla Weiss", "Dora Lang")


def test_the_paper_stands_behind_the_cover_of_a_repository(tmp_path: Path) -> None:
    pdf = pymupdf.open()
    cover = pdf.new_page(width=595, height=842)
    for y, size, text in ((60, 8, "See discussions, stats, and author profiles for this publication at: https://a.org"), (110, 20, TITLE_TEXT[:40]), (150, 10, "Conference Paper"), (200, 10, "Anna Roth")):  # fmt: skip
        cover.insert_text((60, y), text, fontsize=size)
    own = pdf.new_page(width=595, height=842)
    for y, size, text in ((90, 16, TITLE_TEXT[:40]), (130, 12, "Anna Maria Roth and Ben Stark"), (160, 9, "University of Paris"), (220, 11, "Abstract")):  # fmt: skip
        own.insert_text((60, y), text, fontsize=size)
    pdf.save(tmp_path / "a.pdf")
    pdf.close()
    document = read_document(open_pdf(tmp_path / "a.pdf"), None)
    assert document.authors == ("Anna Maria Roth", "Ben Stark")


def test_what_stands_above_a_title_that_another_page_prints_too_is_none_of_it() -> None:
    lead, title, more = (segments_of(page_of(text)) for text in ("Feature Articles", TITLE_TEXT, "and more"))
    assert _without_lead([[*lead, *title], [*segments_of(page_of("Things Quarterly")), *title]]) == TITLE_TEXT
    assert _without_lead([[*title, *more], title]) == TITLE_TEXT + " and more", "a subtitle is"
    assert _without_lead([[*title, *more], more]) == TITLE_TEXT + " and more", "it is longer than the rest"
    assert _without_lead([[], title]) == _without_lead([]) == ""


def test_a_sunk_figure_is_part_of_a_title(tmp_path: Path) -> None:
    pdf, x = pymupdf.open(), 60.0
    page = pdf.new_page(width=595, height=842)
    for y, size, text in ((90, 18, "Stability of LaMnO"), (94, 11, "3"), (90, 18, "and its oxides")):
        page.insert_text((x + 6 * (x > 60) * (size > 11), y), text, fontsize=size)
        x += pymupdf.get_text_length(text, fontsize=size)
    pdf.save(tmp_path / "a.pdf")
    title = segments_of(open_pdf(tmp_path / "a.pdf", "").page(1))[0]
    assert (title.title, title.text) == ("Stability of LaMnO3 and its oxides", "Stability of LaMnO and its oxides")


def test_a_name_between_two_authors_that_is_set_as_they_are_is_one() -> None:
    rows = ("ANNA ROTH", "University of Paris, France", "BEN STARK", "University of Bonn, Germany", "CARLA WEISS")
    segments = segments_of(page_of(*rows))
    likely = np.array([[0.1, 0.0, 0.9], [1, 0, 0], [0.7, 0.0, 0.3], [1, 0, 0], [0.1, 0.0, 0.9]], np.float32)
    named = byline(segments, [AUTHOR, OTHER, OTHER, OTHER, AUTHOR], likely)
    assert [segment.text for segment in named] == ["ANNA ROTH", "BEN STARK", "CARLA WEISS"]


def test_who_supervises_by_the_label_beside_is_no_author(tmp_path: Path) -> None:
    document = paper(tmp_path / "a.pdf", (60, 90, 18, TITLE_TEXT[:34]), (60, 140, 12, "Autor:"), (160, 140, 12, "Anna Roth"), (60, 170, 12, "Codirector:"), (160, 170, 12, "Ben Stark"))  # fmt: skip
    assert document.authors == ("Anna Roth",)


def test_who_supervises_by_the_label_above_in_another_column_is_no_author(tmp_path: Path) -> None:
    document = paper(tmp_path / "a.pdf", (60, 90, 18, TITLE_TEXT[:34]), (60, 150, 12, "Author:"), (300, 146, 12, "Supervisor:"), (60, 168, 12, "Anna Roth"), (300, 164, 12, "Ben Stark"))  # fmt: skip
    assert document.authors == ("Anna Roth",)


def test_a_title_goes_on_beside_a_column_of_many_rows(tmp_path: Path) -> None:
    title = [(60, 80 + 19 * n, 16, text) for n, text in enumerate(("A study of rivers and the", "clay that they carry down", "to the sea in spring"))]  # fmt: skip
    beside = [(420, 80 + 9 * n, 8, f"Journal of Rivers {n}") for n in range(6)]
    segments = segments_of(paper(tmp_path / "a.pdf", *title, *beside).pages[0])
    said = [TITLE if segment.size > 15 else OTHER for segment in segments]
    likely = np.array([[0.1, 0.9, 0.0] if one == TITLE else [1, 0, 0] for one in said], np.float32)
    assert (
        joined(title_of(segments, said, likely)[0])
        == "A study of rivers and the clay that they carry down to the sea in spring"
    )


def test_a_small_label_before_a_title_is_none_of_it(tmp_path: Path) -> None:
    rows = (60, 90, 12, "OPEN"), (110, 90, 20, "Enhanced detection of river noise"), (110, 116, 20, "by networks of small sensors"), (110, 150, 11, "Anna Roth & Ben Stark")  # fmt: skip
    assert paper(tmp_path / "a.pdf", *rows).title == "Enhanced detection of river noise by networks of small sensors"


def test_authors_who_are_named_again_in_latin_letters(tmp_path: Path) -> None:
    pdf = pymupdf.open()
    page = pdf.new_page(width=595, height=842)
    for y, size, text in ((90, 16, "河流测量方法的研究"), (120, 12, "张三，李四，王五"), (150, 9, "摘 要：本文研究河流的测量方法。"), (190, 16, "On the Measurement of Rivers"), (220, 12, "San Zhang, Si Li, Wu Wang"), (250, 9, "Abstract: Rivers are measured here.")):  # fmt: skip
        page.insert_text((150, y), text, fontsize=size, fontname="china-s")
    pdf.save(tmp_path / "a.pdf")
    pdf.close()
    assert read_document(open_pdf(tmp_path / "a.pdf"), None).authors == ("张三", "李四", "王五")


def test_where_no_page_prints_a_title_or_an_author_the_file_counts() -> None:
    page = page_of("we kept what ann roth had said of the bees and of their keepers in the north.")
    front = front_of(
        [page], {"title": "On hives", "author": "Ann Roth; Ben Stark; lenovo", "creationDate": "D:20210411220703"}
    )
    assert (front.authors, front.year) == (("Ann Roth",), None), "its date is no year of the paper"
    assert front_of([], {"title": "On hives"}).title == "On hives"
    assert front_of([], {"title": "paper.pdf"}).title == ""


def page_of(*rows: str) -> Page:
    """A page of ``rows``, a block each."""
    words, blocks, text = [], [], ""
    for n, row in enumerate(rows):
        begin, box = len(text), Box(1, 50, 40 + 40 * n, 500, 50 + 40 * n)
        for word in row.split():
            words.append(Word(word, len(text), len(text) + len(word), box, n, n, 9.0))
            text += word + " "
        blocks.append(Block(n, BlockKind.BODY, begin, len(text) - 1, box))
        text += "\n\n"
    return Page(1, "1", 600, 800, text, tuple(words), tuple(blocks), TextFrom.TEXT_LAYER)


def test_years_that_are_told_better_win_and_of_equals_the_latest() -> None:
    history = "Received: 1 May 2019. Published: 3 June 2020. © 2021"
    assert year_of([page_of("As others saw in 2021, clay is wet", "12 March 2018")], {"creationDate": "D:2022"}) == 2018
    assert year_of([page_of(history)], {"creationDate": "D:2022"}) == 2021
    assert year_of([page_of(history)], {"creationDate": "D:2019"}) == 2020, "not after the file was made"
    assert year_of([page_of("Nothing at all")], {"creationDate": "D:2022"}) is None


@pytest.mark.parametrize(
    ("row", "year"),
    [
        ("二〇二三年六月", 2023),
        ("2021 年 5 月 8 日", 2021),
        ("GB/T 7714-2015", None),
        ("年 级 2019 级", None),
        ("Bonn, den 12.08.2019", 2019),
        ("Trento, 4 March 2011", 2011),
        ("Sherbrooke, Québec, 15 mai 2025", 2025),
        ("FÉVRIER 2019", 2019),
        ("Environ Dev Things (2011) 13:277–292", 2011),
        ("文章编号:1001 - 9081(2009)10 - 2875 - 03", 2009),
        ("总第 239 期 2009年第9期", 2009),
        ("© 1994-2009 China Academic Journal Electronic Publishing House. All rights reserved.", None),
        ("All content following this page was uploaded by Anna Roth on 06 June 2016.", None),
        ("The article was downloaded on 02/02/2011 at 19:04", None),
    ],
)
def test_dates_on_covers(row: str, year: int | None) -> None:
    assert year_of([page_of(row)], {}) == year


def test_a_date_within_the_text_is_not_that_of_the_paper() -> None:
    assert year_of([page_of("See Lee, 4 March 2011, on clay", "Clay holds water. " * 60)], {}) is None


def test_the_head_of_a_chinese_journal_dates_its_paper() -> None:
    page = page_of("生物学杂志 2023年10月第40卷第5期", "2020年，有人研究了此事。")
    assert year_of([page], {"creationDate": "D:2023"}) == 2023


def test_the_heads_of_the_next_pages_date_a_paper_whose_first_is_silent() -> None:
    first = page_of("数字化转型与资本市场", "摘要：" + "本文研究数字化转型与股票流动性。" * 60)
    even, odd = (
        page_of("《管理世界》", "2021 年第7 期", "正文" * 60),
        page_of("数字化转型与资本市场", "工商管理", "正文" * 60),
    )
    assert year_of([first, even, odd], {}) == 2021
    assert year_of([first, page_of("2021 年", "正文" * 60), odd], {}) is None, "a year alone may be any"
    assert year_of([first, even, page_of("《管理世界》", "2020 年第7 期", "正文")], {}) is None, (
        "two cannot both be right"
    )


def test_a_dash_opens_the_subtitle_of_a_chinese_title(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    with pymupdf.open() as pdf:
        page = pdf.new_page(width=595, height=842)
        rows = (165, 120, 30, "企业数字化转型与"), (194, 160, 30, "资本市场表现"), (182, 190, 14, "——来自股票流动性的经验证据"), (174, 225, 14, "吴  非  胡慧芷  林慧妍")  # fmt: skip
        body = (
            (62, 260 + 14 * n, 9.5, "摘要：数字化转型赋予了企业新的发展动能，这能否改善企业在资本市场中的表现")
            for n in range(12)
        )
        for x, y, size, text in (*rows, *body):
            page.insert_text((x, y), text, fontname="china-s", fontsize=size)
        pdf.save(path)
    assert read_document(open_pdf(path), None).title == "企业数字化转型与资本市场表现——来自股票流动性的经验证据"


def test_the_name_of_a_site_and_the_label_of_a_cover_are_no_titles(tmp_path: Path) -> None:
    rows = (60, 40, 9, "Available online at www.sciencedirect.com"), (200, 70, 24, "ScienceDirect"), (60, 140, 16, TITLE_TEXT[:40]), (60, 180, 11, "Anna Roth")  # fmt: skip
    assert paper(tmp_path / "a.pdf", *rows).title == TITLE_TEXT[:40].strip()
    assert written(segments_of(page_of("论文题目（中文）", "蜂巢研究"))) == "蜂巢研究"


def test_neighbours_settle_what_is_not_sure() -> None:
    segments, features = features_of(
        page_of("One line of a title", "and the next one"), file_words([], {}), later=False
    )
    pairs = np.zeros((EDGES, 3, 3), np.float32)
    unsure = np.array([[0.1, 0.9, 0.0], [0.51, 0.49, 0.0]], np.float32)
    assert classes(segments, unsure, pairs) == [TITLE, OTHER]
    pairs[:, TITLE, TITLE] = 1.0
    assert classes(segments, unsure, pairs) == [TITLE, TITLE]
    assert shipped().hidden.shape[1] == features.shape[1], "learn the weights anew when features change"


@pytest.mark.parametrize(
    ("name", "title", "first", "last", "count", "year"),
    [
        ("papers/clinsci-ace.pdf", "Fragment-based design", "Ross G. DOUGLAS", "Edward D. STURROCK", 8, 2014),
        ("papers/deepseek-r1.pdf", "DeepSeek-R1", "DeepSeek-AI", "DeepSeek-AI", 1, None),
        ("papers/fragrag-ieee.pdf", "Comparative Analysis", "Krishnaraj Thadesar", "Aaron Philip", 2, None),
        (
            "papers/stylometry-llm.pdf",
            "A Stylometric Application",
            "Harrison F. Stropkay",
            "Jeremy R. Manning",
            5,
            2025,
        ),
        ("papers/shu-ieee.pdf", "Ensuring Fairness", "Chih-Cheng Rex Yuan", "Bow-Yaw Wang", 2, None),
        (
            "papers/gingivitis-review.pdf",
            "Medicinal plants for gingivitis",
            "Hannaneh Safiaghdam",
            "Roja Rahimi",
            5,
            2018,
        ),
        ("chinese/uestc-sample.pdf", "时域积分方程时间步进算法及其快速算法", "王稳", "王稳", 1, None),
        ("chinese/gb7714-manual.pdf", "符合GB/T 7714-2015 标准的biblatex 参考文献样式", "胡振震", "胡振震", 1, 2025),
        ("chinese/ecnu-master.pdf", "基于Kubernetes 的通用云原生大数据架构", "Xxx Xx", "Xxx Xx", 1, 2022),
        ("papers/conbio-urban.pdf", "Including the urbanization", "Lísley P. Lemos", "Willandia Chaves", 4, 2025),
        (
            "papers/libertus-acl.pdf",
            "Allen Institute for AI",
            "Lester James V. Miranda",
            "Lester James V. Miranda",
            1,
            None,
        ),
        ("papers/meta-review-plos.pdf", "Open collaborative", "Daniel S. Himmelstein", "Anthony Gitter", 7, 2019),
        ("papers/rsc-redox.pdf", "A new design strategy", "Kensuke Nakashima", "Daisuke Tanaka", 7, 2020),
        ("papers/lamiaceae-survey.pdf", "Medicinal Plants", "Cristina M. Uritu", "Bogdan I. Tamba", 11, 2018),
        ("papers/meta-review-manubot.pdf", "Open collaborative", "Daniel S. Himmelstein", "Anthony Gitter", 7, 2020),
        pytest.param(
            *("chinese/buaa-sample.pdf", "北航硕博士学位论文LATEX 模板", "学生姓名", "学生姓名", 1, 2022),
            marks=pytest.mark.xfail(reason="the version's date is taken for the title, labels for names", strict=True),
        ),
    ],
)
def test_fronts_of_the_corpus(name: str, title: str, first: str, last: str, count: int, year: int | None) -> None:
    path = CORPUS / name
    if not path.exists():
        pytest.skip(f"{name} of the shared corpus is absent")
    document = read_document(open_pdf(path), None)
    assert document.title.startswith(title)
    assert (document.authors[0], document.authors[-1], len(document.authors)) == (first, last, count)
    assert document.year == year
