"""Labels of pages: the file's, those printed, and files that say wrong ones."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from citegrid.core.document import Box, Page, Word
from citegrid.engines.pdf import open_pdf
from citegrid.pipeline.document.page_labels import labelled

CORPUS = Path(__file__).resolve().parents[4] / "shared" / "corpus"


def printed(*numbers: str, own: tuple[str, ...] = ()) -> list[Page]:
    """Pages that print these numbers at their foot; nothing where empty."""
    pages = []
    for i, number in enumerate(numbers, 1):
        word = Word(number, 0, len(number), Box(i, 300, 770, 310, 780), 0, 0, 10.0)
        pages.append(Page(i, own[i - 1] if own else "", 600, 800, number, (word,) if number else ()))
    return pages


def labels(pages: list[Page]) -> list[str]:
    return [page.label for page in labelled(pages)]


def test_roman_front_matter_then_arabic():
    assert labels(printed("", "ii", "iii", "iv", "", "2", "3", "- 4 -", "5")) == [
        "i",
        "ii",
        "iii",
        "iv",
        "1",
        "2",
        "3",
        "4",
        "5",
    ]


def test_numbers_go_on_over_pages_without_one():
    assert labels(printed("101", "102", "", "104", "105")) == ["101", "102", "103", "104", "105"]


def test_numbers_that_do_not_count_are_no_labels():
    assert labels(printed("7", "7", "12", "3", "90")) == ["1", "2", "3", "4", "5"]


def test_a_file_that_contradicts_its_pages_is_not_believed():
    wrong = printed("", "2", "3", "4", "5", own=("5", "6", "7", "8", "9"))
    assert labels(wrong) == ["1", "2", "3", "4", "5"]
    right = printed("", "", "", "", "5", own=("i", "ii", "iii", "iv", "1"))
    assert labels(right) == ["i", "ii", "iii", "iv", "1"]


def test_a_prefix_in_hexadecimal_is_written_out():
    assert labels(printed("", own=("<FEFF0058>3",))) == ["X3"]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        # hand-checked on the pages: NIST prints i at the foot of page 3, 1 on page 18; ECNU I on page 5, 1 on page 15
        ("stress/nist-800-160.pdf", {3: "i", 9: "vii", 17: "xv", 18: "1", 30: "13"}),
        ("chinese/ecnu-master.pdf", {5: "I", 14: "X", 15: "1", 30: "16"}),
    ],
)
def test_files_without_labels(name, expected):
    path = CORPUS / name
    if not path.exists():
        pytest.skip(f"{name} of the shared corpus is absent")
    source = open_pdf(path)
    found = labelled([source.page(n) for n in range(1, 41)])
    assert {n: found[n - 1].label for n in expected} == expected


@pytest.mark.parametrize("name", ["stress/geotopo-de.pdf", "stress/cryptol-book.pdf", "papers/spectral-thesis.pdf"])
def test_printed_numbers_say_what_the_file_says(name):
    path = CORPUS / name
    if not path.exists():
        pytest.skip(f"{name} of the shared corpus is absent")
    source = open_pdf(path)
    pages = [source.page(n) for n in range(1, 41)]
    bare = labels([replace(page, label="") for page in pages])
    assert sum(a.label == b for a, b in zip(pages, bare, strict=True)) >= 33
    assert labels(pages) == [page.label for page in pages]
