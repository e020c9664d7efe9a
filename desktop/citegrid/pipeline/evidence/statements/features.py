"""What the classifier sees of a sentence: names of features, each there or not.

Words and neighbouring words of the sentence (single ideographs in Chinese, so that pairs and triples of them stand for words),
its first words, the words around the marked citation, the sentences beside it, its section and place, and what the cue phrases
of ``citation_markers`` say of it.  Figures and years are one word each.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from citegrid.core.language.script import HAN
from citegrid.core.statement import Line
from citegrid.pipeline.evidence import citation_markers, patterns
from citegrid.pipeline.evidence.patterns import OTHER, TARGET

#: Words beside the marked citation, of the sentences before and behind, and of the section's name that are looked at.
AROUND, BEFORE, BEHIND, OF_SECTION = 4, 25, 12, 4
#: Places of a sentence in the paper, of a citation in its sentence; characters by which lengths are told apart, and how many.
PLACES, COARSE, WITHIN, LENGTH, LENGTHS = 10, 5, 10, 25, 12
_WORD = re.compile(rf"{TARGET}|{OTHER}|[{HAN}]|[a-z]+(?:’[a-z]+)?|\d+(?:[.,]\d+)*%?|[^\sa-z\d{HAN}]")
#: How the years begin in which the works that papers cite have appeared.
_CENTURIES = ("19", "20")
#: Marks in small letters would be words like any other.
_MARKS = {TARGET.casefold(): TARGET, OTHER.casefold(): OTHER}
_CUES = (
    citation_markers.is_part_of_it,
    citation_markers.speaks_of_citing,
    citation_markers.speaks_of_another,
    citation_markers.is_example,
)


def features_of(line: Line) -> frozenset[str]:
    """The names of a line's features."""
    words = words_of(line.shown)
    marked = _marked(line)
    found = {f"{n}:{' '.join(gram)}" for n in (1, 2, 3) for gram in _grams(words, n)}
    found.update(f"^{' '.join(words[:n])}" for n in (1, 2, 3, 4))
    found.update(_around(words))
    found.update(_citations(words, marked))
    found.update(_beside(line))
    found.update(_place(line, marked))
    found.update(f"cue:{cue.__name__}" for cue in _CUES if TARGET in line.shown and cue(line.shown))
    return frozenset(found)


def words_of(text: str) -> list[str]:
    """The words of a text in small letters; a share, a year and any other figure stand for all of their kind."""
    folded = text.casefold()
    for small, mark in _MARKS.items():
        folded = folded.replace(small, mark)
    return list(map(_kept, _WORD.findall(folded)))


def _kept(word: str) -> str:
    if not word[0].isdigit():
        return word
    return "0%" if word.endswith("%") else "0000" if _is_year(word) else "0"


def _is_year(word: str) -> bool:
    return len(word) == 4 and word.isdigit() and word.startswith(_CENTURIES)


def _grams(words: Sequence[str], n: int) -> Iterator[Sequence[str]]:
    return (words[i : i + n] for i in range(len(words) - n + 1))


def _marked(line: Line) -> str:
    """How the work in question stands in the sentence: marked, gone on about, or not at all."""
    return "T" if TARGET in line.shown else ">" if line.goes_on else "-"


def _around(words: Sequence[str]) -> Iterator[str]:
    """The words before and behind the marked citation, by their distance."""
    for at in [i for i, word in enumerate(words) if word == TARGET][:2]:
        for distance in range(-AROUND, AROUND + 1):
            if distance and 0 <= at + distance < len(words):
                yield f"t{distance}:{words[at + distance]}"
        yield f"t<:{' '.join(words[max(0, at - 2) : at])}"
        yield f"t>:{' '.join(words[at + 1 : at + 3])}"
        yield f"t@{min(WITHIN - 1, WITHIN * at // len(words))}"
        yield from ("t early",) * (at <= AROUND + 2)
        yield from ("t late",) * (at >= len(words) - 3)


def _citations(words: Sequence[str], marked: str) -> Iterator[str]:
    targets, others = min(2, words.count(TARGET)), min(3, words.count(OTHER))
    yield from (f"marked {marked}", f"targets {targets}", f"targets {targets} others {others}")


def _beside(line: Line) -> Iterator[str]:
    yield from (f"b:{word}" for word in words_of(line.before)[-BEFORE:])
    yield from (f"a:{word}" for word in words_of(line.behind)[:BEHIND])
    yield from ("first",) * (not line.before)


def _place(line: Line, marked: str) -> Iterator[str]:
    section = words_of(line.section)
    yield from (f"s:{word}" for word in section)
    yield f"s::{' '.join(section[:OF_SECTION])}"
    yield f"p{min(PLACES - 1, int(line.place * PLACES))}"
    yield f"{marked}p{min(COARSE - 1, int(line.place * COARSE))}"
    yield f"n{min(LENGTHS, len(line.shown) // LENGTH)}"
    yield from ("abstract",) * bool(patterns.ABSTRACT.search(line.section))
    yield f"own {patterns.OWN.search(line.shown) is not None} {marked}"
    yield f"ends {line.shown[-1:]}"
    yield f"begins {'A' if line.shown[:1].isupper() else 'a' if line.shown[:1].islower() else '0'}"
