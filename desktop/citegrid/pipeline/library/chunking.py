"""Cutting a background document into chunks: along headings, then paragraphs, then sentences.

A chunk has about 120 to 200 words or 300 to 500 Chinese characters; its number
depends on the document alone, so a citation of it stays true as long as the
file's bytes do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain

from citegrid.core.language.script import HAN, count_han, has_han
from citegrid.core.language.text import sentences
from citegrid.core.library import Chunk, TextBlock

#: Words; 2.5 ideographs count as one.
FULL, MOST, FEWEST = 120.0, 200.0, 30.0
#: Letters of a piece that is cut from a text without any stop.
LONGEST_WORD = 400
_LATIN = re.compile(rf"[^\W{HAN}]+")
_CLAUSE = re.compile(r"(?<=[,;:，；：、])\s*|\s+")


def size(text: str) -> float:
    """The length of ``text`` in words, Chinese counted as 2.5 characters a word."""
    return len(_LATIN.findall(text)) + count_han(text) / 2.5


def cut(parts: Sequence[TextBlock]) -> tuple[Chunk, ...]:
    """The chunks of a document; a heading begins one, unless the one before it would be too short to stand alone."""
    chunker = _Chunker()
    for part in parts:
        if part.heading:
            chunker.head(part.text)
            continue
        for piece in _pieces(part.text, chunker.room):
            chunker.add(piece, part.page)
    chunker.close()
    return tuple(chunker.chunks)


@dataclass
class _Chunker:
    """The chunks that are done, and the one that is being filled: its paragraphs, their size, its heading and page."""

    chunks: list[Chunk] = field(default_factory=list)
    paragraphs: list[str] = field(default_factory=list)
    measure: float = 0.0
    heading: str = ""
    page: int | None = None

    @property
    def room(self) -> float:
        """Words that the open chunk still takes; those of a new one where it is full."""
        return MOST - self.measure if self.measure < FULL else MOST

    def head(self, heading: str) -> None:
        """Begin a chunk below ``heading``; in a chunk that is too short to stand alone the heading is one more line."""
        if self.paragraphs and self.measure < FEWEST:
            self.paragraphs.append(heading)
        else:
            self.close()
            self.heading = heading

    def add(self, piece: str, page: int | None) -> None:
        """Put a paragraph, or a part of one, into the open chunk, or into a new one where that is full."""
        if self.paragraphs and self.measure + size(piece) > MOST:
            self.close()
        if not self.paragraphs:
            self.page = page
        self.paragraphs.append(piece)
        self.measure += size(piece)

    def close(self) -> None:
        """The open chunk is done."""
        text = "\n\n".join(self.paragraphs).strip()
        if text:
            self.chunks.append(Chunk(len(self.chunks) + 1, text, self.heading, self.page))
        self.paragraphs.clear()
        self.measure = 0.0


def _pieces(text: str, room: float) -> Iterator[str]:
    """``text`` whole where it fits a chunk; else in runs of sentences, the first of at most ``room``."""
    if size(text) <= MOST:
        yield text
        return
    run, measure = "", 0.0
    for piece in (clause for start, end in sentences(text) for clause in _clauses(text[start:end])):
        long = size(piece)
        if run and measure + long > room:
            yield run
            run, measure, room = "", 0.0, MOST
        run += _between(run, piece) + piece
        measure += long
    if run:
        yield run


def _between(run: str, piece: str) -> str:
    """What parts two sentences: nothing beside an ideograph or a full-width stop."""
    beside = run[-1:]
    return "" if not run or beside in "。！？；，" or has_han(beside + piece[:1]) else " "


def _clauses(sentence: str) -> Iterator[str]:
    """A sentence that is longer than a chunk in pieces that are not; others as they are."""
    if size(sentence) <= MOST:
        yield sentence
        return
    run = ""
    for word in chain.from_iterable(map(_short, _CLAUSE.split(sentence))):
        if run and size(run) + size(word) > MOST:
            yield run
            run = ""
        run = f"{run} {word}".strip()
    if run:
        yield run


def _short(word: str) -> Iterator[str]:
    """A word; cut anywhere where it has no space and no comma for pages."""
    if size(word) <= MOST:
        yield word
        return
    yield from (word[at : at + LONGEST_WORD] for at in range(0, len(word), LONGEST_WORD))
