"""Page labels as numbers: roman or arabic, and the one correction a person makes for a whole document."""

from __future__ import annotations

import re
from dataclasses import replace

from citegrid.core.document import Document

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
