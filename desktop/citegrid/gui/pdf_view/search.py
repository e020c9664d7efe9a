"""Finding words in a document as a person types them: ligatures, line ends and hyphens do not count, case only where wished."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from citegrid.core.document import Document

_CJK = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef"
#: Where a hit may go on: the line ends in a hyphen, or between two ideographs.
_BREAK = r"(?:[-\u2010\u00ad]\s*\n\s*|\u00ad)?"
_CJK_BREAK = r"\s*"


def fold(text: str) -> tuple[str, list[int] | None]:
    """``text`` in NFKC, and for each character the one it came from; None where all stay in place."""
    if text.isascii():
        return text, None
    pieces, origin = [], []
    for i, char in enumerate(text):
        folded = char if char.isascii() else unicodedata.normalize("NFKC", char)
        pieces.append(folded)
        origin.extend([i] * len(folded))
    return "".join(pieces), origin


def pattern(wanted: str, *, case: bool = False) -> re.Pattern[str] | None:
    """What finds ``wanted``, in any case unless ``case``; None for white space alone."""
    words = unicodedata.normalize("NFKC", wanted).split()
    if not words:
        return None
    parts = []
    for word in words:
        letters = [re.escape(c) for c in word]
        joined = letters[0]
        for before, after, letter in zip(word, word[1:], letters[1:], strict=False):
            cjk = re.match(f"[{_CJK}]", before) or re.match(f"[{_CJK}]", after)
            joined += (_CJK_BREAK if cjk else _BREAK) + letter
        parts.append(joined)
    return re.compile(r"\s+".join(parts), 0 if case else re.IGNORECASE)


def find(document: Document, wanted: str, *, case: bool = False) -> Iterator[tuple[int, int, int]]:
    """``(page, start, end)`` of each place where ``wanted`` stands, in the very ``case`` or in any.

    Yields ``(page, -1, -1)`` after each page, so that a caller can pause.
    """
    search = pattern(wanted, case=case)
    if search is None:
        return
    for page in document.pages:
        text, origin = fold(page.text)
        for hit in search.finditer(text):
            start, end = hit.span()
            yield (page.number, start, end) if origin is None else (page.number, origin[start], origin[end - 1] + 1)
        yield page.number, -1, -1
