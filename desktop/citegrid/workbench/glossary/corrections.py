"""What a person corrected in a translated cell: to be remembered as a term, and offered wherever the term stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain

from citegrid.core.edits.glossary import Correction, Replacement, correction_of, remember, replaced, replacements_of
from citegrid.core.glossary import Glossary, Term
from citegrid.core.messages import say
from citegrid.core.project import SetFields, Several
from citegrid.core.resources import resource
from citegrid.core.table import Cell
from citegrid.workbench.glossary.use import GlossaryUse
from citegrid.workbench.session import Session

#: The source of a term that a person taught by correcting a cell; a sentence of the catalogue.
CORRECTED = "a correction"


@dataclass(frozen=True, slots=True)
class Offer:
    """A correction, and the other cells and sentences that it would change."""

    correction: Correction
    elsewhere: tuple[Replacement, ...] = ()


class Corrections:
    """Remembers corrections and carries them to other cells."""

    def __init__(self, session: Session, glossary: GlossaryUse) -> None:
        self._session, self._glossary = session, glossary

    def offer(self, before: Cell, text: str) -> Offer | None:
        """What is to be offered when a person makes ``text`` of the cell ``before``; None unless one term was corrected."""
        found = correction_of(before, text, chain(self._glossary.kept(), shipped_terms()))
        return None if found is None else Offer(found, replacements_of(self._session.project, found))

    def remember(self, correction: Correction) -> None:
        """Keep a correction as a term of the project."""
        self._session.apply(self._remembered(correction))

    def carry(self, correction: Correction, chosen: Sequence[Replacement]) -> None:
        """Remember a correction and make the chosen cells and sentences say their new texts; undone in one step."""
        project = self._session.project
        self._session.apply(Several((self._remembered(correction), *replaced(project, chosen).edits)))

    def _remembered(self, correction: Correction) -> SetFields:
        project = self._session.project
        return remember(project, correction.term(say(CORRECTED, project.language)))


@cache
def shipped_terms() -> Glossary:
    """The terms of the term base that comes with the program."""
    folder = resource("termbase")
    files = sorted(folder.glob("*.tsv")) if folder.is_dir() else []
    lines = (line.split("\t") for file in files for line in file.read_text("utf-8").splitlines() if line[:1] != "#")
    return tuple(Term(parts[0], word) for parts in lines if len(parts) > 1 for word in parts[1].split("|"))
