"""Mutated PDFs and mutated page text: reading ends in a result or in an error of ours, and does not take for ever.

Everything is seeded: a case that fails once fails again.  A failing case is
told by its kind and number; ``pytest -k "swapped and 17"`` runs it alone.
"""

from __future__ import annotations

import json
import random
import time
from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path

import pymupdf
import pytest
from tests import papers

from citegrid.core.document import BlockKind, Page
from citegrid.core.errors import CiteGridError
from citegrid.engines.pdf import open_pdf
from citegrid.pipeline.document.open import open_document
from citegrid.pipeline.export.document_json import reading_to_json
from citegrid.pipeline.run import Paper, read_paper
from citegrid.ports import NEVER, Cancel, Link, OcrLine, PageSource, Pixels

SAMPLE = Path(__file__).resolve().parents[3] / "resources" / "sample" / "paper.pdf"
#: CPU seconds for one small document; it takes about 0.05, and an explosion takes minutes.
MOST_SECONDS = 20

BODY = """1 Introduction
Many have asked this before (Smith et al., 2020a,b; Jones, 2019), and Smith and Jones (2020)
answered it in part [3, 5-8]. We extend the work of Wu and Li [12], unlike Brown et al. (2018).
2 Method
As in [1], [2] and [4-6] the co-located sensors of O'Neil (2017) are used;1,2 see also [Smi+20].
The vulnera-
bilities of 张三等[3] and （李四，2021） are known （王五 等, 2019）."""
LIST = """References
[1] A. Smith, B. Jones, and C. Wu. 2020. A study of things. In Proceedings of ACL, pages 1-12.
[2] Jones, D. (2019). Another study. Journal of Studies 12(3), 45-67. doi:10.1000/182.
[3] 张三, 李四. 一种方法[J]. 计算机学报, 2020, 43(2): 1-9.
[4] Brown, T. et al. Language models are learners. arXiv:2005.14165, 2018. https://example.org/x
[5] O'Neil, P. 2017. Sensors. Springer, Berlin.
[6] Wu, X. and Li, Y. The sixth work of many. Nature 5, 1-2 (2016)."""


# -- mutated files -----------------------------------------------------------------------------------------------------


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


class RandomOcr:
    """Finds lines anywhere in the picture, and beyond it."""

    workers = 2

    def __init__(self, dice: random.Random) -> None:
        self._dice = dice

    def read(self, picture: Pixels, *, cancel: Cancel = NEVER) -> list[OcrLine]:
        assert len(picture.data) == 3 * picture.width * picture.height
        lines = []
        for _ in range(self._dice.randint(0, 8)):
            x, y = (self._dice.uniform(-9, picture.width), self._dice.uniform(-9, picture.height))
            wide, high = self._dice.uniform(0, 900), self._dice.uniform(0, 40)
            corners = ((x, y), (x + wide, y), (x + wide, y + high), (x, y + high))
            lines.append(OcrLine(some_line(self._dice), corners, self._dice.random()))
        return lines


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


def checked(source: PageSource, dice: random.Random) -> Paper:
    """Read ``source``; what comes of it stands on its pages and can be printed."""
    began = time.process_time()
    paper = read_paper(source, RandomOcr(dice))
    printed = json.dumps(reading_to_json(paper.document, paper.references), ensure_ascii=False, allow_nan=False)
    assert time.process_time() - began < MOST_SECONDS
    assert printed.encode("utf-8")
    assert len(paper.document.pages) == source.page_count
    for reference in paper.references:
        assert reference.raw.strip()
        assert {b.page for b in reference.boxes} <= set(range(1, source.page_count + 1))
        for mention in reference.mentions:
            assert mention.text.strip()
            for span in mention.spans:
                assert 0 <= span.start < span.end <= len(paper.document.page(span.page).text)
    return paper


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

SIGNS = (
    "a",
    "é",
    "e\u0301\u0300\u0327",
    "ﬁ",
    "ß",
    "İ",
    "ı",
    "Å",
    "\u00ad",
    "\u200b",
    "\u200f",
    "\u202e",
    "שלום",
    "مرحبا",
    "ไทย",
    "한",
    "⽉",
    "（",
    "）",
    "［",
    "】",
    "，",
    "；",
    "。",
    "１２",
    "①",
    "²",
    "½",
    "Ⅻ",
    "٣",
    "\U0001f469\u200d\U0001f52c",
    "\U00020000",
    "\ue000",
    "\ufffd",
    "\ufffe",
    "\u2028",
    "\x00",
    "\x1b",
    "\u0130",
    "ſ",
    "ﬀ",
    "\u1e9e",
    "\u0345",
)
PIECES = (
    *SIGNS,
    *"()[]{}<>.,;:-–—'\"&*†/\\|%$#@0123456789",
    *BODY.split(),
    *LIST.split(),
    "et al.",
    "[1",
    "1]",
    "[1–",
    "[1-99999999]",
    "(2020",
    "2020)",
    "2020a",
    "vol.",
    "References",
    "参考文献",
    "Bibliography",
    "Appendix A",
    "doi:10.1/" + "x" * 50,
    "https://" + "a." * 30,
    "9" * 60,
    "[" * 20,
    "(" * 20 + "1" + ")" * 20,
)


def some_line(dice: random.Random) -> str:
    sep = dice.choice([" ", " ", "", "\u00a0"])
    return sep.join(dice.choice(PIECES) for _ in range(dice.randint(1, 25))) or "x"


def some_part(dice: random.Random) -> papers.Part:
    kind = dice.random()
    if kind < 0.3:
        rows = dice.choice([BODY, LIST]).split("\n")
        for _ in range(dice.randint(0, 3)):
            rows.insert(dice.randrange(len(rows) + 1), some_line(dice))
        dice.shuffle(rows) if dice.random() < 0.3 else None
    elif kind < 0.6:
        rows = list(dice.choice([BODY, LIST]))
        for _ in range(dice.randint(1, 30)):
            rows[dice.randrange(len(rows))] = dice.choice(PIECES)
        rows = "".join(rows).split("\n")
    else:
        rows = [some_line(dice) for _ in range(dice.randint(1, 12))]
    text = "\n".join(row.replace("\n", " ") for row in rows)
    return (dice.choice(list(BlockKind)), text) if dice.random() < 0.2 else text


class MadeSource:
    """Pages that no PDF would give."""

    sha256 = "0" * 64
    name = "made.pdf"

    def __init__(self, pages: Sequence[Page], dice: random.Random | None = None) -> None:
        self._pages = pages
        self.page_count = len(pages)
        self.metadata = {"title": some_line(dice), "author": some_line(dice), "creationDate": "D:0"} if dice else {}
        self._links: list[Link] = []
        for _ in range(dice.randint(0, 6) if dice else 0):
            assert dice
            x, y, wide, high = (dice.uniform(-5, 600) for _ in range(4))
            to = dice.randint(1, len(pages) + 1)
            box = (x, y, x + wide / 20, y + high / 40)
            self._links.append(Link(dice.randint(1, len(pages)), box, to, x, y, dice.choice(["", "cite.a", "page.1"])))

    def page(self, number: int) -> Page:
        return self._pages[number - 1]

    def render(self, number: int, scale: float) -> Pixels:
        return Pixels(60, 80, b"\xff" * (3 * 60 * 80))

    def links(self) -> Sequence[Link]:
        return self._links

    def outline(self) -> Sequence[tuple[int, str, int]]:
        return []

    def close(self) -> None:
        return None


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


# -- lines that grow ---------------------------------------------------------------------------------------------------

#: What stands on every page of a hostile paper, ``n`` times; between a sound body and a sound list.
GROWING: dict[str, Callable[[int], str]] = {
    "digits": lambda n: "1" * n,
    "digits apart": lambda n: "1 " * n,
    "numbers in a bracket": lambda n: "[" + "1, " * n + "2]",
    "ranges": lambda n: "[1-99999] " * n,
    "open brackets": lambda n: "[" * n,
    "nested brackets": lambda n: "(" * n + "Smith, 2020" + ")" * n,
    "open citations": lambda n: "(Smith et al., 2020; " * n,
    "names": lambda n: "Smith, A., " * n,
    "names and": lambda n: "Smith and " * n,
    "initials": lambda n: "A. " * n,
    "capitals": lambda n: "A" * n,
    "letters": lambda n: "a" * n,
    "years": lambda n: "2020a, " * n,
    "stops": lambda n: ". " * n,
    "hyphens": lambda n: "a-\n" * n,
    "short lines": lambda n: "a\n" * n,
    "numbered lines": lambda n: "".join(f"[{i}] Smith, A. {1900 + i % 120}. Title.\n" for i in range(n)),
    "combining": lambda n: "e" + "\u0301" * n,
    "ligatures": lambda n: "ﬃ" * n,
    "han": lambda n: "一" * n,
    "han names": lambda n: "张三，" * n,
    "right to left": lambda n: "\u202eשלום " * n,
    "spaces of no width": lambda n: "\u200b" * n + "a",
    "slashes": lambda n: "https://" + "a/" * n,
    "doi": lambda n: "10.1000/" * n,
    "quotes": lambda n: '"' * n,
    "headings": lambda n: "References\n" * n,
    "superscripts": lambda n: "a¹²" * n,
}


def seconds_for(line: Callable[[int], str], size: int, place: str) -> float:
    """CPU seconds to read a paper whose body or list holds ``line(size)``."""
    grown = line(size)
    body, listed = ([BODY, grown, LIST], []) if place == "body" else ([BODY], [LIST + "\n" + grown])
    pages = [papers.page(1, body), papers.page(2, listed)]
    began = time.process_time()
    checked(MadeSource(pages), random.Random(0))
    return time.process_time() - began


#: One word without a gap: known to cost the square of its length (a second at 10 000 characters), so only its size is bounded.
ONE_WORD = {"digits", "capitals", "letters", "ligatures", "han", "combining", "doi", "slashes"}


@pytest.mark.slow
@pytest.mark.parametrize("place", ["body", "list"])
@pytest.mark.parametrize("name", sorted(GROWING.keys() - ONE_WORD))
def test_time_grows_with_the_length_not_with_its_square(name, place):
    line, size = GROWING[name], 1000
    small = seconds_for(line, size, place)
    while small < 0.15 and size < 16_000:  # too short to be measured
        size *= 2
        small = seconds_for(line, size, place)
    grown = seconds_for(line, 3 * size, place)
    assert grown < 8 * small + 0.3, size  # 3 where it grows with the length, 9 with its square


@pytest.mark.slow
@pytest.mark.parametrize("place", ["body", "list"])
@pytest.mark.parametrize("name", sorted(ONE_WORD))
def test_a_word_of_ten_thousand_characters_is_read(name, place):
    assert seconds_for(GROWING[name], 10_000, place) < MOST_SECONDS
