"""Marked: a text with the places in it that a person should look at, which move with it as it is changed."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from citegrid.core.table import Doubts


@dataclass(frozen=True, slots=True)
class Marked:
    """``text`` and its ``doubts``, as a cell or a sentence has them."""

    text: str
    doubts: Doubts = ()

    def put(self, start: int, end: int, new: str) -> Marked:
        """``new`` in the place of what stands from ``start`` to ``end``; a doubt within what is gone is gone with it."""
        shift = len(new) - (end - start)
        doubts = []
        for first, last in self.doubts:
            if last <= start:
                doubts.append((first, last))
            elif first >= end:
                doubts.append((first + shift, last + shift))
            elif first < start or last > end:
                doubts.append((min(first, start), max(last + shift, start + len(new))))
        return Marked(self.text[:start] + new + self.text[end:], tuple(doubts))

    def without(self, pattern: re.Pattern[str], *, most: int = 0) -> Marked:
        """The text without what ``pattern`` matches, at most ``most`` times (0: everywhere)."""
        found = list(pattern.finditer(self.text))
        marked = self
        for match in reversed(found[:most] if most else found):
            marked = marked.put(match.start(), match.end(), "")
        return marked

    def with_first(self, pattern: re.Pattern[str], new: str) -> Marked:
        """The text with ``new`` in the place of the first match; unchanged where there is none."""
        match = pattern.search(self.text)
        return self.put(match.start(), match.end(), new) if match else self

    def begun(self, change: Callable[[str], str]) -> Marked:
        """The text with its first letter changed."""
        return self.put(0, 1, change(self.text[:1])) if self.text else self

    def in_form(self, form: str, **values: str) -> Marked:
        """``form`` with this text in the place of its ``{text}``."""
        before, _, after = form.partition("{text}")
        head, tail = before.format_map(values), after.format_map(values)
        return self.put(0, 0, head).and_then(tail)

    def and_then(self, tail: str) -> Marked:
        """The text with ``tail`` behind it."""
        return Marked(self.text + tail, self.doubts)

    def joined(self, between: str, other: Marked) -> Marked:
        """Both texts, with ``between`` between them."""
        shift = len(self.text) + len(between)
        moved = tuple((start + shift, end + shift) for start, end in other.doubts)
        return Marked(self.text + between + other.text, self.doubts + moved)

    def stripped(self, ends: str) -> Marked:
        """The text without any of the characters ``ends`` at its end, and without white space around it."""
        kept = self.text.rstrip(ends)
        lead = len(kept) - len(kept.lstrip())
        whole = self.put(len(kept), len(self.text), "")
        return whole.put(0, lead, "")
