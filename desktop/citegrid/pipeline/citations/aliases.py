"""Short names that a paper gives to works: ``(Weiss et al. 2013, hereafter W13)``; a later ``W13`` cites the work too.

A paper also shortens other things in such words ("gravitational waves (Abbott 2016, hereafter GW)").  So a short name
is believed only where it looks like the work's: made of the author's initial, the number of a paper, in the
title, or printed right before the citation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from citegrid.core.reference import Reference
from citegrid.pipeline.citations.patterns import IBID, SHORT_NAMES
from citegrid.pipeline.citations.text_spans import CitingText, InTextCitation, overlaps

_BETWEEN = " \n,;()[]"
_PAPER = re.compile(r"Paper\s[IVX\d]+")
_MADE_OF_INITIALS = re.compile(r"[A-Z][A-Za-z&+]*(?:\d\d(?:\d\d)?[a-z]?)?")
#: A name before the bracket or at its beginning: "ALCE (Gao et al. 2023", "(ALCE, Gao et al. 2023".
_BEFORE, _REACH = r"(?<![A-Za-z0-9-]){}\s*[(\[,;:]?\s*$", 40
#: A short name is the whole of a word; "W13" is not in "W13b" or "W13-like".
_WHOLE = r"(?<![A-Za-zÀ-ÿ0-9_/-]){}(?![A-Za-zÀ-ÿ0-9_/-])"


@dataclass(frozen=True, slots=True)
class ShortName:
    """A short name of an entry, defined before character ``end`` of the text ``text``."""

    name: str
    reference: int
    text: int
    end: int


def with_short_names(
    texts: Sequence[CitingText], cited: Sequence[Sequence[InTextCitation]], references: Sequence[Reference]
) -> list[list[InTextCitation]]:
    """The citations of each text with the bare uses of short names behind their definition, in reading order."""
    result = list(map(list, cited))
    for short in _unambiguous(_defined(texts, cited, references)):
        pattern = re.compile(_WHOLE.format(re.escape(short.name).replace(r"\ ", r"\s+")))
        for n in range(short.text, len(texts)):
            for match in pattern.finditer(texts[n].plain, short.end if n == short.text else 0):
                a, b = match.span()
                if not overlaps(a, b, result[n]):
                    result[n].append(InTextCitation(a, b, short.reference, a, b, narrative=True))
    return [sorted(citations, key=lambda c: c.start) for citations in result]


def with_ibid(text: CitingText, citations: Sequence[InTextCitation]) -> list[InTextCitation]:
    """The citations of a text with each "(ibid., p. 9)", which means the only work of the citation before it."""
    result = list(citations)
    for match in IBID.finditer(text.plain):
        start, end = match.span()
        last = max((c for c in result if c.end <= start), key=lambda c: c.end, default=None)
        works = {c.reference for c in result if last is not None and c.group == last.group}
        if len(works) == 1 and not overlaps(start, end, result):
            result.append(InTextCitation(start, end, works.pop(), start, end))
    return sorted(result, key=lambda c: c.start)


def _unambiguous(found: Iterator[ShortName]) -> list[ShortName]:
    """The first definition of each short name; one that two works are given means neither."""
    by_name: dict[str, list[ShortName]] = {}
    for short in found:
        by_name.setdefault(short.name, []).append(short)
    return [same[0] for same in by_name.values() if len({s.reference for s in same}) == 1]


def _defined(
    texts: Sequence[CitingText], cited: Sequence[Sequence[InTextCitation]], references: Sequence[Reference]
) -> Iterator[ShortName]:
    """The short names that the texts define right behind a citation, in reading order."""
    for n, (text, citations) in enumerate(zip(texts, cited, strict=True)):
        for match in SHORT_NAMES.finditer(text.plain):
            names = list(filter(None, match.groups()))
            before = sorted((c for c in citations if c.end <= match.start()), key=lambda c: c.end)[-len(names) :]
            if len(before) < len(names) or text.plain[before[-1].end : match.start()].strip(_BETWEEN):
                continue
            for name, cited_before in zip(names, before, strict=True):
                name = " ".join(name.split())
                head = text.plain[max(0, cited_before.start - _REACH) : cited_before.start]
                if _is_its_own(name, head, references[cited_before.reference]):
                    yield ShortName(name, cited_before.reference, n, match.end())


def _is_its_own(name: str, before: str, reference: Reference) -> bool:
    """Whether the short name is one of the work and not of what the sentence speaks of."""
    word = re.escape(name)
    return bool(
        _PAPER.fullmatch(name)
        or re.search(_WHOLE.format(word), reference.title)
        or _is_made_of_author(name, reference)
        or re.search(_BEFORE.format(word), before)
    )


def _is_made_of_author(name: str, reference: Reference) -> bool:
    """Whether a short name is made of initials of the authors, and of the year where it is longer than they are many."""
    family = reference.first_author.split(",")[0].split()[-1:]
    if not family or name[0] != family[0][0].upper() or not _MADE_OF_INITIALS.fullmatch(name):
        return False
    dated = reference.year is not None and name.endswith(f"{reference.year % 100:02d}")
    return dated or len(name) <= len(reference.authors) + 1
