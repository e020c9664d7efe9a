"""Reading one background document: by its kind to parts, then to chunks; whatever cannot be read is one sentence."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from itertools import takewhile
from pathlib import Path

from citegrid.core.document import Document
from citegrid.core.errors import InputError
from citegrid.core.invisible import visible
from citegrid.core.language.lexicon import compiled
from citegrid.core.language.text import join_lines
from citegrid.core.library import APPLICATION, Background, Manuscript, TextBlock
from citegrid.core.messages import Message
from citegrid.pipeline.document.layout.text_chain import chained
from citegrid.pipeline.library.chunking import cut
from citegrid.pipeline.library.decoding import decode
from citegrid.pipeline.library.markdown_text import read_markdown
from citegrid.pipeline.library.plain_text import read_plain
from citegrid.pipeline.library.source_metadata import completed
from citegrid.pipeline.library.web_page import charset_of, read_web_page
from citegrid.pipeline.library.word_text import read_word

#: Bytes and letters from which a document is too large to be background.
MOST_BYTES, MOST_LETTERS = 200 * 2**20, 20_000_000
#: How the DOI begins under which a preprint server registers each of its papers.
ARXIV_DOI = "10.48550/arXiv."
PAGED = frozenset((".pdf",))
WORD = frozenset((".docx",))
WEB = frozenset((".html", ".htm", ".xhtml"))
MARKDOWN = frozenset((".md", ".markdown"))
PLAIN = frozenset((".txt", ".text"))
KINDS = PAGED | WORD | WEB | MARKDOWN | PLAIN

#: What reads the text of each kind; plain text where none does.
_READERS = {**dict.fromkeys(WEB, read_web_page), **dict.fromkeys(MARKDOWN, read_markdown)}

#: Reads the pages of a PDF, without its reference list.
ReadPages = Callable[[Path], Document]


def load(path: Path) -> tuple[bytes, str]:
    """The bytes of a file and their SHA-256; raises InputError when it is absent, empty or too large."""
    try:
        size = path.stat().st_size
        data = path.read_bytes() if size <= MOST_BYTES else b""
    except OSError as fault:
        sentence = Message("{name} cannot be opened ({fault}).", name=path.name, fault=fault.strerror)
        raise InputError(sentence, Message("Check its name and place.")) from fault
    if size > MOST_BYTES:
        sentence = Message("{name} is larger than {size} MB.", name=path.name, size=MOST_BYTES // 2**20)
        raise InputError(sentence, Message("Split it, or keep the pages that matter."))
    if not data.strip():
        raise InputError(Message("{name} is empty.", name=path.name), Message("Download or copy it again."))
    return data, hashlib.sha256(data).hexdigest()


def read_background(path: Path, data: bytes, sha256: str, read_pages: ReadPages) -> Background:
    """The document with its chunks; raises InputError with a sentence that names the file."""
    manuscript = completed(_visible(_manuscript(path, data, read_pages)), path.stem)
    if manuscript.creator == APPLICATION:
        sentence = Message("{name} is a report of CiteGrid, which is no evidence of its own words.", name=path.name)
        raise InputError(sentence, Message("Add the papers that it was made from."))
    if sum(len(p.text) for p in manuscript.parts) > MOST_LETTERS:
        sentence = Message(
            "{name} holds more than {count} million letters.", name=path.name, count=MOST_LETTERS // 10**6
        )
        raise InputError(sentence, Message("Split it."))
    chunks = cut(manuscript.parts)
    if not any(c.isalnum() for chunk in chunks for c in chunk.text):
        hint = Message("Open it and see whether it is the right file.")
        raise InputError(Message("{name} holds no text.", name=path.name), hint)
    about = (manuscript.title, manuscript.authors, manuscript.year, manuscript.doi)
    return Background(sha256, path.name, *about, chunks, manuscript.unread)


def paragraphs_of(path: Path) -> str:
    """The paragraphs of a person's own text in a file (Word, Markdown or plain text), one a line, without headings and up to its
    list of works; raises InputError."""
    if path.suffix.lower() not in WORD | MARKDOWN | PLAIN:
        sentence = Message("{name} is no text that can be checked.", name=path.name)
        raise InputError(sentence, Message("Open a Word file, Markdown or plain text, or paste the text."))
    parts = _manuscript(path, load(path)[0], _no_pages).parts
    heads = compiled("bibliography", "list_heads")
    said = takewhile(lambda part: heads.fullmatch(part.text.strip(" #:：")) is None, parts)
    return "\n".join(part.text for part in said if not part.heading)


def _no_pages(path: Path) -> Document:
    raise NotImplementedError(path)  # a PDF is no manuscript


def _visible(manuscript: Manuscript) -> Manuscript:
    """``manuscript`` without characters that print nothing and change what is read."""
    parts = tuple(replace(p, text=visible(p.text)) for p in manuscript.parts)
    return replace(
        manuscript, parts=parts, title=visible(manuscript.title), authors=tuple(map(visible, manuscript.authors))
    )


def _manuscript(path: Path, data: bytes, read_pages: ReadPages) -> Manuscript:
    kind = path.suffix.lower()
    if kind in PAGED:
        return _pages(read_pages(path))
    if kind in WORD:
        return read_word(data, path.name)
    text = decode(data, charset_of(data) if kind in WEB else "")
    if text is None:
        raise InputError(Message("{name} is not text.", name=path.name), Message("Save it as text in UTF-8."))
    return _READERS.get(kind, read_plain)(text)


def _pages(document: Document) -> Manuscript:
    """The running text of pages, each paragraph with the page it begins on."""
    parts: list[TextBlock] = []
    section = ""
    for flow in chained(document):
        page = flow.pieces[0].page
        if flow.section != section:
            section = flow.section
            parts.append(TextBlock(section, heading=True, page=page))
        parts.append(TextBlock(join_lines(flow.text), page=page))
    doi = document.doi or (f"{ARXIV_DOI}{document.arxiv}" if document.arxiv else "")
    manuscript = Manuscript(tuple(parts), document.title, document.authors, document.year, doi)
    return replace(manuscript, parts=tuple(p for p in parts if p.text))
