"""The words with a content of a statement, and its names: of data sets, of models, of scores."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import overload

from citegrid.core.language import lexicon
from citegrid.core.language.script import HAN, language_of
from citegrid.pipeline.review.phrases import NAME, either

#: Letters of an English word that may be a term, and ideographs of a Chinese one.
_LEAST_LETTERS, _HAN_LENGTHS = 4, range(5, 1, -1)
#: Ideographs, and English words, of a phrase.
_PHRASE = {"zh": range(4, 11), "en": range(2, 6)}
#: Characters of a name.
_LONGEST_NAME = 16
#: Letters by which forms of one English word are known as the same.
STEM = 5
#: What ends a phrase within a title, and what may stand around a word.
_ENDS, _MARKS = ",:;?.–—", ",:;?.–—()[]“”\"'"
#: Stretches that words are looked for in: ideographs, or an English word.
_RUN = either(f"[{HAN}]+", f"[a-z]{{{_LEAST_LETTERS},}}")
#: What parts Chinese phrases.
_BORDERS = lexicon.compiled("review", "phrase_borders")


@cache
def _empty(language: str) -> frozenset[str]:
    return frozenset(lexicon.words("review", "empty_words", language))


def long_forms_in(text: str) -> Iterator[tuple[str, str]]:
    """The abbreviations that a text tells the long forms of, "deep neural network (DNN)", each with its long form."""
    words = text.replace("-", "- ").split()
    for at, word in enumerate(words):
        name = word.strip(_MARKS)
        letters = name.rstrip("s").casefold()
        said = " ".join(words[max(0, at - len(letters)) : at]).replace("- ", "-")
        if all((word.startswith("("), len(name) > 1, _initials(said) == letters)):
            yield name, said


def _initials(words: str) -> str:
    return "".join(word[:1] for word in words.casefold().replace("-", " ").split())


def names_in(text: str) -> set[str]:
    """Names with a capital or a number inside: ELI5, GPT-3, CoNLL-2014, NCA; what is longer is words that were run together."""
    return {name for name in NAME.findall(text) if len(name) <= _LONGEST_NAME}


def words_in(text: str, language: str) -> set[str]:
    """The words of ``text`` that may link works: English ones in the singular; every stretch of two to five ideographs
    without a character that only holds words together."""
    return _chinese(text) if language == "zh" else _english(text)


def content_in(text: str, language: str) -> set[str]:
    """What carries the content of ``text``: the beginnings of its English words, or its ideographs; in neither those that
    only hold words together."""
    if language == "zh":
        return set("".join(_RUN["zh"].findall(text))) - _empty("zh")
    return {word[:STEM] for word in _RUN["en"].findall(text.casefold()) if _singular(word) not in _empty("en")}


def _english(text: str) -> set[str]:
    return set(map(_singular, _RUN["en"].findall(NAME.sub(" ", text).casefold()))) - _empty("en")


def _singular(word: str) -> str:
    if word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is")) else word


def _chinese(text: str) -> set[str]:
    return {run for part in _parts(text) for run in _windows(part, _HAN_LENGTHS)}


@overload
def _windows(row: str, lengths: Iterable[int]) -> Iterator[str]: ...
@overload
def _windows(row: list[str], lengths: Iterable[int]) -> Iterator[list[str]]: ...
def _windows(row: str | list[str], lengths: Iterable[int]) -> Iterator[str | list[str]]:
    """Every so many characters, or words, in a row."""
    return (row[i : i + n] for n in lengths for i in range(len(row) - n + 1))


def _parts(text: str) -> list[str]:
    """The stretches of ideographs between those that only hold words together."""
    empty = _empty("zh")
    runs = ("".join(" " if c in empty else c for c in run) for run in _RUN["zh"].findall(text))
    return [part for run in runs for part in run.split()]


def phrases_in(title: str) -> set[str]:
    """What works may be said to share by their titles: every two to five English words in a row that begin and end with words
    of content, small but for names; every four to ten ideographs between those that only hold words together."""
    if language_of(title) == "zh":
        parts = (part for run in _RUN["zh"].findall(title) for part in _BORDERS.split(run))
        return {phrase for part in parts for phrase in _windows(part, _PHRASE["zh"])} | names_in(title)
    words = [word.strip(_MARKS) if word[-1:] not in _ENDS else word for word in title.split()]
    phrases = {" ".join(map(_small, row)) for row in filter(_is_phrase, _windows(words, _PHRASE["en"]))}
    return phrases if title.isupper() else phrases | names_in(title)


def _is_phrase(row: Sequence[str]) -> bool:
    """Whether words in a row, each with the stop behind it, are one phrase that begins and ends with words of content."""
    empty = _empty("en")
    edges = row[0], row[-1]
    within = not any(word[-1:] in _ENDS for word in row[:-1])
    return within and all(len(w) >= _LEAST_LETTERS and _singular(w.casefold()) not in empty for w in edges)


def _small(word: str) -> str:
    word = word.strip(_MARKS)
    return word if any(map(str.isupper, word[1:])) else word.casefold()


def written_as(found: str, text: str) -> str:
    """A phrase with each word as ``text`` writes it, small where it does so once; empty where one does not stand there."""
    if language_of(found) == "zh":
        return found if found in text else ""
    known = sorted({word.strip(_MARKS) for word in text.split()}, key=str.islower)
    forms = {word.casefold(): word for word in known}
    words = [forms.get(word.casefold(), "") for word in found.split()]
    return " ".join(words) if all(words) else ""
