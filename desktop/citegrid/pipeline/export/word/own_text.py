"""The text of a Word report as a person wrote it: without the marks, signs and reasons that the report added.

Tracked changes count as accepted: what was deleted is not read, what was inserted is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from docx.oxml.ns import qn

from citegrid.core.messages import LANGUAGES, say
from citegrid.pipeline.export.plain_text import clean


def _in_any_language(key: str) -> str:
    return "|".join(re.escape(say(key, language)) for language in LANGUAGES)


_FAILED, _WAITING = _in_any_language("could not be answered"), _in_any_language("not filled yet")
#: What the report itself adds in each of its character styles; the rest of such a run was typed by a person.
_ADDED = {
    "citegridmark": re.compile(r"\[[^\]]*\]"),
    "citegridnumber": re.compile(r"[\d,]+"),
    "citegridsign": re.compile(r"!+"),
    "citegridfaint": re.compile("✎"),
    "citegridreason": re.compile(rf"^\s*(?:（.*）|\(.*\)|(?:{_FAILED}).*)\s*$", re.S),
    "citegridsilent": re.compile(rf"^\s*(?:– ?.*|{_WAITING})\s*$", re.S),
    "linked": re.compile(r"\[[^\]]*\]|[\d,]+"),
}
#: Citations by the citation style, in line and raised: what is known to have been printed is left out, or all of an edited one.
_CITATION, _RAISED = "citegridcitation", "citegridraised"
_GAPS = (qn("w:tab"), qn("w:br"), qn("w:cr"))
_DELETED = (qn("w:del"), qn("w:moveFrom"))

#: The name of a style (``linked`` for a link to the evidence) and the text that is in it.
Piece = tuple[str, str]


class OwnText:
    """Reads runs of ``document``; an editor may give styles new ids, their names stay."""

    def __init__(self, document: Any, citations: Sequence[str] = ()) -> None:
        self._styles = {s.style_id: re.sub(r"\W", "", s.name or "").casefold() for s in document.styles}
        self._citations = citations
        self._zotero = set(_runs_of_zotero(document.element.body))

    def style(self, element: Any) -> str:
        """The name of the style that ``w:pStyle`` or ``w:rStyle`` gives, in small letters; empty for none."""
        return self._styles.get(element.get(qn("w:val")), "") if element is not None else ""

    def of_cell(self, cell: Any) -> str:
        """What a person reads in a table cell as its text, on one line."""
        paragraphs = [[p for r in para.iter(qn("w:r")) for p in self.pieces(r)] for para in cell.iter(qn("w:p"))]
        return clean(" ".join(map(self.without_added, paragraphs)))

    def pieces(self, run: Any) -> Iterator[Piece]:
        """The style and the text of a run; nothing for one that was deleted."""
        above = list(run.iterancestors())
        if run in self._zotero or any(element.tag in _DELETED for element in above):
            return
        text = "".join(map(_text, run))
        if text:
            style = self.style(run.find(f"{qn('w:rPr')}/{qn('w:rStyle')}")).replace(_RAISED, _CITATION)
            linked = _CITATION if self._citations else "linked"
            linked = linked if any(map(_is_citation_link, above)) else ""
            yield (style if style in _ADDED or style == _CITATION else linked), text

    def without_added(self, pieces: Sequence[Piece]) -> str:
        """The pieces joined, without what the report added; editors cut runs anywhere, so like is joined with like."""
        out = []
        for style, group in groupby(pieces, key=lambda piece: piece[0]):
            text = "".join(text for _, text in group)
            if style == _CITATION:
                text = self._beside_citations(text)
            out.append(_ADDED[style].sub("", text) if style in _ADDED else text)
        return "".join(out)

    def _beside_citations(self, text: str) -> str:
        """What was typed beside printed citations; nothing where none of them is found, for then one was edited."""
        left = text
        for citation in self._citations:
            left = left.replace(citation, "")
        return left if left != text and left.strip() else ""


def _is_citation_link(element: Any) -> bool:
    """Whether an element leads from a citation to its evidence or reference; editors change the styles of links."""
    return element.tag == qn("w:hyperlink") and (element.get(qn("w:anchor")) or "").startswith(("ev_", "ref_"))


def _runs_of_zotero(body: Any) -> Iterator[Any]:
    """The runs within fields of Zotero, which writes their text anew."""
    codes: list[str] = []
    for run in body.iter(qn("w:r")):
        for mark in run.iterchildren(qn("w:fldChar"), qn("w:instrText")):
            kind = mark.get(qn("w:fldCharType"))
            codes += [""] if kind == "begin" else []
            codes[-1:] = [codes[-1] + (mark.text or "")] if codes and kind != "end" else []
        if any("ADDIN ZOTERO_" in code for code in codes):
            yield run


def _text(node: Any) -> str:
    if node.tag == qn("w:t"):
        return node.text or ""
    return " " if node.tag in _GAPS else ""
