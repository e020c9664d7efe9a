"""Page labels as numbers: roman or arabic, and the one correction a person makes for a whole document."""

from __future__ import annotations

import re
from dataclasses import replace

from citegrid.core.document import Document
from citegrid.core.evidence import Evidence, SourceKind
from citegrid.core.review import Review
from citegrid.core.table import Table

_ROMAN = re.compile(r"m{0,3}(?:cm|cd|d?c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})")
_VALUES = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)


def from_roman(text: str) -> int | None:
    """The number that ``text`` writes in roman digits of one case; None when it writes none."""
    small = text.casefold()
    if not text or text not in (small, text.upper()) or not _ROMAN.fullmatch(small):
        return None
    single = {letters: value for value, letters in _VALUES if len(letters) == 1}
    values = [single[c] for c in small]
    return sum(-v if v < max(values[i + 1 :], default=0) else v for i, v in enumerate(values))


def to_roman(number: int) -> str:
    """``number`` (1 and above) in small roman digits."""
    result = ""
    for value, letters in _VALUES:
        result += letters * (number // value)
        number %= value
    return result


def shifted(label: str, by: int) -> str:
    """``label`` counted ``by`` pages on, in its own digits; as it is when it holds no number or would fall below 1."""
    if label.isascii() and label.isdigit():
        return str(int(label) + by) if int(label) + by >= 1 else label
    roman = from_roman(label)
    if roman is not None and roman + by >= 1:
        moved = to_roman(roman + by)
        return moved.upper() if label.isupper() else moved
    tail = re.search(r"\d+$", label)
    if tail is not None and int(tail.group()) + by >= 1:
        return label[: tail.start()] + str(int(tail.group()) + by)
    return label


def with_offset(document: Document, by: int) -> Document:
    """``document`` with the labels of all its pages ``by`` pages on: the correction a person makes once for a file."""
    if not by:
        return document
    return replace(document, pages=tuple(replace(p, label=shifted(p.label, by)) for p in document.pages))


def offset_for(printed: str, label: str) -> int | None:
    """How far all labels are to be moved so that ``label`` becomes ``printed``; None when they are not of one kind."""
    if printed.isascii() and label.isascii() and printed.isdigit() and label.isdigit():
        return int(printed) - int(label)
    there, here = from_roman(printed), from_roman(label)
    return there - here if there is not None and here is not None else None


def relabelled(table: Table, review: Review | None, document: Document) -> tuple[Table, Review | None]:
    """``table`` and ``review`` with the labels of ``document`` in every citation of it."""

    def shown(evidence: tuple[Evidence, ...]) -> tuple[Evidence, ...]:
        return tuple(
            replace(e, page_label=document.page(e.page).label)
            if e.kind is SourceKind.DOCUMENT and e.source == document.name and e.page
            else e
            for e in evidence
        )

    rows = tuple(
        replace(
            row, cells=tuple(replace(cell, evidence=shown(cell.evidence), near=shown(cell.near)) for cell in row.cells)
        )
        for row in table.rows
    )
    if review is not None:
        review = replace(review, sentences=tuple(replace(s, evidence=shown(s.evidence)) for s in review.sentences))
    return replace(table, rows=rows), review
