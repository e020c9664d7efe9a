"""A Word report being written: its document, its words, its numbered evidence, and what every part of it needs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO
from typing import Any

from citegrid.core.citation import marks
from citegrid.core.evidence import Evidence
from citegrid.core.project import Project
from citegrid.pipeline.export.column_widths import is_wide
from citegrid.pipeline.export.evidence_list import EvidenceList
from citegrid.pipeline.export.strings import wording_in
from citegrid.pipeline.export.word import template
from citegrid.pipeline.export.word.ooxml import Bookmarks, Element, link, paragraph, run
from citegrid.pipeline.export.word.options import Crops, WordOptions

_PLACE = re.compile(r"(\{\w+\})")
_NAME_LENGTH, _NAME_END = 44, 12


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
        self._styles: dict[str, str] = {}

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

    def citation(self, evidence: Sequence[Evidence], after: str) -> list[Element]:
        """The marks of ``evidence`` behind the text ``after``: each leads to its first entry, each raised number to its own."""
        made: list[Element] = []
        if evidence and not (self.words.typography.between_sentences == "" and is_wide(after)):
            made.append(run(" "))
        for mark, group in marks(list(map(_shortened, evidence)), self.words.language):
            made += self._mark(mark, sorted(self.evidence.numbers([e for e in evidence if _shortened(e) in group])))
        return made

    def _mark(self, mark: str, numbers: Sequence[int]) -> list[Element]:
        quotes = {number: self.evidence.entries[number - 1].evidence.quote for number in numbers}
        made = [link(f"ev_{numbers[0]}", run(mark, "CiteGridMark"), tip=quotes[numbers[0]])]
        for place, number in enumerate(numbers):
            if place:
                made.append(run(",", "CiteGridNumber"))
            made.append(link(f"ev_{number}", run(str(number), "CiteGridNumber"), tip=quotes[number]))
        return made

    def saved(self) -> bytes:
        """The bytes of the file."""
        out = BytesIO()
        self.document.save(out)
        return out.getvalue()


def _shortened(evidence: Evidence) -> Evidence:
    """The same evidence with a very long source name cut in its middle; the evidence list has it in full."""
    name = evidence.source
    if len(name) <= _NAME_LENGTH:
        return evidence
    return replace(evidence, source=f"{name[: _NAME_LENGTH - _NAME_END - 2]}…{name[-_NAME_END:]}")
