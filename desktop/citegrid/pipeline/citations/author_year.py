"""Citations by names and year: ``(Smith et al., 2020a,b; Jones, 2019)``, ``Smith and Jones (2020)``, ``张三等（2020）``.

The year is found first; the names before it are then read backwards and held
against the entries of that year, so that only a work of the list is cited.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from citegrid.pipeline.citations.author_year_match import (
    BETWEEN_PARTED,
    AuthorYearCandidate,
    YearMatch,
    asian_candidates,
    candidates_of,
    choose,
    rivals,
)
from citegrid.pipeline.citations.keys import NameIndex
from citegrid.pipeline.citations.patterns import CITED_YEAR, INITIAL, ONLY_LEAD_IN, SAME_AUTHORS
from citegrid.pipeline.citations.text_spans import CitingText, InTextCitation

_BRACKETS = re.compile(r"[()\[\]]")
_LETTER = re.compile(r"\b[a-z]\b|^[a-z]")
#: As many characters before a year as a list of names may take.
_REACH = 240
#: A bracket that is still open after so many characters was never closed; one without an end is taken to be so long.
_LONGEST_BRACKET, _UNCLOSED = 1500, 300

#: The entries that hyperlinks name for a stretch of characters.
Linked = Callable[[int, int], set[int]]


@dataclass(frozen=True, slots=True)
class NamePlace:
    """The characters before a year that may hold its names, and whether the citation is narrative.

    ``lowest`` is before ``low`` where a semicolon parts the names from what stands before; ``bracket`` is where the bracket
    of the citation opens, -1 where there is none.
    """

    low: int
    high: int
    bracket: int
    narrative: bool
    lowest: int


@dataclass(frozen=True, slots=True)
class _CitedYear:
    """The years of the same authors that were read last: where their names stand, where the years end and the group begins."""

    place: NamePlace
    end: int
    group: int


def _no_links(start: int, end: int) -> set[int]:
    return set()


def cited_with_initials(texts: Sequence[CitingText], cited: Sequence[Sequence[InTextCitation]]) -> frozenset[int]:
    """The entries that a paper cites with an initial of their author, so that a bare name means a namesake."""
    return frozenset(
        citation.reference
        for text, citations in zip(texts, cited, strict=True)
        for citation in citations
        if INITIAL.search(text.plain, citation.start, citation.end)
    )


def author_year_citations(
    text: CitingText, names: NameIndex, linked: Linked = _no_links, with_initials: Collection[int] = ()
) -> Iterator[InTextCitation]:
    """Citations by names and year, in reading order.

    ``linked`` gives the entries that hyperlinks name for a stretch of characters; they decide between like entries.
    ``with_initials`` are entries that the text cites with initials elsewhere.
    """
    brackets = _brackets(text.plain)
    last: _CitedYear | None = None
    last_year = 0
    for match in CITED_YEAR.finditer(text.plain):
        bracket, close = _enclosing(brackets, match.start())
        chained = last if last and _goes_on(last, bracket, text.plain, match.start()) else None
        place = chained.place if chained else _place_of_names(text.plain, match.start(), bracket, last_year)
        works = list(_works(match, place, names, chained is not None, linked, with_initials)) if place else []
        last = _cited(match, place, works, chained) if place and works else None
        last_year = match.end()
        if last is not None:
            yield from _grouped(works, last, close + 1 if bracket >= 0 else match.end())


def _cited(
    match: re.Match[str], place: NamePlace, works: Sequence[InTextCitation], chained: _CitedYear | None
) -> _CitedYear:
    """What was read of a year; its group is that of the year before of the same authors."""
    return _CitedYear(place, match.end(), chained.group if chained else _group(place, works[0]))


def _grouped(works: Sequence[InTextCitation], cited: _CitedYear, end: int) -> Iterator[InTextCitation]:
    """The works of a year with the group that they belong to, up to ``end``."""
    for work in works:
        yield replace(work, group=cited.group, group_end=end, narrative=cited.place.narrative)


def _goes_on(last: _CitedYear, bracket: int, text: str, at: int) -> bool:
    """Whether the year at ``at`` is another one of the authors that were read last."""
    return last.place.bracket == bracket and bool(SAME_AUTHORS.fullmatch(text, last.end, at))


def _group(place: NamePlace, first: InTextCitation) -> int:
    """Where the bracket of a parenthetical citation opens, or a narrative one begins."""
    return place.bracket if place.bracket >= 0 and not place.narrative else first.start


def _brackets(text: str) -> list[tuple[int, int]]:
    """``(open, close)`` of each pair of brackets; one that is not closed ends where it has become too long."""
    opened: list[int] = []
    pairs: list[tuple[int, int]] = []
    for match in _BRACKETS.finditer(text):
        if match.group() in "([":
            opened.append(match.start())
        elif opened:
            pairs.append((opened.pop(), match.start()))
    pairs += [(at, min(len(text), at + _UNCLOSED)) for at in opened]
    return sorted(p for p in pairs if p[1] - p[0] < _LONGEST_BRACKET)


def _enclosing(brackets: Sequence[tuple[int, int]], at: int) -> tuple[int, int]:
    """The innermost bracket around ``at``; (-1, -1) when there is none."""
    first = bisect_left(brackets, (at - _LONGEST_BRACKET, 0))
    behind = bisect_left(brackets, (at, 0))
    return next((pair for pair in reversed(brackets[first:behind]) if pair[1] >= at), (-1, -1))


def _place_of_names(text: str, at: int, bracket: int, last_year: int) -> NamePlace | None:
    """Where the names of the year at ``at`` are to be looked for; None where another year took them."""
    if bracket < 0:
        low = max(last_year, at - _REACH)
        return NamePlace(low, at, -1, True, low)
    lowest = max(last_year, bracket + 1, at - _REACH)
    low = max(lowest, text.rfind(";", lowest, at) + 1)
    within = text[low:at]
    if any(map(str.isalpha, within)) and not ONLY_LEAD_IN.fullmatch(within):
        return NamePlace(low, at, bracket, False, lowest)
    if last_year > bracket:
        return None
    low = max(last_year, bracket - _REACH)
    return NamePlace(low, bracket, bracket, True, low)


def _works(
    match: re.Match[str],
    place: NamePlace,
    names: NameIndex,
    chained: bool,
    linked: Linked,
    with_initials: Collection[int],
) -> Iterator[InTextCitation]:
    """The works of one year: one for each of its letters.  The first holds the names, too, unless they stood before another year."""
    years = set(map(int, filter(None, match.group("year", "other"))))
    candidates = rivals(_candidates(match.string, place, names, years))
    from_names = not chained
    for letter, start, end in _letters(match) if candidates else ():
        begin = min(c.start for c in candidates) if from_names else start
        best = choose(candidates, letter, linked(begin, end), with_initials)
        if best is not None:
            yield InTextCitation(best.start if from_names else start, end, best.entry.index, 0, 0)
            from_names = False


def _candidates(text: str, place: NamePlace, names: NameIndex, years: Collection[int]) -> list[AuthorYearCandidate]:
    """The entries that the names before a year may mean; where it is authors that semicolons part, those beyond them."""
    found = [
        *candidates_of(text, place.low, place.high, names, years),
        *asian_candidates(text, place.low, place.high, names, years),
    ]
    if found or place.lowest == place.low:
        return found
    wider = candidates_of(text, place.lowest, place.high, names, years, BETWEEN_PARTED)
    return [c for c in wider if c.year is not YearMatch.NEAR]


def _letters(match: re.Match[str]) -> list[tuple[str, int, int]]:
    """``(letter, start, end)`` of each work of a year: ``2020a,b`` are two, ``2020a-c`` three."""
    if not match["letters"]:
        return [("", match.start(), match.end())]
    base = match.start("letters")
    found = [(m.group(), base + m.start(), base + m.end()) for m in _LETTER.finditer(match["letters"])]
    result = [(found[0][0], match.start(), found[0][2])]
    for (before, start, end), (letter, at, close) in pairwise(found):
        if letter in (known for known, *_ in result):
            break  # "2020a, a review"
        if "-" in match.string[end:at]:
            result += [(chr(c), start, close) for c in range(ord(before) + 1, ord(letter))]
        result.append((letter, at, close))
    return result
