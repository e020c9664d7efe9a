"""Taking a document in: is it there, can it be read, is it a size we can handle."""

from __future__ import annotations

from pathlib import Path

from citegrid.core.errors import InputError
from citegrid.ports import OpenDocument, PageSource

MOST_BYTES = 2 * 2**30
MOST_PAGES = 5000


def open_document(path: Path, open_: OpenDocument, password: str = "") -> PageSource:
    """Open ``path`` after the checks that need no parser; raises ``InputError`` or ``PasswordNeeded``."""
    try:
        size = path.stat().st_size
    except OSError as fault:
        raise InputError(f"{path.name} cannot be opened ({fault.strerror}).", "Check its name and place.") from fault
    if path.is_dir():
        raise InputError(f"{path.name} is a folder.", "Choose the PDF of the paper.")
    if size == 0:
        raise InputError(f"{path.name} is empty.", "Download or copy it again.")
    if size > MOST_BYTES:
        raise InputError(f"{path.name} is larger than 2 GB.", "Split it or print the needed pages to a new PDF.")
    source = open_(path, password)
    if source.page_count > MOST_PAGES:
        pages = source.page_count
        source.close()
        raise InputError(f"{path.name} has {pages} pages, more than {MOST_PAGES}.", "Split it into parts.")
    return source
