"""Bytes of a text file to text: by its mark, as UTF-8, UTF-16 without a mark, GB18030, at last as Windows-1252."""

from __future__ import annotations

import codecs
import re

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
#: Pairs of the commonest ideographs and punctuation in GB2312; text in a Latin alphabet hits them by chance only.
_COMMON = re.compile(rb"[\xb0-\xd7][\xa1-\xfe]|[\xa1-\xa3][\xa1-\xfe]")
_HIGH = re.compile(rb"[\x80-\xff]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")


def decode(data: bytes, named: str = "") -> str | None:
    """The text of ``data``; ``named`` is the encoding the file itself names.  None where it is no text."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _sound(_try(data, encoding))
    for encoding in ("utf-8", named):
        text = _try(data, encoding) if encoding else None
        if text is not None and "\x00" not in text:
            return _sound(text)
    zeros = data[:4096:2].count(0), data[1:4096:2].count(0)
    if max(zeros) > 0.3 * min(len(data), 4096) / 2:
        return _sound(_try(data, "utf-16-be" if zeros[0] > zeros[1] else "utf-16-le"))
    chinese = _try(data, "gb18030")
    if chinese is not None and 2 * len(_COMMON.findall(data)) >= 0.6 * len(_HIGH.findall(data)):
        return _sound(chinese)
    if data[:2] and _is_wide(data):
        return _sound(_try(data, "utf-16-le"))
    return _sound(data.decode("cp1252", "replace"))


def _try(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def _is_wide(data: bytes) -> bool:
    """Whether ``data`` reads as Chinese in UTF-16: it then has few zeros to be told by."""
    text = _try(data[: len(data) // 2 * 2][:4096], "utf-16-le")
    return text is not None and sum("\u4e00" <= c <= "\u9fff" or c in "，。、" for c in text) > 0.7 * len(text)


def _sound(text: str | None) -> str | None:
    """``text`` unless it is full of control characters."""
    if text is None or len(_CONTROL.findall(text)) > 0.01 * len(text) + 2:
        return None
    return text.replace("\r\n", "\n").replace("\r", "\n")
