"""Terms that stand in what is said of several works: names such as those of data sets, else words with a content."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from citegrid.core import lexicon
from citegrid.core.script import HAN, language_of
from citegrid.pipeline.review.phrases import NAME, either

#: Letters of an English word that may be a term, and ideographs of a Chinese one.
_LEAST_LETTERS, _HAN_LENGTHS = 4, range(5, 1, -1)
#: Words of titles that are looked at: those that most works share.
MOST_WORDS = 3
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


def shared_names(texts: Mapping[str, Sequence[str]]) -> dict[str, set[str]]:
    """For each name that stands in what is said of two works or more, the ids of those works; ``texts`` are by work."""
    return _owners({work: set().union(*map(names_in, said)) for work, said in texts.items()})


@dataclass(frozen=True, slots=True)
class Told:
    """What is said of a work in the language of the review, the quotes that prove it, and its title."""

    said: tuple[str, ...] = ()
    quotes: tuple[str, ...] = ()
    title: str = ""


def shared(
    works: Mapping[str, Told], language: str, unusable: Iterable[str] = (), said_as: Callable[[str], str] = str
) -> dict[str, set[str]]:
    """For each term that two works or more share, the ids of those works: a name, or a word of a title that stands in the
    quotes of all of them.

    ``said_as`` puts a word of another language into that of the review; it must stand in what is said of the works.  A term
    in ``unusable``, or one that every work has, tells nothing.
    """
    avoided = set(unusable)
    found = shared_names({work: told.said for work, told in works.items()})
    for word, ids in _most_owned(_backed(works))[:MOST_WORDS]:
        noun = _plural(word, [quote for work in ids for quote in works[work].quotes])
        term = noun if language_of(noun) == language else said_as(noun)
        holding = {work for work in ids if term and any(_known(term) in text.casefold() for text in works[work].said)}
        if len(holding) > 1:
            found[term] = holding
    return {term: ids for term, ids in found.items() if len(ids) < max(3, len(works)) and term not in avoided}


def _plural(word: str, quotes: Sequence[str]) -> str:
    """An English word in the plural, if it stands so in the quotes: what never does is no noun that could be a topic, and
    empty.  A Chinese one as it is."""
    if language_of(word) == "zh":
        return word
    forms = (word + "s", word + "es", word[:-1] + "ies")
    return next((form for form in forms if any(form in words for words in _split(quotes))), "")


def _split(quotes: Sequence[str]) -> list[list[str]]:
    return [_RUN["en"].findall(quote.casefold()) for quote in quotes]


def _known(term: str) -> str:
    """What stands in every form of a term."""
    return _singular(term) if language_of(term) == "en" else term


def _most_owned(owners: Mapping[str, set[str]]) -> list[tuple[str, set[str]]]:
    return sorted(owners.items(), key=lambda pair: (-len(pair[1]), pair[0]))


def _backed(works: Mapping[str, Told]) -> dict[str, set[str]]:
    """The words of titles that stand in the quotes of two works or more."""
    titled = {word for told in works.values() for word in words_in(told.title, language_of(told.title))}
    return _owners(
        {
            work: titled & set().union(*(words_in(quote, language_of(quote)) for quote in told.quotes))
            for work, told in works.items()
        }
    )


def _owners(terms: Mapping[str, set[str]]) -> dict[str, set[str]]:
    """For each term that two works or more have, the ids of those works."""
    owners: dict[str, set[str]] = {}
    for work, held in terms.items():
        for term in held:
            owners.setdefault(term, set()).add(work)
    return {term: ids for term, ids in owners.items() if len(ids) > 1}
