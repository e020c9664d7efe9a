"""Highlights, notes and bookmarks as JSON and back."""

from __future__ import annotations

from typing import Any

from citegrid.core.annotation import Annotation, Ink
from citegrid.core.serialisation.fields import Field


def annotation_to_json(one: Annotation) -> dict[str, Any]:
    """The inverse of ``annotation_from_json``."""
    return {
        "key": one.key,
        "sha256": one.sha256,
        "page": one.page,
        "boxes": [box.as_list() for box in one.boxes],
        "quote": one.quote,
        "note": one.note,
        "ink": one.ink.value,
    }


def annotation_from_json(one: Field) -> Annotation:
    """An annotation; raises InputError, naming the field, for anything else."""
    return Annotation(
        one.text("key"),
        one.text("sha256"),
        one.whole("page"),
        tuple(box.as_box() for box in one.items("boxes")),
        one.text("quote", ""),
        one.text("note", ""),
        one.choice("ink", Ink, Ink.YELLOW),
    )
