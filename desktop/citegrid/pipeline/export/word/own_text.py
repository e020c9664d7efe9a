"""The text of a Word report as a person wrote it: without the marks, signs and reasons that the report added.

Tracked changes count as accepted: what was deleted is not read, what was inserted is.
"""

from __future__ import annotations

import operator
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
_GAPS = (qn("w:tab"), qn("w:br"), qn("w:cr"))
_DELETED = (qn("w:del"), qn("w:moveFrom"))

#: The name of a style (``linked`` for a link to the evidence) and the text that is in it.
Piece = tuple[str, str]


class OwnText:
    """Reads runs of ``document``; an editor may give styles new ids, their names stay."""

    def __init__(self, document: Any) -> None:
        self._styles = {s.style_id: re.sub(r"\W", "", s.name or "").casefold() for s in document.styles}

    def style(self, element: Any) -> str:
        """The name of the style that ``w:pStyle`` or ``w:rStyle`` gives, in small letters; empty for none."""
        return self._styles.get(element.get(qn("w:val")), "") if element is not None else ""

    def of_cell(self, cell: Any) -> str:
        """What a person reads in a table cell as its text, on one line."""
        paragraphs = [[p for r in para.iter(qn("w:r")) for p in self.pieces(r)] for para in cell.iter(qn("w:p"))]
        return clean(" ".join(map(without_added, paragraphs)))

    def pieces(self, run: Any) -> Iterator[Piece]:
        """The style and the text of a run; nothing for one that was deleted."""
        above = list(run.iterancestors())
        if any(element.tag in _DELETED for element in above):
            return
        text = "".join(map(_text, run))
        if text:
            style = self.style(run.find(f"{qn('w:rPr')}/{qn('w:rStyle')}"))
            linked = "linked" if any(map(_leads_to_evidence, above)) else ""
            yield (style if style in _ADDED else linked), text


def _leads_to_evidence(element: Any) -> bool:
    return element.tag == qn("w:hyperlink") and (element.get(qn("w:anchor")) or "").startswith("ev_")


def _text(node: Any) -> str:
    if node.tag == qn("w:t"):
        return node.text or ""
    return " " if node.tag in _GAPS else ""


def without_added(pieces: Sequence[Piece]) -> str:
    """The pieces joined, without what the report added; editors cut runs anywhere, so like is joined with like."""
    out = []
    for style, group in groupby(pieces, key=operator.itemgetter(0)):
        text = "".join(text for _, text in group)
        out.append(_ADDED[style].sub("", text) if style else text)
    return "".join(out)
