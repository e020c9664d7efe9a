"""Citations by names and year: ``(Smith et al., 2020a,b; Jones, 2019)``, ``Smith and Jones (2020)``, ``张三等（2020）``.

The year is found first; the names before it are then read backwards and held
against the entries of that year, so that only a work of the list is cited.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace

from citegrid.pipeline.citations.author_year_match import SOFTER, asian_fits, best_of, fits_of
from citegrid.pipeline.citations.keys import Names
from citegrid.pipeline.citations.text_spans import Part, Stretch

_YEAR = re.compile(
    r"(?<![A-Za-z0-9/-])(?<!\d\.)(?P<year>(?:1[5-9]|20)\d\d)(?:/(?P<other>(?:1[5-9]|20)\d\d))?"
    r"(?P<letters>[a-z](?![a-zA-Z])(?:\s*(?:,|/|&|-|and\b)\s*[a-z](?![a-zA-Z.]))*)?(?!\d)"
    r"|\b(?P<none>n\.\s?d\.|in\s+press|forthcoming|to\s+appear|submitted|in\s+prep(?:aration|\.))",
)
_SAME_AUTHORS = re.compile(r"[\s,;&]*(?:and|und|et|和|与|及)?\s*")
#: As many characters before a year as a list of names may take.
_REACH = 240
#: A bracket that is still open after so many characters was never closed.
_LONGEST_BRACKET = 1500


@dataclass(frozen=True, slots=True)
class _Before:
    """The text before a year that may hold names, and how the citation is set.

    ``lowest`` is before ``low`` where a semicolon parts the names from what stands before.
    """

    low: int
    high: int
    bracket: int
    narrative: bool
    lowest: int = 0
    end: int = 0
    group: int = -1


def by_name(
    stretch: Stretch,
    names: Names,
    hinted: Callable[[int, int], set[int]] = lambda a, b: set(),
    told_apart: Collection[int] = (),
) -> Iterator[Part]:
    """Citations by names and year, in reading order.

    ``hinted`` gives the entries that hyperlinks name for a stretch of characters; they decide between like entries.
    ``told_apart`` are entries that the text cites with initials elsewhere, so that a bare name means a namesake.
    """
    text = stretch.plain
    brackets = _brackets(text)
    last: _Before | None = None
    last_year = 0
    for match in _YEAR.finditer(text):
        at = match.start()
        bracket, close = _enclosing(brackets, at)
        chained = last is not None and last.bracket == bracket and bool(_SAME_AUTHORS.fullmatch(text, last.end, at))
        before = last if chained and last is not None else _before(text, at, bracket, last_year)
        last_year = match.end()
        parts = list(_parts(match, before, names, text, chained, hinted, told_apart)) if before is not None else []
        if not parts or before is None:
            last = None
            continue
        group = before.group if chained else bracket if bracket >= 0 and not before.narrative else parts[0].start
        end = close + 1 if bracket >= 0 else match.end()
        last = replace(before, end=match.end(), group=group)
        for part in parts:
            yield replace(part, group=group, group_end=end, narrative=before.narrative)


def _brackets(text: str) -> list[tuple[int, int]]:
    """``(open, close)`` of each pair of brackets; one that is not closed ends where it has become too long."""
    stack: list[int] = []
    pairs: list[tuple[int, int]] = []
    for match in re.finditer(r"[()\[\]]", text):
        if match.group() in "([":
            stack.append(match.start())
        elif stack:
            pairs.append((stack.pop(), match.start()))
    pairs += [(at, min(len(text), at + 300)) for at in stack]
    return sorted(p for p in pairs if p[1] - p[0] < _LONGEST_BRACKET)


def _enclosing(brackets: list[tuple[int, int]], at: int) -> tuple[int, int]:
    """The innermost bracket around ``at``; (-1, -1) when there is none."""
    best = (-1, -1)
    for i in range(bisect_left(brackets, (at - _LONGEST_BRACKET, 0)), len(brackets)):
        if brackets[i][0] >= at:
            break
        if brackets[i][1] >= at:
            best = brackets[i]
    return best


def _before(text: str, at: int, bracket: int, last_year: int) -> _Before | None:
    if bracket < 0:
        low = max(last_year, at - _REACH)
        return _Before(low, at, -1, True, low)
    lowest = max(last_year, bracket + 1, at - _REACH)
    low = max(lowest, text.rfind(";", lowest, at) + 1)
    if any(c.isalpha() for c in text[low:at]) and not re.fullmatch(r"\s*(?:see|e\.g\.|cf\.|[,\s])+", text[low:at]):
        return _Before(low, at, bracket, False, lowest)
    if last_year > bracket:
        return None
    low = max(last_year, bracket - _REACH)
    return _Before(low, bracket, bracket, True, low)


def _parts(
    match: re.Match[str],
    before: _Before,
    names: Names,
    text: str,
    chained: bool,
    hinted: Callable[[int, int], set[int]],
    told_apart: Collection[int],
) -> Iterator[Part]:
    year = int(match["year"]) if match["year"] else None
    other = int(match["other"]) if match["other"] else None
    fits = [
        *fits_of(text, before.low, before.high, names, year, other),
        *asian_fits(text, before.low, before.high, names, year),
    ]
    if not fits and before.lowest < before.low:
        wider = fits_of(text, before.lowest, before.high, names, year, other, SOFTER)
        fits = [f for f in wider if not f.near]
    exact = [f for f in fits if not f.near]
    fits = exact or (fits if len(fits) == 1 else [])  # a wrong year is forgiven where only one entry can be meant
    if not fits:
        return
    fits = [replace(f, score=f.score - 0.5) if f.entry.index in told_apart and not f.initialled else f for f in fits]
    first = True
    for letter, start, end in _letters(match):
        from_names = min(f.start for f in fits) if first and not chained else start
        best = best_of(fits, letter, hinted(from_names, end))
        if best is None:
            continue
        yield Part(best.start if first and not chained else start, end, best.entry.index, 0, 0)
        first = False


def _letters(match: re.Match[str]) -> list[tuple[str, int, int]]:
    """``(letter, start, end)`` of each work of a year: ``2020a,b`` are two, ``2020a-c`` three."""
    if not match["letters"]:
        return [("", match.start(), match.end())]
    found = [
        (m.group(), match.start("letters") + m.start(), match.start("letters") + m.end())
        for m in re.finditer(r"\b[a-z]\b|^[a-z]", match["letters"])
    ]
    result: list[tuple[str, int, int]] = []
    for i, (letter, start, end) in enumerate(found):
        if i and letter <= found[i - 1][0]:
            break
        between = match.string[found[i - 1][2] : start] if i else ""
        if "-" in between:
            result += [(chr(c), found[i - 1][1], end) for c in range(ord(found[i - 1][0]) + 1, ord(letter))]
        result.append((letter, match.start() if i == 0 else start, end))
    return result
