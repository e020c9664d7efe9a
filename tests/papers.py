"""Small documents made of words, for tests of the rooms: every character has a box, every line a place."""

from __future__ import annotations

import re
from collections.abc import Sequence

from citegrid.core.document import Block, BlockKind, Box, Document, Page, Span, Word
from citegrid.core.reference import Mention, Reference

Part = str | tuple[BlockKind, str]
WIDE, HIGH = 5.0, 12.0


def page(number: int, parts: Sequence[Part], label: str = "") -> Page:
    """A page of blocks, one below the other; a newline in a part begins a new line of it."""
    text, words, blocks = "", [], []
    y = 40.0
    line = 0
    for index, part in enumerate(parts):
        kind, content = part if isinstance(part, tuple) else (BlockKind.BODY, part)
        start = len(text)
        top = y
        for row in content.split("\n"):
            for found in re.finditer(r"\S+", row):
                x = 60.0 + WIDE * found.start()
                edges = tuple(x + WIDE * i for i in range(len(found.group()) + 1))
                box = Box(number, x, y, edges[-1], y + HIGH)
                at = len(text) + found.start()
                words.append(Word(found.group(), at, at + len(found.group()), box, line, index, size=10.0, edges=edges))
            text += row + "\n"
            y += HIGH
            line += 1
        blocks.append(Block(index, kind, start, len(text) - 1, Box(number, 60, top, 540, y)))
        text += "\n"
        y += HIGH
    return Page(number, label or str(number), 600, 800, text, tuple(words), tuple(blocks))


def document(*pages: Sequence[Part], title: str = "") -> Document:
    """A document of such pages."""
    return Document("paper.pdf", "0" * 64, tuple(page(i, p) for i, p in enumerate(pages, 1)), title)


def span(doc: Document, words: str, number: int = 1) -> Span:
    """Where ``words`` stand on page ``number``; they must stand there."""
    at = doc.page(number).text.index(words)
    return Span(number, at, at + len(words))


def mention(doc: Document, citation: str, sentence: str, number: int = 1, **more: object) -> Mention:
    """An in-text citation inside its sentence."""
    whole = span(doc, sentence, number)
    at = doc.page(number).text.index(citation, whole.start)
    inner = Span(number, at, at + len(citation))
    return Mention(number, citation, (), (inner,), " ".join(sentence.split()), (whole,), **more)  # type: ignore[arg-type]


def reference(name: str, mentions: Sequence[Mention] = (), **more: object) -> Reference:
    """A reference with its mentions."""
    facts: dict[str, object] = {"label": "", "raw": f"{name}. A title.", "page": 1, "boxes": (), "spans": ()} | more
    return Reference(name, mentions=tuple(mentions), **facts)  # type: ignore[arg-type]
