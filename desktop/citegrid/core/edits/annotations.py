"""What a person does to the highlights, notes and bookmarks of the project; each is an edit, so that undo takes one thing back."""

from __future__ import annotations

from citegrid.core.annotation import Annotation
from citegrid.core.project import Part, Project, SetFields


def put(project: Project, one: Annotation) -> SetFields:
    """The edit that adds an annotation, or puts it in the place of the one with its key; they stand in the order of the paper."""
    others = [a for a in project.annotations if a.key != one.key]
    return _set(sorted([*others, one], key=_place))


def drop(project: Project, key: str) -> SetFields:
    """The edit that takes an annotation away."""
    return _set([a for a in project.annotations if a.key != key])


def _set(annotations: list[Annotation]) -> SetFields:
    return SetFields((("annotations", tuple(annotations)),), frozenset({Part.ANNOTATIONS}))


def _place(one: Annotation) -> tuple[str, int, float, float]:
    first = min(((b.y0, b.x0) for b in one.boxes if b.page == one.page), default=(0.0, 0.0))
    return one.sha256, one.page, *first
