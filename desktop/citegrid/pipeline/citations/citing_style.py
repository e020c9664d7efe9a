"""How a paper cites: each style is tried on all texts, and one table of weights chooses by how many entries it reaches.

A style is judged once for the whole paper; so ``[1]`` in an author-year paper, an interval or
a numbered equation does not become a citation.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cached_property, partial
from itertools import starmap

from citegrid.core.reference import Reference
from citegrid.pipeline.citations.author_page import author_page_citations
from citegrid.pipeline.citations.author_year import author_year_citations, cited_with_initials
from citegrid.pipeline.citations.hyperlinks import LinkHint, linked_entries, with_hints
from citegrid.pipeline.citations.keys import NameIndex, acronyms_in, index_names
from citegrid.pipeline.citations.labels import EntryLabels, labels_of
from citegrid.pipeline.citations.not_citations import is_operand, operands_of
from citegrid.pipeline.citations.numeric import (
    bracketed_keys,
    bracketed_numbers,
    round_numbers,
    superscript_numbers,
)
from citegrid.pipeline.citations.text_spans import CitingText, InTextCitation, merged, overlaps

#: The citations of each text.
Cited = Sequence[Sequence[InTextCitation]]


class CitingStyle(Enum):
    """How a paper cites."""

    BRACKETS = "[3]"
    KEYS = "[Smi+20]"
    NAMES = "(Smith, 2020)"
    RAISED = "³"
    ROUNDS = "(3)"
    NOTES = "a footnote"
    PAGES = "(Smith 42)"


@dataclass(frozen=True, slots=True)
class StyleWeights:
    """What speaks for a style beside the entries that it reaches, where these bear labels and where they do not.

    None: then it is none.  ``share`` is how many of the entries it must reach where they bear no labels; ``mixes`` says that
    a paper may have it beside another such style.
    """

    labelled: float | None
    unlabelled: float | None
    share: float = 0.0
    mixes: bool = False


#: An entry that is reached weighs 1, so that these decide between styles that reach as many.  A superscript or (3) that only
#: counts positions is a footnote or an equation.
WEIGHTS = {
    CitingStyle.BRACKETS: StyleWeights(0.6, 0.5, share=0.3, mixes=True),
    CitingStyle.KEYS: StyleWeights(0.5, 0.4, mixes=True),
    CitingStyle.NAMES: StyleWeights(0.4, 0.6, mixes=True),
    CitingStyle.RAISED: StyleWeights(0.3, None),
    CitingStyle.ROUNDS: StyleWeights(0.2, None),
    CitingStyle.NOTES: StyleWeights(0.1, 0.3),
    CitingStyle.PAGES: StyleWeights(None, 0.2, share=0.2),
}
#: A second style is believed when it cites this share of the entries that the first leaves out, and so many.
_SECOND_SHARE, _FEWEST = 0.2, 3
#: Styles whose numbers may be those of footnotes.
_LIKE_NOTES = (CitingStyle.BRACKETS, CitingStyle.RAISED, CitingStyle.ROUNDS)


@dataclass(frozen=True)
class StyleCandidate:
    """A style and what it would cite."""

    style: CitingStyle
    cited: Cited

    @cached_property
    def reached(self) -> frozenset[int]:
        """The entries that it cites."""
        return frozenset(citation.reference for citations in self.cited for citation in citations)

    def score(self, labelled: bool, entries: int) -> float | None:
        """What speaks for it in a paper with so many ``entries``; None where it is not believed."""
        weights = WEIGHTS[self.style]
        weight = weights.labelled if labelled else weights.unlabelled
        least = max(_FEWEST, weights.share * entries) if weights.share and not labelled else 0
        return len(self.reached) + weight if weight is not None and len(self.reached) >= least else None


def citations_of(
    texts: Sequence[CitingText], references: Sequence[Reference], hints: Sequence[Sequence[LinkHint]], by_notes: Cited
) -> list[list[InTextCitation]]:
    """The citations of each text in the style of this paper; ``by_notes`` are those at the marks of footnotes."""
    acronyms = frozenset(acronym for text in texts for acronym in acronyms_in(text.plain))
    labels, names = labels_of(references), index_names(references, acronyms)
    candidates = [
        *_by_labels(texts, labels, by_notes),
        StyleCandidate(CitingStyle.NAMES, _by_names(texts, names, hints)),
        StyleCandidate(CitingStyle.NOTES, by_notes),
    ]
    if not labels.printed:
        pages = [list(author_page_citations(text, names, references)) for text in texts]
        candidates.append(StyleCandidate(CitingStyle.PAGES, pages))
    chosen = choose_style(candidates, labels.printed, len(references))
    return [with_hints(t, c, h, references, names) for t, c, h in zip(texts, chosen, hints, strict=True)]


def choose_style(candidates: Sequence[StyleCandidate], labelled: bool, entries: int) -> list[list[InTextCitation]]:
    """The citations of the style with the highest score, and those of a second that it may be mixed with."""
    scores = [(score, c) for c in candidates if (score := c.score(labelled, entries)) is not None]
    _, first = max(scores, key=operator.itemgetter(0))
    chosen = list(map(list, first.cited))
    for _, second in scores:
        if second is not first and _is_mixed_in(second, first, entries):
            chosen = list(starmap(merged, zip(chosen, second.cited, strict=True)))
    return chosen


def _is_mixed_in(second: StyleCandidate, first: StyleCandidate, entries: int) -> bool:
    """Whether a paper cites in a second style, too: superscripts and round brackets beside another are something else."""
    if not (WEIGHTS[first.style].mixes and WEIGHTS[second.style].mixes):
        return False
    left = entries - len(first.reached)
    return len(second.reached - first.reached) >= max(_FEWEST, _SECOND_SHARE * left)


def _by_names(
    texts: Sequence[CitingText], names: NameIndex, hints: Sequence[Sequence[LinkHint]]
) -> list[list[InTextCitation]]:
    """Citations by names and year; read twice where initials tell namesakes apart."""

    def read(with_initials: Collection[int]) -> list[list[InTextCitation]]:
        return [
            list(author_year_citations(text, names, partial(linked_entries, of_text), with_initials))
            for text, of_text in zip(texts, hints, strict=True)
        ]

    found = read(())
    with_initials = cited_with_initials(texts, found)
    return read(with_initials) if with_initials else found


_READERS: Mapping[CitingStyle, Callable[[CitingText, EntryLabels], Iterable[InTextCitation]]] = {
    CitingStyle.BRACKETS: bracketed_numbers,
    CitingStyle.KEYS: bracketed_keys,
    CitingStyle.RAISED: superscript_numbers,
    CitingStyle.ROUNDS: round_numbers,
}


def _by_labels(texts: Sequence[CitingText], labels: EntryLabels, by_notes: Cited) -> Iterator[StyleCandidate]:
    """The styles that cite by numbers and keys; a number that calls a footnote is none of an entry."""
    for style, read in _READERS.items():
        if labels.printed or WEIGHTS[style].unlabelled is not None:
            found = [list(read(text, labels)) for text in texts]
            found = _without_operands(texts, found) if style is CitingStyle.BRACKETS else found
            yield StyleCandidate(style, _without(found, by_notes) if style in _LIKE_NOTES else found)


def _without_operands(texts: Sequence[CitingText], cited: Cited) -> list[list[InTextCitation]]:
    """``cited`` without the numbers in brackets with which the paper calculates."""
    operands = frozenset().union(*(operands_of(text.plain) for text in texts))
    return [
        [c for c in citations if not is_operand(text.plain, c.group, c.group_end, operands)]
        for text, citations in zip(texts, cited, strict=True)
    ]


def _without(cited: Cited, by_notes: Cited) -> list[list[InTextCitation]]:
    """``cited`` without what stands at the mark of a footnote."""
    return [
        [c for c in citations if not overlaps(c.start, c.end, marks)]
        for citations, marks in zip(cited, by_notes, strict=True)
    ]
