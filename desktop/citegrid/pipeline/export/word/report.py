"""A Word report being written: its document, its words, its numbered evidence, and what every part of it needs."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from citegrid.core.project import Project
from citegrid.pipeline.export.cited_works import ReportWorks
from citegrid.pipeline.export.evidence_list import EvidenceList
from citegrid.pipeline.export.in_text import InTextStyle
from citegrid.pipeline.export.strings import wording_in
from citegrid.pipeline.export.word import template
from citegrid.pipeline.export.word.citing import CitationWriter, LongForm, StyleForm
from citegrid.pipeline.export.word.footnotes import Footnotes, NoteForm
from citegrid.pipeline.export.word.ooxml import Bookmarks, Element, paragraph, run
from citegrid.pipeline.export.word.options import CitationForm, Crops, WordOptions

_PLACE = re.compile(r"(\{\w+\})")


class WordReport:
    """The report of ``project``; its parts are written one after the other at the end of its text."""

    def __init__(self, project: Project, version: str, crops: Crops | None, options: WordOptions) -> None:
        self.project = project
        self.version = version
        self.crops = crops
        self.options = options
        self.words = wording_in(project.language)
        self.evidence = EvidenceList(project)
        self.document = template.begin(self.words.language, options.template)
        self.bookmarks = Bookmarks()
        self.body: Any = self.document.element.body
        self.made = options.made or datetime.now(UTC)
        self._styles: dict[str, str] = {}
        self.footnotes = Footnotes()
        self.printed_citations: set[str] = set()
        known = {one: linked.item for one, linked in options.linked.items()}
        self.cited = ReportWorks(project, options.references, self.evidence, known)
        by_style = options.style is not None and options.citations is not CitationForm.LONG
        self.in_text = InTextStyle(self.cited.works, options.style or b"") if by_style else None
        self.citing = self._form()

    @property
    def form(self) -> CitationForm:
        """How the report cites: in the long form, too, where no style was given for another."""
        return self.options.citations if self.in_text is not None else CitationForm.LONG

    def evidence_label(self, number: int) -> str:
        """The number of a piece of evidence as printed: never like the number of a work."""
        return f"[{number}]" if self.form is CitationForm.LONG else f"E{number}"

    def _form(self) -> CitationWriter:
        if self.in_text is None:
            return LongForm(self)
        form = NoteForm if self.options.citations is CitationForm.FOOTNOTES else StyleForm
        return form(self, self.cited, self.in_text)

    def style(self, name: str) -> str:
        """The id of a style by its name."""
        if name not in self._styles:
            self._styles[name] = template.style_id(self.document, name)
        return self._styles[name]

    def add(self, element: Element) -> Element:
        """Put an element at the end of the text."""
        self.body.insert(len(self.body) - 1, element)
        return element

    def add_text(self, style: str, text: str) -> Element:
        """Put a paragraph of plain text at the end."""
        return self.add(paragraph(self.style(style), run(text)))

    def heading(self, text: str) -> None:
        self.add_text("heading 1", text)

    def runs(self, key: str, **fields: Element) -> list[Element]:
        """A sentence of the catalogue as runs, with fields in the places of its ``{names}``."""
        parts = list(filter(None, _PLACE.split(self.words.form(key))))
        return [fields[part[1:-1]] if _PLACE.fullmatch(part) else run(part) for part in parts]

    def saved(self) -> bytes:
        """The bytes of the file."""
        self.footnotes.keep(self.document)
        out = BytesIO()
        self.document.save(out)
        return out.getvalue()
