"""Tracked changes of the review: what a report says otherwise than the one that lay in its place, sentence by sentence."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from difflib import SequenceMatcher

from docx.oxml.ns import qn

from citegrid.pipeline.export.plain_text import allowed
from citegrid.pipeline.export.word.ooxml import Bookmarks, Element, el

_AUTHOR = "CiteGrid"


class TrackedReview:
    """The sentences ``before``, which stood in the file, beside those of ``now``; without ``before`` nothing is tracked."""

    def __init__(self, before: Sequence[str] | None, now: Sequence[str], made: datetime, bookmarks: Bookmarks) -> None:
        self._date, self._bookmarks = made.strftime("%Y-%m-%dT%H:%M:%SZ"), bookmarks
        self._new: set[int] = set()
        self._gone: dict[int, list[str]] = {}
        stood = now if before is None else before
        matcher = SequenceMatcher(None, stood, now, autojunk=False)
        for _, first, last, start, end in (code for code in matcher.get_opcodes() if code[0] != "equal"):
            self._new |= set(range(start, end))
            for i, text in enumerate(stood[first:last]):
                self._gone.setdefault(min(start + i, max(start, end - 1)), []).append(text)

    def deleted(self, place: int) -> list[Element]:
        """The sentences that stood before the one at ``place`` (from 0; behind the last: their count) and are gone."""
        return [self._wrapped("del", _deleted_run(f"{text} ")) for text in self._gone.get(place, ())]

    def inserted(self, place: int, parts: Sequence[Element]) -> list[Element]:
        """The parts of the sentence at ``place``, each run in ``w:ins`` where the sentence is new."""
        return list(map(self._around_runs, parts)) if place in self._new else list(parts)

    def _around_runs(self, part: Element) -> Element:
        """A run in ``w:ins``; a link keeps its place, its runs are wrapped (the schema allows no link in an insertion)."""
        if part.tag == qn("w:r"):
            return self._wrapped("ins", part)
        for one in list(part.iterchildren(qn("w:r"))):
            at = part.index(one)
            part.insert(at, self._wrapped("ins", one))
        return part

    def _wrapped(self, kind: str, one: Element) -> Element:
        made = el(kind, id=self._bookmarks.number(), author=_AUTHOR, date=self._date)
        made.append(one)
        return made


def _deleted_run(text: str) -> Element:
    inside = el("delText")
    inside.text = allowed(text)
    inside.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return el("r", inside)
