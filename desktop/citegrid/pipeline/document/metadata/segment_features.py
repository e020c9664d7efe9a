"""What the classifier of title pages sees of a segment: its type, its place, its words, its neighbours, the rest of the file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import log
from typing import Any

import numpy as np

from citegrid.core.document import Block, BlockKind, Page, TextFrom
from citegrid.core.language.script import count_han
from citegrid.core.language.text import key_text
from citegrid.pipeline.document.blocks import text_of
from citegrid.pipeline.document.layout.lines import usual_size
from citegrid.pipeline.document.metadata import file_data
from citegrid.pipeline.document.metadata.names import person_share
from citegrid.pipeline.document.metadata.patterns import CUES, LABELS
from citegrid.pipeline.document.metadata.segments import Segment, segments_of

Array = np.ndarray[Any, np.dtype[np.float32]]

#: The first pages are classified, so many more are looked at for what they repeat.
FIRST, _LOOKED_AT = 2, 12
#: The share of a page that its title stands in, where the largest type is looked for.
_UPPER = 0.7
#: Characters that tell a line among others.
_ENOUGH = 6
#: How far up and down neighbours are seen.
_WINDOW = 2
#: A title and its authors stand in so many segments from the top.
_MOST = 48
#: What a row of a list ends in that goes on.
_OPEN = (",", ";", "&", "·", " and")
#: Heights (shares of the page) that part head, title, abstract and foot.
_HEIGHTS = (0.06, 0.1, 0.2, 0.35, 0.5, 0.7)


@dataclass(frozen=True, slots=True)
class FileWords:
    """Keys of what a file says beside its first pages: its own title and authors, its running heads; its usual type size."""

    title: str
    authors: str
    heads: frozenset[str]
    size: float


def file_words(pages: Sequence[Page], metadata: Mapping[str, str]) -> FileWords:
    """What ``pages`` and the file's own data say."""
    later = pages[1:_LOOKED_AT]
    edges = (key_text(text_of(page, block)) for page in later for block in _edges(page))
    usual = usual_size(word for page in pages[: FIRST + 2] for word in page.words) or 10.0
    return FileWords(key_text(file_data.title(metadata)), key_text(metadata.get("author", "")), frozenset(edges), usual)


def _edges(page: Page) -> list[Block]:
    """What surrounds the text of a page."""
    return [block for block in page.blocks if block.kind in (BlockKind.HEADER, BlockKind.FOOTER)]


def features_of(page: Page, file: FileWords, later: bool) -> tuple[list[Segment], Array]:
    """The segments of a page, and a row of features for each; ``later`` on all pages but the first."""
    segments = segments_of(page)[:_MOST]
    if not segments:
        return [], np.zeros((0, 0), np.float32)
    view = _PageView(page, segments, file, later)
    own = np.array([view.own(n) for n in range(len(segments))], np.float32)
    padded = np.pad(own, ((_WINDOW, _WINDOW), (0, 0)))
    around = [padded[shift : shift + len(own)] for shift in range(2 * _WINDOW + 1) if shift != _WINDOW]
    steps = np.array([view.steps(n) for n in range(len(segments))], np.float32)
    return segments, np.hstack([own, *around, steps])


class _PageView:
    """A page while its segments are described."""

    def __init__(self, page: Page, segments: Sequence[Segment], file: FileWords, later: bool) -> None:
        self._page, self._segments, self._file, self._later = page, segments, file, later
        upper = [s for s in segments if s.box.y0 < _UPPER * page.height and sum(map(str.isalpha, s.letters)) > 1]
        self._largest = max((s.size for s in upper), default=file.size)
        self._cues = [[float(cue.search(s.text) is not None) for cue in CUES] for s in segments]
        self._labels = [self._label(n) for n in range(len(segments))]
        self._opened = list(accumulate((cues[0] for cues in self._cues), max, initial=0.0))
        self._edges = {block.index for block in _edges(page)}

    def _label(self, n: int) -> list[float]:
        """Which label a segment begins with, which one alone stands before it in its row, and whether it is nothing more."""
        segment = self._segments[n]
        before = "".join(s.letters for s in self._segments[n - segment.place : n])
        text, letters = segment.text, segment.letters
        tests = ((label.match(text), label.fullmatch(before), label.fullmatch(letters)) for label in LABELS)
        return [float(test is not None) for of_label in tests for test in of_label]

    def own(self, n: int) -> list[float]:
        """What can be said of a segment alone."""
        return [
            1.0,
            *self._type(n),
            *self._place(n),
            *self._words(n),
            *self._cues[n],
            *self._labels[n],
            *self._known(n),
        ]

    def steps(self, n: int) -> list[float]:
        """How a segment stands to the ones above and below: gap, size, weight, overlap."""
        here = self._segments[n]
        found: list[float] = []
        for other in (n - 1, n + 1):
            if not 0 <= other < len(self._segments):
                found += [3.0, 0.0, 0.0, 0.0]
                continue
            there = self._segments[other]
            first, last = (there, here) if other < n else (here, there)
            gap = (last.box.y0 - first.box.y1) / max(here.size, 1.0)
            ratio = log(max(there.size, 1.0) / max(here.size, 1.0))
            same = abs(there.size - here.size) < 0.6 and there.words[0].bold == here.words[0].bold
            found += [min(max(gap, -1.0), 3.0), max(-1.5, min(ratio, 1.5)), float(same), float(there.row == here.row)]
        return found

    def _type(self, n: int) -> list[float]:
        s = self._segments[n]
        share = s.size / max(self._largest, 1.0)
        letters = list(filter(str.isalpha, s.letters))
        upper = sum(map(str.isupper, letters)) / max(len(letters), 1)
        capital = sum(w.text[:1].isupper() for w in s.level) / len(s.level)
        bold, italic = (sum(getattr(w, kind) for w in s.words) / len(s.words) for kind in ("bold", "italic"))
        relative = log(max(s.size, 1.0) / self._file.size)
        return [
            min(share, 1.5),
            float(share > 0.97),
            float(share > 0.85),
            relative,
            max(relative, 0.0),
            bold,
            italic,
            upper,
            capital,
        ]

    def _place(self, n: int) -> list[float]:
        s, page = self._segments[n], self._page
        middle = abs((s.box.x0 + s.box.x1) / 2 / page.width - 0.5)
        height = s.box.y0 / page.height
        rows = min(s.row, 30) / 10
        edge = any(w.block in self._edges for w in s.words)
        return [
            *(float(height > limit) for limit in _HEIGHTS),
            height,
            rows,
            float(s.row == 0),
            middle,
            float(middle < 0.03),
            s.box.x0 / page.width,
            (s.box.x1 - s.box.x0) / page.width,
            float(s.place > 0),
            float(self._later),
            float(edge),
            log(1 + len(page.words)) / 5,
            float(page.text_from is TextFrom.OCR),
        ]

    def _words(self, n: int) -> list[float]:
        s = self._segments[n]
        text, length = s.text, max(len(s.letters), 1)
        digits = sum(map(str.isdigit, s.letters)) / length
        marks = sum(w.raised for w in s.words)
        return [
            log(1 + length) / 3,
            log(1 + len(s.level)),
            float(length < 4),
            count_han(text) / length,
            digits,
            float(digits > 0.5),
            float(text[:1].islower()),
            float(text.endswith(".")),
            float(text.endswith(",")),
            float(text.endswith((":", "："))),
            float("@" in text),
            float(text.endswith(_OPEN)),
            person_share(s),
            min(marks, 6) / 3,
            float(bool(marks)),
            text.count(",") / 4,
            self._opened[n],
        ]

    def _known(self, n: int) -> list[float]:
        """Whether the file says elsewhere what a segment says."""
        key, file = key_text(self._segments[n].text), self._file
        told = len(key) >= _ENOUGH or (len(key) > 1 and count_han(key) == len(key))
        heads = told and any(key in head or (len(head) >= _ENOUGH and head in key) for head in file.heads)
        return [
            float(told and key in file.title),
            float(bool(file.title)),
            float(told and _shares(key, file.authors)),
            float(bool(file.authors)),
            float(heads),
        ]


def _shares(key: str, authors: str) -> bool:
    """Whether a line names an author of the file: its beginning or the beginning of their list."""
    return bool(authors) and (key[:8] in authors or authors[:10] in key)
