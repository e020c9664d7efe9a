"""Which paper, which entries and which pages a row is about, whose words its evidence is, and what is none of its work."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from citegrid.core.document import Document
from citegrid.core.evidence import Evidence, Passage
from citegrid.core.language.script import is_chinese
from citegrid.core.language.text import key_text
from citegrid.core.paper import Paper, ids_of
from citegrid.core.reference import Reference, Work, WorkKind
from citegrid.pipeline.cells import cited_documents
from citegrid.pipeline.cells.cited_documents import Library
from citegrid.pipeline.cells.columns.bibliographic import family_of
from citegrid.pipeline.evidence import patterns, retrieve, verify
from citegrid.pipeline.evidence.citation_markers import names_before_target


def entries_of(papers: Sequence[Paper], work: Work) -> list[tuple[Paper, Reference]]:
    """The entries of a work in the papers' lists, that of the row's own id first."""
    known = {entry.id: (paper, entry) for paper in papers for entry in paper.references}
    return [known[one] for one in ids_of(work) if one in known]


def paper_of(papers: Sequence[Paper], work: Work) -> Paper | None:
    """The main paper that a row is about; None for other rows."""
    if work.kind is not WorkKind.PAPER:
        return None
    own = next((p for p in papers if p.own_id == work.id), None)
    elsewhere = work.id.startswith(cited_documents.PREFIX) or entries_of(papers, work)
    return papers[0] if own is None and not elsewhere else own


def document_of(papers: Sequence[Paper], passage: Passage) -> Document:
    """The paper that a passage stands in."""
    return next((p.document for p in papers if p.document.name == passage.source), papers[0].document)


def evidence_of(papers: Sequence[Paper], used: Sequence[Passage], work: Work) -> tuple[Evidence, ...]:
    """The passages as citations, each read from its own paper's pages; see ``verify.evidence_of``."""
    found = (e for p in used for e in verify.evidence_of(document_of(papers, p), (p,), work))
    return tuple(dict.fromkeys(found))


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


def as_cited(work: Work) -> Work:
    """A work as the papers that cite it speak of it."""
    return replace(work, kind=WorkKind.REFERENCE)


def speaker_of(work: Work, used: Sequence[Passage]) -> Work:
    """``work`` as it is asked and judged: as the paper itself where its own words are the evidence."""
    return replace(work, kind=WorkKind.PAPER) if cited_documents.is_first_hand(used) else work


def pages_read(papers: Sequence[Paper], work: Work) -> list[tuple[Paper, list[int]]]:
    """The pages that were read for a row: all of its main paper, or those on which the papers that cite it do."""
    paper = paper_of(papers, work)
    if paper is not None:
        return [(paper, _all_pages(paper))]
    return [(p, _pages_of(entry)) for p, entry in entries_of(papers, work)]


def pages_searched(papers: Sequence[Paper], work: Work) -> list[int]:
    """The pages that were read of its main paper, or of the first paper that cites it."""
    if work.id.startswith(cited_documents.PREFIX):
        return []
    read = pages_read(papers, work)
    return read[0][1] if read else _all_pages(papers[0])


def _all_pages(paper: Paper) -> list[int]:
    return [page.number for page in paper.document.pages]


def _pages_of(entry: Reference) -> list[int]:
    """The pages where a paper speaks of an entry or prints it."""
    return sorted({m.page for m in entry.mentions} | {s.page for s in entry.spans})


def names_others(passage: Passage, work: Work) -> bool:
    """Whether a sentence prints other names before the mark than those of the work's authors ("Austin et al. ⟦TARGET⟧" where the
    list has Devlin under that number; "in Austria and Brazil ⟦TARGET⟧"): then it is not known of whom it tells."""
    printed = names_before_target(passage.shown).partition("等")[0]
    readable = [author for author in work.authors if is_chinese(author) == is_chinese(printed)]
    return bool(printed and readable) and not any(_is_named(author, key_text(printed)) for author in readable)


def is_done_with(passage: Passage, work: Work) -> bool:
    """Whether a sentence tells what was done in the tool that is the work ("an analysis conducted in G*Power ⟦TARGET⟧ showed …")."""
    tool = patterns.DONE_WITH.search(passage.shown)
    return tool is not None and key_text(tool.group(1)) in key_text(work.title)


def _is_named(author: str, printed: str) -> bool:
    """Whether the letters of a printed name hold an author's family name, or are part of the whole name ("R 等")."""
    return key_text(family_of(author)) in printed or printed in key_text(author)
