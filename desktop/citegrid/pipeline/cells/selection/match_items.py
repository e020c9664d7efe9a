"""Which works of a reference list are among items of a reference manager, files of a folder or background documents.

An entry is one work with an item by DOI or arXiv id, else by title with an author or the year (``match_works``): two works wrongly
made one would prove each other's claims.  Of a file that was read, the words of its first page count beside the title that was
read from them: a page that begins with a title and names its first author is that work's.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from rapidfuzz import fuzz

from citegrid.core.holdings import LibraryItem
from citegrid.core.language.script import is_chinese
from citegrid.core.language.text import key_text
from citegrid.core.reference import Reference
from citegrid.pipeline.cells.selection.match_works import LONG, WorkNames, family_of, names_of, same_names, signs

#: Letters that a title needs to be looked for on first pages, or as the beginning of a longer one, and letters of what such a
#: longer one has beyond it: “… Part I” is no beginning of “… Part II”.
LONG_TITLE, LONG_TITLE_ZH, SUBTITLE = 30, 8, 8
#: Letters of a first page before which its title begins.
FRONT = 600
#: Percent of its letters that a title shares with that of another work at most.
OTHER_TITLE = 60.0


def items_of(
    references: Sequence[Reference], items: Sequence[LibraryItem], home: Sequence[Reference] = ()
) -> dict[str, LibraryItem]:
    """The id of each entry whose work is among ``items`` → the item; of several, one with a file, and the one named more surely.
    ``home`` is the list that the entries stand in, where they are not all of it."""
    index, opened = _index(items), [item for item in items if item.opening]
    bearers = Counter(key_text(reference.title) for reference in home or references)
    found = {}
    for reference in references:
        likely = [item for item in _likely(reference, index, opened) if is_item(reference, item)]
        if bearers[key_text(reference.title)] > 1:  # a competition of each year: only the year tells which is which
            likely = [item for item in likely if item.year is not None and item.year == reference.year]
        if likely:
            found[reference.id] = max(likely, key=_worth)
    return found


def is_item(reference: Reference, item: LibraryItem) -> bool:
    """Whether an item is the work that an entry cites."""
    entry, known = names_of(reference), names_of_item(item)
    seen = signs(entry, known)
    if seen & {"same_doi", "same_arxiv"}:
        return not (item.opening and _is_other(entry.title, known.title) and key_text(entry.title) not in item.opening)
    if seen & {"other_doi", "other_arxiv"}:
        return False
    return (
        same_names(entry, known)
        or _is_longer(entry, known, seen)
        or ("far_year" not in seen and _is_printed(entry, item))
    )


def names_of_item(item: LibraryItem) -> WorkNames:
    """What an item is known by, as an entry is."""
    return names_of(
        Reference("", "", "", 1, (), (), item.authors, item.title, item.year, doi=item.doi, arxiv=item.arxiv)
    )


def _worth(item: LibraryItem) -> tuple[bool, bool, bool]:
    return bool(item.files), bool(item.doi or item.arxiv), bool(item.title)


def _is_longer(entry: WorkNames, known: WorkNames, seen: set[str]) -> bool:
    """Whether one title is the other with a subtitle, or with what a reader left on it, by one author in one year."""
    short, long = sorted((key_text(entry.title), key_text(known.title)), key=len)
    begun = len(short) >= _long(entry.title) and long.startswith(short) and len(long) - len(short) >= SUBTITLE
    return begun and {"same_author", "same_year"} <= seen


def _is_other(title: str, other: str) -> bool:
    """Whether two titles that are known name two works: a first page prints DOIs of others, too."""
    one, two = key_text(title), key_text(other)
    return bool(one and two) and fuzz.partial_ratio(one, two) < OTHER_TITLE


def _is_printed(entry: WorkNames, item: LibraryItem) -> bool:
    """Whether a file's first page begins with the title of an entry, names its first author, and is no comment on it; of a file
    without authors, a long title is enough."""
    title, family = key_text(entry.title), family_of(next(iter(entry.authors), ""))
    at = item.opening.find(title) if len(title) >= _long(entry.title) else -1
    begins = key_text(item.title).startswith(title) or title not in key_text(item.title)
    named = (family != "" and family in item.opening) or (not item.authors and len(title) >= LONG)
    return 0 <= at < FRONT and begins and named


def _long(title: str) -> int:
    return LONG_TITLE_ZH if is_chinese(title) else LONG_TITLE


# -- where to look ----------------------------------------------------------------------------------------------------

Index = Mapping[str, list[LibraryItem]]


def _index(items: Iterable[LibraryItem]) -> Index:
    """The items by each number and by the title that they bear, and by its beginning."""
    index: dict[str, list[LibraryItem]] = {}
    for item in items:
        for key in _keys(names_of_item(item)):
            index.setdefault(key, []).append(item)
    return index


def _keys(names: WorkNames) -> tuple[str, ...]:
    """A work's numbers, its title, and how a long title begins; the empty ones left out."""
    title = key_text(names.title)
    begins = title[: _long(names.title)] if len(title) > _long(names.title) else ""
    marked = (("doi:", names.doi), ("arxiv:", names.arxiv), ("title:", title), ("begins:", begins or title))
    return tuple(f"{kind}{name}" for kind, name in marked if name)


def _likely(reference: Reference, index: Index, opened: Sequence[LibraryItem]) -> list[LibraryItem]:
    """The items that may be the work of an entry: those that share a key, and the files whose first page prints its title."""
    title = key_text(reference.title)
    shared = [item for key in _keys(names_of(reference)) for item in index.get(key, ())]
    printed = [item for item in opened if title in item.opening] if len(title) >= LONG_TITLE_ZH else []
    return list({id(item): item for item in (*shared, *printed)}.values())
