"""What a Word report can have besides its text."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import Any

from citegrid.core.evidence import Evidence
from citegrid.core.reference import Reference

#: Gives the picture of a quote's lines as PNG, None where there is none.
Crops = Callable[[Evidence], bytes | None]


class CitationForm(Enum):
    """How a report cites.

    LONG: the file and its page in every cell.  STYLE: as the citation style has it, raised numbers or author and year,
    with the page.  FOOTNOTES: real footnotes with the work, the page and, without the evidence list, the quote.
    """

    LONG = "long"
    STYLE = "style"
    FOOTNOTES = "footnotes"


@dataclass(frozen=True, slots=True)
class LinkedItem:
    """A work of a reference manager: its addresses there (``http://zotero.org/users/…/items/…``), and it as CSL-JSON."""

    uris: tuple[str, ...]
    item: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def of_key(cls, key: str, item: Mapping[str, Any] | None = None) -> LinkedItem:
        """The item with that key in a person's own library: Zotero takes any user's address there for its own."""
        return cls((f"http://zotero.org/users/local/citegrid/items/{key}",), item or {})


@dataclass(frozen=True, slots=True)
class WordOptions:
    """The choices of whoever wants the report.

    ``pdf_link`` is the address of the paper as seen from the report, already quoted, for links to its pages,
    ``pdf_links`` those of further papers by name; ``template`` the bytes of a person's own .docx; ``comments`` puts the
    quotes of each cell into a Word comment; ``made`` is the time to write into the file; ``style`` the bytes of the CSL
    style of the reference list, None for none; ``references`` are the paper's, for what only they know of a work
    (venue, DOI).  ``citations`` by STYLE need a ``style``.  Without the ``appendix`` the quotes stand in comments or
    footnotes instead.  ``linked`` are works of Zotero by work id: citations by STYLE are then its fields.  ``previous`` are
    the sentences of the review that the file held, against which changes are tracked; None tracks none.
    """

    pdf_link: str = ""
    pdf_links: Mapping[str, str] = field(default_factory=dict)
    template: bytes | None = None
    comments: bool = False
    made: datetime | None = None
    style: bytes | None = None
    references: Sequence[Reference] = ()
    citations: CitationForm = CitationForm.LONG
    appendix: bool = True
    linked: Mapping[str, LinkedItem] = field(default_factory=dict)
    previous: Sequence[str] | None = None

    @property
    def quotes_in_comments(self) -> bool:
        """Whether comments are the only place where the quotes stand."""
        return not self.appendix and self.citations is not CitationForm.FOOTNOTES
