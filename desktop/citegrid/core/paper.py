"""A paper as it was read: what a document says, what it lists, and where it cites what."""

from __future__ import annotations

from dataclasses import dataclass, replace

from citegrid.core.document import Document
from citegrid.core.papers import PAPER_ID
from citegrid.core.reference import Reference


@dataclass(frozen=True, slots=True)
class Paper:
    """A read paper: its document, and its references with their mentions.

    ``key`` begins the ids of a further paper's works (see ``core.papers``); empty for the first.
    """

    document: Document
    references: tuple[Reference, ...]
    seconds: float = 0.0
    key: str = ""

    @property
    def own_id(self) -> str:
        """The id of the paper's own row."""
        return f"{self.key}{PAPER_ID}"

    def ids(self) -> set[str]:
        """The ids of all works that the paper knows, itself included."""
        return {self.own_id, *(r.id for r in self.references)}

    def known_as(self, name: str, key: str) -> Paper:
        """The paper as a project of several knows it: under its name there, its works' ids with ``key`` before them."""
        if (name, key) == (self.document.name, ""):
            return self
        references = tuple(replace(r, id=f"{key}{r.id}") for r in self.references)
        return replace(self, document=replace(self.document, name=name), references=references, key=key)

    def reference(self, work_id: str) -> Reference | None:
        """The reference a work stands for; None for the paper itself."""
        return next((r for r in self.references if r.id == work_id), None)
