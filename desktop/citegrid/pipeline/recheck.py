"""Checking a result again: does each quote still stand on the page it names?"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from citegrid.core.document import Document
from citegrid.core.evidence import Evidence, SourceKind
from citegrid.core.project import Project
from citegrid.core.text import TextIndex


def verify(
    project: Project,
    document: Document,
    in_library: Callable[[Evidence], object | None] | None = None,
    others: Sequence[Document] = (),
) -> tuple[int, list[str]]:
    """The number of citations checked, and one sentence for each that no longer holds.

    A citation that names one of ``others``, further main papers, is looked up there.  Citations of the library are checked by ``in_library``, which gives their place or None; without it they are left out.
    """
    further = {other.name: (other, TextIndex(other)) for other in others}
    first = (document, TextIndex(document))
    total = 0
    faults = []
    for where, evidence in _citations(project):
        if evidence.kind is not SourceKind.DOCUMENT:
            if in_library is not None:
                total += 1
                if in_library(evidence) is None:
                    place = f"“{evidence.quote[:80]}” does not stand in “{evidence.source}” of the library"
                    faults.append(f"{where}: {place}.")
            continue
        total += 1
        page = evidence.page
        document, index = further.get(evidence.source, first)
        if page is None or not 1 <= page <= len(document.pages):
            faults.append(f"{where}: page {page} is not in {document.name}.")
        elif index.find(evidence.quote, pages=[page]) is None:
            faults.append(
                f"{where}: “{evidence.quote[:80]}” does not stand on page {page}{f' of {document.name}' if others else ''}."
            )
    return total, faults


def _citations(project: Project) -> Iterator[tuple[str, Evidence]]:
    for row in project.table.rows:
        for cell in row.cells:
            for evidence in cell.evidence:
                yield f"{row.work.title[:40]} / {cell.column}", evidence
    for sentence in project.review.sentences if project.review else ():
        for evidence in sentence.evidence:
            yield f"review: {sentence.text[:30]}", evidence
