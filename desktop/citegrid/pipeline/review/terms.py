"""The words with a content of a statement, and its names: of data sets, of models, of scores."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from citegrid.core import lexicon
from citegrid.core.script import HAN, language_of
from citegrid.pipeline.review.phrases import NAME, USED, either

#: Letters of an English word that may be a term, and ideographs of a Chinese one.
_LEAST_LETTERS, _HAN_LENGTHS = 4, range(5, 1, -1)
#: Letters by which forms of one English word are known as the same.
STEM = 5
#: Stretches that words are looked for in: ideographs, or an English word.
_RUN = either(f"[{HAN}]+", f"[a-z]{{{_LEAST_LETTERS},}}")


@cache
def _empty(language: str) -> frozenset[str]:
    return frozenset(lexicon.words("review", "empty_words", language))


def names_in(text: str) -> set[str]:
    """Names with a capital or a number inside: ELI5, GPT-3, CoNLL-2014, NCA."""
    return set(NAME.findall(text))


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
    return {_singular(w) for w in _RUN["en"].findall(NAME.sub(" ", text).casefold())} - _empty("en")


def _singular(word: str) -> str:
    if word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is")) else word


def _chinese(text: str) -> set[str]:
    empty = _empty("zh")
    parts = ("".join(" " if c in empty else c for c in run).split() for run in _RUN["zh"].findall(text))
    return {
        part[i : i + n] for whole in parts for part in whole for n in _HAN_LENGTHS for i in range(len(part) - n + 1)
    }


def used_in(text: str) -> set[str]:
    """The names of what a statement rests on, such as a data set: those behind a word that says so ("on ELI5")."""
    return {name for match in USED[language_of(text)].finditer(text) for name in names_in(match.group("used"))}


def shared_names(texts: Mapping[str, Sequence[str]]) -> dict[str, set[str]]:
    """For each name that what is said of two works or more rests on, the ids of those works; ``texts`` are by work."""
    return _owners({work: set().union(*map(used_in, said)) for work, said in texts.items()})


def _owners(terms: Mapping[str, set[str]]) -> dict[str, set[str]]:
    """For each term that two works or more have, the ids of those works."""
    owners: dict[str, set[str]] = {}
    for work, held in terms.items():
        for term in held:
            owners.setdefault(term, set()).add(work)
    return {term: ids for term, ids in owners.items() if len(ids) > 1}
