"""A Word document to blocks: paragraphs, headings by their style, rows of tables."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any

from docx import Document
from docx.table import Table

from citegrid.core.errors import InputError
from citegrid.core.library import Manuscript, TextBlock
from citegrid.core.messages import Message
from citegrid.pipeline.library import patterns
from citegrid.pipeline.library.source_metadata import names_in

#: Bytes a document may unfold to.
MOST_UNFOLDED = 300 * 2**20
#: How files begin that were encrypted, and those of Word before 2007.
OLD_FORMAT = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def read_word(data: bytes, name: str) -> Manuscript:
    """Raises InputError, which names the file ``name``, when it cannot be read."""
    document = _opened(data, name)
    about = document.core_properties
    title = _written(about.title) or next((p.text for p in document.paragraphs if _is_title(p)), "")
    return Manuscript(tuple(_blocks(document)), title, names_in(_written(about.author)))


def _opened(data: bytes, name: str) -> Any:
    hint = Message("Open it in a word processor and save it as .docx.")
    if data.startswith(OLD_FORMAT):
        raise InputError(Message("{name} is encrypted or in the old .doc format.", name=name), hint)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as folder:
            unfolded = sum(part.file_size for part in folder.infolist())
        if unfolded <= MOST_UNFOLDED:
            return Document(io.BytesIO(data))
    except Exception as fault:  # python-docx and lxml raise whatever the broken part led to
        raise InputError(Message("{name} is broken.", name=name), hint) from fault
    sentence = Message("{name} unfolds to more than {size} MB.", name=name, size=MOST_UNFOLDED // 2**20)
    raise InputError(sentence, hint)


def _written(text: str | None) -> str:
    """A property of the document, empty where only a program wrote it."""
    return "" if patterns.EMPTY_TITLE.match(text or "") else text or ""


def _is_title(paragraph: Any) -> bool:
    return _style(paragraph) == "Title" and bool(paragraph.text.strip())


def _blocks(document: Any) -> Iterator[TextBlock]:
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            yield from (TextBlock(line) for line in map(_row, block.rows) if line)
            continue
        text = " ".join(block.text.split())
        if text:
            yield TextBlock(text, bool(patterns.HEADING_STYLE.match(_style(block))))


def _row(row: Any) -> str:
    """The cells of a row that say something, merged ones once."""
    cells = dict.fromkeys(" ".join(cell.text.split()) for cell in row.cells)
    return " | ".join(filter(None, cells))


def _style(paragraph: Any) -> str:
    return str(paragraph.style.name) if paragraph.style is not None else ""
