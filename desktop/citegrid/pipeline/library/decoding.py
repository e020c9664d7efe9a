"""Bytes of a text file to text: as UTF-8, as the encoding that the file itself names, else by what charset-normalizer finds
most likely of the encodings that text is still written in."""

from __future__ import annotations

import re
from collections.abc import Iterable

from charset_normalizer import from_bytes

#: What is tried.
ENCODINGS = (
    "utf_8", "utf_16", "utf_16_le", "utf_16_be", "utf_32", "gb18030", "big5", "shift_jis", "euc_jp", "euc_kr", "cp1252", "cp1251",
    "koi8_r", "cp1250", "cp1253", "cp1254", "cp1255", "cp1256",
)  # fmt: skip
#: Languages that are written in the code page of Central Europe; Western text fits it as well, but is not in one of these.
CENTRAL, CENTRAL_EUROPEAN, WESTERN = (
    frozenset(["Polish", "Czech", "Slovak", "Hungarian", "Slovene", "Croatian", "Romanian", "Bosnian", "Albanian"]), "cp1250", "cp1252",
)  # fmt: skip
#: Bytes by which an encoding is told; a multiple of four.
PROBE = 2**20
#: Places of a long file that are looked at.
LOOKS = 20
#: Share of control characters from which it is no text.
MOST_CONTROLS = 0.01
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")


def decode(data: bytes, named: str = "") -> str | None:
    """The text of ``data``; ``named`` is the encoding the file itself names.  None where it is no text."""
    text = _first(data, ("utf-8-sig", named)) or _first(data, (_likely(data),))
    return _sound(data.decode("cp1252", "replace") if text is None else text)


def _first(data: bytes, encodings: Iterable[str]) -> str | None:
    """``data`` in the first of ``encodings`` that gives text without zeros."""
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except (UnicodeError, LookupError):  # of that encoding, or of none that there is
            continue
        if "\x00" not in text:
            return text
    return None


def _likely(data: bytes) -> str:
    """The most likely encoding; empty where none fits."""
    found = from_bytes(_beginning(data), steps=LOOKS, cp_isolation=list(ENCODINGS)).best()
    if found is None:
        return ""
    return WESTERN if found.encoding == CENTRAL_EUROPEAN and found.language not in CENTRAL else found.encoding


def _beginning(data: bytes) -> bytes:
    """The first bytes of a long file, up to the end of a line: no character is torn there, nor where they hold zeros, as only
    UTF-16 and UTF-32 do."""
    beginning = data[:PROBE]
    if len(data) <= PROBE or b"\0" in beginning:
        return beginning
    return beginning[: beginning.rfind(b"\n") + 1] or beginning


def _sound(text: str) -> str | None:
    """``text`` unless its beginning is full of control characters."""
    beginning = text[:PROBE]
    if len(_CONTROL.findall(beginning)) > MOST_CONTROLS * len(beginning) + 2:
        return None
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
