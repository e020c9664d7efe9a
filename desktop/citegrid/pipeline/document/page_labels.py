"""Printed page labels: from the file, otherwise from the numbers printed at the pages' edges.

Printed numbers that count up with the pages are a run: roman front matter and arabic text are two.  A file whose own
labels contradict the runs on most pages is not believed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from citegrid.core.document import Page
from citegrid.core.page_labels import from_roman, to_roman

_NUMBER = re.compile(r"^(?:page\s*)?[-–—·]?\s*(\d{1,5})\s*[-–—·]?(?:\s*(?:/|of)\s*\d+)?$", re.I)
_HEX = re.compile(r"<FEFF((?:[0-9A-F]{4})*)>", re.I)
#: The part of a page's height at either edge in which its number stands.
_EDGE = 0.1
#: Pages a run has at least, and the least share of the pages from its first to its last that print its number.
_FEWEST, _SHARE = 3, 0.5


@dataclass(frozen=True, slots=True)
class _Run:
    """Pages (by number) whose printed number is their position plus ``offset``."""

    style: str
    offset: int
    pages: tuple[int, ...]

    def label(self, page: int) -> str:
        """The label of ``page``; empty below the first number."""
        value = page + self.offset
        if value < 1:
            return ""
        return str(value) if self.style == "D" else to_roman(value) if self.style == "r" else to_roman(value).upper()


def labelled(pages: Sequence[Page]) -> list[Page]:
    """``pages`` with a label each: the file's, or as the printed numbers say, or the position."""
    said = {page.number: _decoded(page.label) for page in pages}
    runs = _runs(pages)
    printed = {number: run.label(number) for run in runs for number in run.pages}
    if any(said.values()):
        against = sum(said[n].casefold() != label.casefold() for n, label in printed.items())
        if 2 * len(printed) < len(pages) or 2 * against <= len(printed):
            return [replace(page, label=said[page.number] or str(page.number)) for page in pages]
    return [replace(page, label=_inferred(page.number, runs) or str(page.number)) for page in pages]


def _decoded(label: str) -> str:
    """``label`` with a prefix that the file holds as hexadecimal UTF-16 written out."""
    return _HEX.sub(lambda m: bytes.fromhex(m.group(1)).decode("utf-16-be", "replace"), label)


def _inferred(number: int, runs: Sequence[_Run]) -> str:
    """The label of a page: of the run that holds it, else of the one before it, else of the one behind."""
    around = [r for r in runs if r.pages[0] <= number <= r.pages[-1]]
    before = sorted((r for r in runs if r.pages[-1] < number), key=lambda r: -r.pages[-1])
    after = sorted((r for r in runs if r.pages[0] > number), key=lambda r: r.pages[0])
    # The page that opens a part prints no number: it belongs to the run behind when that can count down to it.
    opening = [r for r in after[:1] if r.label(number) and (not before or r.offset + number == 1)]
    return next((label for r in (*around, *opening, *before) if (label := r.label(number))), "")


def _runs(pages: Sequence[Page]) -> list[_Run]:
    """The runs of printed numbers, none within another, in the order of their pages."""
    votes: dict[tuple[str, int], list[int]] = {}
    for page in pages:
        for style, value in _candidates(page):
            votes.setdefault((style, value - page.number), []).append(page.number)
    needed = max(_FEWEST, len(pages) // 20) if len(pages) > _FEWEST else _FEWEST
    taken: list[_Run] = []
    for (style, offset), found in sorted(votes.items(), key=lambda item: -len(item[1])):
        least = _FEWEST if style != "D" else needed
        if len(found) < least or len(found) < _SHARE * (found[-1] - found[0] + 1):
            continue
        if all(found[-1] < run.pages[0] or found[0] > run.pages[-1] for run in taken):
            taken.append(_Run(style, offset, tuple(found)))
    return sorted(taken, key=lambda run: run.pages[0])


def _candidates(page: Page) -> set[tuple[str, int]]:
    """Numbers that stand at the upper or lower edge of a page, with their digits: D, r or R."""
    found: set[tuple[str, int]] = set()
    for word in page.words:
        if word.box.y1 < _EDGE * page.height or word.box.y0 > (1 - _EDGE) * page.height:
            if match := _NUMBER.match(word.text):
                found.add(("D", int(match.group(1))))
            elif (value := from_roman(word.text)) is not None:
                found.add(("R" if word.text.isupper() else "r", value))
    return found
