"""What the papers say beyond the table: of one work, of several works together, and of themselves.

Each comes as a ``Saying``: a sentence of a source, of certain works, with the kind of what it says; ``write`` puts it into
the language of the review only where it is needed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from citegrid.core.document import Span
from citegrid.core.evidence import Passage
from citegrid.core.paper import Paper, ids_of
from citegrid.core.reference import Reference, Work, WorkKind
from citegrid.core.script import language_of
from citegrid.core.statement import Kind
from citegrid.core.table import Row
from citegrid.pipeline.cells import cited_documents, passages, score_passages
from citegrid.pipeline.cells.context import RunContext
from citegrid.pipeline.evidence import patterns, retrieve
from citegrid.pipeline.evidence.citation_markers import about_target
from citegrid.pipeline.evidence.passages import passage_of
from citegrid.pipeline.evidence.patterns import OTHER
from citegrid.pipeline.evidence.readable import plain
from citegrid.pipeline.review.phrases import CONNECTIVE, LEANS, OWN_VOICE, PROCEDURE, words_of

#: The most works, of the table and beside it, of which one sentence says the same.
MOST_TOGETHER = 5
#: Of a work that lies in the library, the sentences that may be told.
MOST_OF_DOCUMENT = 4
#: What a sentence says, by its words; the first kind that matches counts.
_CUES = tuple(
    (kind, words_of(table))
    for kind, table in (
        (Kind.CONTRIBUTION, "says_contribution"),
        (Kind.LIMIT, "says_limit"),
        (Kind.RESULT, "says_result"),
        (Kind.METHOD, "says_method"),
    )
)


@dataclass(frozen=True, slots=True)
class Saying:
    """A sentence of a source about ``works``; ``text`` is the sentence without marks of citations."""

    works: tuple[Work, ...]
    kind: Kind
    passage: Passage
    text: str


def kind_of(text: str) -> Kind:
    """What a sentence says, by its words; BACKGROUND where none of them tells."""
    return next((kind for kind, cue in _CUES if cue.search(text)), Kind.BACKGROUND)


# -- of several works --------------------------------------------------------------------------------------------------


def of_several(context: RunContext, rows: Sequence[Row]) -> tuple[Saying, ...]:
    """The papers' own sentences that say one thing of two works of the table or more, in reading order."""
    works = {one: row.work for row in rows if row.work.kind is WorkKind.REFERENCE for one in ids_of(row.work)}
    return tuple(saying for paper in context.papers for saying in _together(context, paper, works))


def _together(context: RunContext, paper: Paper, works: dict[str, Work]) -> Iterator[Saying]:
    cited = context.citations(paper)
    for spans, entries in _shared_sentences(paper).items():
        about = tuple(dict.fromkeys(works[e.id] for e in entries if e.id in works))
        passage = passage_of(paper.document, spans, cited, entries[0].id, "")
        if len(about) < 2 or len(entries) > MOST_TOGETHER or passage is None:
            continue
        text = _of_all(passage)
        if text:
            yield Saying(about, Kind.COMPARISON, passage, text)


def _shared_sentences(paper: Paper) -> dict[tuple[Span, ...], list[Reference]]:
    """The sentences on one page that cite two works or more in one bracket."""
    found: dict[tuple[Span, ...], list[Reference]] = {}
    for reference in paper.references:
        for mention in reference.mentions:
            if mention.beside and all(s.page == mention.page for s in mention.sentence_spans):
                found.setdefault(mention.sentence_spans, []).append(reference)
    return {spans: list(dict.fromkeys(entries)) for spans, entries in sorted(found.items(), key=_place) if entries}


def _place(found: tuple[tuple[Span, ...], list[Reference]]) -> tuple[int, int]:
    return found[0][0].page, found[0][0].start


def _of_all(passage: Passage) -> str:
    """What a sentence says of all the works in its one bracket; empty where it leans on other sentences, speaks of its own
    paper, or has citations in several places."""
    shown = passage.shown
    marks = patterns.MARKS.findall(shown)
    if len(marks) != 1 or not patterns.BEGINS.match(passage.text) or not patterns.ENDS.search(passage.text):
        return ""
    text = _unconnected(plain(shown))
    if LEANS.match(text) or OWN_VOICE.search(text) or not patterns.FINITE.search(text):
        return ""
    return text


def _unconnected(text: str) -> str:
    return CONNECTIVE[language_of(text)].sub("", text)


# -- of one work -------------------------------------------------------------------------------------------------------


def of_each(context: RunContext, rows: Sequence[Row]) -> Iterator[Saying]:
    """What the table does not say yet of its works: sentences about one of them alone that can stand among others."""
    said = quotes_in(rows)
    for row in rows:
        if row.work.kind is not WorkKind.PAPER:
            for passage in _of_work(context, row.work):
                text = plain(about_target(passage.shown) or passage.text)
                if passage.text not in said and _stands_alone(passage, text):
                    yield Saying((row.work,), kind_of(text), passage, text)


def _of_work(context: RunContext, work: Work) -> Iterator[Passage]:
    document = context.own_document(work)
    if document is not None:
        own = retrieve.about_itself(cited_documents.own_sentences(document))
        yield from retrieve.most_telling(own)[:MOST_OF_DOCUMENT]
    if work.kind is WorkKind.REFERENCE:
        yield from passages.for_row(context, work)


def _stands_alone(passage: Passage, text: str) -> bool:
    if not passage.alone or OTHER in passage.shown or LEANS.match(_unconnected(text)):
        return False
    told = score_passages.describes(passage) or (
        score_passages.vouches(passage) and not PROCEDURE.search(passage.section)
    )
    return told and not OWN_VOICE.search(text)


# -- of the papers themselves ------------------------------------------------------------------------------------------


def of_papers(context: RunContext, rows: Sequence[Row]) -> Iterator[Saying]:
    """The main papers' own best sentences that the table does not say yet."""
    said = quotes_in(rows)
    for row in rows if context.several else rows[:1]:
        paper = context.paper_of(row.work)
        for passage in retrieve.most_telling(context.own_sentences(paper)) if paper is not None else ():
            text = plain(passage.shown)
            if passage.text not in said and not LEANS.match(_unconnected(text)):
                yield Saying((row.work,), kind_of(text), passage, text)


def quotes_in(rows: Sequence[Row]) -> set[str]:
    """The quotes that the table shows."""
    return {e.quote for row in rows for cell in row.cells for e in cell.evidence}
