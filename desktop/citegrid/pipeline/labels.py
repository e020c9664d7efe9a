"""Printed page labels: from the file, otherwise from the numbers printed at the pages' edges."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from citegrid.core.document import Page

_NUMBER = re.compile(r"^(?:page\s*)?[-–—]?\s*(\d{1,5})\s*[-–—]?(?:\s*(?:/|of)\s*\d+)?$", re.I)


def labelled(pages: Sequence[Page]) -> list[Page]:
    """``pages`` with a label each: the file's, or position plus the offset most printed numbers agree on."""
    if any(page.label for page in pages):
        return [replace(page, label=page.label or str(page.number)) for page in pages]
    offset = _offset(pages)
    return [
        replace(page, label=str(page.number + offset) if page.number + offset > 0 else str(page.number))
        for page in pages
    ]


def _offset(pages: Sequence[Page]) -> int:
    """Printed number minus position, where at least three pages and a third of all agree; else 0."""
    votes: Counter[int] = Counter()
    for page in pages:
        found = set()
        for word in page.words:
            if word.box.y1 < 0.1 * page.height or word.box.y0 > 0.9 * page.height:
                match = _NUMBER.match(word.text)
                if match:
                    found.add(int(match.group(1)) - page.number)
        votes.update(found)
    if not votes:
        return 0
    offset, times = votes.most_common(1)[0]
    return offset if times >= max(3, len(pages) // 3) else 0
