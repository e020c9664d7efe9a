"""Short names that a paper gives to works: ``(Weiss et al. 2013, hereafter W13)``; a later ``W13`` cites the work too.

A paper also shortens other things in such words ("gravitational waves (Abbott 2016, hereafter GW)").  So a short name
is believed only where it looks like the work's: made of the author's initial, the number of a paper, in the
title, or printed right before the citation.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from citegrid.core.reference import Reference
from citegrid.pipeline.citations.text_spans import Part, Stretch

_NAMING = re.compile(
    r"(?:\b(?:here(?:in)?after|henceforth|from now on)\b,?\s*(?:(?:referred to|abbreviated|denoted|known)\s+as|called|simply)?"
    r"|(?:以下|下文)?简称(?:为|作)?|[以]?下称)\s*:?\s*"
    r"(?:[“\"'‘](?P<quoted>[^“”\"'’]{2,30})[”\"'’]|(?P<bare>Paper\s[IVX]+|[A-Z][A-Za-z0-9&+-]{0,14}[A-Z0-9])(?![A-Za-z0-9]))"
)
_BETWEEN = re.compile(r"[\s,;()\[\]]*")
_PAPER = re.compile(r"Paper\s[IVX\d]+")
#: A name before the bracket or at its beginning: "ALCE (Gao et al. 2023", "(ALCE, Gao et al. 2023".
_BEFORE = r"(?<![A-Za-z0-9-]){}\s*[(\[,;:]?\s*$"
#: A short name is the whole of a word; "W13" is not in "W13b" or "W13-like".
_WHOLE = r"(?<![A-Za-zÀ-ÿ0-9_/-]){}(?![A-Za-zÀ-ÿ0-9_/-])"


def with_aliases(
    texts: Sequence[Stretch], cited: Sequence[Sequence[Part]], references: Sequence[Reference]
) -> list[list[Part]]:
    """The citations of each text with the bare uses of short names behind their definition, in reading order."""
    result = [list(parts) for parts in cited]
    for alias, (entry, text, end) in _defined(texts, cited, references).items():
        pattern = re.compile(_WHOLE.format(re.escape(alias).replace(r"\ ", r"\s+")))
        for n in range(text, len(texts)):
            for match in pattern.finditer(texts[n].plain, end if n == text else 0):
                a, b = match.span()
                if not any(p.start < b and a < p.end for p in result[n]):
                    result[n].append(Part(a, b, entry, a, b, narrative=True))
    return [sorted(parts, key=lambda p: p.start) for parts in result]


def _defined(
    texts: Sequence[Stretch], cited: Sequence[Sequence[Part]], references: Sequence[Reference]
) -> dict[str, tuple[int, int, int]]:
    """Short name to ``(entry, text, character behind the definition)``; one that two works are given means neither."""
    found: dict[str, tuple[int, int, int]] = {}
    twice: set[str] = set()
    for n, (text, parts) in enumerate(zip(texts, cited, strict=True)):
        for match in _NAMING.finditer(text.plain):
            alias = " ".join((match["quoted"] or match["bare"]).split())
            last = max((p for p in parts if p.end <= match.start()), key=lambda p: p.end, default=None)
            if last is None or not _BETWEEN.fullmatch(text.plain, last.end, match.start()):
                continue
            if not _is_its_own(alias, text.plain, last, references[last.reference]):
                continue
            if alias in found and found[alias][0] != last.reference:
                twice.add(alias)
            found.setdefault(alias, (last.reference, n, match.end()))
    return {alias: where for alias, where in found.items() if alias not in twice}


def _is_its_own(alias: str, text: str, part: Part, reference: Reference) -> bool:
    """Whether the short name is one of the work and not of what the sentence speaks of."""
    word = re.escape(alias)
    if _PAPER.fullmatch(alias) or re.search(_WHOLE.format(word), reference.title):
        return True
    family = reference.authors[0].split(",")[0].split()[-1:] if reference.authors else []
    initial = bool(family) and alias[0] == family[0][0].upper()
    dated = reference.year is not None and alias.endswith(f"{reference.year % 100:02d}")
    letters = re.fullmatch(r"[A-Z][A-Za-z&+]*(?:\d\d(?:\d\d)?[a-z]?)?", alias)
    if initial and letters and (dated or len(alias) <= len(reference.authors) + 1):
        return True
    return bool(re.search(_BEFORE.format(word), text[max(0, part.start - 40) : part.start]))
