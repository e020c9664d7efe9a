"""Chinese citations of every form across line, column and page ends, on pages that are set for the purpose.

The gold is written beside each case by hand; a bar marks where the line, the column or the page ends.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from textwrap import wrap

import pymupdf
import pytest

from citegrid.core.document import Document
from citegrid.core.reference import Reference
from citegrid.engines.pdf import open_pdf
from citegrid.pipeline.bibliography.extract import find_references
from citegrid.pipeline.bibliography.mark import mark_entries
from citegrid.pipeline.citations.resolve import find_mentions
from citegrid.pipeline.document.read import read_document

#: Characters a line (all of this font are as wide as high), lines a column, points a character.
WIDE, LONG, SIZE = 22, 34, 10
FILLER = "近年来研究人员围绕水循环过程开展了大量观测与模拟工作并取得重要进展但是不同流域之间仍有较大差异需要继续讨论"
NUMBERED = [
    "[1] 马欢. 人类活动影响下水循环变化分析[D]. 北京: 清华大学, 2011.",
    "[2] 余敏. 出版集团研究[M]. 北京: 中国书籍出版社, 2001: 179-193.",
    "[3] 张三, 李四, 王五. 区域降水变化特征[J]. 地理学报, 2015, 28(1): 117-119.",
    "[4] PARSONS J D. Radio propagation channels[M]. Hoboken: Wiley, 2000.",
    "[5] 贾东琴, 柯平. 数字素养培养体系研究[C]. 北京: 中国图书馆学会, 2011.",
    "[6] 陈登原. 国史旧闻[M]. 北京: 中华书局, 2000: 29.",
]
WIDE_NUMBERED = [entry.replace("[", "［", 1).replace("]", "］", 1) for entry in NUMBERED]
NAMED = [
    "陈登原. 国史旧闻[M]. 北京: 中华书局, 2000: 29.",
    "贾东琴, 柯平. 数字素养培养体系研究[C]. 北京: 中国图书馆学会, 2011.",
    "李四. 降水观测方法[J]. 气象学报, 2019, 12(2): 11-19.",
    "余敏, 赵六, 钱七. 出版集团研究[M]. 北京: 中国书籍出版社, 2001.",
    "张三. 区域降水变化特征[J]. 地理学报, 2020a, 28(1): 117-119.",
    "张三. 流域蒸发变化特征[J]. 地理学报, 2020b, 28(3): 317-329.",
    "SMITH J D, BROWN K. Radio propagation[J]. Radio science, 2018, 3(1): 1-9.",
]


def filler(count: int, at: int = 0) -> str:
    text = FILLER * (count // len(FILLER) + 2)
    return text[at % len(FILLER) :][:count]


def broken(before: str, after: str) -> tuple[str, str]:
    """A full line that ends in ``before``, and one that begins with ``after``."""
    first = filler(WIDE - len(before), 7) + before
    second = after + "进行了研究。"
    return first, second + filler(WIDE - len(second), 3)


def columns_for(first: str, second: str, end: str) -> list[list[list[str]]]:
    """Two pages of two columns, with the two lines in the middle of a column, at its end, or at the end of the page."""
    pages = [
        [[filler(WIDE, 13 * i + 5 * (2 * page + column)) for i in range(LONG)] for column in range(2)]
        for page in range(2)
    ]
    page, column, line = {"line": (0, 0, 10), "column": (0, 0, LONG - 1), "page": (0, 1, LONG - 1)}[end]
    pages[page][column][line] = first
    page, column, line = {"line": (0, 0, 11), "column": (0, 1, 0), "page": (1, 0, 0)}[end]
    pages[page][column][line] = second
    return pages


def read(
    path: Path, pages: Sequence[Sequence[Sequence[str]]], entries: Sequence[str]
) -> tuple[Document, tuple[Reference, ...]]:
    pdf = pymupdf.open()
    for columns in pages:
        page = pdf.new_page(width=595, height=842)
        for column, lines in enumerate(columns):
            for i, line in enumerate(lines):
                _set(page, 60 + 255 * column, 80 + 18 * i, line)
    page = pdf.new_page(width=595, height=842)
    page.insert_text((60, 80), "参考文献", fontsize=14, fontname="china-s")
    y = 110
    for entry in entries:
        for i, line in enumerate(wrap(entry, 40, break_on_hyphens=False)):
            _set(page, 60 + 20 * (i > 0), y, line)
            y += 18
    pdf.save(path)
    pdf.close()
    source = open_pdf(path)
    document = read_document(source, None)
    source.close()
    listed = find_references(document)
    return document, find_mentions(mark_entries(document, listed), listed, ())


def _set(page: pymupdf.Page, x: float, y: float, line: str) -> None:
    page.insert_text((x, y), line, fontsize=SIZE, fontname="china-s")


def cited(references: Sequence[Reference]) -> list[tuple[int, str]]:
    """``(number of the entry, citation as printed)``, in the order of the list."""
    return [(i, m.text) for i, r in enumerate(references, 1) for m in r.mentions]


ENDS = ["line", "column", "page"]
NUMBERS = [
    ("张三等[3", "]", [3]),
    ("张三等[", "3]", [3]),
    ("张三等", "[3]", [3]),
    ("文献[3,", "5]", [3, 5]),
    ("文献[3,5", "]", [3, 5]),
    ("文献[3–", "5]", [3, 4, 5]),
    ("文献[3-", "5]", [3, 4, 5]),
    ("文献[3~", "5]", [3, 4, 5]),
    ("文献[3～", "5]", [3, 4, 5]),
    ("文献[3—", "5]", [3, 4, 5]),
    ("文献[3－", "5]", [3, 4, 5]),
    ("文献[3", "～5]", [3, 4, 5]),
    ("文献[1，3～", "5]", [1, 3, 4, 5]),
    ("张三等［3", "］", [3]),
    ("张三等［", "3］", [3]),
    ("文献［３，", "５］", [3, 5]),
    ("文献［３～", "５］", [3, 4, 5]),
    ("文献［３－", "５］", [3, 4, 5]),
    ("文献[1]、", "[3]", [1, 3]),
    ("文献[1][", "3]", [1, 3]),
    ("文献[1]～", "[3]", [1, 2, 3]),
    ("文献【3", "】", [3]),
    ("文献〔3〕", "和〔5〕", [3, 5]),
]


@pytest.mark.parametrize("end", ENDS)
@pytest.mark.parametrize(("before", "after", "expected"), NUMBERS)
def test_numbers_across_ends(tmp_path, before, after, expected, end):
    _, references = read(tmp_path / "paper.pdf", columns_for(*broken(before, after), end), NUMBERED)
    assert [r.label for r in references] == [f"[{n}]" for n in range(1, 7)]
    assert [n for n, _ in cited(references)] == expected
    sentences = {m.sentence for r in references for m in r.mentions}
    assert len(sentences) == 1
    assert (before + after).replace(" ", "") in sentences.pop().replace(" ", "")


def test_labels_in_wide_brackets_and_digits(tmp_path):
    wide = [
        entry.translate({ord(c): ord(c) + 0xFEE0 for c in "123456"}) if i % 2 else entry
        for i, entry in enumerate(WIDE_NUMBERED)
    ]
    wide = [w[:3] + n[3:] for w, n in zip(wide, NUMBERED, strict=True)]
    _, references = read(tmp_path / "paper.pdf", columns_for(*broken("文献［２，", "６］"), "line"), wide)
    assert [r.label for r in references] == ["［1］", "［２］", "［3］", "［４］", "［5］", "［６］"]
    assert [r.year for r in references] == [2011, 2001, 2015, 2000, 2011, 2000]
    assert [n for n, _ in cited(references)] == [2, 6]


NAMES = [
    ("已有研究（陈登原，", "2000）", [(1, "（陈登原，2000）")]),
    ("已有研究（陈登", "原，2000）", [(1, "（陈登原，2000）")]),
    ("已有研究（", "陈登原，2000）", [(1, "（陈登原，2000）")]),
    ("已有研究（陈登原, ", "2000)", [(1, "（陈登原, 2000)")]),
    ("陈登原（", "2000）", [(1, "陈登原（2000）")]),
    ("陈登原", "（2000）", [(1, "陈登原（2000）")]),
    ("陈登", "原（2000）", [(1, "陈登原（2000）")]),
    ("（贾东琴、柯平，", "2011）", [(2, "（贾东琴、柯平，2011）")]),
    ("（贾东琴和", "柯平，2011）", [(2, "（贾东琴和柯平，2011）")]),
    ("贾东琴和柯平（", "2011）", [(2, "贾东琴和柯平（2011）")]),
    ("余敏等（", "2001）", [(4, "余敏等（2001）")]),
    ("（余敏等，", "2001）", [(4, "（余敏等，2001）")]),
    ("（余敏等，2001；", "李四，2019）", [(3, "李四，2019"), (4, "余敏等，2001")]),
    ("（余敏等，2001；李四，", "2019）", [(3, "李四，2019"), (4, "余敏等，2001")]),
    ("（张三，2020a，", "b）", [(5, "张三，2020a"), (6, "b")]),
    ("（张三，", "2020b）", [(6, "（张三，2020b）")]),
    ("张三（", "2020a）", [(5, "张三（2020a）")]),
    ("（Smith和Brown，", "2018）", [(7, "（Smith和Brown，2018）")]),
    ("Smith和Brown（", "2018）", [(7, "Smith和Brown（2018）")]),
    ("（Smith & Brown, ", "2018）", [(7, "（Smith & Brown, 2018）")]),
]


@pytest.mark.parametrize("end", ENDS)
@pytest.mark.parametrize(("before", "after", "expected"), NAMES)
def test_names_across_ends(tmp_path, before, after, expected, end):
    # Others are cited too, so that the way of citing is plain.
    pages = columns_for(*broken(before, after), end)
    pages[1][1][5:7] = broken("（李四，2019；余敏等，2001；", "贾东琴、柯平，2011）")
    _, references = read(tmp_path / "paper.pdf", pages, NAMED)
    assert len(references) == 7
    found = [(n, text) for n, text in cited(references)]
    for usual in ((2, "贾东琴、柯平，2011"), (3, "李四，2019"), (4, "余敏等，2001")):
        found.remove(usual)
    assert [(n, t.replace(" ", "")) for n, t in found] == [(n, t.replace(" ", "")) for n, t in expected]


@pytest.mark.parametrize("end", ENDS)
@pytest.mark.parametrize(
    ("before", "after", "places"), [("张三等［3", "］", 2), ("陈登", "原［６］", 1), ("文献[", "3]", 2)]
)
def test_a_citation_has_a_box_on_either_side_of_the_end(tmp_path, before, after, places, end):
    _, references = read(tmp_path / "paper.pdf", columns_for(*broken(before, after), end), NUMBERED)
    (mention,) = [m for r in references for m in r.mentions]
    assert len(mention.boxes) == places
    if places == 2:
        first, second = mention.boxes
        assert (first.page, second.page) == ((1, 2) if end == "page" else (1, 1))
        assert second.y0 > first.y0 if end == "line" else second.y0 < first.y0


def test_signs_that_share_their_boxes_part_no_line(tmp_path: Path) -> None:
    """《Management World》 and others squeeze ：《 and 》，《: the next piece begins within the box of the last sign."""
    entries = [
        (f"（{n}）{author}：", f"《{title}》，", f"《管理世界》，{2000 + n} 年第{n} 期。")
        for n, (author, title) in enumerate(
            [("陈春春", "市场不确定性与股票流动性"), ("陈辉、顾乃康", "新三板做市商制度、股票流动性与证券价值"), ("韩琳", "高铁开通的影响")] * 4, 1
        )
    ]  # fmt: skip
    font = pymupdf.Font("china-s")
    with pymupdf.open() as file:
        page = file.new_page(width=500, height=700)
        page.insert_text((40, 60), "参考文献", fontname="china-s", fontsize=12)
        for row, parts in enumerate(entries):
            x = 40.0
            for part in parts:
                page.insert_text((x, 90 + 11.4 * row), part, fontname="china-s", fontsize=8)
                x += font.text_length(part, 8) - 6.5
        file.save(tmp_path / "squeezed.pdf")
    found = find_references(read_document(open_pdf(tmp_path / "squeezed.pdf"), None))
    assert [(one.title, one.year) for one in found] == [
        (title[1:-2], 2000 + n) for n, (_, title, _) in enumerate(entries, 1)
    ]
