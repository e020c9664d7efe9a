"""The use-cases of the glossary: its terms as a person keeps them, and all that a run is to use."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from citegrid.core.edits.glossary import set_glossary
from citegrid.core.glossary import Glossary, Term, joined
from citegrid.core.paper import Paper
from citegrid.ports import NEVER, Cancel
from citegrid.store import glossary as store
from citegrid.workbench import lazy_imports
from citegrid.workbench.session import Session

if TYPE_CHECKING:
    from citegrid.pipeline.cells.cited_documents import Library


class GlossaryUse:
    """The project's own terms, which can be undone, and those of all projects, which lie in the data folder."""

    def __init__(self, session: Session) -> None:
        self._session = session

    @property
    def own(self) -> Glossary:
        """The project's terms."""
        return self._session.project.glossary

    @property
    def shared(self) -> Glossary:
        """The terms of all projects; raises StorageError or InputError."""
        return store.shared()

    def set_own(self, terms: Sequence[Term]) -> None:
        """Make ``terms`` the project's; nothing where they are already."""
        if joined([terms]) != self.own:
            self._session.apply(set_glossary(terms))

    def set_shared(self, terms: Sequence[Term]) -> None:
        """Make ``terms`` those of all projects; raises StorageError."""
        store.save_shared(joined([terms]))

    def take_in(self, path: Path) -> int:
        """Add the terms of a CSV or TBX file to the project's; how many were new.  Raises InputError or StorageError."""
        before = len(self.own)
        read = (term if term.source else replace(term, source=path.name) for term in store.read(path))
        self.set_own(joined([self.own, tuple(read)]))
        return len(self.own) - before

    def write(self, path: Path) -> int:
        """Write the project's terms and those of all projects as CSV or TBX; how many.  Raises StorageError or UsageError."""
        terms = self.kept()
        store.write(path, terms)
        return len(terms)

    def kept(self) -> Glossary:
        """The project's terms, then those of all projects."""
        return joined([self.own, self.shared])


def with_learnt(kept: Glossary, papers: Sequence[Paper], library: Library | None, cancel: Cancel = NEVER) -> Glossary:
    """``kept`` and behind it what papers and background documents say in both languages.  On a worker's thread."""
    learnt = []
    for name, texts in _documents(papers, library):
        cancel.check()
        learnt.append(lazy_imports.learn_terms.learn_terms(texts, name))
    return joined([kept, *learnt])


def _documents(papers: Sequence[Paper], library: Library | None) -> Iterator[tuple[str, list[str]]]:
    """The name and the texts of each document."""
    for paper in papers:
        yield paper.document.name, [page.text for page in paper.document.pages]
    for listed in library.documents if library is not None else ():
        found = library.shelf.document(listed.sha256) if library is not None else None
        if found is not None:
            yield found.title, [chunk.text for chunk in found.chunks]
