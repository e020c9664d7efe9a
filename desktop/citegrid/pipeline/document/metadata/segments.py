"""The segments of a title page: words of one row that stand close together, whatever blocks and columns the file makes of them.

A title page is no running text: names stand beside each other in a row, labels before what they name.  So it is read by rows
from the top, each from left to right, and a row is cut where a gap parts two things.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise, product

from citegrid.core.document import Box, Page, Word
from citegrid.core.language.accents import with_accents
from citegrid.core.language.script import count_han
from citegrid.core.language.text import join_lines
from citegrid.pipeline.document.layout.lines import are_turned, box_around, usual_size

#: Words of one row lie in height within so large a part of its first word.
_LEVEL = 0.5
#: A gap of so many type sizes cuts a row; letters of a spaced Chinese word lie farther apart.
_GAP, _SPACED_GAP = 1.5, 4.0
#: Where the type is so many times as large as before, a gap of so many sizes does ("OPEN" before a title).
_OTHER_TYPE, _LABEL_GAP = 1.3, 0.5
#: Where it is so many times as small as before, any gap before a word longer than a mark does ("Received" beside a title).
_BESIDE, _LONGEST_MARK = 2.0, 3
#: Signs that lie so close, in type sizes, are of one word.
_TOUCHING = 0.12
#: A small word is a mark beside words so much larger.
_SMALL, _MARK = 0.75, 2
#: A sunk sign reaches so far below its word, in type sizes.
_SUNK = 0.05
#: A mark stands so close behind what it marks, in type sizes of that.
_BEHIND = 0.4


@dataclass(frozen=True, slots=True)
class Segment:
    """Words of one row of a page, in reading direction; ``row`` counts the rows from the top, ``place`` those of the row."""

    page: int
    row: int
    place: int
    words: tuple[Word, ...]
    size: float
    box: Box

    @property
    def level(self) -> list[Word]:
        """The words without raised and small marks at either end."""
        return [word for word in self.words if not self.is_mark(word)] or list(self.words)

    @property
    def text(self) -> str:
        """What is printed, without marks of footnotes and affiliations."""
        return _written(self.level)

    @property
    def title(self) -> str:
        """What is printed, without marks at either end; a raised sign within a word and a sunk one behind it are part of it ("m6A",
        "LaMnO3")."""
        marks = [self.is_mark(word) for word in self.words]
        level = [n for n, mark in enumerate(marks) if not mark] or [0, len(marks) - 1]
        inner = self.words[level[0] : level[-1] + 1]
        bound = [word for word in inner if not self.is_mark(word) or self._is_of_word(word)] or list(self.words)
        return "".join(a.text + _space(a, b) * (not self._touch(a, b)) for a, b in pairwise(bound)) + bound[-1].text

    def _is_of_word(self, mark: Word) -> bool:
        """Whether a sign touches what stands before it, and what stands behind it or the ground below."""
        at = self.words.index(mark)
        before, behind = self.words[max(0, at - 1)], self.words[min(at + 1, len(self.words) - 1)]
        is_sunk = mark.box.y1 > before.box.y1 + _SUNK * self.size
        return self._touch(before, mark) and (is_sunk or self._touch(mark, behind))

    def _touch(self, before: Word, word: Word) -> bool:
        """Whether two words, of which one is raised or smaller, stand without a space between them."""
        differ = (before.raised, before.size) != (word.raised, word.size)
        return differ and abs(word.box.x0 - before.box.x1) < _TOUCHING * self.size

    @property
    def letters(self) -> str:
        """What is printed, without white space."""
        return "".join(word.text for word in self.level)

    def is_mark(self, word: Word) -> bool:
        """Whether a word is the raised or small mark of a note or an affiliation; small letters are small capitals."""
        return word.raised or (self.is_small(word) and not word.text.isalpha())

    def is_small(self, word: Word) -> bool:
        """Whether a letter or two are much smaller than the segment: in a list of names a mark."""
        return word.size < _SMALL * self.size and len(word.text) <= _MARK


def segments_of(page: Page) -> list[Segment]:
    """The segments of ``page``, row by row; turned words are none."""
    lines = (list(line) for _, line in groupby(page.words, lambda word: (word.block, word.line)))
    words = [word for line in lines if not are_turned(line) for word in line]
    return [
        _segment(page.number, row, place, part)
        for row, of_row in enumerate(_rows(words))
        for place, part in enumerate(_parts(of_row))
    ]


def joined(segments: Sequence[Segment]) -> str:
    """Segments that follow each other, as one text, each accent on its letter."""
    return with_accents(join_lines("\n".join(segment.title for segment in segments)))


def _segment(page: int, row: int, place: int, words: Sequence[Word]) -> Segment:
    level = [word for word in words if not word.raised] or words
    lettered = [
        word for word in level if any(map(str.isalpha, word.text))
    ] or level  # "刘 侠 *①②": its size is that of the name
    return Segment(page, row, place, tuple(words), usual_size(lettered), box_around(words))


def _rows(words: Sequence[Word]) -> list[list[Word]]:
    """Words on one line from left to right, lines from the top; a raised word belongs to the line that it is nearest to."""
    rows: list[list[Word]] = []
    level, raised = _parted(words)
    for word in sorted(level, key=lambda w: (w.box.y0 + w.box.y1, w.box.x0)):
        if rows and _middle(word) - _middle(rows[-1][0]) < _LEVEL * _height(rows[-1][0]):
            rows[-1].append(word)
        else:
            rows.append([word])
    for mark in raised if rows else ():
        min(rows, key=lambda row: _distance(mark, row[0])).append(mark)
    return [_from_left(row) for row in rows]


def _from_left(row: Sequence[Word]) -> list[Word]:
    """A row in reading direction: pieces of one word, an accent among them that a font sets above its letter, stay as the file has them."""
    heads: dict[int, float] = {}
    for word in sorted(row, key=lambda w: w.start):
        heads[word.end] = heads[word.start] = heads.get(word.start, word.box.x0)
    return sorted(row, key=lambda w: (heads[w.end], w.start))


def _parted(words: Sequence[Word]) -> tuple[list[Word], list[Word]]:
    """The words on the line, and those that are raised above it."""
    above = {word.start for word in words if word.raised} | _marks_alone(words)
    return [word for word in words if word.start not in above], [word for word in words if word.start in above]


def _marks_alone(words: Sequence[Word]) -> set[int]:
    """Where the small signs begin that the file sets in a line of their own behind a larger word."""
    large = _SMALL * max((word.size for word in words), default=0.0)
    signs = [word for word in words if word.size < large and not any(map(str.isalpha, word.text))]
    return {sign.start for sign, word in product(signs, words) if _hangs_on(sign, word)}


def _hangs_on(sign: Word, word: Word) -> bool:
    """Whether a small sign stands right behind a larger word, at its upper half."""
    behind = abs(sign.box.x0 - word.box.x1) < _BEHIND * word.size
    return behind and sign.size < _SMALL * word.size and word.box.y0 - 0.5 * sign.size < _middle(sign) < _middle(word)


def _parts(row: Sequence[Word]) -> Iterator[list[Word]]:
    """A row cut at its gaps."""
    part = [row[0]]
    for before, word in pairwise(row):
        spaced = (
            count_han(before.text) == len(before.text)
            and count_han(word.text)
            and 1 in (len(before.text), len(word.text))
        )
        gap = (_GAP, _SPACED_GAP)[bool(spaced)]
        if word.size > _OTHER_TYPE * before.size and before.text.isalpha():
            gap = _LABEL_GAP
        if before.size > _BESIDE * word.size and len(word.text) > _LONGEST_MARK and word.text.isalpha():
            gap = 0.0
        if word.box.x0 - before.box.x1 > gap * max(before.size, word.size):
            yield part
            part = []
        part.append(word)
    yield part


def _written(words: Sequence[Word]) -> str:
    return "".join(a.text + _space(a, b) for a, b in pairwise(words)) + words[-1].text


def _space(before: Word, word: Word) -> str:
    """What stands between two words: nothing where the file has no space there."""
    return " " * (word.start != before.end)


def _middle(word: Word) -> float:
    return (word.box.y0 + word.box.y1) / 2


def _height(word: Word) -> float:
    return word.box.y1 - word.box.y0


def _distance(mark: Word, first: Word) -> float:
    """How far a raised mark lies from the line of a word: below its middle it belongs to the next line."""
    return abs(_middle(mark) - first.box.y0 - 0.3 * _height(first))
