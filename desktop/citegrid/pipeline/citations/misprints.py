"""Numbers that their sentences contradict: the sentence names the authors and the year of one other entry, and nobody of this one.

A paper may misprint a number, or have moved its list by one; whom the words name is whom they tell of.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from citegrid.core.language.script import narrow
from citegrid.core.reference import Mention, Reference

#: So many of the first authors must be named, and each by so many letters.
_NAMED, _LETTERS = 2, 3


def corrected(references: Sequence[Reference]) -> tuple[Reference, ...]:
    """``references`` with each mention at the entry that its sentence names, where the printed number is another's."""
    meant = {
        (n, mention): right
        for n, reference in enumerate(references)
        for mention in reference.mentions
        if (right := _meant(mention, reference, references)) is not None
    }
    if not meant:
        return tuple(references)
    moved = [
        replace(one, mentions=tuple(m for m in one.mentions if (n, m) not in meant)) for n, one in enumerate(references)
    ]
    for (_, mention), right in meant.items():
        mentions = sorted((*moved[right].mentions, mention), key=lambda m: (m.spans[0].page, m.spans[0].start))
        moved[right] = replace(moved[right], mentions=tuple(mentions))
    return tuple(moved)


def _meant(mention: Mention, reference: Reference, references: Sequence[Reference]) -> int | None:
    """The one entry that the sentence of a mention names instead of the one whose number it prints; None where the number may be right."""
    said = narrow(mention.sentence)
    if mention.beside or _names_any(said, reference):
        return None
    dated = ((n, one) for n, one in enumerate(references) if str(one.year) in said)
    named = [n for n, one in dated if _names_first(said, one) and not _is_cited_in(mention.sentence, one)]
    return named[0] if len(named) == 1 else None


def _is_cited_in(sentence: str, reference: Reference) -> bool:
    return any(mention.sentence == sentence for mention in reference.mentions)


def _names_any(said: str, reference: Reference) -> bool:
    return any(_is_named(author, said) for author in reference.authors)


def _names_first(said: str, reference: Reference) -> bool:
    """Whether the first authors of an entry are named."""
    first = reference.authors[:_NAMED]
    return len(first) == _NAMED and all(_is_named(author, said, _LETTERS) for author in first)


def _is_named(author: str, said: str, least: int = 1) -> bool:
    family = author.partition(",")[0].strip()
    return len(family) >= least and re.search(rf"(?<![A-Za-z]){re.escape(family)}(?![A-Za-z])", said, re.I) is not None
