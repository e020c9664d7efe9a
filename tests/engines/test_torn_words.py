"""Lines that a file draws in pieces, with the letter at the seam twice."""

from __future__ import annotations

from typing import Any

import pymupdf

from citegrid.engines import torn_words
from citegrid.engines.pdf import opened


def line(text: str, x: float, y: float) -> dict[str, Any]:
    chars = [
        {"c": c, "origin": (x + 5.0 * n, y), "bbox": (x + 5.0 * n, y - 8, x + 5.0 * n + 5, y)}
        for n, c in enumerate(text)
    ]
    return {"dir": (1.0, 0.0), "spans": [{"size": 10.0, "font": "F", "chars": chars}]}


def words(lines: list[dict[str, Any]]) -> list[str]:
    return ["".join(char["c"] for span in one["spans"] for char in span["chars"]) for one in lines]


def test_a_letter_that_two_pieces_of_a_line_share_is_read_once():
    blocks = [[line("Managem", 0, 100), line("another line", 0, 112)], [line("ment of work", 30, 100.2)]]
    torn_words.mend(blocks)
    assert words(blocks[0]) == ["Management of work", "another line"] and words(blocks[1]) == [""]


def printed(*offsets: float) -> str:
    """What is read of a page whose headings are printed so often, each time off by so much."""
    document = pymupdf.open()
    page = document.new_page()
    for row, heading in enumerate(("Roads", "Rivers", "Bridges and ferries")):
        for off in offsets:
            page.insert_text((72 + off, 100.2 + 40 * row - off), heading, fontsize=20)
    return opened(document.tobytes(), "roads.pdf").page(1).text


def test_what_is_printed_several_times_for_bold_print_is_read_once():
    assert printed(0, 0.3, 0.2, 0.1).split() == printed(0).split() == ["Roads", "Rivers", "Bridges", "and", "ferries"]


def test_letters_in_other_places_join_nothing():
    blocks = [[line("Managem", 0, 100), line("ment", 30, 112), line("ment", 34, 100)]]
    torn_words.mend(blocks)
    assert words(blocks[0]) == ["Managem", "ment", "ment"]


def drawn(*glyphs: tuple[str, float, float]) -> list[dict[str, Any]]:
    """A span of these signs, each with its left and right edge."""
    chars = [{"c": c, "origin": (x0, 100.0), "bbox": (x0, 92.0, x1, 100.0)} for c, x0, x1 in glyphs]
    return [{"size": 10.0, "font": "F", "chars": chars}]


def read(spans: list[dict[str, Any]]) -> str:
    torn_words.put_accents_on(spans)
    return "".join(char["c"] for span in spans for char in span["chars"])


def test_an_accent_goes_on_the_letter_that_it_is_drawn_over():
    behind = drawn(("c", 0, 5), ("o", 5, 10), ("´", 6.5, 8.5), (" ", 8.5, 10), ("n", 10, 15))
    before = drawn(("G", 0, 6), ("´", 7.5, 9.5), (" ", 9.5, 6), ("e", 6, 11), ("z", 11, 15))
    assert (read(behind), read(before)) == ("cón", "Géz")


def test_the_blank_behind_a_word_that_ends_with_an_accent_stays():
    assert read(drawn(("t", 0, 3), ("e", 3, 8), ("´", 4.5, 6.5), (" ", 8, 10.5), ("d", 10.5, 15))) == "té d"


def test_an_accent_over_no_letter_stays_a_sign():
    assert read(drawn(("x", 0, 5), ("˜", 6, 9), ("y", 10, 15))) == "x˜y"


def test_a_blank_of_full_width_parts_words_although_boxes_reach_into_it():
    def span(text: str, x: float, font: str) -> dict[str, Any]:
        chars = [{"c": c, "bbox": (x + 5 * n, 92, x + 5 * n + 9, 100)} for n, c in enumerate(text)]
        return {"size": 9.0, "font": font, "chars": chars}

    spans = [span("Ａｎｎ", 0, "F"), span("\u3000", 15, "Blanks"), span("Ｒｏｔｈ", 19, "F")]
    assert torn_words.without_dummies(spans) == spans
    kerned = [span("P", 0, "F"), span(" ", 9, "Blanks"), span("air", 9, "F")]
    assert torn_words.without_dummies(kerned) == [kerned[0], kerned[2]]
