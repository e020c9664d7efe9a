"""What every step of one walk needs: the papers, the request, the model, and what is known of each work."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import chain, zip_longest

from citegrid.core.document import Document
from citegrid.core.evidence import Evidence, Passage
from citegrid.core.library import Background
from citegrid.core.paper import Paper
from citegrid.core.papers import ids_of
from citegrid.core.reference import Reference, Work, WorkKind
from citegrid.core.script import is_chinese
from citegrid.core.table import Column
from citegrid.pipeline.cells import cited_documents, score_passages
from citegrid.pipeline.cells.cited_documents import Library
from citegrid.pipeline.cells.column_intents import topic_of
from citegrid.pipeline.cells.query import Request
from citegrid.pipeline.evidence import retrieve, verify
from citegrid.ports import (
    Cancel,
    LanguageModel,
    Progress,
    Stopwatch,
)


@dataclass(slots=True)
class Step:
    """What every step of one walk needs."""

    papers: tuple[Paper, ...]
    request: Request
    model: LanguageModel
    progress: Progress
    cancel: Cancel
    library: Library | None = None
    watch: Stopwatch = field(default_factory=Stopwatch)
    keywords: dict[str, str] = field(default_factory=dict)
    cited: dict[str, retrieve.Cited] = field(default_factory=dict)
    own: dict[str, tuple[Passage, ...]] = field(default_factory=dict)
    scale: score_passages.Scale = field(default_factory=score_passages.Scale)
    shelved: dict[str, Background | None] = field(default_factory=dict)

    def own_document(self, work: Work) -> Background | None:
        """The document of the library that is the work itself."""
        if self.library is None or work.kind is WorkKind.PAPER:
            return None
        if work.id not in self.shelved:
            cited = entries_of(self.papers, work)
            found = self.library.of_reference(cited[0][1]) if cited else self.library.of_work(work)
            self.shelved[work.id] = found
        return self.shelved[work.id]

    def citations(self, paper: Paper) -> retrieve.Cited:
        """Where ``paper`` cites what; found once."""
        if paper.key not in self.cited:
            self.cited[paper.key] = retrieve.citations_of(paper.document, paper.references)
        return self.cited[paper.key]

    @contextmanager
    def timed(self, step: str) -> Iterator[None]:
        began = time.perf_counter()
        try:
            yield
        finally:
            self.watch.add(step, time.perf_counter() - began)


def entries_of(papers: Sequence[Paper], work: Work) -> list[tuple[Paper, Reference]]:
    """The entries of a work in the papers' lists, that of the row's own id first."""
    return [(p, entry) for one in ids_of(work) for p in papers if (entry := p.reference(one)) is not None]


def paper_of(papers: Sequence[Paper], work: Work) -> Paper | None:
    """The main paper that a row is about; None for other rows."""
    if work.kind is not WorkKind.PAPER:
        return None
    own = next((p for p in papers if p.own_id == work.id), None)
    elsewhere = work.id.startswith(cited_documents.PREFIX) or entries_of(papers, work)
    return papers[0] if own is None and not elsewhere else own


def evidence_of(papers: Sequence[Paper], used: Sequence[Passage], work: Work) -> tuple[Evidence, ...]:
    """The passages as citations, each read from its own paper's pages; see ``verify.evidence_of``."""
    found = (e for p in used for e in verify.evidence_of(document_of(papers, p), (p,), work))
    return tuple(dict.fromkeys(found))


def document_of(papers: Sequence[Paper], passage: Passage) -> Document:
    """The paper that a passage stands in."""
    return next((p.document for p in papers if p.document.name == passage.source), papers[0].document)


def evidence_for(step: Step, work: Work, columns: Sequence[Column]) -> tuple[Passage, ...]:
    """What a row is asked of: a paper's own words, or what the papers say of a work they cite, in turn."""
    paper = paper_of(step.papers, work)
    if paper is not None:
        sections = [topic.sections if (topic := topic_of(c)) else None for c in columns]
        found = retrieve.best(own_sentences(step, paper), queries_for(step, columns), 4, sections)
        return found[: 2 * retrieve.MOST_PASSAGES]
    return in_turn(
        retrieve.of_reference(p.document, entry, step.citations(p)) for p, entry in entries_of(step.papers, work)
    )


def in_turn(several: Iterable[Sequence[Passage]]) -> tuple[Passage, ...]:
    """The first of each, then the second of each, and so on: what is cut off at the end is cut off fairly."""
    return tuple(p for p in chain.from_iterable(zip_longest(*several)) if p is not None)


def told_of(step: Step) -> dict[str, float]:
    """For each cited reference how many sentences tell of it; a note counts as less than a half, since it vouches for a fact
    and seldom describes the work."""
    told = {}
    for paper in step.papers:
        for reference in paper.references:
            cited = bool(reference.mentions)
            said = retrieve.of_reference(paper.document, reference, step.citations(paper)) if cited else ()
            told[reference.id] = sum(1.0 if score_passages.tells(p) else 0.4 * score_passages.notes(p) for p in said)
    return told


def queries_for(step: Step, columns: Sequence[Column]) -> list[str]:
    """For each column the words that sentences about it hold."""
    missing = [c for c in columns if c.name not in step.keywords]
    if missing:
        step.keywords.update(score_passages.search_words(missing, step.model, cancel=step.cancel))
    return [step.keywords[c.name] for c in columns]


def own_words(step: Step, document: Background, columns: Sequence[Column]) -> tuple[Passage, ...]:
    """The sentences of a work that lies in the library which answer the columns best, in either language."""
    said = retrieve.about_itself(cited_documents.own_sentences(document))
    queries = queries_for(step, columns)
    if step.library is not None and said and is_chinese(said[0].text):
        library = step.library
        names = [c.name if is_chinese(c.name) else library.translate(c.name, "zh") for c in columns]
        queries = [f"{query} {name} {library.words(query, 'zh')}" for query, name in zip(queries, names, strict=True)]
    return retrieve.best(said, queries)[: 2 * retrieve.MOST_PASSAGES]


def own_sentences(step: Step, paper: Paper) -> tuple[Passage, ...]:
    if paper.key not in step.own:
        said = retrieve.own_sentences(paper.document, step.citations(paper))
        step.own[paper.key] = retrieve.about_itself(said)
    return step.own[paper.key]


def known_of(step: Step, work: Work) -> Sequence[Passage]:
    """Every passage that a cell of the work may have been written from."""
    document, paper = step.own_document(work), paper_of(step.papers, work)
    said = list(cited_documents.own_sentences(document)) if document is not None else []
    said += own_sentences(step, paper) if paper is not None else ()
    cited = entries_of(step.papers, work)
    if cited:
        said += cited_documents.said_of(step.library, cited[0][1]) if step.library is not None else ()
        said += evidence_for(step, as_cited(work), ())
    return said


def as_cited(work: Work) -> Work:
    """A work as the papers that cite it speak of it."""
    return replace(work, kind=WorkKind.REFERENCE)


def passages_of(papers: Sequence[Paper], work: Work, library: Library | None = None) -> tuple[Passage, ...]:
    """Everything that may prove a person's words about a work."""
    if work.kind is WorkKind.LIBRARY:
        document = library.of_work(work) if library is not None else None
        return cited_documents.own_sentences(document) if document is not None else ()
    said: list[Passage] = []
    paper = paper_of(papers, work)
    if paper is not None:
        said += retrieve.own_sentences(paper.document, retrieve.citations_of(paper.document, paper.references))
    for p, entry in entries_of(papers, work):
        said += retrieve.of_reference(p.document, entry, retrieve.citations_of(p.document, p.references))
        said += retrieve.of_entry(p.document, entry)
    return tuple(said)


def pages_searched(step: Step, work: Work) -> list[int]:
    """The pages that were read for a row: of its main paper, or of the first paper that cites it."""
    if work.id.startswith(cited_documents.PREFIX):
        return []
    paper, cited = paper_of(step.papers, work), entries_of(step.papers, work)
    if paper is not None or not cited:
        return [p.number for p in (paper or step.papers[0]).document.pages]
    return pages_of(cited[0][1])


def pages_of(entry: Reference) -> list[int]:
    """The pages where a paper speaks of an entry or prints it."""
    return sorted({m.page for m in entry.mentions} | {s.page for s in entry.spans})
