"""What surrounds the text of a page is told by what repeats, or counts up, from page to page."""

from __future__ import annotations

import pytest

from citegrid.core.document import BlockKind, Box, Page, Word
from citegrid.pipeline.document.layout.headers_footers import mark_headers_footers, style_of
from citegrid.pipeline.document.layout.line_numbers import mark_line_numbers
from citegrid.pipeline.document.layout.lines import PageLine, pieces_of


def page(number: int, *lines: tuple[float, float, str], small: tuple[int, ...] = ()) -> Page:
    """A page of 600 × 800 points with ``(x, y, text)`` lines; those at the indices ``small`` in small print."""
    words, at = [], 0
    for i, (x, y, text) in enumerate(lines):
        size = 8.0 if i in small else 10.0
        words.append(Word(text, at, at + len(text), Box(number, x, y, x + 5 * len(text), y + 8), i, i, size))
        at += len(text) + 1
    return Page(number, "", 600.0, 800.0, "\n".join(t for _, _, t in lines), tuple(words))


def marked(pages: list[Page]) -> list[list[PageLine]]:
    lines = [pieces_of(p) for p in pages]
    mark_line_numbers(lines)
    style = style_of(lines, [p.height for p in pages])
    for p, of_page in zip(pages, lines, strict=True):
        mark_headers_footers(of_page, p, style)
    return lines


BODY = "running text that is long enough to be a line of the body"


def body(number: int) -> str:
    """A line of text that no other page has."""
    return f"{BODY} {chr(96 + number) * 3}"


def test_heads_and_page_numbers_that_stand_still_are_furniture() -> None:
    pages = [
        page(n, (100, 40, f"Journal of Tests {n}"), (100, 300, BODY), (300, 660, str(n + 100))) for n in range(1, 7)
    ]
    for lines in marked(pages):
        assert [line.kind for line in lines] == [BlockKind.HEADER, BlockKind.BODY, BlockKind.FOOTER]


def test_what_most_pages_repeat_far_from_the_edge_is_furniture_where_nothing_but_furniture_stands_outside() -> None:
    head, inner = (100, 40, "Journal of Tests"), (100, 130, "A long chapter on tests")
    pages = [page(n, head, inner, (100, 300, body(n)), (300, 690, f"{n} of 6")) for n in range(1, 7)]
    kinds = [BlockKind.HEADER, BlockKind.HEADER, BlockKind.BODY, BlockKind.FOOTER]
    assert [[line.kind for line in lines] for lines in marked(pages)] == [kinds] * 6
    below = [page(n, (100, 60, body(n)), inner, (100, 300, body(n))) for n in range(1, 7)]
    assert all(line.kind is BlockKind.BODY for lines in marked(below) for line in lines)


def test_small_print_apart_at_the_head_of_two_pages_is_furniture_whatever_it_says() -> None:
    pages = [
        page(1, (100, 40, "Journal of Tests 12 (2021) 345"), (100, 110, BODY), small=(0,)),
        page(2, (100, 40, "A. Author et al."), (100, 110, BODY), small=(0,)),
    ]
    assert [[line.kind for line in lines] for lines in marked(pages)] == [[BlockKind.HEADER, BlockKind.BODY]] * 2


def test_what_names_a_table_at_the_head_of_two_pages_is_not_furniture() -> None:
    pages = [page(n, (100, 40, f"Table {n}. Rates"), (100, 110, BODY), small=(0,)) for n in (1, 2)]
    pages[1] = page(2, (100, 40, "Table 2. Shares"), (100, 110, BODY), small=(0,))
    assert all(line.kind is BlockKind.BODY for lines in marked(pages) for line in lines)


def test_a_word_of_a_wide_line_that_stands_on_another_page_too_is_text() -> None:
    pages = [
        page(1, (100, 80, "measurement"), (100, 300, BODY)),
        page(2, (100, 80, "measurement"), (170, 80, "forests"), (100, 300, BODY)),
    ]
    assert [line.kind for line in marked(pages)[1]] == [BlockKind.BODY] * 3


def test_the_last_line_of_an_entry_at_the_foot_is_not_furniture() -> None:
    pages = [page(n, (100, 300, BODY), (100, 735, f"pp. {n}1–{n}9, 201{n}.")) for n in range(1, 7)]
    assert all(line.kind is BlockKind.BODY for lines in marked(pages) for line in lines)


def test_dates_and_ids_of_entries_at_the_foot_are_not_furniture() -> None:
    foot = "arXiv (201{n}-0{n}-1{n}) https://arxiv.org/abs/14{n}2.0{n}980"
    pages = [page(n, (100, 300, BODY), (100, 735, foot.format(n=n))) for n in range(1, 7)]
    assert all(line.kind is BlockKind.BODY for lines in marked(pages) for line in lines)


def test_line_numbers_in_steps_of_five_are_no_text() -> None:
    pages = [
        page(
            n,
            *((100, 100 + 20 * i, body(n)) for i in range(20)),
            *((60, 100 + 100 * i, str(100 * n + 5 * i)) for i in range(4)),
        )
        for n in range(1, 5)
    ]
    for lines in marked(pages):
        assert {line.kind for line in lines[:20]} == {BlockKind.BODY}
        assert {line.kind for line in lines[20:]} == {BlockKind.LINE_NUMBER}


def test_the_labels_of_a_list_are_not_line_numbers() -> None:
    text = [page(n, *((100, 100 + 20 * i, body(n)) for i in range(20))) for n in range(1, 5)]
    labels = page(
        5, *((100, 100 + 20 * i, body(5)) for i in range(20)), *((80, 100 + 40 * i, str(i + 1)) for i in range(10))
    )
    assert all(line.kind is BlockKind.BODY for line in marked([*text, labels])[-1])


@pytest.mark.parametrize("note", ["Ibid., {}.", "Ebd., S. {}.", "同上，第 {} 页。"])
def test_notes_that_repeat_the_one_before_are_no_footers(note: str) -> None:
    pages = [page(n, (100, 300, BODY), (100, 735, note.format(40 + 3 * n))) for n in range(1, 7)]
    assert all(line.kind is BlockKind.BODY for lines in marked(pages) for line in lines)


def test_notes_that_cite_one_work_again_are_no_footers() -> None:
    pages = [page(n, (100, 300, BODY), (100, 735, f"{3 * n + 2} Smith, Rivers, {40 + n}.")) for n in range(1, 7)]
    assert all(line.kind is BlockKind.BODY for lines in marked(pages) for line in lines)


def test_the_year_and_the_issue_of_a_chinese_journal_on_every_second_page_are_furniture() -> None:
    heads = {0: "2022 年第2 期", 1: "工商管理"}
    pages = [page(n, (100, 52, "《管理世界》"), (100, 73, heads[n % 2]), (100, 300, body(n))) for n in range(1, 9)]
    assert all(line.kind is BlockKind.HEADER for lines in marked(pages) for line in lines[:2])
