"""Printed page labels: from the file, otherwise from the numbers printed at the pages' edges.

Printed numbers that count up with the pages are a run: roman front matter and arabic text are two.  A file whose own
labels contradict the runs on most pages is not believed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from citegrid.core.document import Page
from citegrid.core.page_labels import from_roman, to_roman
from citegrid.pipeline.document.layout.patterns import PAGE_NUMBER

_HEX = re.compile(r"<FEFF((?:[0-9A-F]{4})*)>", re.I)
#: Digits of printed numbers: arabic, small and large roman.
_ARABIC, _SMALL_ROMAN, _LARGE_ROMAN = "D", "r", "R"
#: The part of a page's height at either edge in which its number stands.
_EDGE = 0.16
#: Pages a run has at least, and the least share of the pages from its first to its last that print its number.
_FEWEST, _SHARE = 3, 0.5
#: A run of arabic numbers has at least one page in so many of a long file.
_OF_LONG = 20


@dataclass(frozen=True, slots=True)
class _NumberRun:
    """Pages (by number) whose printed number is their position plus ``offset``."""

    style: str
    offset: int
    pages: tuple[int, ...]

    def label(self, page: int) -> str:
        """The label of ``page``; empty below the first number."""
        value = page + self.offset
        if value < 1:
            return ""
        if self.style == _ARABIC:
            return str(value)
        return to_roman(value) if self.style == _SMALL_ROMAN else to_roman(value).upper()

    def is_apart(self, other: _NumberRun) -> bool:
        """Whether one ends before the other begins."""
        return self.pages[-1] < other.pages[0] or self.pages[0] > other.pages[-1]

    def is_dense(self) -> bool:
        """Whether enough pages from the first to the last print their number."""
        return len(self.pages) >= _SHARE * (self.pages[-1] - self.pages[0] + 1)


def labelled(pages: Sequence[Page]) -> list[Page]:
    """``pages`` with a label each: the file's, or as the printed numbers say, or the position."""
    said = {page.number: _decoded(page.label) for page in pages}
    runs = _runs(pages)
    labels = said if _is_believed(said, runs) else {page.number: _inferred(page.number, runs) for page in pages}
    return [replace(page, label=labels[page.number] or str(page.number)) for page in pages]


def _is_believed(said: Mapping[int, str], runs: Sequence[_NumberRun]) -> bool:
    """Whether the file has labels, and its printed numbers are few or contradict them on half of their pages at most."""
    printed = {number: run.label(number) for run in runs for number in run.pages}
    against = sum(said[number].casefold() != label.casefold() for number, label in printed.items())
    return any(said.values()) and (2 * len(printed) < len(said) or 2 * against <= len(printed))


def _decoded(label: str) -> str:
    """``label`` with a prefix that the file holds as hexadecimal UTF-16 written out."""
    return _HEX.sub(lambda m: bytes.fromhex(m.group(1)).decode("utf-16-be", "replace"), label)


def _inferred(number: int, runs: Sequence[_NumberRun]) -> str:
    """The label of a page: of the run that holds it, else of the one before it, else of the one behind."""
    return next(filter(None, (run.label(number) for run in _by_nearness(number, runs))), "")


def _by_nearness(number: int, runs: Sequence[_NumberRun]) -> list[_NumberRun]:
    """The runs that may count a page, first the one that does so most surely."""
    begun = [run for run in reversed(runs) if run.pages[0] <= number]
    if begun and begun[0].pages[-1] >= number:
        return begun
    # The page that opens a part prints no number: it belongs to the run behind when that can count down to it.
    after = [run for run in runs if run.pages[0] > number][:1]
    opening = [run for run in after if not begun or run.offset + number == 1]
    return [*opening, *begun]


def _runs(pages: Sequence[Page]) -> list[_NumberRun]:
    """The runs of printed numbers, none within another, in the order of their pages."""
    votes: dict[tuple[str, int], list[int]] = {}
    for page in pages:
        for style, value in _candidates(page):
            votes.setdefault((style, value - page.number), []).append(page.number)
    runs = [_NumberRun(style, offset, tuple(found)) for (style, offset), found in votes.items()]
    long_enough = [run for run in runs if len(run.pages) >= _least(run.style, len(pages)) and run.is_dense()]
    taken: list[_NumberRun] = []
    for run in sorted(long_enough, key=lambda run: -len(run.pages)):
        if all(map(run.is_apart, taken)):
            taken.append(run)
    return sorted(taken, key=lambda run: run.pages[0])


def _least(style: str, pages: int) -> int:
    """How many pages a run has at least in a file of so many."""
    return max(_FEWEST, pages // _OF_LONG) if style == _ARABIC else _FEWEST


def _candidates(page: Page) -> set[tuple[str, int]]:
    """Numbers that stand at the upper or lower edge of a page, with their digits."""
    edge = _EDGE * page.height
    words = (word.text for word in page.words if word.box.y1 < edge or word.box.y0 > page.height - edge)
    return {number for word in words if (number := _number(word)) is not None}


def _number(word: str) -> tuple[str, int] | None:
    if match := PAGE_NUMBER.fullmatch(word):
        return _ARABIC, int(match.group(1))
    value = from_roman(word)
    return None if value is None else (_LARGE_ROMAN if word.isupper() else _SMALL_ROMAN, value)
