"""A paper's words about itself as others tell them: ``We propose a score and show that it holds`` → ``This paper proposes a
score and shows that it holds``."""

from __future__ import annotations

import re
from functools import cache

from citegrid.core import lexicon
from citegrid.pipeline.review.phrases import phrase, phrases, words_of

#: The paper's authors as a subject, with the words between them and their verb; what they call theirs, at the beginning and
#: inside; and they as an object.
_ADVERBS = r"(?P<adverbs>(?:(?:\w+ly|also|then|first|further|thus|hence) )*)"
_SUBJECT = re.compile(rf"\b{lexicon.pattern_of('review', 'own_subjects', 'en')} {_ADVERBS}(?P<verb>[a-z]+)\b", re.I)
_OWNED_FIRST = re.compile(rf"^{lexicon.pattern_of('review', 'owned', 'en')}\b")
_OWNED = words_of("own_possessives")
_OBJECT = re.compile(rf"\b{lexicon.pattern_of('review', 'own_objects', 'en')}\b")
#: A further verb of the same subject, and an infinitive, which such a verb may belong to instead.
_JOINED = re.compile(
    rf"(?P<before>\b(?:and|then|but) {_ADVERBS})(?P<verb>{lexicon.pattern_of('review', 'own_verbs', 'en')})(?= (?P<next>\w+))"
)
_INFINITIVE = re.compile(r"\bto [a-z]+")


@cache
def _irregular() -> dict[str, str]:
    return dict(pair.split(" → ") for pair in phrases("third_persons", "en"))


def third_person(verb: str) -> str:
    """The form of a verb behind a singular: ``propose`` → ``proposes``; a past or a modal one as it is."""
    if verb in _irregular():
        return _irregular()[verb]
    if verb in phrases("unchanged_verbs", "en") or verb.endswith("ed"):
        return verb
    if verb.endswith("y") and verb[-2:-1] not in "aeiou":
        return verb[:-1] + "ies"
    return verb + ("es" if verb.endswith(("s", "x", "z", "ch", "sh", "o")) else "s")


def told_of_paper(text: str, itself: str) -> str:
    """``text`` with ``itself`` in the place of its first "we", and "it" in that of the others."""
    text = _OWNED_FIRST.sub(phrase("itself_owning", "en"), text)
    parts, at, who = [], 0, itself
    for match in _SUBJECT.finditer(text):
        parts += [text[at : match.start()], f"{who} {match['adverbs']}{third_person(match['verb'])}"]
        at, who = match.end(), phrase("itself_again", "en")
    told = "".join(parts) + _agreeing(text[at:], told=bool(parts))
    told = _OBJECT.sub(phrase("itself_again", "en"), _OWNED.sub(phrase("its", "en"), told))
    return told[:1].upper() + told[1:]


def _agreeing(rest: str, *, told: bool) -> str:
    """What stands behind the last subject, with further verbs of it in the singular too."""

    def agreed(match: re.Match[str]) -> str:
        infinitive = _INFINITIVE.search(rest, 0, match.start()) and match["next"] != "that"
        return match.group() if infinitive else match["before"] + third_person(match["verb"])

    return _JOINED.sub(agreed, rest) if told else rest
