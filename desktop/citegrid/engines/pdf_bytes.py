"""What a PDF file holds, read without a parser, so that the parser can live where no file can be opened."""

from __future__ import annotations

from pathlib import Path

from citegrid.core.errors import InputError
from citegrid.core.messages import Message

#: Bytes of a PDF; a scanned book of 500 pages has 200 MB.  Who reads it holds it twice for a moment, within its limit of memory.
MOST_BYTES = 400 << 20


def pdf_bytes(path: Path) -> bytes:
    """What ``path`` holds; raises InputError unless it begins as a PDF does, and for one that is too large."""
    try:
        size = path.stat().st_size
        data = path.read_bytes() if size <= MOST_BYTES else b""
    except OSError as fault:
        raise InputError(
            Message("{name} cannot be opened ({reason}).", name=path.name, reason=fault.strerror),
            "Check its name and place.",
        ) from fault
    if size > MOST_BYTES:
        sentence = Message("{name} is larger than {size} MB.", name=path.name, size=MOST_BYTES >> 20)
        raise InputError(sentence, Message("Split it, or keep the pages that matter."))
    if not data:
        raise InputError(Message("{name} is empty.", name=path.name), "Download or copy it again.")
    if b"%PDF" not in data[:4096]:
        raise InputError(Message("{name} is not a PDF.", name=path.name), "Choose the PDF of the paper.")
    return data
