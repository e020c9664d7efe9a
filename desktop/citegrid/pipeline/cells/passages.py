"""Retrieving: the passages that a row's columns are asked of, and how much the papers say of each work."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain, zip_longest

from citegrid.core.evidence import Passage
from citegrid.core.library import Background
from citegrid.core.paper import Paper
from citegrid.core.reference import Reference, Work
from citegrid.core.statement import Statement
from citegrid.pipeline.cells import cited_documents, score_passages
from citegrid.pipeline.cells.context import RunContext
from citegrid.pipeline.evidence import retrieve
from citegrid.pipeline.evidence.patterns import NAMED_BY

#: What a sentence that tells of a work counts however little it matters.
NOTE = 0.2


def for_row(context: RunContext, work: Work) -> tuple[Passage, ...]:
    """What a row is asked of: a paper's own words, or what the papers say of a work they cite, in turn."""
    paper = context.paper_of(work)
    if paper is not None:
        return context.own_sentences(paper)
    return in_turn(
        retrieve.of_reference(p.document, entry, context.citations(p)) for p, entry in context.entries_of(work)
    )


def of_document(document: Background) -> tuple[Passage, ...]:
    """What a work that lies in the library says of itself."""
    return retrieve.about_itself(cited_documents.own_sentences(document))


def mention_weights(context: RunContext) -> dict[str, float]:
    """For each cited reference how many sentences tell of it, each by how likely it tells of this very work and how central
    what it says is."""
    said = {
        reference.id: list(filter(_is_near, _said_of(context, paper, reference)))
        for paper in context.papers
        for reference in paper.references
        if reference.mentions
    }
    context.statements_of([passage for some in said.values() for passage in some], own=False)  # all at once is faster
    return {one: sum(map(_weight, some, context.statements_of(some, own=False))) for one, some in said.items()}


def _said_of(context: RunContext, paper: Paper, reference: Reference) -> tuple[Passage, ...]:
    return retrieve.of_reference(paper.document, reference, context.citations(paper))


def _is_near(passage: Passage) -> bool:
    """Whether a passage is about its work, and not only by its name on a page that does not cite it."""
    return score_passages.is_about(passage) and (passage.alone or NAMED_BY not in passage.shown)


def _weight(passage: Passage, statement: Statement) -> float:
    """How much a passage tells of the work it marks; what may be of the work or not hardly counts."""
    told = score_passages.told_of_target(passage, statement, noted=True)
    return told * told * min(1.0, NOTE + statement.central)


def in_turn(several: Iterable[Sequence[Passage]]) -> tuple[Passage, ...]:
    """The first of each, then the second of each, and so on: what is cut off at the end is cut off fairly."""
    return tuple(filter(None, chain.from_iterable(zip_longest(*several))))
