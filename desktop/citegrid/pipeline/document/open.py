"""Taking a document in: is it there, can it be read, is it a size we can handle."""

from __future__ import annotations

from pathlib import Path

from citegrid.core.errors import InputError
from citegrid.core.messages import Message
from citegrid.ports import OpenDocument, PageSource

MOST_BYTES = 2 * 2**30
MOST_PAGES = 5000


def open_document(path: Path, open_: OpenDocument, password: str = "") -> PageSource:
    """Open ``path`` after the checks that need no parser; raises ``InputError`` or ``PasswordNeeded``."""
    check_file(path)
    return of_a_size(open_(path, password), path.name)


def check_file(path: Path) -> None:
    """Raises ``InputError`` for what is no file, is empty or too large."""
    try:
        size = path.stat().st_size
    except OSError as fault:
        sentence = Message("{name} cannot be opened ({fault}).", name=path.name, fault=fault.strerror)
        raise InputError(sentence, "Check its name and place.") from fault
    if path.is_dir():
        raise InputError(Message("{name} is a folder.", name=path.name), "Choose the PDF of the paper.")
    if size == 0:
        raise InputError(Message("{name} is empty.", name=path.name), "Download or copy it again.")
    if size > MOST_BYTES:
        sentence = Message("{name} is larger than 2 GB.", name=path.name)
        raise InputError(sentence, "Split it or print the needed pages to a new PDF.")


def of_a_size(source: PageSource, name: str) -> PageSource:
    """``source``, an open document; raises ``InputError``, and closes it, where it has too many pages."""
    if source.page_count > MOST_PAGES:
        pages = source.page_count
        source.close()
        sentence = Message("{name} has {pages} pages, more than {most}.", name=name, pages=pages, most=MOST_PAGES)
        raise InputError(sentence, "Split it into parts.")
    return source
