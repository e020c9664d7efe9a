"""Selecting text on a page, and finding words in a document."""

from __future__ import annotations

import re
from collections.abc import Iterator

from citegrid.core.document import Box, Document, Page, Word, boxes_of


class TextSelection:
    """Characters ``start`` to ``end`` of one page, chosen by the mouse."""

    def __init__(self) -> None:
        self._document: Document | None = None
        self._page: Page | None = None
        self._anchor = (0, 0)
        self._start = self._end = 0

    def set_document(self, document: Document | None) -> None:
        """Select in another document; None: nothing can be selected (it is not read yet)."""
        self._document = document
        self.clear()

    def clear(self) -> None:
        self._page = None
        self._start = self._end = 0

    @property
    def text(self) -> str:
        """The selected text with its lines joined; hyphens at line ends are taken out."""
        if self._page is None:
            return ""
        return re.sub(r"\s+", " ", re.sub(r"(?<=\w)-\n(?=[a-z])", "", self._page.text[self._start : self._end])).strip()

    @property
    def page(self) -> int:
        """The page of the selection; 0 without one."""
        return self._page.number if self._page is not None and self._end > self._start else 0

    @property
    def range(self) -> tuple[int, int]:
        """The selected characters of the page's text."""
        return self._start, self._end

    def boxes(self, page: int) -> tuple[Box, ...]:
        """The selection's places on ``page``."""
        if self._page is None or self._page.number != page or self._end <= self._start:
            return ()
        return boxes_of(self._page, self._start, self._end)

    def begin(self, page: int, x: float, y: float) -> None:
        """Press at a place (points)."""
        self.clear()
        if self._document is not None and page <= len(self._document.pages):
            self._page = self._document.page(page)
            self._anchor = self._at(x, y)
            self._start = self._end = self._anchor[0]

    def extend(self, page: int, x: float, y: float) -> None:
        """Drag to a place; on another page the selection stays as it is."""
        if self._page is None or self._page.number != page:
            return
        here = self._at(x, y)
        self._start = min(self._anchor[0], here[0])
        self._end = max(self._anchor[1], here[1])

    def take_word(self, page: int, x: float, y: float) -> None:
        """Select the word at a place."""
        self.begin(page, x, y)
        word = self._nearest(x, y)
        if word is not None:
            self._start, self._end = word.start, word.end

    def _nearest(self, x: float, y: float) -> Word | None:
        def distance(word: Word) -> float:
            box = word.box
            dx = max(box.x0 - x, 0.0, x - box.x1)
            dy = max(box.y0 - y, 0.0, y - box.y1)
            return dx * dx + 4 * dy * dy

        words = self._page.words if self._page is not None else ()
        return min(words, key=distance, default=None)

    def _at(self, x: float, y: float) -> tuple[int, int]:
        """The character under a place and the one after it."""
        word = self._nearest(x, y)
        if word is None:
            return 0, 0
        if len(word.edges) == len(word.text) + 1:
            for i in range(len(word.text)):
                if x <= word.edges[i + 1]:
                    return word.start + i, word.start + i + 1
            return word.end - 1, word.end
        return word.start, word.end


def find(document: Document, wanted: str) -> Iterator[tuple[int, int, int]]:
    """``(page, start, end)`` of each place where ``wanted`` stands, case ignored, across line ends and hyphens.

    Yields ``(page, -1, -1)`` after each page, so that a caller can pause.
    """
    words = wanted.split()
    if not words:
        return
    pattern = re.compile(r"\s+".join(r"(?:-\n)?".join(map(re.escape, word)) for word in words), re.IGNORECASE)
    for page in document.pages:
        for hit in pattern.finditer(page.text):
            yield page.number, hit.start(), hit.end()
        yield page.number, -1, -1
