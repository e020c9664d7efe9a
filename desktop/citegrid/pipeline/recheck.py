"""Checking a result again: does each quote still stand on the page it names?"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from citegrid.core.document import Document
from citegrid.core.evidence import Evidence, SourceKind
from citegrid.core.language.text import TextIndex
from citegrid.core.messages import Message
from citegrid.core.project import Project

#: So much of a quote, of a work's title and of a sentence tells which is meant.
_QUOTE, _TITLE, _SENTENCE = 80, 40, 30


@dataclass(frozen=True, slots=True)
class _CheckedPaper:
    """A main paper and the way to find words in it."""

    document: Document
    index: TextIndex
    #: Whether its name is told where a quote is not found: only beside other papers.
    named: bool

    def fault_of(self, evidence: Evidence, where: str) -> str | None:
        """Why a citation of the paper does not hold; None where it does."""
        page, name = evidence.page, self.document.name
        if page is None or not 1 <= page <= len(self.document.pages):
            return Message("{place}: page {page} is not in {name}.", place=where, page=page, name=name)
        if self.index.find(evidence.quote, pages=[page]) is not None:
            return None
        quote = evidence.quote[:_QUOTE]
        if self.named:
            return Message(
                "{place}: “{quote}” does not stand on page {page} of {name}.",
                place=where,
                quote=quote,
                page=page,
                name=name,
            )
        return Message("{place}: “{quote}” does not stand on page {page}.", place=where, quote=quote, page=page)


def verify(
    project: Project,
    document: Document,
    in_library: Callable[[Evidence], object | None] | None = None,
    others: Sequence[Document] = (),
) -> tuple[int, list[str]]:
    """The number of citations checked, and one sentence for each that no longer holds.

    A citation that names one of ``others``, further main papers, is looked up there.  Citations of the library are checked by ``in_library``, which gives their place or None; without it they are left out.
    """
    further = {other.name: _CheckedPaper(other, TextIndex(other), True) for other in others}
    first = _CheckedPaper(document, TextIndex(document), bool(others))
    total = 0
    faults: list[str] = []
    for where, evidence in _citations(project):
        if evidence.kind is SourceKind.DOCUMENT:
            fault = further.get(evidence.source, first).fault_of(evidence, where)
        elif in_library is not None:
            fault = _library_fault(evidence, where) if in_library(evidence) is None else None
        else:
            continue
        total += 1
        faults += [fault] if fault is not None else []
    return total, faults


def _library_fault(evidence: Evidence, where: str) -> str:
    return Message(
        "{place}: “{quote}” does not stand in “{source}” of the library.",
        place=where,
        quote=evidence.quote[:_QUOTE],
        source=evidence.source,
    )


def _citations(project: Project) -> Iterator[tuple[str, Evidence]]:
    """Every citation of a project with the words that say where it is made."""
    for row in project.table.rows:
        for cell in row.cells:
            place = f"{row.work.title[:_TITLE]} / {cell.column}"
            yield from ((place, evidence) for evidence in cell.evidence)
    for sentence in project.sentences:
        place = Message("review: {sentence}", sentence=sentence.text[:_SENTENCE])
        yield from ((place, evidence) for evidence in sentence.evidence)
