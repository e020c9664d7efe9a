"""WordPiece: text as numbers of pieces of words, as BERT's uncased tokenizer cuts it (Devlin et al., 2019)."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

LONGEST_WORD = 100
_UNKNOWN, _GOES_ON = "[UNK]", "##"
#: Categories of characters that are no part of a word, and the one that stands for what could not be decoded.
_DROPPED, _UNDECODED = {"Cc", "Cf", "Co", "Cs", "Mn"}, "\ufffd"


class WordPieces:
    """A vocabulary, one piece a line; a piece within a word begins with ``##``."""

    def __init__(self, vocabulary: Path) -> None:
        pieces = vocabulary.read_text("utf-8").removesuffix("\n").split("\n")
        self.index = {piece: number for number, piece in enumerate(pieces)}
        self._of_word = lru_cache(maxsize=50_000)(self._cut)

    def numbers(self, text: str) -> list[int]:
        """The pieces of ``text``, longest first in each word."""
        return [number for word in words(text) for number in self._of_word(word)]

    def _cut(self, word: str) -> tuple[int, ...]:
        unknown = (self.index[_UNKNOWN],)
        found: list[int] = []
        start = 0 if len(word) <= LONGEST_WORD else len(word)
        while start < len(word):
            end = self._end(word, start)
            if end == start:
                return unknown
            found.append(self.index[_piece(word, start, end)])
            start = end
        return tuple(found) or unknown

    def _end(self, word: str, start: int) -> int:
        """The end of the longest piece from ``start`` on; ``start`` where there is none."""
        return next((end for end in range(len(word), start, -1) if _piece(word, start, end) in self.index), start)


def _piece(word: str, start: int, end: int) -> str:
    return (_GOES_ON if start else "") + word[start:end]


def words(text: str) -> Iterator[str]:
    """The words of ``text`` in small letters and without accents; every sign and every ideograph is one."""
    word = ""
    for char in unicodedata.normalize("NFD", text.lower()):
        category = unicodedata.category(char)
        if (category in _DROPPED and char not in "\t\n\r") or char == _UNDECODED:
            continue
        alone = _stands_alone(char, category)
        if alone or char in "\t\n\r" or category == "Zs":
            yield from (word,) * bool(word)
            word = ""
        if alone:
            yield char
        elif not (char in "\t\n\r" or category == "Zs"):
            word += char
    yield from (word,) * bool(word)


def _stands_alone(char: str, category: str) -> bool:
    ascii_sign = "!" <= char <= "~" and not char.isalnum()
    return ascii_sign or category[0] == "P" or "\u3400" <= char <= "\u9fff" or "\uf900" <= char <= "\ufaff"
