"""What the first lines of a plain document say of it: authors, year, DOI."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from citegrid.core.library import Manuscript, Part

_BY = re.compile(r"^\s*(?:by|authors?|作者|著者|撰稿人?|文)\s*[:： ]\s*(.{2,300})$", re.I)
_DATED = re.compile(
    r"(?:date|year|published|updated|日期|年份|发布|发表|出版|时间)[^\d\n]{0,20}((?:19|20)\d\d)(?!\d)", re.I
)
_ALONE = re.compile(r"^\W*((?:19|20)\d\d)(?:\s*年.{0,8}|[-/.]\d{1,2}(?:[-/.]\d{1,2})?)?\W*$")
_DOI = re.compile(r"\b10\.\d{4,9}/[^\s\"<>，。；]+")
#: Parts of the front that are looked at, and letters a title may have.
FRONT, LONGEST_TITLE = 6, 160


def completed(known: Manuscript, fallback: str) -> Manuscript:
    """``known`` with what its first lines add: a title (``fallback`` where there is none), authors, year and DOI."""
    front = known.parts[:FRONT]
    title = known.title.strip() or _title(front) or fallback
    authors = known.authors or next((a for p in front if (a := authors_in(p.text))), ())
    year = known.year or next((y for p in front if (y := _year(p.text))), None)
    doi = known.doi or next((doi_in(p.text) for p in known.parts[:20] if doi_in(p.text)), "")
    parts = tuple(replace(p, heading=False) if authors_in(p.text) else p for p in known.parts)
    return Manuscript(parts, " ".join(title.split())[:LONGEST_TITLE], authors, year, doi)


def _title(front: Sequence[Part]) -> str:
    for part in front:
        if part.heading or (len(part.text) <= 120 and not re.search(r"[.。;；,，]$", part.text)):
            return part.text
        return ""
    return ""


def authors_in(line: str) -> tuple[str, ...]:
    """The names of a line such as ``By Ann Lee and Bo Chen`` or ``作者：王明、李华``; empty when it is another line."""
    found = _BY.match(line)
    if not found:
        return ()
    return names_in(found.group(1))


def names_in(text: str) -> tuple[str, ...]:
    """Names in a list: ``Ann Lee, Bo Chen and Cy Du``, ``王明、李华``."""
    names = (
        " ".join(n.split())
        for n in re.split(r"[;；、，]|,(?! *Jr)|\band\b|&|\s和\s?|和(?=[\u4e00-\u9fff]{2,4}$)", text)
    )
    return tuple(n for n in names if 2 <= len(n) <= 60 and not re.search(r"\d|@|https?:", n))[:30]


def _year(line: str) -> int | None:
    found = _DATED.search(line) or (_ALONE.match(line) if len(line) < 40 else None)
    year = int(found.group(1)) if found else 0
    return year if 1800 <= year <= date.today().year + 1 else None


def doi_in(text: str) -> str:
    """The first DOI in ``text``; empty when there is none."""
    found = _DOI.search(text)
    return found.group().rstrip(".,;)]}").lower() if found else ""
