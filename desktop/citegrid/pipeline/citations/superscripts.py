"""Superscripts: the words of a page that are raised, and the runs that they make in a text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from citegrid.core.document import Page, Word

#: A raised word is smaller than the word before it by this share, and ends higher by this share of its size.
_SMALLER, _HIGHER = 0.85, 0.2
#: So many times the size of the word before it may be between the two.
_FAR = 8
_BRACKETS = "[]()［］（）"
#: What leaves a run open: another number follows.
_GOES_ON = frozenset(",-;")


def superscripts_of(page: Page) -> Iterator[tuple[int, int]]:
    """The characters of each superscript: by its style, or because it is smaller and stands higher than the word before it."""
    before: Word | None = None
    for n, word in enumerate(page.words):
        last = n + 1 == len(page.words) or page.words[n + 1].line != word.line
        if word.raised or (before is not None and _is_raised(word, before, last)):
            yield word.start, word.end
        else:
            before = word


def _is_raised(word: Word, before: Word, last: bool) -> bool:
    """Whether a small number stands higher than the word before it, or for want of room alone on the next line."""
    if word.line == before.line:
        return _stands_higher(word, before)
    small_number = word.size < _SMALLER * before.size and word.text.strip(_BRACKETS)[:1].isdigit()
    return last and word.block == before.block and small_number


def _stands_higher(word: Word, before: Word) -> bool:
    if word.size > _SMALLER * before.size or not word.text[0].isdigit():
        return False
    near = word.box.x0 - before.box.x1 < _FAR * before.size
    return near and word.box.y1 < before.box.y1 - _HIGHER * before.size


def joined_runs(runs: Iterable[tuple[int, int]], text: str) -> Iterator[tuple[int, int]]:
    """Superscripts that follow each other, also over a line's end after a comma or a dash, are one run."""
    start = end = -1
    for a, b in sorted(runs):
        if start >= 0 and _go_on(text, end, a):
            end = b
            continue
        if start >= 0:
            yield start, end
        start, end = a, b
    if start >= 0:
        yield start, end


def _go_on(text: str, end: int, start: int) -> bool:
    """Whether the superscript that begins at ``start`` goes on with that which ends at ``end``."""
    between = text[end:start]
    return not between or (not between.strip() and not _GOES_ON.isdisjoint((text[end - 1], text[start])))
