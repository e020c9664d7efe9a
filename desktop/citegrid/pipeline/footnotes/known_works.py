"""The works that the notes of a paper may mean, and which of them a short form or a full reference names."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from citegrid.core.language.script import has_han
from citegrid.core.language.text import join_lines, key_text
from citegrid.pipeline.citations.keys import keys_of, without_particles
from citegrid.pipeline.citations.patterns import DIGITS, YEARS
from citegrid.pipeline.footnotes.patterns import (
    AROUND_TITLE,
    BEHIND_NAMES,
    BEHIND_TITLE,
    ET_AL_AT_START,
    OP_CIT,
    QUOTED,
)

#: The share of the words of a short title that must be the work's, and so many letters of it.
_SHARE, _LETTERS = 0.75, 4
#: Titles more alike than the one are one title misread, less than the other two titles.
_LIKE, _OTHER = 0.85, 0.6
#: Letters from which on a title may be cut short.
_WHOLE = 12


@dataclass(frozen=True, slots=True)
class KnownWork:
    """A work that notes may cite; ``title`` is a key, ``families`` the key words of its first author."""

    families: tuple[str, ...]
    title: str
    year: int | None

    @staticmethod
    def of(authors: Sequence[str], title: str, year: int | None) -> KnownWork:
        """What tells the work that ``authors`` wrote."""
        return KnownWork(_first_author(authors), key_text(title), year)

    def is_by(self, head: str) -> bool:
        """Whether ``head`` names the first author."""
        if any(map(has_han, self.families)):
            return key_text(head).startswith(self.families)
        return bool(self.families) and without_particles(self.families) <= set(keys_of(head))

    def has_title(self, short: str) -> bool:
        """Whether a short title is its: its beginning, or a stretch of it."""
        beginning = short[: max(_LETTERS, int(_SHARE * len(short)))]
        return len(short) >= 2 and (self.title.startswith(beginning) or short in self.title)

    def has_same_title(self, other: KnownWork) -> bool:
        """Whether the titles are one, or one the beginning of the other."""
        a, b = self.title, other.title
        if not a or not b:
            return False
        return a == b or (min(len(a), len(b)) >= _WHOLE and (a.startswith(b) or b.startswith(a)))

    def likeness(self, other: KnownWork) -> float:
        """How alike the titles are, 0 to 1."""
        if not self.title or not other.title:
            return 0.0
        return SequenceMatcher(None, self.title, other.title, autojunk=False).ratio()


class KnownWorks(list[KnownWork]):
    """The works in the order in which they were met; an index into it means a work."""

    def by_author(self, head: str) -> list[int]:
        """The works whose first author ``head`` names."""
        return [i for i, work in enumerate(self) if work.is_by(head)]

    def short_form(self, printed: str, cited: Collection[int]) -> int | None:
        """The only work that begins with the author and the title words of ``printed``; ``cited`` are those cited before."""
        text = join_lines(printed)
        head, rest = _names_and_title(text)
        own = [] if YEARS.search(text) else self.by_author(head)
        title = short_title(rest)
        if title:
            return _only([i for i in own if self[i].has_title(title)])
        points_back = DIGITS.search(text) or OP_CIT.search(text)
        return _only(list(filter(cited.__contains__, own)) or own) if points_back else None

    def same_author(self, printed: str, before: int) -> int | None:
        """The work by the first author of the work ``before`` whose title begins ``printed``."""
        families, title = self[before].families, short_title(f", {join_lines(printed)}")
        return _only([i for i, w in enumerate(self) if w.families == families and w.has_title(title)])

    def same_work(self, work: KnownWork) -> tuple[int | None, bool]:
        """The index of a work given in full, and whether it is told for sure: a title much like it may be the same misread.

        ``(None, True)`` for a new work, ``(None, False)`` where that cannot be told.
        """
        own = [i for i, known in enumerate(self) if not set(known.families).isdisjoint(work.families)]
        same = [i for i in own if self[i].has_same_title(work)]
        if same:
            return same[0], True
        likeness, nearest = max(((self[i].likeness(work), i) for i in own), default=(0.0, -1))
        if likeness <= _OTHER:
            return None, True
        alike = likeness > _LIKE and self[nearest].year == work.year
        return (nearest if alike else None), False


def _only(indices: Sequence[int]) -> int | None:
    return indices[0] if len(indices) == 1 else None


def _first_author(authors: Sequence[str]) -> tuple[str, ...]:
    if not authors:
        return ()
    family = authors[0].split(",")[0]
    return (key_text(family),) if has_han(family) else keys_of(family)


def _names_and_title(text: str) -> tuple[str, str]:
    """The names that begin a short form, and what stands behind them and behind "et al."."""
    head = BEHIND_NAMES.split(text, maxsplit=1)[0]
    return head, ET_AL_AT_START.sub("", text[len(head) :]).lstrip(" ,.:，")


def short_title(text: str) -> str:
    """The key of the title words behind a name: in quotes, or up to a comma, a bracket or a number."""
    quoted = QUOTED.search(text)
    if quoted:
        return key_text(quoted.group(1))
    words = BEHIND_TITLE.split(text.lstrip(" ,.:"), maxsplit=1)[0]
    return key_text(AROUND_TITLE.sub("", words.strip(" ,.")))
