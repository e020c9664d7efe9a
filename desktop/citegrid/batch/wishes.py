"""What a batch is asked for, and what comes back for each of its papers."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from citegrid import __version__
from citegrid.core.document import PaperDetails
from citegrid.core.glossary import Glossary
from citegrid.core.serialisation.column_json import column_to_json
from citegrid.core.table import Column, Row
from citegrid.ports import Cancel

#: Part of the key of finished rows: raise it when rows of the same version of CiteGrid come out differently.
FORM = 1


@dataclass(frozen=True, slots=True)
class Wishes:
    """The same for all papers of a batch; ``strict`` as in ``RunOptions``.  Where a ``server`` (its address) has the model, ``model`` is
    no file, but its name.  ``cluster`` is the address of the scheduler whose workers do the work."""

    columns: tuple[Column, ...]
    query: str
    language: str
    model: Path
    model_sha256: str
    strict: bool = False
    glossary: Glossary = ()
    server: str = ""
    cluster: str = ""

    def key(self, sha256: str, details: PaperDetails | None = None) -> str:
        """What the row of the paper with that hash is kept under: another question, model or version needs another row, and so do
        other data of its title page."""
        asked = [(c["name"], c["instruction"], c["answer_type"], c["hints"]) for c in map(column_to_json, self.columns)]
        terms = [(term.english, term.chinese) for term in self.glossary]
        model = self.model_sha256 or self.server
        made_of = [FORM, __version__, model, self.query, self.language, self.strict, asked, terms, sha256]
        if details is not None:
            made_of.append([details.title, details.authors, details.year, details.doi])
        return hashlib.sha256(json.dumps(made_of).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class FoundPaper:
    """A paper of the batch: its file, its name within the batch, and the hash of its bytes; where the file cannot be read,
    ``reason`` says why and the hash is empty.  ``details`` are what a reference manager knows of its title page."""

    path: Path
    name: str
    sha256: str
    reason: str = ""
    details: PaperDetails | None = None


@dataclass(frozen=True, slots=True)
class Begun:
    """A paper is being read from now on."""

    sha256: str


@dataclass(frozen=True, slots=True)
class PaperRow:
    """A finished paper: its row, or why it has none.

    ``title`` is the printed one and ``doi`` its own, both to tell works apart.  ``again`` says that another try may go better (its
    process died); ``tokens`` are those of the prompt, cached and generated.
    """

    sha256: str
    row: Row | None = None
    title: str = ""
    doi: str = ""
    reason: str = ""
    again: bool = False
    seconds: float = 0.0
    tokens: tuple[int, int, int] = (0, 0, 0)


class Scheduler(Protocol):
    """Fills rows somewhere, several at a time."""

    def rows(self, papers: tuple[FoundPaper, ...], wishes: Wishes, cancel: Cancel) -> Iterator[Begun | PaperRow]:
        """What is heard of ``papers``, in any order: a PaperRow for each of them.

        Raises ModelError where the model cannot be used at all, and ``Cancelled`` within a moment of the cancel.
        """
        ...
