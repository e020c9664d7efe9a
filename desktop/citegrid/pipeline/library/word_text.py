"""A Word document to parts: paragraphs, headings by their style, rows of tables."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from docx import Document
from docx.table import Table

from citegrid.core.library import Manuscript, Part
from citegrid.pipeline.library.source_metadata import names_in

#: Bytes a document may unfold to.
MOST_UNFOLDED = 300 * 2**20
_DULL = re.compile(r"^(?:word document|document\d*|untitled|microsoft word.*|python-docx)?$", re.I)


def read_word(data: bytes) -> Manuscript:
    """Raises ValueError, whose words end a sentence about the file, when it cannot be read."""
    if data[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        raise ValueError("is encrypted or in the old .doc format.")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as folder:
            if sum(i.file_size for i in folder.infolist()) > MOST_UNFOLDED:
                raise ValueError("unfolds to more than 300 MB.")
        document = Document(io.BytesIO(data))
    except ValueError as fault:
        raise ValueError(str(fault) if str(fault).startswith("unfolds") else "is broken.") from fault
    except Exception as fault:  # python-docx and lxml raise whatever the broken part led to
        raise ValueError("is broken.") from fault
    parts = tuple(_parts(document))
    about = document.core_properties
    title = "" if _DULL.match(about.title or "") else about.title
    title = title or next((p.text for p in document.paragraphs if _style(p) == "Title" and p.text.strip()), "")
    authors = () if _DULL.match(about.author or "") else names_in(about.author)
    return Manuscript(parts, title, authors)


def _parts(document: Any) -> Iterator[Part]:
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            for row in block.rows:
                cells = dict.fromkeys(" ".join(c.text.split()) for c in row.cells)
                line = " | ".join(c for c in cells if c)
                if line:
                    yield Part(line)
            continue
        text = " ".join(block.text.split())
        if text:
            yield Part(text, bool(re.match(r"Heading|Title|标题", _style(block))))


def _style(paragraph: Any) -> str:
    return str(paragraph.style.name) if paragraph.style is not None else ""
