"""Glyph gaps: where within a piece of text letters stand, so that pieces which the reader joined can be parted again."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain, islice, pairwise
from operator import attrgetter
from statistics import median_low

import numpy as np

from citegrid.pipeline.table_image.text_boxes import TextBox, is_wide
from citegrid.vision import Array, cv2

_LEAST_GAP, COLUMNS_APART, _TIGHT = 0.2, 0.5, 0.08
"""In heights of a line: Latin words stand about 0.25 apart, and a tight header's columns no further; Chinese characters less than 0.5.
Where an edge of columns is known, any white there parts them."""

#: In heights of a line, and in those of the other gaps of a text: white that is too wide for that between words.
_WIDE_WORDS, _WIDE_CHARACTERS, _WIDER = 0.5, 0.35, 2.0
#: White that counts with what is seen between words: as much must be seen at least.
_UNKNOWN = (math.inf,) * 8
#: What specks of a scan are read as among wide characters.
_SPECK = "·"
#: How sure a piece of a text is at most whose letters were told by their widths.
_WITHIN_WORDS = 0.5
#: A row of pixels with more ink than this share is a rule that touches the text.
_RULE = 0.9


_TEXT = attrgetter("text")


@dataclass(frozen=True, slots=True)
class GlyphRun:
    """Letters from ``x0`` to ``x1`` without a gap that could part columns."""

    x0: float
    x1: float


#: For each text the runs of letters in it, from left to right.
GlyphRuns = Mapping[TextBox, tuple[GlyphRun, ...]]


def find_glyph_runs(picture: Array, items: Sequence[TextBox]) -> GlyphRuns:
    """For each item the runs of letters in it, from left to right; the whole item where none are seen."""
    grey = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)
    return {item: _glyph_runs(grey, item, _least_gap(item)) for item in items}


def _least_gap(item: TextBox) -> float:
    return (COLUMNS_APART if any(map(is_wide, item.text)) else _LEAST_GAP) * item.height


def _glyph_runs(grey: Array, item: TextBox, least: float) -> tuple[GlyphRun, ...]:
    whole = (GlyphRun(item.x0, item.x1),)
    inset = 0.12 * item.height
    top, bottom = max(0, round(item.y0 + inset)), round(item.y1 - inset)
    left, right = max(0, round(item.x0)), round(item.x1)
    part = grey[top:bottom, left:right]
    if part.shape[0] < 4 or part.shape[1] < 4:
        return whole
    # Letters differ from the fill they stand on, and the fill is the commoner of the two in each piece of text.
    fill = float(np.median(part))
    strength = np.abs(part.astype(np.float32) - fill)
    strongest = float(np.percentile(strength, 98))
    if strongest < 12:
        return whole
    # A rule in the box is no letter: it is as wide as the box, or as high with white at both sides.
    ink = strength > 0.4 * strongest
    ink = ink[ink.mean(axis=1) < _RULE]
    inked = ink.sum(axis=0)
    xs = np.flatnonzero((inked > 0) & (inked < len(ink)))
    if len(xs) == 0:
        return whole
    stretches = [[int(xs[0]), int(xs[0]) + 1]]
    for x in xs[1:]:
        if x - stretches[-1][1] > least:
            stretches.append([int(x), int(x) + 1])
        else:
            stretches[-1][1] = int(x) + 1
    return tuple(GlyphRun(left + a, left + b) for a, b in stretches)


def parted(picture: Array, items: Sequence[TextBox]) -> list[TextBox]:
    """The items, each cut where white in it is far wider than elsewhere between its words or characters: the reader joined columns.

    The only white of two words is compared with that between the words of the picture.
    """
    grey, usual = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY), _white_between_words(find_glyph_runs(picture, items))
    return list(chain.from_iterable(map(partial(_parted, grey, usual), items)))


def _white_between_words(runs: GlyphRuns) -> float:
    """In heights of a line: the usual white between the words of texts; without end where too few show it."""
    found = [gap / item.height for item, words in runs.items() for gap in _gaps(words)]
    return median_low([*found, *_UNKNOWN])


def _gaps(runs: Sequence[GlyphRun]) -> list[float]:
    """The white between runs, in pixels."""
    return [b.x0 - a.x1 for a, b in pairwise(runs)]


def _parted(grey: Array, usual: float, item: TextBox) -> list[TextBox]:
    """The pieces of an item; one where wide stops, brackets or words among wide characters bring white of their own."""
    wide = any(map(is_wide, item.text))
    if wide and not item.text.replace(_SPECK, "").isalnum():
        return [item]
    tight, least = (_TIGHT, _WIDE_CHARACTERS) if wide else (_LEAST_GAP, _WIDE_WORDS)
    runs = _glyph_runs(grey, item, tight * item.height)
    gaps = _gaps(runs)
    own = median_low(gaps) if len(gaps) > 1 else usual * item.height
    least = max(least * item.height, _WIDER * own)
    after = [n for n, gap in enumerate(gaps) if gap > least]
    return _cut(item, runs, after) if after and len(gaps) > 2 * wide else [item]


def cut_at(picture: Array, items: Sequence[TextBox], edges: Sequence[float], height: float) -> list[TextBox]:
    """The items, each cut at those of ``edges`` where there is any white between its letters: edges that are seen elsewhere."""
    grey, cut = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY), []
    for item in items:
        runs = _glyph_runs(grey, item, _LEAST_GAP * item.height)
        tight = () if len(item.text.split()) == len(runs) else _glyph_runs(grey, item, _TIGHT * item.height)
        after = _gaps_at(tight, edges, _TIGHT * height)
        cut.extend(_by_widths(item, _joined(tight, after)) if after else part_at([item], {item: runs}, edges, height))
    return cut


def _joined(runs: Sequence[GlyphRun], after: Sequence[int]) -> list[GlyphRun]:
    """The runs as those between the gaps behind the numbers ``after``."""
    ends = [*after, len(runs) - 1]
    return [GlyphRun(runs[a].x0, runs[b].x1) for a, b in zip([0, *map((1).__add__, after)], ends, strict=True)]


def _by_widths(item: TextBox, runs: Sequence[GlyphRun]) -> list[TextBox]:
    """The item as one for each run, its text shared out by their widths: it may have as many words, and they be others."""
    texts = _share(item.text, [run.x1 - run.x0 for run in runs])
    sure = min(_WITHIN_WORDS, item.confidence)
    parts = (
        replace(item, text=text, x0=run.x0, x1=run.x1, confidence=sure) for run, text in zip(runs, texts, strict=True)
    )
    return list(filter(_TEXT, parts))


def part_at(items: Sequence[TextBox], runs: GlyphRuns, edges: Sequence[float], height: float) -> list[TextBox]:
    """The items, each cut where one of ``edges`` (x positions) falls into a gap between its letters.

    What was cut by the widths of its letters, not by its words, has the confidence 0 to 0.5: read it again.
    Letters of a word that is set wide (姓　名) stay together.
    """
    parted: list[TextBox] = []
    for item in items:
        found = runs.get(item, ())
        cuts = _gaps_at(found, edges, 0.2 * height)
        if not cuts or is_set_wide(item, found):
            parted.append(item)
        else:
            parted.extend(_cut(item, found, cuts))
    return parted


def _gaps_at(runs: Sequence[GlyphRun], edges: Sequence[float], reach: float) -> list[int]:
    """The numbers of the runs behind which an edge falls into the gap, or ``reach`` beside it."""
    gaps = [(a.x1 - reach, b.x0 + reach) for a, b in pairwise(runs)]
    return [i for i, (start, end) in enumerate(gaps) if any(start <= edge <= end for edge in edges)]


def is_set_wide(item: TextBox, runs: Sequence[GlyphRun]) -> bool:
    """Whether a text is one Chinese word whose characters stand apart."""
    characters = [c for c in item.text if not c.isspace()]
    return len(characters) == len(runs) and all(map(is_wide, characters))


def _cut(item: TextBox, runs: Sequence[GlyphRun], after: Sequence[int]) -> list[TextBox]:
    """The item in pieces, cut behind the runs with the numbers ``after``."""
    groups: list[list[GlyphRun]] = [[]]
    for i, run in enumerate(runs):
        groups[-1].append(run)
        if i in after:
            groups.append([])
    words = item.text.split()
    if len(words) == len(runs):
        named = iter(words)
        texts, sure = [" ".join(islice(named, len(group))) for group in groups], item.confidence
    else:
        sure = min(_WITHIN_WORDS, item.confidence)
        texts = _share(item.text, [sum(run.x1 - run.x0 for run in group) for group in groups])
    parts = [
        replace(item, text=text, x0=group[0].x0, x1=group[-1].x1, confidence=sure)
        for group, text in zip(groups, texts, strict=True)
    ]
    return list(filter(_TEXT, parts))


def _share(text: str, widths: Sequence[float]) -> list[str]:
    """The text in as many pieces as there are widths, in proportion to them; cut at a space or between scripts first."""
    weights = [1.0 if is_wide(c) else 0.0 if c == " " else 0.55 for c in text]
    total, all_ink = sum(weights), sum(widths)
    pieces, start, reached = [], 0, 0.0
    for width in widths[:-1]:
        reached += width
        target = reached / all_ink * total

        def cost(i: int, target: float = target) -> float:
            off = abs(sum(weights[:i]) - target)
            if text[i - 1] == " " or text[i : i + 1] == " ":
                return off - 1.5
            changes = is_wide(text[i - 1]) != is_wide(text[i]) or (text[i - 1].islower() and text[i].isupper())
            return off - (0.7 if changes else 0.0)

        places = range(start + 1, len(text))
        end = min(places, key=cost) if places else start
        pieces.append(text[start:end].strip())
        start = end
    return [*pieces, text[start:].strip()]
