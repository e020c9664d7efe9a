"""What a sentence claims, beside the words that it is about: numbers, directions and quantifiers, denials, names, and what it sets
against what.

A sentence comes in; out comes a ``Claim`` in which each of these has its characters, so that ``compare`` can see what stands near it.
The words are data (``resources/lexicon/oppositions.toml``, ``number_words.toml``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property, lru_cache
from itertools import chain

from citegrid.core.language.lexicon import alternatives, bordered, cue_pattern, pattern_of, tables, words
from citegrid.core.language.script import is_chinese
from citegrid.core.language.terms import is_asking
from citegrid.core.language.text import overlap
from citegrid.pipeline.answers.content_words import ContentWord, content_words, plain
from citegrid.pipeline.evidence.claim_tokens import names_at, numbers_at
from citegrid.pipeline.evidence.patterns import cues

#: The level of an opposition that stands midway: a denial turns level 2 into 0 and 0 into 2.
_MIDWAY = 1
#: Characters behind a negator that it denies, at most.
_SCOPE_EN, _SCOPE_ZH = 60, 12
#: Letters of a sign for a unit.
_SHORT = 2
_QUANTITY = "quantity"
_STOPS = ",.;:，。；："
_KEPT = 20_000
#: What stands between a number and its magnitude, and behind it.
_BEHIND, _ENDS = r"\s*-?", r"(?![A-Za-z])"

Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Direction:
    """A word by which a statement could be turned round: its opposition, and its level when denials near it are counted in."""

    opposition: str
    level: int
    start: int
    end: int
    word: str


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number, in digits or in words: its value with its magnitude, and the name of its unit."""

    text: str
    value: float
    unit: str | None
    start: int
    end: int


@dataclass(frozen=True)
class Claim:
    """A sentence (in the form of ``plain``) and what it claims."""

    text: str

    @cached_property
    def chinese(self) -> bool:
        """Whether it is in Chinese."""
        return is_chinese(self.text)

    @cached_property
    def quantities(self) -> tuple[Quantity, ...]:
        """Its numbers, in order."""
        printed = [_with_magnitude(self.text, q) for q in _printed(self.text)]
        said = [q for q in _spelled(self.text) if not any(overlap((q.start, q.end), (p.start, p.end)) for p in printed)]
        return tuple(sorted((*printed, *said), key=lambda q: q.start))

    @cached_property
    def _sides(self) -> tuple[Direction, ...]:
        """Its directions, as they stand."""
        taken = list(map(_place, self.quantities))
        found = (
            Direction(name, level, m.start(), m.end(), m.group().casefold())
            for name, level, pattern in _oppositions()
            for m in pattern.finditer(self.text)
        )
        longest = sorted(found, key=lambda d: (d.start - d.end, d.start))
        return tuple(_without_overlaps(longest, taken))

    @cached_property
    def scopes(self) -> tuple[Place, ...]:
        """The stretches that are denied."""
        blank = [(d.start, d.end) for d in self._sides if d.opposition != _QUANTITY]
        blank += [m.span() for m in cues("no_denial").finditer(self.text)]
        ends = [m.span() for m in cue_pattern(_LEXICON, "negators").finditer(self.text)]
        return tuple(self._scope(end) for start, end in ends if not any(overlap((start, end), b) for b in blank))

    def _scope(self, at: int) -> Place:
        far = self.text[at : at + (_SCOPE_ZH if self.chinese else _SCOPE_EN)]
        stop = next((i for i, char in enumerate(far) if char in _STOPS and i), len(far))
        clause = cue_pattern(_LEXICON, "scope_ends").search(far)
        return at, at + min(stop, clause.start() if clause else stop)

    def denied(self, at: int) -> bool:
        """Whether the character at ``at`` is denied; a denial of a denial is none."""
        return sum(start <= at < end for start, end in self.scopes) % 2 == 1

    @cached_property
    def directions(self) -> tuple[Direction, ...]:
        """Its directions, turned where they are denied, in order."""
        turned = (_turned(d) if self.denied(d.start) and d.opposition != _QUANTITY else d for d in self._sides)
        return tuple(sorted(turned, key=lambda d: d.start))

    @cached_property
    def content(self) -> tuple[ContentWord, ...]:
        """What it is about: its words without numbers, directions and negators."""
        apart = [*map(_place, self.quantities), *map(_place, self._sides)]
        apart += [m.span() for m in cue_pattern(_LEXICON, "negators").finditer(self.text)]
        covered = set(chain.from_iterable(range(start, end) for start, end in apart))
        return tuple(w for w in content_words(self.text) if not covered & {w.start, w.end - 1})

    @cached_property
    def names(self) -> tuple[tuple[str, int], ...]:
        """Its Latin names, and where each begins; a capital that only begins the sentence makes none."""
        return tuple((name, at) for name, at in names_at(self.text) if at or not name[1:].islower())

    @cached_property
    def pivot(self) -> Place | None:
        """The word that sets one thing against another; the first of them."""
        found = cue_pattern(_LEXICON, "pivots").search(self.text)
        return found.span() if found else None


@lru_cache(maxsize=_KEPT)
def claim_of(text: str) -> Claim:
    """The claim of a sentence; those of the last papers are kept, for the next question is about them again."""
    return Claim(plain(text))


def _place(one: Quantity | Direction) -> Place:
    return one.start, one.end


def _turned(direction: Direction) -> Direction:
    return replace(direction, level=2 * _MIDWAY - direction.level)


def _without_overlaps(found: Sequence[Direction], taken: list[Place]) -> Iterator[Direction]:
    """The first of those that overlap, and none of ``taken``."""
    for one in found:
        if not any(overlap((one.start, one.end), other) for other in taken):
            taken.append((one.start, one.end))
            yield one


def _printed(text: str) -> Iterator[Quantity]:
    for n in numbers_at(text):
        sign = "" if n.unit else _sign_behind(text, n.end)
        yield Quantity(f"{n.text} {sign}".strip(), n.value, n.unit or sign or None, n.start, n.end)


def _sign_behind(text: str, end: int) -> str:
    """One or two letters behind a number, which are a unit that the lexicon does not have ("9 mA"); empty where it is a word."""
    word = next(iter(text[end : end + _SHORT + 2].replace("-", " ").split()), "").rstrip(_STOPS + ")")
    behind = text[end : end + _SHORT + 2].lstrip(" -")[len(word) : len(word) + 1]
    is_sign = word.isascii() and word.isalpha() and len(word) <= _SHORT and not behind.isalnum()
    return word if is_sign and not is_asking(word) else ""


def _with_magnitude(text: str, number: Quantity) -> Quantity:
    """A number with the magnitude behind it: 50万, 7 billion, 500K."""
    for power, pattern in _magnitudes():
        found = pattern.match(text, number.end)
        if found:
            return Quantity(number.text, round(number.value * 10**power, 6), number.unit, number.start, found.end())
    return number


def _spelled(text: str) -> Iterator[Quantity]:
    """Numbers in words; a Chinese numeral counts before a measure word."""
    taken: list[Place] = []
    for value, pattern in _number_words():
        for found in pattern.finditer(text):
            if not any(overlap(found.span(), other) for other in taken):
                taken.append(found.span())
                yield Quantity(found.group(), value, None, found.start(), found.end())


# -- patterns ----------------------------------------------------------------------------------------------------------

_LEXICON = "oppositions"


@cache
def _oppositions() -> tuple[tuple[str, int, re.Pattern[str]], ...]:
    """Each side of an opposition: its name, its level, and its words."""
    sides = (table.rpartition("_") for table in tables(_LEXICON) if table[-1].isdigit())
    return tuple((name, int(level), cue_pattern(_LEXICON, f"{name}_{level}")) for name, _, level in sides)


@cache
def _magnitudes() -> tuple[tuple[int, re.Pattern[str]], ...]:
    """The powers of ten that may stand behind a number, the longest words first."""
    made = ((int(power), _BEHIND + alternatives(words("magnitudes", power)) + _ENDS) for power in tables("magnitudes"))
    return tuple((power, re.compile(pattern, re.I)) for power, pattern in made)


@cache
def _number_words() -> tuple[tuple[float, re.Pattern[str]], ...]:
    """The numbers in words, the largest first; Chinese ones before a measure word."""
    measure = f"(?={pattern_of(_LEXICON, 'classifiers')})"
    latin = {value: bordered(words("number_words", value, "en")) for value in reversed(tables("number_words"))}
    han = {value: words("number_words", value, "zh") for value in latin}
    either = {
        value: f"{latin[value]}|{alternatives(han[value])}{measure}" if han[value] else latin[value] for value in latin
    }
    return tuple((float(value), re.compile(pattern, re.I)) for value, pattern in either.items())
