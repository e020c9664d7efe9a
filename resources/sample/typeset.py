"""A small typesetter for the sample paper: justified columns, hyphenation, citations that are links.

It knows three things: how to turn marked-up text into words (``words_of``), how
to break words into lines of equal width (``break_lines``: the least total
badness over the whole paragraph, as TeX does), and how to write a line as PDF
operators (``Sheet``).  Lengths are points, y grows downward.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import pymupdf

FONTS = {"R": "tiro", "I": "tiit", "B": "tibo", "S": "helv", "T": "hebo"}
INK = (0.0, 0.0, 0.0)
LINK = (0.05, 0.22, 0.46)
GREY = (0.38, 0.38, 0.38)


@dataclass(frozen=True, slots=True)
class Fragment:
    """Characters in one style; ``key`` names the reference they point to, if any."""

    text: str
    style: str = "R"
    key: str = ""


Word = tuple[Fragment, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """Words of one line and the space between them, in points."""

    words: tuple[Word, ...]
    space: float


class Faces:
    """The embedded fonts: widths and glyph numbers."""

    def __init__(self) -> None:
        self.fonts = {style: pymupdf.Font(name) for style, name in FONTS.items()}
        self._advances: dict[tuple[str, str], float] = {}

    def width(self, text: str, style: str, size: float) -> float:
        """Width of ``text`` in points."""
        total = 0.0
        for character in text:
            advance = self._advances.get((character, style))
            if advance is None:
                advance = self._advances[character, style] = self.fonts[style].glyph_advance(ord(character))
            total += advance
        return total * size

    def word_width(self, word: Word, size: float) -> float:
        """Width of a word in points."""
        return sum(self.width(f.text, f.style, size) for f in word)

    def glyphs(self, text: str, style: str) -> str:
        """The glyph numbers of ``text`` as PDF hexadecimal; raises ValueError for a letter the font lacks."""
        numbers = [self.fonts[style].has_glyph(ord(c)) for c in text]
        if not all(numbers):
            raise ValueError(f"no glyph for {text!r} in {FONTS[style]}")
        return "".join(f"{n:04x}" for n in numbers)


# --- marked-up text → words -------------------------------------------------------------------------

_MARK = re.compile(r"\[(?P<group>[^\[\]]*@[^\[\]]*)\]|@(?P<key>[a-z]+\d{4}[a-z]?)|\*\*(?P<b>.+?)\*\*|\*(?P<i>.+?)\*")


def fragments_of(text: str, labels: Mapping[str, tuple[str, str]], style: str = "R") -> Iterator[Fragment]:
    """Reads ``*italic*``, ``**bold**``, ``@key`` and ``[see @key, p. 5; @key]``.

    ``labels`` gives for each key its authors ("Gao et al.") and year ("2023a");
    an unknown key raises KeyError, so that no citation is silently lost.
    """
    at = 0
    for mark in _MARK.finditer(text):
        if mark.start() > at:
            yield Fragment(text[at : mark.start()], style)
        at = mark.end()
        if mark["key"]:
            authors, year = labels[mark["key"]]
            yield Fragment(f"{authors} ({year})", style, mark["key"])
        elif mark["group"]:
            yield from _group(mark["group"], labels, style)
        else:
            yield Fragment(mark["b"] or mark["i"], "B" if mark["b"] else "I")
    if at < len(text):
        yield Fragment(text[at:], style)


def _group(group: str, labels: Mapping[str, tuple[str, str]], style: str) -> Iterator[Fragment]:
    yield Fragment("(", style)
    for n, item in enumerate(group.split(";")):
        before, key, after = re.fullmatch(r"\s*(.*?)@([a-z]+\d{4}[a-z]?)(.*)", item).groups()  # type: ignore[union-attr]
        authors, year = labels[key]
        if n:
            yield Fragment("; ", style)
        if before:
            yield Fragment(before, style)
        yield Fragment(f"{authors}, {year}", style, key)
        if after:
            yield Fragment(after, style)
    yield Fragment(")", style)


def words_of(fragments: Iterator[Fragment]) -> list[Word]:
    """Splits fragments at white space."""
    words: list[list[Fragment]] = [[]]
    for fragment in fragments:
        for n, part in enumerate(re.split(r"\s+", fragment.text)):
            if n:
                words.append([])
            if part:
                words[-1].append(Fragment(part, fragment.style, fragment.key))
    return [tuple(word) for word in words if word]


# --- words → lines ----------------------------------------------------------------------------------


def _halves(word: Word, hyphens: Mapping[str, Sequence[int]]) -> Iterator[tuple[Word, Word]]:
    """The ways to cut a word at the end of a line; the first half carries its hyphen."""
    for n, fragment in enumerate(word):
        core = re.search(r"[A-Za-z]+", fragment.text)
        cuts: list[tuple[int, str]] = []
        if core and not fragment.key:
            cuts += [(core.start() + at, "-") for at in hyphens.get(core[0].lower(), ())]
        cuts += [(m.end(), "") for m in re.finditer(r"(?<=[a-z]{2})[-–/](?=[a-z]{2})", fragment.text)]
        for at, sign in cuts:
            left = Fragment(fragment.text[:at] + sign, fragment.style, fragment.key)
            right = Fragment(fragment.text[at:], fragment.style, fragment.key)
            yield (*word[:n], left), (right, *word[n + 1 :])


def break_lines(
    words: Sequence[Word],
    faces: Faces,
    size: float,
    width: float,
    hyphens: Mapping[str, Sequence[int]],
    *,
    indent: float = 0.0,
    hanging: float = 0.0,
    ragged: bool = False,
) -> list[Line]:
    """The lines of one paragraph; the first is ``indent`` shorter, the others ``hanging`` shorter.

    Among all ways to break, takes the one with the least sum of squared
    badness (stretch or shrink of the spaces) plus a charge for each hyphen.
    Raises ValueError when a word is wider than the column.
    """
    for loosest in (4.0, 1e9):  # lines looser than this are not considered, unless nothing else remains
        breaker = _Breaker(words, faces, size, hyphens, ragged, loosest)
        lines = breaker.best(width - indent, width - hanging)
        if lines is not None:
            return lines
    raise ValueError("a word is wider than its column: " + " ".join(f.text for word in words for f in word))


class _Breaker:
    """Finds the best breaks of one paragraph.

    A place to break is (number of words before it, right half of the word that is cut there or nothing).
    """

    def __init__(
        self,
        words: Sequence[Word],
        faces: Faces,
        size: float,
        hyphens: Mapping[str, Sequence[int]],
        ragged: bool,
        loosest: float,
    ) -> None:
        self.words, self.ragged, self.loosest = words, ragged, loosest
        self.natural = faces.width(" ", "R", size)
        self.sums = [0.0]
        for word in words:
            self.sums.append(self.sums[-1] + faces.word_width(word, size))
        self.halves = [
            [(left, right, faces.word_width(left, size), faces.word_width(right, size)) for left, right in pairs]
            for pairs in (list(_halves(word, hyphens)) for word in words)
        ]

    def badness(self, slack: float, gaps: int, room: float, last: bool) -> float | None:
        """How ugly a line is that is ``slack`` points short; nothing when it cannot be set."""
        if self.ragged or (last and slack >= 0):
            return None if slack < -0.01 else 0.0 if last else 4 * slack / room
        if not gaps:
            return None if slack < -0.01 or self.loosest < 1e6 else 9.0
        ratio = slack / gaps / (self.natural * (0.75 if slack > 0 else 0.28))
        return None if ratio < -1.0 or ratio > self.loosest else abs(ratio)

    def best(self, first_room: float, room: float) -> list[Line] | None:
        """The best lines, or nothing when there are none within the limits."""
        end = len(self.words)
        # place → (cost, lines so far, width of the carried half)
        places: dict[tuple[int, Word], tuple[float, tuple[Line, ...], float]] = {(0, ()): (0.0, (), 0.0)}
        for start in range(end + 1):
            for place in [p for p in places if p[0] == start and p != (end, ())]:
                cost, lines, carried = places[place]
                here = room if lines else first_room
                for stop, left, right, total, rest in self.lines_from(place, carried, here):
                    gaps = stop - start + bool(place[1]) + bool(left) - 1
                    slack = here - total - gaps * self.natural
                    last = stop == end and not left
                    ratio = self.badness(slack, gaps, here, last)
                    if ratio is None:
                        continue
                    charge = cost + (1 + 100 * ratio**3) ** 2 + (3000 if left else 0)
                    if last and lines and total < here * 0.12:
                        charge += 20000  # a very short last line
                    key = (stop + bool(left), right)
                    if key not in places or charge < places[key][0]:
                        ends = self.ragged or (last and slack >= 0) or not gaps
                        space = self.natural if ends else self.natural + slack / gaps
                        carry = (place[1],) if place[1] else ()
                        line = Line((*carry, *self.words[start:stop], *((left,) if left else ())), space)
                        places[key] = (charge, (*lines, line), rest)
        return list(places[end, ()][1]) if (end, ()) in places else None

    def lines_from(
        self, place: tuple[int, Word], carried: float, room: float
    ) -> Iterator[tuple[int, Word, Word, float, float]]:
        """Lines that may start at a place: (words before its end, left half, right half, width, width of the right)."""
        start, half = place
        for stop in range(start, len(self.words) + 1):
            count = stop - start + bool(half)
            inner = carried + self.sums[stop] - self.sums[start]
            if count > 1 and inner + (count - 1) * self.natural * 0.72 > room:
                return
            if count:
                yield stop, (), (), inner, 0.0
            if stop < len(self.words):
                for left, right, wide, rest in self.halves[stop]:
                    yield stop, left, right, inner + wide, rest


# --- lines → PDF ------------------------------------------------------------------------------------


@dataclass
class Sheet:
    """One page while it is written: operators, and the boxes of its links."""

    width: float
    height: float
    faces: Faces
    ops: list[str] = field(default_factory=list)
    links: list[tuple[str, tuple[float, float, float, float]]] = field(default_factory=list)

    def line(self, line: Line, x: float, y: float, size: float, ink: tuple[float, float, float] = INK) -> None:
        """Writes a line with its base line at ``y``; spaces are real spaces, so that the text can be copied."""
        runs: list[tuple[str, str, list[str]]] = []  # style, key, pieces of a TJ array
        starts: list[tuple[str, float, float]] = []
        at = x
        for n, word in enumerate(line.words):
            if n:
                style, _, pieces = runs[-1]
                own = self.faces.width(" ", style, size)
                pieces.append(f"<{self.faces.glyphs(' ', style)}>{-(line.space - own) / size * 1000:.2f}")
                if word[0].key and word[0].key == line.words[n - 1][-1].key:  # the link goes on over the space
                    starts[-1] = (starts[-1][0], starts[-1][1], at + line.space)
                at += line.space
            for fragment in word:
                if not runs or runs[-1][0] != fragment.style or runs[-1][1] != fragment.key:
                    runs.append((fragment.style, fragment.key, []))
                runs[-1][2].append(f"<{self.faces.glyphs(fragment.text, fragment.style)}>")
                wide = self.faces.width(fragment.text, fragment.style, size)
                if fragment.key:
                    if starts and starts[-1][0] == fragment.key and abs(starts[-1][2] - at) < 0.01:
                        starts[-1] = (fragment.key, starts[-1][1], at + wide)
                    else:
                        starts.append((fragment.key, at, at + wide))
                at += wide
        self.ops.append(f"BT 1 0 0 1 {x:.2f} {self.height - y:.2f} Tm")
        for style, key, pieces in runs:
            r, g, b = LINK if key else ink
            self.ops.append(f"/{style} {size:g} Tf {r:g} {g:g} {b:g} rg [{''.join(pieces)}] TJ")
        self.ops.append("ET")
        self.links += [(key, (x0, y - size * 0.78, x1, y + size * 0.22)) for key, x0, x1 in starts]

    def text(
        self,
        text: str,
        x: float,
        y: float,
        size: float,
        style: str = "R",
        ink: tuple[float, float, float] = INK,
        align: float = 0.0,
    ) -> None:
        """Writes plain text on one line; ``align`` 0 starts at x, 0.5 centres on it, 1 ends there."""
        x -= self.faces.width(text, style, size) * align
        words = tuple((Fragment(word, style),) for word in text.split(" "))
        self.line(Line(words, self.faces.width(" ", style, size)), x, y, size, ink)

    def rule(
        self, x0: float, y0: float, x1: float, y1: float, weight: float = 0.5, ink: tuple[float, float, float] = INK
    ) -> None:
        """Draws a straight line."""
        r, g, b = ink
        self.ops.append(
            f"{r:g} {g:g} {b:g} RG {weight:g} w {x0:.2f} {self.height - y0:.2f} m {x1:.2f} {self.height - y1:.2f} l S"
        )

    def box(
        self,
        x0: float,
        y0: float,
        x1: float,
        y1: float,
        fill: tuple[float, float, float],
        edge: tuple[float, float, float] = GREY,
    ) -> None:
        """Draws a filled rectangle with a thin edge."""
        colours = f"{fill[0]:g} {fill[1]:g} {fill[2]:g} rg {edge[0]:g} {edge[1]:g} {edge[2]:g} RG 0.6 w"
        self.ops.append(f"{colours} {x0:.2f} {self.height - y1:.2f} {x1 - x0:.2f} {y1 - y0:.2f} re B")
