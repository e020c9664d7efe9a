"""The works of the table with all that is known of them, for reference managers and reference lists; CSL-JSON.

A work's own data are its title, authors and year; where the paper's reference
list is known, venue, DOI, arXiv number and address come from its entry.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import Any

from citegrid.core.language.script import with_narrow_signs
from citegrid.core.paper import ids_of
from citegrid.core.project import Project
from citegrid.core.reference import Imprint, Reference, Work, WorkKind
from citegrid.pipeline.bibliography.entry.assemble import inverted
from citegrid.pipeline.cells.columns.patterns import AND_OTHERS
from citegrid.pipeline.export.patterns import (
    CONFERENCE,
    JOURNAL,
    KEY_STOP_WORDS,
    NAME_PARTICLES,
    NO_JOURNAL,
    ORGANISATION_STARTS,
    PREPRINT,
)
from citegrid.pipeline.export.plain_text import clean

#: The last letter of the Latin scripts of Europe.
_LAST_LATIN = "\u024f"
_NO_ENTRY = Reference("", "", "", 0, (), ())
#: CSL's types of works by their marks (GB/T 7714), of which nothing else tells.
_MARKED = {
    "J": "article-journal",
    "D": "thesis",
    "R": "report",
    "P": "patent",
    "N": "article-newspaper",
    "EB": "webpage",
}


@dataclass(frozen=True, slots=True)
class BibliographyItem:
    """A work with all that is known of it; ``kind`` is a CSL type, ``venue`` a journal or book, never the publisher of ``imprint``.
    ``verbatim`` is the entry as printed where its fields do not hold together; with ``others`` it leaves authors out (et al.)."""

    key: str
    kind: str
    title: str
    authors: tuple[str, ...]
    year: int | None
    venue: str = ""
    doi: str = ""
    arxiv: str = ""
    url: str = ""
    imprint: Imprint = field(default_factory=Imprint)
    verbatim: str = ""
    others: bool = False


def items_of(
    project: Project, references: Sequence[Reference] = (), beyond: Sequence[Work] = ()
) -> list[BibliographyItem]:
    """The works of the table in its order, then those ``beyond`` it, each with a key of its own."""
    entries = {r.id: r for r in references}
    items: dict[str, BibliographyItem] = {}
    for work in (*(row.work for row in project.table.rows), *beyond):
        item = _item(work, entries, items)
        items[item.key] = item
    return list(items.values())


def entries_of(project: Project, references: Sequence[Reference]) -> tuple[Reference, ...]:
    """Those of the references that table or review name, without their mentions: what a result needs to be exported without its paper."""
    rows = (one for row in project.table.rows for one in ids_of(row.work))
    named = frozenset(chain(rows, chain.from_iterable(said.works for said in project.sentences)))
    return tuple(replace(r, mentions=(), spans=()) for r in references if r.id in named)


def cited_beyond(project: Project, references: Sequence[Reference]) -> list[Work]:
    """The works that the review cites and the table has no row for, in the order of their citations."""
    rows = {one for row in project.table.rows for one in ids_of(row.work)}
    entries = {r.id: r for r in references}
    sentences = project.review.sentences if project.review else ()
    cited = dict.fromkeys(chain.from_iterable(said.works for said in sentences))
    beyond = map(entries.__getitem__, filter((entries.keys() - rows).__contains__, cited))
    return [Work(WorkKind.REFERENCE, r.id, r.title, r.authors, r.year) for r in beyond]


def _item(work: Work, entries: Mapping[str, Reference], items: Mapping[str, BibliographyItem]) -> BibliographyItem:
    entry = next((entries[one] for one in ids_of(work) if one in entries), _NO_ENTRY)
    authors = tuple(map(_in_small_letters, filter(None, map(clean, work.authors))))
    if work.kind is WorkKind.PAPER:
        authors = tuple(map(_family_first, authors))
    title, venue, arxiv, imprint = (
        with_narrow_signs(clean(work.title)),
        clean(entry.venue),
        clean(entry.arxiv),
        entry.imprint,
    )
    venue = "" if _is_house(venue, imprint) else venue
    return BibliographyItem(
        _free_key(_key(authors, work.year, title), items),
        _kind(venue, arxiv, imprint),
        title,
        authors,
        work.year,
        venue,
        clean(entry.doi),
        arxiv,
        clean(entry.url),
        imprint,
        "" if entry.title and not imprint.mixed else clean(entry.raw.removeprefix(entry.label).strip()),
        bool(authors) and _leaves_out(entry),
    )


def _leaves_out(entry: Reference) -> bool:
    """Whether an entry says before its title that there are more authors."""
    return AND_OTHERS.search(entry.raw.partition(entry.title)[0] if entry.title else "") is not None


def _in_small_letters(name: str) -> str:
    """``McInerney, P B`` for ``MCINERNEY, P B``: families in capitals are a habit of lists; styles that want them set them."""
    family, comma, given = name.partition(",")
    small = " ".join(map(_small, family.split()))
    return f"{small}{comma}{given}" if given and family.isupper() and len(family) > 1 else name


def _small(word: str) -> str:
    if word.lower() in NAME_PARTICLES:
        return word.lower()
    return f"Mc{word[2:].title()}" if word.startswith("MC") else word.title()


def _is_house(venue: str, imprint: Imprint) -> bool:
    """Whether a venue is nothing but the publisher and its place."""
    rest = venue.replace(imprint.publisher, "", 1).replace(imprint.place, "", 1)
    return bool(imprint.publisher) and not any(map(str.isalnum, rest))


def _family_first(name: str) -> str:
    """``Ludwig van Beethoven`` as ``van Beethoven, Ludwig``: the authors on a paper's front page are people."""
    is_latin = name[:1].isalpha() and name[0] <= _LAST_LATIN
    return inverted(name) if is_latin and "," not in name and name.split()[0] not in ORGANISATION_STARTS else name


def _kind(venue: str, arxiv: str, imprint: Imprint) -> str:
    if CONFERENCE.search(venue):
        return "paper-conference"
    if PREPRINT.search(venue) or (arxiv and not venue):
        return "article"  # CSL's word for a preprint
    return _MARKED.get(imprint.mark.partition("/")[0]) or _unmarked(venue, imprint)


def _unmarked(venue: str, imprint: Imprint) -> str:
    """A book, or a part of one, where a mark or a publisher says so; else the kind that its venue is of."""
    if imprint.mark == "M" or (imprint.publisher and not imprint.volume):
        return "chapter" if venue else "book"
    return "article-journal" if venue and _is_journal(venue) else "document"


def _is_journal(venue: str) -> bool:
    named = JOURNAL.search(venue) is not None and "http:" not in venue.lower() and "https:" not in venue.lower()
    return named or not NO_JOURNAL.search(venue)


def _key(authors: Sequence[str], year: int | None, title: str) -> str:
    """``Gao2023Enabling``, in ASCII."""
    first = _ascii(authors[0].split(",")[0]) if authors else ""
    word = next((w for w in re.findall(r"[A-Za-z]+", _ascii(title, keep=" ")) if w.lower() not in KEY_STOP_WORDS), "")
    return f"{first or 'work'}{year or 'nd'}{word.capitalize()}"


def _free_key(key: str, taken: Mapping[str, object]) -> str:
    """``key`` with a letter behind it when another work has it already."""
    free, n = key, 0
    while free in taken:
        n += 1
        free = f"{key}{chr(96 + n)}" if n <= 26 else f"{key}{n}"
    return free


def _ascii(text: str, keep: str = "") -> str:
    plain = unicodedata.normalize("NFKD", text)
    return "".join(c for c in plain if c.isascii() and (c.isalnum() or c in keep))


def write_csl(project: Project, references: Sequence[Reference] = ()) -> str:
    """CSL-JSON: a list of items."""
    out = list(map(csl_item, items_of(project, references)))
    return json.dumps(out, ensure_ascii=False, indent=1) + "\n"


def csl_item(item: BibliographyItem) -> dict[str, Any]:
    """A work as CSL-JSON; what is not known is left out, but for the title."""
    data: dict[str, Any] = {"id": item.key, "type": item.kind, "title": item.title}
    data["author"] = list(map(_csl_name, item.authors))
    if item.year is not None:
        data["issued"] = {"date-parts": [[item.year]]}
    printed = item.imprint
    data |= {"container-title": item.venue, "volume": printed.volume, "issue": printed.issue, "page": printed.pages}
    data |= {"publisher": printed.publisher, "publisher-place": printed.place, "DOI": item.doi, "URL": item.url}
    data["number"] = f"arXiv:{item.arxiv}" if item.arxiv else ""
    return {name: value for name, value in data.items() if value or name == "title"}


def printable_item(item: BibliographyItem) -> dict[str, Any]:
    """The same for a list that is printed here: with the entry as it stands, or the authors that it leaves out, under ``custom``."""
    own = {name: value for name, value in (("verbatim", item.verbatim), ("others", item.others)) if value}
    return {**csl_item(item), "custom": own} if own else csl_item(item)


def _csl_name(name: str) -> dict[str, str]:
    family, comma, given = map(str.strip, name.partition(","))
    return {"family": family, "given": given} if comma and given else {"literal": name.rstrip(", ")}
