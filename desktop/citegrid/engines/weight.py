"""How heavy a page is, judged before it is interpreted.

Once MuPDF interprets a page nothing can stop it, and a file of a few kilobytes
can unfold to gigabytes: streams that inflate a thousandfold, forms that draw
forms that draw forms.  So the streams are unpacked up to a limit and what they
would draw is counted, forms as often as they are drawn.
"""

from __future__ import annotations

import re
import zlib
from collections import Counter
from collections.abc import Callable
from typing import Any

#: Drawing instructions of a page, in bytes, forms counted as often as drawn.  Dense plots have 10 to 20 MB.
MOST_BYTES = 48_000_000
#: Characters that a page shows.  A page of a dictionary has 10 000; each costs about 600 bytes while it is read.
MOST_LETTERS = 400_000
#: A packed stream that zlib cannot unpack is given to MuPDF only up to this size: it may grow a thousandfold.
_MOST_PACKED = 400_000
_DRAWN = re.compile(rb"/([^\s/<>\[\](){}%]+)\s+Do\b")
_STRING = re.compile(rb"\((?:[^()\\]|\\.)*+\)|<[0-9A-Fa-f\s]++>", re.DOTALL)
#: Resources may be inherited from this many levels of the page tree; forms may be nested this deep.
_MOST_LEVELS = 12
_DEEPEST = 60
_BEYOND = 10**12

Measure = Callable[[bytes], int]


class Scales:
    """Weighs the pages of one document; a form is weighed once."""

    def __init__(self, document: Any) -> None:
        self._document = document
        self._forms: dict[tuple[Measure, int], int] = {}

    def is_too_heavy(self, page: Any) -> bool:
        """Whether reading or drawing ``page`` (of PyMuPDF) could take minutes or gigabytes."""
        size = self._of_page(page, len)
        return size > MOST_BYTES or (size > MOST_LETTERS and self._of_page(page, _letters) > MOST_LETTERS)

    def _of_page(self, page: Any, measure: Measure) -> int:
        return sum(self._of_stream(xref, page.xref, 0, measure) for xref in page.get_contents())

    def _of_stream(self, stream: int, owner: int, depth: int, measure: Measure) -> int:
        """What ``measure`` finds in a stream, and in the forms it draws, which the resources of ``owner`` name."""
        data = self._unpacked(stream)
        if data is None:
            return _BEYOND
        total = measure(data)
        if depth < _DEEPEST:
            for name, times in Counter(_DRAWN.findall(data)).items():
                form = self._form(owner, name)
                total += times * self._of_form(form, depth + 1, measure) if form else 0
        return min(total, _BEYOND)  # nested forms would give numbers of a thousand digits

    def _of_form(self, xref: int, depth: int, measure: Measure) -> int:
        known = self._forms.get((measure, xref))
        if known is None:
            self._forms[measure, xref] = 0  # a form that draws itself is drawn once
            known = self._forms[measure, xref] = self._of_stream(xref, xref, depth, measure)
        return known

    def _form(self, owner: int, name: bytes) -> int:
        """The object of the form ``name``; 0 when there is none or it is a picture."""
        path = f"Resources/XObject/{name.decode('latin-1')}"
        for _ in range(_MOST_LEVELS):
            kind, value = self._key(owner, path)
            if kind == "xref":
                xref = int(value.split()[0])
                return xref if self._key(xref, "Subtype")[1] == "/Form" else 0
            path = "Parent/" + path
        return 0

    def _unpacked(self, xref: int) -> bytes | None:
        """The stream's instructions; None when there are more than MOST_BYTES of them."""
        try:
            packed: bytes = self._document.xref_stream_raw(xref) or b""
        except Exception:  # no stream at all: MuPDF will draw nothing either
            return b""
        kind, packing = self._key(xref, "Filter")
        if kind == "null":
            data: bytes | None = packed
        else:
            data = _inflated(packed) if "FlateDecode" in packing else b""
            alone = packing.count("/") == 1
            if not (data and alone) and len(data) <= MOST_BYTES:
                data = self._unpacked_by_mupdf(xref, len(packed))
        return data if data is not None and len(data) <= MOST_BYTES else None

    def _unpacked_by_mupdf(self, xref: int, packed: int) -> bytes | None:
        """What zlib alone cannot unpack; None when there is too much of it (``packed`` bytes) to try."""
        if packed > _MOST_PACKED:
            return None
        try:
            return self._document.xref_stream(xref) or b""
        except Exception:  # MuPDF's own guard against streams that unfold without end
            return None

    def _key(self, xref: int, path: str) -> tuple[str, str]:
        """Kind and value of an entry; of none where the file is broken."""
        try:
            kind, value = self._document.xref_get_key(xref, path)
        except Exception:
            return "null", "null"
        return kind, value


def _inflated(packed: bytes) -> bytes:
    """What zlib makes of ``packed``, one byte more than MOST_BYTES at most; nothing where it is not zlib's."""
    try:
        return zlib.decompressobj().decompress(packed, MOST_BYTES + 1)
    except zlib.error:
        return b""


def _letters(data: bytes) -> int:
    """The length of the strings that ``data`` shows: a character has one byte at least."""
    return sum(len(string) - 2 for string in _STRING.findall(data))
