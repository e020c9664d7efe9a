"""Reading one background document: by its kind to parts, then to chunks; whatever cannot be read is one sentence."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from citegrid.core.document import Document
from citegrid.core.errors import InputError
from citegrid.core.library import Background, Manuscript, Part
from citegrid.core.text import join_lines
from citegrid.pipeline.document.layout.text_flow import flows
from citegrid.pipeline.library.chunking import cut
from citegrid.pipeline.library.decoding import decode
from citegrid.pipeline.library.markdown_text import read_markdown
from citegrid.pipeline.library.plain_text import read_plain
from citegrid.pipeline.library.source_metadata import completed
from citegrid.pipeline.library.web_page import charset_of, read_web_page
from citegrid.pipeline.library.word_text import read_word

#: Bytes and letters from which a document is too large to be background.
MOST_BYTES, MOST_LETTERS = 200 * 2**20, 20_000_000
PAGED = frozenset((".pdf",))
WORD = frozenset((".docx",))
WEB = frozenset((".html", ".htm", ".xhtml"))
MARKDOWN = frozenset((".md", ".markdown"))
PLAIN = frozenset((".txt", ".text"))
KINDS = PAGED | WORD | WEB | MARKDOWN | PLAIN

#: Reads the pages of a PDF, without its reference list.
ReadPages = Callable[[Path], Document]


def load(path: Path) -> tuple[bytes, str]:
    """The bytes of a file and their SHA-256; raises InputError when it is absent, empty or too large."""
    try:
        size = path.stat().st_size
        if size > MOST_BYTES:
            raise InputError(
                f"{path.name} is larger than {MOST_BYTES // 2**20} MB.", "Split it, or keep the pages that matter."
            )
        data = path.read_bytes()
    except OSError as fault:
        raise InputError(f"{path.name} cannot be opened ({fault.strerror}).", "Check its name and place.") from fault
    if not data.strip():
        raise InputError(f"{path.name} is empty.", "Download or copy it again.")
    return data, hashlib.sha256(data).hexdigest()


def read_background(path: Path, data: bytes, sha256: str, read_pages: ReadPages) -> Background:
    """The document with its chunks; raises InputError with a sentence that names the file."""
    manuscript = completed(_manuscript(path, data, read_pages), path.stem)
    if sum(len(p.text) for p in manuscript.parts) > MOST_LETTERS:
        raise InputError(f"{path.name} holds more than {MOST_LETTERS // 10**6} million letters.", "Split it.")
    chunks = cut(manuscript.parts)
    if not any(c.isalnum() for chunk in chunks for c in chunk.text):
        raise InputError(f"{path.name} holds no text.", "Open it and see whether it is the right file.")
    return Background(sha256, path.name, manuscript.title, manuscript.authors, manuscript.year, manuscript.doi, chunks)


def _manuscript(path: Path, data: bytes, read_pages: ReadPages) -> Manuscript:
    kind = path.suffix.lower()
    if kind in PAGED:
        return _pages(read_pages(path))
    if kind in WORD:
        try:
            return read_word(data)
        except ValueError as fault:
            raise InputError(f"{path.name} {fault}", "Open it in a word processor and save it as .docx.") from fault
    text = decode(data, charset_of(data) if kind in WEB else "")
    if text is None:
        raise InputError(f"{path.name} is not text.", "Save it as text in UTF-8.")
    if kind in WEB:
        return read_web_page(text)
    return read_markdown(text) if kind in MARKDOWN else read_plain(text)


def _pages(document: Document) -> Manuscript:
    """The running text of pages, each paragraph with the page it begins on."""
    parts: list[Part] = []
    section = ""
    for flow in flows(document):
        page = flow.pieces[0].page
        if flow.section != section:
            section = flow.section
            parts.append(Part(section, heading=True, page=page))
        parts.append(Part(join_lines(flow.text), page=page))
    manuscript = Manuscript(tuple(parts), document.title, document.authors, document.year)
    return replace(manuscript, parts=tuple(p for p in parts if p.text))
