"""Word lists and cue phrases as data: ``resources/lexicon/NAME.toml``, read once, turned into pieces of patterns.

A file holds tables, each one list of words with where they come from::

    [section_heads]
    source = "GB/T 7713.1-2006; headings of the journals in the corpus"
    en = ["abstract", "related work(s)", "conclusion(s)"]
    zh = ["摘要", "结论"]

Every key but ``source`` and ``note`` is a language code (``mul`` where a word belongs to none).  The notation of a phrase is
small enough to be written by someone who knows the field and not Python:

    a space      any white space, at least one (none is needed beside an ideograph)
    ``*``        the rest of a word: ``demonstrat*``
    ``(s)``      what may be missing
    ``(a|b)``    one of several; ``(|a)`` is the same as ``(a)``
    ``…``        a few words: at most thirty characters of one line
    ``\\``        before any of these marks takes it as it stands

``words`` gives the phrases as they stand, ``pattern_of`` one piece of a regular expression that matches any of them, and
``whole_words`` one that does not match within a longer word.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache

from citegrid.core.language.script import HAN, has_han
from citegrid.core.resources import resource

_NOT_LANGUAGES = frozenset({"source", "note"})
_PIECES = re.compile(r"\\.|[ *()|…]|[^\\ *()|…]+")
_MARKS = {"*": r"\w*", "|": "|", "…": ".{0,30}"}
#: Where no word goes on.  Ideographs stand side by side without a border, and a sign such as ``§`` is none either.
_BORDER = rf"(?:(?<![^\W{HAN}])|(?![^\W{HAN}]))"


@cache
def tables(name: str) -> dict[str, dict[str, tuple[str, ...]]]:
    """The lists of ``resources/lexicon/NAME.toml``: table → language → words.

    Raises FileNotFoundError or ValueError where the program is not whole; nobody but us writes these files.
    """
    read = tomllib.loads(resource("lexicon", f"{name}.toml").read_text("utf-8"))
    return {
        key: {language: tuple(words) for language, words in table.items() if language not in _NOT_LANGUAGES}
        for key, table in read.items()
    }


@cache
def words(name: str, table: str, *languages: str) -> tuple[str, ...]:
    """The words of one list, of all its languages or of ``languages``, in the order of the file, each once."""
    found = tables(name)[table]
    chosen = [found.get(language, ()) for language in languages] if languages else list(found.values())
    return tuple(dict.fromkeys(word for part in chosen for word in part))


@cache
def pattern_of(name: str, table: str, *languages: str) -> str:
    """A piece of a pattern, without groups of its own, that matches any phrase of the list, the longest first."""
    return alternatives(words(name, table, *languages))


@cache
def whole_words(name: str, table: str, *languages: str) -> str:
    """``pattern_of`` for phrases that are no part of a longer word; an ideograph on either side is no longer word."""
    return bordered(words(name, table, *languages))


@cache
def compiled(name: str, table: str) -> re.Pattern[str]:
    """Any phrase of the list, whatever its case."""
    return re.compile(pattern_of(name, table), re.IGNORECASE)


@cache
def cue_pattern(name: str, table: str) -> re.Pattern[str]:
    """Any phrase of the list as ``any_of`` matches it, whatever its case."""
    return re.compile(any_of(words(name, table)), re.IGNORECASE)


def bordered(phrases: Iterable[str]) -> str:
    """``alternatives`` for phrases that are no part of a longer word."""
    return _BORDER + alternatives(phrases) + _BORDER


def any_of(phrases: Iterable[str]) -> str:
    """``phrases`` as one piece of a pattern, the longest first: whole words where they are in letters, anywhere where they are
    in ideographs."""
    longest_first = sorted(phrases, key=len, reverse=True)
    latin = "|".join(phrase_pattern(p) for p in longest_first if not has_han(p))
    han = "|".join(phrase_pattern(p) for p in longest_first if has_han(p))
    bounded = rf"(?<!\w)(?:{latin})(?!\w)" if latin else ""
    return f"(?:{'|'.join(filter(None, (bounded, han)))})"


def alternatives(phrases: Iterable[str]) -> str:
    """``phrases`` (in the notation above) as one piece of a pattern without capturing groups; the longest come first."""
    return "(?:" + "|".join(phrase_pattern(p) for p in sorted(phrases, key=len, reverse=True)) + ")"


def phrase_pattern(phrase: str) -> str:
    """One phrase in the notation above as a piece of a pattern; raises ValueError where its brackets do not match."""
    made: list[str] = []
    opened: list[bool] = []  # for each open bracket, whether it holds alternatives
    for at, piece in ((m.start(), m.group()) for m in _PIECES.finditer(phrase)):
        if piece == "(":
            opened.append(_has_alternatives(phrase, at))
            made.append("(?:")
        elif piece == ")":
            if not opened:
                raise ValueError(f"The brackets of “{phrase}” do not match.")
            made.append(")" if opened.pop() else ")?")
        elif piece == " ":
            beside_han = has_han(phrase[max(0, at - 1) : at + 2])
            made.append(r"\s*" if beside_han else r"\s+")
        else:
            made.append(_MARKS.get(piece) or re.escape(piece.removeprefix("\\")))
    if opened:
        raise ValueError(f"The brackets of “{phrase}” do not match.")
    return "".join(made)


def _has_alternatives(phrase: str, at: int) -> bool:
    """Whether a ``|`` stands in the bracket that opens at ``at``, not in one within it."""
    depth = 0
    for piece in _PIECES.findall(phrase[at:]):
        depth += {"(": 1, ")": -1}.get(piece, 0)
        if depth == 0:
            return False
        if piece == "|" and depth == 1:
            return True
    return False
