"""Listed: attributes written as a list or numbered within a paragraph, without any table."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from citegrid.pipeline.table_image.attributes import share
from citegrid.pipeline.table_image.header import NOTHING, Found, Heading
from citegrid.pipeline.table_image.text_boxes import Item, confidence, in_lines, is_wide, join

_MARK = re.compile(
    r"^\s*(?:(?P<number>[(（\[【]?\s*\d{1,2}\s*[)）\]】.．、:：]|[(（]\s*[a-z一二三四五六七八九十]{1,2}\s*[)）]|[一二三四五六七八九十]{1,2}[、.．]"
    r"|[a-zA-Z][.)）、]|[①-⑳]|\d{1,2}(?=[^\d\s.,%年月-]))|(?P<bullet>[•●○◦▪■□◆◇★☆►▶✓√·*–—\-]+))\s*(?P<rest>\S.*)$"
)
_INLINE = re.compile(r"[(（\[]\s*\d{1,2}\s*[)）\]]|[①-⑳]|(?<![\d.])\d{1,2}[.．、](?=\s*[^\d\s])")
_EXPLAINED = re.compile(r"\s*(?:[:：]|——|\s[–—-]\s).*$", re.S)
_MOST_WIDE, _MOST_WORDS = 16, 7


def read_list(items: Sequence[Item], height: float) -> Found:
    """The attributes of a list, one a line, or of an enumeration within a paragraph; nothing for other prose."""
    lines = [(join([i.text for i in line]), line) for line in in_lines(items)]
    if sum(len(line) > 2 for _, line in lines) > 0.34 * len(lines):
        return NOTHING  # texts stand side by side: a table
    return _marked(lines, height) or _enumerated(lines) or _bare(lines, height) or NOTHING


def _marked(lines: Sequence[tuple[str, list[Item]]], height: float) -> Found | None:
    """Lines that begin with a number or a bullet; lines without one go on with the one above."""
    entries: list[tuple[str, list[Item]]] = []
    bottom, bullets = 0.0, False
    right = max((i.x1 for _, line in lines for i in line), default=0.0)
    for text, line in lines:
        top = min(i.y0 for i in line)
        match = _MARK.match(text)
        if match:
            second = _MARK.match(match["rest"]) if match["bullet"] else None  # a speck before a number
            entries.append((second["rest"] if second else match["rest"], list(line)))
            bullets = bool(match["bullet"])
        elif entries and _goes_on(entries[-1][1], line, top - bottom, right, height):
            entries[-1] = (join([entries[-1][0], text]), [*entries[-1][1], *line])
        elif entries and len(line) == 1 and bullets and line[0].y0 - bottom < 1.2 * height:
            entries.append((text, list(line)))  # the reader overlooked its bullet
        bottom = max(i.y1 for i in line)
    names = [_name(text) for text, _ in entries]
    if len(names) < 3 or sum(map(_is_short, names)) < 0.8 * len(names):
        return None
    return _found(list(zip(names, (parts for _, parts in entries), strict=True)))


def _goes_on(entry: Sequence[Item], line: Sequence[Item], gap: float, right: float, height: float) -> bool:
    """Whether a line without a mark belongs to the entry above: that one reached the right margin, and it is indented."""
    full = entry[-1].x1 > right - 2.5 * height and entry[-1].width > 10 * height
    return full and gap < 0.9 * height and len(line) == 1 and line[0].x0 > entry[0].x0 + 0.3 * height


def _enumerated(lines: Sequence[tuple[str, list[Item]]]) -> Found | None:
    """A paragraph with "(1) … (2) …" in it, or one that lists names behind a colon."""
    text = join([t for t, _ in lines])
    parts = [item for _, line in lines for item in line]
    pieces = _INLINE.split(text)[1:]
    marks = [unicodedata.normalize("NFKC", m.group()).strip("()[]. 、") for m in _INLINE.finditer(text)]
    if len(pieces) < 3 or marks != [str(i + 1) for i in range(len(marks))]:
        behind = re.split(r"[:：]", text, maxsplit=1)
        if len(behind) < 2:
            return None
        first = re.split(r"[。!！?？]|\.(?:\s|$)", behind[1])[0]
        pieces = re.split(r"[、，,;；]|\band\b|(?<=[一-鿿])和(?=[一-鿿])", first)
        if share([p.strip() for p in pieces]) < 0.5:
            return None
    pieces[-1] = re.split(r"[。;；]|\.(?:\s|$)", pieces[-1])[0]
    names = [
        _name(re.sub(r"^\s*(?:and|以及|和)\s+|(?:[;；,，、。.]|\band\b|以及)*\s*$", "", p.strip())) for p in pieces
    ]
    names = [n for n in names if n]
    if len(names) < 3 or sum(map(_is_short, names)) < 0.8 * len(names):
        return None
    return _found([(name, parts) for name in names])


def _bare(lines: Sequence[tuple[str, list[Item]]], height: float) -> Found | None:
    """Short lines below each other without marks, most of which are words that columns are named with."""
    named = [(_name(text.lstrip("•●○·*-– ")), line) for text, line in lines if len(line) == 1]
    while named and not _is_attribute_line(named[0][0]):
        named = named[1:]  # a title
    texts = [name for name, _ in named]
    if len(texts) < 3 or len(named) < 0.8 * len(lines) or not all(map(_is_short, texts)) or share(texts) < 0.6:
        return None
    return _found(named)


def _is_attribute_line(text: str) -> bool:
    return share([text]) == 1.0


def _name(text: str) -> str:
    """The name without the explanation behind a colon or a dash."""
    return _EXPLAINED.sub("", text).strip(" ;；,，、。.")


def _is_short(text: str) -> bool:
    wide = sum(map(is_wide, text))
    return 0 < len(text) <= 60 and wide <= _MOST_WIDE and len(text.split()) <= _MOST_WORDS


def _found(entries: Sequence[tuple[str, list[Item]]]) -> Found:
    headings = []
    for name, parts in entries:
        box = (min(i.x0 for i in parts), min(i.y0 for i in parts), max(i.x1 for i in parts), max(i.y1 for i in parts))
        headings.append(Heading(name, box, confidence(parts)))
    return Found(tuple(headings), cells=False)
