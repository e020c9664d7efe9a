"""Mutated PDFs and mutated page text: reading ends in a result or in an error of ours, and does not take for ever.

Everything is seeded: a case that fails once fails again.  A failing case is
told by its kind and number; ``pytest -k "swapped and 17"`` runs it alone.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

import pymupdf
import pytest
from tests import papers
from tests.pipeline.document.hostile import BODY, LIST, MadeSource, checked, some_line, some_part

from citegrid.core.errors import CiteGridError
from citegrid.engines.pdf import open_pdf
from citegrid.pipeline.document.open import open_document
from citegrid.pipeline.run import Paper

SAMPLE = Path(__file__).resolve().parents[3] / "resources" / "sample" / "paper.pdf"


@lru_cache
def small_pdf(packed: bool) -> bytes:
    """Two pages, a bookmark, labels and a citation link; plain text inside when not ``packed``."""
    document = pymupdf.open()
    for text in (BODY, LIST):
        page = document.new_page()
        page.insert_text((60, 72), text.split("\n"), fontsize=9, fontname="china-s")
    link = pymupdf.Rect(60, 80, 90, 92)
    document[0].insert_link({"kind": pymupdf.LINK_GOTO, "from": link, "page": 1, "to": pymupdf.Point(60, 80)})
    document.set_toc([[1, "Introduction", 1], [1, "References", 2]])
    document.set_page_labels([{"startpage": 0, "prefix": "A-", "style": "r", "firstpagenum": 3}])
    return bytes(document.tobytes(deflate=packed, garbage=3))


def flipped(data: bytearray, dice: random.Random) -> bytearray:
    for _ in range(dice.randint(1, 60)):
        data[dice.randrange(len(data))] = dice.randrange(256)
    return data


def truncated(data: bytearray, dice: random.Random) -> bytearray:
    return data[: dice.randrange(8, len(data))]


def swapped(data: bytearray, dice: random.Random) -> bytearray:
    size = dice.randint(1, len(data) // 4)
    one, other = sorted(dice.randrange(8, len(data) - size) for _ in range(2))
    data[one : one + size], data[other : other + size] = data[other : other + size], data[one : one + size]
    return data


def cut_out(data: bytearray, dice: random.Random) -> bytearray:
    start = dice.randrange(8, len(data))
    del data[start : start + dice.randint(1, 400)]
    return data


def doubled(data: bytearray, dice: random.Random) -> bytearray:
    start = dice.randrange(8, len(data))
    piece = data[start : start + dice.randint(1, 2000)]
    at = dice.randrange(8, len(data))
    return data[:at] + piece * dice.randint(1, 5) + data[at:]


def other_numbers(data: bytearray, dice: random.Random) -> bytearray:
    """Numbers become huge, negative, nothing or those of other objects."""
    import re

    def other(found: re.Match[bytes]) -> bytes:
        if dice.random() < 0.9:
            return found.group()
        return dice.choice([b"0", b"-1", b"4294967296", b"1e38", b"0.000001", b"null", b"%d" % dice.randrange(30)])

    return bytearray(re.sub(rb"(?<=[ \[])\d+(?=[ \]/\n])", other, bytes(data)))


def other_names(data: bytearray, dice: random.Random) -> bytearray:
    """Keys are exchanged: a page becomes a font, a length a filter."""
    import re

    names = re.findall(rb"/[A-Z]\w+", bytes(data))
    return bytearray(
        re.sub(rb"/[A-Z]\w+", lambda found: dice.choice(names) if dice.random() < 0.05 else found.group(), bytes(data))
    )


Mutation = Callable[[bytearray, random.Random], bytearray]
MUTATIONS: tuple[Mutation, ...] = (flipped, truncated, swapped, cut_out, doubled, other_numbers, other_names)


def read_file(path: Path, dice: random.Random) -> Paper | None:
    """What comes of the file, or None after an error of ours; anything else is raised."""
    try:
        source = open_document(path, open_pdf)
    except CiteGridError as error:
        assert path.name in error.sentence
        assert error.hint
        return None
    try:
        source.outline()
        return checked(source, dice)
    finally:
        source.close()


def mutated(mutate: Mutation, number: int, tmp_path: Path) -> Paper | None:
    dice = random.Random(f"{mutate.__name__} {number}")
    data = mutate(bytearray(small_pdf(packed=bool(number % 3 == 0))), dice)
    path = tmp_path / "mutated.pdf"
    path.write_bytes(data)
    return read_file(path, dice)


@pytest.mark.parametrize("mutate", MUTATIONS, ids=lambda m: m.__name__)
def test_mutated_files_end_in_a_result_or_in_an_error_of_ours(mutate, tmp_path):
    read = [mutated(mutate, number, tmp_path) for number in range(12)]
    assert any(paper is not None for paper in read)  # the mutations are mild enough to come past the door


@pytest.mark.slow
@pytest.mark.parametrize("mutate", MUTATIONS, ids=lambda m: m.__name__)
def test_many_mutated_files_end_in_a_result_or_in_an_error_of_ours(mutate, tmp_path):
    for number in range(12, 400):
        mutated(mutate, number, tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("mutate", MUTATIONS, ids=lambda m: m.__name__)
def test_the_mutated_sample_ends_in_a_result_or_in_an_error_of_ours(mutate, tmp_path):
    for number in range(12):
        dice = random.Random(f"sample {mutate.__name__} {number}")
        path = tmp_path / "sample.pdf"
        path.write_bytes(mutate(bytearray(SAMPLE.read_bytes()), dice))
        read_file(path, dice)


def test_the_file_that_is_mutated_is_read_in_full(tmp_path):
    path = tmp_path / "whole.pdf"
    path.write_bytes(small_pdf(packed=False))
    paper = read_file(path, random.Random(0))
    assert paper is not None
    assert [len(r.mentions) > 0 for r in paper.references][:2] == [True, True]
    assert len(paper.references) == 6


# -- mutated page text -------------------------------------------------------------------------------------------------


def made(number: int) -> Paper:
    dice = random.Random(f"text {number}")
    labels = ["", "", "i", "1", "-3", "Ⅻ", some_line(dice)[:9]]
    pages = [
        papers.page(n, [some_part(dice) for _ in range(dice.randint(0, 6))], dice.choice(labels))
        for n in range(1, dice.randint(2, 5))
    ]
    return checked(MadeSource(pages, dice), dice)


@pytest.mark.parametrize("tens", range(4))
def test_mutated_pages_are_read(tens):
    for number in range(10 * tens, 10 * tens + 10):
        made(number)


@pytest.mark.slow
@pytest.mark.parametrize("hundred", range(1, 11))
def test_many_mutated_pages_are_read(hundred):
    for number in range(100 * hundred, 100 * hundred + 100):
        made(number)
