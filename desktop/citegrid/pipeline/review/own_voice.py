"""A paper's words about itself as others tell them: ``We propose a score and show that it holds`` → ``This paper proposes a
score and shows that it holds``."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from citegrid.core.language import lexicon
from citegrid.pipeline.review.phrases import OWN_POSSESSIVES, OWN_SUBJECTS, phrase, phrases

#: What an English word may have behind it, and how adverbs end.
_STOPS, ADVERB_END = ",.;:)", "ly"


@cache
def _irregular() -> dict[str, str]:
    return dict(pair.split(" → ") for pair in phrases("third_persons", "en"))


def _held(table: str) -> frozenset[str]:
    return frozenset(lexicon.words("review", table, "en"))


@cache
def _as_they_are() -> frozenset[str]:
    """Verbs that have one form, and those of the paper in the form that is asked for."""
    return _held("unchanged_verbs") | {f"{verb}s" for verb in _held("own_verbs")}


def third_person(verb: str) -> str:
    """The form of a verb behind a singular: ``propose`` → ``proposes``; a past or a modal one, or one in this form, as it is."""
    if verb in _irregular():
        return _irregular()[verb]
    if verb in _as_they_are() or verb.endswith("ed"):
        return verb
    if verb.endswith("y") and verb[-2:-1] not in "aeiou":
        return verb[:-1] + "ies"
    return verb + ("es" if verb.endswith(("s", "x", "z", "ch", "sh", "o")) else "s")


def is_finite(word: str) -> bool:
    """Whether a word may be a verb behind a singular subject."""
    return word.endswith(("s", "ed")) or word in _held("unchanged_verbs")


def told_of_paper(text: str, itself: str) -> str:
    """``text`` with ``itself`` in the place of its first "we" and "it" in that of the others, each verb agreeing with it; what is
    called "ours" before is the paper's."""
    for hedge in phrases("hedges", "en"):
        own, told_so = hedge.split(" → ")
        text = text.replace(own, told_so)
    again, owning = phrase("itself_again", "en"), OWN_POSSESSIVES.search(text)
    if owning is not None and OWN_SUBJECTS.search(text, 0, owning.start()) is None:
        text, itself = text[: owning.start()] + phrase("owning", "en") + text[owning.end() :], again
    text = OWN_SUBJECTS.sub(phrase("own_subject", "en"), OWN_POSSESSIVES.sub(phrase("its", "en"), text))
    words = text.split(" ")
    told = [_agreeing(words, at) for at in range(len(words))]
    subjects = [at for at, word in enumerate(words) if _is_subject(word)]
    for at in subjects:
        told[at] = itself if at == subjects[0] else again
    whole = " ".join(told).replace(f" {phrase('own_object', 'en')} ", f" {again} ")
    return whole[:1].upper() + whole[1:]


def _agreeing(words: Sequence[str], at: int) -> str:
    """A word in the third person where it is a verb of the paper: behind its subject, or behind a word that joins it to one."""
    before = at - 1
    while before > 0 and _is_adverb(words[before]):
        before -= 1
    bare = words[at].rstrip(_STOPS)
    if before < 0 or _is_adverb(bare) or not (_is_subject(words[before]) or _is_joined(words, before, at)):
        return words[at]
    return third_person(bare) + words[at][len(bare) :]


def _is_adverb(word: str) -> bool:
    """Whether a word may stand between a subject and its verb; some verbs end as adverbs do."""
    adverb = word.endswith(ADVERB_END) or word in _held("own_adverbs")
    return adverb and word not in _held("verbs_in_ly")


def _is_subject(word: str) -> bool:
    return word == phrase("own_subject", "en")


def _is_joined(words: Sequence[str], joint: int, at: int) -> bool:
    """Whether the verb at ``at`` is a further one of the paper, behind the word at ``joint``; one that may belong to an infinitive
    does only where it begins a clause."""
    verbs = _held("own_verbs")
    if words[joint] not in _held("joints") or words[at] not in verbs or not any(map(_is_subject, words[:joint])):
        return False
    since = max(i for i in range(joint) if _is_subject(words[i]))
    infinitive = any(words[i] == "to" and words[i + 1] in verbs for i in range(since, joint))
    return not infinitive or words[at + 1 : at + 2] == ["that"]
