"""What a Word report can have besides its text."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from citegrid.core.evidence import Evidence
from citegrid.core.reference import Reference

#: Gives the picture of a quote's lines as PNG, None where there is none.
Crops = Callable[[Evidence], bytes | None]


@dataclass(frozen=True, slots=True)
class WordOptions:
    """The choices of whoever wants the report.

    ``pdf_link`` is the address of the paper as seen from the report, already quoted, for links to its pages,
    ``pdf_links`` those of further papers by name; ``template`` the bytes of a person's own .docx; ``comments`` puts the
    quotes of each cell into a Word comment; ``made`` is the time to write into the file; ``style`` the bytes of the CSL
    style of the reference list, None for none; ``references`` are the paper's, for what only they know of a work
    (venue, DOI).
    """

    pdf_link: str = ""
    pdf_links: Mapping[str, str] = field(default_factory=dict)
    template: bytes | None = None
    comments: bool = False
    made: datetime | None = None
    style: bytes | None = None
    references: Sequence[Reference] = ()
