"""Names in a sentence: what stays in Latin script, and what the model left in the source language and should not have."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import chain

from citegrid.core.language.script import HAN

_LATIN = r"A-Za-z\u00c0-\u024f"
#: A word that is a name by its look: a capital within, a digit, or in capitals altogether.
_BY_LOOK = re.compile(rf"(?<![{_LATIN}\d])(?=[{_LATIN}\d\-]*(?:[A-Z].*?[A-Z]|\d|[a-z][A-Z]))[{_LATIN}][{_LATIN}\d\-]+")
#: A name with a dot within: of a site, a file or a package.
_DOTTED = re.compile(rf"(?<![{_LATIN}\d.\-])[{_LATIN}][{_LATIN}\d\-]+(?:\.[a-z][a-z\d]+)+(?![{_LATIN}])")
#: A word with a capital that does not begin the sentence.
_CAPITAL = re.compile(rf"(?<=[^\s.!?:“\"(] )[(“\"]?([A-Z][{_LATIN}\-]+)")
_AUTHORS = re.compile(rf"([A-Z][{_LATIN}\-’']+)(?: et al|(?: and | & )([A-Z][{_LATIN}\-’']+) \(\d)")
_AND_OTHERS = re.compile(rf"(?P<name>[A-Z][{_LATIN}\-’']+)(?: et al\.?|等人?)")
_AND_OTHERS_IN = {"zh": "{}等人", "en": "{} et al."}
_SPECIES = re.compile(r"\b[A-Z][a-z]+ [a-z]{4,}\b")
_WORD = re.compile(rf"[{_LATIN}][{_LATIN}\d\-’']*")
_HAN_RUN = re.compile(f"[{HAN}]+")
#: Shorter words in small letters are units and symbols.
_SYMBOL = 3


def names_of(text: str) -> tuple[str, ...]:
    """The names in an English or Chinese sentence that any translation keeps, each once, in the order of their kinds."""
    looks = [m.group().strip("-") for m in _BY_LOOK.finditer(text) if not m.group()[0].isdigit()]
    authors = filter(None, chain.from_iterable(_AUTHORS.findall(text)))
    return tuple(dict.fromkeys([*authors, *_DOTTED.findall(text), *filter(_is_name, looks)]))


def author_renderings(text: str, language: str) -> list[tuple[str, str]]:
    """Authors of ``text`` as they stand there, and as they are said in ``language``: the name never changes its script."""
    found = {m.group(): m.group("name") for m in _AND_OTHERS.finditer(text)}
    return [(written, _AND_OTHERS_IN[language].format(name)) for written, name in found.items()]


def _is_name(word: str) -> bool:
    """Whether a word has a capital that is not only its first letter, or a digit ("GPT-3", "WebGPT", "T5")."""
    return any(map(_is_marked, word.split("-"))) and any(map(str.isupper, word))


def _is_marked(part: str) -> bool:
    return part.isupper() or any(map(str.isupper, part[1:])) or any(map(str.isdigit, part))


def with_names_as_written(translation: str, source: str) -> str:
    """``translation`` with the names of ``source`` as written there: their capitals ("Factscore" is FActScore), and the only
    one that is missing in the place of the only one that is strange ("F1" for FActScore)."""
    for name in names_of(source):
        translation = re.sub(rf"(?<![{_LATIN}\d]){re.escape(name)}(?![{_LATIN}\d])", name, translation, flags=re.I)
    missing, strange = missing_names(source, translation), missing_names(translation, source)
    return translation.replace(strange[0], missing[0]) if len(missing) == len(strange) == 1 else translation


def missing_names(source: str, translation: str) -> tuple[str, ...]:
    """The names of ``source`` that do not stand in ``translation``, whatever their hyphens and the s of a plural."""
    letters = _letters(translation)
    return tuple(name for name in names_of(source) if _letters(name).removesuffix("s") not in letters)


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


def left_over(source: str, translation: str, language: str) -> list[tuple[int, int]]:
    """Where words of the source language stand in ``translation`` that are no names: offsets, in order."""
    return {"zh": _left_english, "en": _left_chinese}[language](source, translation)


def _left_english(source: str, translation: str) -> list[tuple[int, int]]:
    kept = {*names_of(source), *_CAPITAL.findall(source)}
    whole = [*_SPECIES.findall(source), *_DOTTED.findall(source)]
    spared = [m.span() for one in whole for m in re.finditer(re.escape(one), translation)]
    words = [m for m in _WORD.finditer(translation) if not (m.group() in kept or _stays(m.group()))]
    return [m.span() for m in words if not _is_within(m.span(), spared)]


def _stays(word: str) -> bool:
    """Whether a word is a symbol or a name by its look, which no translation changes."""
    return len(word) <= _SYMBOL or _is_name(word)


def _is_within(span: tuple[int, int], others: Sequence[tuple[int, int]]) -> bool:
    return any(start <= span[0] and span[1] <= end for start, end in others)


def _left_chinese(source: str, translation: str) -> list[tuple[int, int]]:
    return [m.span() for m in _HAN_RUN.finditer(translation)]
