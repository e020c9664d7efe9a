"""An entry of a reference list in JSON, with the fields that the contract of ``citegrid read`` gives it; its mentions stay with the paper."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from citegrid.core.document import Box
from citegrid.core.reference import Imprint, Reference
from citegrid.core.serialisation.fields import Field


def reference_to_json(reference: Reference) -> dict[str, Any]:
    """The entry, its fields and the page (from 1) and boxes ``[page, x0, y0, x1, y1]`` in points where it stands."""
    return {
        "id": reference.id,
        "label": reference.label,
        "raw": reference.raw,
        "authors": list(reference.authors),
        "title": reference.title,
        "year": reference.year,
        "venue": reference.venue,
        "doi": reference.doi,
        "arxiv": reference.arxiv,
        "url": reference.url,
        **asdict(reference.imprint),
        "page": reference.page,
        "boxes": list(map(Box.as_list, reference.boxes)),
    }


def reference_from_json(entry: Field) -> Reference:
    """The entry that ``reference_to_json`` wrote; raises InputError naming the field that is wrong."""
    printed = {name: entry.text(name, "") for name in ("volume", "issue", "pages", "publisher", "place", "mark")}
    return Reference(
        id=entry.text("id"),
        label=entry.text("label", ""),
        raw=entry.text("raw", ""),
        page=entry.whole("page", 0),
        boxes=tuple(box.as_box() for box in entry.items("boxes")),
        spans=(),
        authors=tuple(author.as_text() for author in entry.items("authors")),
        title=entry.text("title", ""),
        year=None if entry.get("year").missing else entry.whole("year"),
        venue=entry.text("venue", ""),
        doi=entry.text("doi", ""),
        arxiv=entry.text("arxiv", ""),
        url=entry.text("url", ""),
        imprint=Imprint(**printed, mixed=entry.flag("mixed", False)),
    )
