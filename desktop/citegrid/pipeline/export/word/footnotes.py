"""Real footnotes of Word: the works, the pages and, where there is no evidence list, the quotes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from lxml import etree

from citegrid.pipeline.export.in_text import families_of, year_of
from citegrid.pipeline.export.plain_text import clean
from citegrid.pipeline.export.word.citing import CitationPiece, CitedText, CitedWork, StyleForm, linked
from citegrid.pipeline.export.word.ooxml import Element, el, paragraph, run

if TYPE_CHECKING:
    from citegrid.pipeline.export.cited_works import ReportWorks
    from citegrid.pipeline.export.in_text import InTextStyle
    from citegrid.pipeline.export.word.report import WordReport

#: What Word wants to stand above footnotes: a short line, and a long one where they go on from the page before.
_EMPTY = (
    f'<w:footnotes {nsdecls("w")}><w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    '<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>'
    "</w:footnotes>"
).encode()


class Footnotes:
    """The footnotes of a document under construction; a template may bring some of its own."""

    def __init__(self) -> None:
        self._made: list[tuple[Element, Element]] = []

    def add(self, styles: tuple[str, str], *inside: Element) -> Element:
        """A new footnote with runs ``inside``, in the styles of a note and of its number; gives the run that refers to it."""
        style, number = styles
        reference = el("footnoteReference", id=0)
        mark = el("r", el("rPr", el("rStyle", val=number)), el("footnoteRef"))
        note = el("footnote", paragraph(style, mark, run(" "), *inside), id=0)
        self._made.append((reference, note))
        return el("r", el("rPr", el("rStyle", val=number)), reference)

    def keep(self, document: Any) -> None:
        """Put the notes into a python-docx document, numbered behind those that it has."""
        if not self._made:
            return
        part = _part(document)
        root = parse_xml(part.blob)
        taken = max((int(note.get(qn("w:id"))) for note in root), default=0)
        for number, (reference, note) in enumerate(self._made, max(taken, 0) + 1):
            reference.set(qn("w:id"), str(number))
            note.set(qn("w:id"), str(number))
            root.append(note)
        part._blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _part(document: Any) -> Any:
    """The part of the footnotes; a new one where the document has none."""
    for relation in document.part.rels.values():
        if relation.reltype == RT.FOOTNOTES:
            return relation.target_part
    part = Part(PackURI("/word/footnotes.xml"), CT.WML_FOOTNOTES, _EMPTY, document.part.package)
    document.part.relate_to(part, RT.FOOTNOTES)
    return part


class NoteForm(StyleForm):
    """A footnote behind each cited text."""

    def __init__(self, report: WordReport, works: ReportWorks, style: InTextStyle) -> None:
        super().__init__(report, works, style)
        self._raised = False  # nothing is raised in a note

    def cite(self, said: Sequence[Element], claim: CitedText) -> list[Element]:
        """``said`` and the mark of its footnote."""
        pieces = list(self._note(self.cited(claim)))
        if not pieces:
            return list(said)
        runs = [linked(piece, raised=False) if piece.anchor else run(piece.text) for piece in pieces if piece.text]
        styles = self._report.style("footnote text"), self._report.style("footnote reference")
        return [*said, self._report.footnotes.add(styles, *runs)]

    def text(self, claim: CitedText) -> str:
        """A raised number."""
        return "00" if claim.evidence else ""

    def _names(self, text: str, place: int) -> bool:
        """A note stands for itself, whatever the text names."""
        return False

    def _note(self, cited: Sequence[CitedWork]) -> Iterator[CitationPiece]:
        words = self._report.words
        for i, one in enumerate(cited):
            name = [CitationPiece(self._name(one), *self._target((), self._reference(one)))]
            yield from (
                self._via(name, first=not i)
                if one.via
                else (CitationPiece(words.typography.semicolon if i else ""), *name)
            )
            yield from self._places(one)

    def _name(self, one: CitedWork) -> str:
        """The work without brackets and pages, with its number behind authors and year: a note is read by itself."""
        words, number = self._report.words, self.style.number(one.place)
        if number and not self.style.numbered:
            return self.style.core(one.place)[0]
        work = self.works.works[one.place]
        families = families_of(work) or [str(work["title"] or work["id"])]
        names = words("{name} et al.", name=families[0]) if len(families) > 2 else words.listed(families)
        return words.typography.clause.join(filter(None, (names, year_of(work)))) + (f" [{number}]" if number else "")

    def _places(self, one: CitedWork) -> Iterator[CitationPiece]:
        """The pages of a source, each leading to its first quote, or with its quotes behind it."""
        words, reference = self._report.words, self._reference(one)
        for page, quotes in one.pages or ((("", one.evidence),) if one.evidence else ()):
            yield CitationPiece(words.typography.clause)
            yield CitationPiece(words("page {pages}", pages=page) if page else "", *self._target(quotes, reference))
            said = " … ".join(f"“{clean(quote.quote)}”" for quote in quotes)
            yield CitationPiece("" if self._report.options.appendix else words.named("", said))
