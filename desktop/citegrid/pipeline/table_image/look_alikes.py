"""Look-alikes: letters that the reader of text takes for others (I and l and 1, O and 0, $ and S, ℃ and C), told apart by the words they make."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache

from citegrid.core.language.lexicon import words
from citegrid.core.language.text import printed_words

#: Characters that look alike become one of them.
_ALIKE = str.maketrans("l|IoOS℃", "11100$C")
#: Letters of the shortest word that is put together.
_LEAST = 5
#: Letters of the shortest word that is taken for no abbreviation, and what no stop stands behind in a name.
_LEAST_WHOLE, _NEVER_CUT = 5, (")", "）", "&")
#: Texts kept with how they are written: readings of a picture share most of theirs.
_KEPT = 4096
_FOR_I = ("l", "1", "|")


@lru_cache(maxsize=_KEPT)
def spelled(text: str) -> str:
    """``text`` with what looks like a known name of a figure or like a word with a capital I, and is no word, written so."""
    looks = text.translate(_ALIKE)
    for look, name in _written():
        at = looks.find(look)
        while at >= 0:
            end = at + len(look)
            if _stands_alone(text, at, end) and not _stays(text[at:end]):
                text = text[:at] + name + text[end:]
            at = looks.find(look, end)
    return " ".join(_joined([_with_capital(word) for word in text.split(" ")]))


def _joined(words: Sequence[str]) -> list[str]:
    """The words, two that the reader parted within one ("Populatio n") as one."""
    joined: list[str] = []
    for word in words:
        if joined and _is_one_word(joined[-1], word):
            joined[-1] += word
        else:
            joined.append(word)
    return joined


def _is_one_word(one: str, other: str) -> bool:
    """Whether two pieces make a word in letters of one case, and are not words by themselves; a letter may begin none ("a long")."""
    word, known = one + other, printed_words()
    cased = word in (word.lower(), word.upper(), word.title())
    whole = len(one) > 1 and len(word) >= _LEAST and word.casefold() in known
    return whole and cased and not {one.casefold(), other.casefold()} <= known


def without_specks(name: str) -> str:
    """A name without the stops that specks of a scan were read as: alone, and behind a whole word that small letters go on from."""
    words = name.split(" ")
    return " ".join(filter(None, map(_without_speck, words, [*words[1:], ""])))


def _without_speck(word: str, following: str) -> str:
    """A word without its stop, if that ends no sentence and the word is none that is cut short ("Input." before "features", "(weeks).")."""
    whole = word.removesuffix(".")
    goes_on = len(whole) >= _LEAST_WHOLE and following[:1].islower() and _is_word(whole)
    return whole if goes_on or whole.endswith(_NEVER_CUT) or not whole else word


@cache
def _written() -> tuple[tuple[str, str], ...]:
    """Names of figures and the like, each with what it looks like."""
    return tuple((name.translate(_ALIKE), name) for name in words("table_image", "written_names"))


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether no letter or digit stands at either side."""
    before, behind = text[max(0, start - 1) : start], text[end : end + 1]
    return not (_is_latin(before) and _is_latin(text[start])) and not (_is_latin(behind) and _is_latin(text[end - 1]))


def _is_latin(character: str) -> bool:
    return character.isascii() and character.isalnum()


def _with_capital(word: str) -> str:
    """A word that begins with I and was read with an l or a 1."""
    capital = "I" + word[1:]
    is_it = word[:1] in _FOR_I and word[1:].islower() and not _is_word(word) and _is_word(capital)
    return capital if is_it else word


def _stays(text: str) -> bool:
    """Whether a text is a word or a number as it stands."""
    return _is_word(text) or text.isdecimal()


def _is_word(word: str) -> bool:
    return word.casefold() in printed_words() and (word.islower() or word.istitle())
