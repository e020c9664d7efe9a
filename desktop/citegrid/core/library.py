"""The library: background documents, their chunks, and what a search finds in them."""

from __future__ import annotations

from dataclasses import dataclass

#: Who a Word report says has made it: it is told by that from documents of others.
APPLICATION = "CiteGrid"


@dataclass(frozen=True, slots=True)
class TextBlock:
    """A paragraph or heading as its format gives it: one line of text, and its page (from 1) where there are pages."""

    text: str
    heading: bool = False
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Manuscript:
    """What a format gives of a document before it is cut: who wrote it, its parts in reading order, what of it is no text and was not
    read (``pictures (3)``), and who its file says has made it (``creator``)."""

    parts: tuple[TextBlock, ...]
    title: str = ""
    authors: tuple[str, ...] = ()
    year: int | None = None
    doi: str = ""
    unread: str = ""
    creator: str = ""


@dataclass(frozen=True, slots=True)
class Chunk:
    """A citable piece of a document: its number from 1, its paragraphs (one line each, an empty line between them),
    the heading it stands under, and the page it begins on."""

    number: int
    text: str
    heading: str = ""
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Background:
    """A background document, known by the SHA-256 of its bytes; ``title`` is what citations call it.
    ``unread`` is what of it is no text (``pictures (3)``), known while it is being read.
    """

    sha256: str
    name: str
    title: str
    authors: tuple[str, ...] = ()
    year: int | None = None
    doi: str = ""
    chunks: tuple[Chunk, ...] = ()
    unread: str = ""


@dataclass(frozen=True, slots=True)
class IndexedFile:
    """A file of the library as it was last seen.

    ``modified`` is its time in nanoseconds; ``fault`` the one sentence for which it was skipped, or says what of a file that
    was read (``sha256``) was not; else empty.
    """

    path: str
    size: int
    modified: int
    sha256: str = ""
    fault: str = ""
    title: str = ""
    chunks: int = 0

    @property
    def skipped(self) -> bool:
        """Whether nothing of it could be read."""
        return bool(self.fault) and not self.sha256


@dataclass(frozen=True, slots=True)
class Hit:
    """A chunk that a search found, its document, and how well it fits (higher is better)."""

    sha256: str
    title: str
    chunk: Chunk
    score: float
