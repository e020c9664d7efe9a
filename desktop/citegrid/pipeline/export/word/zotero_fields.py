"""Fields that Zotero's Word plugin takes over: citations and the reference list, each with what it was printed from.

As soon as one work comes from Zotero all citations are fields: Zotero numbers and sorts the works of a document, and what it
does not know would keep another number.  A work from elsewhere goes along as embedded data under an address of our own.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from citegrid.pipeline.export.word.ooxml import Element, el, text_of

if TYPE_CHECKING:
    from citegrid.pipeline.export.word.citing import CitedWork
    from citegrid.pipeline.export.word.report import WordReport

_SCHEMA = "https://github.com/citation-style-language/schema/raw/master/csl-citation.json"
_BIBLIOGRAPHY = ' ADDIN ZOTERO_BIBL {"uncited":[],"omitted":[],"custom":[]} CSL_BIBLIOGRAPHY '


def citation(report: WordReport, cited: Sequence[CitedWork], runs: Sequence[Element]) -> list[Element]:
    """The printed runs of a citation as the result of a field ``ADDIN ZOTERO_ITEM CSL_CITATION``."""
    printed = text_of(*runs)
    lead = printed[: len(printed) - len(printed.lstrip())]
    before, shown = (list(runs[:1]), list(runs[1:])) if lead else ([], list(runs))
    items = [_item(report, one) for one in cited]
    number = report.bookmarks.number()
    plain = printed.strip()
    raised = report.in_text is not None and report.in_text.raised
    data = {
        "citationID": hashlib.sha256(f"{number} {plain}".encode()).hexdigest()[:10],
        "properties": {
            "formattedCitation": f"\\super {plain}\\nosupersub{{}}" if raised else plain,
            "plainCitation": plain,
            "noteIndex": 0,
        },
        "citationItems": items,
        "schema": _SCHEMA,
    }
    code = f" ADDIN ZOTERO_ITEM CSL_CITATION {json.dumps(data, ensure_ascii=False)} "
    return [*before, *begun(code), *shown, ended()]


def _item(report: WordReport, one: CitedWork) -> dict[str, Any]:
    """A work in a citation: its addresses, its data, its pages, and what stands before it."""
    ids, work = report.cited.ids[one.place], report.cited.works[one.place]
    linked = next(filter(None, map(report.options.linked.get, ids)), None)
    uris = list(linked.uris) if linked else [f"urn:citegrid:work:{ids[0] if ids else work['id']}"]
    data = {**work, **linked.item} if linked else work
    made: dict[str, Any] = {"id": data["id"], "uris": uris, "itemData": data}
    if one.pages:
        made |= {"locator": one.locator, "label": "page"}
    if one.via:
        made["prefix"] = report.words.form("as cited in {source}").replace("{source}", "")
    return made


def begun(code: str) -> list[Element]:
    """The start of a field with its code."""
    text = el("instrText")
    text.text = code
    text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return [_mark("begin"), el("r", text), _mark("separate")]


def ended() -> Element:
    """The end of a field."""
    return _mark("end")


def bibliography(paragraphs: Sequence[Element]) -> None:
    """Make the paragraphs of a reference list the result of a field ``ADDIN ZOTERO_BIBL``."""
    for i, part in enumerate(begun(_BIBLIOGRAPHY), 1):
        paragraphs[0].insert(i, part)
    paragraphs[-1].append(ended())


def _mark(kind: str) -> Element:
    return el("r", el("fldChar", fldCharType=kind))
