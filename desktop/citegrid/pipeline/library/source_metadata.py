"""What the first lines of a plain document say of it: authors, year, DOI."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from citegrid.core.language.text import matched
from citegrid.core.library import Manuscript, TextBlock
from citegrid.pipeline.library import patterns

#: Blocks of the front that are looked at, and those that are looked at for a DOI.
FRONT, FRONT_DOI = 6, 20
#: Letters of a title, of one that is not marked as such, of a name, of a line with a date alone; and names of a document.
LONGEST_TITLE, SHORT_TITLE, LONGEST_NAME, SHORT_LINE, MOST_NAMES = 160, 120, 60, 40, 30


def completed(known: Manuscript, fallback: str) -> Manuscript:
    """``known`` with what its first lines add: a title (``fallback`` where there is none), authors, year and DOI."""
    front = [part.text for part in known.parts[:FRONT]]
    title = known.title.strip() or title_in(known.parts[:FRONT]) or fallback
    return replace(
        known,
        parts=tuple(replace(p, heading=False) if authors_in(p.text) else p for p in known.parts),
        title=" ".join(title.split())[:LONGEST_TITLE],
        authors=known.authors or next(filter(None, map(authors_in, front)), ()),
        year=known.year or next(filter(None, map(_year, front)), None),
        doi=known.doi or next(filter(None, (doi_in(p.text) for p in known.parts[:FRONT_DOI])), ""),
    )


def title_in(front: Sequence[TextBlock]) -> str:
    """The first block of a document where it is a heading or looks like one."""
    first = front[0] if front else TextBlock("")
    short = len(first.text) <= SHORT_TITLE and not first.text.endswith(tuple(".。;；,，"))
    return first.text if first.heading or short else ""


def authors_in(line: str) -> tuple[str, ...]:
    """The names of a line such as ``By Ann Lee and Bo Chen`` or ``作者：王明、李华``; empty when it is another line."""
    return names_in(matched(patterns.BYLINE.match(line), 1))


def names_in(text: str) -> tuple[str, ...]:
    """Names in a list: ``Ann Lee, Bo Chen and Cy Du``, ``王明、李华``."""
    names = (" ".join(name.split()) for name in patterns.BETWEEN_NAMES.split(text))
    return tuple(n for n in names if 2 <= len(n) <= LONGEST_NAME and not patterns.NO_NAME.search(n))[:MOST_NAMES]


def _year(line: str) -> int | None:
    found = patterns.DATED.search(line) or (patterns.DATE_ALONE.match(line) if len(line) < SHORT_LINE else None)
    year = int(found.group(1)) if found else 0
    return year if 1800 <= year <= date.today().year + 1 else None


def doi_in(text: str) -> str:
    """The first DOI in ``text``; empty when there is none."""
    return matched(patterns.DOI.search(text)).rstrip(".,;)]}").lower()
