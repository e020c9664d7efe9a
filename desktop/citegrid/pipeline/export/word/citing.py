"""Citations of a Word report: the long form, or as the citation style has it, each leading to the words that carry a text."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from operator import attrgetter
from typing import TYPE_CHECKING, Protocol

from docx.oxml.ns import qn

from citegrid.core.citation import marks
from citegrid.core.evidence import Evidence
from citegrid.pipeline.export.cited_works import ReportWorks
from citegrid.pipeline.export.column_widths import is_wide
from citegrid.pipeline.export.in_text import InTextStyle, families_of, year_of
from citegrid.pipeline.export.plain_text import clean
from citegrid.pipeline.export.word import zotero_fields
from citegrid.pipeline.export.word.ooxml import Element, link, run, text_of

if TYPE_CHECKING:
    from citegrid.pipeline.export.word.report import WordReport

#: The full stops that stay behind a citation.
_STOPS = tuple(".。!！?？")
_VIA, _ONLY_VIA = "{work}, as cited in {source}", "as cited in {source}"
_NAME_LENGTH, _NAME_END = 44, 12
#: Marks are set smaller than the text: so much of their width counts.
_MARK_WIDTH = 0.8


@dataclass(frozen=True, slots=True)
class CitedText:
    """A text that is cited: its evidence and the ids of the works it is about.

    ``named`` is the text where it should name its works (the review, the first cell of a row); None where its row does.
    """

    evidence: tuple[Evidence, ...]
    works: tuple[str, ...] = ()
    named: str | None = None


class CitationWriter(Protocol):
    """A form of citations."""

    def cite(self, said: Sequence[Element], claim: CitedText) -> list[Element]:
        """The runs ``said`` of a text with its citations."""

    def text(self, claim: CitedText) -> str:
        """What the citations of a claim take of a line."""


class LongForm:
    """``[doc: paper.pdf, page 6]`` behind the text, and a raised number for each quote of the evidence list."""

    def __init__(self, report: WordReport) -> None:
        self._report = report

    def cite(self, said: Sequence[Element], claim: CitedText) -> list[Element]:
        """The marks behind ``said``: each leads to its first entry, each raised number to its own."""
        made, words = list(said), self._report.words
        if claim.evidence and not (words.typography.between_sentences == "" and is_wide(text_of(*said))):
            made.append(run(" "))
        for mark, group in marks(list(map(_shortened, claim.evidence)), words.language):
            made += self._mark(mark, [e for e in claim.evidence if _shortened(e) in group])
        return made

    def text(self, claim: CitedText) -> str:
        """The marks, as long as they will look."""
        mark = "".join(m for m, _ in marks(claim.evidence, self._report.words.language))
        return mark[: round(len(mark) * _MARK_WIDTH)]

    def _mark(self, mark: str, evidence: Sequence[Evidence]) -> list[Element]:
        numbers = sorted(self._report.evidence.numbers(evidence))
        quotes = {number: self._report.evidence.entries[number - 1].evidence.quote for number in numbers}
        if not self._report.options.appendix:
            return [run(mark, "CiteGridMark")]
        made = [link(f"ev_{numbers[0]}", run(mark, "CiteGridMark"), tip=quotes[numbers[0]])]
        for place, number in enumerate(numbers):
            if place:
                made.append(run(",", "CiteGridNumber"))
            made.append(link(f"ev_{number}", run(str(number), "CiteGridNumber"), tip=quotes[number]))
        return made


def _shortened(evidence: Evidence) -> Evidence:
    """The same evidence with a very long source name cut in its middle; the evidence list has it in full."""
    name = evidence.source
    if len(name) <= _NAME_LENGTH:
        return evidence
    return replace(evidence, source=f"{name[: _NAME_LENGTH - _NAME_END - 2]}…{name[-_NAME_END:]}")


@dataclass(frozen=True, slots=True)
class CitedWork:
    """A work in a citation: its place among the cited works, and its evidence page by page, empty where only the work is
    named.  ``via`` means that the works before it speak through its pages."""

    place: int
    pages: tuple[tuple[str, tuple[Evidence, ...]], ...] = ()
    evidence: tuple[Evidence, ...] = ()
    via: bool = False

    @property
    def locator(self) -> str:
        """Its pages as a style prints them."""
        return ", ".join(page for page, _ in self.pages)


@dataclass(frozen=True, slots=True)
class CitationPiece:
    """A stretch of a citation: its text, the bookmark it leads to (empty for none), what is said of it on hovering, and
    whether it stands in line though the style raises its citations."""

    text: str
    anchor: str = ""
    tip: str = ""
    in_line: bool = False


class StyleForm:
    """As the citation style has it; the long form for a work of which the style has nothing to print."""

    def __init__(self, report: WordReport, works: ReportWorks, style: InTextStyle) -> None:
        self._report, self.works, self.style = report, works, style
        self._long = LongForm(report)
        self._raised = style.raised

    def cite(self, said: Sequence[Element], claim: CitedText) -> list[Element]:
        """``said`` with its citation before the full stop."""
        cited = self.cited(claim)
        if not self._prints(cited):
            return self._long.cite(said, claim)
        close = self.style.raised or is_wide(text_of(*said)[:-1])
        pieces = [*([] if close else [CitationPiece(" ")]), *self.pieces(cited)]
        runs = [linked(piece, self.style.raised) for piece in pieces]
        self._report.printed_citations.add(_text(pieces))
        return before_stop(said, self._field(cited, runs) if self._report.options.linked else runs)

    def _field(self, cited: Sequence[CitedWork], runs: Sequence[Element]) -> list[Element]:
        """The citation as a field of Zotero, and behind it links to the quotes, which stay when Zotero writes it anew."""
        evidence = [one for work in cited for one in work.evidence] if self._report.options.appendix else []
        proof = [link for one in dict.fromkeys(evidence) for link in (CitationPiece(","), self._quoted(one))]
        proof[:1] = [CitationPiece(" ")] if proof else []
        self._report.printed_citations.add(_text(proof))
        return [*zotero_fields.citation(self._report, cited, runs), *(linked(piece, raised=True) for piece in proof)]

    def _quoted(self, evidence: Evidence) -> CitationPiece:
        """The number of a quote, which leads to it."""
        label = self._report.evidence_label(self._report.evidence.number(evidence))
        return CitationPiece(label, *self._target((evidence,), ""))

    def text(self, claim: CitedText) -> str:
        """The citation as one text; a raised one is half as wide."""
        cited = self.cited(claim)
        made = _text(self.pieces(cited)) if self._prints(cited) else self._long.text(claim)
        return made[: len(made) // (1 + self.style.raised)]

    def _prints(self, cited: Sequence[CitedWork]) -> bool:
        """Whether there is a citation, and the style has something to print for all of it."""
        return bool(cited) and all(self.style.number(one.place) for one in cited)

    def cited(self, claim: CitedText) -> list[CitedWork]:
        """The works of a citation: those the text should name and does not, then those whose pages carry it."""
        places = self.works.places(claim.works)
        sources: dict[int, list[Evidence]] = {}
        for one in claim.evidence:
            sources.setdefault(self.works.source(one, places), []).append(one)
        spoken = claim.named is not None and bool(sources and places) and sources.keys().isdisjoint(places)
        named = [CitedWork(place) for place in places if not self._names(claim.named or "", place)]
        carried = [_of_source(place, quotes) for place, quotes in sources.items()]
        return [*named, replace(carried[0], via=True), *carried[1:]] if spoken else carried

    def _names(self, text: str, place: int) -> bool:
        """Whether a text names author and year of a work, as ``Gao et al. (2023) show`` does; numbers are always given."""
        work = self.works.works[place]
        known = list(filter(None, (*families_of(work)[:1], year_of(work))))
        return not self.style.numbered and len(known) == 2 and all(part in text for part in known)

    def pieces(self, cited: Sequence[CitedWork]) -> list[CitationPiece]:
        """The citation with its brackets."""
        style, made = self.style, [CitationPiece(self.style.before)]
        for i, one in enumerate(cited):
            core = self._core(one)
            made += self._via(core, first=not i) if one.via else [CitationPiece(style.between if i else ""), *core]
        return [piece for piece in (*made, CitationPiece(style.behind)) if piece.text]

    def _via(self, core: list[CitationPiece], *, first: bool) -> list[CitationPiece]:
        words = self._report.words
        form = words.form(_ONLY_VIA if first else _VIA).replace("{work}", "")
        if self._raised:  # raised words can hardly be read
            form = words.in_parentheses(words.form(_ONLY_VIA))
        before, _, behind = form.partition("{source}")
        return [CitationPiece(before, in_line=True), *core, CitationPiece(behind, in_line=True)]

    def _core(self, one: CitedWork) -> list[CitationPiece]:
        before, pages, behind = self.style.core(one.place, one.locator)
        reference = self._reference(one)
        target, tip = self._target(one.evidence, reference)
        if not pages:
            return [CitationPiece(before, target, tip)]
        made = [CitationPiece(before, target, tip)]
        for i, (page, quotes) in enumerate(one.pages):
            made += [CitationPiece(", " if i else ""), CitationPiece(page, *self._target(quotes, reference))]
        return [*made, CitationPiece(behind)]

    def _reference(self, one: CitedWork) -> str:
        """The bookmark of a work in the reference list; empty for one that is not in it."""
        number = self.style.number(one.place)
        return f"ref_{number}" if number else ""

    def _target(self, quotes: Sequence[Evidence], reference: str) -> tuple[str, str]:
        """The bookmark of the first quote, or of the reference without the evidence list, and the quotes."""
        tip = "\n".join(f"“{clean(one.quote)}”" for one in quotes)
        listed = bool(quotes) and self._report.options.appendix
        return f"ev_{self._report.evidence.number(quotes[0])}" if listed else reference, tip


def _of_source(place: int, evidence: Sequence[Evidence]) -> CitedWork:
    pages: dict[str, list[Evidence]] = {}
    for one in sorted((e for e in evidence if e.page is not None), key=attrgetter("page")):
        pages.setdefault(clean(one.page_label) or str(one.page), []).append(one)
    return CitedWork(place, tuple((page, tuple(quotes)) for page, quotes in pages.items()), tuple(evidence))


def _text(pieces: Sequence[CitationPiece]) -> str:
    return "".join(piece.text for piece in pieces)


def linked(piece: CitationPiece, raised: bool) -> Element:
    made = run(piece.text, "CiteGridRaised" if raised and not piece.in_line else "CiteGridCitation")
    return link(piece.anchor, made, tip=piece.tip) if piece.anchor else made


def before_stop(said: Sequence[Element], cited: Sequence[Element]) -> list[Element]:
    """``said`` with its citation, which stands before the full stop that ends it."""
    text = said[-1].find(qn("w:t")) if cited and said else None
    if text is None or len(text.text) < 2 or not text.text.endswith(_STOPS) or _is_remark(said[-1]):
        return [*said, *cited]
    stop = deepcopy(said[-1])
    text.text, stop.find(qn("w:t")).text = text.text[:-1], text.text[-1]
    return [*said, *cited, stop]


def _is_remark(one: Element) -> bool:
    """Whether a run is what the report says of a text, such as why it is not supported."""
    style = one.find(f"{qn('w:rPr')}/{qn('w:rStyle')}")
    return style is not None and style.get(qn("w:val")) == "CiteGridReason"
