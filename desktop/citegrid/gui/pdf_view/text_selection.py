"""Selecting text with the mouse, by character, word or sentence, across pages."""

from __future__ import annotations

from citegrid.core.document import Box, Document, Page, Span, Word, boxes_of
from citegrid.core.language.text import join_lines, sentences

#: A page and characters ``start`` to ``end`` of its text.
Stretch = tuple[int, int, int]


def words_in(page: Page, boxes: tuple[Box, ...]) -> tuple[int, int] | None:
    """The characters of ``page`` from the first to the last word whose middle lies in one of ``boxes``."""
    inside = [
        word
        for word in page.words
        for x, y in [((word.box.x0 + word.box.x1) / 2, (word.box.y0 + word.box.y1) / 2)]
        if any(b.page == page.number and b.x0 - 1 <= x <= b.x1 + 1 and b.y0 - 1 <= y <= b.y1 + 1 for b in boxes)
    ]
    return (min(w.start for w in inside), max(w.end for w in inside)) if inside else None


def sentence_boxes(page: Page, boxes: tuple[Box, ...]) -> tuple[Box, ...]:
    """The places of the sentences that the words in ``boxes`` belong to; empty where no word stands there."""
    quoted = words_in(page, boxes)
    if quoted is None:
        return ()
    around = [(a, b) for a, b in sentences(page.text) if a < quoted[1] and b > quoted[0]]
    return boxes_of(page, around[0][0], around[-1][1]) if around else ()


class TextSelection:
    """From one place of the document to another; both ends belong to it."""

    def __init__(self) -> None:
        self._document: Document | None = None
        self._anchor: Stretch | None = None
        self._head: Stretch | None = None

    def set_document(self, document: Document | None) -> None:
        """Select in another document; None: nothing can be selected (it is not read yet)."""
        self._document = document
        self.clear()

    def clear(self) -> None:
        self._anchor = self._head = None

    @property
    def spans(self) -> tuple[Span, ...]:
        """The selected characters, page by page; empty without a selection."""
        if self._document is None or self._anchor is None or self._head is None:
            return ()
        first, last = min(self._anchor, self._head), max(self._anchor, self._head)
        found = []
        for number in range(first[0], last[0] + 1):
            start = first[1] if number == first[0] else 0
            end = max(first[2], last[2]) if number == last[0] == first[0] else last[2]
            end = end if number == last[0] else len(self._document.page(number).text)
            if end > start:
                found.append(Span(number, start, end))
        return tuple(found)

    @property
    def text(self) -> str:
        """The selected text with its lines joined, as it would be quoted."""
        if self._document is None:
            return ""
        texts = [self._document.page(span.page).text for span in self.spans]
        return join_lines(
            "\n".join(text[s.start : s.end] for text, s in zip(texts, self.spans, strict=True)), "\n".join(texts)
        )

    def boxes(self, page: int) -> tuple[Box, ...]:
        """The selection's places on ``page``."""
        if self._document is None:
            return ()
        return tuple(
            box for s in self.spans if s.page == page for box in boxes_of(self._document.page(page), s.start, s.end)
        )

    def begin(self, page: int, x: float, y: float) -> None:
        """Press at a place (points); nothing is selected before the mouse moves on."""
        self._anchor, self._head = self._at(page, x, y), None

    def extend(self, page: int, x: float, y: float) -> None:
        """Drag to a place, on whatever page."""
        if self._anchor is not None:
            self._head = self._at(page, x, y) or self._head

    def take_word(self, page: int, x: float, y: float) -> None:
        """Select the word at a place."""
        word = self._nearest(page, x, y)
        self._take((page, word.start, word.end) if word is not None else None)

    def take_sentence(self, page: int, x: float, y: float) -> None:
        """Select the sentence at a place."""
        here = self._at(page, x, y)
        if here is not None and self._document is not None:
            text = self._document.page(page).text
            around = next(((a, b) for a, b in sentences(text) if a <= here[1] < b), None)
            self._take((page, *around) if around is not None else None)

    def take_page(self, page: int) -> None:
        """Select all words of a page."""
        if self._document is not None and page <= len(self._document.pages):
            self._take((page, 0, len(self._document.page(page).text)))

    def is_over_text(self, page: int, x: float, y: float) -> bool:
        """Whether a word stands at a place."""
        word = self._nearest(page, x, y)
        return word is not None and (
            word.box.x0 - 4 <= x <= word.box.x1 + 4 and word.box.y0 - 3 <= y <= word.box.y1 + 3
        )

    def _take(self, stretch: Stretch | None) -> None:
        self._anchor = self._head = stretch

    def _nearest(self, page: int, x: float, y: float) -> Word | None:
        def distance(word: Word) -> float:
            box = word.box
            dx = max(box.x0 - x, 0.0, x - box.x1)
            dy = max(box.y0 - y, 0.0, y - box.y1)
            return dx * dx + 4 * dy * dy

        if self._document is None or not 1 <= page <= len(self._document.pages):
            return None
        return min(self._document.page(page).words, key=distance, default=None)

    def _at(self, page: int, x: float, y: float) -> Stretch | None:
        """The character under a place."""
        word = self._nearest(page, x, y)
        if word is None:
            return None
        if len(word.edges) == len(word.text) + 1:
            for i in range(len(word.text)):
                if x <= word.edges[i + 1]:
                    return page, word.start + i, word.start + i + 1
            return page, word.end - 1, word.end
        return page, word.start, word.end
