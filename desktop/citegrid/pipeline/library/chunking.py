"""Cutting a background document into chunks: along headings, then paragraphs, then sentences.

A chunk has about 120 to 200 words or 300 to 500 Chinese characters; its number
depends on the document alone, so a citation of it stays true as long as the
file's bytes do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from citegrid.core.library import Chunk, TextBlock
from citegrid.core.script import HAN, count_han, has_han
from citegrid.core.text import sentences

#: Words; 2.5 ideographs count as one.
FULL, MOST, FEWEST = 120.0, 200.0, 30.0
_LATIN = re.compile(rf"[^\W{HAN}]+")
_CLAUSE = re.compile(r"(?<=[,;:，；：、])\s*|\s+")


def size(text: str) -> float:
    """The length of ``text`` in words, Chinese counted as 2.5 characters a word."""
    return len(_LATIN.findall(text)) + count_han(text) / 2.5


def cut(parts: Sequence[TextBlock]) -> tuple[Chunk, ...]:
    """The chunks of a document; a heading begins one, unless the one before it would be too short to stand alone."""
    chunks: list[Chunk] = []
    open_: list[str] = []
    measure, heading, page = 0.0, "", None

    def close() -> None:
        nonlocal measure
        text = "\n\n".join(open_).strip()
        if text:
            chunks.append(Chunk(len(chunks) + 1, text, heading, page))
        open_.clear()
        measure = 0.0

    for part in parts:
        if part.heading:
            if measure >= FEWEST or not open_:
                close()
                heading = part.text
            else:
                open_.append(part.text)
            continue
        for piece in _pieces(part.text, MOST - measure if measure < FULL else MOST):
            long = size(piece)
            if open_ and measure + long > MOST:
                close()
            if not open_:
                page = part.page
            open_.append(piece)
            measure += long
    close()
    return tuple(chunks)


def _pieces(text: str, room: float) -> Iterator[str]:
    """``text`` whole where it fits a chunk; else in runs of sentences, the first of at most ``room``."""
    if size(text) <= MOST:
        yield text
        return
    run, measure = "", 0.0
    for start, end in sentences(text):
        for piece in _clauses(text[start:end]):
            long = size(piece)
            if run and measure + long > room:
                yield run
                run, measure, room = "", 0.0, MOST
            between = " " if run and not has_han(run[-1:] + piece[:1]) and run[-1:] not in "。！？；，" else ""
            run += between + piece
            measure += long
    if run:
        yield run


def _clauses(sentence: str) -> Iterator[str]:
    """A sentence that is longer than a chunk in pieces that are not; others as they are."""
    if size(sentence) <= MOST:
        yield sentence
        return
    run = ""
    for word in _CLAUSE.split(sentence):
        while size(word) > MOST:  # no space and no comma for pages: cut anywhere
            yield (run + " " + word[:400]).strip()
            run, word = "", word[400:]
        if run and size(run) + size(word) > MOST:
            yield run
            run = ""
        run = f"{run} {word}".strip()
    if run:
        yield run
