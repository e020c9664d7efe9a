"""Searching the library in two languages: the question as asked, and as it would be asked in the other language.

With a language model the question is translated by it (and the translation
kept); without one, word by word by a glossary, which knows common words of
research only.  Names, acronyms and numbers need no translation.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import starmap
from pathlib import Path

from citegrid.core.language.script import is_chinese
from citegrid.core.language.terms import asked_terms, stem, terms_of
from citegrid.core.library import Hit
from citegrid.ports import NEVER, Ask, Cancel, DocumentIndex, LanguageModel

#: Hits of each language that are merged.
DEEP = 40
#: Reciprocal rank fusion as in Cormack et al. (2009); a small constant, since only the first few are shown.
FUSION = 3
#: Words of the longest English phrase of the glossary.
LONGEST_PHRASE = 3
_TRANSLATE = {
    "en": "You translate questions about research into English. Keep numbers, acronyms and names. Give only the translation.",
    "zh": "你把有关研究的问题准确地译成中文，保留数字、缩写和专名，只写译文。",
}
_TASK = {"en": "问题：{text}\n\nIn English:", "zh": "Question: {text}\n\n中文译文："}
#: Puts a question into a language (zh or en); empty where it cannot.
Translate = Callable[[str, str], str]


def search(index: DocumentIndex, question: str, roots: Sequence[Path], limit: int, translate: Translate) -> list[Hit]:
    """The chunks that answer ``question`` best, whichever language they are in; ``score`` is that of the merged list."""
    asked = [asked_terms(question), asked_terms(translate(question, "en" if is_chinese(question) else "zh"))]
    lists = [index.find(terms, roots, DEEP) for terms in asked]
    return merged(lists, list(starmap(_answered, zip(asked, lists, strict=True))))[:limit]


def _answered(terms: Sequence[str], hits: Sequence[Hit]) -> float:
    """The share of the terms that the best of the first hits holds: how well a language answers the question."""
    asked = set(map(stem, terms))
    shares = [
        len(asked & set(map(stem, terms_of(f"{h.title} {h.chunk.heading} {h.chunk.text}")))) / len(asked)
        for h in hits[:3]
    ]
    return max(shares, default=0.0)


def merged(lists: Iterable[Sequence[Hit]], weights: Iterable[float]) -> list[Hit]:
    """Several rankings as one: a chunk scores by its place in each, times the ranking's weight."""
    scores: dict[tuple[str, int], float] = {}
    hits: dict[tuple[str, int], Hit] = {}
    for ranked, weight in zip(lists, weights, strict=True):
        for place, hit in enumerate(ranked):
            key = (hit.sha256, hit.chunk.number)
            hits.setdefault(key, hit)
            scores[key] = scores.get(key, 0.0) + weight / (FUSION + place)
    return [replace(hits[key], score=scores[key]) for key in sorted(scores, key=lambda k: (-scores[k], k))]


@dataclass(frozen=True, slots=True)
class Glossary:
    """Word pairs: Chinese → English words, and back."""

    english: Mapping[str, tuple[str, ...]]
    chinese: Mapping[str, tuple[str, ...]]
    longest: int = 1

    def __call__(self, text: str, language: str) -> str:
        """The words of ``text`` that are known, in the other language; the longest match wins."""
        return " ".join(self._into_english(text) if language == "en" else self._into_chinese(text))

    def _into_english(self, text: str) -> list[str]:
        found: list[str] = re.findall(r"[A-Za-z][\w-]+|\d[\d.]*", text)
        at = 0
        while at < len(text):
            length = next((n for n in range(self.longest, 0, -1) if text[at : at + n] in self.english), 0)
            found += self.english.get(text[at : at + length], ())
            at += length or 1
        return found

    def _into_chinese(self, text: str) -> list[str]:
        words = re.findall(r"[a-z]+(?:-[a-z]+)*|\d[\d.]*", text.casefold())
        found: list[str] = [w for w in words if w[0].isdigit()]
        at = 0
        while at < len(words):
            length, known = self._longest_phrase(words[at : at + LONGEST_PHRASE])
            found += known
            at += length
        return found

    def _longest_phrase(self, words: Sequence[str]) -> tuple[int, tuple[str, ...]]:
        """How many of the first words are a phrase that is known, and what it is in Chinese; one word where none is."""
        for length in range(len(words), 0, -1):
            for form in _forms(" ".join(words[:length])):
                if form in self.chinese:
                    return length, self.chinese[form]
        return 1, ()


def _forms(phrase: str) -> list[str]:
    """A phrase, and without the ending of a plural or a past."""
    forms = [phrase]
    for ending, instead in (("ies", "y"), ("es", ""), ("s", ""), ("ed", ""), ("d", ""), ("ing", ""), ("ing", "e")):
        if phrase.endswith(ending):
            forms.append(phrase.removesuffix(ending) + instead)
    return forms


def read_glossary(text: str) -> Glossary:
    """Lines of a Chinese word, a tab, and English words parted by semicolons; ``#`` begins a comment."""
    english: dict[str, tuple[str, ...]] = {}
    chinese: dict[str, tuple[str, ...]] = {}
    for line in text.splitlines():
        if line.startswith("#") or "\t" not in line:
            continue
        word, others = line.split("\t", 1)
        english[word] = tuple(others.strip().split(";"))
        for other in english[word]:
            chinese[other] = (*chinese.get(other, ()), word)
    return Glossary(english, chinese, max(map(len, english), default=1))


def translator(
    glossary: Glossary, index: DocumentIndex, model: LanguageModel | None, cancel: Cancel = NEVER
) -> Translate:
    """Translates by ``model``, each question once; by the glossary where there is none.

    A model's translation is followed by the glossary's words: a small model misses a term now and then.
    """
    if model is None:
        return glossary

    def translate(text: str, language: str) -> str:
        kept = index.translation(text, language, model.info.identity)
        if kept is None:
            ask = Ask(_TRANSLATE[language], "", _TASK[language].format(text=text), max_tokens=80)
            kept = model.answer([ask], cancel=cancel)[0].text.strip()
            if is_chinese(kept) != (language == "zh"):
                kept = ""
            index.keep_translation(text, language, model.info.identity, kept)
        return f"{kept} {glossary(text, language)}".strip()

    return translate
