"""What Zotero's fields say of a work: names, years, identifiers, and which files belong to it; the same for API and database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from citegrid.core.holdings import LibraryItem

PDF = "application/pdf"
#: Kinds of items that are no works.
NOT_WORKS = frozenset(("attachment", "note", "annotation"))
#: Who wrote a work, the likeliest first: a film has directors, a patent inventors.
AUTHORS = ("author", "inventor", "programmer", "director", "presenter", "artist", "editor", "contributor")
_RESOLVER, _ARXIV = "doi.org/", "arxiv"
YEAR_DIGITS = 4


@dataclass(frozen=True, slots=True)
class Attachment:
    """A PDF that Zotero knows: its key, the key of its item (empty: it stands alone), and where it lies."""

    key: str
    parent: str
    path: str
    title: str = ""
    collections: tuple[str, ...] = ()


def work_of(
    key: str,
    fields: Mapping[str, str],
    creators: Iterable[tuple[str, str]],
    collections: Sequence[str],
    parsed_date: str = "",
) -> LibraryItem:
    """A work of its fields and of its creators, each a kind and a name."""
    extra = _extra(fields.get("extra", ""))
    title = fields.get("title") or fields.get("caseName") or fields.get("subject") or fields.get("nameOfAct") or ""
    doi = _bare_doi(fields.get("DOI") or extra.get("doi", ""))
    written = (extra.get("arxiv", ""), fields.get("archiveID", ""), fields.get("url", ""))
    arxiv = next((one for one in written if one and (_ARXIV in one.casefold() or one == written[0])), "")
    year = year_in(parsed_date) or year_in(fields.get("date", ""))
    return LibraryItem(key, title.strip(), _authors(creators), year, doi, arxiv.strip(), collections=tuple(collections))


def name_of(last: str, first: str) -> str:
    """``Family, Given``; an organisation, or a name in one piece, as it is."""
    return f"{last.strip()}, {first.strip()}" if last.strip() and first.strip() else last.strip() or first.strip()


def _authors(creators: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    known = [(kind, name) for kind, name in creators if name]
    kind = next((one for one in AUTHORS if any(one == k for k, _ in known)), "")
    return tuple(name for k, name in known if k == kind)


def year_in(date: str) -> int | None:
    """The first four digits that stand alone in a date; None without."""
    runs = "".join(c if c.isascii() and c.isdecimal() else " " for c in date).split()
    return next((int(run) for run in runs if len(run) == YEAR_DIGITS and run != "0000"), None)


def _extra(text: str) -> dict[str, str]:
    """The fields that people write into “Extra”, a line each (``DOI: 10.1/x``), by their names in small letters."""
    pairs = (line.partition(":") for line in text.splitlines())
    return {name.strip().casefold(): value.strip() for name, _, value in pairs if value.strip()}


def _bare_doi(doi: str) -> str:
    """A DOI without the address or the word before it."""
    _, found, rest = doi.partition(_RESOLVER)
    bare = rest if found else doi
    return bare.strip().removeprefix("doi:").removeprefix("DOI:").strip()


def with_files(works: Sequence[LibraryItem], attachments: Sequence[Attachment]) -> tuple[LibraryItem, ...]:
    """The works with their PDFs; one that stands alone is an item of its own, named by its title."""
    of_item: dict[str, list[Attachment]] = {}
    for one in attachments:
        of_item.setdefault(one.parent, []).append(one)
    alone = (_alone(one) for one in of_item.pop("", []))
    return (*(_with(work, of_item.get(work.key, ())) for work in works), *alone)


def _with(work: LibraryItem, files: Sequence[Attachment]) -> LibraryItem:
    return replace(work, files=tuple(f.path for f in files), file_keys=tuple(f.key for f in files)) if files else work


def _alone(one: Attachment) -> LibraryItem:
    """The item of a file without one: nothing is known of it but the name of its file."""
    return LibraryItem(one.key, files=(one.path,), file_keys=(one.key,), collections=one.collections)
