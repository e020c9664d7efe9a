"""The translation memory: pairs of sentences that people wrote, and those among them that are near to a sentence.

``resources/memory/NAME.tsv`` holds one pair a line: English, Chinese and the construction that it shows.  Near is what
shares rare words or a construction (``constructions``), in either language.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property

from citegrid.core.language.script import has_han
from citegrid.core.language.terms import stem, terms_of
from citegrid.core.resources import resource
from citegrid.pipeline.translation.constructions import STYLE, constructions_of

#: What a shared construction counts beside a shared word of the same rarity.
_CONSTRUCTION = 1.6
#: A pair that is longer than this, in characters of English, costs more than it shows.
_LONGEST = 150


@dataclass(frozen=True, slots=True)
class Pair:
    """A sentence in both languages, and the construction that it shows."""

    english: str
    chinese: str
    construction: str = ""

    def said(self, language: str) -> str:
        """The sentence in ``language``."""
        return {"en": self.english, "zh": self.chinese}[language]


class Memory:
    """Pairs that can be looked up by a sentence."""

    def __init__(self, pairs: Iterable[Pair]) -> None:
        self.pairs = tuple(pair for pair in pairs if len(pair.english) <= _LONGEST)

    def near(self, text: str, language: str, count: int) -> list[Pair]:
        """The ``count`` pairs nearest to ``text`` (written in ``language``), the nearest first, no two for the same construction.

        A sentence without a construction has none: an example costs as much as its terms, and helps only where something could
        be turned round (measured, see ``tests/benchmarks/RESULTS.md``).
        """
        index = self._index[language]
        found: list[Pair] = []
        wanted = _signs(text, language)
        while len(found) < count and wanted:
            best = index.best(wanted, found)
            if best is None:
                break
            at, shared = best
            found.append(self.pairs[at])
            wanted -= {sign for sign in shared if sign.startswith(_MARK)}  # the next one shows something else
        return found

    @cached_property
    def _index(self) -> dict[str, _Index]:
        return {
            language: _Index([_signs(p.said(language), language) for p in self.pairs], self.pairs)
            for language in ("en", "zh")
        }


_MARK = "\u2042"


class _Index:
    """Which pairs have which sign, and how rare it is."""

    def __init__(self, signs: list[set[str]], pairs: tuple[Pair, ...]) -> None:
        self._pairs = pairs
        self._signs = signs
        self._of: dict[str, list[int]] = {}
        for at, own in enumerate(signs):
            for sign in sorted(own):
                self._of.setdefault(sign, []).append(at)

    def best(self, wanted: set[str], taken: list[Pair]) -> tuple[int, set[str]] | None:
        """The pair that shares most with ``wanted``, a construction among it, and what it shares; none of ``taken``."""
        marks = {sign for sign in wanted if sign.startswith(_MARK) and not sign.startswith(_MARK + STYLE)}
        fitting = sorted({at for mark in marks for at in self._of.get(mark, ()) if self._pairs[at] not in taken})
        if not fitting:
            return None
        at = max(fitting, key=lambda one: self._nearness(one, wanted))
        return at, wanted & self._signs[at]

    def _nearness(self, at: int, wanted: set[str]) -> float:
        """The rarity of all that it shares with ``wanted``, by its length."""
        shared = sum(map(self._weight, sorted(wanted & self._signs[at])))
        return shared / math.sqrt(8 + len(self._signs[at]))

    def _weight(self, sign: str) -> float:
        rarity = math.log(1 + len(self._signs) / len(self._of[sign]))
        return rarity * (_CONSTRUCTION if sign.startswith(_MARK) else 1.0)


def _signs(text: str, language: str) -> set[str]:
    """What a sentence is looked up by: its words without endings (pairs of ideographs) and its constructions."""
    words = {stem(term) for term in terms_of(text) if len(term) > 3 or has_han(term)}
    return words | {_MARK + name for name in constructions_of(text, language)}


def read_pairs(text: str) -> list[Pair]:
    """The pairs of a file of the memory; lines that begin with ``#`` are notes."""
    return [Pair(*line.split("\t")) for line in text.splitlines() if line and not line.startswith("#")]


@cache
def shipped() -> Memory:
    """The memory as it ships."""
    return Memory(
        pair for path in sorted(resource("memory").glob("*.tsv")) for pair in read_pairs(path.read_text("utf-8"))
    )
