"""Where the words of a printed line are: measured gaps, and the characters that a recogniser saw between them.

The recogniser drops most spaces of Latin text, and reads long lines badly.
The white between words is plain to see, so a line is cut there into pieces
that the recogniser reads well, and the gaps inside a piece become spaces.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from citegrid.vision import Array, cv2

#: The white between words as a share of the line's height, at least and at most; between letters it is less.
_LEAST_GAP, _MOST_GAP, _USUAL_GAP = 0.1, 0.2, 0.15
#: White that is surely between words: at least this share of the height, and so many times the line's usual gap.
_SURE_GAP, _SURE_TIMES = 0.2, 2.0
#: A piece is about this many times as wide as high: what the recogniser was trained on.
PIECE = 9.0
_ENDS = frozenset(".,;:")
_WITHIN = frozenset(".,;:-–/()[]")
#: Seen characters of a piece: the character and its middle in pixels of the line.
Seen = list[tuple[str, float]]


def word_gaps(crop: Array, *, sure: bool = False) -> list[tuple[int, int]]:
    """The white between words of a line that lies (BGR), as ``(from, to)`` columns from left to right; with ``sure`` only
    white that no pair of letters leaves: a few words have too few letters to tell their own two kinds of gaps apart."""
    grey = cv2.cvtColor(crop, cv2.COLOR_BGR2GRAY)
    height = grey.shape[0]
    _, black = cv2.threshold(grey, 0, 1, cv2.THRESH_BINARY_INV + cv2.THRESH_OTSU)
    if black.mean() > 0.5:
        black = 1 - black
    # A rule or the neighbour line touches the rim of the crop: only its middle counts.
    rim = height // 8
    ink = black[rim : height - rim].sum(axis=0) > 0
    edges = np.flatnonzero(np.diff(ink.astype(np.int8)))
    if len(edges) < 2:
        return []
    first = 0 if not ink[edges[0]] else -1  # the white before the first letter is no gap
    white = [(int(a) + 1, int(b) + 1) for a, b in zip(edges[first + 1 :: 2], edges[first + 2 :: 2], strict=False)]
    widths = [b - a for a, b in white]
    least = (
        max(_SURE_GAP * height, _SURE_TIMES * float(np.median(widths)))
        if sure and widths
        else _threshold(widths, height)
    )
    return [(a, b) for a, b in white if b - a >= least]


def _threshold(widths: Sequence[int], height: int) -> float:
    """The width that parts the gaps between letters from those between words: two classes, best told apart."""
    low, high = _LEAST_GAP * height, _MOST_GAP * height
    values = np.sort(np.minimum(np.asarray(widths, float), 0.5 * height))
    if len(values) < 6:
        return _USUAL_GAP * height
    best, parting = -1.0, _USUAL_GAP * height
    for i in range(1, len(values)):
        between = (values[i - 1] + values[i]) / 2
        if values[i] == values[i - 1] or not low <= between <= high:
            continue
        spread = i * (len(values) - i) * (values[:i].mean() - values[i:].mean()) ** 2
        if spread > best:
            best, parting = spread, between
    return parting


def pieces(width: int, height: int, gaps: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """``(from, to)`` columns of the pieces that a line of ``width`` is read in; each cut is in the middle of a gap."""
    wanted = PIECE * height
    middles = [m for m in ((a + b) // 2 for a, b in gaps) if width - m > height]
    cuts = [0]
    while width - cuts[-1] > 1.5 * wanted:
        cut = _next_cut(cuts[-1], wanted, middles)
        if cut is None:
            break
        cuts.append(cut)
    return [(a, b) for a, b in zip(cuts, [*cuts[1:], width], strict=True)]


def _next_cut(last: int, wanted: float, middles: Sequence[int]) -> int | None:
    """The middle of a gap that is about ``wanted`` behind the last cut; else the first one further on."""
    fit = [m for m in middles if last + 0.4 * wanted < m < last + 1.6 * wanted]
    if fit:
        return min(fit, key=lambda m: abs(m - last - wanted))
    return next((m for m in middles if m >= last + 1.6 * wanted), None)


def spaced(seen: Seen, gaps: Sequence[tuple[int, int]], width: int) -> tuple[str, tuple[float, ...]]:
    """The text with a space for each gap, and the edges of its characters as shares of the line's width.

    Chinese needs no spaces, and its characters stand apart anyway: none are put beside them.
    """
    if not any(_is_ideograph(c) for c, _ in seen):
        seen = [(_narrow(c), x) for c, x in seen]
    line = _Characters([(c, x) for c, x in seen if c != " "])
    if not line.marks:
        return "", ()
    text, edges = line.text(line.spaces(_own_spaces(seen), gaps), float(width))
    ordered = np.clip(np.maximum.accumulate(edges), 0, width) / max(width, 1)
    return text, tuple(float(e) for e in ordered)


#: Before which character there is a space, and its two sides in pixels; they are the same where its white is not known.
_Spaces = dict[int, tuple[float, float]]


class _Characters:
    """The characters of a line without its spaces, and the places between them."""

    def __init__(self, marks: Seen) -> None:
        self.marks = marks
        self.middles = [(a + b) / 2 for (_, a), (_, b) in pairwise(marks)]

    def spaces(self, own: Sequence[int], gaps: Sequence[tuple[int, int]]) -> _Spaces:
        """The spaces that the recogniser saw itself (``own``) and those that the white between words gives."""
        found = {i: (self.middles[i - 1], self.middles[i - 1]) for i in own}
        if not self.middles:
            return found
        usual = float(np.median([b - a for a, b in gaps])) if gaps else 0.0
        for a, b in gaps:
            i = self._place(a, b, found)
            left, right = self.marks[i - 1][0], self.marks[i][0]
            if not (_is_wide(left) or _is_wide(right)) and not _is_bearing(left, right, (b - a) / max(usual, 1.0)):
                found[i] = (float(a), float(b))
        return found

    def text(self, spaces: _Spaces, width: float) -> tuple[str, list[float]]:
        """The characters with their spaces, and the edges of each in pixels, the line's own ends included."""
        text = ""
        edges = [0.0]
        for i, ((char, _), end) in enumerate(zip(self.marks, [*self.middles, width], strict=True)):
            if i in spaces:
                edges[-1] = max(edges[-2] if len(edges) > 1 else 0.0, spaces[i][0])
                text += " "
                edges.append(spaces[i][1])
            text += char
            edges.append(end)
        return text, edges

    def _place(self, a: int, b: int, spaces: _Spaces) -> int:
        """Before which character the white from ``a`` to ``b`` stands."""
        at = (a + b) / 2
        nearest = min(range(1, len(self.marks)), key=lambda i: abs(self.middles[i - 1] - at))
        beside = (j for j in spaces if abs(j - nearest) == 1 and spaces[j][0] == spaces[j][1])
        place = next((j for j in beside if _between(self.marks, j, a, b)), nearest)
        return place + 1 if self._is_late_stop(place) else place

    def _is_late_stop(self, i: int) -> bool:
        """Whether a stop before a word stands at ``i``: it is seen late, and the white is behind it."""
        return self.marks[i][0] in _ENDS and i + 1 < len(self.marks) and self.marks[i + 1][0].isalpha()


def _is_bearing(left: str, right: str, share: float) -> bool:
    """Whether white beside a 1 is that of the figure: figures are all as wide as a 0, and a 1 is thin."""
    if "1" not in (left, right):
        return False
    within = all(c.isdigit() or c in _WITHIN for c in (left, right))
    return within and share < (2.2 if left == right else 1.6)


def _narrow(char: str) -> str:
    """Full-width forms of ASCII, which the recogniser likes, in a line without Chinese."""
    return chr(ord(char) - 0xFEE0) if len(char) == 1 and "\uff01" <= char <= "\uff5e" else char


def _own_spaces(seen: Seen) -> list[int]:
    found, count = [], 0
    for i, (char, _) in enumerate(seen):
        if char == " ":
            if count > 0 and any(c != " " for c, _ in seen[i:]):
                found.append(count)
        else:
            count += 1
    return found


def _between(marks: Seen, i: int, a: float, b: float) -> bool:
    """Whether the gap lies between characters ``i - 1`` and ``i``, give or take its own width."""
    reach = b - a
    return marks[i - 1][1] - reach <= (a + b) / 2 <= marks[i][1] + reach


def _is_ideograph(char: str) -> bool:
    return "\u2e80" <= char <= "\u2fff" or "\u3040" <= char <= "\ua4cf" or "\uf900" <= char <= "\ufaff"


def _is_wide(char: str) -> bool:
    return "\u2e80" <= char <= "\ua4cf" or "\uf900" <= char <= "\ufaff" or "\ufe30" <= char <= "\uffef"
