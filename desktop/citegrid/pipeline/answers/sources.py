"""The shelf: all sentences of papers and library documents, found again by what they say, in either language."""

from __future__ import annotations

import heapq
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from citegrid.core.evidence import Evidence, Passage
from citegrid.core.paper import Paper
from citegrid.core.reference import Work, WorkKind
from citegrid.pipeline.answers.claims import Claim, claim_of
from citegrid.pipeline.answers.content_words import ContentWord
from citegrid.pipeline.cells.cited_documents import Library, sentences_in
from citegrid.pipeline.cells.patterns import ANY_CITATION
from citegrid.pipeline.cells.works import evidence_of
from citegrid.pipeline.evidence.patterns import ANY_MARK
from citegrid.pipeline.evidence.retrieve import citations_of, own_sentences
from citegrid.pipeline.library.search import search

#: A sentence that is so much longer than the claim counts that much less among equals.
_LENGTH = 0.15
#: A word that no source has may be another word for one that they have: it tells less.
_UNKNOWN = 0.5
#: What words of any research text count.
_WEAK = 0.35
#: Chunks of the library that are looked into for each sentence.
_HITS = 5


@dataclass(frozen=True)
class Shelf:
    """Sentences of sources, in their order."""

    passages: tuple[Passage, ...]

    @cached_property
    def claims(self) -> tuple[Claim, ...]:
        """What each sentence claims, whomever it cites for it."""
        return tuple(claim_of(_uncited(passage)) for passage in self.passages)

    @cached_property
    def _holders(self) -> dict[str, list[int]]:
        """For each key of a word, the sentences that have it."""
        found: defaultdict[str, list[int]] = defaultdict(list)
        for number, claim in enumerate(self.claims):
            for key in {key for word in claim.content for key in word.keys}:
                found[key].append(number)
        return dict(found)

    def weigh(self, word: ContentWord) -> float:
        """How much a word of a claim tells: the fewer sentences have it, the more; one that none has may be another word for one."""
        return self.weigh_all(word) * (1.0 if self._held(word) else _UNKNOWN)

    def weigh_all(self, word: ContentWord) -> float:
        """How much a word of a question tells: one that no sentence has tells that none answers."""
        joint = not word.known and not self._held(word)  # of two Chinese words, most likely
        return math.log(1 + len(self.passages) / (1 + self._held(word))) * (_WEAK if word.weak or joint else 1.0)

    def _held(self, word: ContentWord) -> int:
        return max((len(self._holders.get(key, ())) for key in word.keys), default=0)

    def nearest(self, claim: Claim, count: int) -> list[int]:
        """The numbers of the ``count`` sentences that have most of what the claim is about."""
        scores: Counter[int] = Counter()
        for word in claim.content:
            weight = self.weigh(word)
            scores.update(dict.fromkeys({n for key in word.keys for n in self._holders.get(key, ())}, weight))
        for number in self._with_numbers(claim):
            scores[number] += 1
        return heapq.nsmallest(count, scores, key=lambda n: (-self._score(scores[n], n), n))

    def _with_numbers(self, claim: Claim) -> list[int]:
        asked = {q.value for q in claim.quantities}
        return [n for n, c in enumerate(self.claims) if asked and asked & {q.value for q in c.quantities}]

    def _score(self, weight: float, number: int) -> float:
        return weight / (1 + _LENGTH * math.log(1 + len(self.claims[number].content)))


def _uncited(passage: Passage) -> str:
    """The words of a sentence without its citations."""
    return ANY_CITATION.sub("", ANY_MARK.sub("", passage.shown or passage.text))


def shelf_for(papers: Sequence[Paper], library: Library | None, asked: Iterable[str]) -> Shelf:
    """The papers' sentences, and those of the library that come near to what is asked."""
    return shelf_of((*sentences_of(papers), *_of_library(library, asked)))


def shelf_of(passages: Iterable[Passage]) -> Shelf:
    """The shelf of these sentences, each once."""
    return Shelf(tuple({(p.source, p.text): p for p in passages}.values()))


def sentences_of(papers: Sequence[Paper]) -> tuple[Passage, ...]:
    """The papers' own sentences, in reading order."""
    found = (own_sentences(p.document, citations_of(p.document, p.references)) for p in papers)
    return tuple(passage for one in found for passage in one)


def _of_library(library: Library | None, asked: Iterable[str]) -> Iterator[Passage]:
    """The sentences of the chunks that the library finds for each of ``asked``."""
    if library is not None:
        for question in asked:
            for hit in search(library.shelf, question, library.roots, _HITS, library.words):
                yield from sentences_in(hit)


def places_of(papers: Sequence[Paper], shelf: Shelf, number: int) -> tuple[Evidence, ...]:
    """Where a sentence of the shelf stands, as evidence."""
    passage = shelf.passages[number]
    paper = next((p for p in papers if p.document.name == passage.source), papers[0])
    return evidence_of(papers, (passage,), Work(WorkKind.PAPER, paper.own_id, paper.document.called))
