"""Numbers that their sentences contradict: the sentence names the authors and the year of one other entry, and nobody of this one.

A paper may misprint a number, or have moved its list by one; whom the words name is whom they tell of.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from operator import attrgetter
from string import ascii_letters

from citegrid.core.language.script import narrow
from citegrid.core.reference import Mention, Reference

#: So many of the first authors must be named.
_NAMED = 2


def corrected(references: Sequence[Reference]) -> tuple[Reference, ...]:
    """``references`` with each mention at the entry that its sentence names, where the printed number is another's; in reading order."""
    mentions = [list(one.mentions) for one in references]
    for n, mention, right in list(_misprinted(references)):
        mentions[n].remove(mention)
        mentions[right].append(mention)
    return tuple(map(_with, references, mentions))


def _with(reference: Reference, mentions: list[Mention]) -> Reference:
    mentions.sort(key=lambda mention: (mention.spans[0].page, mention.spans[0].start))
    return replace(reference, mentions=tuple(mentions))


def _misprinted(references: Sequence[Reference]) -> Iterator[tuple[int, Mention, int]]:
    """The mentions at the wrong entry (by its place in the list), and the place of the right one."""
    for n, reference in enumerate(references):
        for mention in reference.mentions:
            said = narrow(mention.sentence).casefold()
            alone = not mention.beside and not _named(reference.authors, said)
            meant = [at for at, one in enumerate(references) if alone and _is_meant(one, mention, said)]
            yield from ((n, mention, at) for at in meant if len(meant) == 1)


def _is_meant(reference: Reference, mention: Mention, said: str) -> bool:
    """Whether the sentence of a mention names the first authors of an entry and its year, and does not cite it."""
    first = reference.authors[:_NAMED]
    told = str(reference.year) in said, len(first) == _NAMED == _named(first, said)
    return all(told) and mention.sentence not in map(attrgetter("sentence"), reference.mentions)


def _named(authors: Sequence[str], said: str) -> int:
    """How many authors are named in what is said, in small letters, by their family name as a word."""
    return sum(map(partial(_is_named, said), authors))


def _is_named(said: str, author: str) -> bool:
    family = author.partition(",")[0].strip().casefold()
    before, found, behind = said.partition(family or said)
    return len(found) > 1 and {before[-1:], behind[:1]}.isdisjoint(ascii_letters)
