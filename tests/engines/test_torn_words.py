"""Lines that a file draws in pieces, with the letter at the seam twice."""

from __future__ import annotations

from typing import Any

from citegrid.engines import torn_words


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


def test_letters_in_other_places_join_nothing():
    blocks = [[line("Managem", 0, 100), line("ment", 30, 112), line("ment", 34, 100)]]
    torn_words.mend(blocks)
    assert words(blocks[0]) == ["Managem", "ment", "ment"]
