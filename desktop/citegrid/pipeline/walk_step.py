"""What every step of one walk needs: the paper, the request, the model, and what is known of each work."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from citegrid.core.document import Document
from citegrid.core.evidence import Passage
from citegrid.core.library import Background
from citegrid.core.reference import Reference, Work, WorkKind
from citegrid.core.table import Column
from citegrid.core.terms import is_chinese
from citegrid.pipeline import ask, first_hand, passages
from citegrid.pipeline.first_hand import Library
from citegrid.pipeline.request import Request
from citegrid.pipeline.topics import topic_of
from citegrid.ports import (
    Cancel,
    LanguageModel,
    Progress,
    Stopwatch,
)


@dataclass(frozen=True, slots=True)
class Paper:
    """A read paper: its document, and its references with their mentions."""

    document: Document
    references: tuple[Reference, ...]
    seconds: float = 0.0

    def reference(self, work_id: str) -> Reference | None:
        """The reference a work stands for; None for the paper itself."""
        return next((r for r in self.references if r.id == work_id), None)


@dataclass(slots=True)
class Step:
    """What every step of one walk needs."""

    paper: Paper
    request: Request
    model: LanguageModel
    progress: Progress
    cancel: Cancel
    cited: passages.Cited
    library: Library | None = None
    watch: Stopwatch = field(default_factory=Stopwatch)
    keywords: dict[str, str] = field(default_factory=dict)
    own: tuple[Passage, ...] = ()
    scale: ask.Scale = field(default_factory=ask.Scale)
    shelved: dict[str, Background | None] = field(default_factory=dict)

    def own_document(self, work: Work) -> Background | None:
        """The document of the library that is the work itself."""
        if self.library is None or work.kind is WorkKind.PAPER:
            return None
        if work.id not in self.shelved:
            reference = self.paper.reference(work.id)
            found = self.library.of_work(work) if reference is None else self.library.of_reference(reference)
            self.shelved[work.id] = found
        return self.shelved[work.id]

    @contextmanager
    def timed(self, step: str) -> Iterator[None]:
        began = time.perf_counter()
        try:
            yield
        finally:
            self.watch.add(step, time.perf_counter() - began)


def evidence_for(step: Step, work: Work, columns: Sequence[Column]) -> tuple[Passage, ...]:
    reference = step.paper.reference(work.id)
    if reference is not None:
        return passages.of_reference(step.paper.document, reference, step.cited)
    sections = [topic.sections if (topic := topic_of(c)) else None for c in columns]
    found = passages.best(own_sentences(step), queries_for(step, columns), 4, sections)
    return found[: 2 * passages.MOST_PASSAGES]


def told_of(step: Step) -> dict[str, float]:
    """For each cited reference how many sentences tell of it; a note counts as less than a half, since it vouches for a fact
    and seldom describes the work."""
    told = {}
    for reference in step.paper.references:
        said = passages.of_reference(step.paper.document, reference, step.cited) if reference.mentions else ()
        told[reference.id] = sum(1.0 if ask.tells(p) else 0.4 * ask.notes(p) for p in said)
    return told


def queries_for(step: Step, columns: Sequence[Column]) -> list[str]:
    """For each column the words that sentences about it hold."""
    missing = [c for c in columns if c.name not in step.keywords]
    if missing:
        step.keywords.update(ask.search_words(missing, step.model, cancel=step.cancel))
    return [step.keywords[c.name] for c in columns]


def own_words(step: Step, document: Background, columns: Sequence[Column]) -> tuple[Passage, ...]:
    """The sentences of a work that lies in the library which answer the columns best, in either language."""
    said = passages.about_itself(first_hand.own_sentences(document))
    queries = queries_for(step, columns)
    if step.library is not None and said and is_chinese(said[0].text):
        library = step.library
        names = [c.name if is_chinese(c.name) else library.translate(c.name, "zh") for c in columns]
        queries = [f"{query} {name} {library.words(query, 'zh')}" for query, name in zip(queries, names, strict=True)]
    return passages.best(said, queries)[: 2 * passages.MOST_PASSAGES]


def own_sentences(step: Step) -> tuple[Passage, ...]:
    if not step.own:
        step.own = passages.about_itself(passages.own_sentences(step.paper.document, step.cited))
    return step.own


def known_of(step: Step, work: Work) -> Sequence[Passage]:
    """Every passage that a cell of the work may have been written from."""
    document, reference = step.own_document(work), step.paper.reference(work.id)
    said = list(first_hand.own_sentences(document)) if document is not None else []
    if reference is not None:
        said += first_hand.said_of(step.library, reference) if step.library is not None else ()
        said += evidence_for(step, work, ())
    return said or own_sentences(step)


def passages_of(paper: Paper, work: Work, cited: passages.Cited, library: Library | None = None) -> tuple[Passage, ...]:
    if work.kind is WorkKind.LIBRARY:
        document = library.of_work(work) if library is not None else None
        return first_hand.own_sentences(document) if document is not None else ()
    reference = paper.reference(work.id)
    if reference is None:
        return passages.own_sentences(paper.document, cited)
    return (*passages.of_reference(paper.document, reference, cited), *passages.of_entry(paper.document, reference))


def pages_searched(step: Step, work: Work) -> list[int]:
    if work.id.startswith(first_hand.PREFIX):
        return []
    reference = step.paper.reference(work.id)
    if reference is None:
        return [p.number for p in step.paper.document.pages]
    return sorted({m.page for m in reference.mentions} | {s.page for s in reference.spans})
