"""Scripts and years as patterns see them, and which of the two languages a text is in: each fact once.

``HAN`` stands inside a character class (``rf"[{HAN}]{{2,4}}"``); ``YEAR`` is a group-free piece of a pattern.
"""

from __future__ import annotations

import re

#: Ideographs (CJK Unified, its extension A, and the compatibility block), for use inside ``[…]``.
HAN = "\u3400-\u9fff\uf900-\ufaff"
#: A year that a work may have appeared in, without borders.
YEAR = r"(?:1[5-9]|20)\d\d"

_IDEOGRAPH = re.compile(f"[{HAN}]")
#: The signs of ASCII in full width.
_NARROW = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
#: Letters, figures and per cent of full width.
_LETTERS = {code: narrow for code, narrow in _NARROW.items() if chr(narrow).isalnum() or chr(narrow) == "%"}
#: Signs that join two letters or figures.
_INNER = "．－／＿＆＋"
#: Signs of full width in a Latin text, as Latin texts have them.
_LATIN_SIGNS = str.maketrans({"，": ", ", "：": ": ", "；": "; ", "（": " (", "）": ") ", "？": "? ", "－": "-"})
_LATIN_WORD = re.compile(r"[A-Za-z]{2,}")


def has_han(text: str) -> bool:
    """Whether an ideograph stands in ``text``."""
    return _IDEOGRAPH.search(text) is not None


def narrow(text: str) -> str:
    """``text`` with letters, figures and signs in full width as narrow ones, one for one."""
    return text.translate(_NARROW)


def with_narrow_letters(text: str) -> str:
    """``text`` with Latin letters and figures of full width as narrow ones, and with them the signs that join two of them ("Ｒ－ＣＮＮ",
    "５．８％"); the signs of Chinese stay wide."""
    letters = text.translate(_LETTERS)
    around = zip(f" {letters}", letters, f"{letters[1:]} ", strict=False)
    return "".join(
        narrow(sign) if sign in _INNER and _are_narrow(before + behind) else sign for before, sign, behind in around
    )


def _are_narrow(letters: str) -> bool:
    return letters.isascii() and letters.isalnum()


def with_narrow_signs(text: str) -> str:
    """``text``, where no ideograph stands in it, without the wide signs that Chinese journals set in Latin texts."""
    return text if has_han(text) else " ".join(text.translate(_LATIN_SIGNS).split())


def has_kana(text: str) -> bool:
    """Whether ``text`` holds signs of Japanese."""
    return any("\u3041" <= sign <= "\u30fe" for sign in text)


def count_han(text: str) -> int:
    """How many ideographs stand in ``text``."""
    return len(_IDEOGRAPH.findall(text))


def is_chinese(text: str) -> bool:
    """Whether ``text`` reads as Chinese: it has at least as many ideographs as Latin words of two letters or more."""
    ideographs = count_han(text)
    return ideographs > 0 and ideographs >= len(_LATIN_WORD.findall(text))


def language_of(text: str) -> str:
    """``"zh"`` or ``"en"``: which of the two languages ``text`` is in."""
    return "zh" if is_chinese(text) else "en"
