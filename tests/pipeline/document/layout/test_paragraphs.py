"""Lines into paragraphs, and what part of the page each is."""

from __future__ import annotations

import pytest

from citegrid.core.document import BlockKind, Box, Page
from citegrid.pipeline.document.layout.headers_footers import Style
from citegrid.pipeline.document.layout.lines import PageLine
from citegrid.pipeline.document.layout.paragraphs import kind_of, paragraphs

PAGE = Page(1, "1", 600.0, 800.0, "")
STYLE = Style(size=10.0)


def line(y: float, text: str = "running text", *, x: float = 50.0, size: float = 10.0, bold: bool = False) -> PageLine:
    return PageLine([], Box(1, x, y, x + 5 * len(text), y + size), size, bold, text)


def texts(*lines: PageLine) -> list[list[str]]:
    return [[ln.text for ln in block] for block in paragraphs(lines, STYLE)]


FULL = "a line of text that is as long as the column is"


def test_lines_that_follow_each_other_are_a_paragraph() -> None:
    assert texts(*(line(100 + 12 * n, FULL) for n in range(4))) == [[FULL] * 4]


@pytest.mark.parametrize(
    "next_",
    [
        line(160, "after a gap"),
        line(136, "in another size", size=14.0),
        line(136, "1 Method", bold=True),
        line(136, "stands in", x=65.0),
        line(90, "above"),
    ],
)
def test_a_gap_a_size_a_heading_and_an_indent_begin_another(next_: PageLine) -> None:
    assert texts(*(line(100 + 12 * n, FULL) for n in range(3)), next_)[-1] == [next_.text]


@pytest.mark.parametrize(
    ("heading", "below", "apart"),
    [
        ("B. Sources of Error", "A model that was fitted to the data of the year before", True),
        ("Where they came from", "They came from all of the towns that lie on the river", True),
        ("Drosophila melanogaster", "is a fly that has been used in all of these many studies", False),
        ("as Gao and others have", "Shown, it is a fly that has been used in these many studies", False),
        ("We mean it.", "They came from all of the towns that lie on the river", False),
    ],
)
def test_a_slanted_heading_ends_where_the_text_begins(heading: str, below: str, apart: bool) -> None:
    first = line(100, heading)
    first.slanted = True
    assert (len(texts(first, line(112, below), line(124, below))) == 2) == apart


def test_a_short_first_line_above_a_gap_is_a_paragraph_of_its_own() -> None:
    rest = [line(100 + 12 * n, FULL) for n in range(3)]
    assert texts(line(84, "Data"), *rest) == [["Data"], [FULL] * 3]
    assert texts(line(84, FULL), *rest) == [[FULL] * 4]
    title = [line(100, "The short first line", size=16.0), line(118, "and a second that is longer", size=16.0)]
    assert len(texts(*title, *(line(160 + 12 * n, FULL) for n in range(4)))[0]) == 2


def test_a_slanted_line_with_a_number_is_a_heading() -> None:
    numbered, plain = line(100, "B. Sources of Error"), line(100, "Sources of error and of much else")
    numbered.slanted = plain.slanted = True
    assert kind_of([numbered], STYLE, PAGE) is BlockKind.HEADING
    assert kind_of([plain], STYLE, PAGE) is BlockKind.BODY


def test_a_caption_begins_one_unless_the_sentence_says_where_to_look() -> None:
    steps = [line(100, FULL), line(112, FULL), line(124, FULL)]
    assert texts(*steps, line(138, "Table 1. Rates"))[-1] == ["Table 1. Rates"]
    steps[-1].text = FULL + " see"
    assert len(texts(*steps, line(138, "Table 1 of the other paper"))) == 1


def test_a_heading_stands_apart_from_the_text_right_below_it() -> None:
    """The name of a section in the type of the text, and a bold one whose number is a line of its own, with one line below."""
    named = [line(100, "Results"), line(112, FULL), line(124, FULL)]
    assert texts(*named) == [["Results"], [FULL, FULL]]
    numbered = [
        line(100, "5.2", bold=True),
        line(100, "Source and Degradation of x", x=75.0, bold=True),
        line(119, FULL),
    ]
    assert [block[-1] for block in texts(*numbered)] == ["Source and Degradation of x", FULL]
    assert texts(line(100, FULL), line(112, "results"), line(124, FULL)) == [[FULL, "results", FULL]]


def test_a_raised_number_without_room_belongs_to_its_paragraph() -> None:
    block = texts(line(100, FULL), line(112, FULL), line(124, "12", size=6.0), line(136, FULL))
    assert block[0] == [FULL, FULL, "12"]


@pytest.mark.parametrize(
    ("one", "kind"),
    [
        (line(100, "Figure 2. What was found"), BlockKind.CAPTION),
        (line(100, "表 3 结果"), BlockKind.CAPTION),
        (line(100, "Table 1 shows what was found"), BlockKind.BODY),
        (line(100, "What we did", size=13.0), BlockKind.HEADING),
        (line(100, "What we did", bold=True), BlockKind.HEADING),
        (line(100, "Conclusions"), BlockKind.HEADING),
        (line(100, "4 RESULTS"), BlockKind.HEADING),
        (line(100, "conclusions of others are not ours."), BlockKind.BODY),
        (line(700, "1 See the appendix of the other paper.", size=8.0), BlockKind.FOOTNOTE),
        (line(100, "1 See the appendix of the other paper.", size=8.0), BlockKind.BODY),
    ],
)
def test_kinds_of_blocks(one: PageLine, kind: BlockKind) -> None:
    assert kind_of([one], STYLE, PAGE) is kind


def test_the_last_line_of_an_entry_is_no_heading() -> None:
    assert kind_of([line(100, "29 (1O): 1544 1556.", size=11.0)], STYLE, PAGE) is not BlockKind.HEADING
    assert kind_of([line(100, "29 (1O): 1544 1556", size=11.0)], STYLE, PAGE) is not BlockKind.HEADING
    assert kind_of([line(100, "3.1 Rivers", size=11.0)], STYLE, PAGE) is BlockKind.HEADING


def test_a_kind_that_is_known_stays() -> None:
    head = line(20, "Figure 2")
    head.kind = BlockKind.HEADER
    assert kind_of([head], STYLE, PAGE) is BlockKind.HEADER


def test_a_numbered_heading_of_a_chinese_paper_that_is_set_like_its_text_is_parted_from_it() -> None:
    full = "数字化的兴起使学术界对创新管理及其相关理论的解释能力提出质疑并且还在继续讨论这些问题"
    assert texts(line(100, "（五）数字创新：创新管理的变革"), line(112, full), line(124, full)) == [
        ["（五）数字创新：创新管理的变革"],
        [full, full],
    ]
    assert len(texts(line(100, "（五）提高认识，完善制度"), line(112, full), line(124, full))) == 1
