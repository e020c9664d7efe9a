"""A claim held against a sentence of a source: named features of how far it says the same, and of what it turns round.

``Weights`` are the inverse frequencies of words among the sources' sentences.  Each feature lies between 0 and about 1, 0 where there is
nothing of its kind; features that speak of a conflict count more the more of the words around the two places agree.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product

from citegrid.core.language.script import has_han
from citegrid.pipeline.answers.claims import Claim, Direction, Quantity
from citegrid.pipeline.answers.content_words import ContentWord
from citegrid.pipeline.evidence.claim_tokens import lacking_names

#: Words around a number or a direction that tell what it is about; in Chinese, whose words overlap, so many more.
NEAR, NEAR_THERE, IN_CHINESE = 5, 7, 4
#: Levels of an opposition from which two words contradict each other.
APART = 2
#: A number that is given with fewer digits is the same when it differs by no more than this share.
ROUNDED = 0.005
#: How fast the nearness of words fades, how much nearer a word must be to be the one that is meant, and the least that counts.
_FADE, _MARGIN, LEAST = 3.0, 0.05, 0.05
#: From which nearness on one number stands in the place of another.
_IN_PLACE = 0.12
#: Words behind "than" that are compared.
BEHIND = 4
#: The weight of all words of a claim that says a lot.
_HEAVY = 30.0

Weigh = Callable[[ContentWord], float]


@dataclass(frozen=True)
class Comparison:
    """A claim and a sentence, and which words of them are the same."""

    claim: Claim
    source: Claim
    weigh: Weigh

    @cached_property
    def matches(self) -> tuple[tuple[int, ...], ...]:
        """For each word of the claim, the numbers of the words of the source that are the same."""
        return tuple(tuple(self._same(word)) for word in self.claim.content)

    def _same(self, word: ContentWord) -> Iterator[int]:
        shared = [i for i, other in enumerate(self.source.content) if word.keys & other.keys]
        yield from shared or self._within(word)

    def _within(self, word: ContentWord) -> Iterator[int]:
        """A Chinese term that the source does not have as a term may stand there in other bounds."""
        for key in word.keys:
            at = self.source.text.find(key) if len(key) > 1 and has_han(key) else -1
            if at >= 0:
                yield next((i for i, w in enumerate(self.source.content) if w.start <= at < w.end), 0)
                return

    @cached_property
    def weights(self) -> tuple[float, ...]:
        """How much each word of the claim tells."""
        return tuple(map(self.weigh, self.claim.content))

    def share(self, numbers: Sequence[int], held: Callable[[int], bool]) -> float:
        """The share, by weight, of the claim's words of those numbers that are held."""
        total = sum(self.weights[i] for i in numbers)
        return sum(self.weights[i] for i in numbers if held(i)) / total if total else 0.0

    @cached_property
    def coverage(self) -> float:
        """The share of the claim's words that the source has."""
        return self.share(range(len(self.weights)), lambda i: bool(self.matches[i]))

    @cached_property
    def coverage_back(self) -> float:
        """The share of the source's words that the claim has."""
        used = {j for found in self.matches for j in found}
        weights = list(map(self.weigh, self.source.content))
        return sum(w for j, w in enumerate(weights) if j in used) / sum(weights) if weights else 0.0

    def has_value(self, number: Quantity) -> bool:
        """Whether the source has a number, in whatever unit."""
        return any(_same_value(number, other) for other in self.source.quantities)

    def has(self, number: Quantity) -> bool:
        """Whether the source has a number in its unit."""
        return any(_agrees(number, other) for other in self.source.quantities)

    def nearness(self, here: int, there: int) -> float:
        """How far the words around a character of the claim are those around a character of the source; the nearest count most."""
        near = _nearest(self.claim.content, here, NEAR + self.claim.chinese * IN_CHINESE)
        around = _nearest(self.source.content, there, NEAR_THERE + self.source.chinese * IN_CHINESE)
        total = sum(self.weights[i] * close for i, close in near.items())
        held = ((i, max((around.get(j, 0.0) for j in self.matches[i]), default=0.0)) for i in near)
        return sum(self.weights[i] * near[i] * close for i, close in held) / total if total else 0.0


def _nearest(words: Sequence[ContentWord], at: int, count: int) -> dict[int, float]:
    """The numbers of the ``count`` words that stand nearest to a character, and how near each stands: 1 for the nearest."""
    ranked = sorted(range(len(words)), key=lambda i: min(abs(words[i].start - at), abs(words[i].end - at)))[:count]
    return {number: 1 / (1 + rank / _FADE) for rank, number in enumerate(ranked)}


def closeness(pair: Comparison) -> dict[str, float]:
    """What speaks for it that a sentence tells of the same as a claim, whether or not it says so."""
    other, chinese = pair.claim.chinese != pair.source.chinese, pair.claim.chinese and pair.source.chinese
    names = dict(pair.claim.names)
    held = len(names) - len(names_lost(pair))
    return {
        "covered": pair.coverage,
        "covered back": pair.coverage_back,
        "other language": float(other),
        "covered, other language": pair.coverage * other,
        "Chinese": float(chinese),
        "covered, Chinese": pair.coverage * chinese,
        "weight": min(1.0, pair.coverage * sum(pair.weights) / _HEAVY),
        "names": min(1.0, held / 2),
        "names lost": min(1.0, (len(names) - held) / 2),
        "numbers": min(1.0, sum(map(pair.has_value, pair.claim.quantities)) / 2),
        "same word of direction": float(any(one != 0 for one in _judgements(pair))),
    }


def conflict(pair: Comparison) -> dict[str, float]:
    """What speaks for it that a sentence that tells of the same as a claim says something else."""
    crossed, turned = _crossed_at_pivot(pair), _turned(pair)
    both = any(one.level == other.level for one, other in _same_opposition(pair))
    return {
        **_of_numbers(pair),
        **_of_denials(pair),
        "names lost": min(1.0, len(names_lost(pair)) / 2),
        "turned": turned * (1 - crossed) * (not both),
        "turned, both there": turned * (1 - crossed) * both,
        "same direction": max((one for one in _judgements(pair) if one > 0), default=0.0),
        "crossed": crossed * (1 - turned),
        "bound otherwise": _bound_otherwise(pair),
        "covered back": pair.coverage_back,
    }


# -- numbers -----------------------------------------------------------------------------------------------------------


def _of_numbers(pair: Comparison) -> dict[str, float]:
    asked = pair.claim.quantities
    instead = _instead(pair)
    other_unit = [q for q in asked if pair.has_value(q) and not pair.has(q)]
    held = sum(map(pair.has, asked))
    return {
        "numbers": float(bool(asked)),
        "numbers held": held / len(asked) if asked else 0.0,
        "numbers instead": min(1.0, len(instead) / 2),
        "number instead": max((near for _, _, near in instead), default=0.0),
        "other unit": float(bool(other_unit)),
    }


def _instead(pair: Comparison) -> list[tuple[Quantity, Quantity, float]]:
    """The numbers of the claim that the source does not have, each with the one that stands in its place there, and how near."""
    free = [o for o in pair.source.quantities if not any(_same_value(o, q) for q in pair.claim.quantities)]
    found = []
    for number in pair.claim.quantities:
        rivals = [(pair.nearness(number.start, o.start), o) for o in free if _rivals(number, o)]
        near, other = max(rivals, key=lambda r: r[0], default=(0.0, number))
        if near >= _IN_PLACE and not pair.has_value(number):
            found.append((number, other, near))
    return found


def numbers_missing(pair: Comparison) -> list[str]:
    """The numbers in digits of the claim that the source does not have in their unit; those in words where another stands for them."""
    said = [number for number, _, _ in _instead(pair)]
    return [q.text for q in pair.claim.quantities if not pair.has(q) and (q.text[0].isdigit() or q in said)]


def numbers_turned(pair: Comparison) -> list[tuple[str, str]]:
    """Each number that the source has otherwise, as it is in the claim and there; in another unit too."""
    other_unit = [(q, o) for q in pair.claim.quantities for o in pair.source.quantities if not pair.has(q) and _same_value(q, o)]
    return [(here.text, there.text) for here, there in (*((a, b) for a, b, _ in _instead(pair)), *other_unit)]


def _same_value(one: Quantity, other: Quantity) -> bool:
    """The same value; one with decimals may be rounded in the other."""
    return abs(one.value - other.value) <= (ROUNDED * abs(other.value) if other.value % 1 else 0.0)


def _agrees(one: Quantity, other: Quantity) -> bool:
    """The same value in the same unit; a unit that is not named is any."""
    return _same_value(one, other) and (one.unit == other.unit or None in (one.unit, other.unit))


def _rivals(one: Quantity, other: Quantity) -> bool:
    """Whether two numbers could stand in each other's place."""
    return one.unit == other.unit


# -- directions and quantifiers ----------------------------------------------------------------------------------------


def _judgements(pair: Comparison) -> list[float]:
    return [_judged(pair, direction) for direction in pair.claim.directions]


def turned_words(pair: Comparison) -> list[tuple[str, str]]:
    """Each direction of the claim that the source turns round: the words of both."""
    found = []
    for direction in pair.claim.directions:
        if _judged(pair, direction) < 0:
            rivals = [d for one, d in _same_opposition(pair) if one is direction and abs(d.level - one.level) >= APART]
            there = max(rivals, key=lambda d: pair.nearness(direction.start, d.start))
            found.append((pair.claim.text[direction.start : direction.end], pair.source.text[there.start : there.end]))
    return found


def _turned(pair: Comparison) -> float:
    return max((-one for one in _judgements(pair) if one < 0), default=0.0)


def _judged(pair: Comparison, direction: Direction) -> float:
    """How near the source says the same (above nought) or the opposite (below); nought where it has no such word."""
    rivals = [(d, pair.nearness(direction.start, d.start)) for one, d in _same_opposition(pair) if one is direction]
    same = max((near for d, near in rivals if abs(d.level - direction.level) < APART), default=-1.0)
    other = max((near for d, near in rivals if abs(d.level - direction.level) >= APART), default=-1.0)
    if other > same + _MARGIN:
        return -max(other - max(same, 0.0), LEAST)
    return max(same, LEAST) if rivals else 0.0


def _same_opposition(pair: Comparison) -> list[tuple[Direction, Direction]]:
    """Each direction of the claim with each of the source that is of the same opposition, but for those that are the same word as
    another one of the claim."""
    here, there = pair.claim, pair.source
    words = {(here.text[d.start : d.end].casefold()) for d in here.directions}
    kept = {(there.text[d.start : d.end].casefold()) for d in there.directions} & words
    return [
        (one, other)
        for one, other in product(here.directions, there.directions)
        if one.opposition == other.opposition
        and (here.text[one.start : one.end].casefold() in kept or there.text[other.start : other.end].casefold() not in kept)
    ]


# -- denials -----------------------------------------------------------------------------------------------------------


def _of_denials(pair: Comparison) -> dict[str, float]:
    """Words that one denies and the other does not, where the rest agrees; words that both deny."""
    denied = [i for i, w in enumerate(pair.claim.content) if pair.claim.denied(w.start) and pair.matches[i]]
    said = [i for i, w in enumerate(pair.claim.content) if not pair.claim.denied(w.start) and pair.matches[i]]
    total = sum(pair.weights) or 1.0
    weight = lambda numbers: sum(pair.weights[i] for i in numbers) / total  # noqa: E731
    return {
        "denied alone": min(1.0, 2 * weight([i for i in denied if not any(_denials_there(pair, i))])),
        "denied there": min(1.0, 2 * weight([i for i in said if all(_denials_there(pair, i))])),
        "both deny": min(1.0, 2 * weight([i for i in denied if any(_denials_there(pair, i))])),
        "denial lost": float(bool(pair.claim.scopes) and not pair.source.scopes),
        "denial left out": float(bool(pair.source.scopes) and not pair.claim.scopes),
    }


def _denials_there(pair: Comparison, number: int) -> list[bool]:
    """Of each place where the source has a word of the claim, whether it is denied there."""
    return [pair.source.denied(pair.source.content[j].start) for j in pair.matches[number]]


# -- names -------------------------------------------------------------------------------------------------------------


def names_lost(pair: Comparison) -> list[str]:
    """The Latin names of the claim that the source does not have."""
    return lacking_names(dict(pair.claim.names), pair.source.text)


# -- who stands to whom ------------------------------------------------------------------------------------------------


def _crossed_at_pivot(pair: Comparison) -> float:
    """How far what stands behind "than" in each of the two stands before it in the other, and not behind it."""
    here, there = pair.claim.pivot, pair.source.pivot
    if here is None or there is None:
        return 0.0
    claimed = [i for i, w in enumerate(pair.claim.content) if w.start >= here[1]][:BEHIND]
    stated = {j for j, w in enumerate(pair.source.content) if w.start >= there[1]}
    gone = pair.share(claimed, lambda i: bool(pair.matches[i]) and not stated & set(pair.matches[i]))
    first = set(sorted(stated)[:BEHIND])
    come = [i for i, found in enumerate(pair.matches) if first & set(found)]
    return gone * pair.share(come, lambda i: pair.claim.content[i].start < here[0])


def _bound_otherwise(pair: Comparison) -> float:
    """The share of numbers and names whose nearest word stands nearer to another one of them in the source."""
    values = list(_shared_values(pair))
    words = [(pair.claim.content[i].start, pair.source.content[f[0]].start) for i, f in enumerate(pair.matches) if len(f) == 1]
    kept = changed = 0
    for value in values:
        partners = [w for w in words if w[0] != value[0] and _closest(values, w, 0) == value]
        partner = min(partners, key=lambda w: abs(w[0] - value[0]), default=None)
        if partner is not None:
            stays = _closest(values, partner, 1) == value
            kept, changed = kept + stays, changed + (not stays)
    return changed / (kept + changed) if kept + changed > 1 else 0.0


def _closest(values: Sequence[tuple[int, int]], word: tuple[int, int], side: int) -> tuple[int, int]:
    """The value that stands nearest to a word, in the claim (0) or in the source (1)."""
    return min(values, key=lambda v: abs(v[side] - word[side]) if v[side] != word[side] else math.inf)


def _shared_values(pair: Comparison) -> Iterator[tuple[int, int]]:
    """Where each number and name stands that both sentences have just once."""
    for q in pair.claim.quantities:
        there = [o.start for o in pair.source.quantities if _same_value(q, o)]
        if len(there) == 1:
            yield q.start, there[0]
    others = {name.casefold(): at for name, at in pair.source.names}
    yield from ((at, others[name.casefold()]) for name, at in pair.claim.names if name.casefold() in others)
