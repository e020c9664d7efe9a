"""Papers that are a few lines with raised marks, entries of a list, and what such a paper cites."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from tests.papers import document, reference

from citegrid.core.document import Document, Page, Word
from citegrid.core.reference import Reference
from citegrid.pipeline.citations.resolve import find_mentions


def entry(name: str, label: str = "", year: int | None = None, *authors: str, raw: str = "") -> Reference:
    """An entry of a list; its text stands on no page of the document."""
    names = " and ".join(authors)
    return reference(
        name, label=label, raw=raw or f"{names}. {year}. A title of {name}.", year=year, authors=authors, page=99
    )


def numbered(count: int) -> list[Reference]:
    return [entry(f"r{n}", f"[{n}]", 1990 + n, f"Author{chr(96 + n)}, A.") for n in range(1, count + 1)]


def lifted(*parts: str) -> Document:
    """A page whose ``^{12}`` are superscripts."""
    plain = [re.sub(r"\^\{(.*?)\}", r"\1", part) for part in parts]
    doc = document(plain)
    page = doc.pages[0]
    places: list[tuple[int, int]] = []
    for block, part in zip(page.blocks, parts, strict=True):
        shift = 0
        for match in re.finditer(r"\^\{(.*?)\}", part):
            at = block.start + match.start() - shift
            places.append((at, at + len(match.group(1))))
            shift += 3
    return replace(doc, pages=(replace(page, words=tuple(w for word in page.words for w in _cut(word, places))),))


def _cut(word: Word, places: Sequence[tuple[int, int]]) -> list[Word]:
    cuts = sorted({word.start, word.end} | {p for a, b in places for p in (a, b) if word.start < p < word.end})
    return [
        replace(
            word, text=word.text[a - word.start : b - word.start], start=a, end=b, edges=word.edges[a - word.start : b - word.start + 1],
            raised=any(x <= a and b <= y for x, y in places),
        )
        for a, b in pairwise(cuts)
    ]  # fmt: skip


def cited(doc: Document, references: Sequence[Reference]) -> list[tuple[str, str]]:
    """``(entry, citation as printed)`` in reading order."""
    found = [(m, r.id) for r in find_mentions(doc, references, ()) for m in r.mentions]
    found.sort(key=lambda f: (f[0].spans[0].page, f[0].spans[0].start))
    return [(name, m.text) for m, name in found]


def ids(doc: Document, references: Sequence[Reference]) -> str:
    return " ".join(name for name, _ in cited(doc, references))


NAMES = [
    entry(
        "smith20a", "", 2020, "Smith, A.", "Jones, B.", "Miller, C.", raw="Smith, A., Jones, B., Miller, C. 2020a. One."
    ),
    entry(
        "smith20b", "", 2020, "Smith, A.", "Jones, B.", "Adams, C.", raw="Smith, A., Jones, B., Adams, C. 2020b. Two."
    ),
    entry("jones19", "", 2019, "Jones, B."),
    entry("smithjones18", "", 2018, "Smith, A.", "Jones, B."),
    entry("smith18", "", 2018, "Smith, A."),
    entry("berg", "", 2015, "van den Berg, P."),
    entry("garcia", "", 2014, "García Márquez, Gabriel"),
    entry("who", "", 2021, "World Health Organization"),
    entry("mueller", "", 2013, "Müller, F.", "O'Neill, J."),
    entry("openai", "", 2023, "OpenAI"),
    entry("lee", "", 2016, "Lee-Smith, K.", "Wu, L."),
    entry("nodate", "", None, "Brown, T.", raw="Brown, T. (n.d.). A page."),
    entry("zhang", "", 2020, "张三", "李四"),
    entry("wang", "", 2018, "王五"),
]


def whole(page: Page, block: int):  # type: ignore[no-untyped-def]
    from citegrid.core.document import Span

    return Span(page.number, page.blocks[block].start, page.blocks[block].end)
