"""A read paper as the JSON that ``citegrid read`` prints."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from citegrid.core.document import Box, Document, Page
from citegrid.core.language.text import join_lines
from citegrid.core.reference import Mention, Reference
from citegrid.core.serialisation.reference_json import reference_to_json
from citegrid.pipeline.bibliography.consistency import warnings_of


def reading_to_json(document: Document, references: Sequence[Reference]) -> dict[str, Any]:
    """The document, its pages and its references with their mentions.

    Boxes are ``[page, x0, y0, x1, y1]`` in points; ``warnings`` say what the reader was not sure of.
    """
    return {
        "document": {
            "name": document.name,
            "sha256": document.sha256,
            "pages": len(document.pages),
            "title": document.title,
            "authors": list(document.authors),
            "year": document.year,
            "doi": document.doi,
            "arxiv": document.arxiv,
        },
        "pages": list(map(_page, document.pages)),
        "references": [_reference(reference, document) for reference in references],
        "warnings": [*document.warnings, *warnings_of(references)],
    }


def _page(page: Page) -> dict[str, Any]:
    return {
        "page": page.number,
        "page_label": page.label,
        "width": round(page.width, 2),
        "height": round(page.height, 2),
        "text_from": page.text_from.value,
    }


def _reference(reference: Reference, document: Document) -> dict[str, Any]:
    return {
        **reference_to_json(reference),
        "raw": _raw(reference, document),
        "page_label": _label(document, reference.page),
        "mentions": [_mention(mention, document) for mention in reference.mentions],
    }


def _raw(reference: Reference, document: Document) -> str:
    """The entry in the file's own characters: who looks it up there will not find the ligatures that were restored."""
    lines: list[str] = []
    found = False
    for span in reference.spans:
        page = document.page(span.page)
        text = page.text[span.start : span.end]
        for word in sorted(page.words, key=lambda w: -w.start):
            if word.restored and span.start <= word.start and word.end <= span.end:
                found = True
                for at, letters in reversed(word.restored):
                    a = word.start - span.start + at
                    own = "T" if text[a : a + letters] == "Th" else "\ufffd"
                    text = text[:a] + own + text[a + letters :]
        lines.append(text)
    return join_lines("\n".join(lines)) if found else reference.raw


def _mention(mention: Mention, document: Document) -> dict[str, Any]:
    return {
        "page": mention.page,
        "page_label": _label(document, mention.page),
        "text": mention.text,
        "boxes": _boxes(mention.boxes),
        "sentence": mention.sentence,
        "section": mention.section,
        "beside": mention.beside,
        "narrative": mention.narrative,
        "intent": mention.intent.value,
    }


def _boxes(boxes: Sequence[Box]) -> list[list[float]]:
    return list(map(Box.as_list, boxes))


def _label(document: Document, page: int) -> str:
    return document.page(page).label if 1 <= page <= len(document.pages) else ""
