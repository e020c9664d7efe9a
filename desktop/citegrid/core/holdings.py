"""What a reference manager or a folder holds: items with their files and collections, and which cited works are among them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from citegrid.core.document import PaperDetails
from citegrid.core.language.text import key_text
from citegrid.core.reference import Reference

#: Where a DOI and an arXiv id are looked up.
DOI_ADDRESS, ARXIV_ADDRESS = "https://doi.org/", "https://arxiv.org/abs/"
#: Characters that a DOI keeps in an address.
_PLAIN = "/:;()._-"
#: Letters of a title that a text can name an item by.
_LEAST_TITLE = 10
#: What may stand behind a DOI in a text.
_BEHIND = ".,;:)]}”\"'"


@dataclass(frozen=True, slots=True)
class LibraryItem:
    """A work as a reference manager knows it, or as the first page of a file names it.

    ``authors`` are ``"Family, Given"``; ``arxiv`` is its id as written there; ``files`` are the places of its PDFs, the best first,
    and ``file_keys`` what the manager calls each of them; ``collections`` are keys.  ``opening`` are the letters (``key_text``) that
    a file begins with which was read for it: what its title page says may have been read wrongly, its words hardly.
    """

    key: str
    title: str = ""
    authors: tuple[str, ...] = ()
    year: int | None = None
    doi: str = ""
    arxiv: str = ""
    files: tuple[str, ...] = ()
    file_keys: tuple[str, ...] = ()
    collections: tuple[str, ...] = ()
    opening: str = ""

    @property
    def called(self) -> str:
        """Its title, or the name of its file."""
        return self.title or next((Path(file).name for file in self.files), self.key)

    def details(self, origin: str) -> PaperDetails:
        """Its data for the title page of its file; ``origin`` says who gave them."""
        return PaperDetails(self.title, self.authors, self.year, self.doi, origin, self.key)


@dataclass(frozen=True, slots=True)
class ItemCollection:
    """A collection of a reference manager; ``parent`` is the key of the one it lies in, empty at the top."""

    key: str
    name: str
    parent: str = ""


@dataclass(frozen=True, slots=True)
class Holdings:
    """All that a reference manager holds, as far as it is a work or has a PDF; ``copied`` where its database was read, and not
    asked itself, for the reason ``why`` (a sentence)."""

    items: tuple[LibraryItem, ...] = ()
    collections: tuple[ItemCollection, ...] = ()
    copied: bool = False
    why: str = ""

    def within(self, key: str) -> tuple[LibraryItem, ...]:
        """The items of a collection and of those in it; all of them for an empty key."""
        if not key:
            return self.items
        keys = set(self._below(key, frozenset()))
        return tuple(item for item in self.items if keys.intersection(item.collections))

    def path_of(self, key: str) -> str:
        """The names of a collection and of those that it lies in, with slashes between; empty for an empty key."""
        by_key, names = {one.key: one for one in self.collections}, list[str]()
        while key in by_key and len(names) < len(by_key):  # a damaged library may go in circles
            names.insert(0, by_key[key].name)
            key = by_key[key].parent
        return "/".join(names)

    def collection_at(self, path: str) -> ItemCollection | None:
        """The collection with that path, or with that name if only one has it; None without one."""
        wanted = path.strip("/").casefold()
        at = [one for one in self.collections if self.path_of(one.key).casefold() == wanted]
        named = [one for one in self.collections if one.name.casefold() == wanted]
        alone = at or named
        return alone[0] if len(alone) == 1 else None

    def _below(self, key: str, above: frozenset[str]) -> Iterator[str]:
        yield key
        for one in self.collections:
            if one.parent == key and one.key not in above:  # a damaged library may go in circles
                yield from self._below(one.key, above | {key})

    def of_file(self, path: str) -> LibraryItem | None:
        """The item that a file belongs to; None without one."""
        return next((item for item in self.items if path in item.files), None)

    def named_in(self, words: str) -> tuple[LibraryItem, ...]:
        """The items that a text names by DOI or title, as a manager's list of entries does; not those whose title is only part of
        the title of another one."""
        said, ends = key_text(words), [word.rstrip(_BEHIND).casefold() for word in words.split()]
        named = {key_text(item.title): item for item in self.items if len(key_text(item.title)) >= _LEAST_TITLE}
        titles = [title for title in named if title in said]
        own = {title for title in titles if not any(title != other and title in other for other in titles)}
        by_doi = [item for item in self.items if item.doi and any(end.endswith(item.doi.casefold()) for end in ends)]
        return tuple(dict.fromkeys([*by_doi, *(named[title] for title in titles if title in own)]))

    def of_key(self, key: str) -> LibraryItem | None:
        """The item with that key, or whose file has it; None without one."""
        return next((item for item in self.items if key == item.key or key in item.file_keys), None)


@dataclass(frozen=True, slots=True)
class HeldFile:
    """A file of an item that is there, and the SHA-256 of its bytes."""

    item: LibraryItem
    path: str
    sha256: str


@dataclass(frozen=True, slots=True)
class CitedFiles:
    """Which works of a reference list were found, each with its file, which were not, and the sentences for which files could
    not be looked into; ``origin`` says whose data the items bear, empty for those read from files."""

    found: tuple[tuple[Reference, HeldFile], ...] = ()
    missing: tuple[Reference, ...] = ()
    faults: tuple[str, ...] = ()
    origin: str = ""

    @property
    def total(self) -> int:
        """How many works were looked for."""
        return len(self.found) + len(self.missing)


def link_of(reference: Reference) -> str:
    """Where an entry says that its work can be had, the most lasting address first; empty without one."""
    if reference.doi:
        return DOI_ADDRESS + quote(reference.doi, safe=_PLAIN)
    if reference.arxiv:
        return ARXIV_ADDRESS + quote(reference.arxiv, safe=_PLAIN)
    return reference.url


def wanted_list(references: tuple[Reference, ...]) -> str:
    """The works of ``references`` as a list to copy: the entry and its address, tab-separated, a line each."""
    return "\n".join("\t".join((_named(one), one.doi, link_of(one))).rstrip("\t") for one in references)


def _named(reference: Reference) -> str:
    """``Family et al. (2020). Title``, or the entry as printed where it was not understood."""
    if not reference.title:
        return " ".join(reference.raw.split())
    family = reference.first_author.split(",")[0]
    year = f"({reference.year})." if reference.year else ""
    return " ".join(filter(None, (family, year, reference.title)))
