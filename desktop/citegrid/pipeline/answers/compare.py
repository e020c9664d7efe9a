"""A claim held against a sentence of a source: named features of how far it says the same, and of what it turns round.

Words, numbers and directions of the two stand against each other in matrices: a row for each of the claim, a column for each of the
source.  ``weigh`` tells how much a word tells among all sentences of the sources.  Each feature lies between 0 and about 1, 0 where there
is nothing of its kind; those that speak of a conflict count more the more of the words around the two places agree.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import Any, Protocol

import numpy as np

from citegrid.core.language.script import has_han
from citegrid.pipeline.answers.claims import Claim, Direction
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
#: Words behind "than" that are compared, and from which share on they have changed sides.
BEHIND, _CROSSED = 4, 0.5
#: The weight of all words of a claim that says a lot.
_HEAVY = 30.0
#: Farther than anything in a sentence.
_FAR = 1e9

Weigh = Callable[[ContentWord], float]
Array = np.ndarray[Any, np.dtype[Any]]


class _Placed(Protocol):
    """Something with its characters."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


@dataclass(frozen=True)
class Comparison:
    """A claim and a sentence, and what of the two is the same."""

    claim: Claim
    source: Claim
    weigh: Weigh

    @cached_property
    def same(self) -> Array:
        """Whether a word of the claim (row) is a word of the source (column)."""
        made = [[bool(one.keys & other.keys) for other in self.source.content] for one in self.claim.content]
        words = np.array(made, bool).reshape(len(self.claim.content), len(self.source.content))
        for row in np.flatnonzero(~words.any(1)):
            words[row] = self._within(self.claim.content[row])
        return words

    def _within(self, word: ContentWord) -> Array:
        """Where a Chinese term stands that the source does not have as a term, but in other bounds."""
        places = [self.source.text.find(key) for key in word.keys if len(key) > 1 and has_han(key)]
        at = max(places, default=-1)
        found: Array = (_starts(self.source.content) <= at) & (at < _ends(self.source.content))
        return found

    @cached_property
    def weights(self) -> Array:
        """How much each word of the claim tells."""
        return np.array(list(map(self.weigh, self.claim.content)), float)

    @cached_property
    def coverage(self) -> float:
        """The share of the claim's words, by weight, that the source has."""
        return _ratio(self.weights @ self.same.any(1), self.weights.sum())

    @cached_property
    def coverage_back(self) -> float:
        """The share of the source's words that the claim has."""
        weights = np.array(list(map(self.weigh, self.source.content)), float)
        return _ratio(weights @ self.same.any(0), weights.sum())

    def nearness(self, here: int, there: int) -> float:
        """How far the words around a character of the claim are those around a character of the source; the nearest count most."""
        near = _nearest(self.claim.content, here, NEAR + self.claim.chinese * IN_CHINESE)
        around = _nearest(self.source.content, there, NEAR_THERE + self.source.chinese * IN_CHINESE)
        telling = self.weights * near
        return _ratio(telling @ (self.same * around).max(1, initial=0.0), telling.sum())

    @cached_property
    def same_value(self) -> Array:
        """Whether a number of the claim has the value of one of the source; one with decimals may be rounded in the other."""
        here, there = _values(self.claim), _values(self.source)
        slack = np.where(there % 1, ROUNDED * np.abs(there), 0.0)
        near: Array = np.abs(here[:, None] - there[None, :]) <= slack[None, :]
        return near

    @cached_property
    def same_number(self) -> Array:
        """Whether it has it in the same unit, too; a unit that is not named is any."""
        pairs = product(self.claim.quantities, self.source.quantities)
        units = np.array([one.unit == other.unit or None in (one.unit, other.unit) for one, other in pairs], bool)
        both: Array = self.same_value & units.reshape(self.same_value.shape)
        return both

    @cached_property
    def numbers_held(self) -> float:
        """The share of the claim's numbers that the source has, in whatever unit."""
        held = self.same_value.any(1)
        return _ratio(held.sum(), held.size)

    @cached_property
    def numbers_instead(self) -> list[tuple[int, int, float]]:
        """The numbers of the claim that the source does not have, each with the one that stands in its place, and how near."""
        lost, free = np.flatnonzero(~self.same_value.any(1)), np.flatnonzero(~self.same_value.any(0))
        here, there = self.claim.quantities, self.source.quantities
        rivals = [(i, j) for i, j in product(lost, free) if here[i].unit == there[j].unit]
        near = sorted((self.nearness(here[i].start, there[j].start), int(i), int(j)) for i, j in rivals)
        best = {i: (i, j, close) for close, i, j in near}
        return [one for one in best.values() if one[2] >= _IN_PLACE]

    @cached_property
    def oppositions(self) -> list[tuple[Direction, Direction, float]]:
        """Each direction of the claim with each of the source that is of the same opposition, and how near; a word of the source
        that another direction of the claim is too stands for none but that."""
        here, there = self.claim.directions, self.source.directions
        words, words_there = {d.word for d in here}, {d.word for d in there}
        pairs = [(one, other) for one, other in product(here, there) if one.opposition == other.opposition]
        free = [(a, b) for a, b in pairs if a.word in words_there or b.word not in words]
        return [(one, other, self.nearness(one.start, other.start)) for one, other in free]

    @cached_property
    def names_lost(self) -> list[str]:
        """The Latin names of the claim that the source does not have."""
        return lacking_names(dict(self.claim.names), self.source.text)


def _ratio(part: Any, whole: Any) -> float:
    return float(part / whole) if whole else 0.0


def _starts(placed: Sequence[_Placed]) -> Array:
    return np.array([one.start for one in placed], float)


def _ends(placed: Sequence[_Placed]) -> Array:
    return np.array([one.end for one in placed], float)


def _values(claim: Claim) -> Array:
    return np.array([quantity.value for quantity in claim.quantities], float)


def _nearest(words: Sequence[ContentWord], at: int, count: int) -> Array:
    """How near each word stands to a character: 1 for the nearest, less for the next, 0 behind the first ``count``."""
    ranked = np.argsort(np.minimum(np.abs(_starts(words) - at), np.abs(_ends(words) - at)), kind="stable")[:count]
    near = np.zeros(len(words))
    near[ranked] = 1 / (1 + np.arange(len(ranked)) / _FADE)
    return near


def closeness(pair: Comparison) -> dict[str, float]:
    """What speaks for it that a sentence tells of the same as a claim, whether or not it says so."""
    other, chinese = pair.claim.chinese != pair.source.chinese, pair.claim.chinese and pair.source.chinese
    names, lost = len(dict(pair.claim.names)), len(pair.names_lost)
    return {
        "covered": pair.coverage,
        "covered back": pair.coverage_back,
        "other language": float(other),
        "covered, other language": pair.coverage * other,
        "Chinese": float(chinese),
        "covered, Chinese": pair.coverage * chinese,
        "weight": min(1.0, pair.coverage * float(pair.weights.sum()) / _HEAVY),
        "names": min(1.0, (names - lost) / 2),
        "names lost": min(1.0, lost / 2),
        "numbers": min(1.0, float(pair.same_value.any(1).sum()) / 2),
        "same word of direction": float(bool(pair.oppositions)),
    }


def conflict(pair: Comparison) -> dict[str, float]:
    """What speaks for it that a sentence that tells of the same as a claim says something else."""
    crossed, judged = _crossed_at_pivot(pair), [near for _, near, _ in judged_directions(pair)]
    turned = max(0.0, -min(judged, default=0.0))
    if min(crossed, turned * _FAR) > _CROSSED:  # "B is lower than A": turned round twice, it says the same
        crossed = turned = 0.0
    both = any(one.level == other.level for one, other, _ in pair.oppositions)
    return {
        **_of_numbers(pair),
        **_of_denials(pair),
        "names lost": min(1.0, len(pair.names_lost) / 2),
        "turned": turned * (not both),
        "turned, both there": turned * both,
        "same direction": max(0.0, max(judged, default=0.0)),
        "crossed": crossed,
        "bound otherwise": _bound_otherwise(pair),
        "covered back": pair.coverage_back,
    }


# -- numbers -----------------------------------------------------------------------------------------------------------


def _of_numbers(pair: Comparison) -> dict[str, float]:
    held, valued = pair.same_number.any(1), pair.same_value.any(1)
    near = [close for _, _, close in pair.numbers_instead]
    return {
        "numbers": float(held.size > 0),
        "numbers held": _ratio(held.sum(), held.size),
        "numbers instead": min(1.0, len(near) / 2),
        "number instead": max(near, default=0.0),
        "other unit": float((valued & ~held).any()),
    }


def numbers_missing(pair: Comparison) -> list[str]:
    """The numbers in digits of the claim that the source does not have in their unit; those in words where another stands for them."""
    said = {i for i, _, _ in pair.numbers_instead}
    lost = np.flatnonzero(~pair.same_number.any(1))
    texts = [(int(i) in said, pair.claim.quantities[i].text) for i in lost]
    return [text for instead, text in texts if instead or text[0].isdigit()]


def numbers_turned(pair: Comparison) -> list[tuple[str, str]]:
    """Each number that the source has otherwise, as it is in the claim and there; in another unit too."""
    instead = [(i, j) for i, j, _ in pair.numbers_instead]
    lost: Array = np.logical_not(pair.same_number).all(1).reshape(-1, 1)
    other_unit = np.argwhere(pair.same_value & lost)
    return [(pair.claim.quantities[i].text, pair.source.quantities[j].text) for i, j in (*instead, *other_unit)]


# -- directions and quantifiers ----------------------------------------------------------------------------------------


def judged_directions(pair: Comparison) -> list[tuple[Direction, float, Direction]]:
    """How near the source says the same (above nought) as each direction of the claim that it has a word for, or the opposite
    (below), and that word."""
    found = []
    for direction in dict.fromkeys(one for one, _, _ in pair.oppositions):
        rivals = [(near, abs(d.level - one.level) >= APART, d) for one, d, near in pair.oppositions if one is direction]
        same = max((near for near, apart, _ in rivals if not apart), default=-1.0)
        other = max((near for near, apart, _ in rivals if apart), default=-1.0)
        nearest = max(rivals, key=lambda r: (r[1] == (other > same), r[0]))[2]
        turned = other > same + _MARGIN
        found.append((direction, -max(other - max(same, 0.0), LEAST) if turned else max(same, LEAST), nearest))
    return found


def turned_words(pair: Comparison) -> list[tuple[str, str]]:
    """Each direction of the claim that the source turns round: the words of both."""
    words = [(one.word, other.word) for one, near, other in judged_directions(pair) if near < 0]
    return [(here, there) for here, there in words if here != there]  # the same word is denied in one of them


# -- denials -----------------------------------------------------------------------------------------------------------


def _of_denials(pair: Comparison) -> dict[str, float]:
    """Words that one denies and the other does not, where the rest agrees; words that both deny."""
    here = np.array([pair.claim.denied(word.start) for word in pair.claim.content], bool)
    there = np.array([pair.source.denied(word.start) for word in pair.source.content], bool)
    matched, some = pair.same.any(1), (pair.same & there).any(1)
    every = matched & ~(pair.same & ~there).any(1)
    shares = 2 * np.array([pair.weights @ words for words in (here & matched & ~some, ~here & every, here & some)])
    alone, other, both = np.minimum(1.0, shares / (pair.weights.sum() or 1.0)).tolist()
    denies, denies_there = bool(pair.claim.scopes), bool(pair.source.scopes)
    return {
        "denied alone": alone,
        "denied there": other,
        "both deny": both,
        "denial lost": float(denies and not denies_there),
        "denial left out": float(denies_there and not denies),
    }


# -- who stands to whom ------------------------------------------------------------------------------------------------


def _crossed_at_pivot(pair: Comparison) -> float:
    """How far what stands behind "than" in each of the two stands before it in the other, and not behind it."""
    here, there = pair.claim.pivot, pair.source.pivot
    if here is None or there is None:
        return 0.0
    behind, behind_there = _starts(pair.claim.content) >= here[1], _starts(pair.source.content) >= there[1]
    claimed, first = behind & (behind.cumsum() <= BEHIND), behind_there & (behind_there.cumsum() <= BEHIND)
    gone = pair.same.any(1) & ~pair.same[:, behind_there].any(1)
    come = pair.same[:, first].any(1)
    before = _starts(pair.claim.content) < here[0]
    left = _ratio(pair.weights @ (claimed & gone), pair.weights @ claimed)
    return left * _ratio(pair.weights @ (come & before), pair.weights @ come)


def _bound_otherwise(pair: Comparison) -> float:
    """The share of numbers and names whose nearest word stands nearer to another one of them in the source."""
    values = _shared_values(pair)
    single = np.flatnonzero(pair.same.sum(1) == 1)
    words = (
        np.stack([_starts(pair.claim.content)[single], _starts(pair.source.content)[pair.same[single].argmax(1)]])
        if single.size
        else np.zeros((2, 0))
    )
    if len(values) < 2 or not single.size:
        return 0.0
    here, there = (np.abs(values[:, side][:, None] - words[side][None, :]) for side in (0, 1))
    here, there = np.where(here, here, _FAR), np.where(there, there, _FAR)
    own = here.argmin(0)[None, :] == np.arange(len(values))[:, None]  # the words that are nearest to each value
    partner, has = np.where(own, here, _FAR).argmin(1), own.any(1)
    moved = has & (there.argmin(0)[partner] != np.arange(len(values)))
    return _ratio(moved.sum(), has.sum()) if has.sum() > 1 else 0.0


def _shared_values(pair: Comparison) -> Array:
    """Where each number and name stands, in the claim and in the source, that both have; numbers that it has just once."""
    once = np.flatnonzero(pair.same_value.sum(1) == 1)
    numbers = [
        (pair.claim.quantities[i].start, pair.source.quantities[pair.same_value[i].argmax()].start) for i in once
    ]
    here, there = ({name.casefold(): at for name, at in one.names} for one in (pair.claim, pair.source))
    names = [(here[name], there[name]) for name in here if name in there]
    return np.array([*numbers, *names], float).reshape(-1, 2)
