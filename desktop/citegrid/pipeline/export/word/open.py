"""Opening a Word file that a person gave: whatever is in it, the fault is one sentence."""

from __future__ import annotations

import zlib
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile

from docx import Document
from docx.opc.exceptions import PackageNotFoundError
from lxml.etree import XMLSyntaxError

from citegrid.core.errors import InputError
from citegrid.core.messages import Message

#: A file that unfolds to more than this is no report, but made to eat the memory.
MOST_BYTES = 400_000_000


def open_docx(data: bytes, name: str, hint: str) -> Any:
    """The python-docx document in ``data``; raises InputError ("``name`` is not a Word document") with ``hint``."""
    try:
        with ZipFile(BytesIO(data)) as archive:
            size = sum(part.file_size for part in archive.infolist())
        document = Document(BytesIO(data)) if size <= MOST_BYTES else None
    except (
        PackageNotFoundError, BadZipFile, XMLSyntaxError, KeyError, ValueError, AttributeError, zlib.error,
        NotImplementedError, RuntimeError,
    ) as fault:  # fmt: skip
        raise InputError(Message("{name} is not a Word document.", name=name), hint) from fault
    if document is None or document.element.body is None:
        raise InputError(Message("{name} is not a Word document.", name=name), hint)
    return document
