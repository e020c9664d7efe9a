"""A paper as it was read: what a document says, what it lists, and where it cites what; and how several papers of one project
are told apart.

A paper is known by its name in the project (the file's name, made distinct), which every citation of it carries.
Works of the first paper have plain ids (``r12``); those of a further one begin with its key (``1f3a9c02:r12``).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import PurePath

from citegrid.core.document import Document
from citegrid.core.project import Project, SourceFile
from citegrid.core.reference import Reference, Work

#: Characters of a paper's name in a project of several: it stands in every citation.
LONGEST_NAME = 32
#: The id of a paper's own row, after its key.
PAPER_ID = "paper"
#: Begins the id of a work that its paper, which was changed, no longer cites.
GONE = "gone:"


@dataclass(frozen=True, slots=True)
class Paper:
    """A read paper: its document, and its references with their mentions.

    ``key`` begins the ids of a further paper's works (see ``key_of``); empty for the first.
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


def key_of(project: Project, paper: SourceFile) -> str:
    """What the ids of a paper's works begin with: nothing for the first, eight digits of its hash for a further one."""
    return "" if project.paper is not None and paper.sha256 == project.paper.sha256 else f"{paper.sha256[:8]}:"


def short_name(name: str, taken: Iterable[str]) -> str:
    """``name`` cut in its middle to LONGEST_NAME characters, with a number where another paper bears it already."""
    path = PurePath(name)
    stem, suffix = (path.stem, path.suffix) if path.suffix else (name, "")
    room = LONGEST_NAME - len(suffix)
    used = {one.casefold() for one in taken}
    number, mark = 1, ""
    while True:
        cut = stem if len(stem) + len(mark) <= room else f"{stem[: room - len(mark) - 9]}…{stem[-8:]}"
        if f"{cut}{mark}{suffix}".casefold() not in used:
            return f"{cut}{mark}{suffix}"
        number += 1
        mark = f" ({number})"


def ids_of(work: Work) -> tuple[str, ...]:
    """The work's ids in all papers, the row's own first."""
    return (work.id, *work.also)


def belongs(work_id: str, key: str) -> bool:
    """Whether an id is of the paper with that key (see ``key_of``); a mark of a work that is gone counts for nothing."""
    bare = work_id.removeprefix(GONE)
    return bare.startswith(key) if key else ":" not in bare
