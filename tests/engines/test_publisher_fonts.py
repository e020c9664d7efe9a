"""Letters of full width as the typesetting systems of Chinese publishers set them."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pymupdf
import pytest

from citegrid.engines import publisher_fonts

#: Points of a type size, and of a blank between words.
SIZE, BLANK = 10.0, 2.6


def line(text: str, share: float) -> list[dict[str, Any]]:
    """``text`` set in full-width letters without its blanks; each stands that share of the free room from the left of its box."""
    chars, ink = [], 50.0
    for char in text:
        width = SIZE * pymupdf.get_text_length(char, fontname="tiro", fontsize=1)
        if char != " ":
            left = ink - share * (SIZE - width)
            wide = chr(ord(char) + 0xFEE0)
            chars.append({"c": wide, "origin": (left, 100.0), "bbox": (left, 92.0, left + SIZE, 101.0)})
        ink += BLANK if char == " " else width
    return [{"size": SIZE, "font": "E-BZ", "chars": chars}]


def read(spans: list[dict[str, Any]]) -> str:
    return "".join(char["c"] if char["c"] == " " else chr(ord(char["c"]) - 0xFEE0) for char in spans[0]["chars"])


@pytest.mark.parametrize("share", [0.0, 0.5])
def test_the_blanks_that_a_file_leaves_out_are_put_back(share: float) -> None:
    text = "A mechanism of pattern recognition in 12 networks will show 20126 images"
    spans = line(text, share)
    publisher_fonts.mend(spans)
    assert read(spans) == text


@pytest.mark.parametrize("share", [0.0, 0.5])
def test_boxes_are_those_of_the_ink(share: float) -> None:
    spans = line("illuminating wow", share)
    publisher_fonts.mend(spans)
    boxes = [char["bbox"] for char in spans[0]["chars"] if char["c"] != " "]
    assert boxes[0][0] == pytest.approx(50.0, abs=0.5) and boxes[0][2] - boxes[0][0] < 0.4 * SIZE
    assert all(a[2] <= b[0] + 0.5 for a, b in pairwise(boxes))


def test_a_wide_gap_within_a_number_is_no_blank_and_few_letters_tell_nothing() -> None:
    number = line("see 346 672", 0.0)
    publisher_fonts.mend(number)
    assert read(number) == "see 346672"
    few = line("a b", 0.0)
    publisher_fonts.mend(few)
    assert read(few) == "ab"


def test_letters_in_italics_and_signs_that_a_file_calls_ideographs() -> None:
    spans = [
        {"font": font, "chars": [{"c": char} for char in "犚犲狏犻犲狑摇狅犳摇犆犖犖2017畅5"]}
        for font in ("E-BX9", "FZSSK")
    ]
    publisher_fonts.translate(spans)
    latin, chinese = ("".join(char["c"] for char in span["chars"]) for span in spans)
    assert latin == "Ｒｅｖｉｅｗ ｏｆ ＣＮＮ2017.5" and chinese == "犚犲狏犻犲狑摇狅犳摇犆犖犖2017畅5"


def test_letters_of_tex_that_a_file_calls_ideographs() -> None:
    row = [(char, 5.0 * n + 4.0 * (n > 2)) for n, char in enumerate("轛輱轝轤轩輋轥轲")]
    spans: list[dict[str, Any]] = [
        {"font": font, "size": 10.0, "chars": [{"c": char, "bbox": (x, 0.0, x + 5.0, 8.0)} for char, x in row]}
        for font in ("CMR10", "SimSun")
    ]
    publisher_fonts.translate(spans)
    latin, chinese = ("".join(char["c"] for char in span["chars"]) for span in spans)
    assert latin == "[1] differ" and chinese == "轛輱轝轤轩輋轥轲"
