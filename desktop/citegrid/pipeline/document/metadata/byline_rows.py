"""The rows of a byline as they are seen: words in the type of the first authors, whatever blocks the file makes of them.

Letters and signs for affiliations are raised or odd and break a line into blocks; here they only part names.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from citegrid.core.document import Block, Page, Word
from citegrid.pipeline.document.blocks import words_of
from citegrid.pipeline.document.metadata.patterns import REST_OF_NAME, ROW_OPEN

#: Rows of one byline follow each other within so many heights of a word; words that far apart (in sizes) are two names.
_STEP, _APART = 2.1, 1.6
#: Type sizes that differ by less are one, in points.
_SAME_SIZE = 0.4


def rows_of(page: Page, first: Block, until: float) -> list[str]:
    """The rows from ``first`` on and above ``until`` (points from the top), marks replaced by semicolons."""
    level, _ = _parted(words_of(page, first))
    if not level:
        return []
    size = max(word.size for word in level)
    level, marks = _parted([w for w in page.words if first.box.y0 - 3 <= w.box.y0 and w.box.y1 < until])
    rows = _rows([word for word in level if abs(word.size - size) < _SAME_SIZE])
    return [_text(row, size) for row in _with_marks(rows, marks)]


def joined(rows: Sequence[str]) -> str:
    """The rows in one line, parted by semicolons where neither a sign nor the rest of a name says that they go on."""
    text = ""
    for row in rows:
        rest = REST_OF_NAME.match(row) is not None and "," in text
        between = " " if rest or ROW_OPEN.search(text) else " ; "
        text = text + between + row if text else row
    return text


def _parted(words: Sequence[Word]) -> tuple[list[Word], list[Word]]:
    """The words on the line, and the raised ones."""
    return [word for word in words if not word.raised], [word for word in words if word.raised]


def _rows(words: Sequence[Word]) -> list[list[Word]]:
    """Words that overlap in height are a row."""
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda w: (w.box.y0, w.box.x0)):
        if rows and word.box.y0 < rows[-1][0].box.y0 + 0.5 * _height(rows[-1][0]):
            rows[-1].append(word)
        else:
            rows.append([word])
    return rows


def _with_marks(rows: Sequence[list[Word]], marks: Sequence[Word]) -> Iterator[list[Word]]:
    """The rows down to the first gap, each with the raised marks beside it, from left to right."""
    before: Word | None = None
    for row in rows:
        head = row[0]
        if before is not None and head.box.y0 - before.box.y0 > _STEP * _height(head):
            return
        before = head
        middle = (head.box.y0 + head.box.y1) / 2
        beside = [m for m in marks if m.box.y0 < middle and m.box.y1 > head.box.y0 - 2]
        yield sorted([*row, *beside], key=lambda w: w.box.x0)


def _height(word: Word) -> float:
    return word.box.y1 - word.box.y0


def _text(row: Sequence[Word], size: float) -> str:
    parts = [";" if row[0].raised else row[0].text]
    for a, b in pairwise(row):
        if b.box.x0 - a.box.x1 > _APART * size:
            parts.append(";")
        parts.append(";" if b.raised else b.text)
    return " ".join(parts)
