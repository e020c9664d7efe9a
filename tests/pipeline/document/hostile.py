"""What the tests of damaged and hostile papers share: a sound body and list, pages that are made up, and a reading that must end."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Sequence

from tests import papers

from citegrid.core.document import BlockKind, Page
from citegrid.pipeline.export.document_json import reading_to_json
from citegrid.pipeline.run import Paper, read_paper
from citegrid.ports import NEVER, Cancel, Link, OcrLine, PageSource, Pixels

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
