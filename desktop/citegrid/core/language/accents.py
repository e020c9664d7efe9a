"""Accents that were set beside their letters, back on them: ``Abru˜na`` is Abruña, ``Rezus¸`` is Rezuş.

What stands between two letters where a font of a publisher has an accent without a code (``B€uchel``, ``Desrivi\ufffderes``) is the
diaeresis, or an accent that is lost.  Small capitals for which a font has signs of its own (Adobe's private ones, U+F761 to U+F77A) are letters again.
"""

from __future__ import annotations

import re
import unicodedata

#: The combining form of each accent that has a place of its own in a line.
ACCENTS = {
    "´": "\u0301",
    "ˆ": "\u0302",
    "˜": "\u0303",
    "¨": "\u0308",
    "¯": "\u0304",
    "˘": "\u0306",
    "ˇ": "\u030c",
    "˙": "\u0307",
    "˚": "\u030a",
    "˝": "\u030b",
    "¸": "\u0327",
    "˛": "\u0328",
}
_MARK = f"[{''.join(ACCENTS)}]"
_BETWEEN = re.compile(rf"([A-Za-zı])({_MARK})([A-Za-zı])")
_BEHIND = re.compile(rf"([A-Za-zı])({_MARK})")
_BESIDE = re.compile(rf"([A-Za-zı])({_MARK})(?:\s?([A-Za-zı]))?")
_BEFORE = re.compile(rf"({_MARK})\s?([A-Za-zı])")
_WITHIN = re.compile(r"(?<=[A-Za-z])[€\ufffd](?=[A-Za-z])")
_SMALL_CAPITALS = {0xF700 + code: chr(code) for code in range(ord("a"), ord("z") + 1)}
#: Letters that bear no caron.
_NO_CARON = "aeghijkouAGHIJKOU"


def with_accents(text: str) -> str:
    """``text`` in composed form, with letters for small capitals, each accent on the letter that can bear it."""
    text = unicodedata.normalize("NFC", text.translate(_SMALL_CAPITALS))
    text = _WITHIN.sub(lambda m: m.group().replace("€", "¨").replace("\ufffd", ""), text)
    if not any(mark in text for mark in ACCENTS):
        return text
    if _stand_behind(text):
        text = _BEHIND.sub(lambda m: _on(m[1], m[2]) or m[0], text)
    text = _BESIDE.sub(_beside, text)
    return _BEFORE.sub(lambda m: _on(m[2], m[1]) or m[0], text)


def _stand_behind(text: str) -> bool:
    """Whether accents stand behind their letters in ``text``, wherever that can be told: "Marusˇić"."""
    told = [(_on(before, mark), _on(after, mark)) for before, mark, after in _BETWEEN.findall(text)]
    one_only = [bool(before) for before, after in told if bool(before) != bool(after)]
    return bool(one_only) and all(one_only)


def _beside(match: re.Match[str]) -> str:
    """The accent goes to the letter behind it, as TeX sets it, or to the one before where only that can bear it."""
    before, mark, after = match.groups()
    if after and _on(after, mark):
        return match.group().replace(mark + match.group()[2:], _on(after, mark))
    accented = _on(before, mark)
    return accented + match.group()[2:] if accented else match.group()


def _on(letter: str, mark: str) -> str:
    """``letter`` with ``mark`` as one character; empty where there is none that a name would have."""
    found = unicodedata.normalize("NFC", letter.replace("ı", "i") + ACCENTS[mark])
    return found if len(found) == 1 and not (mark == "ˇ" and letter in _NO_CARON) else ""
