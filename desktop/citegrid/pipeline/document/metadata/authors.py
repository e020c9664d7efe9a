"""The byline of a paper as it is seen: rows of words in the type of the first authors, whatever blocks the file makes of them.

Letters and signs for affiliations are raised or odd and break a line into blocks; here they only part names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from citegrid.core.document import Block, Page, Word

#: Rows of one byline follow each other within so many heights of a word; words that far apart (in sizes) are two names.
_STEP, _APART = 2.1, 1.6
#: Type sizes that differ by less are one, in points.
_SAME_SIZE = 0.4
#: A row that ends in these goes on with another name; else its last word may be the given name of the next row's first.
_OPEN = re.compile(r"(?:[,;&·]|\band)\s*$")
_MAIL = re.compile(r"[\w.+-]+@([\w-]+(?:\.[\w-]+)+)")
_TEAM = re.compile(r"\b(?:Team|Collaboration|Consortium|Working Group|Project)$")


def rows_of(page: Page, first: Block, until: float) -> list[str]:
    """The rows from ``first`` on and above ``until`` (points from the top), marks replaced by semicolons."""
    head = [w for w in page.words if first.start <= w.start < first.end and not w.raised]
    if not head:
        return []
    size = max(w.size for w in head)
    words = [
        w
        for w in page.words
        if w.raised or abs(w.size - size) < _SAME_SIZE
        if first.box.y0 - 3 <= w.box.y0 and w.box.y1 < until
    ]
    return [_text(row, size) for row in _rows(words)]


def joined(rows: Sequence[str]) -> str:
    """The rows in one line, parted by semicolons where neither a sign nor the rest of a name says that they go on."""
    text = ""
    for row in rows:
        # "Mohammad Hosein" / "Farzaei 5, 6": one word before its mark is the rest of the name above.
        rest = bool(re.match(r"[^\W\d_][\w'’-]+\s*[;,]", row)) and "," in text
        text += row if not text else (" " if rest or _OPEN.search(text) else " ; ") + row
    return text


def organisation(text: str, following: str) -> str:
    """The organisation that signs a paper alone: a team, or a name that the address below it bears; empty otherwise."""
    name = " ".join(text.split())
    mail = _MAIL.search(following)
    if not name or len(name) > 60 or not name[0].isupper() or "@" in name:
        return ""
    words = [w.casefold() for w in re.findall(r"[^\W\d_]{4,}", name)]
    own = mail is not None and len(words) <= 4 and any(w in mail.group(1).casefold() for w in words)
    return name if own or _TEAM.search(name) else ""


def _rows(words: Sequence[Word]) -> Iterator[list[Word]]:
    """Words that overlap in height are a row, from left to right; a gap ends the byline."""
    rows: list[list[Word]] = []
    for word in sorted((w for w in words if not w.raised), key=lambda w: (w.box.y0, w.box.x0)):
        if rows and word.box.y0 < rows[-1][0].box.y0 + 0.5 * (rows[-1][0].box.y1 - rows[-1][0].box.y0):
            rows[-1].append(word)
        else:
            rows.append([word])
    marks = [w for w in words if w.raised]
    before: Word | None = None
    for row in rows:
        head = row[0]
        if before is not None and head.box.y0 - before.box.y0 > _STEP * (head.box.y1 - head.box.y0):
            return
        before = head
        middle = (head.box.y0 + head.box.y1) / 2
        beside = [m for m in marks if m.box.y0 < middle and m.box.y1 > head.box.y0 - 2]
        yield sorted([*row, *beside], key=lambda w: w.box.x0)


def _text(row: Sequence[Word], size: float) -> str:
    parts = [";" if row[0].raised else row[0].text]
    for a, b in pairwise(row):
        if b.box.x0 - a.box.x1 > _APART * size:
            parts.append(";")
        parts.append(";" if b.raised else b.text)
    return " ".join(parts)
