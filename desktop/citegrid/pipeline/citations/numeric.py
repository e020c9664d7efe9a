"""Citations by number or key: ``[3, 5–8]``, ``[3]–[5]``, ``(3,4)``, superscripts, ``[Smi+20]``, ``张三等[3]``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from citegrid.pipeline.citations.labels import EntryLabels, bare_label
from citegrid.pipeline.citations.not_citations import (
    is_bracket_without_citation,
    is_raised_without_citation,
    is_round_without_citation,
)
from citegrid.pipeline.citations.patterns import (
    BETWEEN_BRACKETS,
    BRACKET,
    KEYS,
    ON_THE_LINE,
    ONE_OF_SEVERAL,
    ONE_RANGE,
    RAISED,
    ROUND,
    SEVERAL,
)
from citegrid.pipeline.citations.text_spans import CitingText, InTextCitation, merged

#: A widest range that somebody would cite in one go.
_WIDEST = 60
_KEY = re.compile(r"[^,;]+")
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class NumberBracket:
    """A bracket, characters ``start`` to ``end`` of a text, and the citations in it."""

    start: int
    end: int
    citations: tuple[InTextCitation, ...]

    @property
    def whole(self) -> tuple[InTextCitation, ...]:
        """Its citations; one that stands there alone takes the bracket with it."""
        if len({c.reference for c in self.citations}) > 1:
            return self.citations
        return tuple(replace(c, start=self.start, end=self.end) for c in self.citations[:1])


def bracketed_numbers(text: CitingText, labels: EntryLabels) -> Iterator[InTextCitation]:
    """``[3, 5–8]`` and chains such as ``[3]–[5]`` or ``[3], [4]``."""
    found = {b.start: b for b in _located(text, labels)}
    for match in brackets_with_numbers(text):
        citations = tuple(_numbers(match, text, labels))
        if citations:
            found[match.start()] = NumberBracket(match.start(), match.end(), citations)
    for chain in _chains([found[start] for start in sorted(found)], text.plain):
        parts = list(chain[0].whole)
        for before, after in pairwise(chain):
            parts += [*_range_between(before, after, text, labels), *after.whole]
        for part in parts:
            yield replace(part, group=chain[0].start, group_end=chain[-1].end)


def brackets_with_numbers(text: CitingText) -> Iterator[re.Match[str]]:
    """Numbers in square brackets that may be a citation, whatever the list has; the group is the numbers alone."""
    return (m for m in BRACKET.finditer(text.plain) if not is_bracket_without_citation(text.plain, m))


def _located(text: CitingText, labels: EntryLabels) -> Iterator[NumberBracket]:
    """``[15, Theorem 5.3; 16, Lemma 2]``: brackets with a place in each work."""
    for match in SEVERAL.finditer(text.plain):
        each = ONE_OF_SEVERAL.finditer(text.plain, match.start() + 1, match.end())
        citations = tuple(c for one in each for c in _numbers(one, text, labels))
        if citations:
            yield NumberBracket(match.start(), match.end(), citations)


def _chains(brackets: Sequence[NumberBracket], text: str) -> Iterator[list[NumberBracket]]:
    """Brackets with nothing but a comma, a dash or "and" between them belong together."""
    chain: list[NumberBracket] = []
    for bracket in brackets:
        if chain and not BETWEEN_BRACKETS.fullmatch(text, chain[-1].end, bracket.start):
            yield chain
            chain = []
        chain.append(bracket)
    if chain:
        yield chain


def _range_between(
    before: NumberBracket, after: NumberBracket, text: CitingText, labels: EntryLabels
) -> Iterator[InTextCitation]:
    """The entries between ``[3]`` and ``[5]`` of ``[3]–[5]``; they stand on the whole range."""
    if text.plain[before.end : after.start].strip() != "-":
        return
    low = int(_DIGITS.findall(text.plain[before.start : before.end])[-1])
    high = int(_DIGITS.findall(text.plain[after.start : after.end])[0])
    if not low < high <= low + _WIDEST:
        return
    place = _place(text, before.start)
    for number in range(low + 1, high):
        if number in labels.numbers:
            entry = labels.entry(labels.numbers[number], place)
            yield InTextCitation(before.start, after.end, entry, before.start, after.end, numbered=True)


def _in_rounds(text: CitingText, labels: EntryLabels) -> Iterator[InTextCitation]:
    for match in ROUND.finditer(text.plain):
        if is_round_without_citation(text.plain, match):
            continue
        citations = tuple(_numbers(match, text, labels))
        alone = len({c.reference for c in citations}) == 1
        yield from NumberBracket(match.start(), match.end(), citations).whole if alone else citations


def _superscripts(text: CitingText, labels: EntryLabels) -> Iterator[InTextCitation]:
    for start, end in text.raised:
        run = text.plain[start:end].rstrip(" \n")
        match = RAISED.fullmatch(text.plain, start, start + len(run))
        if match is not None and not is_raised_without_citation(text.plain, start, end):
            yield from _numbers(match, text, labels)


def _on_the_line(text: CitingText, labels: EntryLabels) -> Iterator[InTextCitation]:
    """``ref. 12`` and ``refs 3-5`` in a paper that cites by superscripts or round brackets."""
    for match in ON_THE_LINE.finditer(text.plain):
        for citation in _numbers(match, text, labels):
            yield replace(citation, group=match.start(1), narrative=True)


def round_numbers(text: CitingText, labels: EntryLabels) -> list[InTextCitation]:
    """``(3,4)`` and ``refs 3-5``; not the numbers of equations, figures and steps."""
    return merged(list(_in_rounds(text, labels)), list(_on_the_line(text, labels)))


def superscript_numbers(text: CitingText, labels: EntryLabels) -> list[InTextCitation]:
    """Superscripts and ``refs 3-5``; not exponents, footnote marks or isotopes."""
    return merged(list(_superscripts(text, labels)), list(_on_the_line(text, labels)))


def bracketed_keys(text: CitingText, labels: EntryLabels) -> Iterator[InTextCitation]:
    """``[Smi+20, Knu84]``: keys that the list uses."""
    for match in KEYS.finditer(text.plain) if labels.keys else ():
        citations = tuple(_keys(match, text, labels))
        yield from NumberBracket(match.start(), match.end(), citations).whole if len(citations) == 1 else citations


def _keys(match: re.Match[str], text: CitingText, labels: EntryLabels) -> Iterator[InTextCitation]:
    """The entries of the keys in a bracket."""
    place = _place(text, match.start())
    for item in _KEY.finditer(text.plain, match.start(1), match.end(1)):
        key = bare_label(item.group().replace("-\n", "")).casefold()
        if key in labels.keys:
            start = item.end() - len(item.group().lstrip())
            end = start + len(item.group().strip())
            entry = labels.entry(labels.keys[key], place)
            yield InTextCitation(start, end, entry, match.start(), match.end(), numbered=True)


def _numbers(match: re.Match[str], text: CitingText, labels: EntryLabels) -> Iterator[InTextCitation]:
    """The entries of a list of numbers; nothing when one of them is 0 or higher than any label."""
    place = _place(text, match.start())
    ranges = [(one, *_bounds(one)) for one in ONE_RANGE.finditer(match.string, match.start(1), match.end(1))]
    if any(not 0 < low <= high <= min(labels.last, low + _WIDEST) for _, low, high in ranges):
        return
    for one, low, high in ranges:
        for number in range(low, high + 1):
            if number in labels.numbers:
                start, end = _printed(one, number, low, high)
                entry = labels.entry(labels.numbers[number], place)
                yield InTextCitation(start, end, entry, match.start(), match.end(), numbered=True)


def _bounds(one: re.Match[str]) -> tuple[int, int]:
    """The first and the last number of a range: ``123–5`` ends at 125."""
    low, high = one["low"], one["high"] or one["low"]
    if int(high) < int(low) and len(high) < len(low):
        high = low[: -len(high)] + high
    return int(low), int(high)


def _printed(one: re.Match[str], number: int, low: int, high: int) -> tuple[int, int]:
    """The characters of a number of a range: its own at the ends, the whole range between them."""
    if one["high"] and number == low:
        return one.start(), one.end("letter")
    if one["high"] and number == high:
        return one.start("high"), one.end()
    return one.span()


def _place(text: CitingText, at: int) -> tuple[int, int]:
    spans = text.flow.spans(at, at + 1)
    first = text.flow.pieces[0]
    return (spans[0].page, spans[0].start) if spans else (first.page, first.at)
